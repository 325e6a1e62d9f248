using System;
using System.Diagnostics;

namespace Violations.Processes
{
    /// <summary>Children whose set-up lacks what the code behind it needs.</summary>
    public static class TW5004RedirectSetupMissing
    {
        public static string NotRedirected()
        {
            using var child = Process.Start("child")!;
            var text = child.StandardOutput.ReadToEnd(); // expect: TW5004
            child.WaitForExit();
            return text;
        }

        public static void Shell()
        {
            var info = new ProcessStartInfo("child") { RedirectStandardInput = true };
            info.UseShellExecute = true; // expect: TW5004
            using var child = Process.Start(info)!;
            child.StandardInput.Close();
            child.WaitForExit();
        }

        public static void NoEvent(Action whenDone)
        {
            using var child = new Process { StartInfo = new ProcessStartInfo("child") };
            child.Exited += (_, _) => whenDone(); // expect: TW5004
            child.Start();
            child.WaitForExit();
        }
    }
}

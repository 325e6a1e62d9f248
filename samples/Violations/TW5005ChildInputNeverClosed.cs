using System.Diagnostics;

namespace Violations.Processes
{
    /// <summary>A child that reads to the end of its input, which never comes.</summary>
    public static class TW5005ChildInputNeverClosed
    {
        public static int Send(string mail)
        {
            using var sender = Process.Start(new ProcessStartInfo("sender") { RedirectStandardInput = true })!;
            sender.StandardInput.Write(mail);
            sender.WaitForExit(); // expect: TW5005
            return sender.ExitCode;
        }
    }
}

using System.Diagnostics;

namespace Violations.Processes
{
    /// <summary>A child that is kept quiet by a pipe which nobody empties.</summary>
    public static class TW5011RedirectedOutputNeverRead
    {
        public static int Quiet()
        {
            using var child = new Process { StartInfo = new ProcessStartInfo("child") { RedirectStandardOutput = true } };
            child.Start(); // expect: TW5011
            child.WaitForExit();
            return child.ExitCode;
        }
    }
}

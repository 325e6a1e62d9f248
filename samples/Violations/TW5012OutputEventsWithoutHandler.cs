using System;
using System.Diagnostics;

namespace Violations.Processes
{
    /// <summary>Half of reading by events.</summary>
    public static class TW5012OutputEventsWithoutHandler
    {
        public static void NothingFeedsTheHandler()
        {
            using var child = new Process { StartInfo = new ProcessStartInfo("child") { RedirectStandardOutput = true } };
            child.OutputDataReceived += (_, line) => Console.WriteLine(line.Data); // expect: TW5012
            child.Start();
            child.WaitForExit();
        }

        public static void NobodyGetsTheLines(ProcessStartInfo info)
        {
            using var child = Process.Start(info)!;
            child.BeginErrorReadLine(); // expect: TW5012
            child.WaitForExit();
        }
    }
}

using System;
using System.Diagnostics;

namespace Violations.Processes
{
    /// <summary>A program and its child that wait for each other.</summary>
    public static class TW5003RedirectDeadlock
    {
        public static string WaitThenRead(ProcessStartInfo info)
        {
            using var child = Process.Start(info)!;
            child.WaitForExit(); // expect: TW5003
            var output = child.StandardOutput.ReadToEnd();
            return output;
        }

        public static void OnePipeAfterTheOther(ProcessStartInfo info)
        {
            using var child = Process.Start(info)!;
            var output = child.StandardOutput.ReadToEnd();
            var error = child.StandardError.ReadToEnd(); // expect: TW5003
            child.WaitForExit();
            Console.WriteLine(output + error);
        }
    }
}

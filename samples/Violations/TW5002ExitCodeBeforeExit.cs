using System.Diagnostics;

namespace Violations.Processes
{
    /// <summary>Exit codes that are asked for while the child may still run.</summary>
    public static class TW5002ExitCodeBeforeExit
    {
        public static int AfterOutput(ProcessStartInfo info)
        {
            using var child = Process.Start(info)!;
            var output = child.StandardOutput.ReadToEnd();
            if (child.ExitCode != 0) // expect: TW5002
            {
                System.Console.Error.WriteLine(output);
            }

            return output.Length;
        }

        public static int Killed(ProcessStartInfo info)
        {
            using var child = Process.Start(info)!;
            if (!child.WaitForExit(5_000))
            {
                child.Kill();
            }

            return child.ExitCode; // expect: TW5002
        }
    }
}

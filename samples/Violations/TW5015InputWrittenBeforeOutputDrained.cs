using System.Diagnostics;

namespace Violations.Processes
{
    /// <summary>A filter that is given all of a text before anybody takes what it makes of it.</summary>
    public static class TW5015InputWrittenBeforeOutputDrained
    {
        public static string Filter(string text)
        {
            var info = new ProcessStartInfo("filter") { RedirectStandardInput = true, RedirectStandardOutput = true };
            using var filter = Process.Start(info)!;
            filter.StandardInput.Write(text); // expect: TW5015
            filter.StandardInput.Close();
            var output = filter.StandardOutput.ReadToEnd();
            filter.WaitForExit();
            return output;
        }
    }
}

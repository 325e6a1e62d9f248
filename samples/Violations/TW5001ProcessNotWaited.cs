using System.Diagnostics;
using System.IO;

namespace Violations.Processes
{
    /// <summary>A file that is read while the child which makes it has hardly begun.</summary>
    public static class TW5001ProcessNotWaited
    {
        public static string Convert(string source)
        {
            var target = Path.ChangeExtension(source, ".txt");
            using var converter = Process.Start(new ProcessStartInfo("converter", source + " " + target) { UseShellExecute = false })!; // expect: TW5001
            return File.ReadAllText(target);
        }
    }
}

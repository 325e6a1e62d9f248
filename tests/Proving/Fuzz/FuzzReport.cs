using System.IO;

namespace Threadwise.Proving.Fuzz;

/// <summary>Tells what a run found.</summary>
internal static class FuzzReport
{
    public static void Write(FuzzResult result, bool texts, TextWriter output)
    {
        output.WriteLine(
            $"{result.Inputs} inputs, {result.Compiling} of them compile; {result.Reports} reports, {result.Fixes} fixes applied; {result.Failures.Length} failures.");
        foreach (var (input, what) in result.Failures)
        {
            output.WriteLine($"{input}: {what}");
            if (texts)
            {
                output.WriteLine(input.Text);
            }
        }
    }
}

using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Threadwise.Proving.Metamorphic;

/// <summary>Tells what a run found.</summary>
internal static class MetamorphicReport
{
    /// <summary>Whether a run over everything is as the tables say: nothing new, and nothing in them that is not needed any more.</summary>
    public static bool IsFine(MetamorphicResult result) =>
        result.Crashes.IsEmpty && result.Unlike.IsEmpty && result.NotMet.IsEmpty && result.Transformations.All(static t => t.Differences.IsEmpty);

    public static void Write(MetamorphicResult result, IReadOnlyCollection<string> unread, bool texts, TextWriter output)
    {
        output.WriteLine($"{result.Snippets} snippets; {result.NotCompiling.Length} do not compile by themselves and are left out; {unread.Count} tests could not be read.");
        output.WriteLine();
        TextTable.Write(
            output,
            ["transformation", "compared", "does not compile", "skip rate", "opted out", "known", "differences"],
            result.Transformations.Select(static t => (IReadOnlyList<string>)
            [
                t.Transformation.Name, $"{t.Compared}", $"{t.NotCompiling}", SkipRate(t), $"{t.OptedOut}", $"{t.Known}", $"{t.Differences.Length}",
            ]));
        output.WriteLine();
        List(output, "Reported otherwise than marked", result.Unlike);
        List(output, "Known, but not there any more", result.NotMet.Select(static known => $"{known.Transformation}: {known.Test}: {known.Rule}"));
        List(output, "An analyzer threw", result.Crashes);
        foreach (var difference in result.Transformations.SelectMany(static t => t.Differences))
        {
            output.WriteLine(difference);
            if (texts)
            {
                output.WriteLine(difference.Text);
            }
        }
    }

    private static string SkipRate(TransformationResult result)
    {
        var all = result.Compared + result.NotCompiling;
        return all == 0 ? "-" : (result.NotCompiling / (double)all).ToString("P0", CultureInfo.InvariantCulture);
    }

    private static void List(TextWriter output, string what, IEnumerable<string> items)
    {
        foreach (var item in items)
        {
            output.WriteLine($"{what}: {item}");
        }
    }
}

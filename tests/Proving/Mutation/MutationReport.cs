using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Threadwise.Proving.Mutation;

/// <summary>Tells what a run found.</summary>
internal static class MutationReport
{
    public static void Write(MutationResult result, bool misses, TextWriter output)
    {
        output.WriteLine($"{result.Originals} files; {result.Reported.Length} reports in those that were broken, as they are.");
        output.WriteLine();
        TextTable.Write(
            output,
            ["operator", "rule", "places", "does not compile", "judged", "seen", "recall"],
            result.Operators.Select(static o => (IReadOnlyList<string>)
            [
                o.Operator.Name, o.Rule, $"{o.Places}", $"{o.NotCompiling}", $"{o.Judged}", $"{o.Seen}",
                o.Judged == 0 ? "-" : (o.Seen / (double)o.Judged).ToString("P0", CultureInfo.InvariantCulture),
            ]));
        if (result.Operators.Length > 0 && result.Operators.All(static o => o.Rule == OperatorResult.AnyRule))
        {
            output.WriteLine($"Together {result.Operators.Sum(static o => o.Seen)} of {result.Operators.Sum(static o => o.Judged)}.");
        }

        output.WriteLine();
        foreach (var (way, ids) in result.NotBuilt)
        {
            output.WriteLine($"Not built yet: {string.Join(", ", ids)} for '{way.Name}'");
        }

        foreach (var crash in result.Crashes)
        {
            output.WriteLine($"An analyzer threw: {crash}");
        }

        foreach (var report in result.Reported)
        {
            output.WriteLine($"Reported as it is: {report}");
        }

        foreach (var seen in misses ? result.Operators.Where(static o => o.Rule == OperatorResult.AnyRule).SelectMany(static o => o.Reported.Select(place => $"Reported: {o.Operator.Name}: {place}")) : [])
        {
            output.WriteLine(seen);
        }

        foreach (var missed in misses ? result.Operators.SelectMany(static o => o.Missed.Select(place => $"Missed by {o.Rule}: {o.Operator.Name}: {place}")) : [])
        {
            output.WriteLine(missed);
        }
    }
}

using System.CommandLine;
using System.Threading.Tasks;

namespace Threadwise.Benchmarks;

internal static class Program
{
    private static Task<int> Main(string[] args)
    {
        var path = new Argument<string?>("path")
        {
            Description = "A project or solution to measure on; generated code when left out. It is built, never written to.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var lines = new Option<int[]>("--lines")
        {
            Description = "Sizes of the generated code.",
            DefaultValueFactory = static _ => [20_000, 80_000, 200_000],
            AllowMultipleArgumentsPerToken = true,
        };
        var rounds = new Option<int>("--rounds") { Description = "Rounds after the one that warms up; medians are shown.", DefaultValueFactory = static _ => 3 };
        var edits = new Option<int>("--edits") { Description = "Edits whose latency is measured; 0 for none.", DefaultValueFactory = static _ => 100 };
        var command = new RootCommand("Measures what the freshly packed Threadwise costs, beside no analyzers, an empty analyzer and its peers.") { path, lines, rounds, edits };
        command.SetAction((result, cancellation) => Run.AllAsync(
            result.GetValue(path), result.GetValue(lines)!, result.GetValue(rounds), result.GetValue(edits), cancellation));
        var placement = new Command("placement", "Measures what the fix of TW6001 gains: one item after the other, a thread for each item, and the parallel loop that the fix writes.") { rounds };
        placement.SetAction(result => Run.Placement(result.GetValue(rounds)));
        command.Add(placement);
        return command.Parse(args).InvokeAsync();
    }
}

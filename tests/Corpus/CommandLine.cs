using System;
using System.Collections.Immutable;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Threadwise.Corpus.History;

namespace Threadwise.Corpus;

/// <summary>The options of the program and how they become a <see cref="Request"/>.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var path = new Argument<string?>("path")
        {
            Description = "A project, a solution or a folder; samples/Violations when left out. It is read and built, never written to.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        path.Validators.Add(static result =>
        {
            // Without this an option that does not exist would count as a path that does not exist.
            if (result.Tokens is [{ Value: ['-', ..] and var option }])
            {
                result.AddError($"There is no option '{option}'.");
            }
        });
        var sources = new Option<bool>("--sources") { Description = "Read the folder's .cs files without building. Done by itself where nothing builds." };
        var package = new Option<string?>("--package") { Description = "Use this .nupkg instead of packing the analyzers afresh." };
        var properties = new Option<string[]>("--property", "-p") { Description = "Name=Value for the build, as for dotnet build.", DefaultValueFactory = static _ => [] };
        var ids = new Option<string[]>("--id") { Description = "Show this id only; may be repeated.", DefaultValueFactory = static _ => [] };
        var messages = new Option<bool>("--messages") { Description = "Show each report's message instead of the rule's title." };
        var root = new Option<string?>("--root") { Description = "The folder that places are relative to; by default the git repository around the path." };
        var repository = new Option<string?>("--repository") { Description = "The repository's name in the label file; by default the name of the root folder." };
        var commit = new Option<string?>("--commit") { Description = "The commit in the label file; by default what git says of the root." };
        var labels = new Option<string?>("--labels") { Description = "A file that says which reports are right and which are wrong; shows what it does not know." };
        var writeLabels = new Option<bool>("--write-labels") { Description = "Append the reports that the label file does not know to it, as unsure." };
        var fail = new Option<bool>("--fail-on-unlabelled") { Description = "Exit with 1 when a Warning has no label." };
        var fixes = new Option<bool>("--fixes") { Description = "Apply every offered fix in memory, one at a time and all together, and check what comes out." };
        var write = new Option<string?>("--write") { Description = "With --fixes: put the repaired files into this folder." };
        var command = new RootCommand("Runs the Threadwise analyzers, freshly packed, over a project and tells what they found.")
        {
            path, sources, package, properties, ids, messages, root, repository, commit, labels, writeLabels, fail, fixes, write,
        };
        command.SetAction((result, cancellation) => GuardAsync(
            () => Runner.RunAsync(new Request
            {
                Path = Full(result.GetValue(path)) ?? Repository.Violations,
                Sources = result.GetValue(sources),
                Package = Full(result.GetValue(package)),
                Properties = [.. result.GetValue(properties)!],
                Ids = result.GetValue(ids)!.ToImmutableHashSet(StringComparer.OrdinalIgnoreCase),
                Messages = result.GetValue(messages),
                Root = Full(result.GetValue(root)),
                Repository = result.GetValue(repository),
                Commit = result.GetValue(commit),
                Labels = Full(result.GetValue(labels)),
                WriteLabels = result.GetValue(writeLabels),
                FailOnUnlabelled = result.GetValue(fail),
                Fixes = result.GetValue(fixes),
                Write = Full(result.GetValue(write)),
            },
            output,
            cancellation),
            error));

        command.Subcommands.Add(History(output, error));

        var parsed = command.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors)
            {
                await error.WriteLineAsync(problem.Message);
            }

            await error.WriteLineAsync("Try --help.");
            return ExitCodes.Usage;
        }

        return await parsed.InvokeAsync();
    }

    private static Command History(TextWriter output, TextWriter error)
    {
        var repositories = new Option<string[]>("--repository") { Description = "A clone, bare or not; may be repeated. It is only read.", Required = true };
        var pairs = new Option<string?>("--pairs") { Description = "The list of pairs; tests/Corpus/history.tsv when left out." };
        var package = new Option<string?>("--package") { Description = "Use this .nupkg instead of packing the analyzers afresh." };
        var ids = new Option<string[]>("--id") { Description = "Judge the pairs of this id only; may be repeated.", DefaultValueFactory = static _ => [] };
        var command = new Command("history", "Tells which bugs of a repository's past the rules report before their repair and no longer after it.")
        {
            repositories, pairs, package, ids,
        };
        command.SetAction((result, cancellation) => GuardAsync(
            () => HistoryCheck.RunAsync(
                new HistoryRequest(
                    [.. result.GetValue(repositories)!.Select(static r => Full(r)!)],
                    Full(result.GetValue(pairs)) ?? Repository.HistoryPairs,
                    Full(result.GetValue(package)),
                    result.GetValue(ids)!.ToImmutableHashSet(StringComparer.OrdinalIgnoreCase)),
                output,
                cancellation),
            error));
        return command;
    }

    private static async Task<int> GuardAsync(Func<Task<int>> run, TextWriter error)
    {
        try
        {
            return await run();
        }
        catch (CorpusException problem)
        {
            await error.WriteLineAsync(problem.Message);
            return problem.ExitCode;
        }
    }

    private static string? Full(string? path) => string.IsNullOrEmpty(path) ? null : Path.GetFullPath(path);
}

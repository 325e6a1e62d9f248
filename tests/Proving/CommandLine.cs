using System.CommandLine;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Threadwise.Proving.Fuzz;
using Threadwise.Proving.Metamorphic;
using Threadwise.Proving.Mutation;
using Threadwise.Proving.Running;
using Threadwise.Proving.Snippets;

namespace Threadwise.Proving;

/// <summary>The commands of the program.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var command = new RootCommand("Examines the rules: by changes that mean nothing, by changes that break correct code, by broken text.")
        {
            Metamorphic(output), Mutate(output), Fuzz(output),
        };
        return await command.Parse(args).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
    }

    private static Command Metamorphic(TextWriter output)
    {
        var texts = new Option<bool>("--texts") { Description = "Show the transformed text of each difference." };
        var command = new Command("metamorphic", "Transforms every snippet of the rule tests and pages; the reports must stay.") { texts };
        command.SetAction(async (parsed, cancellation) =>
        {
            var result = await new MetamorphicRun(Subject.Threadwise, Transformation.All).RunAsync(SnippetLibrary.OfRules, cancellation);
            MetamorphicReport.Write(result, SnippetLibrary.RuleTests.Unread, parsed.GetValue(texts), output);
            return MetamorphicReport.IsFine(result) ? 0 : 1;
        });
        return command;
    }

    private static Command Mutate(TextWriter output)
    {
        var path = new Argument<string?>("path")
        {
            Description = "A C# file or a folder of them; the right blocks of the rule pages when left out. It is read, never written to.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        path.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var given }] && !Path.Exists(given))
            {
                result.AddError($"'{given}' does not exist.");
            }
        });
        var most = new Option<int>("--most") { Description = "Try that many mutants of an operator at most.", DefaultValueFactory = static _ => 200 };
        var misses = new Option<bool>("--misses") { Description = "Show the place of each mutant that is not reported." };
        var removals = new Option<bool>("--removals") { Description = "Take away every lock, join, finally, completion and wait instead, and ask whether any rule sees it." };
        var command = new Command("mutate", "Breaks correct code in known ways, one place at a time; the rules must see it.") { path, most, misses, removals };
        command.SetAction(async (parsed, cancellation) =>
        {
            var subject = Subject.Threadwise;
            Original[] originals = [.. parsed.GetValue(path) is { } given ? Originals.AtPath(subject, Path.GetFullPath(given)) : Originals.Of(subject, SnippetLibrary.RightBlocks)];
            var result = await new MutationRun(subject, parsed.GetValue(removals) ? Operator.Removals : Operator.All, parsed.GetValue(most)).RunAsync(originals, cancellation);
            MutationReport.Write(result, parsed.GetValue(misses), output);
            return result.Crashes.IsEmpty ? 0 : 1;
        });
        return command;
    }

    private static Command Fuzz(TextWriter output)
    {
        var count = new Option<int>("--count") { Description = "How many damaged texts.", DefaultValueFactory = static _ => 3000 };
        var seed = new Option<int>("--seed") { Description = "Another number damages the snippets otherwise.", DefaultValueFactory = static _ => 1 };
        var texts = new Option<bool>("--texts") { Description = "Show the text of each failure." };
        var command = new Command("fuzz", "Damages snippets as typing does; no analyzer or fix may throw, no fix may break what compiles.") { count, seed, texts };
        command.SetAction(async (parsed, cancellation) =>
        {
            var inputs = FuzzInput.Of(SnippetLibrary.All, parsed.GetValue(seed), parsed.GetValue(count));
            var result = await new FuzzRun(Subject.Threadwise).RunAsync(inputs, cancellation);
            FuzzReport.Write(result, parsed.GetValue(texts), output);
            return result.Failures.IsEmpty ? 0 : 1;
        });
        return command;
    }
}

using System.CommandLine;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Threadwise.Proving.Metamorphic;
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
            Metamorphic(output),
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
}

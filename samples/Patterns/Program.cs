using System;
using System.CommandLine;
using System.Linq;
using System.Threading.Tasks;

namespace Patterns;

/// <summary>The command line: a verb a part, <c>list</c> and <c>all</c>. 0: what a part demonstrates held; 1: it did not; 2: the arguments make no sense.</summary>
internal static class Program
{
    private const int DidNotHold = 1;
    private const int Usage = 2;

    private static async Task<int> Main(string[] args)
    {
        var root = new RootCommand("Patterns of concurrent C#, part by part; the wrong versions stand in samples/Violations.");
        var list = new Command("list", "Lists the parts.");
        list.SetAction(_ => new Grid("part", "name", "what it shows").Fill(Part.All.Select(static part => new[] { part.Number, part.Name, part.Title })).Print());
        var all = new Command("all", "Runs every part.");
        all.SetAction((_, _) => RunAsync(Part.All.ToArray()));
        root.Subcommands.Add(list);
        root.Subcommands.Add(all);
        foreach (var part in Part.All)
        {
            var verb = new Command(part.Name, part.Title);
            verb.Aliases.Add(part.Number);
            verb.SetAction((_, _) => RunAsync(part));
            root.Subcommands.Add(verb);
        }

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(problem.Message);
            }

            await Console.Error.WriteLineAsync($"Say one of: list, all, {string.Join(", ", Part.All.Select(static part => part.Name))}; or --help.");
            return Usage;
        }

        return await parsed.InvokeAsync();
    }

    private static async Task<int> RunAsync(params Part[] parts)
    {
        var held = true;
        foreach (var part in parts)
        {
            Console.WriteLine($"{part.Number} {part.Title}");
            Console.WriteLine();
            if (!await part.RunAsync())
            {
                held = false;
                await Console.Error.WriteLineAsync($"{part.Number} {part.Name}: what it demonstrates did not hold.");
            }
        }

        return held ? 0 : DidNotHold;
    }
}

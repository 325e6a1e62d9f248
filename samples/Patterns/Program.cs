using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Spectre.Console;

namespace Patterns;

/// <summary>The command line: a verb a part, <c>list</c> and <c>all</c>. 0: what a part demonstrates held; 1: it did not; 2: the arguments make no sense.</summary>
internal static class Program
{
    private const int DidNotHold = 1;

    /// <summary>The exit code for arguments that make no sense.</summary>
    public const int Usage = 2;

    /// <summary>By custom, 128 and the number of the signal that ended a program.</summary>
    private const int Signal = 128;

    // Never disposed of: a signal that comes while the program ends by itself must not end it half-way.
    private static readonly List<PosixSignalRegistration> s_signals = [];

    private static volatile bool s_isEnding;

    private static async Task<int> Main(string[] args)
    {
        if (args is [var verb, .. var rest] && Child.IsVerb(verb))
        {
            return await Child.RunAsync(verb, rest);
        }

        if (OperatingSystem.IsWindows())
        {
            // Its older code pages have no … and no µ.
            Console.OutputEncoding = Encoding.UTF8;
        }

        // What a run that was killed could not clear up is cleared up now. Ctrl+C, kill and a closed terminal end the program as its own last line does: by ProcessExit, which clears up.
        Scratch.ClearUp();
        AppDomain.CurrentDomain.ProcessExit += static (_, _) =>
        {
            Child.EndAll();
            Scratch.DeleteAll();
            if (s_isEnding && !Console.IsOutputRedirected)
            {
                AnsiConsole.Cursor.Show(); // A progress bar hides it.
            }
        };
        s_signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, static signal => End(signal, 2)));
        s_signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, static signal => End(signal, 15)));
        s_signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, static signal => End(signal, 1)));

        var parsed = Verbs().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            // Who mistypes a verb has not forgotten it: the word that makes no sense is the problem then.
            foreach (var problem in parsed.UnmatchedTokens is { Count: > 0 } words ? words.Select(static word => $"'{word}' makes no sense here.") : parsed.Errors.Select(static error => error.Message))
            {
                await Console.Error.WriteLineAsync(problem);
            }

            await Console.Error.WriteLineAsync($"Say one of: list, all, {string.Join(", ", Part.All.Select(static part => part.Name))}; or --help.");
            return Usage;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static void End(PosixSignalContext signal, int number)
    {
        signal.Cancel = true;
        s_isEnding = true;
        Environment.Exit(Signal + number);
    }

    private static RootCommand Verbs()
    {
        var root = new RootCommand("Patterns of concurrent C#, part by part; the wrong versions stand in samples/Violations.");
        var list = new Command("list", "Lists the parts.");
        list.SetAction(static _ => new Grid("part", "name", "what it shows").Fill(Part.All.Select(static part => new[] { part.Number, part.Name, part.Title })).Print());
        root.Subcommands.Add(list);
        root.Subcommands.Add(Verb(new Command("all", "Runs every part."), [.. Part.All]));
        foreach (var part in Part.All)
        {
            root.Subcommands.Add(Verb(new Command(part.Name, part.Title) { Aliases = { part.Number } }, part));
        }

        return root;
    }

    private static Command Verb(Command verb, params Part[] parts)
    {
        // Only where there is something to draw: elsewhere the option makes no sense, and is an error.
        Option<DirectoryInfo>? figures = parts.Any(static part => part.Draws) ? new("--out") { Description = "A folder for the charts, as SVG and PNG." } : null;
        if (figures is not null)
        {
            verb.Options.Add(figures);
        }

        verb.SetAction((parsed, _) => RunAsync(figures is null ? null : parsed.GetValue(figures), parts));
        return verb;
    }

    private static async Task<int> RunAsync(DirectoryInfo? figures, Part[] parts)
    {
        try
        {
            // Tried before anything runs: a chart comes at the end of its part.
            figures?.Create();
            using var tried = figures is null ? null : new FileStream(Path.Combine(figures.FullName, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"--out: {e.Message}");
            return Usage;
        }

        var held = true;
        foreach (var part in parts)
        {
            Console.WriteLine($"{part.Number} {part.Title}");
            Console.WriteLine();
            var problem = await ProblemAsync(part, figures);
            if (s_isEnding)
            {
                // What failed now failed because its children and files are gone. The signal's thread has the last word.
                await Task.Delay(Timeout.Infinite);
            }

            if (problem is not null)
            {
                held = false;
                await Console.Error.WriteLineAsync($"{part.Number} {part.Name}: {problem}");
            }
        }

        return held ? 0 : DidNotHold;
    }

    /// <summary>Null when what the part demonstrates held.</summary>
    private static async Task<string?> ProblemAsync(Part part, DirectoryInfo? figures)
    {
        try
        {
            return await part.RunAsync(figures) ? null : "what it demonstrates did not hold.";
        }
        catch (Exception e)
        {
            // The other parts can still run. What the machine refuses is not the program's fault, so the place in it says nothing.
            return e is IOException or UnauthorizedAccessException ? e.Message : e.ToString();
        }
    }
}

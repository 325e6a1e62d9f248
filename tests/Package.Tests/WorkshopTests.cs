using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Threadwise.Package.Tests;

/// <summary>A program with ten mistakes, repaired by one command and run before and after it.</summary>
public class WorkshopTests(IsolatedPackage package)
{
    private static readonly string[] s_right =
    [
        "answer 42", "squares 0 1 4 9", "numbers 0 1 2 3", "pages 7", "report written", "total 5050", "long words 10000", "lengths 40000", "lock free", "greeting hello",
    ];

    [Fact]
    public async Task Ten_mistakes_are_repaired_by_one_command_and_the_program_prints_what_it_should()
    {
        var build = await package.ConsumersAsync();
        var folder = build.FolderOf(Consumers.Workshop);
        var ids = build.SarifOf(Consumers.Workshop).Ours.Select(static report => report.Id).Distinct().ToList();
        Assert.Equal(s_right.Length, ids.Count);

        // The last line would never come: the task behind it is never started.
        var before = s_right[..^1];
        Assert.NotEqual(before, await FirstLinesAsync(folder, before.Length));

        // What repairs a Monitor leaves the pair that TW2009 writes as a lock, in a second go.
        await FormatAsync(folder, ids);
        await FormatAsync(folder, ["TW2009"]);
        (await build.BuildAsync(Path.Combine("Workshop", "Workshop.csproj"))).MustSucceed();
        Assert.Empty(build.SarifOf(Consumers.Workshop).Ours);
        Assert.Equal(s_right, await FirstLinesAsync(folder, int.MaxValue));
    }

    private static async Task FormatAsync(string folder, List<string> ids) => (await DotnetCommand.RunAsync(
        folder, ["format", "analyzers", "Workshop.csproj", "--no-restore", "--severity", "info", "--diagnostics", .. ids])).MustSucceed();

    /// <summary>Runs the program and ends it when it has printed so many lines.</summary>
    private static async Task<List<string>> FirstLinesAsync(string folder, int count)
    {
        using var program = Process.Start(new ProcessStartInfo(
            System.Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(folder, "bin", "Debug", Consumers.Latest, "Workshop.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = program.StandardError.ReadToEndAsync();
        var lines = new List<string>();
        try
        {
            while (lines.Count < count && await program.StandardOutput.ReadLineAsync() is { } line)
            {
                lines.Add(line);
            }
        }
        finally
        {
            program.Kill(entireProcessTree: true);
            await program.WaitForExitAsync();
            await errors;
        }

        return lines;
    }
}

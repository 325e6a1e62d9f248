using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Threadwise.Hosts.LanguageServer;
using Xunit;

namespace Threadwise.Hosts.Tests;

/// <summary>A language server, driven over the protocol as an editor drives it, shows the squiggles of the package.</summary>
public class LanguageServerTests(PackedPackage package)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Squiggles_come_with_opening_a_file_and_follow_each_edit()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_limit);
        var consumer = await package.ShopAsync();
        await using var server = await Server.StartAsync(consumer.Folder, consumer.Solution, limit.Token);

        // Every sample with a rule that is on: opened, shown.
        foreach (var sample in Samples.Files.Where(static f => Samples.MarksIn(f).Any()))
        {
            var file = consumer.PathOf("Violations", Path.GetFileName(sample));
            await server.OpenAsync(file, await File.ReadAllTextAsync(file, limit.Token));
            var shown = await server.WaitForAsync(file, static squiggles => !squiggles.IsEmpty, limit.Token);
            Assert.Equal(Samples.MarksIn(file), Marks(file, shown));
        }

        // Typed: a new line above moves the squiggle down …
        var till = consumer.PathOf("Till", "Drawer.cs");
        var text = await File.ReadAllTextAsync(till, limit.Token);
        var (line, column) = PlaceOf(text, Shop.Acquire);
        await server.OpenAsync(till, text);
        var opened = Assert.Single(Shown(await server.WaitForAsync(till, static squiggles => squiggles.Length == 1, limit.Token)));
        Assert.Equal(("TW2003", line), (opened.Id, opened.Line));

        await server.ReplaceAsync(till, 2, 0, 0, 0, "// The drawer of the till.\n");
        var moved = Assert.Single(Shown(await server.WaitForAsync(till, squiggles => squiggles is [{ Line: var now }] && now == line + 1, limit.Token)));
        Assert.Equal(opened with { Line = opened.Line + 1, EndLine = opened.EndLine + 1 }, moved);

        // … without the token the wait cannot fail, and only its place is to be mended; with the token it is as it was.
        const string Repair = "await _gate.WaitAsync();";
        await server.ReplaceAsync(till, 3, line + 1, column, Shop.Acquire.Length, Repair);
        Assert.Single(Shown(await server.WaitForAsync(till, static squiggles => squiggles is [{ Id: "TW2013" }], limit.Token)));

        await server.ReplaceAsync(till, 4, line + 1, column, Repair.Length, Shop.Acquire);
        Assert.Equal(moved, Assert.Single(Shown(await server.WaitForAsync(till, static squiggles => squiggles is [{ Id: "TW2003" }], limit.Token))));
    }

    private static ImmutableArray<Squiggle> Shown(ImmutableArray<Squiggle>? squiggles)
    {
        Assert.True(squiggles is not null, "The language server did not show what was waited for.");
        return squiggles.Value;
    }

    private static string[] Marks(string file, ImmutableArray<Squiggle>? squiggles) =>
        [.. Shown(squiggles).Select(s => $"{s.Id} {Path.GetFileName(file)}:{s.Line + 1}")];

    private static (int Line, int Column) PlaceOf(string text, string part)
    {
        var at = text.IndexOf(part, StringComparison.Ordinal);
        return (text[..at].Count(static c => c == '\n'), at - (text.LastIndexOf('\n', at) + 1));
    }
}

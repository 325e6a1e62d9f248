using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace Threadwise.Package.Tests;

/// <summary><c>dotnet format analyzers</c> repairs consumers by the fixes that keep behaviour.</summary>
public class FormatTests(IsolatedPackage package)
{
    [Fact]
    public async Task It_repairs_consumers_and_touches_nothing_else()
    {
        var build = await package.ConsumersAsync();

        // The command says "formatted" whatever it did: the exit code of a dry run and the text tell.
        Assert.Equal(2, (await FormatAsync(build, "--verify-no-changes")).ExitCode);
        (await FormatAsync(build)).MustSucceed();
        Assert.All(Consumers.Repairable, consumer => Assert.All(Directory.EnumerateFiles(Marks.Folder(consumer.Like!), "*.cs"), expected =>
        {
            var written = File.ReadAllBytes(Path.Combine(build.FolderOf(consumer), Path.GetFileName(expected)));
            Assert.Equal(consumer.IsWindowsText, written.AsSpan().StartsWith(Encoding.UTF8.Preamble));
            Assert.Equal(ConsumerBuild.Text(expected, consumer), Encoding.UTF8.GetString(written).TrimStart('\uFEFF'));
        }));
        (await FormatAsync(build, "--verify-no-changes")).MustSucceed();

        (await build.BuildAsync(ConsumerBuild.RepairableSolution)).MustSucceed();
        Assert.All(Consumers.Repairable, consumer => Assert.All(consumer.Frameworks.Split(';'), framework => Assert.Empty(build.SarifOf(consumer, framework).Ours)));
    }

    private static Task<CommandResult> FormatAsync(ConsumerBuild build, params string[] more) => DotnetCommand.RunAsync(
        build.Folder, ["format", "analyzers", ConsumerBuild.RepairableSolution, "--no-restore", "--severity", "info", "--diagnostics", .. Ids(), .. more]);

    private static IEnumerable<string> Ids() => Marks.In("Repaired").Select(static mark => mark.Id).Distinct();
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Threadwise.Package.Tests;

/// <summary><c>dotnet format analyzers</c> repairs a consumer of every rule that has a fix which keeps behaviour.</summary>
public class FormatTests(IsolatedPackage package)
{
    [Fact]
    public async Task It_repairs_a_consumer_and_touches_nothing_else()
    {
        var build = await package.ConsumersAsync();
        var folder = build.FolderOf(Consumers.Repairable);

        // The command says "formatted" whatever it did: the exit code of a dry run and the text tell.
        Assert.Equal(2, (await FormatAsync(build, "--verify-no-changes")).ExitCode);
        (await FormatAsync(build)).MustSucceed();
        Assert.All(Directory.EnumerateFiles(Marks.Folder("Repaired"), "*.cs"), expected =>
        {
            var written = File.ReadAllText(Path.Combine(folder, Path.GetFileName(expected)));
            Assert.Equal(File.ReadAllText(expected), written);
        });
        (await FormatAsync(build, "--verify-no-changes")).MustSucceed();

        (await build.BuildAsync(build.ProjectOf(Consumers.Repairable))).MustSucceed();
        Assert.Empty(build.SarifOf(Consumers.Repairable).Ours);
    }

    private static Task<CommandResult> FormatAsync(ConsumerBuild build, params string[] more)
    {
        var ids = Marks.In(Consumers.Repairable.Sources).Select(static mark => mark.Id).Distinct();
        return DotnetCommand.RunAsync(
            build.FolderOf(Consumers.Repairable), ["format", "analyzers", Consumers.Repairable.Name + ".csproj", "--no-restore", "--severity", "info", "--diagnostics", .. ids, .. more]);
    }
}

using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Threadwise.Corpus.Building;
using Threadwise.Corpus.Packaging;
using Xunit;

namespace Threadwise.Corpus.Tests;

/// <summary>The sample that a newcomer builds first, built with the fresh package.</summary>
public class ViolationsTests(FreshPackage fresh)
{
    private static readonly string s_folder = Path.GetDirectoryName(Repository.Violations)!;

    [Fact]
    public async Task What_is_reported_equals_the_marks()
    {
        using var work = new WorkFolder();

        var build = await ProjectBuild.RunAsync(
            Repository.Violations, AnalyzerPackage.Open(await fresh.FileAsync(), work), [], work, CancellationToken.None);

        Assert.True(build.Succeeded, string.Join('\n', build.Errors));
        Assert.Empty(build.Trouble);
        Assert.Equal(
            Directory.EnumerateFiles(s_folder, "*.cs").Concat(Directory.EnumerateFiles(Path.Combine(s_folder, "Twins"), "*.cs")).SelectMany(Marks.In).Order(),
            build.Reports.Select(static r => $"{Path.GetFileName(r.File)}:{r.Line} {r.Id}").Order());
    }

    [Fact]
    public void Each_file_shows_the_rule_it_is_named_for() =>
        Assert.All(Directory.EnumerateFiles(s_folder, "TW*.cs"), static file => Assert.Contains(Marks.In(file), mark => mark.EndsWith(Path.GetFileName(file)[..6])));
}

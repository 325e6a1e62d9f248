using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Threadwise.Corpus.Analysis;
using Threadwise.Corpus.Fixes;
using Threadwise.Corpus.Packaging;
using Threadwise.Corpus.Reports;
using Threadwise.Corpus.Sources;
using Threadwise.Corpus.Targets;
using Threadwise.Corpus.Tests.Planted;
using Xunit;

namespace Threadwise.Corpus.Tests;

/// <summary>The fix check finds what is planted, and nothing in a fix that is right.</summary>
public sealed class FixCheckTests : IDisposable
{
    private const string Source = """
        class C
        {
            void M()
            {
                // why
                Bad();
            }

            public void Other() => Good();

            void Bad() { }

            void Good() { }

            void Worse() { }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_right_fix_is_clean()
    {
        var (isFine, output) = await CheckAsync(static text => text.Replace("        Bad();", "        Good();"));

        Assert.True(isFine, output);
        Assert.Contains("TW9001  Edit  1        1      clean", output);
    }

    [Fact]
    public Task A_fix_that_does_not_compile_is_caught() => Catches(FlawKind.NewError, static text => text.Replace("        Bad();", "        Better();"));

    [Fact]
    public Task A_fix_that_breaks_another_file_is_caught() => Catches(
        FlawKind.NewError,
        static text => text.Replace("        Bad();", "        Good();").Replace("void Other()", "void Another()"),
        "class D { void N(C c) => c.Other(); }");

    [Fact]
    public Task A_fix_that_changes_nothing_is_caught() => Catches(FlawKind.ChangedNothing, static text => text);

    [Fact]
    public Task A_fix_that_leaves_the_report_is_caught() => Catches(FlawKind.StillReported, static text => text.Replace("        Bad();", "        { Bad(); }"));

    [Fact]
    public Task A_fix_that_brings_another_report_is_caught() => Catches(FlawKind.NewReport, static text => text.Replace("        Bad();", "        Worse();"));

    [Fact]
    public Task A_fix_that_touches_other_code_is_caught() =>
        Catches(FlawKind.OtherCodeChanged, static text => text.Replace("        Bad();", "        Good();").Replace("=> Good()", "=> this.Good()"));

    [Fact]
    public Task A_fix_that_loses_a_comment_is_caught() => Catches(FlawKind.CommentLost, static text => text.Replace("        // why\n        Bad();", "        Good();"));

    [Fact]
    public Task A_fix_that_throws_is_caught() => Catches(FlawKind.Threw, static _ => throw new InvalidOperationException("planted"));

    [Fact]
    public async Task A_rule_that_throws_is_caught()
    {
        _folder.Write("C.cs", "class C { void M() { Crash(); } void Crash() { } }");
        var analysis = new InProcess(new PackageRules([new CallAnalyzer()], []));

        foreach (var project in (await SourceFolder.LoadAsync(_folder.Path, CancellationToken.None)).Solution.Projects)
        {
            await analysis.ProjectAsync(project, CancellationToken.None);
        }

        Assert.Contains("planted", Assert.Single(analysis.Crashes));
    }

    [Fact]
    public async Task Repaired_files_go_where_the_user_says_and_nowhere_else()
    {
        var write = Path.Combine(_folder.Path, "repaired");

        await CheckAsync(static text => text.Replace("        Bad();", "        Good();"), write);

        Assert.Contains("        Good();", File.ReadAllText(Path.Combine(write, "code", "C.cs")));
        Assert.Equal(Source, File.ReadAllText(Path.Combine(_folder.Path, "code", "C.cs")));
    }

    public void Dispose() => _folder.Dispose();

    private async Task Catches(FlawKind kind, Func<string, string> edit, string? more = null)
    {
        if (more is not null)
        {
            _folder.Write("code/D.cs", more);
        }

        var (isFine, output) = await CheckAsync(edit);

        Assert.False(isFine);
        Assert.Contains(kind.ToString(), output);
    }

    private async Task<(bool IsFine, string Output)> CheckAsync(Func<string, string> edit, string? write = null)
    {
        var file = _folder.Write("code/C.cs", Source);
        var rules = new PackageRules([new CallAnalyzer()], [new TextFix(edit)]);
        var code = await SourceFolder.LoadAsync(Path.Combine(_folder.Path, "code"), CancellationToken.None);
        var output = new StringWriter { NewLine = "\n" };
        var check = new FixCheck(
            new Request { Path = _folder.Path, Fixes = true, Write = write }, new Origin(_folder.Path, "shop", "-"), rules, new InProcess(rules), output);
        var report = new Report(CallAnalyzer.Bad, Microsoft.CodeAnalysis.DiagnosticSeverity.Warning, file, 6, 9, "Bad", "Bad");
        return (await check.RunAsync(code, [report], CancellationToken.None), output.ToString());
    }
}

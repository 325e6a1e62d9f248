using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Testing;
using Threadwise.Testing.Docs;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Docs;

/// <summary>A right block that is marked <c>fixed</c> is what the first fix makes of the wrong block in its place.</summary>
public class RulePageFixTests
{
    /// <summary>More reports than a block of a page holds.</summary>
    private const int MostEdits = 50;

    public static TheoryData<string> Pages { get; } =
        [.. RulePage.All.Select(static page => page.Id).Where(static id => ThreadwiseRules.Fixes.Any(fix => fix.FixableDiagnosticIds.Contains(id)))];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Turns_the_wrong_block_into_the_right_one(string id)
    {
        var page = RulePage.All.Single(page => page.Id == id);
        var pairs = page.Wrong.Zip(page.Right).Where(static pair => pair.Second.IsFixed).ToList();
        Assert.True(pairs.Count > 0, $"docs/rules/{id}.md: the rule has a fix, so one right block at least is ```csharp fixed");
        foreach (var (wrong, right) in pairs)
        {
            Assert.Equal(PageBlock.Bare(right.Code), PageBlock.Bare(await FixedAsync(id, wrong)));
        }
    }

    private static async Task<string> FixedAsync(string id, PageBlock block)
    {
        using var workspace = new AdhocWorkspace();
        var analysis = block.Compiled() with { Project = ImmutableDictionary<string, ReportDiagnostic>.Empty.Add(id, ReportDiagnostic.Warn) };
        var compilation = analysis.Compile();
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Page", "Page", LanguageNames.CSharp, compilationOptions: compilation.Options,
            parseOptions: compilation.SyntaxTrees[0].Options, metadataReferences: analysis.References));
        foreach (var (name, text) in analysis.Sources.Skip(1))
        {
            project = project.AddDocument(name, text).Project;
        }

        // The mark is a comment that no fix would move along with the code, so the fix gets the code without it.
        var document = project.AddDocument("Page.cs", PageBlock.Bare(block.Code) + "\n");
        for (var edit = 0; edit < MostEdits; edit++)
        {
            var reports = await (await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken))!
                .WithAnalyzers(ThreadwiseRules.Analyzers).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
            var changed = await FirstFixAsync(document, [.. reports.Where(d => d.Id == id).OrderBy(static d => d.Location.SourceSpan.Start)]);
            if (changed is null)
            {
                break;
            }

            document = changed;
        }

        return (await document.GetTextAsync(TestContext.Current.CancellationToken)).ToString();
    }

    /// <summary>The document with the first action of the first report that has one, as the light bulb applies it; safe fixes come first.</summary>
    private static async Task<Document?> FirstFixAsync(Document document, Diagnostic[] reports)
    {
        foreach (var fix in ThreadwiseRules.Fixes.OrderBy(static fix => fix is ChangingFix))
        {
            foreach (var report in reports.Where(report => fix.FixableDiagnosticIds.Contains(report.Id)))
            {
                CodeAction? first = null;
                await fix.RegisterCodeFixesAsync(new CodeFixContext(document, report, (action, _) => first ??= action, CancellationToken.None));
                if (first is not null)
                {
                    var operations = await first.GetOperationsAsync(CancellationToken.None);
                    return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id);
                }
            }
        }

        return null;
    }
}

using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Threadwise.Testing;

/// <summary>What the fixes of a rule make of a source, one report after the other, as somebody does who takes the first offer of each light bulb.</summary>
public static class FixedCode
{
    /// <summary>More reports than a source in a test holds.</summary>
    private const int MostEdits = 50;

    /// <param name="analysis">The source to repair comes first; the others are there to compile it.</param>
    /// <param name="id">The rule. It is switched on.</param>
    public static async Task<string> OfAsync(Analysis analysis, string id)
    {
        using var workspace = new AdhocWorkspace();
        analysis = analysis with { Project = analysis.Project.SetItem(id, ReportDiagnostic.Warn) };
        var compilation = analysis.Compile();
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Fixed", "Fixed", LanguageNames.CSharp, compilationOptions: compilation.Options,
            parseOptions: compilation.SyntaxTrees[0].Options, metadataReferences: analysis.References));
        foreach (var (name, text) in analysis.Sources.Skip(1))
        {
            project = project.AddDocument(name, text).Project;
        }

        var document = project.AddDocument(analysis.Sources[0].Name, analysis.Sources[0].Text);
        for (var edit = 0; edit < MostEdits; edit++)
        {
            var reports = await (await document.Project.GetCompilationAsync())!
                .WithAnalyzers(analysis.Analyzers).GetAnalyzerDiagnosticsAsync();
            var changed = await FirstFixAsync(document, [.. reports.Where(d => d.Id == id).OrderBy(static d => d.Location.SourceSpan.Start)]);
            if (changed is null)
            {
                break;
            }

            document = changed;
        }

        return (await document.GetTextAsync()).ToString();
    }

    /// <summary>The document with the first action of the first report that has one, as the light bulb applies it; safe fixes come first.</summary>
    private static async Task<Document?> FirstFixAsync(Document document, Diagnostic[] reports)
    {
        foreach (var fix in ThreadwiseRules.Fixes.OrderBy(static fix => fix is CodeFixes.ChangingFix))
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

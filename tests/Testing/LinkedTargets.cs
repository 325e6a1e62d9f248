using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Testing;

/// <summary>A project with two targets, as a workspace holds it: two projects with one file, whose documents are linked by its path.</summary>
public static class LinkedTargets
{
    /// <summary>The titles of what <paramref name="fix"/> offers for the reports in the first target, in the order of the source.</summary>
    public static async Task<string[]> TitlesAsync(
        CodeFixProvider fix, string source, ImmutableArray<MetadataReference> first, ImmutableArray<MetadataReference> second)
    {
        using var workspace = new AdhocWorkspace();
        var solution = workspace.CurrentSolution;
        foreach (var references in new[] { first, second })
        {
            var project = ProjectId.CreateNewId();
            solution = solution
                .AddProject(ProjectInfo.Create(
                    project, VersionStamp.Default, "Shop", "Shop", LanguageNames.CSharp, "/Shop.csproj", null,
                    new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary), new CSharpParseOptions(LanguageVersion.Preview), metadataReferences: references))
                .AddDocument(DocumentId.CreateNewId(project), "File.cs", SourceText.From(source), filePath: "/File.cs");
        }

        var document = solution.Projects.First().Documents.Single();
        var compilation = await document.Project.GetCompilationAsync();
        var reports = await compilation!.WithAnalyzers(ThreadwiseRules.Analyzers).GetAnalyzerDiagnosticsAsync();
        var titles = new List<string>();
        foreach (var report in reports.Where(d => fix.FixableDiagnosticIds.Contains(d.Id)).OrderBy(static d => d.Location.SourceSpan.Start))
        {
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, report, (action, _) => titles.Add(action.Title), default));
        }

        return [.. titles];
    }
}

using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Corpus.Packaging;

namespace Threadwise.Corpus.Analysis;

/// <summary>Runs the package's analyzers in this process.</summary>
internal sealed class InProcess(PackageRules rules)
{
    private readonly List<string> _crashes = [];

    /// <summary>Exceptions that an analyzer let out; there must be none.</summary>
    public IReadOnlyList<string> Crashes => _crashes;

    /// <summary>Every report of a project.</summary>
    public async Task<ImmutableArray<Finding>> ProjectAsync(Project project, CancellationToken cancellation)
    {
        var analysis = await StartAsync(project, suppressedToo: false, cancellation);
        var diagnostics = await analysis.GetAnalyzerDiagnosticsAsync(cancellation);
        return [.. diagnostics.Where(static d => !d.IsSuppressed)
            .OrderBy(static d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(static d => d.Location.SourceSpan)
            .Select(d => new Finding(d, d.Location.SourceTree is { } tree ? project.GetDocument(tree) : null))];
    }

    /// <summary>The reports in one document: as an editor asks for them, and those that need the whole compilation.</summary>
    public async Task<ImmutableArray<Diagnostic>> DocumentAsync(Document document, CancellationToken cancellation)
    {
        var analysis = await StartAsync(document.Project, suppressedToo: false, cancellation);
        var model = (await document.GetSemanticModelAsync(cancellation))!;
        var said = (await analysis.GetAnalysisResultAsync(model, filterSpan: null, cancellation)).GetAllDiagnostics();
        if (rules.Analyzers.Where(static a => a.SupportedDiagnostics.Any(static d => d.CustomTags.Contains(WellKnownDiagnosticTags.CompilationEnd))).ToImmutableArray() is { IsEmpty: false } ofBuild)
        {
            said = said.AddRange((await analysis.GetAnalyzerDiagnosticsAsync(ofBuild, cancellation)).Where(d => d.Location.SourceTree == model.SyntaxTree && !said.Contains(d)));
        }

        return [.. said.Where(static d => !d.IsSuppressed)];
    }

    /// <summary>The reports in one document as an editor asks for them, with those that its author silenced: none that need the whole compilation.</summary>
    public async Task<ImmutableArray<Diagnostic>> DocumentWithSuppressedAsync(Document document, CancellationToken cancellation)
    {
        var analysis = await StartAsync(document.Project, suppressedToo: true, cancellation);
        var model = (await document.GetSemanticModelAsync(cancellation))!;
        var result = await analysis.GetAnalysisResultAsync(model, filterSpan: null, cancellation);
        return result.GetAllDiagnostics();
    }

    private async Task<CompilationWithAnalyzers> StartAsync(Project project, bool suppressedToo, CancellationToken cancellation) =>
        (await project.GetCompilationAsync(cancellation))!.WithAnalyzers(rules.Analyzers, new CompilationWithAnalyzersOptions(
            project.AnalyzerOptions, Crashed, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: suppressedToo));

    private void Crashed(Exception exception, DiagnosticAnalyzer analyzer, Diagnostic diagnostic)
    {
        lock (_crashes)
        {
            _crashes.Add($"{analyzer.GetType().Name}: {exception.GetType().Name}: {exception.Message} {exception.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}");
        }
    }
}

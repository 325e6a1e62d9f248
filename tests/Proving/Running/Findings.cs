using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Threadwise.Proving.Running;

/// <summary>What the compiler and the analyzers say of a compilation.</summary>
/// <param name="Reports">By file; only what is about code and not suppressed, in the order of the source.</param>
/// <param name="Broken">The files that do not compile.</param>
/// <param name="Crashes">Exceptions that an analyzer let out.</param>
internal sealed record Findings(ILookup<SyntaxTree, Diagnostic> Reports, ImmutableHashSet<SyntaxTree> Broken, ImmutableArray<string> Crashes)
{
    public static async Task<Findings> InAsync(Compilation compilation, Subject subject, CancellationToken cancellation)
    {
        var crashes = new List<string>();
        var analysis = Start(compilation, subject, crashes);
        var said = await analysis.GetAllDiagnosticsAsync(cancellation);
        return new Findings(
            said.Where(d => IsReport(d, subject)).OrderBy(static d => d.Location.SourceSpan.Start).ThenBy(static d => d.Id, StringComparer.Ordinal)
                .ToLookup(static d => d.Location.SourceTree!),
            [.. said.Where(static d => d.Severity == DiagnosticSeverity.Error && d.Location.IsInSource).Select(static d => d.Location.SourceTree!)],
            [.. crashes.Order(StringComparer.Ordinal)]);
    }

    /// <summary>The reports in one file of a compilation of any size.</summary>
    public static async Task<ImmutableArray<Diagnostic>> InFileAsync(
        Compilation compilation, SyntaxTree tree, Subject subject, ICollection<string> crashes, CancellationToken cancellation)
    {
        var analysis = Start(compilation, subject, crashes);
        var result = await analysis.GetAnalysisResultAsync(compilation.GetSemanticModel(tree), filterSpan: null, cancellation);
        var said = result.GetAllDiagnostics();

        // One file's model knows nothing of what is said at the end of the compilation.
        if (subject.Analyzers.Where(static a => a.SupportedDiagnostics.Any(static d => d.CustomTags.Contains(WellKnownDiagnosticTags.CompilationEnd))).ToImmutableArray() is { IsEmpty: false } ofBuild)
        {
            said = said.AddRange((await analysis.GetAnalyzerDiagnosticsAsync(ofBuild, cancellation)).Where(d => d.Location.SourceTree == tree && !said.Contains(d)));
        }

        return [.. said.Where(d => IsReport(d, subject)).OrderBy(static d => d.Location.SourceSpan.Start)];
    }

    private static bool IsReport(Diagnostic d, Subject subject) =>
        d is { IsSuppressed: false, Location.IsInSource: true } && subject.Ids.Contains(d.Id) && Subject.IsAboutCode(d.Id);

    private static CompilationWithAnalyzers Start(Compilation compilation, Subject subject, ICollection<string> crashes) =>
        compilation.WithAnalyzers(subject.Analyzers, new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            (exception, analyzer, _) =>
            {
                lock (crashes)
                {
                    crashes.Add($"{analyzer.GetType().Name}: {exception.GetType().Name}: {exception.Message} {exception.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}");
                }
            },
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false));
}

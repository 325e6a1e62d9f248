using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Threadwise.Benchmarks.Subjects;

/// <summary>Looks at the memory in use when a compilation ends, beside the analyzers that are measured. For one compilation at a time.</summary>
#pragma warning disable RS1001 // Not for a driver to find: the benchmark hands it over.
internal sealed class ScalesAnalyzer : DiagnosticAnalyzer
#pragma warning restore RS1001
{
    private static readonly DiagnosticDescriptor s_never =
        new("SCALES", "Never reported", "Never reported", "Benchmarks", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [s_never];

    /// <summary>Bytes.</summary>
    public long AtEnd { get; private set; }

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
#pragma warning disable RS1013 // A compilation action runs before the bodies are looked at, on one thread; the end action runs after them.
        context.RegisterCompilationStartAction(start => start.RegisterCompilationEndAction(_ => AtEnd = GC.GetTotalMemory(forceFullCollection: true)));
#pragma warning restore RS1013
    }
}

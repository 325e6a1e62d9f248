#pragma warning disable RS1001 // An analyzer of the tests is given to the instruments and loaded by no compiler.
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Proving.Running;
using Threadwise.Proving.Snippets;

namespace Threadwise.Proving.Tests.Planted;

/// <summary>What the planted defects have in common.</summary>
internal static class Planted
{
    public static DiagnosticDescriptor Descriptor(string id) => new(id, "Planted", "Planted", "Planted", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public static Subject Subject(DiagnosticAnalyzer analyzer, CodeFixProvider? fix = null) => new([analyzer], fix is null ? [] : [fix]);

    public static Snippet Snippet(string code) => new("Planted", "TW9999", code, [], IsConfigured: true);
}

/// <summary>A rule that knows a lock by the name of its field.</summary>
internal sealed class NameKeyedAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Planted.Descriptor("TW9001")];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(
            symbol =>
            {
                if (symbol.Symbol.Name == "_gate")
                {
                    symbol.ReportDiagnostic(Diagnostic.Create(SupportedDiagnostics[0], symbol.Symbol.Locations[0]));
                }
            },
            SymbolKind.Field);
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Analyzers.Engine;
using Threadwise.Analyzers.Options;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers;

/// <summary>Reports TW0001: options that cannot be understood, told once a build and not while typing.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OptionsAnalyzer : ThreadwiseAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(OwnTrouble.UnreadableOption);

#pragma warning disable RS1013 // The base registers the start action for every analyzer, so that none forgets its gate; no action of the compilation alone is left to use.
    private protected override void Start(CompilationStartAnalysisContext context, Model model) =>
        context.RegisterCompilationEndAction(static end =>
        {
            foreach (var option in UnreadableOption.In(end.Compilation, end.Options))
            {
                end.ReportDiagnostic(OwnTrouble.Unreadable(option));
            }
        });
#pragma warning restore RS1013
}

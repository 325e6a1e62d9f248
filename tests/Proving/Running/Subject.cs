using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Testing;

namespace Threadwise.Proving.Running;

/// <summary>The analyzers and fixes that an instrument examines.</summary>
internal sealed record Subject(ImmutableArray<DiagnosticAnalyzer> Analyzers, ImmutableArray<CodeFixProvider> Fixes)
{
    public static Subject Threadwise { get; } = new(ThreadwiseRules.Analyzers, ThreadwiseRules.Fixes);

    public ImmutableHashSet<string> Ids { get; } = [.. Analyzers.SelectMany(static a => a.SupportedDiagnostics).Select(static d => d.Id)];

    /// <summary>Whether a report is about the user's code; the others (TW00nn) tell of Threadwise's own trouble.</summary>
    public static bool IsAboutCode(string id) => !id.StartsWith("TW00", System.StringComparison.Ordinal);
}

using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Threadwise.Analyzers.Reporting;

/// <summary>
/// Whether a rule is off in a tree. Only precedence asks: when the rule that speaks first is switched off,
/// the next one must not be silent. The order is the compiler's: a line for the id in the tree's configuration, then in
/// a global one, then the project's options (<c>NoWarn</c>), then category and catch-all lines, then the default.
/// </summary>
internal readonly struct EffectiveSeverity(Compilation compilation, AnalyzerOptions options)
{
    public bool IsOff(DiagnosticDescriptor descriptor, SyntaxTree? tree)
    {
        if (tree is not null && compilation.Options.SyntaxTreeOptionsProvider is { } provider &&
            (provider.TryGetDiagnosticValue(tree, descriptor.Id, default, out var configured) ||
             provider.TryGetGlobalDiagnosticValue(descriptor.Id, default, out configured)))
        {
            return configured == ReportDiagnostic.Suppress;
        }

        if (compilation.Options.SpecificDiagnosticOptions.TryGetValue(descriptor.Id, out var specific))
        {
            return specific == ReportDiagnostic.Suppress;
        }

        if (!descriptor.IsEnabledByDefault)
        {
            return true;
        }

        if (tree is null)
        {
            return false;
        }

        var lines = options.AnalyzerConfigOptionsProvider.GetOptions(tree);
        return (lines.TryGetValue($"dotnet_analyzer_diagnostic.category-{descriptor.Category}.severity", out var value) ||
                lines.TryGetValue("dotnet_analyzer_diagnostic.severity", out value)) &&
               string.Equals(value.Trim(), "none", StringComparison.OrdinalIgnoreCase);
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Threadwise.Analyzers.Reporting;

/// <summary>
/// Whether a rule is off in a tree, or one of the SDK's on. Only precedence asks: when the rule that speaks first is switched off, the next one must not be
/// silent. The order is the compiler's: the project's own word for the id (<c>NoWarn</c>, <c>WarningsAsErrors</c>), then a line for the id in the
/// tree's configuration, then one in a global file, then category and catch-all lines, then the default.
/// </summary>
internal readonly struct EffectiveSeverity(Compilation compilation, AnalyzerOptions options)
{
    public bool IsOff(DiagnosticDescriptor descriptor, SyntaxTree? tree)
    {
        // WarningsNotAsErrors arrives as Default: it leaves the word to the files, but a rule that it names is on.
        var isNamed = compilation.Options.SpecificDiagnosticOptions.TryGetValue(descriptor.Id, out var configured);
        if (isNamed && configured != ReportDiagnostic.Default)
        {
            return configured == ReportDiagnostic.Suppress;
        }

        if (tree is not null && compilation.Options.SyntaxTreeOptionsProvider is { } provider &&
            (provider.TryGetDiagnosticValue(tree, descriptor.Id, default, out configured) ||
             provider.TryGetGlobalDiagnosticValue(descriptor.Id, default, out configured)))
        {
            return configured == ReportDiagnostic.Suppress;
        }

        if (isNamed || !descriptor.IsEnabledByDefault)
        {
            return !isNamed;
        }

        return tree is not null &&
            BulkLevel(options.AnalyzerConfigOptionsProvider.GetOptions(tree), descriptor.Category) == "none";
    }

    /// <summary>
    /// Whether the user has asked for a rule of the SDK: by a line or project setting for its id, or by its style option. That it may be on by
    /// default does not count, for builds do not show it then.
    /// </summary>
    public bool IsSwitchedOn(SdkRule rule, SyntaxTree tree)
    {
        // A style is written as `value` or `value:severity`; one that is false has the rule say nothing, whatever its severity.
        var style = options.AnalyzerConfigOptionsProvider.GetOptions(tree).TryGetValue(rule.StyleOption, out var written) ? written.ToLowerInvariant().Replace(" ", "") : "";
        if (style.StartsWith("false", System.StringComparison.Ordinal))
        {
            return false;
        }

        return compilation.Options.SpecificDiagnosticOptions.TryGetValue(rule.Id, out var configured) ||
            (compilation.Options.SyntaxTreeOptionsProvider is { } provider &&
             (provider.TryGetDiagnosticValue(tree, rule.Id, default, out configured) || provider.TryGetGlobalDiagnosticValue(rule.Id, default, out configured)))
            ? configured != ReportDiagnostic.Suppress
            : style.StartsWith("true", System.StringComparison.Ordinal) && style != "true:none";
    }

    private static string? BulkLevel(AnalyzerConfigOptions lines, string category)
    {
        foreach (var key in new[] { $"dotnet_analyzer_diagnostic.category-{category}.severity", "dotnet_analyzer_diagnostic.severity" })
        {
            // A word that is no level is passed over and leaves the decision to the wider line.
            if (lines.TryGetValue(key, out var value) && value.ToLowerInvariant() is var level &&
                (level is "none" or "silent" or "refactoring" or "suggestion" or "warning" or "error" or "default"))
            {
                return level;
            }
        }

        return null;
    }
}

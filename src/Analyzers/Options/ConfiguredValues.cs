using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Threadwise.Analyzers.Options;

/// <summary>
/// What the configuration files say, over all files of a compilation: an option that applies to the whole compilation may stand in a
/// section that names some of its files only.
/// </summary>
internal static class ConfiguredValues
{
    /// <summary>The distinct values of <paramref name="key"/>.</summary>
    public static HashSet<string> Of(string key, Compilation compilation, AnalyzerOptions options)
    {
        var values = new HashSet<string>(StringComparer.Ordinal);
        foreach (var section in Sections(compilation, options))
        {
            if (section.TryGetValue(key, out var value))
            {
                values.Add(value);
            }
        }

        return values;
    }

    /// <summary>The distinct keys that start with <see cref="OptionDefinition.Prefix"/>, as far as the host can list keys at all.</summary>
    public static HashSet<string> Keys(Compilation compilation, AnalyzerOptions options)
    {
        var keys = new HashSet<string>(AnalyzerConfigOptions.KeyComparer);
        foreach (var section in Sections(compilation, options))
        {
            foreach (var key in KeysOf(section))
            {
                if (key.StartsWith(OptionDefinition.Prefix, StringComparison.OrdinalIgnoreCase))
                {
                    keys.Add(key);
                }
            }
        }

        return keys;
    }

    private static IEnumerable<AnalyzerConfigOptions> Sections(Compilation compilation, AnalyzerOptions options)
    {
        var provider = options.AnalyzerConfigOptionsProvider;
        return compilation.SyntaxTrees.Select(provider.GetOptions).Prepend(provider.GlobalOptions);
    }

    private static IEnumerable<string> KeysOf(AnalyzerConfigOptions section)
    {
        try
        {
            return section.Keys;
        }
        catch (NotImplementedException)
        {
            // The base class throws, and hosts that derive from it need not list their keys: unknown keys go unnoticed there.
            return [];
        }
    }
}

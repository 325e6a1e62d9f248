using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Threadwise.Analyzers.Options;

/// <summary>A key or part of a value that cannot be understood.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The part of the value at fault; the whole value when there is no such key.</param>
/// <param name="AllowedText">The resource that tells what is allowed.</param>
internal readonly record struct UnreadableOption(string Key, string Value, string AllowedText)
{
    /// <summary>What <paramref name="options"/> hold of that kind: each once, ordered by key and value.</summary>
    public static ImmutableArray<UnreadableOption> In(Compilation compilation, AnalyzerOptions options)
    {
        var known = OptionDefinitions.All.ToDictionary(static option => option.Name, AnalyzerConfigOptions.KeyComparer);
        var unreadable = known.Values.SelectMany(option =>
            ConfiguredValues.Of(option.Name, compilation, options).SelectMany(value => option.Unreadable(value))
                .Select(part => new UnreadableOption(option.Name, part, option.AllowedText)));
        var unknown = ConfiguredValues.Keys(compilation, options).Where(key => !known.ContainsKey(key)).SelectMany(key =>
            ConfiguredValues.Of(key, compilation, options).Select(value => new UnreadableOption(key.ToLowerInvariant(), value, UnknownText)));
        return ImmutableArray.CreateRange(unreadable.Concat(unknown).Distinct()
            .OrderBy(static trouble => trouble.Key, StringComparer.Ordinal).ThenBy(static trouble => trouble.Value, StringComparer.Ordinal));
    }

    /// <summary>The resource that lists the options there are.</summary>
    public const string UnknownText = "Option_Unknown";
}

using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Options;

/// <summary>
/// A list of pairs of methods, parted by <c>|</c>: the one that acquires a lock, an arrow <c>=&gt;</c>, and the one that releases it. Lists add up, as those of
/// <see cref="MethodListOption"/> do.
/// </summary>
internal sealed class LockPairOption(string name, string meaning) : OptionDefinition(name, meaning)
{
    private const string Arrow = "=>";

    public override string Kind => "list of pairs of methods `acquire => release`, parted by `|`";

    public override string Default => "";

    public override string AllowedText => "Option_LockPairs";

    public override ImmutableArray<string> Unreadable(string value) =>
        MethodListOption.Entries(value).Where(static entry => Parse(entry) is null).ToImmutableArray();

    /// <summary>The pairs of <paramref name="values"/> of which both halves name something in <paramref name="compilation"/>.</summary>
    public LockPairs Resolve(IEnumerable<string> values, Compilation compilation)
    {
        var pairs = new List<(HashSet<ISymbol> Acquires, HashSet<ISymbol> Releases)>();
        var words = ImmutableArray.CreateBuilder<string>();
        foreach (var entry in values.SelectMany(MethodListOption.Entries).Distinct().OrderBy(static e => e, StringComparer.Ordinal))
        {
            if (Parse(entry) is not var (acquire, release))
            {
                continue;
            }

            var (acquires, releases) = (new HashSet<ISymbol>(SymbolEqualityComparer.Default), new HashSet<ISymbol>(SymbolEqualityComparer.Default));
            acquire.AddTo(acquires, compilation);
            release.AddTo(releases, compilation);
            if (acquires.Count > 0 && releases.Count > 0)
            {
                // Acquires with one release (`Enter`, `TryEnter`) are of one lock.
                if (pairs.FirstOrDefault(p => p.Releases.Overlaps(releases)) is { Releases: not null } other)
                {
                    other.Acquires.UnionWith(acquires);
                    other.Releases.UnionWith(releases);
                }
                else
                {
                    pairs.Add((acquires, releases));
                }

                words.Add(acquire.Method!);
                words.Add(release.Method!);
            }
        }

        return new LockPairs(pairs.Select(static p => (new MethodSet(p.Acquires), new MethodSet(p.Releases))).ToImmutableArray(), words.ToImmutable());
    }

    /// <summary>Two methods: a whole type would say neither what acquires nor what releases.</summary>
    private static (MethodId Acquire, MethodId Release)? Parse(string entry)
    {
        var arrow = entry.IndexOf(Arrow, StringComparison.Ordinal);
        return arrow > 0 && MethodId.Parse(entry.Substring(0, arrow)) is { Method: not null } acquire &&
               MethodId.Parse(entry.Substring(arrow + Arrow.Length)) is { Method: not null } release
            ? (acquire, release)
            : null;
    }
}

using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Analyzers;
using Threadwise.Analyzers.Rules;

namespace Threadwise.Testing;

/// <summary>The analyzers, rules and fixes of the package, found by reflection so that a new one is never left out of a test.</summary>
public static class ThreadwiseRules
{
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } = Instances<DiagnosticAnalyzer>(typeof(LocalAnalyzer));

    public static ImmutableArray<CodeFixProvider> Fixes { get; } = Instances<CodeFixProvider>(typeof(CodeFixes.FixTexts));

    public static ImmutableArray<DiagnosticDescriptor> Descriptors { get; } =
        [.. Analyzers.SelectMany(static a => a.SupportedDiagnostics).DistinctBy(static d => d.Id).OrderBy(static d => d.Id)];

    /// <summary><paramref name="id"/> and every id that the precedence table ties to it, without the others that are off by default: they would ask for another style.</summary>
    public static ImmutableHashSet<string> Family(string id)
    {
        var family = new HashSet<string> { id };
        while (Precedence.Pairs.Any(pair => family.Contains(pair.Speaks) ? family.Add(pair.Silent) : family.Contains(pair.Silent) && family.Add(pair.Speaks)))
        {
        }

        return [.. family.Where(member => member == id || Descriptors.FirstOrDefault(d => d.Id == member) is not { IsEnabledByDefault: false })];
    }

    private static ImmutableArray<T> Instances<T>(Type inAssemblyOf) =>
        [.. inAssemblyOf.Assembly.GetTypes().Where(static t => t is { IsAbstract: false } && t.IsSubclassOf(typeof(T)))
            .OrderBy(static t => t.Name).Select(static t => (T)Activator.CreateInstance(t)!)];
}

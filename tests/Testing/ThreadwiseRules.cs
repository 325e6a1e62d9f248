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

    /// <summary>
    /// <paramref name="id"/>, the ids that speak before it and those that are silent before it, directly or by way of others. Those that are off by default are left out: they would ask for another style.
    /// </summary>
    public static ImmutableHashSet<string> Family(string id) =>
        [.. Reached(id, static pair => (pair.Silent, pair.Speaks)).Union(Reached(id, static pair => (pair.Speaks, pair.Silent)))
            .Where(member => member == id || Descriptors.FirstOrDefault(d => d.Id == member) is not { IsEnabledByDefault: false })];

    private static HashSet<string> Reached(string id, Func<(string Speaks, string Silent), (string From, string To)> direction)
    {
        var reached = new HashSet<string> { id };
        while (Precedence.Pairs.Select(direction).Any(step => reached.Contains(step.From) && reached.Add(step.To)))
        {
        }

        return reached;
    }

    private static ImmutableArray<T> Instances<T>(Type inAssemblyOf) =>
        [.. inAssemblyOf.Assembly.GetTypes().Where(static t => t is { IsAbstract: false } && t.IsSubclassOf(typeof(T)))
            .OrderBy(static t => t.Name).Select(static t => (T)Activator.CreateInstance(t)!)];
}

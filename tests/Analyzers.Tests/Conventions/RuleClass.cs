using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Analyzers.Rules;
using Threadwise.Testing;

namespace Threadwise.Analyzers.Tests.Conventions;

/// <summary>A rule as the conventions see it: a class, and the files that must stand beside it.</summary>
internal sealed partial record RuleClass(Type Class)
{
    /// <summary>Every class of the assembly that is a rule, whether a list names it or not.</summary>
    public static ImmutableArray<RuleClass> All { get; } =
        [.. typeof(Rule).Assembly.GetTypes().Where(static t => t is { IsAbstract: false } && t.IsSubclassOf(typeof(Rule))).OrderBy(static t => t.Name).Select(static t => new RuleClass(t))];

    /// <summary>The rules that the lists of <c>Rules/All.cs</c> name.</summary>
    public static ImmutableArray<Rule> Listed { get; } =
        [.. typeof(Rules.All).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .SelectMany(static list => ((System.Collections.IEnumerable)list.GetValue(null)!).Cast<Rule>())];

    /// <summary>The id at the head of the class's name; empty when there is none.</summary>
    public string Id => IdAtHead().Match(Class.Name).Value;

    /// <summary>The name behind the id.</summary>
    public string Name => Class.Name[Id.Length..];

    /// <summary>The folder that rule, fix and tests share: <c>Locks</c>.</summary>
    public string Family => Class.Namespace!.Split('.')[^1];

    public ImmutableArray<CodeFixProvider> Fixes => [.. ThreadwiseRules.Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(Id))];

    public string? ReasonForNoFix => Class.GetCustomAttribute<NoCodeFixAttribute>()?.Reason;

    /// <summary>The files below <paramref name="folder"/>, relative to it, that carry the id.</summary>
    public static ImmutableArray<string> FilesWithId(params string[] folder) =>
        Directory.Exists(Repository.PathOf(folder))
            ? [.. Directory.EnumerateFiles(Repository.PathOf(folder), "TW*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Repository.PathOf(folder), file).Replace('\\', '/'))
                .Where(static file => !file.StartsWith("bin/", StringComparison.Ordinal) && !file.StartsWith("obj/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)]
            : [];

    public override string ToString() => Class.Name;

    [GeneratedRegex(@"^TW\d{4}(?=[A-Z])")]
    private static partial Regex IdAtHead();
}

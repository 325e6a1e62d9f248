using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Threadwise.Corpus.Packaging;

/// <summary>The package's analyzers and fixes, loaded into this process beside whatever Roslyn it runs on.</summary>
internal sealed class PackageRules
{
    internal PackageRules(ImmutableArray<DiagnosticAnalyzer> analyzers, ImmutableArray<CodeFixProvider> fixes)
    {
        Analyzers = analyzers;
        Fixes = fixes;
    }

    public ImmutableArray<DiagnosticAnalyzer> Analyzers { get; }

    /// <summary>In the order in which an editor offers them: safe ones before those that change behaviour.</summary>
    public ImmutableArray<CodeFixProvider> Fixes { get; }

    public static PackageRules Load(AnalyzerPackage package)
    {
        // What the package does not bring comes from the default context, so that both sides speak of the same Roslyn types.
        var context = new AssemblyLoadContext(package.Name);
        var types = package.Assemblies.Select(context.LoadFromAssemblyPath).SelectMany(static a => a.GetTypes()).ToList();
        return new PackageRules(
            Instances<DiagnosticAnalyzer, DiagnosticAnalyzerAttribute>(types),
            [.. Instances<CodeFixProvider, ExportCodeFixProviderAttribute>(types).OrderBy(static f => f.GetFixAllProvider() is null)]);
    }

    public bool HasFixFor(string id) => Fixes.Any(f => f.FixableDiagnosticIds.Contains(id));

    private static ImmutableArray<T> Instances<T, TExport>(IEnumerable<Type> types)
        where TExport : Attribute =>
        [.. types.Where(static t => t is { IsAbstract: false } && t.IsSubclassOf(typeof(T)) && t.GetCustomAttribute<TExport>() is not null)
            .OrderBy(static t => t.Name, StringComparer.Ordinal).Select(static t => (T)Activator.CreateInstance(t)!)];
}

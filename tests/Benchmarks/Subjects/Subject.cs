using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Corpus;
using Threadwise.Hosts;
using Threadwise.Hosts.Packaging;

namespace Threadwise.Benchmarks.Subjects;

/// <summary>What is measured: a set of analyzers. The one without any is the compiler alone.</summary>
/// <param name="FollowsFlow">Whether some of its rules follow paths or values through a body, by the package's own description.</param>
internal sealed record Subject(string Name, ImmutableArray<DiagnosticAnalyzer> Analyzers, AnalyzerReference? Reference = null, bool FollowsFlow = false)
{
    public const string Ours = "Threadwise";

    public static Subject None { get; } = new("no analyzers", []);

    public static Subject Empty { get; } = new("an empty analyzer", [new EmptyAnalyzer()]);

    private static readonly string[] s_followFlow = ["SonarAnalyzer.CSharp", "Microsoft.CodeAnalysis.NetAnalyzers"];

    public static Subject Threadwise(FreshPackage package) =>
        Load(Ours, package.Content.Assemblies.First(static a => Path.GetFileName(a) == "Threadwise.Analyzers.dll"), [], followsFlow: true);

    /// <summary>The packages that look for mistakes in the same field or are on in many builds.</summary>
    public static IEnumerable<Subject> Peers() =>
        from peer in typeof(Subject).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "Peers").Value!.Split(';')
        let parts = peer.Split('/')
        let folder = AnalyzerFolder(Restored.Package(parts[0], parts[1]))
        select Load(parts[0], null, [.. Directory.EnumerateFiles(folder, "*.dll").Order()], s_followFlow.Contains(parts[0]));

    /// <summary>The folder that the SDK would choose: the one for the newest compiler that is no newer than this one.</summary>
    private static string AnalyzerFolder(string package)
    {
        var analyzers = Path.Combine(package, "analyzers");
        var mine = typeof(Compilation).Assembly.GetName().Version!;
        var versioned = Directory.EnumerateDirectories(analyzers, "roslyn*", SearchOption.AllDirectories)
            .Select(static f => (Folder: f, Version: Version.Parse(Path.GetFileName(f)["roslyn".Length..])))
            .Where(v => v.Version <= mine).OrderByDescending(static v => v.Version).Select(static v => v.Folder).FirstOrDefault();
        return new[] { versioned, Path.Combine(analyzers, "dotnet"), analyzers }.OfType<string>()
            .Select(static f => Directory.Exists(Path.Combine(f, "cs")) ? Path.Combine(f, "cs") : f)
            .First(static f => Directory.Exists(f) && Directory.EnumerateFiles(f, "*.dll").Any());
    }

    private static Subject Load(string name, string? one, string[] several, bool followsFlow)
    {
        string[] files = one is null ? several : [one];
        var loader = new Loader(name, Path.GetDirectoryName(files[0])!);
        var references = files.Select(f => new AnalyzerFileReference(f, loader)).ToList();
        foreach (var reference in references)
        {
            reference.AnalyzerLoadFailed += (_, failure) =>
            {
                if (failure.ErrorCode != AnalyzerLoadFailureEventArgs.FailureErrorCode.NoAnalyzers)
                {
                    throw CorpusException.Failed($"{name} does not load: {failure.ErrorCode}: {failure.Message}");
                }
            };
        }

        var analyzers = references.SelectMany(static r => r.GetAnalyzers(LanguageNames.CSharp)).ToImmutableArray();
        return analyzers.IsEmpty
            ? throw CorpusException.Failed($"{name} holds no analyzer.")
            : new Subject(name, analyzers, references.Count == 1 ? references[0] : null, followsFlow);
    }

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        private readonly AssemblyLoadContext _context;

        public Loader(string name, string folder)
        {
            _context = new AssemblyLoadContext(name);
            _context.Resolving += (context, wanted) =>
                Path.Combine(folder, wanted.Name + ".dll") is var file && File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
        }

        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => _context.LoadFromAssemblyPath(fullPath);
    }
}

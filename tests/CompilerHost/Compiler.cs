using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.CompilerHost;

/// <summary>
/// One project in each language version from C# 12 on that this Roslyn knows, with nullable off and on, for each framework. A line
/// is <c>kind|framework|language|nullable|text</c>; kinds are <c>roslyn</c>, <c>unloaded</c>, <c>case</c>, <c>report</c>, <c>error</c>.
/// </summary>
internal static class Compiler
{
    /// <summary>What frameworks before .NET 9 lack, so that one text goes through all of them.</summary>
    private const string Lock = """
        namespace System.Threading
        {
            public sealed class Lock
            {
                public void Enter() { }
                public bool TryEnter() => true;
                public void Exit() { }
                public Scope EnterScope() => default;
                public ref struct Scope { public void Dispose() { } }
            }
        }
        """;

    public static int Run(HostRequest request, TextWriter output)
    {
        output.WriteLine($"roslyn||||{typeof(Compilation).Assembly.GetName().Version!.ToString(2)}");
        var analyzers = Analyzers(request, output);
        foreach (var references in request.References)
        {
            var metadata = Directory.EnumerateFiles(references, "*.dll").Select(static f => (MetadataReference)MetadataReference.CreateFromFile(f)).ToList();
            foreach (var language in Languages())
            {
                foreach (var nullable in new[] { NullableContextOptions.Disable, NullableContextOptions.Enable })
                {
                    var label = $"{Path.GetFileName(references)}|{language.ToDisplayString()}|{nullable}";
                    output.WriteLine($"case|{label}|");
                    foreach (var line in Lines(Compile(request.Sources, metadata, language, nullable), analyzers))
                    {
                        output.WriteLine(line.Replace("*", label));
                    }
                }
            }
        }

        return 0;
    }

    /// <summary>By the compiler's own way of loading, which skips what was built for a later compiler.</summary>
    private static ImmutableArray<DiagnosticAnalyzer> Analyzers(HostRequest request, TextWriter output)
    {
        var loader = new Loader();
        var analyzers = ImmutableArray.CreateBuilder<DiagnosticAnalyzer>();
        foreach (var file in request.Analyzers)
        {
            var reference = new AnalyzerFileReference(file, loader);
            reference.AnalyzerLoadFailed += (_, failure) => output.WriteLine($"unloaded||||{failure.ErrorCode} {Path.GetFileName(file)}");
            analyzers.AddRange(reference.GetAnalyzers(LanguageNames.CSharp));
        }

        return analyzers.ToImmutable();
    }

    /// <summary>The numbered versions and what is yet to come; the names for "the newest" stand for one of these.</summary>
    private static IEnumerable<LanguageVersion> Languages() =>
        Enum.GetValues<LanguageVersion>().Where(static v => v >= LanguageVersion.CSharp12 && v < LanguageVersion.LatestMajor).Append(LanguageVersion.Preview);

    private static CSharpCompilation Compile(
        string[] sources, IEnumerable<MetadataReference> references, LanguageVersion language, NullableContextOptions nullable)
    {
        var options = new CSharpParseOptions(language, DocumentationMode.None);
        var compilation = CSharpCompilation.Create(
            "Sources",
            sources.Select(f => CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(f)), options, Path.GetFileName(f))),
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: nullable));
        return compilation.GetTypeByMetadataName("System.Threading.Lock") is null ? compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(Lock, options, "Lock.cs")) : compilation;
    }

    private static IEnumerable<string> Lines(CSharpCompilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        foreach (var error in compilation.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error))
        {
            yield return $"error|*|{error.Id} {Place(error)}";
        }

        if (analyzers.IsEmpty)
        {
            yield break;
        }

        var reports = compilation.WithAnalyzers(analyzers).GetAnalyzerDiagnosticsAsync(CancellationToken.None).GetAwaiter().GetResult();
        foreach (var line in reports.Select(static d => $"report|*|{d.Id} {d.Severity} {Place(d)} {d.GetMessage(CultureInfo.InvariantCulture)}").Order(StringComparer.Ordinal))
        {
            yield return line;
        }
    }

    private static string Place(Diagnostic diagnostic) =>
        string.Join(" & ", diagnostic.AdditionalLocations.Prepend(diagnostic.Location).Select(static l => $"{l.SourceTree?.FilePath}:{l.GetLineSpan().Span}"));

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        private readonly System.Runtime.Loader.AssemblyLoadContext _context = new("analyzers");

        public void AddDependencyLocation(string fullPath)
        {
        }

        /// <summary>What the package does not bring comes from the default context, so that both sides speak of the same Roslyn types.</summary>
        public System.Reflection.Assembly LoadFromPath(string fullPath) => _context.LoadFromAssemblyPath(fullPath);
    }
}

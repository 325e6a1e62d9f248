using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Corpus.Analysis;

namespace Threadwise.Corpus.Sources;

/// <summary>
/// A folder's sources as one compilation against the running framework. What its packages and generators would add is missing, so some
/// code does not bind and reports in it may be missing; what binds is judged as in a build.
/// </summary>
internal static class SourceFolder
{
    /// <summary>So that <c>#if</c> picks the newest branch.</summary>
    private static readonly ImmutableArray<string> s_symbols =
        ["NET", "NETCOREAPP", "NETSTANDARD2_0_OR_GREATER", "NETSTANDARD2_1_OR_GREATER", .. Enumerable.Range(5, Environment.Version.Major - 4).Select(static v => $"NET{v}_0_OR_GREATER")];

    public static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview, DocumentationMode.None, preprocessorSymbols: s_symbols);

    private static readonly string[] s_skipped = ["bin", "obj", ".git", ".vs", "node_modules", "artifacts"];

    /// <summary>What the SDK adds to a project that asks for it.</summary>
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    public static async Task<Code> LoadAsync(string folder, CancellationToken cancellation)
    {
        var sources = new List<(string, SourceText)>();
        foreach (var file in Below(folder))
        {
            await using var stream = File.OpenRead(file);
            sources.Add((Path.GetRelativePath(folder, file), SourceText.From(stream)));
            cancellation.ThrowIfCancellationRequested();
        }

        if (sources.Count == 0)
        {
            throw CorpusException.Usage($"There is no C# source below '{folder}'.");
        }

        var code = Of(folder, sources);
        return await AsksForImplicitUsingsAsync(folder, cancellation) ? WithImplicitUsings(code) : code;
    }

    /// <summary>The sources that lie, or would lie, in a folder; their paths are relative to it.</summary>
    public static Code Of(string folder, IEnumerable<(string Path, SourceText Text)> sources)
    {
        var project = ProjectId.CreateNewId();
        var documents = sources.Where(static s => !s.Path.Split('/', '\\').SkipLast(1).Any(s_skipped.Contains)).Select(s => DocumentInfo.Create(
            DocumentId.CreateNewId(project),
            Path.GetFileName(s.Path),
            Path.GetDirectoryName(s.Path)!.Split('/', '\\'),
            SourceCodeKind.Regular,
            TextLoader.From(TextAndVersion.Create(s.Text, VersionStamp.Default)),
            Path.Combine(folder, s.Path)));
        return new Code(new AdhocWorkspace().CurrentSolution.AddProject(ProjectInfo.Create(
            project,
            VersionStamp.Default,
            "Sources",
            "Sources",
            LanguageNames.CSharp,
            filePath: Path.Combine(folder, "Sources.csproj"),
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable),
            parseOptions: Parsing,
            documents: documents,
            metadataReferences: Framework())));
    }

    /// <summary>The same with a document that is no file of the folder.</summary>
    private static Code WithImplicitUsings(Code code) =>
        new(code.Solution.AddDocument(DocumentId.CreateNewId(code.Solution.ProjectIds.Single()), "ImplicitUsings.g.cs", SourceText.From(ImplicitUsings)));

    /// <summary>Whether the project or the properties of all projects ask for it. One project of several does not speak for the others, to which the names would be ambiguous.</summary>
    private static async Task<bool> AsksForImplicitUsingsAsync(string folder, CancellationToken cancellation)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.csproj").Concat(Directory.EnumerateFiles(folder, "Directory.Build.props")))
        {
            if ((await File.ReadAllTextAsync(file, cancellation)).Contains("<ImplicitUsings>enable</ImplicitUsings>", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Below(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs").Order(StringComparer.Ordinal)
            .Concat(Directory.EnumerateDirectories(folder)
                .Where(static sub => !s_skipped.Contains(Path.GetFileName(sub)) && !new DirectoryInfo(sub).Attributes.HasFlag(FileAttributes.ReparsePoint))
                .Order(StringComparer.Ordinal)
                .SelectMany(Below));

    /// <summary>The assemblies this process may load, less our own and our packages': those lie beside the program.</summary>
    private static IEnumerable<MetadataReference> Framework() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static file => !file.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal))
            .Select(static file => MetadataReference.CreateFromFile(file));
}

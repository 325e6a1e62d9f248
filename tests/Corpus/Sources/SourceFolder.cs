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

    private static readonly string[] s_skipped = ["bin", "obj", ".git", ".vs", "node_modules", "artifacts"];

    public static async Task<Code> LoadAsync(string folder, CancellationToken cancellation)
    {
        var project = ProjectId.CreateNewId();
        var solution = new AdhocWorkspace().CurrentSolution.AddProject(ProjectInfo.Create(
            project,
            VersionStamp.Default,
            "Sources",
            "Sources",
            LanguageNames.CSharp,
            filePath: Path.Combine(folder, "Sources.csproj"),
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable),
            parseOptions: new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.None, preprocessorSymbols: s_symbols),
            metadataReferences: Framework()));
        var found = false;
        foreach (var file in Below(folder))
        {
            found = true;
            await using var stream = File.OpenRead(file);
            solution = solution.AddDocument(
                DocumentId.CreateNewId(project), Path.GetFileName(file), SourceText.From(stream), Path.GetDirectoryName(Path.GetRelativePath(folder, file))!.Split('/', '\\'), file);
            cancellation.ThrowIfCancellationRequested();
        }

        return found ? new Code(solution) : throw CorpusException.Usage($"There is no C# source below '{folder}'.");
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

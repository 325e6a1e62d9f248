using System.Collections.Immutable;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Threadwise.Corpus.Building;

namespace Threadwise.Corpus.Packaging;

/// <summary>The unpacked package: what a user's restore would have laid out.</summary>
/// <param name="Folder">Where it is unpacked.</param>
/// <param name="Name">The file's name without its ending: id and version.</param>
internal sealed record AnalyzerPackage(string Folder, string Name)
{
    public string AssemblyFolder => Path.Combine(Folder, "analyzers", "dotnet", "roslyn4.8", "cs");

    /// <summary>The analyzer and fix assemblies.</summary>
    public ImmutableArray<string> Assemblies => [.. Directory.EnumerateFiles(AssemblyFolder, "*.dll").Order()];

    /// <summary>Packs src/Package into <paramref name="work"/> and gives the file; its build shares no folder with another build of this repository.</summary>
    public static async Task<string> PackAsync(WorkFolder work, CancellationToken cancellation)
    {
        var into = work.Sub("packed");
        string[] arguments =
        [
            "pack", Path.Combine(Repository.Root, "src", "Package"), "--output", into, "--artifacts-path", work.Sub("pack"), "--verbosity", "quiet",

            // Someone who tries a rule that is half written is not held up by its style; the build of the solution is.
            "-p:TreatWarningsAsErrors=false", "-p:EnforceCodeStyleInBuild=false",
            .. Dotnet.NoServers,
        ];
        var (exitCode, output) = await Dotnet.RunAsync(Repository.Root, arguments, cancellation);
        var packed = Directory.EnumerateFiles(into, "*.nupkg").ToList();
        return exitCode == 0 && packed.Count == 1
            ? packed[0]
            : throw CorpusException.Failed($"The analyzers cannot be packed:\n{output.Trim()}");
    }

    public static AnalyzerPackage Open(string file, WorkFolder work)
    {
        if (!File.Exists(file))
        {
            throw CorpusException.Usage($"There is no package '{file}'.");
        }

        var folder = work.Sub("package");
        ZipFile.ExtractToDirectory(file, folder);
        var package = new AnalyzerPackage(folder, Path.GetFileNameWithoutExtension(file));
        return Directory.Exists(package.AssemblyFolder) ? package : throw CorpusException.Usage($"'{file}' holds no analyzers for C#.");
    }
}

using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Threadwise.Corpus;
using Threadwise.Corpus.Building;
using Threadwise.Corpus.Packaging;

namespace Threadwise.Hosts.Packaging;

/// <summary>The package as it is now, packed from what the build of this project built.</summary>
/// <param name="File">The package itself, alone in its folder, so that the folder is a feed.</param>
/// <param name="Version">A version that no cache knows.</param>
/// <param name="Content">The unpacked package.</param>
internal sealed record FreshPackage(string File, string Version, AnalyzerPackage Content)
{
    public static async Task<FreshPackage> PackAsync(WorkFolder work, CancellationToken cancellation)
    {
        var version = $"0.0.0-host.{DateTime.UtcNow:yyyyMMddHHmmss}.{Environment.ProcessId}";
        var feed = work.Sub("feed");
        string[] arguments =
        [
            "pack", Path.Combine(Repository.Root, "src", "Package"), "--no-build", "-c", Restored.Configuration, "-o", feed, $"-p:PackageVersion={version}",
            .. Dotnet.NoServers,
        ];
        var (exitCode, output) = await Dotnet.RunAsync(Repository.Root, arguments, cancellation);
        if (exitCode != 0)
        {
            throw CorpusException.Failed($"The analyzers cannot be packed:\n{output.Trim()}");
        }

        var file = Directory.EnumerateFiles(feed).Single();
        return new FreshPackage(file, version, AnalyzerPackage.Open(file, work));
    }
}

using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Threadwise.Package.Tests;
using Threadwise.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(IsolatedPackage))]

namespace Threadwise.Package.Tests;

/// <summary>
/// The package, packed once for the run with a version of its own, and a folder outside the repository where consumers
/// find two sources only: the package, and the packages that the solution's restore brought. Each step runs when a test first asks.
/// </summary>
public sealed class IsolatedPackage : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("threadwise-").FullName;
    private readonly Lazy<Task<string>> _package;
    private readonly Lazy<Task<ConsumerBuild>> _consumers;

    public IsolatedPackage()
    {
        _package = new(PackAsync);
        _consumers = new(BuildConsumersAsync);
    }

    public string Version { get; } = $"0.0.0-test.{DateTime.UtcNow:yyyyMMddHHmmss}.{Environment.ProcessId}";

    /// <summary>The path of the package.</summary>
    public Task<string> PackageAsync() => _package.Value;

    /// <summary>All consumers, restored and built.</summary>
    public Task<ConsumerBuild> ConsumersAsync() => _consumers.Value;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> PackAsync()
    {
        var feed = Directory.CreateDirectory(Path.Combine(_folder, "feed")).FullName;

        // What the build of this project built: another test project may be running from the same outputs.
        (await DotnetCommand.RunAsync(
            Repository.PathOf("src", "Package"), "pack", "--no-build", "-c", Configuration(), "-o", feed, $"-p:PackageVersion={Version}", "-nodeReuse:false")).MustSucceed();
        return Directory.EnumerateFiles(feed).Single();
    }

    private async Task<ConsumerBuild> BuildConsumersAsync()
    {
        var package = await PackageAsync();
        return await ConsumerBuild.RunAsync(Path.Combine(_folder, "consumers"), Path.GetDirectoryName(package)!, Path.Combine(_folder, "packages"), Version);
    }

    private static string Configuration() =>
        typeof(IsolatedPackage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "Configuration").Value!;
}

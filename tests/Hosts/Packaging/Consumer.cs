using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Threadwise.Corpus;
using Threadwise.Corpus.Building;

namespace Threadwise.Hosts.Packaging;

/// <summary>A solution on disk, outside the repository, whose projects have nothing but the package and the SDK.</summary>
/// <param name="Solution">The solution file.</param>
internal sealed record Consumer(string Solution)
{
    public string Folder => Path.GetDirectoryName(Solution)!;

    public string PathOf(string project, string file) => Path.Combine(Folder, project, file);

    /// <summary>Writes and restores it. <paramref name="files"/> are paths below the folder of the solution: project, then name.</summary>
    /// <param name="packages">The package to use, or null for none.</param>
    public static async Task<Consumer> WriteAsync(
        string folder, FreshPackage? package, string packages, IReadOnlyDictionary<(string Project, string File), string> files, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        WriteSurroundings(folder, package, packages);
        var projects = files.Keys.Select(static f => f.Project).Distinct().Order().ToList();
        foreach (var project in projects)
        {
            WriteProject(Directory.CreateDirectory(Path.Combine(folder, project)).FullName, project, package);
        }

        foreach (var ((project, file), text) in files)
        {
            File.WriteAllText(Path.Combine(folder, project, file), text);
        }

        var solution = Path.Combine(folder, "Consumer.slnx");
        File.WriteAllLines(solution, ["<Solution>", .. projects.Select(static p => $"""<Project Path="{p}/{p}.csproj" />"""), "</Solution>"]);
        var (exitCode, output) = await Dotnet.RunAsync(folder, ["restore", solution, .. Dotnet.NoServers], cancellation);
        return exitCode == 0 ? new Consumer(solution) : throw CorpusException.Failed($"The consumer cannot be restored:\n{output.Trim()}");
    }

    private static void WriteSurroundings(string folder, FreshPackage? package, string packages)
    {
        var feed = package is null ? "" : $"""<add key="fresh" value="{Path.GetDirectoryName(package.File)}" />""";
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <packageSources><clear />{feed}</packageSources>
              <fallbackPackageFolders><clear /></fallbackPackageFolders>
              <packageSourceMapping><clear /></packageSourceMapping>
              <disabledPackageSources><clear /></disabledPackageSources>
            </configuration>
            """);
        File.WriteAllText(Path.Combine(folder, "Directory.Build.props"), $"""
            <Project>
              <PropertyGroup>
                <RestorePackagesPath>{packages}</RestorePackagesPath>
                <NuGetAudit>false</NuGetAudit>
                <EnableNETAnalyzers>false</EnableNETAnalyzers>
              </PropertyGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Directory.Build.targets"), "<Project />");
        File.WriteAllText(Path.Combine(folder, "Directory.Packages.props"), "<Project />");
        File.WriteAllText(Path.Combine(folder, ".editorconfig"), "root = true\n");
    }

    private static void WriteProject(string folder, string name, FreshPackage? package)
    {
        var reference = package is null
            ? ""
            : $"""<PackageReference Include="Threadwise.Analyzers" Version="{package.Version}" PrivateAssets="all" />""";
        File.WriteAllText(Path.Combine(folder, name + ".csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>{reference}</ItemGroup>
            </Project>
            """);
    }
}

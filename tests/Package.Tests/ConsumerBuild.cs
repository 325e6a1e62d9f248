using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Threadwise.Testing;

namespace Threadwise.Package.Tests;

/// <summary>The consumers on disk, built by one command, since starting the build costs more than a compilation.</summary>
public sealed class ConsumerBuild
{
    public const string RepairableSolution = "Repairable.slnx";

    private const string AllSolution = "Consumers.slnx";

    /// <summary>The reference pack of net8.0 that the solution's restore brought; net10.0 is in the SDK.</summary>
    private const string Net80Pack = "8.0.28";

    private static readonly UTF8Encoding s_plain = new(encoderShouldEmitUTF8Identifier: false);

    private ConsumerBuild(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>The warnings of the build's own log: what MSBuild and the package's targets say is not in SARIF.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <summary>The lines of the build's log.</summary>
    public IReadOnlyList<string> Log { get; private set; } = [];

    /// <summary>Writes, restores and builds every consumer. Some are meant to fail, so the exit code says nothing.</summary>
    public static async Task<ConsumerBuild> RunAsync(string folder, string feed, string packages, string version)
    {
        Directory.CreateDirectory(folder);
        WriteSurroundings(folder, feed, packages);
        foreach (var consumer in Consumers.All)
        {
            Write(consumer, Path.Combine(folder, consumer.Name), version);
        }

        var build = new ConsumerBuild(folder);
        (await DotnetCommand.RunAsync(folder, "restore", AllSolution, "-nodeReuse:false")).MustSucceed();
        await build.BuildAsync(AllSolution, "-flp1:LogFile=warnings.log;WarningsOnly", "-flp2:LogFile=build.log;Verbosity=minimal");
        build.Warnings = File.ReadAllLines(Path.Combine(folder, "warnings.log"));
        build.Log = File.ReadAllLines(Path.Combine(folder, "build.log"));
        return build;
    }

    /// <summary>Builds <paramref name="solution"/> anew.</summary>
    public Task<CommandResult> BuildAsync(string solution, params string[] more) => DotnetCommand.RunAsync(
        Folder, ["build", solution, "--no-restore", "--no-incremental", "-nodeReuse:false", "-p:UseSharedCompilation=false", .. more]);

    public string FolderOf(Consumer consumer) => Path.Combine(Folder, consumer.Name);

    /// <summary>What the compilation of <paramref name="consumer"/> for <paramref name="framework"/> reported.</summary>
    public Sarif SarifOf(Consumer consumer, string framework = Consumers.Latest) => Sarif.Read(Path.Combine(FolderOf(consumer), framework + ".sarif"));

    /// <summary>Whether the build of <paramref name="consumer"/> brought forth its assembly.</summary>
    public bool HasAssembly(Consumer consumer, string framework = Consumers.Latest) =>
        File.Exists(Path.Combine(FolderOf(consumer), "bin", "Debug", framework, consumer.Name + ".dll"));

    /// <summary>The text of <paramref name="source"/> as <paramref name="consumer"/> has it on disk.</summary>
    public static string Text(string source, Consumer consumer) => File.ReadAllText(source).ReplaceLineEndings(consumer.IsWindowsText ? "\r\n" : "\n");

    private static IEnumerable<string> SourcesOf(Consumer consumer) => Directory.EnumerateFiles(Marks.Folder(consumer.Sources), "*.cs")
        .Where(path => consumer.Like is null || File.Exists(Path.Combine(Marks.Folder(consumer.Like), Path.GetFileName(path))));

    private static void WriteSurroundings(string folder, string feed, string packages)
    {
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="fresh" value="{feed}" />
                <add key="restored" value="{Repository.Packages}" />
              </packageSources>
              <fallbackPackageFolders><clear /></fallbackPackageFolders>
              <packageSourceMapping><clear /></packageSourceMapping>
              <disabledPackageSources><clear /></disabledPackageSources>
            </configuration>
            """);
        File.WriteAllText(Path.Combine(folder, "Directory.Build.props"), $"""
            <Project>
              <PropertyGroup>
                <RestorePackagesPath>{packages}</RestorePackagesPath>
                <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
                <NuGetAudit>false</NuGetAudit>
                <PreferredUILang>en-US</PreferredUILang>
              </PropertyGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Directory.Build.targets"), $"""
            <Project>
              <PropertyGroup>
                <ErrorLog>$(MSBuildProjectDirectory)/$(TargetFramework).sarif,version=2.1</ErrorLog>
              </PropertyGroup>
              <ItemGroup Condition="'$(TargetFramework)' == 'net8.0'">
                <FrameworkReference Update="Microsoft.NETCore.App" TargetingPackVersion="{Net80Pack}" />
              </ItemGroup>
              <Import Project="$(MSBuildProjectDirectory)/late.targets" />
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Directory.Packages.props"), "<Project />");
        File.WriteAllText(Path.Combine(folder, ".editorconfig"), "root = true\n");
        WriteSolution(Path.Combine(folder, AllSolution), Consumers.All);
        WriteSolution(Path.Combine(folder, RepairableSolution), Consumers.Repairable);
    }

    private static void WriteSolution(string path, IEnumerable<Consumer> consumers) => File.WriteAllLines(
        path, ["<Solution>", .. consumers.Select(static c => $"""<Project Path="{c.Name}/{c.Name}.csproj" />"""), "</Solution>"]);

    private static void Write(Consumer consumer, string folder, string version)
    {
        Directory.CreateDirectory(folder);
        foreach (var source in SourcesOf(consumer))
        {
            File.WriteAllText(Path.Combine(folder, Path.GetFileName(source)), Text(source, consumer), consumer.IsWindowsText ? Encoding.UTF8 : s_plain);
        }

        var targets = consumer.Frameworks.Contains(';') ? "TargetFrameworks" : "TargetFramework";
        File.WriteAllText(Path.Combine(folder, consumer.Name + ".csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <{targets}>{consumer.Frameworks}</{targets}>
                {consumer.Properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Threadwise.Analyzers" Version="{version}" PrivateAssets="all" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "late.targets"), $"<Project><PropertyGroup>{consumer.LateProperties}</PropertyGroup></Project>");
        if (consumer.EditorConfig.Length > 0)
        {
            File.WriteAllText(Path.Combine(folder, ".editorconfig"), $"[*.cs]\n{consumer.EditorConfig}\n");
        }

        if (consumer.GlobalConfig.Length > 0)
        {
            File.WriteAllText(Path.Combine(folder, ".globalconfig"), consumer.GlobalConfig + "\n");
        }
    }
}

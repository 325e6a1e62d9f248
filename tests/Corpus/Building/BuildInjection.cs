using System.IO;
using System.Security;
using Threadwise.Corpus.Packaging;

namespace Threadwise.Corpus.Building;

/// <summary>
/// The MSBuild files that bring the package into a build from outside, so that no file of the user's changes. They do what a restored
/// package reference does: add the assemblies and import the package's own props and targets.
/// </summary>
internal sealed class BuildInjection
{
    private BuildInjection(string props, string targets, string logs, string commands)
    {
        Props = props;
        Targets = targets;
        Logs = logs;
        Commands = commands;
    }

    /// <summary>Imported before the project's own text.</summary>
    public string Props { get; }

    /// <summary>Imported after the common targets.</summary>
    public string Targets { get; }

    /// <summary>One error log a project and target framework.</summary>
    public string Logs { get; }

    /// <summary>One compiler command line a project and target framework.</summary>
    public string Commands { get; }

    public static BuildInjection Write(AnalyzerPackage package, WorkFolder work)
    {
        var injection = new BuildInjection(work.File("Corpus.props"), work.File("Corpus.targets"), work.Sub("logs"), work.Sub("commands"));
        var imports = Xml(Path.Combine(package.Folder, "buildTransitive"));
        File.WriteAllText(injection.Props, $"""
            <Project>
              <Import Project="{imports}/*.props" />
            </Project>
            """);
        File.WriteAllText(injection.Targets, $"""
            <Project>
              <Import Project="{imports}/*.targets" />
              <PropertyGroup>
                <CorpusName>$(MSBuildProjectName).$(TargetFramework).$([MSBuild]::StableStringHash('$(MSBuildProjectFullPath)'))</CorpusName>
                <ErrorLog>{Xml(injection.Logs)}/$(CorpusName).sarif,version=2.1</ErrorLog>
                <ProvideCommandLineArgs>true</ProvideCommandLineArgs>
                <NuGetLockFilePath>{Xml(work.Sub("locks"))}/$(CorpusName).json</NuGetLockFilePath>
                <DocumentationFile Condition="'$(DocumentationFile)' != ''">$(IntermediateOutputPath)$(AssemblyName).xml</DocumentationFile>
              </PropertyGroup>
              <ItemGroup>
                <Analyzer Include="{Xml(package.AssemblyFolder)}/*.dll" />
              </ItemGroup>
              <Target Name="CorpusKeepCommand" AfterTargets="CoreCompile" Condition="'@(CscCommandLineArgs)' != ''">
                <WriteLinesToFile File="{Xml(injection.Commands)}/$(CorpusName).txt" Lines="$(MSBuildProjectFullPath)" Overwrite="true" />
                <WriteLinesToFile File="{Xml(injection.Commands)}/$(CorpusName).txt" Lines="@(CscCommandLineArgs)" />
              </Target>
            </Project>
            """);
        return injection;
    }

    private static string Xml(string text) => SecurityElement.Escape(text);
}

using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Threadwise.Corpus.Packaging;
using Threadwise.Corpus.Reports;

namespace Threadwise.Corpus.Building;

/// <summary>What a build with the package brought.</summary>
/// <param name="Succeeded">Whether MSBuild said so.</param>
/// <param name="Errors">The first lines of what went wrong.</param>
/// <param name="Commands">The compiler command lines that ran.</param>
/// <param name="Reports">The reports of the package.</param>
/// <param name="Trouble">What the compiler says of an analyzer that it cannot load or that throws.</param>
internal sealed record ProjectBuild(
    bool Succeeded, ImmutableArray<string> Errors, ImmutableArray<string> Commands, ImmutableArray<Report> Reports, ImmutableArray<Report> Trouble)
{
    private static readonly string[] s_trouble = ["AD0001", "CS8032", "CS8033", "CS8034", "CS9057"];

    /// <summary>Builds the project or solution at <paramref name="path"/>; every output goes into <paramref name="work"/>.</summary>
    public static async Task<ProjectBuild> RunAsync(
        string path, AnalyzerPackage package, IEnumerable<string> properties, WorkFolder work, CancellationToken cancellation)
    {
        var injection = BuildInjection.Write(package, work);
        var errorFile = work.File("errors.log");
        string[] arguments =
        [
            "build", path, "--artifacts-path", work.Sub("build"), "--verbosity", "quiet",
            $"-flp1:logfile={errorFile};errorsonly;encoding=utf-8",
            $"-p:CustomBeforeMicrosoftCommonProps={injection.Props}",
            $"-p:CustomAfterMicrosoftCommonTargets={injection.Targets}",

            // The code is read as it is: what a newer SDK warns of is not this program's business.
            "-p:TreatWarningsAsErrors=false", "-p:MSBuildTreatWarningsAsErrors=false", "-p:CodeAnalysisTreatWarningsAsErrors=false", "-p:WarningsAsErrors=",
            "-p:EnforceCodeStyleInBuild=false", "-p:EnableNETAnalyzers=false",
            "-p:RunAnalyzers=true", "-p:RunAnalyzersDuringBuild=true",
            "-p:NuGetAudit=false", "-p:RestoreLockedMode=false", "-p:GeneratePackageOnBuild=false",

            // Places are the user's own paths.
            "-p:DeterministicSourcePaths=false", "-p:PathMap=",
            "-p:ThreadwiseFromPackage=true",
            .. Dotnet.NoServers,
            .. properties.Select(static p => "-p:" + p),
        ];

        // From a folder of ours, so that a global.json that pins an SDK which is not here does not stop the build.
        var (exitCode, output) = await Dotnet.RunAsync(work.Sub("run"), arguments, cancellation);
        var errors = Lines(File.Exists(errorFile) ? await File.ReadAllTextAsync(errorFile, cancellation) : "");
        var logs = Directory.EnumerateFiles(injection.Logs, "*.sarif").Order(StringComparer.Ordinal).ToList();
        return new ProjectBuild(
            exitCode == 0,
            exitCode != 0 && errors.Length == 0 ? Lines(output) : errors,
            [.. Directory.EnumerateFiles(injection.Commands, "*.txt").Order(StringComparer.Ordinal)],
            [.. logs.SelectMany(static log => SarifLog.Read(log, IsOurs)).DistinctBy(static r => r.Key)],
            [.. logs.SelectMany(static log => SarifLog.Read(log, static id => s_trouble.Contains(id))).Where(IsOurTrouble)]);
    }

    /// <summary>Ids of the package: TW and four digits.</summary>
    public static bool IsOurs(string id) => id is ['T', 'W', _, _, _, _];

    private static bool IsOurTrouble(Report trouble) => trouble.Message.Contains("Threadwise", StringComparison.Ordinal);

    private static ImmutableArray<string> Lines(string text) =>
        [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];
}

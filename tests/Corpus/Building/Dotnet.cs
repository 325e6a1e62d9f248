using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace Threadwise.Corpus.Building;

/// <summary>Runs the SDK's command line as a user's shell would.</summary>
internal static class Dotnet
{
    /// <summary>
    /// What the <c>dotnet</c> that started this process tells its children, and what a test run or a CI system sets for its own project: the
    /// code under analysis is built as it is by hand.
    /// </summary>
    private static readonly string[] s_inherited =
        ["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "MSBuildLoadMicrosoftTargetsReadOnly", "CI", "Configuration", "Platform"];

    /// <summary>
    /// The exit code and everything printed. <paramref name="folder"/> decides which SDK runs: a <c>global.json</c> above it counts,
    /// so a folder without one builds old projects with the SDK at hand.
    /// </summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string folder, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach (var name in s_inherited)
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start) ?? throw CorpusException.Failed("dotnet cannot be started.");
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return (process.ExitCode, await output + await error);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Keeps a run from leaving servers behind that outlive it.</summary>
    public static IEnumerable<string> NoServers { get; } = ["-nodeReuse:false", "-p:UseSharedCompilation=false", "-p:UseRazorBuildServer=false"];
}

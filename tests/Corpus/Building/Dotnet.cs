using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace Threadwise.Corpus.Building;

/// <summary>Runs the SDK's command line as a user's shell would.</summary>
internal static class Dotnet
{
    /// <summary>What this process got from the <c>dotnet</c> that started it and another one must not get: the paths of its MSBuild.</summary>
    private static readonly string[] s_private = ["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "MSBuildLoadMicrosoftTargetsReadOnly", "DOTNET_CLI_CONTEXT_VERBOSE"];

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
        foreach (var name in s_private)
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

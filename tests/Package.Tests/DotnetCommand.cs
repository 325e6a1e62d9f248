using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace Threadwise.Package.Tests;

/// <summary>Runs the .NET command line as a user would: without what the surrounding test run has put into the environment.</summary>
public static class DotnetCommand
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(15);

    /// <summary>Variables by which one <c>dotnet</c> process tells its children where its own SDK lies and what to reuse.</summary>
    private static readonly string[] s_inherited =
        ["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "MSBuildLoadMicrosoftTargetsReadOnly", "NUGET_PACKAGES", "CI", "Configuration", "Platform"];

    /// <summary>Runs <c>dotnet</c> in <paramref name="folder"/> to its end.</summary>
    public static async Task<CommandResult> RunAsync(string folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in s_inherited)
        {
            start.Environment.Remove(name);
        }

        // No process may outlive the run: the folder goes, and a server would keep the analyzers of an earlier package.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_NOLOGO"] = "1";

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(s_limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        return new CommandResult(limit.IsCancellationRequested ? -1 : process.ExitCode, await output + await error);
    }
}

/// <summary>How a command ended. The text is for the reader of a failed test; nothing is asserted on it.</summary>
public sealed record CommandResult(int ExitCode, string Output)
{
    public CommandResult MustSucceed() =>
        ExitCode == 0 ? this : throw new InvalidOperationException($"The command ended with {ExitCode}:{Environment.NewLine}{Output}");
}

using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace Threadwise.Patterns.Tests;

/// <summary>One run of the sample as a process.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it printed, with plain line ends.</param>
/// <param name="Error">What it printed as errors.</param>
internal sealed record Sample(int ExitCode, string Output, string Error)
{
    public string[] Lines => Output.Split('\n');

    public static async Task<Sample> RunAsync(params string[] args)
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Patterns.exe" : "Patterns");
        using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Sample(process.ExitCode, (await output).ReplaceLineEndings("\n"), (await error).ReplaceLineEndings("\n"));
    }
}

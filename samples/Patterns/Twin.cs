using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace Patterns;

/// <summary>Runs a wrong twin of samples/Violations in a process of its own.</summary>
internal static class Twin
{
    /// <summary>The lines that it prints.</summary>
    public static async Task<List<string>> RunAsync(string verb)
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Violations.exe" : "Violations");
        using var child = Process.Start(new ProcessStartInfo(program, [verb]) { RedirectStandardOutput = true, UseShellExecute = false })
            ?? throw new InvalidOperationException($"{program} does not start.");

        // Read to the end before waiting: a child whose pipe is full waits for its reader.
        var output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return child.ExitCode == 0
            ? [.. output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)]
            : throw new InvalidOperationException($"{program} {verb} ends with {child.ExitCode}.");
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace Patterns;

/// <summary>Runs a wrong twin of samples/Violations in a process of its own.</summary>
internal static class Twin
{
    /// <summary>The lines that it prints.</summary>
    public static async Task<List<string>> RunAsync(string verb, params string[] args)
    {
        using var child = Child.StartTwin(verb, args);

        // Read to the end before waiting: a child whose pipe is full waits for its reader.
        var output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return child.ExitCode == 0
            ? [.. output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)]
            : throw new InvalidOperationException($"Violations {verb} ends with {child.ExitCode}.");
    }

    /// <summary>The numbers in the one line that it prints.</summary>
    public static async Task<int[]> NumbersAsync(string verb, params string[] args) =>
        [.. (await RunAsync(verb, args)).Single().Split(' ').Select(static number => int.Parse(number, CultureInfo.InvariantCulture))];
}

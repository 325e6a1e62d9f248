using System;
using System.Globalization;
using System.Threading.Tasks;

namespace Patterns;

/// <summary>2.1: a process is started and waited for as a thread is, but it has memory of its own.</summary>
internal static class ProcessPart
{
    private static int s_count;

    public static async Task<bool> RunAsync()
    {
        s_count = 5;
        using var child = Child.StartRedirected("child-print", "1", "2");

        // Read to the end, then wait: a child whose pipe is full waits for its reader, and whoever waits for that child first waits for ever.
        var output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        Console.Write(output);

        // An exit code is there after the exit, not before.
        Console.WriteLine($"The child ended with {child.ExitCode}. Its count was its own: here it is still {s_count}.");
        Console.WriteLine();
        return child.ExitCode == 0 && s_count == 5 && output.ReplaceLineEndings("\n") == "aaaaa\n1 2\ncount 0\n";
    }

    /// <summary>In the child: arguments arrive as text, and nothing of the parent's memory arrives at all.</summary>
    public static Task PrintAsync(string[] args)
    {
        var (a, d) = (int.Parse(args[0], CultureInfo.InvariantCulture), int.Parse(args[1], CultureInfo.InvariantCulture));
        Console.WriteLine("aaaaa");
        Console.WriteLine($"{a} {d}");
        Console.WriteLine($"count {s_count}");
        s_count = a + d;
        return Task.CompletedTask;
    }
}

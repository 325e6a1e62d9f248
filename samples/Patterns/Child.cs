using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Patterns;

/// <summary>
/// Child processes: this program with a verb that says what the child does. The verb is what <c>if __name__ == '__main__'</c> is in Python:
/// a child that got none would do all that its parent does, and start children of its own.
/// </summary>
internal static class Child
{
    /// <summary>What a child does, by its verb, and the arguments that come behind it; null where there may be any number of them.</summary>
    private static readonly Dictionary<string, (Func<string[], Task> Run, string[]? Arguments)> s_verbs = new()
    {
        ["child-print"] = (ProcessPart.PrintAsync, ["number", "number"]),
        ["child-sum"] = (ProcessQueuePart.SumAsync, ["pipe"]),
        ["child-square"] = (ProcessPoolPart.SquareAsync, ["file"]),
        ["child-total"] = (SharedMemoryPart.TotalAsync, ["numbers", "total"]),
        ["child-add"] = (ProcessLockPart.AddAsync, ["run", "number"]),
        ["child-hold"] = (ProcessLockPart.HoldAsync, ["run"]),
        ["child-idle"] = (MemoryPart.IdleAsync, []),
        ["child-primes"] = (ChoosePart.PrimesAsync, ["rounds", "limit"]),
        ["child-crawl"] = (ChoosePart.CrawlAsync, null),
    };

    // Guards what stands below it: no child starts unseen while the program ends.
    private static readonly Lock s_gate = new();
    private static readonly List<Process> s_started = [];
    private static bool s_isEnding;

    public static bool IsVerb(string verb) => s_verbs.ContainsKey(verb);

    /// <summary>0, or 2 for arguments that make no sense: whoever types the verb by hand gets to know what belongs behind it.</summary>
    public static async Task<int> RunAsync(string verb, string[] args)
    {
        var (run, expected) = s_verbs[verb];
        if (expected is null || expected.Length == args.Length)
        {
            try
            {
                await run(args);
                return 0;
            }
            catch (Exception e)
            {
                // No number, no such file, no such pipe: a parent sees the exit code, and who has typed it sees why.
                await Console.Error.WriteLineAsync(e.Message);
            }
        }

        var said = (expected ?? ["address …"]).Select(static name => $"<{name}>").Prepend(verb);
        await Console.Error.WriteLineAsync($"Say: {string.Join(" ", said)}. The parts start it; by hand it is of little use.");
        return Program.Usage;
    }

    /// <summary>Starts this program with a verb. What the child prints goes where this program prints.</summary>
    public static Process Start(string verb, params string[] args) => Start("Patterns", verb, args, redirectOutput: false);

    /// <summary>Starts this program with a verb. What the child prints comes here, and must be read: a child whose pipe is full waits for its reader.</summary>
    public static Process StartRedirected(string verb, params string[] args) => Start("Patterns", verb, args, redirectOutput: true);

    /// <summary>Starts a wrong twin.</summary>
    public static Process StartTwin(string verb, params string[] args) => Start("Violations", verb, args, redirectOutput: true);

    private static Process Start(string program, string verb, string[] args, bool redirectOutput)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? program + ".exe" : program))
        {
            UseShellExecute = false,
            RedirectStandardInput = true, // See EndWithParent.
            RedirectStandardOutput = redirectOutput,
        };

        // A list, not a line: each argument arrives as it is, whatever blanks or quotes it holds.
        start.ArgumentList.Add(verb);
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        // A process that is killed cannot remove the sockets by which debuggers find it. This one opens none.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        lock (s_gate)
        {
            ObjectDisposedException.ThrowIf(s_isEnding, typeof(Child));
            var child = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} does not start.");
            s_started.Add(child);
            return child;
        }
    }

    /// <summary>For a child that has ended, where there may be ever more of them.</summary>
    public static void Forget(Process child)
    {
        lock (s_gate)
        {
            s_started.Remove(child);
        }

        child.Dispose();
    }

    /// <summary>
    /// Lets this child end when its parent does, even by SIGKILL: then the pipe to its input closes. A child that reads its input needs no such watch,
    /// it sees the end itself.
    /// </summary>
    public static void EndWithParent() =>
        new Thread(static () =>
        {
            Console.OpenStandardInput().ReadByte();
            Environment.Exit(1);
        })
        {
            IsBackground = true,
        }.Start();

    /// <summary>Ends the children that are still there, and returns when they are gone.</summary>
    public static void EndAll()
    {
        // Under the lock to its end: a part that starts one more child meanwhile is refused, and then gives back what it shares with the others, only when those are gone.
        lock (s_gate)
        {
            s_isEnding = true;
            foreach (var child in s_started)
            {
                try
                {
                    child.Kill();
                    child.WaitForExit();
                }
                catch (InvalidOperationException)
                {
                    // Waited for and disposed by its part: the ordinary case.
                }
                catch (Win32Exception)
                {
                    // On Windows, of one that is about to end: Ctrl+C came to it as well.
                }
            }
        }
    }
}

using System;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Patterns;

/// <summary>2.5: two processes that change the same memory take the same lock: a mutex with a name, which each of them is told.</summary>
internal static class ProcessLockPart
{
    private const int Steps = 5;

    public static async Task<bool> RunAsync() => await InTurnAsync() & await AbandonedAsync();

    /// <summary>One process adds 1, the other 3, five times each.</summary>
    private static async Task<bool> InTurnAsync()
    {
        using var scratch = new Scratch();
        using var value = SharedValue<int>.Create(scratch.PathOf("value"), 0);
        using var steps = SharedArray<int>.Create(scratch.PathOf("steps"), new int[2 * Steps]);
        using var count = SharedValue<int>.Create(scratch.PathOf("count"), 0);

        // Held open here, so that the mutex lives from the first process to the last.
        using var mutex = scratch.OpenMutex();
        using var ones = Child.Start("child-add", scratch.Id, "1");
        using var threes = Child.Start("child-add", scratch.Id, "3");
        await Task.WhenAll(ones.WaitForExitAsync(), threes.WaitForExitAsync());
        var endedWell = ones.ExitCode == 0 && threes.ExitCode == 0;

        var made = Enumerable.Range(0, steps.Length).Select(i => steps[i]).ToArray();
        var isInTurn = made.SequenceEqual([1, 2, 3, 4, 5, 8, 11, 14, 17, 20]) || made.SequenceEqual([3, 6, 9, 12, 15, 16, 17, 18, 19, 20]);
        Console.WriteLine(isInTurn ? $"One process after the other, never interleaved: last value {value.Value}." : "Interleaved!");
        Console.WriteLine();
        return isInTurn && count.Value == 2 * Steps && value.Value == 20 && endedWell;
    }

    /// <summary>A process is killed while it holds the mutex, which another one takes then.</summary>
    private static async Task<bool> AbandonedAsync()
    {
        using var scratch = new Scratch();
        using var value = SharedValue<int>.Create(scratch.PathOf("value"), 0);
        using var steps = SharedArray<int>.Create(scratch.PathOf("steps"), new int[2 * Steps]);
        using var count = SharedValue<int>.Create(scratch.PathOf("count"), 0);
        using var mutex = scratch.OpenMutex();

        using var holder = Child.StartRedirected("child-hold", scratch.Id);
        Console.WriteLine(await holder.StandardOutput.ReadLineAsync());
        using var survivor = Child.StartRedirected("child-add", scratch.Id, "3");
        holder.Kill();
        await holder.WaitForExitAsync();
        Console.WriteLine($"The holder is killed, and ended with {holder.ExitCode}.");

        var output = await survivor.StandardOutput.ReadToEndAsync();
        await survivor.WaitForExitAsync();
        var endedWell = survivor.ExitCode == 0;
        Console.Write(output);
        Console.WriteLine($"Nothing is lost: 1 and 5 times 3 are {value.Value}.");
        Console.WriteLine();
        return endedWell && output.StartsWith("The mutex was abandoned", StringComparison.Ordinal) && value.Value == 1 + (Steps * 3);
    }

    /// <summary>In the child: the id of the run, and what to add.</summary>
    public static Task AddAsync(string[] args)
    {
        Child.EndWithParent();
        using var scratch = Scratch.Of(args[0]);
        using var value = SharedValue<int>.Open(scratch.PathOf("value"));
        using var steps = SharedArray<int>.Open(scratch.PathOf("steps"));
        using var count = SharedValue<int>.Open(scratch.PathOf("count"));
        using var mutex = scratch.OpenMutex();
        var by = int.Parse(args[1], CultureInfo.InvariantCulture);
        WithMutex(mutex, value, () =>
        {
            for (var i = 0; i < Steps; i++)
            {
                Work.Primes(200_000); // Stands for work that needs the lock.
                value.Value += by;
                steps[count.Value++] = value.Value;
                Console.WriteLine(value.Value);
            }
        });
        return Task.CompletedTask;
    }

    /// <summary>In the child: the id of the run. Adds 1, and stays with the mutex until it is killed, or its parent ends.</summary>
    public static Task HoldAsync(string[] args)
    {
        using var scratch = Scratch.Of(args[0]);
        using var value = SharedValue<int>.Open(scratch.PathOf("value"));
        using var mutex = scratch.OpenMutex();
        WithMutex(mutex, value, () =>
        {
            value.Value++;
            Console.WriteLine($"The holder has the mutex and made the value {value.Value}.");
            Console.ReadLine();
        });
        return Task.CompletedTask;
    }

    /// <summary>Acquire, work, release: always in pairs, whatever happens in between.</summary>
    private static void WithMutex(Mutex mutex, SharedValue<int> guarded, Action work)
    {
        try
        {
            mutex.WaitOne();
        }
        catch (AbandonedMutexException)
        {
            // Its holder died. The mutex is held now as after any other wait, and must be given back. What it guards may be half done: look first.
            Console.WriteLine($"The mutex was abandoned at value {guarded.Value}, and is held by this process now.");
        }

        try
        {
            work();
        }
        finally
        {
            mutex.ReleaseMutex();
        }
    }
}

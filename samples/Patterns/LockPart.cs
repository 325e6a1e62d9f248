using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Patterns;

/// <summary>1.4: take the lock before touching shared memory, release it after, always in pairs.</summary>
internal static class LockPart
{
    // The lock stands beside what it guards. Private and readonly: nobody else can take it, nobody can replace it.
    private static readonly Lock s_gate = new();
    private static readonly List<int> s_steps = [];
    private static int s_a;

    /// <summary>Ten steps that nobody comes between: the lock is held over all of them.</summary>
    private static void Job(string name, int by)
    {
        lock (s_gate)
        {
            for (var i = 0; i < 10; i++)
            {
                s_a += by;
                s_steps.Add(s_a);
                Console.WriteLine($"{name} {s_a}");
            }
        } // Released here whatever happens in between: a return, an exception.
    }

    public static async Task<bool> RunAsync()
    {
        var job1 = new Thread(static () => Job("job1", 1));
        var job2 = new Thread(static () => Job("job2", 10));
        job1.Start();
        job2.Start();
        job1.Join();
        job2.Join();

        // Joined: from here on the steps belong to this thread alone.
        var isInTurn = IsInTurn(s_steps);
        Console.WriteLine(isInTurn ? "One job after the other, never mixed." : "Mixed!");
        Console.WriteLine();

        var guarded = await LockTypes.RunAsync();
        new Grid("lock", "shape", "guards", "expected", "found")
            .Fill(guarded.Select(static g => new[] { g.Lock, g.Shape, g.Guards, Format.Of(g.Expected), Format.Of(g.Found) })).Print();

        return isInTurn & guarded.All(static g => g.Expected == g.Found) & await UnlockedAsync();
    }

    /// <summary>The same without the lock. The wrong code stands in samples/Violations/Twins/Unlocked.cs and runs in a process of its own.</summary>
    private static async Task<bool> UnlockedAsync()
    {
        Console.WriteLine("Without the lock:");
        var steps = await Twin.RunAsync("unlocked-steps");
        steps.ForEach(Console.WriteLine);
        var isMixed = steps.Count == 20 && !IsInTurn(steps.ConvertAll(static line => int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture)));
        Console.WriteLine(isMixed ? "Mixed." : "Not mixed this time.");
        Console.WriteLine();

        // "<updates made> <updates found>"
        var counts = await Twin.NumbersAsync("unlocked-loop");
        Console.WriteLine($"A tight loop without a lock: {Format.Of(counts[0])} updates made, {Format.Of(counts[1])} found, {Format.Of(counts[0] - counts[1])} lost.");
        Console.WriteLine();
        return isMixed && counts[1] < counts[0];
    }

    private static bool IsInTurn(IEnumerable<int> steps)
    {
        int[] ones = [.. Enumerable.Range(1, 10)];
        int[] tens = [.. ones.Select(static i => i * 10)];
        return steps.SequenceEqual([.. ones, .. tens.Select(static i => 10 + i)]) || steps.SequenceEqual([.. tens, .. ones.Select(static i => 100 + i)]);
    }
}

using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Violations;

/// <summary>Two threads change shared memory with no lock.</summary>
public static class Unlocked
{
    /// <summary>More than any machine needs to show it.</summary>
    private const int MostTries = 10_000;

    private const int Updates = 1_000_000;

    private static int s_a;
    private static int s_count;

    /// <summary>Prints the steps of both jobs in the order they happened in a run that mixed them.</summary>
    public static void Steps()
    {
        var steps = new List<string>();
        for (var i = 0; i < MostTries && !IsMixed(steps); i++)
        {
            s_a = 0;
            steps = RunJobs();
        }

        steps.ForEach(Console.WriteLine);
    }

    /// <summary>Prints how many updates two threads made and how many of them are there.</summary>
    public static void Loop()
    {
        for (var i = 0; i < MostTries; i++)
        {
            s_count = 0;
            var first = new Thread(Count); // expect: TW6001
            var second = new Thread(Count); // expect: TW6001
            first.Start();
            second.Start();
            first.Join();
            second.Join();
            if (s_count != 2 * Updates)
            {
                break;
            }
        }

        Console.WriteLine($"{2 * Updates} {s_count}");
    }

    private static void Count()
    {
        for (var i = 0; i < Updates; i++)
        {
            // Read before the call and written behind it: on one core alone a single instruction would lose nothing.
            s_count += One(); // expect: TW3001
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int One() => 1;

    private static List<string> RunJobs()
    {
        var steps = new List<string>();
        var first = new Thread(() => Job("job1", 1, steps));
        var second = new Thread(() => Job("job2", 10, steps));
        first.Start();
        second.Start();
        first.Join();
        second.Join();
        return steps;
    }

    private static void Job(string name, int by, List<string> steps)
    {
        for (var i = 0; i < 10; i++)
        {
            s_a += by; // expect: TW3001

            // The list is guarded, so that all steps are there; what the jobs do to the number is not.
            lock (steps)
            {
                steps.Add($"{name} {s_a}");
            }

            Thread.Yield();
        }
    }

    private static bool IsMixed(List<string> steps)
    {
        var changes = 0;
        for (var i = 1; i < steps.Count; i++)
        {
            changes += steps[i][..4] == steps[i - 1][..4] ? 0 : 1;
        }

        return changes > 1;
    }
}

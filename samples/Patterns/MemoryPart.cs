using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Patterns;

/// <summary>4: why many processes use so much memory: each carries a whole runtime. A thread carries a stack, most of it only reserved; a task is an object.</summary>
internal static class MemoryPart
{
    private static readonly int[] s_counts = [1, 10, 50];

    public static async Task<bool> RunAsync(DirectoryInfo? figures)
    {
        // Workers that block a thread each are wrong: they stand in samples/Violations/Twins/Waiting.cs, which prints the bytes that all of them took.
        (string Name, Func<int, Task<Bytes>> MeasureAsync)[] workers =
        [
            ("task", static count => Task.FromResult(OfTasks(count))),
            ("pool thread", static count => OfTwinAsync("wait-on-pool", count)),
            ("raw thread", static count => OfTwinAsync("wait-on-threads", count)),
            ("process", OfProcessesAsync),
        ];
        var most = new Dictionary<string, Bytes>();
        var rows = new List<string[]>();
        foreach (var (name, measureAsync) in workers)
        {
            await Live.RunAsync(name, s_counts.Length, async done =>
            {
                foreach (var count in s_counts)
                {
                    var bytes = most[name] = await measureAsync(count);
                    rows.Add([name, $"{count}", Format.Kilobytes(bytes.Resident), Format.Kilobytes(bytes.Virtual)]);
                    done();
                }

                return true;
            });
        }

        Console.WriteLine("Memory per worker:");
        new Grid("worker", "how many", "resident", "virtual").Fill(rows).Print();
        var chart = new Chart($"Resident memory per worker, {s_counts[^1]} workers", "KB").Fill(most.Select(static worker => (worker.Key, worker.Value.Resident / 1024)));
        chart.Print();
        if (figures is not null)
        {
            chart.Save(figures, "memory");
        }

        Console.WriteLine("Resident is what a worker uses, virtual what is reserved for it: a thread's stack is reserved whole and hardly used.");
        Console.WriteLine();
        return most["task"].Resident < most["raw thread"].Resident
            && most["raw thread"].Resident < most["process"].Resident / 10
            && most["raw thread"].Resident < most["raw thread"].Virtual / 10;
    }

    /// <summary>Tasks that wait for the same thing. Nothing but objects on the heap, so the heap tells what they cost.</summary>
    private static Bytes OfTasks(int count)
    {
        var signal = new TaskCompletionSource();
        var tasks = new Task[count];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < count; i++)
        {
            tasks[i] = WaitAsync(signal.Task);
        }

        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        signal.SetResult(); // All of them end here, before it returns.
        return new Bytes((double)bytes / count, (double)bytes / count);
    }

    private static async Task WaitAsync(Task signal) => await signal;

    private static async Task<Bytes> OfTwinAsync(string verb, int count)
    {
        var all = await Twin.RunAsync(verb, $"{count}");
        var bytes = all.Single().Split(' ').Select(static number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return new Bytes(bytes[0] / count, bytes[1] / count);
    }

    /// <summary>Pages that processes have in common, such as the code of the runtime, count for each of them.</summary>
    private static async Task<Bytes> OfProcessesAsync(int count)
    {
        var children = Enumerable.Range(0, count).Select(static _ => Child.StartRedirected("child-idle")).ToList();
        double resident = 0, reserved = 0;
        foreach (var child in children)
        {
            // It is up when it says so.
            await child.StandardOutput.ReadLineAsync();
            child.Refresh();
            resident += child.WorkingSet64;
            reserved += child.VirtualMemorySize64;
        }

        foreach (var child in children)
        {
            child.Kill();
            await child.WaitForExitAsync();

            // One that has ended by itself before was not measured.
            if (child.ExitCode == 0)
            {
                throw new InvalidOperationException("A child did not stay.");
            }

            child.Dispose();
        }

        return new Bytes(resident / count, reserved / count);
    }

    /// <summary>In the child: says that it is up, and waits for the end of its input.</summary>
    public static Task IdleAsync(string[] args)
    {
        Console.WriteLine("up");
        Console.ReadLine();
        return Task.CompletedTask;
    }

    private sealed record Bytes(double Resident, double Virtual);
}

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Patterns;

/// <summary>1.3: what a thread returns is lost, so it puts its result into a thread-safe queue.</summary>
internal static class QueuePart
{
    public static bool Run()
    {
        int[][] lists = [[1, 2, 3], [3, 4, 5], [4, 4, 4], [5, 5, 5]];
        using var results = new BlockingCollection<(int Index, string Thread, int[] Squares)>();
        var threads = new List<Thread>();
        foreach (var (index, list) in lists.Index())
        {
            // The result carries its key: the queue tells who was ready first, not who was started first.
            var thread = new Thread(() => results.Add((index, Thread.CurrentThread.Name!, Square(list)))) { Name = $"t{index + 1}" };
            thread.Start();
            threads.Add(thread);
        }

        threads.ForEach(static thread => thread.Join());

        // As many as were put: one more would wait for ever.
        var taken = threads.ConvertAll(_ => results.Take());
        Console.WriteLine("In order of completion:");
        taken.ForEach(static result => Console.WriteLine($"{result.Thread} [{string.Join(", ", result.Squares)}]"));

        var inOrder = taken.OrderBy(static result => result.Index).Select(static result => $"[{string.Join(", ", result.Squares)}]").ToArray();
        Console.WriteLine("In order of the input:");
        Console.WriteLine(string.Join(" ", inOrder));
        Console.WriteLine();

        return inOrder.SequenceEqual(["[1, 4, 9]", "[9, 16, 25]", "[16, 16, 16]", "[25, 25, 25]"]) && results.Count == 0;
    }

    private static int[] Square(int[] list) => Array.ConvertAll(list, static number => number * number);
}

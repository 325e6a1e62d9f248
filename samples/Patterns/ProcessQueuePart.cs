using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipes;
using System.Linq;
using System.Threading.Tasks;

namespace Patterns;

/// <summary>2.2: a queue between processes is a pipe. Two processes put their sums into one, the parent takes both.</summary>
internal static class ProcessQueuePart
{
    /// <summary>A pipe carries bytes, not messages, so both sides must know where a message ends: here each is one number of eight bytes.</summary>
    private const int Message = sizeof(long);

    public static async Task<bool> RunAsync()
    {
        await using var queue = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
        var handle = queue.GetClientHandleAsString();
        using var first = Child.Start("child-sum", handle);
        using var second = Child.Start("child-sum", handle);

        // The children hold the end for writing now. While this process held it too, the queue would never come to its end.
        queue.DisposeLocalCopyOfClientHandle();

        // Take before waiting: a child that finds the pipe full does not end. The end comes when both have, also for one that put nothing.
        var sums = new List<long>();
        var message = new byte[Message];
        while (await queue.ReadAtLeastAsync(message, Message, throwOnEndOfStream: false) == Message)
        {
            sums.Add(BinaryPrimitives.ReadInt64LittleEndian(message));
        }

        await Task.WhenAll(first.WaitForExitAsync(), second.WaitForExitAsync());
        Console.WriteLine(string.Join(" ", sums));
        Console.WriteLine();
        return first.ExitCode == 0 && second.ExitCode == 0 && sums.SequenceEqual([249833583000, 249833583000]);
    }

    /// <summary>In the child: the handle of the pipe, which it has inherited.</summary>
    public static Task SumAsync(string[] args)
    {
        Child.EndWithParent();
        long sum = 0;
        for (long i = 0; i < 1000; i++)
        {
            sum += i + (i * i) + (i * i * i);
        }

        // In one write: the system does not mix short writes of several processes.
        var message = new byte[Message];
        BinaryPrimitives.WriteInt64LittleEndian(message, sum);
        using var queue = new AnonymousPipeClientStream(PipeDirection.Out, args[0]);
        queue.Write(message);
        return Task.CompletedTask;
    }
}

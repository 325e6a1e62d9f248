using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace Patterns;

/// <summary>What became of an item.</summary>
/// <param name="Result">What the worker answered, or null.</param>
/// <param name="Error">Why there is no result, or null.</param>
internal sealed record Answer(string? Result, string? Error);

/// <summary>
/// Worker processes that live as long as the pool. A worker gets an item as a line and answers with a line, <c>= result</c> or <c>! error</c>, and
/// ends when its input does. One that dies is replaced, and its item goes to another.
/// </summary>
internal sealed class ProcessPool : IAsyncDisposable
{
    /// <summary>An item that kills whoever gets it must not go on for ever.</summary>
    private const int Tries = 3;

    private readonly string _verb;
    private readonly string[] _args;
    private readonly int _size;

    // Whoever takes a worker out of the channel has it alone, so a worker never has more than one item, and the pool no more than it has workers.
    private readonly Channel<Process> _idle;
    private int _replaced;

    public ProcessPool(int size, string verb, params string[] args)
    {
        (_size, _verb, _args) = (size, verb, args);
        _idle = Channel.CreateBounded<Process>(size);
        for (var i = 0; i < size; i++)
        {
            _idle.Writer.TryWrite(Start());
        }
    }

    /// <summary>How many workers died and were replaced.</summary>
    public int Replaced => Volatile.Read(ref _replaced);

    /// <summary>The answers in the order of the items, whoever was ready first.</summary>
    public async Task<Answer[]> MapAsync(IReadOnlyList<string> items)
    {
        var answers = new Answer[items.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, items.Count),
            new ParallelOptions { MaxDegreeOfParallelism = _size },
            async (i, _) => answers[i] = await AskAsync(items[i]));
        return answers;
    }

    private async Task<Answer> AskAsync(string item)
    {
        if (item.AsSpan().IndexOfAny('\r', '\n') >= 0)
        {
            return new Answer(null, "An item is one line.");
        }

        var worker = await _idle.Reader.ReadAsync();
        try
        {
            for (var i = 0; i < Tries; i++)
            {
                if (await AskAsync(worker, item) is { } answer)
                {
                    return answer[0] == '=' ? new Answer(answer[2..], null) : new Answer(null, answer[2..]);
                }

                Interlocked.Increment(ref _replaced);
                Child.Forget(worker);
                worker = Start();
            }

            return new Answer(null, $"{Tries} workers died of it.");
        }
        finally
        {
            _idle.Writer.TryWrite(worker);
        }
    }

    /// <summary>Null when the worker died. Its answer comes in one write, so there is no half of one.</summary>
    private static async Task<string?> AskAsync(Process worker, string item)
    {
        try
        {
            await worker.StandardInput.WriteLineAsync(item);
        }
        catch (IOException)
        {
            return null;
        }

        return await worker.StandardOutput.ReadLineAsync();
    }

    private Process Start() => Child.StartRedirected(_verb, _args);

    /// <summary>Close (no more work), then join (wait for all).</summary>
    public async ValueTask DisposeAsync()
    {
        _idle.Writer.Complete();
        await foreach (var worker in _idle.Reader.ReadAllAsync())
        {
            worker.StandardInput.Close();
            await worker.WaitForExitAsync();
            Child.Forget(worker);
        }
    }
}

using System;
using System.Threading;
using System.Threading.Tasks;

namespace Violations.Locks;

/// <summary>Right today: the acquire inside the try waits for the edit that makes it fail.</summary>
public sealed class TW2013AcquireInsideTry : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly object _sync = new();
    private int _count;

    public async Task AddAsync()
    {
        try
        {
            await _gate.WaitAsync(); // expect: TW2013
            _count++;
        }
        finally
        {
            _gate.Release();
        }
    }

    public int Read()
    {
        try
        {
            Monitor.Enter(_sync); // expect: TW2013
            return _count;
        }
        finally
        {
            Monitor.Exit(_sync);
        }
    }

    public void Dispose() => _gate.Dispose();
}

using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Violations.Locks;

/// <summary>A ledger that nobody opens again once a write of it failed.</summary>
public sealed class TW2012LockHeldIfCallThrows : IDisposable
{
    private readonly object _sync = new();
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ReaderWriterLockSlim _entries = new();
    private readonly List<string> _lines = [];
    private int _written;

    public async Task WriteAsync(Func<Task> write)
    {
        await _gate.WaitAsync(); // expect: TW2012
        await write();
        _written++;
        _gate.Release();
    }

    public int Find(string line)
    {
        _entries.EnterReadLock(); // expect: TW2012
        var place = _lines.IndexOf(line);
        _entries.ExitReadLock();
        return place;
    }

    public bool TryAdd(string line)
    {
        if (!Monitor.TryEnter(_sync, 100)) // expect: TW2012
        {
            return false;
        }

        _lines.Add(line);
        Monitor.Exit(_sync);
        return true;
    }

    public void Count()
    {
        Monitor.Enter(_sync);
        _written++;
        Monitor.Exit(_sync);
    }

    public void Dispose()
    {
        _gate.Dispose();
        _entries.Dispose();
    }
}

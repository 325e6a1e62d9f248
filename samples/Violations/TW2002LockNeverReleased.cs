using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Violations.Locks;

/// <summary>A library whose readers lock the door and keep the key.</summary>
public sealed class TW2002LockNeverReleased : IDisposable
{
    private readonly object _sync = new();
    private readonly SemaphoreSlim _desk = new(1, 1);
    private readonly ReaderWriterLockSlim _shelf = new();
    private readonly Dictionary<string, int> _books = [];
    private int _readers;

    public void Enter()
    {
        Monitor.Enter(_sync); // expect: TW2002
        _readers++;
    }

    public int Readers()
    {
        lock (_sync)
        {
            return _readers;
        }
    }

    public async Task LendAsync(Func<Task<string>> ask)
    {
        await _desk.WaitAsync(); // expect: TW2002
        var name = await ask();
        _books[name] = _books.GetValueOrDefault(name) - 1; // expect: TW3002
    }

    public bool Has(string name)
    {
        _shelf.EnterReadLock(); // expect: TW2002
        return _books.ContainsKey(name);
    }

    public void Put(string name)
    {
        _shelf.EnterWriteLock();
        try
        {
            _books[name] = _books.GetValueOrDefault(name) + 1;
        }
        finally
        {
            _shelf.ExitWriteLock();
        }
    }

    public void Dispose()
    {
        _desk.Dispose();
        _shelf.Dispose();
    }
}

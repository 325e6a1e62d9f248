using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Violations.Locks;

/// <summary>A store that gives up its thread while it holds locks that only that thread may release.</summary>
public sealed class TW2007AwaitWhileHoldingLock : IDisposable
{
    private readonly object _sync = new();
    private readonly Mutex _once = new();
    private readonly ReaderWriterLockSlim _lock = new();
    private readonly List<int> _items = [];

    public async Task AddAsync(Task<int> pending)
    {
        Monitor.Enter(_sync);
        try
        {
            _items.Add(await pending); // expect: TW2007
        }
        finally
        {
            Monitor.Exit(_sync);
        }
    }

    public async Task RunOnceAsync(Func<Task> work)
    {
        if (!_once.WaitOne(0))
        {
            return;
        }

        try
        {
            await work().ConfigureAwait(false); // expect: TW2007
            await Task.Yield();
        }
        finally
        {
            _once.ReleaseMutex();
        }
    }

    public IEnumerable<int> All()
    {
        _lock.EnterReadLock();
        try
        {
            foreach (var item in _items)
            {
                yield return item; // expect: TW2007
            }
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    public async Task AddAllAsync(IAsyncEnumerable<int> items)
    {
        _lock.EnterWriteLock();
        try
        {
            await foreach (var item in items) // expect: TW2007
            {
                _items.Add(item);
            }
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    public IEnumerable<int> Snapshot()
    {
        lock (_sync)
        {
            yield return _items.Count; // expect: TW2007
        }
    }

    public void Dispose()
    {
        _once.Dispose();
        _lock.Dispose();
    }
}

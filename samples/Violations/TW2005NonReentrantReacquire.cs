using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Violations.Locks;

/// <summary>A list whose members call each other with the lock held, and wait for themselves.</summary>
public sealed class TW2005NonReentrantReacquire
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ReaderWriterLockSlim _lock = new();
    private readonly List<int> _items = [];

    public async Task AddAsync(int item)
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            _items.Add(item);
            await TrimAsync().ConfigureAwait(false); // expect: TW2005
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task TrimAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            _items.TrimExcess();
        }
        finally
        {
            _gate.Release();
        }
    }

    public void AddIfMissing(int item)
    {
        _lock.EnterReadLock();
        try
        {
            if (!_items.Contains(item))
            {
                _lock.EnterWriteLock(); // expect: TW2005
                try
                {
                    _items.Add(item);
                }
                finally
                {
                    _lock.ExitWriteLock();
                }
            }
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }
}

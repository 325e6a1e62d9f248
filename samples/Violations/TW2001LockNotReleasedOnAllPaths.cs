using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Violations.Locks;

/// <summary>A warehouse that some visitors leave without giving the key back.</summary>
public sealed class TW2001LockNotReleasedOnAllPaths : IDisposable
{
    private readonly object _sync = new();
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ReaderWriterLockSlim _prices = new();
    private readonly Dictionary<string, int> _items = [];
    private decimal _sum;

    public bool Take(string name)
    {
        Monitor.Enter(_sync); // expect: TW2001
        if (!_items.ContainsKey(name))
        {
            return false;
        }

        _items[name]--;
        Monitor.Exit(_sync);
        return true;
    }

    public async Task<decimal> PayAsync(Func<Task<decimal>> pay)
    {
        await _gate.WaitAsync(); // expect: TW2001
        var amount = await pay();
        if (amount < 0)
        {
            throw new InvalidOperationException("nobody pays less than nothing");
        }

        _sum += amount;
        _gate.Release();
        return amount;
    }

    public void AddAll(IEnumerable<decimal> prices)
    {
        foreach (var price in prices)
        {
            _prices.EnterWriteLock(); // expect: TW2001
            if (price == 0)
            {
                continue;
            }

            _sum += price;
            _prices.ExitWriteLock();
        }
    }

    public bool TryClear(bool all)
    {
        if (!Monitor.TryEnter(_sync, 100))
        {
            return false;
        }

        if (_items.Count == 0)
        {
            Monitor.Exit(_sync);
            return true;
        }

        _sum = all ? 0 : _sum;
        Monitor.Exit(_sync);
        return true;
    }

    public void Dispose()
    {
        _gate.Dispose();
        _prices.Dispose();
    }
}

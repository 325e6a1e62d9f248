using System;
using System.Threading;
using System.Threading.Tasks;

namespace Violations.Locks;

/// <summary>A store whose lock is given back by those who never got it.</summary>
public sealed class TW2003ReleaseWithoutAcquire : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ReaderWriterLockSlim _prices = new();
    private readonly object _sync = new();
    private decimal _sum;

    public async Task AddAsync(decimal amount, CancellationToken cancellation)
    {
        try
        {
            await _gate.WaitAsync(cancellation).ConfigureAwait(false); // expect: TW2003
            _sum += amount;
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task AddAllAsync(Func<Task<decimal[]>> read)
    {
        try
        {
            var amounts = await read();
            await _gate.WaitAsync(); // expect: TW2003
            foreach (var amount in amounts)
            {
                _sum += amount;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public bool TryClear()
    {
        try
        {
            if (!_prices.TryEnterWriteLock(100)) // expect: TW2003
            {
                return false;
            }

            _sum = 0;
            return true;
        }
        finally
        {
            _prices.ExitWriteLock();
        }
    }

    public void Halve(Action<decimal> log)
    {
        Monitor.Enter(_sync);
        try
        {
            _sum /= 2;
            Monitor.Exit(_sync);
            log(_sum);
        }
        finally
        {
            Monitor.Exit(_sync); // expect: TW2003
        }
    }

    public void Dispose()
    {
        _gate.Dispose();
        _prices.Dispose();
    }
}

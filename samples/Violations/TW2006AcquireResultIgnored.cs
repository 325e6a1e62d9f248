using System;
using System.Threading;
using System.Threading.Tasks;

namespace Violations.Locks;

/// <summary>An account that changes without its lock as soon as somebody else holds it for too long.</summary>
public sealed class TW2006AcquireResultIgnored : IDisposable
{
    private readonly object _sync = new();
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ReaderWriterLockSlim _prices = new();
    private readonly Mutex _journal = new();
    private decimal _sum;

    public void Deposit(decimal amount)
    {
        Monitor.TryEnter(_sync, 1000); // expect: TW2006
        try
        {
            _sum += amount;
        }
        finally
        {
            Monitor.Exit(_sync);
        }
    }

    public async Task ReportAsync(Func<decimal, Task> send)
    {
        await _gate.WaitAsync(TimeSpan.FromSeconds(1)); // expect: TW2006
        try
        {
            await send(_sum);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Reprice(decimal factor)
    {
        try
        {
            _prices.TryEnterWriteLock(100); // expect: TW2006
            _sum *= factor;
        }
        finally
        {
            _prices.ExitWriteLock();
        }
    }

    public void Write(Action entry)
    {
        var entered = _journal.WaitOne(100); // expect: TW2006
        entry();
        _journal.ReleaseMutex();
    }

    public void Withdraw(decimal amount)
    {
        var taken = false;
        Monitor.TryEnter(_sync, 100, ref taken); // expect: TW2006
        _sum -= amount;
        Monitor.Exit(_sync);
    }

    public void Close()
    {
        if (!Monitor.TryEnter(_sync, 1000))
        {
            throw new TimeoutException();
        }

        try
        {
            _sum = 0;
        }
        finally
        {
            Monitor.Exit(_sync);
        }
    }

    public void Dispose()
    {
        _gate.Dispose();
        _prices.Dispose();
        _journal.Dispose();
    }
}

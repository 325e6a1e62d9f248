using System.Threading;
using System.Threading.Tasks;

namespace Violations.Locks;

/// <summary>A counter that releases what it has not acquired, and keeps what it has.</summary>
public sealed class TW2004MismatchedRelease
{
    private readonly ReaderWriterLockSlim _lock = new();
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly SemaphoreSlim _writing = new(1, 1);
    private int _count;

    public int Count()
    {
        _lock.EnterReadLock();
        try
        {
            return _count;
        }
        finally
        {
            _lock.ExitWriteLock(); // expect: TW2004
        }
    }

    public async Task AddAsync(Task<int> pending)
    {
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            _count += await pending.ConfigureAwait(false);
        }
        finally
        {
            _reading.Release(); // expect: TW2004
        }
    }
}

using System.Threading;

namespace Violations.Locks;

/// <summary>Locks around nothing. A comment in, above or behind one would say that it is meant, so the marks stand behind other code.</summary>
public sealed class TW2010EmptyCriticalSection
{
    private readonly object _sync = new();
    private readonly ReaderWriterLockSlim _table = new();
    private int _count;

    public void Add()
    {
        lock (_sync) ; { _count++; } // expect: TW2010
    }

    public void Sub()
    {
        Monitor.Enter(_sync); Monitor.Exit(_sync); _count--; // expect: TW2010
    }

    public void Write()
    {
        _table.EnterWriteLock(); try { } finally { _table.ExitWriteLock(); } _count = 0; // expect: TW2010
    }
}

using System.Threading;

namespace Violations.Locks;

/// <summary>Lock statements written out by hand.</summary>
public sealed class TW2009ManualMonitorPair
{
    private readonly object _sync = new();
    private readonly object _other = new();
    private int _count;

    public void Add()
    {
        Monitor.Enter(_sync); // expect: TW2009
        try
        {
            _count++;
        }
        finally
        {
            Monitor.Exit(_sync);
        }
    }

    public void Sub()
    {
        var taken = false;
        try
        {
            Monitor.Enter(_sync, ref taken); // expect: TW2009
            _count--;
        }
        finally
        {
            if (taken)
            {
                Monitor.Exit(_sync);
            }
        }
    }

    public int Read()
    {
        Monitor.Enter(_other); // expect: TW2009
        try
        {
            return _count;
        }
        finally
        {
            Monitor.Exit(_other);
        }
    }
}

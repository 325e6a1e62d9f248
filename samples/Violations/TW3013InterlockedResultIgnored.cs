using System;
using System.Threading;

namespace Threadwise.Samples.Violations;

/// <summary>Atomic calls whose answer the code does without.</summary>
public sealed class TW3013InterlockedResultIgnored(Action finish)
{
    private const int Idle = 0;
    private const int Running = 1;

    private static int s_lastId;

    private int _pending;
    private int _state;
    private long _total;
    private Action? _handlers;

    /// <summary>Two threads may get one number.</summary>
    public static int NextId()
    {
        Interlocked.Increment(ref s_lastId); // expect: TW3013
        return s_lastId;
    }

    /// <summary>Two threads may both be the last one.</summary>
    public void Done()
    {
        Interlocked.Decrement(ref _pending); // expect: TW3013
        if (Volatile.Read(ref _pending) == 0)
        {
            finish();
        }
    }

    /// <summary>Everybody finds the state that one of them set.</summary>
    public void FinishOnce()
    {
        Interlocked.CompareExchange(ref _state, Running, Idle); // expect: TW3013
        if (_state == Running)
        {
            finish();
        }
    }

    /// <summary>The comparand is whatever is there now.</summary>
    public bool Reset() => Interlocked.CompareExchange(ref _state, Idle, _state) == Running; // expect: TW3013

    /// <summary>Nothing is stored when another thread came first.</summary>
    public void Double()
    {
        var old = Interlocked.Read(ref _total);
        Interlocked.CompareExchange(ref _total, old * 2, old); // expect: TW3013
    }

    /// <summary>So is a handler.</summary>
    public void Subscribe(Action handler)
    {
        var old = _handlers;
        Interlocked.CompareExchange(ref _handlers, old + handler, old); // expect: TW3013
    }
}

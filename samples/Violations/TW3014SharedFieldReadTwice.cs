using System;
using System.Collections.Generic;

namespace Violations.SharedState;

/// <summary>Tests that are out of date by the time they are relied on.</summary>
public sealed class TW3014SharedFieldReadTwice
{
    private readonly object _gate = new();
    private List<string>? _names = new();

    /// <summary>Whoever listens may stop to, on any thread.</summary>
    public event EventHandler? Changed;

    /// <summary>The last handler may be gone by the second read.</summary>
    public void Raise()
    {
        if (Changed != null)
        {
            Changed(this, EventArgs.Empty); // expect: TW3014
        }
    }

    /// <summary>From now on there is nothing.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _names = null;
        }
    }

    /// <summary>May be closed by the second read.</summary>
    public int Count()
    {
        return _names == null ? 0 : _names.Count; // expect: TW3014
    }
}

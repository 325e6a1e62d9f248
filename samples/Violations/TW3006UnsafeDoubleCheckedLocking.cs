using System.Collections.Generic;

namespace Violations.SharedState;

/// <summary>Lazy initializations that two threads can break.</summary>
public sealed class TW3006UnsafeDoubleCheckedLocking
{
    private readonly object _gate = new();
    private List<string>? _names;
    private Dictionary<string, int>? _lengths;

    /// <summary>Two threads that find nothing both make a list.</summary>
    public List<string> Names()
    {
        if (_names == null)
        {
            lock (_gate)
            {
                _names = new List<string>(); // expect: TW3006
            }
        }

        return _names;
    }

    /// <summary>A thread that comes in between finds an empty dictionary.</summary>
    public Dictionary<string, int> Lengths()
    {
        if (_lengths == null)
        {
            lock (_gate)
            {
                if (_lengths == null)
                {
                    _lengths = new Dictionary<string, int>(); // expect: TW3006
                    _lengths["one"] = 3;
                }
            }
        }

        return _lengths;
    }
}

using System.Collections.Generic;

namespace Violations.SharedState;

/// <summary>Two methods take the lock, the third forgets it.</summary>
public sealed class TW3002InconsistentlyGuarded
{
    private readonly object _gate = new();
    private readonly List<string> _names = new();

    public void Enter(string name)
    {
        lock (_gate)
        {
            _names.Add(name);
        }
    }

    public void Leave(string name)
    {
        lock (_gate)
        {
            _names.Remove(name);
        }
    }

    public bool IsHere(string name)
    {
        return _names.Contains(name); // expect: TW3002
    }
}

using System.Collections.Generic;

namespace Violations.Locks;

/// <summary>Each session has a lock of its own, and all of them share the list.</summary>
public sealed class TW2104InstanceLockGuardsStatic
{
    private static readonly List<string> s_names = new();
    private static int s_opened;
    private readonly object _gate = new();
    private string _name = "";

    public void Open(string name)
    {
        lock (_gate)
        {
            _name = name;
            s_names.Add(_name); // expect: TW2104
        }
    }

    public void Count()
    {
        lock (_gate)
        {
            s_opened++; // expect: TW2104
        }
    }
}

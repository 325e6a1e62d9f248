using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Violations.SharedState;

/// <summary>Collections that change while somebody goes through them.</summary>
public sealed class TW3011ModifiedWhileEnumerated
{
    private readonly object _gate = new();
    private readonly List<string> _names = new();

    public void Add(string name)
    {
        lock (_gate)
        {
            _names.Add(name);
        }
    }

    public void Remove(string name)
    {
        lock (_gate)
        {
            _names.Remove(name);
        }
    }

    public void Show()
    {
        foreach (var name in _names) // expect: TW3011
        {
            Console.WriteLine(name);
        }
    }

    public void Prune(List<string> names) => Parallel.ForEach(names, name =>
    {
        if (name.Length > 10)
        {
            lock (_gate)
            {
                names.Remove(name); // expect: TW3011
            }
        }
    });
}

using System.Collections.Generic;

namespace Violations.Locks;

/// <summary>Locks that are other objects after a while.</summary>
public sealed class TW2102MutableLockField
{
    private object _gate = new(); // expect: TW2102
    private List<int> _items = []; // expect: TW2102
    private int _count;

    public void Add(int item)
    {
        lock (_gate)
        {
            _count++;
        }

        lock (_items)
        {
            _items.Add(item);
        }
    }

    public void Reset() => _gate = new object();

    public List<int> Take()
    {
        lock (_items)
        {
            var taken = _items;
            _items = [];
            return taken;
        }
    }
}

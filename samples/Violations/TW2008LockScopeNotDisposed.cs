using System;
using System.Collections.Generic;
using System.Threading;

namespace Violations.Locks;

/// <summary>A shop whose visitors take the key and do not always bring it back.</summary>
public sealed class TW2008LockScopeNotDisposed
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _items = [];
    private int _visitors;

    public void Enter()
    {
        _lock.EnterScope(); // expect: TW2008
        _visitors++;
    }

    public void Leave()
    {
        var scope = _lock.EnterScope(); // expect: TW2008
        _visitors--;
    }

    public bool Take(string name)
    {
        var scope = _lock.EnterScope(); // expect: TW2008
        if (!_items.TryGetValue(name, out var left) || left == 0)
        {
            return false;
        }

        _items[name] = left - 1;
        scope.Dispose();
        return true;
    }

    public void Put(string name)
    {
        using (_lock.EnterScope())
        {
            _items[name] = _items.GetValueOrDefault(name) + 1;
        }
    }

    public int Count(Func<string, bool> wanted)
    {
        var scope = _lock.EnterScope();
        try
        {
            var count = 0;
            foreach (var (name, left) in _items)
            {
                count += wanted(name) ? left : 0;
            }

            return count;
        }
        finally
        {
            scope.Dispose();
        }
    }
}

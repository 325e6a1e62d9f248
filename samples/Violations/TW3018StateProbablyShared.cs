using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;

namespace Violations.SharedState;

/// <summary>State whose sharing follows from a timer, and from what lies beside it.</summary>
public sealed class TW3018StateProbablyShared
{
    private static readonly ConcurrentDictionary<Type, int> s_sizes = new();
    private static readonly Dictionary<Type, string> s_names = new();
    private readonly Timer _timer;
    private readonly List<string> _lines = new();

    public TW3018StateProbablyShared() => _timer = new Timer(_ => Flush(), null, 100, Timeout.Infinite);

    public static int Size(Type type) => s_sizes.GetOrAdd(type, static t => t.Name.Length);

    public static string Name(Type type)
    {
        if (!s_names.TryGetValue(type, out var name))
        {
            name = type.FullName ?? type.Name;
            s_names.Add(type, name); // expect: TW3018
        }

        return name;
    }

    public void Write(string line)
    {
        _lines.Add(line);
    }

    private void Flush()
    {
        _lines.Clear(); // expect: TW3018
        _timer.Change(100, Timeout.Infinite);
    }
}

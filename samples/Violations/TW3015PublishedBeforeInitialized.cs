using System.Collections.Concurrent;
using System.Collections.Generic;

namespace Violations.SharedState;

/// <summary>Objects that other threads find half made.</summary>
public sealed class TW3015PublishedBeforeInitialized
{
    private static readonly ConcurrentBag<TW3015PublishedBeforeInitialized> s_known = new();
    private readonly object _gate = new();
    private readonly string _name;
    private Dictionary<string, int> _lengths = new();

    /// <summary>Whoever looks into the bag may find an object without a name.</summary>
    public TW3015PublishedBeforeInitialized(string name)
    {
        s_known.Add(this); // expect: TW3015
        _name = name;
    }

    /// <summary>Readers, who take no lock, find an empty dictionary for a while.</summary>
    public void Reload(IEnumerable<string> words)
    {
        lock (_gate)
        {
            _lengths = new Dictionary<string, int>(); // expect: TW3015
            foreach (var word in words)
            {
                _lengths[word] = word.Length;
            }
        }
    }

    /// <summary>Looks without a lock.</summary>
    public bool Knows(string word) => word != _name && _lengths.ContainsKey(word);
}

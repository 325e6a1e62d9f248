using System;
using System.Collections.Concurrent;
using System.Collections.Generic;

namespace Violations.SharedState;

/// <summary>Steps on concurrent collections between which others may come.</summary>
public sealed class TW3004CheckThenAct
{
    private readonly ConcurrentDictionary<string, List<int>> _lists = new();
    private readonly ConcurrentDictionary<string, int> _counts = new();
    private readonly ConcurrentQueue<Action> _jobs = new();

    /// <summary>Two threads make two lists for one key.</summary>
    public List<int> ListOf(string key)
    {
        if (!_lists.TryGetValue(key, out var list))
        {
            list = new List<int>();
            _lists[key] = list; // expect: TW3004
        }

        return list;
    }

    /// <summary>Two counts from one old value are one.</summary>
    public void Count(string key)
    {
        _counts.TryAdd(key, 0);
        _counts[key]++; // expect: TW3004
    }

    /// <summary>The key that was there is gone.</summary>
    public int CountOf(string key)
    {
        if (_counts.ContainsKey(key))
        {
            return _counts[key]; // expect: TW3004
        }

        return 0;
    }

    /// <summary>Takes a key away.</summary>
    public void Forget(string key) => _counts.TryRemove(key, out _);

    /// <summary>The last job may be taken by another thread.</summary>
    public void RunOne()
    {
        if (!_jobs.IsEmpty)
        {
            _jobs.TryDequeue(out var job); // expect: TW3004
            job!();
        }
    }

    /// <summary>Puts a job into the queue.</summary>
    public void Add(Action job) => _jobs.Enqueue(job);
}

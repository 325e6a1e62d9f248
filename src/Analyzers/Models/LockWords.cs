using System.Collections.Generic;
using System.Collections.Immutable;

namespace Threadwise.Analyzers.Models;

/// <summary>The names of the members that acquire and release locks, for a first look at a member by its words.</summary>
internal sealed class LockWords(ImmutableArray<string> named)
{
    private static readonly HashSet<string> s_acquire =
    [
        "Enter", "TryEnter", "Wait", "WaitAsync", "WaitOne", "EnterReadLock", "EnterWriteLock", "EnterUpgradeableReadLock", "TryEnterReadLock",
        "TryEnterWriteLock", "TryEnterUpgradeableReadLock", "AcquireReaderLock", "AcquireWriterLock",
    ];

    private static readonly HashSet<string> s_release =
    [
        "Exit", "Release", "ReleaseMutex", "ExitReadLock", "ExitWriteLock", "ExitUpgradeableReadLock", "ReleaseReaderLock", "ReleaseWriterLock",
    ];

    private readonly ImmutableHashSet<string> _acquires = ImmutableHashSet<string>.Empty;
    private readonly ImmutableHashSet<string> _releases = ImmutableHashSet<string>.Empty;
    private readonly ImmutableHashSet<string> _unclear = ImmutableHashSet<string>.Empty;

    private LockWords(LockWords words, ImmutableHashSet<string> acquires, ImmutableHashSet<string> releases, ImmutableHashSet<string> unclear)
        : this(words.Named)
    {
        _acquires = words._acquires.Union(acquires);
        _releases = words._releases.Union(releases);
        _unclear = words._unclear.Union(unclear);
    }

    /// <summary>The names of the user's own pairs, each acquire before its release.</summary>
    public ImmutableArray<string> Named { get; } = named;

    /// <summary>These words and those of a lock type in source that one type uses.</summary>
    public LockWords With(ImmutableHashSet<string> acquires, ImmutableHashSet<string> releases, ImmutableHashSet<string> unclear) => new(this, acquires, releases, unclear);

    public bool IsAcquire(string word) => s_acquire.Contains(word) || _acquires.Contains(word) || IsNamed(word, 0);

    public bool IsRelease(string word) => s_release.Contains(word) || _releases.Contains(word) || IsNamed(word, 1);

    /// <summary>Whether a member of that name may take or give back a lock in a way that is not followed.</summary>
    public bool IsUnclear(string word) => _unclear.Contains(word);

    private bool IsNamed(string word, int half)
    {
        for (var i = half; i < Named.Length; i += 2)
        {
            if (Named[i] == word)
            {
                return true;
            }
        }

        return false;
    }
}

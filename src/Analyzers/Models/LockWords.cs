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

    /// <summary>The names of the user's own pairs, each acquire before its release.</summary>
    public ImmutableArray<string> Named { get; } = named;

    public bool IsAcquire(string word) => s_acquire.Contains(word) || IsNamed(word, 0);

    public bool IsRelease(string word) => s_release.Contains(word) || IsNamed(word, 1);

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

using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>
/// The cheapest gate: which words of interest a file holds, found once a tree by a scan over its text. Comments and strings
/// count too, so it says "maybe" too often and never "no" wrongly; a word is a member's name rather than its type's, since an alias
/// (<c>using M = System.Threading.Monitor</c>, possibly in another file) hides the type and not the member. A constructor has no such
/// name: a thread or cold task is found by what starts it, and missed where a file makes one under an alias and another file starts it.
/// </summary>
internal static class TreeGate
{
    private static readonly ConditionalWeakTable<SyntaxTree, StrongBox<BodyContents>> s_trees = new();

    /// <summary>Whether a tree holds one of the user's own words; asked for each body of it.</summary>
    private static readonly ConditionalWeakTable<LockWords, ConditionalWeakTable<SyntaxTree, StrongBox<bool>>> s_named = new();

    /// <summary>The words by their first letter and length, so that none of a file's has to be copied to be looked up: there are many, and few are among these.</summary>
    private static readonly Dictionary<(char First, int Length), List<(string Text, BodyContents Meaning)>> s_words =
        Words().GroupBy(static w => (w.Key[0], w.Key.Length), static w => (w.Key, w.Value)).ToDictionary(static g => g.Key, static g => g.ToList());

    /// <summary>Whether the word is a type whose objects other processes may have too, or the handle of one: whoever uses one writes that down somewhere, if only to give the type an alias.</summary>
    public static bool IsProcessLock(string word) => (MeaningOf(word, 0, word.Length) & BodyContents.ProcessLocks) != 0;

    /// <summary>The same with the names of the user's own locks, which another compilation may not have.</summary>
    public static BodyContents WordsOf(SyntaxTree tree, Model model, CancellationToken cancellation)
    {
        var words = WordsOf(tree, cancellation);
        return (words & BodyContents.ExplicitLocks) != 0 || model.Locks.Words.Named.IsEmpty || !Names(tree, model.Locks.Words, cancellation) ? words : words | BodyContents.ExplicitLocks;
    }

    private static bool Names(SyntaxTree tree, LockWords words, CancellationToken cancellation)
    {
        var trees = s_named.GetValue(words, static _ => new ConditionalWeakTable<SyntaxTree, StrongBox<bool>>());
        if (trees.TryGetValue(tree, out var known))
        {
            return known.Value;
        }

        var text = tree.GetText(cancellation).ToString();
        var found = new StrongBox<bool>(words.Named.Any(word => text.Contains(word)));
        return trees.GetValue(tree, _ => found).Value;
    }

    private static BodyContents WordsOf(SyntaxTree tree, CancellationToken cancellation)
    {
        if (s_trees.TryGetValue(tree, out var known))
        {
            return known.Value;
        }

        var words = new StrongBox<BodyContents>(Scan(tree, cancellation));
        return s_trees.GetValue(tree, _ => words).Value;
    }

    private static BodyContents Scan(SyntaxTree tree, CancellationToken cancellation)
    {
        const BodyContents Every = BodyContents.ExplicitLocks | BodyContents.Forks | BodyContents.Atomics | BodyContents.LockStatements | BodyContents.SpinLocks | BodyContents.Processes | BodyContents.Queues | BodyContents.Concurrent | BodyContents.MappedMemory | BodyContents.ProcessLocks | BodyContents.Scopes | BodyContents.Unordered | BodyContents.TaskGroups;
        var text = tree.GetText(cancellation).ToString();
        var found = BodyContents.None;
        var hasOwnAsync = false;
        for (var i = 0; i < text.Length && found != Every; i++)
        {
            if (!IsWordStart(text[i]))
            {
                continue;
            }

            var start = i;
            while (i < text.Length && (IsWordStart(text[i]) || char.IsDigit(text[i])))
            {
                i++;
            }

            // Every word but two starts with a capital.
            if (text[start] == 'l' && i - start == 4 && string.CompareOrdinal(text, start, "lock", 0, 4) == 0)
            {
                found |= BodyContents.LockStatements;
            }
            else if (text[start] == 'a' && i - start == 5 && !hasOwnAsync && string.CompareOrdinal(text, start, "async", 0, 5) == 0)
            {
                hasOwnAsync = !IsVisible(text, start);
            }
            else if (char.IsUpper(text[start]))
            {
                found |= MeaningOf(text, start, i - start);
            }
        }

        // Tasks of a group run beside each other; those of async members that others see too are no sign (a file of services has many): only lambdas and members of the file's own are.
        return (found & BodyContents.TaskGroups) != 0 && hasOwnAsync ? found | BodyContents.Forks : found;
    }

    private static BodyContents MeaningOf(string text, int start, int length)
    {
        if (length > 0 && s_words.TryGetValue((text[start], length), out var words))
        {
            foreach (var word in words)
            {
                if (string.CompareOrdinal(text, start, word.Text, 0, length) == 0)
                {
                    return word.Meaning;
                }
            }
        }

        return BodyContents.None;
    }

    /// <summary>Whether one of the modifiers before the position makes a member visible outside its type.</summary>
    private static bool IsVisible(string text, int at)
    {
        while (true)
        {
            while (at > 0 && char.IsWhiteSpace(text[at - 1]))
            {
                at--;
            }

            var end = at;
            while (at > 0 && char.IsLetter(text[at - 1]))
            {
                at--;
            }

            switch (text.Substring(at, end - at))
            {
                case "public" or "internal" or "protected":
                    return true;
                case "static" or "override" or "virtual" or "sealed" or "new" or "unsafe" or "partial":
                    break;
                default:
                    return false;
            }
        }
    }

    private static bool IsWordStart(char c) => c == '_' || char.IsLetter(c);

    private static Dictionary<string, BodyContents> Words()
    {
        var words = new Dictionary<string, BodyContents>();
        Add(BodyContents.ExplicitLocks,
            "Enter", "TryEnter", "Exit", "EnterScope", "Wait", "WaitAsync", "WaitOne", "Release", "ReleaseMutex",
            "EnterReadLock", "EnterWriteLock", "EnterUpgradeableReadLock", "TryEnterReadLock", "TryEnterWriteLock",
            "TryEnterUpgradeableReadLock", "ExitReadLock", "ExitWriteLock", "ExitUpgradeableReadLock",
            "AcquireReaderLock", "AcquireWriterLock", "ReleaseReaderLock", "ReleaseWriterLock", "UpgradeToWriterLock",
            "DowngradeFromWriterLock", "ReleaseLock", "RestoreLock");
        Add(BodyContents.Forks,
            "Thread", "ThreadPool", "QueueUserWorkItem", "UnsafeQueueUserWorkItem", "StartNew", "Parallel", "ForEach", "For", "Invoke",
            "RegisterWaitForSingleObject", "UnsafeRegisterWaitForSingleObject", "ThreadStart", "ParameterizedThreadStart",
            "Run", "ContinueWith", "ContinueWhenAll", "ContinueWhenAny", "ForAsync", "ForEachAsync", "AsParallel", "ParallelEnumerable", "Start", "RunSynchronously", "Interrupt", "Abort", "Timer", "CreateTimer", "Elapsed", "WhenAny", "WhenEach", "EnableRaisingEvents", "DoWork", "CancelKeyPress");
        Add(BodyContents.TaskGroups, "WhenAll", "WaitAll");
        Add(BodyContents.Atomics,
            "Interlocked", "Volatile", "CompareExchange", "Exchange", "Increment", "Decrement", "MemoryBarrier");
        Add(BodyContents.SpinLocks, "SpinLock");
        Add(BodyContents.Processes, "Start");
        Add(BodyContents.Concurrent, "ConcurrentDictionary", "ConcurrentQueue", "ConcurrentStack", "ConcurrentBag");
        Add(BodyContents.MappedMemory, "CreateViewAccessor", "MemoryMappedViewAccessor");
        Add(BodyContents.Unordered, "AsParallel", "ParallelEnumerable", "ConcurrentBag", "ConcurrentStack", "ConcurrentQueue", "WhenAny", "WhenEach");
        Add(BodyContents.Scopes, "Delay", "Yield", "HttpClient", "ReadToEndAsync");
        Add(BodyContents.ProcessLocks, "Mutex", "Semaphore", "EventWaitHandle", "SafeWaitHandle");
        Add(BodyContents.Queues,
            "BlockingCollection", "Signal", "SignalAndWait", "AddCount", "CompleteAdding", "Complete", "TryComplete", "TryDequeue", "TryPop", "TryTake", "TryRead", "IsEmpty", "GetConsumingEnumerable", "CreateUnbounded", "CreateBounded", "CreateUnboundedPrioritized",
            "SetResult", "SetException", "SetCanceled", "TaskCompletionSource", "ReadAllAsync");
        return words;

        void Add(BodyContents meaning, params string[] texts)
        {
            foreach (var text in texts)
            {
                words[text] = words.TryGetValue(text, out var other) ? other | meaning : meaning;
            }
        }
    }
}

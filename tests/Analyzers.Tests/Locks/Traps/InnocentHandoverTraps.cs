using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks.Traps;

/// <summary>Acquired in one member and released in another: helpers, delegates, parts, base types.</summary>
public class InnocentHandoverTraps
{
    private static Task Silent(string members) => Verify.Rule("TW2003", Snippet.Class(members));

    [Fact]
    public Task Enter_and_exit_members() => Silent("""
        public void Enter() => Monitor.Enter(sync);
        public bool TryEnter(int timeout) => Monitor.TryEnter(sync, timeout);
        public Task EnterAsync(CancellationToken ct) => gate.WaitAsync(ct);
        public Task<bool> TryEnterAsync(CancellationToken ct) => gate.WaitAsync(100, ct);
        public void Exit() => Monitor.Exit(sync);
        public void ExitAsync() => gate.Release();
        public void ExitEither(bool write) { if (write) rw.ExitWriteLock(); else rw.ExitReadLock(); }
        public void ExitAll() { Monitor.Exit(sync); rw.ExitReadLock(); gate.Release(); mutex.ReleaseMutex(); }
        """);

    [Fact]
    public Task Helpers_around_the_try() => Silent("""
        public void M()
        {
            Take();
            try { work.Do(); }
            finally { Give(); }
        }
        public async Task N(CancellationToken ct)
        {
            if (!await TakeAsync(ct)) return;
            try { await work.DoAsync(); }
            finally { gate.Release(); }
        }
        public void O()
        {
            Take();
            try { work.Do(); }
            finally { Monitor.Exit(sync); }
        }
        private void Take() => Monitor.Enter(sync);
        private void Give() => Monitor.Exit(sync);
        private async Task<bool> TakeAsync(CancellationToken ct)
        {
            try { return await gate.WaitAsync(100, ct); }
            catch (OperationCanceledException) { return false; }
        }
        """);

    [Fact]
    public Task Taken_by_the_caller_or_by_the_helper_itself() => Silent("""
        public void M()
        {
            gate.Wait();
            Run(held: true);
        }
        public void N() => Run(held: false);
        private void Run(bool held)
        {
            if (!held) gate.Wait();
            try { work.Do(); }
            finally { gate.Release(); }
        }
        """);

    [Fact]
    public Task Hand_over_hand_along_a_list() => Verify.Rule("TW2003", """
        public sealed class Node { public readonly object Gate = new(); public Node? Next; public int Value; }
        public sealed class Chain
        {
            private readonly Node _head = new();
            public bool Contains(int value)
            {
                Node current = _head;
                Monitor.Enter(current.Gate);
                try
                {
                    while (current.Next is { } next)
                    {
                        Monitor.Enter(next.Gate);
                        Monitor.Exit(current.Gate);
                        current = next;
                        if (current.Value == value) return true;
                    }
                    return false;
                }
                finally { Monitor.Exit(current.Gate); }
            }
            public int Sum()
            {
                int sum = 0;
                Node? current = _head;
                Monitor.Enter(current);
                while (current is not null)
                {
                    sum += current.Value;
                    Node? next = current.Next;
                    if (next is not null) Monitor.Enter(next);
                    Monitor.Exit(current);
                    current = next;
                }
                return sum;
            }
        }
        """);

    [Fact]
    public Task Lock_swapped_under_way() => Silent("""
        public void M()
        {
            SemaphoreSlim held = gate;
            held.Wait();
            try
            {
                work.Do();
                other.Wait();
                gate.Release();
                held = other;
                work.Do();
            }
            finally { held.Release(); }
        }
        """);

    [Fact]
    public Task Released_by_a_local_function_or_delegate() => Silent("""
        public async Task M(CancellationToken ct)
        {
            await gate.WaitAsync(ct);
            try { await work.DoAsync(); }
            finally { Leave(); }
            void Leave() => gate.Release();
        }
        public void N()
        {
            Action leave = () => Monitor.Exit(sync);
            Monitor.Enter(sync);
            try { work.Do(); }
            finally { leave(); }
        }
        public async Task O(CancellationToken ct)
        {
            await Take();
            try { await work.DoAsync(); }
            finally { gate.Release(); }
            Task Take() => gate.WaitAsync(ct);
        }
        """);

    [Fact]
    public Task Template_method_around_a_delegate() => Silent("""
        private T Guarded<T>(Func<T> act)
        {
            rw.EnterWriteLock();
            try { return act(); }
            finally { rw.ExitWriteLock(); }
        }
        private async Task<T> GuardedAsync<T>(Func<CancellationToken, Task<T>> act, CancellationToken ct)
        {
            await gate.WaitAsync(ct).ConfigureAwait(false);
            try { return await act(ct).ConfigureAwait(false); }
            finally { gate.Release(); }
        }
        public Task<int> M(CancellationToken ct)
        {
            try { return GuardedAsync(token => Task.FromResult(Guarded(() => 1)), ct); }
            finally { work.Do(); }
        }
        """);

    [Fact]
    public Task Parts_of_one_type() => Verify.Rule("TW2003", """
        public sealed partial class Store
        {
            private readonly object _sync = new();
            public void Begin() { Monitor.Enter(_sync); OnBegin(); }
            partial void OnBegin();
        }
        """, static test => test.TestState.Sources.Add("""
        public sealed partial class Store
        {
            public void End() { Monitor.Exit(_sync); }
            public void Run(Action act) { Begin(); try { act(); } finally { Monitor.Exit(_sync); } }
            partial void OnBegin() { Monitor.Exit(_sync); try { Thread.Yield(); } finally { Monitor.Enter(_sync); } }
        }
        """));

    [Fact]
    public Task Base_class_takes_what_the_derived_class_releases() => Verify.Rule("TW2003", """
        public abstract class Job
        {
            protected readonly SemaphoreSlim Gate = new(1, 1);
            public async Task RunAsync(CancellationToken ct) { await Gate.WaitAsync(ct); Start(); }
            protected abstract void Start();
        }
        public sealed class QuickJob(Action act) : Job
        {
            protected override void Start() { try { act(); } finally { Gate.Release(); } }
            public void Finish(bool failed) { if (failed) act(); base.Gate.Release(); }
        }
        """);
}

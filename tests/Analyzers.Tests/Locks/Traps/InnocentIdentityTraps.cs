using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks.Traps;

/// <summary>Which lock it is: aliases, elements, several locks of one shape, types that only share a name.</summary>
public class InnocentIdentityTraps
{
    private static Task Silent(string statements) => Verify.Rule("TW2003", Snippet.Async(statements));

    [Theory]
    [InlineData("await gate.WaitAsync(ct); try { await other.WaitAsync(ct); try { work.Do(); } finally { other.Release(); } } finally { gate.Release(); }")]
    [InlineData("gate.Wait(); try { work.Do(); other.Wait(ct); } finally { gate.Release(); } try { work.Do(); } finally { other.Release(); }")]
    [InlineData("await gate.WaitAsync(ct); await other.WaitAsync(ct); gate.Release(); try { work.Do(); } finally { other.Release(); }")]
    [InlineData("Monitor.Enter(sync); try { work.Do(); Monitor.Enter(peer); try { work.Do(); } finally { Monitor.Exit(peer); } } finally { Monitor.Exit(sync); }")]
    [InlineData("if (Monitor.TryEnter(sync)) { try { if (Monitor.TryEnter(peer)) { try { work.Do(); } finally { Monitor.Exit(peer); } } } finally { Monitor.Exit(sync); } }")]
    [InlineData("bool a = false, b = false; try { Monitor.Enter(sync, ref a); Monitor.Enter(peer, ref b); work.Do(); } finally { if (b) Monitor.Exit(peer); if (a) Monitor.Exit(sync); }")]
    public Task Two_locks_of_one_shape(string statements) => Silent(statements);

    [Theory]
    [InlineData("var alias = gate; alias.Wait(ct); try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("object alias = sync; Monitor.Enter(alias); try { work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("this.gate.Wait(); try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("gate!.Wait(); try { work.Do(); } finally { (gate).Release(); }")]
    [InlineData("Monitor.Enter((object)text); try { work.Do(); } finally { Monitor.Exit(text); }")]
    [InlineData("Monitor.Enter(Shared); try { work.Do(); } finally { Monitor.Exit(C.Shared); }")]
    [InlineData("Monitor.Enter(typeof(C)); try { work.Do(); } finally { Monitor.Exit(typeof(C)); }")]
    [InlineData("Monitor.Enter(this); try { work.Do(); } finally { Monitor.Exit(this); }")]
    [InlineData("var list = new ArrayList(); Monitor.Enter(list.SyncRoot); try { list.Add(text); } finally { Monitor.Exit(list.SyncRoot); }")]
    [InlineData("WaitHandle handle = kernel; handle.WaitOne(); try { work.Do(); } finally { ((Semaphore)handle).Release(); }")]
    [InlineData("dynamic loose = gate; loose.Wait(ct); try { work.Do(); } finally { loose.Release(); loose.Release(); }")]
    [InlineData("ref SpinLock alias = ref spin; bool taken = false; try { alias.Enter(ref taken); number++; } finally { if (taken) spin.Exit(); }")]
    public Task One_lock_by_several_names(string statements) => Verify.Rule("TW2003", "using System.Collections;\n" + Snippet.Sync(statements));

    [Fact]
    public Task Property_and_field_are_one_lock() => Verify.Rule("TW2003", """
        public class Cache<T>(Func<T> make)
        {
            private static readonly object s_sync = new();
            protected static object Sync => s_sync;
            protected SemaphoreSlim Gate { get; } = new(1, 1);
            public T Get()
            {
                Monitor.Enter(Sync);
                try { return make(); }
                finally { Monitor.Exit(s_sync); }
            }
            public async Task<T> GetAsync(CancellationToken ct)
            {
                await Gate.WaitAsync(ct);
                try { return make(); }
                finally { Gate.Release(); }
            }
            public T GetEither()
            {
                bool taken = false;
                try { make(); Monitor.Enter(Cache<T>.Sync, ref taken); return make(); }
                finally { if (taken) Monitor.Exit(Cache<T>.Sync); }
            }
        }
        """);

    [Fact]
    public Task Same_field_of_two_objects() => Verify.Rule("TW2003", """
        public sealed class Account
        {
            private readonly SemaphoreSlim _gate = new(1, 1);
            private decimal _balance;
            public async Task Move(Account target, decimal amount, CancellationToken ct)
            {
                await _gate.WaitAsync(ct);
                try
                {
                    if (amount < 0) throw new ArgumentOutOfRangeException(nameof(amount));
                    await target._gate.WaitAsync(ct);
                    try { target._balance += amount; _balance -= amount; }
                    finally { target._gate.Release(); }
                }
                finally { _gate.Release(); }
            }
            public static void Swap(Account a, Account b)
            {
                a._gate.Wait();
                b._gate.Wait();
                (a._balance, b._balance) = (b._balance, a._balance);
                a._gate.Release();
                b._gate.Release();
            }
        }
        """);

    [Fact]
    public Task Locks_in_arrays_and_dictionaries() => Verify.Rule("TW2003", """
        public sealed class Striped(Action<string> act)
        {
            private readonly object[] _stripes = Enumerable.Range(0, 16).Select(static _ => new object()).ToArray();
            private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new();
            private readonly Dictionary<int, Mutex> _mutexes = new();
            public void One(string key)
            {
                int i = (key.GetHashCode() & int.MaxValue) % _stripes.Length;
                Monitor.Enter(_stripes[i]);
                try { act(key); }
                finally { Monitor.Exit(_stripes[i]); }
            }
            public void Two(int i, int j)
            {
                Monitor.Enter(_stripes[i]);
                try
                {
                    act("");
                    Monitor.Enter(_stripes[j]);
                    try { act(""); }
                    finally { Monitor.Exit(_stripes[j]); }
                }
                finally { Monitor.Exit(_stripes[i]); }
            }
            public void All()
            {
                int taken = 0;
                try
                {
                    foreach (object stripe in _stripes)
                    {
                        Monitor.Enter(stripe);
                        taken++;
                    }
                    act("all");
                }
                finally
                {
                    for (int i = 0; i < taken; i++) Monitor.Exit(_stripes[i]);
                }
            }
            public async Task Keyed(string key, CancellationToken ct)
            {
                var gate = _gates.GetOrAdd(key, static _ => new SemaphoreSlim(1, 1));
                await gate.WaitAsync(ct);
                try { act(key); }
                finally { gate.Release(); }
            }
            public void Indexed(int key)
            {
                _mutexes[key].WaitOne();
                try { act(""); }
                finally { _mutexes[key].ReleaseMutex(); }
            }
            public void Flags(SemaphoreSlim[] gates, CancellationToken ct)
            {
                var held = new bool[gates.Length];
                try
                {
                    for (int i = 0; i < gates.Length; i++) { gates[i].Wait(ct); held[i] = true; }
                    act("");
                }
                finally
                {
                    for (int i = 0; i < gates.Length; i++) if (held[i]) gates[i].Release();
                }
            }
        }
        """);

    [Fact]
    public Task Locks_as_parameters() => Verify.Rule("TW2003", """
        public static class With
        {
            public static void Gate(SemaphoreSlim gate, Action act, CancellationToken ct) { gate.Wait(ct); try { act(); } finally { gate.Release(); } }
            public static void Spin(ref SpinLock spin, Action act)
            {
                bool taken = false;
                try { act(); spin.Enter(ref taken); act(); }
                finally { if (taken) spin.Exit(); }
            }
            public static void Enter(object sync, ref bool taken) { Monitor.Enter(sync, ref taken); }
            public static void Exit(object sync, bool taken) { if (taken) Monitor.Exit(sync); }
            public static T Sync<TLock, T>(TLock sync, Func<T> act) where TLock : class { Monitor.Enter(sync); try { return act(); } finally { Monitor.Exit(sync); } }
            public static void Leave(params SemaphoreSlim[] gates) { foreach (var gate in gates) gate.Release(); }
            public static void Both(SemaphoreSlim a, SemaphoreSlim b) { a.Wait(); b.Wait(); a.Release(); b.Release(); }
        }
        """);

    [Fact]
    public Task Using_static_and_aliases() => Verify.Rule("TW2003", """
        using static System.Threading.Monitor;
        using Gate = System.Threading.SemaphoreSlim;
        using M = System.Threading.Monitor;

        public sealed class C(Action act)
        {
            private readonly object _sync = new();
            private readonly Gate _gate = new(1, 1);
            public void A() { Enter(_sync); try { act(); } finally { Exit(_sync); } }
            public void B() { if (TryEnter(_sync, 100)) { try { act(); } finally { M.Exit(_sync); } } }
            public void D() { bool taken = false; try { act(); M.Enter(_sync, ref taken); act(); } finally { if (taken) global::System.Threading.Monitor.Exit(_sync); } }
            public async Task E(CancellationToken ct) { await _gate.WaitAsync(ct); try { act(); } finally { _gate.Release(); } }
        }
        """);

    [Fact]
    public Task Own_types_of_the_same_names_are_no_locks() => Verify.Rule("TW2003", """
        namespace Own
        {
            public sealed class SemaphoreSlim
            {
                public Task WaitAsync(CancellationToken ct) => Task.FromCanceled(ct);
                public bool Wait(int timeout) => timeout > 0;
                public void Release() { }
            }
            public static class Monitor
            {
                public static bool TryEnter(object o, int timeout) => timeout > 0;
                public static void Enter(object o) { }
                public static void Exit(object o) { }
            }
            public sealed class Mutex { public bool WaitOne(int timeout) => true; public void ReleaseMutex() { } }
            public sealed class C(Action act)
            {
                private readonly SemaphoreSlim _gate = new();
                private readonly Mutex _mutex = new();
                public async Task A(CancellationToken ct) { try { await _gate.WaitAsync(ct); act(); } finally { _gate.Release(); } }
                public void B() { try { act(); Monitor.Enter(this); } finally { Monitor.Exit(this); Monitor.Exit(this); } }
                public void D() { _gate.Wait(100); act(); _gate.Release(); Monitor.TryEnter(this, 1); Monitor.Exit(this); }
                public void E() { _mutex.WaitOne(10); try { act(); } finally { _mutex.ReleaseMutex(); } }
            }
        }
        """);

    [Fact]
    public Task Reassigned_between_release_and_release() => Verify.Rule("TW2003", """
        public sealed class C
        {
            private SemaphoreSlim _gate = new(1, 1);
            public void Rotate()
            {
                var old = _gate;
                old.Wait();
                try { _gate = new SemaphoreSlim(0, 1); }
                finally { old.Release(); }
                _gate.Release();
            }
            public void Chain(IEnumerable<SemaphoreSlim> gates)
            {
                SemaphoreSlim? last = null;
                foreach (var gate in gates)
                {
                    gate.Wait();
                    last?.Release();
                    last = gate;
                }
                last?.Release();
            }
        }
        """);
}

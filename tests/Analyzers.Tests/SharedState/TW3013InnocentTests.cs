using System.Linq;
using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.SharedState;

/// <summary>Correct code that looks guilty.</summary>
public class TW3013InnocentTests
{
    private const string Id = "TW3013";

    [Fact]
    public Task The_result_is_used() => Verify.Rule(Id, """
        class C
        {
            private int _n;
            private int _state;

            int Next() => Interlocked.Increment(ref _n);
            bool IsLast() => Interlocked.Decrement(ref _n) == 0;
            int Local() { var n = Interlocked.Increment(ref _n); return n; }
            void Start() { if (Interlocked.CompareExchange(ref _state, 1, 0) == 0) Run(); }
            void Retry()
            {
                int old;
                do
                {
                    old = _n;
                }
                while (Interlocked.CompareExchange(ref _n, old * 2, old) != old);
            }
            void Spin()
            {
                while (true)
                {
                    var old = Volatile.Read(ref _n);
                    if (Interlocked.CompareExchange(ref _n, old + 1, old) == old)
                    {
                        return;
                    }
                }
            }
            void SpinWhile() { while (Interlocked.CompareExchange(ref _state, 1, 0) != 0) { } Run(); _state = 0; }
            void Run() { }
        }
        """);

    [Fact]
    public Task The_result_is_not_needed() => Verify.Rule(Id, """
        class C
        {
            private long _hits, _bytes;
            private int _open;
            public long Hits => Interlocked.Read(ref _hits);
            void Hit() => Interlocked.Increment(ref _hits);
            void Received(int n) { Interlocked.Increment(ref _hits); Interlocked.Add(ref _bytes, n); }
            void Opened() { Interlocked.Increment(ref _open); }
            void Closed() { Interlocked.Decrement(ref _open); Interlocked.MemoryBarrier(); }
            bool Other() { Interlocked.Increment(ref _hits); return _open == 0; }
        }
        """);

    [Fact]
    public Task First_wins() => Verify.Rule(Id, """
        class C
        {
            private object? _sync;
            private Exception? _first;
            private List<int>? _list;
            private int _id;
            private int _mode;
            private static int s_ids;

            object Sync { get { if (_sync == null) { Interlocked.CompareExchange(ref _sync, new object(), null); } return _sync!; } }
            object SyncDirect { get { Interlocked.CompareExchange(ref _sync, new object(), null); return _sync; } }
            object Generic { get { Interlocked.CompareExchange<object?>(ref _sync, new object(), default); return _sync!; } }
            void Fail(Exception ex) { Interlocked.CompareExchange(ref _first, ex, null); }
            Exception FailAndTell(Exception ex) { _ = Interlocked.CompareExchange(ref _first, ex, null); return _first!; }
            void Add(int i)
            {
                Interlocked.CompareExchange(ref _list, new List<int>(), null);
                lock (_list) { _list.Add(i); }
            }
            int Id { get { Interlocked.CompareExchange(ref _id, Interlocked.Increment(ref s_ids), 0); return _id; } }
            bool IsFast() { Interlocked.CompareExchange(ref _mode, Compute(), 0); return _mode == 1; }
            bool IsDefault() { Interlocked.CompareExchange(ref _mode, 2, 0); return _mode == 2; }
            int Compute() => 1;
        }
        """);

    [Fact]
    public Task Helping_and_clearing_may_fail() => Verify.Rule(Id, """
        sealed class Node { public Node? Next; }

        class C
        {
            private Node _tail = new();
            private string? _cache;
            private int _current;

            void Help()
            {
                var tail = _tail;
                var next = tail.Next;
                if (next != null)
                {
                    Interlocked.CompareExchange(ref _tail, next, tail); // another thread may have helped
                }
            }
            void HelpAtOnce()
            {
                var tail = _tail;
                Interlocked.CompareExchange(ref _tail, tail.Next!, tail);
            }
            void ForgetIfStill(string seen) => Interlocked.CompareExchange(ref _cache, null, seen);
            void Advance(int from)
            {
                Interlocked.CompareExchange(ref _current, from + 1, from);
                if (from > 3) Console.WriteLine(from);
            }
            void OncePerPeriod(int now)
            {
                var due = _current;
                if (now >= due)
                {
                    Interlocked.CompareExchange(ref _current, due + 100, due);
                }
            }
            void HelpWhileBehind(int head)
            {
                if (_current < head)
                {
                    var old = _current;
                    Interlocked.CompareExchange(ref _current, old + 1, old);
                }
            }
            void HelpUnlessDone(int head)
            {
                if (Volatile.Read(ref _current) >= head) return;
                var old = _current;
                Interlocked.CompareExchange(ref _current, old + 1, old);
            }
            void HelpUntil(int head)
            {
                for (; _current < head; )
                {
                    var old = _current;
                    Interlocked.CompareExchange(ref _current, old + 1, old);
                }
            }
            void RetriesByReading()
            {
                for (var i = 0; i < 3; i++)
                {
                    var old = _current;
                    Interlocked.CompareExchange(ref _current, old + 1, old);
                    if (_current > old) break;
                }
            }
            void RetriesInWhile()
            {
                var done = false;
                while (!done)
                {
                    var old = _current;
                    Interlocked.CompareExchange(ref _current, old + 1, old);
                    done = _current > old;
                }
            }
            bool TestsByReading()
            {
                var old = _current;
                Interlocked.CompareExchange(ref _current, old + 1, old);
                return _current == old + 1;
            }
            void Refresh()
            {
                var old = _cache;
                var fresh = Load(old);
                Interlocked.CompareExchange(ref _cache, fresh, old);
            }
            string Load(string? old) => old + "1";
        }
        """);

    [Fact]
    public Task Under_a_lock() => Verify.Rule(Id, """
        using System.Runtime.CompilerServices;

        class C
        {
            private readonly object _gate = new();
            private readonly Lock _modern = new();
            private readonly SemaphoreSlim _semaphore = new(1, 1);
            private int _n, _busy;

            int Lock() { lock (_gate) { Interlocked.Increment(ref _n); return _n; } }
            int Modern() { lock (_modern) { Interlocked.CompareExchange(ref _n, 5, _n); return 1; } }
            int Scope() { using (_modern.EnterScope()) { Interlocked.Increment(ref _n); return _n; } }
            int Declared() { using var scope = _modern.EnterScope(); Interlocked.Increment(ref _n); return _n; }
            int Explicit() { Monitor.Enter(_gate); try { Interlocked.Increment(ref _n); return _n; } finally { Monitor.Exit(_gate); } }
            async Task<int> Async()
            {
                await _semaphore.WaitAsync();
                try
                {
                    Interlocked.Increment(ref _n);
                    return _n;
                }
                finally
                {
                    _semaphore.Release();
                }
            }
            [MethodImpl(MethodImplOptions.Synchronized)]
            int Synchronized() { Interlocked.Increment(ref _n); return _n; }
            int TryGuard()
            {
                if (Interlocked.Exchange(ref _busy, 1) != 0) return 0;
                Interlocked.Increment(ref _n);
                return _n;
            }
            void Inline(List<int> xs)
            {
                lock (_gate)
                {
                    xs.ForEach(x => { Interlocked.Increment(ref _n); if (_n == 3) Run(); });
                }
            }
            void HintOnly()
            {
                Interlocked.Increment(ref _n);
                if (_n == 10)
                {
                    lock (_gate)
                    {
                        if (_n >= 10) { _n = 0; Run(); }
                    }
                }
            }
            void HintBeforeTryGuard()
            {
                Interlocked.Increment(ref _n);
                if (_n == 10 && Interlocked.CompareExchange(ref _busy, 1, 0) == 0) Run();
            }
            void HintBeforeInnerTryGuard()
            {
                Interlocked.Increment(ref _n);
                if (_n != 10) return;
                if (Interlocked.Exchange(ref _busy, 1) == 0) Run();
            }
            void ReadUnderLock()
            {
                Interlocked.Increment(ref _n);
                lock (_gate) { if (_n == 3) Run(); }
            }
            void Run() { }
        }
        """);

    [Fact]
    public Task Before_publication() => Verify.Rule(Id, """
        class C
        {
            private static int s_n;
            private static readonly int s_first;
            private readonly int _id;
            private int _n;
            public int Shared;

            static C() { Interlocked.Increment(ref s_n); s_first = s_n; if (s_n == 1) Console.WriteLine(s_first); }
            C() { Interlocked.Increment(ref _n); if (_n == 1) Run(); _id = _n; }

            static int Fresh()
            {
                var c = new C();
                Interlocked.Increment(ref c.Shared);
                return c.Shared;
            }
            static int Made()
            {
                var c = Make();
                Interlocked.Increment(ref c.Shared);
                return c.Shared;
            }
            static C Make() => new();
            void Run() { }
        }
        """);

    [Fact]
    public Task Nobody_else_can_see_it() => Verify.Rule(Id, """
        struct Counter
        {
            private int _n;
            public int Next() { Interlocked.Increment(ref _n); return _n; }
        }

        class C
        {
            [ThreadStatic] private static int t_n;
            private int _n;

            int Local() { var n = 0; Interlocked.Increment(ref n); return n; }
            int Parameter(int n) { Interlocked.Increment(ref n); return n; }
            int OwnArray() { var a = new int[1]; Interlocked.Increment(ref a[0]); return a[0]; }
            int PerThread() { Interlocked.Increment(ref t_n); return t_n; }
            static int ByRef(ref int n) { Interlocked.Increment(ref n); return n; }
            int Alias() { ref var n = ref _n; Interlocked.Increment(ref n); return n; }
            void LambdaLocal() { Task.Run(() => { var n = 0; Interlocked.Increment(ref n); return n; }); }
        }
        """);

    [Fact]
    public Task Something_in_between_may_join_or_update() => Verify.Rule(Id, """
        class C
        {
            private int _n, _total;
            private Task[] _tasks = [];
            private readonly Barrier _barrier = new(2);

            int Joined() { Interlocked.Increment(ref _n); Task.WaitAll(_tasks); return _n; }
            async Task<int> Awaited() { Interlocked.Increment(ref _n); await Task.WhenAll(_tasks); return _n; }
            int AwaitedInline() { Interlocked.Increment(ref _n); return Join() + _n; }
            int Thread(Thread t) { Interlocked.Increment(ref _n); t.Join(); return _n; }
            int Met() { Interlocked.Increment(ref _n); _barrier.SignalAndWait(); return _n; }
            int Called() { Interlocked.Increment(ref _n); Handle(); return _n; }
            int Updated() { Interlocked.Increment(ref _n); Interlocked.Add(ref _n, 5); return 0; }
            int Written() { Interlocked.Increment(ref _n); _n = 7; return _n; }
            int Exchanged() { Interlocked.Increment(ref _n); return Interlocked.Exchange(ref _n, 0) + _n; }
            void Arrive() { Interlocked.Increment(ref _n); while (_n < _total) { } Handle(); }
            void ArriveExactly() { Interlocked.Increment(ref _n); while (_n != _total) { } Handle(); }
            void SpinUntil() { Interlocked.Increment(ref _n); SpinWait.SpinUntil(() => _n == _total); Handle(); }
            int Looped() { for (var i = 0; i < 3; i++) { Interlocked.Increment(ref _n); } return _n; }
            int Branched(bool b) { if (b) { Interlocked.Increment(ref _n); } return _n; }
            int Join() { Task.WaitAll(_tasks); return 0; }
            void Handle() => Interlocked.Decrement(ref _n);
        }
        """);

    [Fact]
    public Task Values_that_are_only_told() => Verify.Rule(Id, """
        using System.Diagnostics;

        class ProgressArgs(int done) : EventArgs { public int Done => done; }

        class C
        {
            private int _done, _gauge;
            private long _sent;
            private readonly IProgress<int> _progress = new Progress<int>();
            public event EventHandler<ProgressArgs>? Progressed;
            private readonly List<string> _lines = new();
            public int Total { get; set; }

            void Log() { Interlocked.Increment(ref _done); Console.WriteLine($"{_done} of {Total}"); }
            void LogCount() { Interlocked.Increment(ref _done); Console.WriteLine("done: {0}", _done); }
            void Trace() { Interlocked.Increment(ref _done); Debug.WriteLine(_done); }
            void Report() { Interlocked.Increment(ref _done); _progress.Report(_done); }
            void Percent() { Interlocked.Add(ref _sent, 10); var percent = _sent * 100 / Total; Show((int)percent); }
            void Raise() { Interlocked.Increment(ref _done); Progressed?.Invoke(this, new ProgressArgs(_done)); }
            void RaiseLocal() { Interlocked.Increment(ref _done); var args = new ProgressArgs(_done); Progressed?.Invoke(this, args); }
            void Told() { Interlocked.Increment(ref _done); var n = _done; Write("done", n); Console.WriteLine(n); }
            void Unused() { Interlocked.Increment(ref _done); var n = _done; }
            void Shown() { Interlocked.Increment(ref _done); Show(_done); }
            void Gauge() { Interlocked.Increment(ref _done); _gauge = _done; Total = _done; }
            void EveryThousand() { Interlocked.Increment(ref _done); if (_done % 1000 == 0) Console.WriteLine(_done); }
            void Asserted() { Interlocked.Increment(ref _done); Debug.Assert(_done == 1); }
            void Entered() { Interlocked.Increment(ref _done); if (_done != 1) throw new InvalidOperationException($"entered {_done} times"); Show(1); }
            void Show(int percent) { }
            void Write(string text, int n) { }
        }
        """);

    [Fact]
    public Task Thresholds_hold_for_every_later_value() => Verify.Rule(Id, """
        class C
        {
            private const int Limit = 10;
            private int _failures, _size, _max;

            void Fail() { Interlocked.Increment(ref _failures); if (_failures >= Limit) Open(); }
            void Grow(int n) { Interlocked.Add(ref _size, n); if (_size > _max) Open(); }
            bool IsFull() { Interlocked.Increment(ref _size); return _size > Limit; }
            void Shrink() { Interlocked.Decrement(ref _size); if (_size < Limit) Open(); }
            void ByLocal() { Interlocked.Increment(ref _failures); var n = _failures; if (n > 3) Open(); }
            void Open() { }
        }
        """);

    [Fact]
    public Task What_may_as_well_be_done_twice() => Verify.Rule(Id, """
        class C
        {
            private int _n, _expected;
            private bool _done;
            private readonly ManualResetEventSlim _slim = new();
            private readonly ManualResetEvent _event = new(false);
            private readonly AutoResetEvent _auto = new(false);
            private readonly TaskCompletionSource _source = new();
            private readonly TaskCompletionSource<int> _result = new();
            private readonly CancellationTokenSource _cts = new();

            void Slim() { Interlocked.Increment(ref _n); if (_n == _expected) _slim.Set(); }
            void Event() { Interlocked.Increment(ref _n); if (_n == _expected) { _event.Set(); _auto.Set(); } }
            void Source() { Interlocked.Increment(ref _n); if (_n == _expected) _source.TrySetResult(); }
            void Result() { Interlocked.Decrement(ref _n); if (_n == 0) { _result.TrySetResult(1); } }
            void Cancel() { Interlocked.Increment(ref _n); if (_n == 3) { _cts.Cancel(); } }
            void Flag() { Interlocked.Increment(ref _n); if (_n == 3) { _done = true; } }
            Task Handler() { Interlocked.Increment(ref _n); if (_n != _expected) return Task.CompletedTask; _slim.Set(); return Task.CompletedTask; }
            Task FailsFirst() { Interlocked.Increment(ref _n); if (_n == 1) throw new IOException("first"); return Task.CompletedTask; }
            void Claim() { Interlocked.CompareExchange(ref _n, 1, 0); if (_n == 1) _slim.Set(); }
        }
        """);

    [Fact]
    public Task States_that_are_not_the_claimed_one() => Verify.Rule(Id, """
        class C
        {
            private const int Idle = 0, Running = 1, Closed = 2;
            private int _state;

            void Start() { Interlocked.CompareExchange(ref _state, Running, Idle); if (_state == Closed) throw new ObjectDisposedException("C"); Run(); }
            void Close() { Interlocked.Exchange(ref _state, Closed); if (_state == Closed) Run(); }
            void Stop() { Interlocked.Exchange(ref _state, Closed); Run(); }
            int Current(int next) { Interlocked.Exchange(ref _state, next); return _state; }
            int Flags() { Interlocked.Or(ref _state, 4); return _state; }
            void AndFlags() { Interlocked.And(ref _state, ~4); if (_state == 0) Run(); }
            int Read() => Interlocked.CompareExchange(ref _state, 0, 0);
            int ReadItself() => Interlocked.CompareExchange(ref _state, _state, _state);
            void Run() { }
        }
        """);

    [Fact]
    public Task Another_variable() => Verify.Rule(Id, """
        class C
        {
            private int _n;
            private readonly int[] _slots = new int[8];

            int Other(C other) { Interlocked.Increment(ref _n); return other._n; }
            int Two(C a, C b) { Interlocked.Increment(ref a._n); return b._n; }
            int Slot(int i, int j) { Interlocked.Increment(ref _slots[i]); return _slots[j]; }
            int Computed(int i) { Interlocked.Increment(ref _slots[i + 1]); return _slots[i + 1]; }
            int Moved(int i) { Interlocked.Increment(ref _slots[i]); i++; return _slots[i]; }
            int Rebound(C a, C b) { Interlocked.Increment(ref a._n); a = b; return a._n; }
            int Compare(C other) { return Interlocked.CompareExchange(ref _n, 5, other._n); }
            string Name() { Interlocked.Increment(ref _n); return nameof(_n); }
            Func<int> Later() { Interlocked.Increment(ref _n); return () => _n; }
        }
        """);

    [Fact]
    public Task Suppressed_at_the_field() => Verify.Rule(Id, """
        using System.Diagnostics.CodeAnalysis;

        class C
        {
            [SuppressMessage("Threadwise", "TW3013:InterlockedResultIgnored", Justification = "one writer")]
            private int _n;

            int Next() { Interlocked.Increment(ref _n); return _n; }
        }
        """);

    [Fact]
    public Task Misses_an_argument_of_unknown_code() => Verify.Rule(Id, """
        class C
        {
            private int _ids;
            void Add() { Interlocked.Increment(ref _ids); Register(_ids); }
            void Register(int id) { }
        }
        """);

    /// <summary>Records and pushes that try again, are tested, go on from what is there now, or mean the state of a machine.</summary>
    [Theory]
    [InlineData("private int _max; void Seen(int n) { while (true) { var max = _max; if (n > max) { if (Interlocked.CompareExchange(ref _max, n, max) == max) return; } else return; } }")]
    [InlineData("private int _max; void Seen(int n) { int max; do { max = _max; if (n <= max) return; } while (Interlocked.CompareExchange(ref _max, n, max) != max); }")]
    [InlineData("private int _max; void Seen(int n) { for (var i = 0; i < 9; i++) { var max = _max; if (n > max) Interlocked.CompareExchange(ref _max, n, max); if (_max >= n) break; } }")]
    [InlineData("private int _state; void Close() { var state = _state; if (state < 3) Interlocked.CompareExchange(ref _state, 3, state); }")]
    [InlineData("private int _max; void Seen(int n, int m) { var max = _max; if (m > max) Interlocked.CompareExchange(ref _max, n, max); }")]
    [InlineData("private Node? _head; void Push(Node node) { Node? head; do { head = _head; node.Next = head; } while (Interlocked.CompareExchange(ref _head, node, head) != head); }")]
    [InlineData("private Node? _head; void First(Node node) { var head = _head; Interlocked.CompareExchange(ref _head, node, head); }")]
    [InlineData("private Node? _head; void Help(Node node) { var head = _head; if (_head == head) Interlocked.CompareExchange(ref _head, head!.Next, head); }")]
    [InlineData("private Node? _tail; void Help(Node tail) { var next = tail.Next; Interlocked.CompareExchange(ref _tail, next, tail); }")]
    public Task Records_and_pushes_that_are_right(string code) => Verify.Rule(Id, $"sealed class Node {{ public Node? Next; }} class C {{ {code} }}");

    /// <summary>Helpers that all callers call under the lock.</summary>
    [Theory]
    [InlineData("public int Next() { lock (_gate) { return NextLocked(); } } private int NextLocked() { Interlocked.Increment(ref _n); return _n; }")]
    [InlineData("public int Next() { lock (_gate) { return Deeper(); } } private int Deeper() => NextLocked(); private int NextLocked() { Interlocked.Increment(ref _n); return _n; }")]
    [InlineData("public int Next() { lock (_gate) { return Step(); int Step() { Interlocked.Increment(ref _n); return _n; } } }")]
    [InlineData("public int Next() { lock (_gate) { return NextLocked(); } } public int Two() { lock (_gate) { NextLocked(); return NextLocked(); } } private int NextLocked() { Interlocked.Increment(ref _n); return _n; }")]
    [InlineData("public int Next() { lock (_gate) { return NextLocked(); } } public int Two() => NextLocked(); private int NextLocked() { Interlocked.{|TW3013:Increment(ref _n)|}; return _n; }")]
    [InlineData("public int Next() { lock (_gate) { return NextLocked(); } } public void Reset() { lock (_gate) { _n = 0; } } public int Now => Volatile.Read(ref _n); private int NextLocked() { Interlocked.Increment(ref _n); return _n; }")]
    [InlineData("public int Next() { lock (_gate) { return NextLocked(); } } public void Reset() => Interlocked.Exchange(ref _n, 0); private int NextLocked() { Interlocked.{|TW3013:Increment(ref _n)|}; return _n; }")]
    [InlineData("public C() { _done = Done; } private readonly Action _done; private void Done() => Interlocked.Decrement(ref _n); public int Next() { lock (_gate) { return NextLocked(); } } private int NextLocked() { Interlocked.{|TW3013:Increment(ref _n)|}; return _n; }")]
    public Task A_helper_that_every_caller_calls_under_the_lock(string code) => Verify.Rule(Id, $"class C {{ private readonly object _gate = new(); private int _n; {code} }}");

    [Fact]
    public Task Misses_an_unknown_call_in_between() => Verify.Rule(Id, """
        class C
        {
            private int _n;
            int Next() { Interlocked.Increment(ref _n); Touch(); return _n; }
            static void Touch() { }
        }
        """);

    [Fact]
    public Task Misses_an_expression_that_is_nested_too_deeply() => Verify.Rule(Id, $$"""
        class C
        {
            private int _n;
            int Next() { Interlocked.Increment(ref _n); return _n + {{string.Join(" + ", Enumerable.Range(0, 600).Select(static i => $"M({i}).Length"))}}; }
            static string M(int i) => "";
        }
        """);
}

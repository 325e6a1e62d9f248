using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

/// <summary>TW2006 where the answer is kept for the release alone, and in helpers, generic types and members of other kinds.</summary>
public class DroppedAnswerShapeTests
{
    private const string Fields = """
            private static readonly object s_sync = new();
            private static int s_count;
            private readonly object _sync = new();
            private readonly object _peer = new();
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly SemaphoreSlim _signal = new(0);
            private readonly ReaderWriterLockSlim _rw = new();
            private readonly Mutex _mutex = new();
            private readonly Lock _lock = new();
            private readonly AutoResetEvent _news = new(false);
            private readonly List<int> _items = [];
            private SpinLock _spin = new(false);
            private int _value;
            private void Log(string text) => Console.WriteLine(text);
        """;

    private static Task Check(string members) => Verify.Rule("TW2006", "class C\n{\n" + Fields + "\n" + members + "\n}");

    [Theory]
    [InlineData("void M() { bool got = false; try { Monitor.{|TW2006:TryEnter(_sync, 100, ref got)|}; _value++; } finally { if (got) Monitor.Exit(_sync); } }")]
    [InlineData("void M() { var got = Monitor.{|TW2006:TryEnter(_sync, 100)|}; try { _value++; } finally { if (got) Monitor.Exit(_sync); } }")]
    [InlineData("void M() { var got = Monitor.{|TW2006:TryEnter(_sync)|}; _value++; if (got) Monitor.Exit(_sync); }")]
    [InlineData("void M(int n) { var got = _gate.{|TW2006:Wait(100)|}; try { _items.Add(n); } finally { if (got) { _gate.Release(); } } }")]
    [InlineData("async Task M(int n) { var got = await _gate.{|TW2006:WaitAsync(100)|}; try { _items.Add(n); } finally { if (got) _gate.Release(); } }")]
    [InlineData("async Task M(int n) { var got = await _gate.{|TW2006:WaitAsync(TimeSpan.FromSeconds(1))|}.ConfigureAwait(false); try { _value += n; await Task.Yield(); } finally { if (got) _gate.Release(); } }")]
    [InlineData("void M() { bool got = _rw.{|TW2006:TryEnterWriteLock(10)|}; try { _value++; } finally { if (got) _rw.ExitWriteLock(); } }")]
    [InlineData("void M() { bool got = _mutex.{|TW2006:WaitOne(10)|}; try { _value++; } finally { if (got) _mutex.ReleaseMutex(); } }")]
    [InlineData("void M() { bool got = false; try { _spin.{|TW2006:TryEnter(ref got)|}; _value++; } finally { if (got) _spin.Exit(); } }")]
    [InlineData("void M() { bool got = _lock.{|TW2006:TryEnter()|}; try { _value++; } finally { if (got) _lock.Exit(); } }")]
    [InlineData("public int P { set { bool got = Monitor.{|TW2006:TryEnter(_sync, 5)|}; try { _value += value; } finally { if (got) Monitor.Exit(_sync); } } }")]
    [InlineData("static void M() { bool got = false; Monitor.{|TW2006:TryEnter(s_sync, ref got)|}; try { s_count++; } finally { if (got) { Monitor.Exit(s_sync); } } }")]
    [InlineData("void M() { Task.Run(() => { bool got = Monitor.{|TW2006:TryEnter(_sync, 100)|}; try { _value++; } finally { if (got) Monitor.Exit(_sync); } }); }")]
    public Task The_answer_decides_about_the_release_alone(string member) => Check(member);

    [Theory]
    [InlineData("void M() { bool got = false; try { Monitor.TryEnter(_sync, 100, ref got); if (got) _value++; } finally { if (got) Monitor.Exit(_sync); } }")]
    [InlineData("void M() { bool got = false; try { Monitor.TryEnter(_sync, 100, ref got); if (!got) return; _value++; } finally { if (got) Monitor.Exit(_sync); } }")]
    [InlineData("void M() { bool got = false; try { Monitor.TryEnter(_sync, 100, ref got); if (!got) throw new TimeoutException(); _value++; } finally { if (got) Monitor.Exit(_sync); } }")]
    [InlineData("void M() { bool got = false; try { Monitor.Enter(_sync, ref got); _value++; } finally { if (got) Monitor.Exit(_sync); } }")]
    [InlineData("void M() { bool got = false; try { Monitor.TryEnter(_sync, -1, ref got); _value++; } finally { if (got) Monitor.Exit(_sync); } }")]
    [InlineData("void M() { bool got = false; try { Monitor.TryEnter(_sync, 100, ref got); Log(got ? \"in\" : \"out\"); if (got) _value++; } finally { if (got) Monitor.Exit(_sync); } }")]
    [InlineData("void M() { var got = Monitor.TryEnter(_sync, 100); if (!got) Log(\"goes on without\"); _value++; if (got) Monitor.Exit(_sync); }")]
    [InlineData("bool M() { var got = Monitor.TryEnter(_sync, 100); try { _value += got ? 1 : 0; } finally { if (got) Monitor.Exit(_sync); } return got; }")]
    [InlineData("bool M() { var got = Monitor.TryEnter(_sync, 100); try { if (_value > 3) return got; return false; } finally { if (got) Monitor.Exit(_sync); } }")]
    [InlineData("void M() { var got = Monitor.TryEnter(_sync, 100); if (got) Monitor.Exit(_sync); }")]
    [InlineData("void M() { var got = Monitor.TryEnter(_sync, 100); Log(\"one\"); if (got) Monitor.Exit(_sync); }")]
    [InlineData("void M() { var got = Monitor.TryEnter(_sync, 100); while (!got) got = Monitor.TryEnter(_sync, 100); try { _value++; } finally { if (got) Monitor.Exit(_sync); } }")]
    [InlineData("void M() { var got = Monitor.TryEnter(_sync); if (!got) { Monitor.Enter(_sync); got = true; } try { _value++; } finally { if (got) Monitor.Exit(_sync); } }")]
    [InlineData("void M(bool b) { var got = false; if (b) got = Monitor.TryEnter(_sync, 100); try { if (b == got) _value++; } finally { if (got) Monitor.Exit(_sync); } }")]
    [InlineData("void M() { var got = Monitor.TryEnter(_sync, 100); Must(got); try { _value++; } finally { if (got) Monitor.Exit(_sync); } } static void Must(bool ok) { if (!ok) throw new TimeoutException(); }")]
    [InlineData("void M() { var got = Monitor.TryEnter(_sync, 100); System.Diagnostics.Trace.Assert(got); try { _value++; } finally { if (got) Monitor.Exit(_sync); } }")]
    [InlineData("void M() { lock (_peer) { var got = Monitor.TryEnter(_sync, 100); try { if (got) _items.Clear(); } finally { if (got) Monitor.Exit(_sync); } } }")]
    [InlineData("void M() { var local = 0; var got = Monitor.TryEnter(_sync, 100); try { local++; } finally { if (got) Monitor.Exit(_sync); } Log($\"{local}\"); }")]
    [InlineData("public void Dispose() { var got = Monitor.TryEnter(_sync, 100); try { _items.Clear(); } finally { if (got) Monitor.Exit(_sync); } }")]
    [InlineData("~C() { var got = Monitor.TryEnter(_sync, 100); try { _items.Clear(); } finally { if (got) Monitor.Exit(_sync); } }")]
    [InlineData("void M() { var got = _signal.Wait(100); _value++; if (got) _signal.Release(); }")]
    [InlineData("void M() { _news.WaitOne(100); _value++; }")]
    [InlineData("void M() { var held = Monitor.IsEntered(_sync); var got = !held && Monitor.TryEnter(_sync, 100); try { if (held || got) _value++; } finally { if (got) Monitor.Exit(_sync); } }")]
    [InlineData("bool _got; void Begin() { _got = Monitor.TryEnter(_sync, 100); } void End() { if (_got) Monitor.Exit(_sync); }")]
    [InlineData("void M(int n) { var got = Monitor.TryEnter(_sync, 100); try { _value = n; } finally { if (got) Monitor.Exit(_sync); } }")]
    [InlineData("void M(int time) { var got = Monitor.TryEnter(_sync, time); try { _value++; } finally { if (got) Monitor.Exit(_sync); } }")]
    [InlineData("void M() { var got = Monitor.TryEnter(_sync, 100); try { lock (_peer) _value++; } finally { if (got) Monitor.Exit(_sync); } }")]
    [InlineData("void M() { var got = _gate.Wait(0); try { Interlocked.Increment(ref _value); } finally { if (got) _gate.Release(); } }")]
    public Task The_answer_decides_about_the_work_or_there_is_none(string member) => Check(member);

    [Theory]
    [InlineData("void M() { {|TW2006:One()|}; _value++; Monitor.Exit(_sync); } bool One() => Two(); bool Two() => Monitor.TryEnter(_sync, 10);")]
    [InlineData("async Task M() { await {|TW2006:One()|}; _value++; _gate.Release(); } Task<bool> One() => Two(); Task<bool> Two() => _gate.WaitAsync(10);")]
    [InlineData("void M() { void L() { Monitor.{|TW2006:TryEnter(_sync, 10)|}; _value++; Monitor.Exit(_sync); } L(); }")]
    [InlineData("async Task M() { await L(); async Task L() { await _gate.{|TW2006:WaitAsync(10)|}; try { _value++; } finally { _gate.Release(); } } }")]
    [InlineData("IEnumerable<int> M() { _rw.{|TW2006:TryEnterReadLock(10)|}; _value--; _rw.ExitReadLock(); yield return 1; }")]
    [InlineData("void M() { _lock.{|TW2006:TryEnter(TimeSpan.FromSeconds(1))|}; try { _value++; } finally { _lock.Exit(); } }")]
    public Task An_answer_that_nobody_asks(string member) => Check(member);

    [Theory]
    [InlineData("void M() { if (!One()) return; _value++; Monitor.Exit(_sync); } bool One() => Two(); bool Two() => Monitor.TryEnter(_sync, 10);")]
    [InlineData("async Task M() { if (!await One()) return; _value++; _gate.Release(); } Task<bool> One() => Two(); async Task<bool> Two() => await _gate.WaitAsync(10);")]
    [InlineData("void M() { if (One()) { _value++; Monitor.Exit(_sync); } } bool One() { if (Two()) return true; Log(\"busy\"); return false; } bool Two() => Monitor.TryEnter(_sync, 10);")]
    [InlineData("bool Try() => Monitor.TryEnter(_sync, 10); void Done() => Monitor.Exit(_sync); void M() { if (!Try()) throw new TimeoutException(); try { _value++; } finally { Done(); } }")]
    [InlineData("T? M<T>(Func<T> f) where T : class { if (!_lock.TryEnter(10)) return null; try { return f(); } finally { _lock.Exit(); } }")]
    public Task An_answer_of_a_helper_that_is_asked(string member) => Check(member);

    [Fact]
    public Task Parts_of_a_generic_type() => Verify.Rule("TW2006", """
        partial class Store<T>
        {
            private readonly ReaderWriterLockSlim _rw = new();
            private T? _last;
            public void Set(T value) { {|TW2006:Write()|}; _last = value; _rw.ExitWriteLock(); }
            public void Replace(T value) { if (!Write()) return; _last = value; _rw.ExitWriteLock(); }
        }

        partial class Store<T>
        {
            private bool Write() => WriteCore();
            private bool WriteCore() => _rw.TryEnterWriteLock(50);
        }
        """);
}

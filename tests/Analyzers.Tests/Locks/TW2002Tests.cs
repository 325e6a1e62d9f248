using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

public class TW2002Tests
{
    [Theory]
    [InlineData("void M() { Monitor.Enter(sync); try { n++; } finally { Monitor.Exit(sync); } }")]
    [InlineData("void M() { Monitor.Enter(sync); n++; Monitor.Exit(sync); }")]
    [InlineData("void M() { lock (sync) n++; }")]
    [InlineData("[MethodImpl(MethodImplOptions.Synchronized)] void M() { n++; }")]
    [InlineData("void M() { using (modern.EnterScope()) n++; }")]
    [InlineData("void Enter() => Monitor.Enter(sync); void Exit() => Monitor.Exit(sync);")]
    [InlineData("void Enter() { Monitor.Enter(sync); n++; } void Exit() { n--; Monitor.Exit(sync); }")]
    [InlineData("void M() { Enter(); try { n++; } finally { Monitor.Exit(sync); } } void Enter() => Monitor.Enter(sync);")]
    [InlineData("void M() { Enter(); try { n++; } finally { Exit(); } } void Enter() => Deeper(); void Deeper() => Monitor.Enter(sync); void Exit() => Monitor.Exit(sync);")]
    [InlineData("void M() { Monitor.Enter(sync); n++; Finish(sync); } static void Finish(object o) => Monitor.Exit(o);")]
    [InlineData("void M() { Monitor.Enter(sync); n++; var o = sync; Monitor.Exit(o); }")]
    [InlineData("void M() { var o = sync; Monitor.Enter(o); n++; Monitor.Exit(o); }")]
    [InlineData("object Gate => sync; void M() { Monitor.Enter(sync); n++; }")]
    [InlineData("void M() { Monitor.Enter(sync); Leave(); } void Leave() { n++; if (n > 3) Monitor.Exit(sync); }")]
    [InlineData("void M() { gate.Wait(); Task.Run(() => { n++; gate.Release(); }); }")]
    [InlineData("Task M() { gate.Wait(); return Task.Delay(1).ContinueWith(_ => gate.Release()); }")]
    [InlineData("async Task<IDisposable> M() { await gate.WaitAsync(); return new Releaser(gate); }")]
    [InlineData("Action M() { gate.Wait(); n++; return () => gate.Release(); }")]
    [InlineData("Func<int> M() { gate.Wait(); n++; return gate.Release; }")]
    [InlineData("void M() { gate.Wait(); n++; } void Reset() => gate.Release(1);")]
    [InlineData("void M(int all) { gate.Wait(); n++; if (n == all) gate.Release(all); }")]
    [InlineData("void M() { if (!gate.Wait(0)) return; n++; }")]
    [InlineData("async Task M() { if (!await gate.WaitAsync(0)) return; n++; }")]
    [InlineData("void M() { gate.Wait(); gate.Dispose(); }")]
    [InlineData("void M() { gate.Wait(); n++; gate?.Dispose(); }")]
    [InlineData("bool M(bool last) => Deeper(last); private bool Deeper(bool last) { Monitor.Enter(sync); n++; if (last) return true; Monitor.Exit(sync); return false; }")]
    [InlineData("async Task M() { using var own = new SemaphoreSlim(1, 1); async Task Work() { await own.WaitAsync(); try { n++; } finally { own.Release(); } } await Task.WhenAll(Work(), Work()); await own.WaitAsync(); Console.WriteLine(n); }")]
    [InlineData("public void Dispose() { gate.Wait(); n++; }")]
    [InlineData("async Task StopAsync() { await gate.WaitAsync(); n = 0; } async Task M() { await gate.WaitAsync(); try { n++; } finally { gate.Release(); } }")]
    [InlineData("C() { gate.Wait(); }")]
    [InlineData("static C() { single.WaitOne(); }")]
    [InlineData("void M() { single.WaitOne(); n++; }")]
    [InlineData("void M() { if (!mutex.WaitOne(0)) return; n++; }")]
    [InlineData("void M() { throttle.Wait(); n++; }")]
    [InlineData("void M() { signal.Wait(); n++; }")]
    [InlineData("void M() { given.Wait(); n++; } private readonly SemaphoreSlim given; C(SemaphoreSlim s) { given = s; }")]
    [InlineData("void M() { Open.Wait(); n++; }")]
    [InlineData("void M() { Monitor.Enter(this); n++; }")]
    [InlineData("void M() { Monitor.Enter(typeof(C)); n++; }")]
    [InlineData("void M(object o) { Monitor.Enter(o); n++; }")]
    [InlineData("void M() { Monitor.Enter(Find()); n++; } object Find() => sync;")]
    [InlineData("void M() { Monitor.Enter(sync); while (true) n++; }")]
    [InlineData("void M() { Monitor.Enter(sync); n++; Environment.FailFast(null); }")]
    [InlineData("void M() { Monitor.Enter(sync); throw new InvalidOperationException(); }")]
    [InlineData("void M() { rw.EnterReadLock(); try { n++; } finally { rw.ExitReadLock(); } rw.EnterWriteLock(); n++; rw.ExitWriteLock(); }")]
    [InlineData("void M() { old.AcquireReaderLock(-1); n++; } void N() => old.ReleaseLock();")]
    [InlineData("void M() { old.AcquireWriterLock(-1); n++; } void N() => old.ReleaseReaderLock();")]
    [InlineData("void M() { var t = false; try { Monitor.Enter(sync, ref t); n++; } finally { if (t) Monitor.Exit(sync); } }")]
    [InlineData("void M() { Monitor.Enter(sync); n++; } void N(C other) => Monitor.Exit(other.sync);")]
    [InlineData("void M() { changing = Other(); Monitor.Enter(changing); n++; } object changing = new(); static object Other() => new();")]
    [InlineData("void M() { Interlocked.CompareExchange(ref lazy, new object(), null); Monitor.Enter(lazy!); n++; } object? lazy;")]
    [InlineData("void M() { Monitor.TryEnter(sync); n++; }")]
    [InlineData("void M() { var s = new SemaphoreSlim(1, 1); s.Wait(); Task.Run(() => s.Release()); s.Wait(); s.Release(); }")]
    [InlineData("void M() { var s = new SemaphoreSlim(1, 1); s.Wait(); Take(s); }")]
    [InlineData("void M() { var s = new SemaphoreSlim(4); Parallel.For(0, 9, i => { s.Wait(); n++; }); }")]
    [InlineData("SemaphoreSlim M() { var s = new SemaphoreSlim(1, 1); s.Wait(); return s; }")]
    [InlineData("void M() { using var m = new Mutex(true, \"one\"); n++; }")]
    [InlineData("void M() { using var m = new Mutex(false, \"one\"); m.WaitOne(); n++; }")]
    [InlineData("void M() { var o = new object(); Monitor.Enter(o); n++; }")]
    [InlineData("void M() { WaitHandle.WaitAny([mutex]); mutex.WaitOne(); n++; }")]
    [InlineData("void M() { done.WaitOne(); n++; } readonly AutoResetEvent done = new(false);")]
    [InlineData("Task M() => gate.WaitAsync();")]
    [InlineData("void M() { var t = gate.WaitAsync(); n++; }")]
    public Task Innocent(string members) => Verify.Rule("TW2002", Class(members), static test => test.DisabledDiagnostics.AddRange(["TW2001", "TW2004", "TW2006"]));

    [Theory]
    [InlineData("void M() { Monitor.{|TW2002:Enter(sync)|}; n++; }")]
    [InlineData("void M() { Monitor.{|TW2002:Enter(this.sync)|}; n++; }")]
    [InlineData("void M() => Monitor.{|TW2002:Enter(sync)|};")]
    [InlineData("void M() { Monitor.{|TW2002:Enter(sync)|}; n++; } int N() { lock (sync) return n; }")]
    [InlineData("void M() { Monitor.{|TW2002:Enter(sync)|}; n++; } void N() { Monitor.Enter(sync); try { n--; } finally { Monitor.Exit(sync); } }")]
    [InlineData("void M() { Monitor.{|TW2002:Enter(sync)|}; try { n++; } finally { n--; } }")]
    [InlineData("void M() { Monitor.{|TW2002:Enter(sync)|}; while (n == 0) Monitor.Wait(sync); Monitor.PulseAll(sync); }")]
    [InlineData("void M() { if (!Monitor.{|TW2002:TryEnter(sync)|}) return; n++; }")]
    [InlineData("void M() { if (Monitor.{|TW2002:TryEnter(sync, 100)|}) { n++; } }")]
    [InlineData("void M() { var t = false; Monitor.{|TW2002:Enter(sync, ref t)|}; n++; }")]
    [InlineData("static void M() { Monitor.{|TW2002:Enter(Shared)|}; Total++; } static int Total;")]
    [InlineData("void M() { modern.{|TW2002:Enter()|}; n++; }")]
    [InlineData("void M() { gate.{|TW2002:Wait()|}; n++; }")]
    [InlineData("async Task M() { await gate.{|TW2002:WaitAsync()|}; n++; }")]
    [InlineData("async Task M(CancellationToken ct) { await gate.{|TW2002:WaitAsync(ct)|}.ConfigureAwait(false); n++; }")]
    [InlineData("async Task M() { await gate.{|TW2002:WaitAsync()|}; n++; } async Task N() { await gate.WaitAsync(); try { n--; } finally { gate.Release(); } }")]
    [InlineData("void M() { mutex.{|TW2002:WaitOne()|}; n++; }")]
    [InlineData("void M() { var t = false; spin.{|TW2002:Enter(ref t)|}; n++; } SpinLock spin;")]
    [InlineData("void M() { rw.{|TW2002:EnterReadLock()|}; n++; }")]
    [InlineData("void M() { rw.{|TW2002:EnterReadLock()|}; n++; } void N() { rw.EnterWriteLock(); try { n--; } finally { rw.ExitWriteLock(); } }")]
    [InlineData("void M() { old.{|TW2002:AcquireWriterLock(-1)|}; n++; }")]
    [InlineData("C() { Monitor.{|TW2002:Enter(sync)|}; n++; }")]
    [InlineData("int M { get { Monitor.{|TW2002:Enter(sync)|}; return n; } }")]
    [InlineData("void M() { Take(); n++; } void Take() => Deeper(); void Deeper() => Monitor.{|TW2002:Enter(sync)|};")]
    [InlineData("void M() { Action a = () => { Monitor.{|TW2002:Enter(sync)|}; n++; }; a(); }")]
    [InlineData("void M() { void Inner() { gate.{|TW2002:Wait()|}; n++; } Inner(); }")]
    [InlineData("void M() { Monitor.{|TW2002:Enter(sync)|}; n++; } void N() { Monitor.Enter(sync); n--; }")]
    [InlineData("void M<T>(IEnumerable<T> all) { foreach (var one in all) { Monitor.{|TW2002:Enter(sync)|}; n++; } }")]
    [InlineData("void M() { if (n > 3) Monitor.{|TW2002:Enter(sync)|}; n++; }")]
    [InlineData("void M() { var s = new SemaphoreSlim(1, 1); s.{|TW2002:Wait()|}; n++; }")]
    [InlineData("void M() { var s = new SemaphoreSlim(1, 1); Parallel.For(0, 9, i => { s.{|TW2002:Wait()|}; n++; }); }")]
    [InlineData("async Task M() { using var s = new SemaphoreSlim(1); await Parallel.ForAsync(0, 9, async (i, ct) => { await s.{|TW2002:WaitAsync(ct)|}; n++; }); }")]
    [InlineData("void M() { var o = new object(); Parallel.For(0, 9, i => { Monitor.{|TW2002:Enter(o)|}; n++; }); }")]
    [InlineData("async Task M() { await made.{|TW2002:WaitAsync()|}; n++; } private readonly SemaphoreSlim made; C() { made = new SemaphoreSlim(1, 1); }")]
    [InlineData("IEnumerable<int> M() { Monitor.{|TW2002:Enter(sync)|}; n++; yield break; }")]
    public Task Guilty(string members) => Verify.Rule("TW2002", Class(members), static test => test.DisabledDiagnostics.AddRange(["TW2001", "TW2004", "TW2006"]));

    /// <summary>The function pairs other acquires of the lock, and no release of it gives back this one.</summary>
    [Theory]
    [InlineData("void M(int k) { switch (k) { case 0: Monitor.Enter(sync); n = 1; Monitor.Exit(sync); break; case 1: Monitor.{|TW2002:Enter(sync)|}; n = 2; break; } }")]
    [InlineData("void M(bool a) { if (a) { Monitor.Enter(sync); n = 1; Monitor.Exit(sync); } else { Monitor.{|TW2002:Enter(sync)|}; n = 2; } }")]
    [InlineData("void M(bool a) { if (a) { Monitor.Enter(sync); try { n = 1; } finally { Monitor.Exit(sync); } return; } Monitor.{|TW2002:Enter(sync)|}; n = 2; }")]
    [InlineData("void M() { Monitor.Enter(sync); n = 1; Monitor.Exit(sync); Monitor.{|TW2002:Enter(sync)|}; n = 2; }")]
    [InlineData("int M(int k) => k switch { 0 => Paired(), _ => Left() }; int Paired() { modern.Enter(); n++; modern.Exit(); return n; } int Left() { modern.{|TW2002:Enter()|}; return n; }")]
    [InlineData("async Task M(int k) { if (k == 0) { await gate.{|TW2002:WaitAsync()|}; n++; } else { await gate.WaitAsync(); try { n--; } finally { gate.Release(); } } }")]
    [InlineData("bool M(int k) { if (k > 3) { if (!mutex.{|TW2002:WaitOne(100)|}) return false; n++; return true; } mutex.WaitOne(); n--; mutex.ReleaseMutex(); return false; }")]
    [InlineData("void M(int k) { if (k > 3) { rw.EnterReadLock(); n++; rw.ExitReadLock(); } else { rw.{|TW2002:EnterReadLock()|}; n--; } }")]
    [InlineData("void M(bool a) { if (a) { In(); n = 1; Out(); } else { {|TW2002:In()|}; n = 2; } } void In() => Monitor.Enter(sync); void Out() => Monitor.Exit(sync);")]
    [InlineData("void M(int k) { Action act = k > 3 ? () => { gate.Wait(); n++; gate.Release(); } : () => { gate.{|TW2002:Wait()|}; n--; }; act(); }")]
    [InlineData("void M(int[] all) { foreach (var i in all) { if (i > 3) { Monitor.Enter(sync); n = i; Monitor.Exit(sync); } } Monitor.{|TW2002:Enter(sync)|}; n = 0; }")]
    public Task Beside_a_pair(string members) => Verify.Rule("TW2002", Class(members));

    [Theory]
    [InlineData("void Toggle(bool on) { if (on) Monitor.Enter(sync); else Monitor.Exit(sync); }")]
    [InlineData("void Toggle(bool on) { if (on) { Monitor.Enter(sync); n++; Monitor.Exit(sync); Monitor.Enter(sync); } else { Monitor.Exit(sync); } }")]
    [InlineData("void Step(int k) { switch (k) { case 0: Monitor.Enter(sync); n = 1; Monitor.Exit(sync); break; case 1: Monitor.Enter(sync); n = 2; break; case 2: n = 3; Monitor.Exit(sync); break; } }")]
    [InlineData("void Run() { var k = 0; while (k < 3) { switch (k) { case 0: Monitor.Enter(sync); k = 1; break; case 1: Monitor.Exit(sync); Monitor.Enter(sync); k = 2; break; default: Monitor.Exit(sync); k = 3; break; } } }")]
    [InlineData("bool TryBegin(int k) { if (k > 3) { Monitor.Enter(sync); n++; Monitor.Exit(sync); return false; } Monitor.Enter(sync); return true; } void End() => Monitor.Exit(sync);")]
    [InlineData("bool TryBegin() { Monitor.Enter(sync); if (n > 3) { Monitor.Exit(sync); return false; } return true; } void End() { n++; Monitor.Exit(sync); }")]
    [InlineData("bool TryBegin(int k) { if (k == 0) { Monitor.Enter(sync); n++; Monitor.Exit(sync); return false; } return Monitor.TryEnter(sync); } void M() { if (TryBegin(1)) { n++; Monitor.Exit(sync); } }")]
    [InlineData("void M(bool a) { if (a) { Monitor.Enter(sync); n++; Monitor.Exit(sync); } else { Monitor.Enter(sync); Leave(); } } void Leave() { n++; if (n > 3) Monitor.Exit(sync); }")]
    [InlineData("void M(bool a) { if (a) { Monitor.Enter(sync); n++; Monitor.Exit(sync); } else { Monitor.Enter(sync); Finish(sync); } } static void Finish(object o) => Monitor.Exit(o);")]
    [InlineData("void M(bool a) { if (a) { gate.Wait(); n++; gate.Release(); } else { gate.Wait(); Task.Run(() => gate.Release()); } }")]
    [InlineData("IDisposable? M(bool a) { if (a) { gate.Wait(); n++; gate.Release(); return null; } gate.Wait(); return new Releaser(gate); }")]
    [InlineData("void M(bool a) { if (a) { Open.Wait(); n++; Open.Release(); } else { Open.Wait(); n--; } }")]
    [InlineData("void M(object o, bool a) { if (a) { Monitor.Enter(o); n++; Monitor.Exit(o); } else { Monitor.Enter(o); n--; } }")]
    [InlineData("void M(bool a) { if (a) { Monitor.Enter(this); n++; Monitor.Exit(this); } else { Monitor.Enter(this); n--; } }")]
    [InlineData("void M(bool a) { if (a) { Monitor.Enter(sync); n++; Monitor.Exit(sync); } else { Monitor.Enter(sync); throw new InvalidOperationException(); } }")]
    [InlineData("void M(bool a) { if (a) { Monitor.Enter(sync); n++; Monitor.Exit(sync); } else { Monitor.Enter(sync); while (true) n++; } }")]
    [InlineData("void M(bool a) { if (a) { Monitor.Enter(sync); n++; Monitor.Exit(sync); } else { Monitor.Enter(sync); n--; } if (Monitor.IsEntered(sync)) Monitor.Exit(sync); }")]
    [InlineData("void M(bool a) { if (a) { Monitor.Enter(sync); n++; Monitor.Exit(sync); } else { Monitor.Enter(sync); n--; } if (!a) Monitor.Exit(sync); }")]
    [InlineData("void M(bool a) { var held = false; if (a) { Monitor.Enter(sync); n++; Monitor.Exit(sync); } else { Monitor.Enter(sync); held = true; } if (held) Monitor.Exit(sync); }")]
    [InlineData("void Pause() { Monitor.Exit(sync); n++; Monitor.Enter(sync); }")]
    [InlineData("void M() { lock (sync) { Monitor.Exit(sync); n++; Monitor.Enter(sync); } }")]
    [InlineData("void M() { Monitor.Enter(sync); Monitor.Enter(sync); n++; Monitor.Exit(sync); Monitor.Exit(sync); }")]
    [InlineData("void Dispose(bool a) { if (a) { gate.Wait(); n++; gate.Release(); } gate.Wait(); }")]
    [InlineData("void M(bool a) { if (a) { gate.Wait(); n++; gate.Release(); } gate.Wait(); gate.Dispose(); }")]
    [InlineData("void M(int all) { for (var i = 0; i < all; i++) { if (i == 0) { gate.Wait(); n++; gate.Release(); gate.Wait(); } else if (i == all - 1) gate.Release(); } }")]
    public Task Beside_a_pair_innocent(string members) => Verify.Rule("TW2002", Class(members), static test => test.DisabledDiagnostics.AddRange(["TW2001", "TW2003"]));

    [Fact]
    public Task In_another_part() => Verify.Rule("TW2002", """
        partial class C { private readonly object _sync = new(); }
        partial class C { private int _n; void M() { Monitor.{|TW2002:Enter(_sync)|}; _n++; } }
        """);

    [Fact]
    public Task Released_in_another_part() => Verify.Rule("TW2002", """
        partial class C { private readonly object _sync = new(); void Leave() => Monitor.Exit(_sync); }
        partial class C { private int _n; void M() { Monitor.Enter(_sync); _n++; } }
        """);

    [Fact]
    public Task Released_by_a_nested_type() => Verify.Rule("TW2002", """
        class C
        {
            private readonly SemaphoreSlim _gate = new(1, 1);
            IDisposable Enter() { _gate.Wait(); return new Guard(this); }
            sealed class Guard(C owner) : IDisposable { public void Dispose() => owner._gate.Release(); }
        }
        """);

    [Fact]
    public Task Released_in_another_configuration() => Verify.Rule("TW2002", """
        class C
        {
            private readonly object _sync = new();
            private int _n;
            void M() { Monitor.Enter(_sync); _n++; }
        #if OTHER
            void N() => Monitor.Exit(_sync);
        #endif
        }
        """);

    [Fact]
    public Task A_field_that_others_can_reach() => Verify.Rule("TW2002", """
        class Base { protected readonly object Sync = new(); internal readonly SemaphoreSlim Gate = new(1, 1); protected int N; void M() { Monitor.Enter(Sync); Gate.Wait(); N++; } }
        class C : Base { void M() { Monitor.Enter(Sync); N++; } }
        """);

    [Fact]
    public Task A_nested_generic_type() => Verify.Rule("TW2002", """
        class C
        {
            class Inner<T>
            {
                private readonly object _sync = new();
                private T? _last;
                void M(T last) { Monitor.{|TW2002:Enter(_sync)|}; _last = last; }
            }
        }
        """);

    [Fact]
    public Task At_top_level_a_lambda() => Verify.Rule(
        "TW2002", "var gate = new SemaphoreSlim(1, 1); var n = 0; Parallel.For(0, 9, i => { gate.{|TW2002:Wait()|}; n++; }); gate.Wait();",
        static test => test.OutputKind = OutputKind.ConsoleApplication);

    [Fact]
    public Task TW2004_speaks_first() => Verify.Rule("TW2002", Class("void M() { Monitor.Enter(sync); try { n++; } finally { Monitor.{|TW2004:Exit(peer)|}; } }"));

    [Fact]
    public Task It_speaks_when_TW2004_is_off() => Verify.Rule(
        "TW2002", Class("void M() { Monitor.{|TW2002:Enter(sync)|}; try { n++; } finally { Monitor.Exit(peer); } }"), static test => test.DisabledDiagnostics.Add("TW2004"));

    [Fact]
    public Task Misses_a_lock_that_the_entry_point_keeps() => Verify.Rule(
        "TW2002", "var gate = new SemaphoreSlim(1, 1); gate.Wait(); Console.WriteLine();", static test => test.OutputKind = OutputKind.ConsoleApplication);

    [Theory]
    [InlineData("void M() { Monitor.Enter(list); list.Add(n); } readonly List<int> list = [];")]
    [InlineData("void M() { var o = sync; Monitor.Enter(o); n++; }")]
    [InlineData("void M() { Own.Wait(); n++; } private SemaphoreSlim Own { get; } = new(1, 1);")]
    [InlineData("void M() { Monitor.Enter(all[0]); n++; } readonly object[] all = [new()];")]
    public Task Misses(string members) => Verify.Rule("TW2002", Class(members));

    private static string Class(string members) => $$"""
        using System.Runtime.CompilerServices;

        sealed class Releaser(SemaphoreSlim gate) : IDisposable
        {
            public void Dispose() => gate.Release();
        }

        class C
        {
            public static readonly SemaphoreSlim Open = new(1, 1);
            private static readonly object Shared = new();
            private static readonly Mutex single = new(false, "single instance");
            private readonly object sync = new();
            private readonly object peer = new();
            private readonly Lock modern = new();
            private readonly SemaphoreSlim gate = new(1, 1);
            private readonly SemaphoreSlim throttle = new(4, 4);
            private readonly SemaphoreSlim signal = new(0);
            private readonly Mutex mutex = new();
            private readonly ReaderWriterLock old = new();
            private readonly ReaderWriterLockSlim rw = new();
            private int n;

            {{members}}

            private static void Take(SemaphoreSlim s) => s.Release();
        }
        """;
}

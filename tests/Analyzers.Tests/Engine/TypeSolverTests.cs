using System.Threading.Tasks;
using Xunit;

namespace Threadwise.Analyzers.Tests.Engine;

/// <summary>What the solver of a type knows: locks on entry, who owns the object, the guard of a field, what may run at once.</summary>
public class TypeSolverTests
{
    [Theory]
    [InlineData("public void A() { lock (_gate) p = 1; }", "this._gate")]
    [InlineData("public void A() { lock (_gate) { lock (_other) p = 1; } }", "this._gate, this._other")]
    [InlineData("public void A() { lock (_gate) B(); } private void B() => p = 1;", "this._gate")]
    [InlineData("public void A() { lock (_gate) B(); } private void B() => D(); private void D() { lock (_other) p = 1; }", "this._gate, this._other")]
    [InlineData("public void A() { lock (_gate) B(); } public void A2() { lock (_other) { lock (_gate) B(); } } private void B() => p = 1;", "this._gate")]
    [InlineData("public void A() { lock (_gate) B(); } public void A2() => B(); private void B() => p = 1;", "")]
    [InlineData("public void A() { lock (_gate) B(3); } private void B(int n) { p = n; if (n > 0) B(n - 1); }", "this._gate")]
    [InlineData("public void A() { lock (_gate) { void Local() => p = 1; Local(); } }", "this._gate")]
    [InlineData("public void A() { lock (_gate) _list.ForEach(x => p = x); }", "this._gate")]
    [InlineData("public void A() { lock (_gate) Task.Run(() => p = 1); }", "")]
    [InlineData("public void A() { lock (_gate) Task.Run(B); } private void B() => p = 1;", "")]
    [InlineData("private Action? _kept; public void A() { lock (_gate) _kept = () => p = 1; }", "unknown")]
    [InlineData("public void A() { Monitor.Enter(_gate); try { p = 1; } finally { Monitor.Exit(_gate); } }", "this._gate")]
    [InlineData("public void A() { if (!Monitor.TryEnter(_gate)) return; try { B(); } finally { Monitor.Exit(_gate); } } private void B() => p = 1;", "this._gate")]
    [InlineData("public void A() { Monitor.Enter(_gate); Monitor.Exit(_gate); p = 1; }", "")]
    [InlineData("public void A() { System.Diagnostics.Debug.Assert(Monitor.IsEntered(_gate)); p = 1; }", "this._gate")]
    [InlineData("public void A() { lock (_gate) B(); } public void B() => p = 1;", "unknown")]
    public async Task Locks_at_a_place_whoever_calls(string members, string expected) =>
        Assert.Equal(expected, await TypeProbes.AskAsync(members, static probes => probes.Held("p")));

    [Theory]
    [InlineData("public C() { p = 1; }", true)]
    [InlineData("public C() => Init(); private void Init() => p = 1;", true)]
    [InlineData("public C() => Init(); private void Init() => Fill(); private void Fill() => p = 1;", true)]
    [InlineData("public void Dispose() => p = 1;", true)]
    [InlineData("~C() { p = 1; }", true)]
    [InlineData("public C() => Init(); public void Reset() => Init(); private void Init() => p = 1;", false)]
    [InlineData("public C() { Task.Run(() => p = 1); }", false)]
    [InlineData("public C() { Task.Run(Init); } private void Init() => p = 1;", false)]
    [InlineData("public C() => Init(); public void Init() => p = 1;", false)]
    [InlineData("public void A() => p = 1;", false)]
    public async Task Owned_by_whoever_makes_or_ends_it(string members, bool expected) =>
        Assert.Equal(expected, await TypeProbes.AskAsync(members, static probes => probes.Owned("p")));

    [Theory]
    [InlineData("public void A() { lock (_gate) p++; } public void B() { lock (_gate) p--; } public int D() => p;", "this._gate; not in D")]
    [InlineData("public void A() { lock (_gate) Add(); } public void B() { lock (_gate) p--; } private void Add() => p++; public void D() => p = 0;", "this._gate; not in D")]
    [InlineData("public void A() { lock (_gate) p++; } public void B() { lock (_gate) p--; } public C() => p = 1;", null)]
    [InlineData("public void A() { lock (_gate) p++; } public int B() => p; public int D() => p;", null)]
    [InlineData("public void A() { lock (_gate) p++; } public void B() { lock (_other) p--; } public int D() => p;", null)]
    [InlineData("public int A() { lock (_gate) return p; } public int B() { lock (_gate) return p; } public void D() => p = 1;", null)]
    [InlineData("public void A() { lock (_gate) p++; } public void B() { lock (_gate) p--; } public void D() => Interlocked.Increment(ref p);", null)]
    public async Task The_guard_that_most_methods_keep_to(string members, string? expected) =>
        Assert.Equal(expected, await TypeProbes.AskAsync(members, static probes => probes.Guard("p")));

    [Theory]
    [InlineData("public void A() { var t = Task.Run(() => p++); p--; t.Wait(); }", true)]
    [InlineData("public void A() { var t = Task.Run(() => p++); t.Wait(); p--; }", false)]
    [InlineData("public async Task A() { var t = Task.Run(() => p++); await t; p--; }", false)]
    [InlineData("public async Task A() { var t = Task.Run(() => p++); p--; await t; }", true)]
    [InlineData("public void A() { p--; var t = Task.Run(() => p++); t.Wait(); }", false)]
    [InlineData("public void A() { var t = Task.Run(() => { lock (_gate) p++; }); lock (_other) { } lock (_gate) p--; t.Wait(); }", false)]
    [InlineData("public void A() { var t = new Thread(Up); var u = new Thread(Down); t.Start(); u.Start(); t.Join(); u.Join(); } private void Up() => p++; private void Down() => p--;", true)]
    [InlineData("public void A() { var t = new Thread(Up); var u = new Thread(Down); t.Start(); t.Join(); u.Start(); u.Join(); } private void Up() => p++; private void Down() => p--;", false)]
    [InlineData("public void A() { var t = new Thread(Up); var u = new Thread(Down); t.Start(); u.Start(); t.Join(); u.Join(); } private void Up() { lock (_gate) p++; } private void Down() { lock (_gate) p--; }", true)]
    [InlineData("public void A() { var t = new Thread(Up); var u = new Thread(Down); t.Start(); t.Join(); u.Start(); u.Join(); } private void Up() { lock (_gate) p++; } private void Down() { lock (_gate) p--; }", false)]
    [InlineData("public void A() { var t = new Thread(Up); var u = new Thread(Down); t.Start(); u.Start(); t.Join(); u.Join(); } private void Up() => Up2(); private void Up2() => Up3(); private void Up3() { lock (_gate) p++; } private void Down() { lock (_gate) Down2(); } private void Down2() => p--;", true)]
    [InlineData("public void A() { var t = new Thread(Up); var u = new Thread(Down); t.Start(); u.Start(); t.Join(); u.Join(); } private readonly AutoResetEvent _done = new(false); private void Up() { p++; _done.Set(); } private void Down() { _done.WaitOne(); p--; }", false)]
    [InlineData("public void A() { var t = new Thread(Up); t.Start(); Down(); t.Join(); } private void Up() { lock (_gate) p++; } private void Down() { lock (_gate) p--; }", true)]
    [InlineData("public void A() { var t = new Thread(Up); t.Start(); t.Join(); Down(); } private void Up() { lock (_gate) p++; } private void Down() { lock (_gate) p--; }", false)]
    [InlineData("public void A() => Parallel.Invoke(() => p++, () => p--);", true)]
    [InlineData("public void A() => Parallel.Invoke(() => { lock (_gate) p++; }, () => { lock (_gate) p--; });", true)]
    [InlineData("public void A() { Parallel.Invoke(() => p++); p--; }", false)]
    [InlineData("public void A() { for (var i = 0; i < 9; i++) ThreadPool.QueueUserWorkItem(_ => { lock (_gate) { p++; p--; } }); }", true)]
    [InlineData("public void A() { p++; p--; }", false)]
    public async Task What_may_run_at_once(string members, bool expected) =>
        Assert.Equal(expected, await TypeProbes.AskAsync(members, static probes => probes.MayRunWith("p++", "p--")));

    [Theory]
    [InlineData("public void A() => Parallel.For(0, 9, i => p++);", true)]
    [InlineData("public void A() => Parallel.For(0, 9, i => { lock (_gate) p++; });", true)]
    [InlineData("public void A() { for (var i = 0; i < 9; i++) ThreadPool.QueueUserWorkItem(_ => p++); }", true)]
    [InlineData("public void A() { for (var i = 0; i < 9; i++) { var t = Task.Run(() => p++); t.Wait(); } }", false)]
    [InlineData("public void A() { for (var i = 0; i < 9; i++) { var t = Task.Run(() => { lock (_gate) p++; }); t.Wait(); } }", false)]
    [InlineData("public void A() => Parallel.For(0, 9, i => { if (i == 3) p++; });", false)]
    public async Task What_may_run_beside_itself(string members, bool expected) =>
        Assert.Equal(expected, await TypeProbes.AskAsync(members, static probes => probes.MayRunWith("p++", "p++")));

    [Theory]
    [InlineData("public void A() { var t = Task.Run(() => p++); p--; t.Wait(); }", true)]
    [InlineData("public void A() { var t = Task.Run(() => p++); t.Wait(); p--; }", false)]
    [InlineData("public void A() { var t = new Thread(Up); var u = new Thread(Down); t.Start(); u.Start(); t.Join(); u.Join(); } private void Up() { lock (_gate) p++; } private void Down() { lock (_gate) p--; }", false)]
    [InlineData("public void A() { var t = new Thread(Up); var u = new Thread(Down); t.Start(); u.Start(); t.Join(); u.Join(); } private void Up() { lock (_gate) p++; } private void Down() { lock (_other) p--; }", true)]
    [InlineData("public void A() { var t = new Thread(Up); t.Start(); Down(); t.Join(); } private void Up() { lock (_gate) p++; } private void Down() { lock (_gate) p--; }", false)]
    [InlineData("public void A() => Parallel.Invoke(() => p++, () => p--);", true)]
    [InlineData("public void A() => Parallel.Invoke(() => { lock (_gate) p++; }, () => { lock (_gate) p--; });", false)]
    public async Task What_races(string members, bool expected) =>
        Assert.Equal(expected, await TypeProbes.AskAsync(members, static probes => probes.RacesWith("p++", "p--")));

    [Theory]
    [InlineData("public void A() => Parallel.For(0, 9, i => p++);", true)]
    [InlineData("public void A() => Parallel.For(0, 9, i => { lock (_gate) p++; });", false)]
    public async Task What_races_with_itself(string members, bool expected) =>
        Assert.Equal(expected, await TypeProbes.AskAsync(members, static probes => probes.RacesWith("p++", "p++")));
}

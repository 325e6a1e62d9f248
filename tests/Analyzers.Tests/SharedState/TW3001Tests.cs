using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.SharedState;

public class TW3001Tests
{
    [Theory]
    // A parallel loop
    [InlineData("int M(int n) { var sum = 0; Parallel.For(0, n, i => { {|TW3001:sum|} += i; }); return sum; }")]
    [InlineData("int M(int[] xs) { var count = 0; Parallel.ForEach(xs, x => { if (x > 0) {|TW3001:count|}++; }); return count; }")]
    [InlineData("int _hits; void M(int[] xs) => Parallel.ForEach(xs, x => { if (x > 0) {|TW3001:_hits|}++; });")]
    [InlineData("static long s_total; void M(int[] xs) => Parallel.ForEach(xs, x => {|TW3001:s_total|} += x);")]
    [InlineData("public int Count { get; private set; } void M(int[] xs) => Parallel.ForEach(xs, x => {|TW3001:Count|}++);")]
    [InlineData("double M(double[] xs) { double sum = 0; Parallel.For(0, xs.Length, i => {|TW3001:sum|} = sum + xs[i]); return sum; }")]
    [InlineData("int M(int[] xs) { var max = 0; Parallel.ForEach(xs, x => { {|TW3001:max|} = Math.Max(max, x); }); return max; }")]
    [InlineData("int _n; void M(int[] xs) => Parallel.ForEach(xs, Add); private void Add(int x) { {|TW3001:_n|} += x; }")]
    [InlineData("int _n; void M(int[] xs) => Parallel.ForEach(xs, x => Add(x)); private void Add(int x) => Really(x); private void Really(int x) => {|TW3001:_n|} += x;")]
    [InlineData("int M(int[] xs) { var n = 0; Parallel.ForEach(xs, x => { void Add() => {|TW3001:n|}++; Add(); }); return n; }")]
    [InlineData("async Task<int> M(int[] xs) { var n = 0; await Parallel.ForEachAsync(xs, async (x, ct) => { await Task.Delay(x, ct); {|TW3001:n|}++; }); return n; }")]
    [InlineData("int M(int n) { var total = 0; Parallel.For(0, n, () => 0, (i, state, local) => local + i, local => {|TW3001:total|} += local); return total; }")]
    [InlineData("int M(int[] xs) { var n = 0; Parallel.ForEach(xs, new ParallelOptions { MaxDegreeOfParallelism = 4 }, x => {|TW3001:n|}++); return n; }")]
    [InlineData("int M(int[] xs) { var n = 0; var o = new ParallelOptions { MaxDegreeOfParallelism = 4 }; Parallel.ForEach(xs, o, x => {|TW3001:n|}++); return n; }")]
    [InlineData("int M(int[] xs, CancellationToken ct) { var n = 0; var o = new ParallelOptions { CancellationToken = ct, TaskScheduler = TaskScheduler.Default }; Parallel.ForEach(xs, o, x => {|TW3001:n|}++); return n; }")]
    [InlineData("int M(int[] xs) { var n = 0; var o = new ParallelOptions(); o.MaxDegreeOfParallelism = Environment.ProcessorCount * 2; Parallel.ForEach(xs, o, x => {|TW3001:n|}++); Console.WriteLine(o.MaxDegreeOfParallelism); return n; }")]
    [InlineData("readonly ParallelOptions _o = new() { MaxDegreeOfParallelism = 4 }; int _n; void M(int[] xs) => Parallel.ForEach(xs, _o, x => {|TW3001:_n|}++);")]
    [InlineData("int _n; void M(int[] xs) => All(xs, new ParallelOptions { MaxDegreeOfParallelism = 8 }); private void All(int[] xs, ParallelOptions o) => Parallel.ForEach(xs, o, x => {|TW3001:_n|}++);")]
    [InlineData("int M(int[] xs) { var n = 0; Parallel.Invoke(() => {|TW3001:n|}++, () => n++); return n; }")]
    // An element that all mean
    [InlineData("int[] M(byte[] data) { var histogram = new int[256]; Parallel.For(0, data.Length, i => {|TW3001:histogram[data[i]]|}++); return histogram; }")]
    [InlineData("void M(int[] xs, int[] sum) => Parallel.ForEach(xs, x => {|TW3001:sum[0]|} += x);")]
    [InlineData("void M(int[] xs, int[] by) => Parallel.ForEach(xs, x => {|TW3001:by[x % 10]|}++);")]
    [InlineData("void M(int[][] rows, int[] columns) => Parallel.For(0, rows.Length, i => { for (var j = 0; j < columns.Length; j++) {|TW3001:columns[j]|} += rows[i][j]; });")]
    // Threads and tasks in a loop
    [InlineData("int _n; void M() { var ts = new Thread[4]; for (var i = 0; i < ts.Length; i++) { ts[i] = new Thread(() => {|TW3001:_n|}++); ts[i].Start(); } foreach (var t in ts) t.Join(); }")]
    [InlineData("int _n; void M() { var ts = new List<Thread>(); for (var i = 0; i < 4; i++) ts.Add(new Thread(Work)); foreach (var t in ts) t.Start(); foreach (var t in ts) t.Join(); } private void Work() { for (var i = 0; i < 1000; i++) {|TW3001:_n|}++; }")]
    [InlineData("async Task<int> M(int[] xs) { var n = 0; var tasks = new List<Task>(); foreach (var x in xs) tasks.Add(Task.Run(() => { {|TW3001:n|} += x; })); await Task.WhenAll(tasks); return n; }")]
    [InlineData("async Task<int> M(int[] xs) { var n = 0; await Task.WhenAll(xs.Select(x => Task.Run(() => {|TW3001:n|} += x))); return n; }")]
    [InlineData("int M(int[] xs) { var n = 0; var tasks = xs.Select(x => Task.Run(() => {|TW3001:n|} += x)).ToArray(); Task.WaitAll(tasks); return n; }")]
    [InlineData("static int s_n; void M() { for (var i = 0; i < 10; i++) ThreadPool.QueueUserWorkItem(_ => {|TW3001:s_n|}++); }")]
    // Two bodies
    [InlineData("int M() { var n = 0; var a = new Thread(() => {|TW3001:n|}++); var b = new Thread(() => n++); a.Start(); b.Start(); a.Join(); b.Join(); return n; }")]
    [InlineData("int _n; void M() { var a = new Thread(Up); var b = new Thread(Down); a.Start(); b.Start(); a.Join(); b.Join(); } private void Up() => {|TW3001:_n|}++; private void Down() => _n--;")]
    [InlineData("int _n; async Task M() { var a = Task.Run(() => {|TW3001:_n|}++); var b = Task.Run(() => _n = 0); await Task.WhenAll(a, b); }")]
    [InlineData("int _n; void M() { var a = new Thread(Add); var b = new Thread(Add); a.Start(); b.Start(); a.Join(); b.Join(); } private void Add() { for (var i = 0; i < 10; i++) {|TW3001:_n|}++; }")]
    // The starter
    [InlineData("int M() { var n = 0; var t = new Thread(() => n++); t.Start(); {|TW3001:n|}++; t.Join(); return n; }")]
    [InlineData("int _n; void M() { var t = Task.Run(() => { for (var i = 0; i < 9; i++) _n++; }); {|TW3001:_n|} += 5; t.Wait(); }")]
    [InlineData("int _n; void M() { var t = new Thread(Add); t.Start(); Add(); t.Join(); } private void Add() => {|TW3001:_n|}++;")]
    [InlineData("int _n; void M() { var t = Task.Run(() => { _n--; }); Count(); t.Wait(); } private void Count() => Add(2); private void Add(int n) => {|TW3001:_n|} += n;")]
    [InlineData("readonly object _a = new(); int _n; void M() { var t = new Thread(() => { lock (_a) _n++; }); t.Start(); Add(); t.Join(); } private void Add() => {|TW3001:_n|}++;")]
    // Two locks, or one for each thread
    [InlineData("readonly object _a = new(); readonly object _b = new(); int _n; void M() { var x = new Thread(() => { lock (_a) {|TW3001:_n|}++; }); var y = new Thread(() => { lock (_b) _n++; }); x.Start(); y.Start(); x.Join(); y.Join(); }")]
    [InlineData("int M(int[] xs) { var n = 0; Parallel.ForEach(xs, x => { var gate = new object(); lock (gate) {|TW3001:n|} += x; }); return n; }")]
    [InlineData("readonly ReaderWriterLockSlim _rw = new(); int _n; void M(int[] xs) => Parallel.ForEach(xs, x => { _rw.EnterReadLock(); try { {|TW3001:_n|}++; } finally { _rw.ExitReadLock(); } });")]
    [InlineData("int _n; void M() => OnThreads(() => {|TW3001:_n|}++); void OnThreads(Action step) { var ts = new List<Thread>(); for (var i = 0; i < 4; i++) { var t = new Thread(() => { for (var r = 0; r < 9; r++) step(); }); t.Start(); ts.Add(t); } ts.ForEach(t => t.Join()); }")]
    [InlineData("int M() { var n = 0; OnThreads(() => {|TW3001:n|}++); return n; } static void OnThreads(Action step) { var ts = new Thread[4]; for (var i = 0; i < 4; i++) { ts[i] = new Thread(() => step()); ts[i].Start(); } foreach (var t in ts) t.Join(); }")]
    [InlineData("int M() { var n = 0; OnPool(4, () => { Work(); {|TW3001:n|} += 2; }); return n; } static void OnPool(int count, Action step) => Parallel.For(0, count, _ => step()); static void Work() { }")]
    [InlineData("async Task<int> M() { var n = 0; await OnTasks(async () => { await Task.Yield(); {|TW3001:n|}++; }); return n; } static Task OnTasks(Func<Task> step) => Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () => { for (var i = 0; i < 9; i++) await step(); })));")]
    [InlineData("int _n; void M() => OnThreads(Count); void Count() => {|TW3001:_n|}++; static void OnThreads(Action step) => Parallel.For(0, 4, _ => step());")]
    [InlineData("int _n; void M() { void Each(Action step) => Parallel.For(0, 4, _ => step()); Each(() => {|TW3001:_n|}++); }")]
    [InlineData("sealed class Totals { public int Sum; } int M(int[] xs) { var totals = new Totals(); Parallel.ForEach(xs, x => {|TW3001:totals.Sum|} += x); return totals.Sum; }")]
    // By way of a local, and a local that is no thread's own
    [InlineData("int M(int[] xs) { var n = 0; Parallel.ForEach(xs, x => { var old = n; Console.WriteLine(x); {|TW3001:n|} = old + x; }); return n; }")]
    [InlineData("int _n; void M(int[] xs) => Parallel.ForEach(xs, Add); private void Add(int x) { int old = _n; {|TW3001:_n|} = old < x ? x : old; }")]
    [InlineData("void M(int[] xs, int[] r) { int tmp; Parallel.For(0, xs.Length, i => { {|TW3001:tmp|} = xs[i] * 2; r[i] = tmp + 1; }); }")]
    [InlineData("void M(string[] xs) { var line = \"\"; Parallel.ForEach(xs, x => { {|TW3001:line|} = x.Trim(); Console.WriteLine(line); }); }")]
    // A local function of the starter, by way of another; a function that forks itself and shares what its own forks share
    [InlineData("void M(int[] xs) { var n = 0; void Up() => {|TW3001:n|}++; void Twice() { Up(); Up(); } Parallel.ForEach(xs, x => Twice()); }")]
    [InlineData("static int Walk(int d) { var n = 0; Parallel.For(0, d, i => { {|TW3001:n|} += Walk(i); }); return n; }")]
    [InlineData("struct S { public int A; } S _s; void M(int[] xs) => Parallel.ForEach(xs, x => {|TW3001:_s.A|}++);")]
    [InlineData("async Task<int> M(int[] xs) { var n = 0; var tasks = xs.Select(x => Task.Run(() => {|TW3001:n|} += x)); await Task.WhenAll(tasks); return n; }")]
    // By way of a property that gives and stores a field
    [InlineData("int _n; int N { get => _n; set => _n = value; } void M(int[] xs) => Parallel.ForEach(xs, x => { {|TW3001:N|}++; });")]
    [InlineData("int _n; public int N { get { return _n; } set { _n = value; } } void M(int[] xs) => Parallel.ForEach(xs, x => Up(x)); private void Up(int x) => {|TW3001:N|} += x;")]
    [InlineData("static long s_n; static long N { get => s_n; set => s_n = value; } void M(int[] xs) => Parallel.ForEach(xs, x => { {|TW3001:N|} -= x; });")]
    public Task Updates_that_get_lost_are_reported(string code) => Verify.Rule("TW3001", In(code));

    [Theory]
    // The starter's helper, and what keeps it apart
    [InlineData("int _n; void M() { var t = new Thread(Add); t.Start(); t.Join(); Add(); } private void Add() => _n++;")]
    [InlineData("int _n; void M() { Add(); var t = new Thread(Add); t.Start(); t.Join(); } private void Add() => _n++;")]
    [InlineData("readonly object _a = new(); int _n; void M() { var t = new Thread(Add); t.Start(); Add(); t.Join(); } private void Add() { lock (_a) _n++; }")]
    [InlineData("readonly object _a = new(); int _n; void M() { var t = new Thread(() => { lock (_a) _n++; }); t.Start(); lock (_a) Add(); t.Join(); } private void Add() => _n++;")]
    [InlineData("int _n; Thread? _t; void M() { _t = new Thread(() => _n++); _t.Start(); Stop(); } private void Stop() { _t!.Join(); _n++; }")]
    [InlineData("readonly ManualResetEventSlim _done = new(); int _n; void M() { var t = new Thread(() => { _n++; _done.Set(); }); t.Start(); Add(); t.Join(); } private void Add() { _done.Wait(); _n++; }")]
    [InlineData("int _n; void M() { var t = new Thread(() => _n++); t.Start(); Other(new C()); t.Join(); } private static void Other(C c) => c._n++;")]
    [InlineData("void M() { var t = new Thread(Add); t.Start(); Add(); t.Join(); } private void Add() { var n = 0; n++; Console.WriteLine(n); }")]
    // Kept apart by a lock
    [InlineData("int M(int[] xs) { var n = 0; var gate = new object(); Parallel.ForEach(xs, x => { lock (gate) n += x; }); return n; }")]
    [InlineData("readonly object _gate = new(); int _n; void M(int[] xs) => Parallel.ForEach(xs, x => { lock (_gate) _n++; });")]
    [InlineData("readonly Lock _gate = new(); int _n; void M(int[] xs) => Parallel.ForEach(xs, x => { using (_gate.EnterScope()) _n++; });")]
    [InlineData("readonly Lock _gate = new(); int _n; void M(int[] xs) => Parallel.ForEach(xs, x => { using var scope = _gate.EnterScope(); _n++; });")]
    [InlineData("readonly object _gate = new(); int _n; void M(int[] xs) => Parallel.ForEach(xs, x => { Monitor.Enter(_gate); try { _n++; } finally { Monitor.Exit(_gate); } });")]
    [InlineData("readonly object _gate = new(); int _n; void M(int[] xs) => Parallel.ForEach(xs, x => { if (Monitor.TryEnter(_gate, 10)) { try { _n++; } finally { Monitor.Exit(_gate); } } });")]
    [InlineData("readonly SemaphoreSlim _gate = new(1, 1); int _n; void M(int[] xs) => Parallel.ForEach(xs, x => { _gate.Wait(); try { _n++; } finally { _gate.Release(); } });")]
    [InlineData("SpinLock _spin; int _n; void M(int[] xs) => Parallel.ForEach(xs, x => { var taken = false; try { _spin.Enter(ref taken); _n++; } finally { if (taken) _spin.Exit(); } });")]
    [InlineData("readonly ReaderWriterLockSlim _rw = new(); int _n; void M(int[] xs) => Parallel.ForEach(xs, x => { _rw.EnterWriteLock(); try { _n++; } finally { _rw.ExitWriteLock(); } });")]
    [InlineData("readonly object _gate = new(); int _n; void M(int[] xs) => Parallel.ForEach(xs, x => { lock (_gate) Add(x); }); private void Add(int x) => _n += x;")]
    [InlineData("readonly object _gate = new(); int _n; void M(int[] xs) => Parallel.ForEach(xs, Add); private void Add(int x) { lock (_gate) Really(x); } private void Really(int x) => _n += x;")]
    [InlineData("int _n; void M(int[] xs) => Parallel.ForEach(xs, x => Add()); [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.Synchronized)] private void Add() => _n++;")]
    [InlineData("int M(int[] xs, object gate) { var n = 0; Parallel.ForEach(xs, x => { lock (gate) n += x; }); return n; }")]
    [InlineData("int M() { var n = 0; OnThreads(() => { lock (this) n++; }); return n; } static void OnThreads(Action step) => Parallel.For(0, 4, _ => step());")]
    [InlineData("int M() { var n = 0; OnThreads(() => n++); return n; } static void OnThreads(Action step) => Parallel.For(0, 4, _ => { lock (s_gate) step(); }); static readonly object s_gate = new();")]
    [InlineData("int M() { var n = 0; OnThread(() => n++); return n; } static void OnThread(Action step) { var t = new Thread(() => { for (var r = 0; r < 9; r++) step(); }); t.Start(); t.Join(); }")]
    [InlineData("int M() { var n = 0; Times(4, () => n++); return n; } static void Times(int count, Action step) { for (var i = 0; i < count; i++) step(); }")]
    [InlineData("int M() { var n = 0; OneByOne(() => n++); return n; } static void OneByOne(Action step) { for (var i = 0; i < 4; i++) { var t = new Thread(() => step()); t.Start(); t.Join(); } }")]
    [InlineData("int M() { var n = 0; OnThreads(() => n++, () => { }); return n; } static void OnThreads(Action first, Action step) { first(); Parallel.For(0, 4, _ => step()); }")]
    [InlineData("int M() { var n = 0; OnThreads(() => Interlocked.Increment(ref n)); return n; } static void OnThreads(Action step) => Parallel.For(0, 4, _ => step());")]
    [InlineData("void M() => OnThreads(() => { var n = 0; n++; Console.WriteLine(n); }); static void OnThreads(Action step) => Parallel.For(0, 4, _ => step());")]
    [InlineData("int M() { var n = 0; OnThreads(() => n++); return n; } static void OnThreads(Action step) => Parallel.For(0, 4, i => { if (i == 0) step(); });")]
    [InlineData("int M() { var n = 0; OnThreads(() => n++); return n; } static void OnThreads(Action step) { step = () => { }; Parallel.For(0, 4, _ => step()); }")]
    [InlineData("int M() { var n = 0; Again(3, () => n++); return n; } static void Again(int depth, Action step) { if (depth > 0) Again(depth - 1, step); else step(); }")]
    [InlineData("int _n; void M(Account[] xs) => Parallel.ForEach(xs, x => { lock (x) _n++; }); sealed class Account { }")]
    [InlineData("readonly object[] _locks = { new() }; int _n; void M(int[] xs) => Parallel.ForEach(xs, x => { lock (_locks[x & 0]) _n++; });")]
    [InlineData("int _n; readonly IGuard _guard = null!; void M(int[] xs) => Parallel.ForEach(xs, x => { using (_guard.Take()) _n++; }); interface IGuard { IDisposable Take(); }")]
    [InlineData("int _n; readonly MyLock _lock = new(); void M(int[] xs) => Parallel.ForEach(xs, x => { _lock.Grab(); try { _n++; } finally { _lock.Drop(); } }); sealed class MyLock { public void Grab() { } public void Drop() { } }")]
    [InlineData("int _n; void M(int[] xs) => Parallel.ForEach(xs, x => WithLock(() => _n++)); readonly object _gate = new(); private void WithLock(Action action) { lock (_gate) action(); }")]
    [InlineData("readonly object _gate = new(); int M(int[] xs) { var n = 0; Parallel.ForEach(xs, x => { lock (_gate) { xs.Select(y => n += y).ToArray(); } }); return n; }")]
    // Atomic
    [InlineData("int M(int[] xs) { var n = 0; Parallel.ForEach(xs, x => Interlocked.Add(ref n, x)); return n; }")]
    [InlineData("int _n; void M(int[] xs) => Parallel.ForEach(xs, x => Interlocked.Increment(ref _n));")]
    [InlineData("int _busy; int _n; void M(int[] xs) => Parallel.ForEach(xs, x => { if (Interlocked.CompareExchange(ref _busy, 1, 0) == 0) { _n++; Volatile.Write(ref _busy, 0); } });")]
    [InlineData("int _busy; int _n; void M(int[] xs) => Parallel.ForEach(xs, x => { if (Interlocked.Exchange(ref _busy, 1) == 1) return; _n++; Volatile.Write(ref _busy, 0); });")]
    // One thread's own
    [InlineData("void M(int[] xs) => Parallel.ForEach(xs, x => { var n = 0; for (var i = 0; i < x; i++) n++; Console.WriteLine(n); });")]
    [InlineData("void M(int[] xs) { var r = new int[xs.Length]; Parallel.For(0, xs.Length, i => { r[i] += xs[i]; }); }")]
    [InlineData("void M(int[] xs, int[] r) => Parallel.For(0, xs.Length, i => { var slot = i; r[slot]++; r[i + 1 - 1] += 2; });")]
    [InlineData("void M(double[,] c, double[,] a, int n) => Parallel.For(0, n, i => { for (var j = 0; j < n; j++) c[i, j] += a[i, j]; });")]
    [InlineData("void M(double[][] c, double[][] a) => Parallel.For(0, c.Length, i => { for (var j = 0; j < c[i].Length; j++) c[i][j] += a[i][j]; });")]
    [InlineData("void M(double[] c, int n) => Parallel.For(0, n, i => { for (var j = 0; j < n; j++) c[i * n + j] += 1; });")]
    [InlineData("void M(int[] r, int parts) => Parallel.For(0, parts, p => { var from = p * 100; var to = from + 100; for (var j = from; j < to; j++) r[j]++; });")]
    [InlineData("[ThreadStatic] static int s_n; void M(int[] xs) => Parallel.ForEach(xs, x => s_n++);")]
    [InlineData("void M(Item[] xs) => Parallel.ForEach(xs, x => x.Count++); sealed class Item { public int Count; }")]
    [InlineData("void M(int[] xs) { foreach (var x in xs) { var n = 0; var t = new Thread(() => n += x); t.Start(); t.Join(); Console.WriteLine(n); } }")]
    [InlineData("void M(int[] xs) { var tasks = new List<Task>(); foreach (var x in xs) { var n = 0; tasks.Add(Task.Run(() => { n += x; Console.WriteLine(n); })); } Task.WaitAll(tasks.ToArray()); }")]
    [InlineData("int M(int n) { var total = 0; Parallel.For(0, n, () => 0, (i, state, local) => { local += i; return local; }, local => Interlocked.Add(ref total, local)); return total; }")]
    [InlineData("int _n; void M(int[] xs) => Parallel.For(0, xs.Length, i => { if (i == 0) _n++; });")]
    [InlineData("void M() { var ws = new List<Worker>(); for (var i = 0; i < 4; i++) { var w = new Worker(); ws.Add(w); new Thread(w.Run).Start(); } } sealed class Worker { int _n; public void Run() { _n++; } }")]
    // One at a time
    [InlineData("int M(int[] xs) { var n = 0; foreach (var x in xs) { var t = Task.Run(() => n += x); t.Wait(); } return n; }")]
    [InlineData("async Task<int> M(int[] xs) { var n = 0; foreach (var x in xs) await Task.Run(() => n += x); return n; }")]
    [InlineData("int M() { var n = 0; var a = new Thread(() => n++); a.Start(); a.Join(); var b = new Thread(() => n++); b.Start(); b.Join(); return n; }")]
    [InlineData("async Task<int> M() { var n = 0; await Task.Run(() => n++); n++; await Task.Run(() => n++); return n; }")]
    [InlineData("int M() { var n = 0; var t = new Thread(() => n++); n++; t.Start(); t.Join(); n++; return n; }")]
    [InlineData("int M(int[] xs) { var n = 0; xs.ToList().ForEach(x => n += x); return n; }")]
    [InlineData("int M(int[] xs) { var n = 0; Parallel.ForEach(xs, new ParallelOptions { MaxDegreeOfParallelism = 1 }, x => n += x); return n; }")]
    [InlineData("int M(int[] xs) { var n = 0; var o = new ParallelOptions { MaxDegreeOfParallelism = 1 }; Parallel.ForEach(xs, o, x => n += x); return n; }")]
    [InlineData("int M(int[] xs) { var n = 0; var o = new ParallelOptions(); o.MaxDegreeOfParallelism = 1; Parallel.ForEach(xs, o, x => n += x); return n; }")]
    [InlineData("int M(int[] xs, int k) { var n = 0; var o = new ParallelOptions { MaxDegreeOfParallelism = k }; Parallel.ForEach(xs, o, x => n += x); return n; }")]
    [InlineData("int M(int[] xs, bool one) { var n = 0; var o = new ParallelOptions { MaxDegreeOfParallelism = 4 }; if (one) o.MaxDegreeOfParallelism = 1; Parallel.ForEach(xs, o, x => n += x); return n; }")]
    [InlineData("int M(int[] xs, TaskScheduler s) { var n = 0; var o = new ParallelOptions { TaskScheduler = s }; Parallel.ForEach(xs, o, x => n += x); return n; }")]
    [InlineData("int M(int[] xs, Action<ParallelOptions> configure) { var n = 0; var o = new ParallelOptions(); configure(o); Parallel.ForEach(xs, o, x => n += x); return n; }")]
    [InlineData("readonly ParallelOptions _o = new() { MaxDegreeOfParallelism = 1 }; int _n; void M(int[] xs) => Parallel.ForEach(xs, _o, x => _n++);")]
    [InlineData("readonly ParallelOptions _o = new(); C(int degree) => _o.MaxDegreeOfParallelism = degree; int _n; void M(int[] xs) => Parallel.ForEach(xs, _o, x => _n++);")]
    [InlineData("public readonly ParallelOptions Options = new(); int _n; void M(int[] xs) => Parallel.ForEach(xs, Options, x => _n++);")]
    [InlineData("ParallelOptions _o = new(); void Set(ParallelOptions o) => _o = o; int _n; void M(int[] xs) => Parallel.ForEach(xs, _o, x => _n++);")]
    [InlineData("int M(int[] xs, ParallelOptions options) { var n = 0; Parallel.ForEach(xs, options, x => n += x); return n; }")]
    [InlineData("int M(int[] xs, TaskScheduler one) { var n = 0; foreach (var x in xs) Task.Factory.StartNew(() => n += x, CancellationToken.None, TaskCreationOptions.None, one); return n; }")]
    [InlineData("int M(int[] xs, TaskFactory one) { var n = 0; foreach (var x in xs) one.StartNew(() => n += x); return n; }")]
    [InlineData("int _n; void M(int[] xs) { foreach (var t in xs.Select(x => Task.Run(() => _n += x))) t.Wait(); }")]
    // In an order that they make themselves
    [InlineData("int M() { var n = 0; var done = new ManualResetEventSlim(); var a = new Thread(() => { n++; done.Set(); }); var b = new Thread(() => { done.Wait(); n++; }); a.Start(); b.Start(); a.Join(); b.Join(); return n; }")]
    [InlineData("int _n; void M(Barrier barrier) { var a = new Thread(() => { _n++; barrier.SignalAndWait(); }); var b = new Thread(() => { barrier.SignalAndWait(); _n++; }); a.Start(); b.Start(); a.Join(); b.Join(); }")]
    [InlineData("int _n; void M(AutoResetEvent turn, int[] xs) => Parallel.ForEach(xs, x => { turn.WaitOne(); _n++; turn.Set(); });")]
    [InlineData("int _n; void M() { var a = new Thread(() => _n++); var b = new Thread(() => { a.Join(); _n++; }); a.Start(); b.Start(); b.Join(); }")]
    // No lost update
    [InlineData("bool M(int[] xs) { var found = false; Parallel.ForEach(xs, x => { if (x == 3) found = true; }); return found; }")]
    [InlineData("volatile bool _stop; void M() { var t = new Thread(() => { while (!_stop) { } }); t.Start(); _stop = true; t.Join(); }")]
    [InlineData("string? _last; void M(string[] xs) => Parallel.ForEach(xs, x => _last = x);")]
    [InlineData("object? _cache; void M(int[] xs) => Parallel.ForEach(xs, x => _cache ??= new object());")]
    [InlineData("int _n; void M() { _n++; } public int N => _n;")]
    [InlineData("void M(int[] xs) { string? cache = null; Parallel.ForEach(xs, x => { if (cache == null) cache = Environment.MachineName; Console.WriteLine(cache); }); }")]
    [InlineData("void M(int[] xs, int[] r) => Parallel.For(0, xs.Length, i => { int tmp; tmp = xs[i] * 2; r[i] = tmp + 1; });")]
    [InlineData("int M(int[] xs) { var found = 0; Parallel.ForEach(xs, x => { if (x > 3) found = x; }); return found; }")]
    [InlineData("void M(int[] xs, int[] r) { int tmp; var gate = new object(); Parallel.For(0, xs.Length, i => { lock (gate) { tmp = xs[i] * 2; r[i] = tmp + 1; } }); }")]
    [InlineData("struct S { int _n; public void M() { _n++; Console.WriteLine(_n); } }")]
    [InlineData("event Action? Done; void M(int[] xs) => Parallel.ForEach(xs, x => Done += () => { });")]
    // By slots of their own, by turns, and in branches of which one is taken
    [InlineData("int _n; async Task M() { var a = Task.Run(() => { _n++; }); var b = Task.Run(async () => { await a; _n++; }); await Task.WhenAll(a, b); }")]
    [InlineData("void M(int[] r) { var ts = new List<Thread>(); for (var i = 0; i < r.Length; i++) { var k = i; var t = new Thread(() => { for (var j = 0; j < 100; j++) r[k]++; }); t.Start(); ts.Add(t); } ts.ForEach(t => t.Join()); }")]
    [InlineData("void M(int[] r) { var ts = new List<Thread>(); for (var i = 0; i < r.Length; i++) { var t = new Thread(o => { r[(int)o!]++; }); t.Start(i); ts.Add(t); } foreach (var t in ts) t.Join(); }")]
    [InlineData("int _n; async Task M(int[] xs) { Task prev = Task.CompletedTask; foreach (var x in xs) { await prev; prev = Task.Run(() => _n += x); } await prev; }")]
    [InlineData("sealed class St { public int N; } void M() { var states = Enumerable.Range(0, 4).Select(_ => new St()).ToArray(); Parallel.For(0, 4, i => states[i].N++); }")]
    [InlineData("int _n; Task M(int b) => b switch { 0 => Task.Run(() => _n++), 1 => Task.Run(() => _n--), _ => Task.CompletedTask };")]
    [InlineData("int _n; void M(int[] xs) => xs.AsParallel().WithDegreeOfParallelism(1).ForAll(x => _n += x);")]
    [InlineData("readonly ReaderWriterLockSlim _rw = new(); int _n; void M(int[] xs) => Parallel.ForEach(xs, x => { _rw.EnterUpgradeableReadLock(); try { _n++; } finally { _rw.ExitUpgradeableReadLock(); } });")]
    [InlineData("void M(int[] perm, int[] r) => Parallel.For(0, perm.Length, i => { r[perm[i]] += i; });")]
    [InlineData("sealed class It { public int Id; } void M(It[] its, int[] r) => Parallel.ForEach(its, it => r[it.Id]++);")]
    [InlineData("void M(int[] xs, int[] r, ThreadLocal<int> slot) => Parallel.ForEach(xs, x => r[slot.Value] += x);")]
    [InlineData("volatile bool _ready; int _n; void M() { var t = new Thread(() => { _n++; _ready = true; }); t.Start(); SpinWait.SpinUntil(() => _ready); _n++; t.Join(); }")]
    [InlineData("int _n; void M() { var a = new Thread(() => _n++); a.Start(); a.Join(); Parallel.Invoke(() => Console.WriteLine(1), () => Console.WriteLine(2)); _n++; var b = Task.Run(() => _n++); b.Wait(); }")]
    [InlineData("int _n; async Task M() { var a = Task.Run(() => { _n++; }); var b = a.ContinueWith(_ => _n++); await b; }")]
    [InlineData("int M(int[] xs) { var n = 0; var g = new object(); Action add = () => n++; Parallel.ForEach(xs, x => { lock (g) { add(); } }); return n; }")]
    [InlineData("int _n; void M(int[] xs) { foreach (var x in xs) { if (x > 3) { new Thread(() => _n++).Start(); break; } } }")]
    [InlineData("int _n; void M(int[] xs) { foreach (var x in xs) { if (x > 3) { Task.Run(() => _n++); return; } } }")]
    // A function that forks itself has its own variables each time
    [InlineData("static void Sort(int[] a, int l, int r) { int i = l, j = r, p = a[(l + r) / 2]; while (i <= j) { while (a[i] < p) i++; while (a[j] > p) j--; i++; j--; } if (l < r) Parallel.Invoke(() => Sort(a, l, j), () => Sort(a, i, r)); }")]
    [InlineData("static int Walk(string d) { var n = 0; n++; Action count = () => n++; count(); foreach (var s in System.IO.Directory.GetDirectories(d)) Task.Run(() => Walk(s)); return n; }")]
    [InlineData("static void Walk() { var n = 0; void Up() => n++; Up(); n++; new Thread(Walk).Start(); new Thread(Walk).Start(); }")]
    [InlineData("static void Tree(int depth) { var n = depth; void Node() { n++; Tree(n); } if (depth < 3) Parallel.For(0, 2, i => { Tree(depth + 1); }); n++; Node(); }")]
    [InlineData("static int Sum(int[] xs, int a, int b) { var s = 0; if (b - a < 9) { xs.ToList().ForEach(x => s += x); return s; } var left = Task.Run(() => Sum(xs, a, (a + b) / 2)); s += Sum(xs, (a + b) / 2, b); return s + left.Result; }")]
    // A mutex that its holder has abandoned is held
    [InlineData("static readonly Mutex s_m = new(); static int s_n; static void Add() { try { s_m.WaitOne(); } catch (AbandonedMutexException) { } try { s_n++; } finally { s_m.ReleaseMutex(); } } static void M() { var a = Task.Run(Add); Add(); a.Wait(); }")]
    [InlineData("int _n; int N { get => _n; set => _n = value; } void M(int[] xs) { var g = new object(); Parallel.ForEach(xs, x => { lock (g) N++; }); }")]
    [InlineData("[ThreadStatic] static int t_n; static int N { get => t_n; set => t_n = value; } void M(int[] xs) => Parallel.ForEach(xs, x => { N++; });")]
    [InlineData("int N { get => 1; set { } } int _n; int L { get => _n; set => _n = 5; } void M(int[] xs) => Parallel.ForEach(xs, x => { N++; L++; });")]
    [InlineData("struct S { public int A; } readonly S[] _all = new S[9]; void M() => Parallel.For(0, 9, i => { _all[i].A++; var s = _all[i]; s.A++; });")]
    [InlineData("int M(int[] xs) { var n = 0; var tasks = xs.Select(x => Task.Run(() => n += x)); foreach (var t in tasks) t.Wait(); return n; }")]
    public Task What_loses_nothing_is_left_alone(string code) => Verify.Rule("TW3001", In(code));

    [Theory]
    // Threads that another method starts may run at the same time; nothing here shows it.
    [InlineData("int _n; public void Start() { new Thread(() => _n++).Start(); } public void Add() { _n++; }")]
    // A helper that passes the function on to another one may do anything with it.
    [InlineData("int _n; void M() => Twice(() => _n++); static void Twice(Action a) => Twice2(a); static void Twice2(Action a) { var x = Task.Run(a); var y = Task.Run(a); Task.WaitAll(x, y); }")]
    // A wait in the body may be the order: for the result of another one, for a turn.
    [InlineData("int _n; readonly Task _ready = Task.CompletedTask; void M(int[] xs) => Parallel.ForEach(xs, x => { _ready.Wait(); _n++; });")]
    // Which place of an array is meant is not known: each thread may have its own.
    [InlineData("void M(int[] xs, int[] sums) => Parallel.ForEach(xs, x => { sums[Slot(x)] += x; }); static int Slot(int x) => x;")]
    public Task Misses_what_is_not_in_sight(string code) => Verify.Rule("TW3001", In(code));

    /// <summary>A record that each thread may beat: what it is compared with is not what it replaces.</summary>
    [Theory]
    [InlineData("double M(double[] xs) { double min = double.MaxValue; Parallel.ForEach(xs, x => { if (x < min) {|TW3001:min|} = x; }); return min; }")]
    [InlineData("int M(int[] xs) { int max = 0; Parallel.For(0, xs.Length, i => { if (xs[i] > max) { {|TW3001:max|} = xs[i]; } }); return max; }")]
    [InlineData("int _best; void M(int[] xs) { Parallel.ForEach(xs, x => { var y = x * 2; if (x > 0 && _best <= y) { {|TW3001:_best|} = y; } }); }")]
    [InlineData("double M(double[] xs) { double min = double.MaxValue; var g = new object(); Parallel.ForEach(xs, x => { if (x < min) { lock (g) { if (x < min) min = x; } } }); return min; }")]
    [InlineData("int _seen; void M(int[] xs) { Parallel.ForEach(xs, x => { if (x > 5) _seen = x; }); }")]
    [InlineData("void M(int[] xs, int[] best) { Parallel.For(0, 9, i => { if (xs[i] > best[i]) best[i] = xs[i]; }); }")]
    [InlineData("int _hi; public void A(int x) { if (x > _hi) _hi = x; } public void B(int x) { if (x > _hi) { _hi = x; } }")]
    public Task Records(string code) => Verify.Rule("TW3001", In(code));

    /// <summary>A thread runs once: what makes it says how many run one body, whatever starts it.</summary>
    [Theory]
    [InlineData("void M(long[] sums) { var ts = new Thread[4]; for (int t = 0; t < 4; t++) { int slot = t; ts[t] = new Thread(() => { for (int i = 0; i < 10; i++) sums[slot] += i; }); } foreach (var t in ts) t.Start(); foreach (var t in ts) t.Join(); }")]
    [InlineData("void M(string[] files) { var ts = new List<Thread>(); foreach (var f in files) { var lines = 0; var t = new Thread(() => { foreach (var c in f) lines++; }); ts.Add(t); } foreach (var t in ts) t.Start(); foreach (var t in ts) t.Join(); }")]
    [InlineData("void M() { var ts = new List<Task>(); for (int i = 0; i < 4; i++) { int c = 0; ts.Add(new Task(() => c++)); } foreach (var t in ts) t.Start(); Task.WaitAll(ts.ToArray()); }")]
    [InlineData("void M() { var ts = new List<Thread>(); for (int i = 0; i < 4; i++) { int c = 0; ts.Add(new Thread(() => c++)); } ts.ForEach(t => t.Start()); ts.ForEach(t => t.Join()); }")]
    [InlineData("void M() { var ts = new Thread[4]; for (int i = 0; i < 4; i++) { int c = 0; ts[i] = new Thread(() => c++); } ts[0].Start(); ts[1].Start(); ts[0].Join(); ts[1].Join(); }")]
    [InlineData("int _x, _y; void Left() { for (int i = 0; i < 9; i++) _x++; } void Right() { for (int i = 0; i < 9; i++) _y++; } void M() { var ts = new[] { new Thread(Left), new Thread(Right) }; foreach (var t in ts) t.Start(); foreach (var t in ts) t.Join(); }")]
    [InlineData("int _x, _y; void M() { var ts = new List<Thread>(); ts.Add(new Thread(() => _x++)); ts.Add(new Thread(() => _y++)); foreach (var t in ts) t.Start(); foreach (var t in ts) t.Join(); }")]
    [InlineData("int _x, _y; void M() { var ts = new Thread[2]; ts[0] = new Thread(() => _x++); ts[1] = new Thread(() => _y++); ts[0].Start(); ts[1].Start(); ts[0].Join(); ts[1].Join(); }")]
    [InlineData("int _x; void M() { var pump = new Thread(() => { for (int i = 0; i < 9; i++) _x++; }); var threads = new List<Thread> { pump }; foreach (var t in threads) t.Start(); foreach (var t in threads) t.Join(); }")]
    [InlineData("int _x; readonly Thread[] _all; public C() { _all = new[] { new Thread(Writer), new Thread(Reader) }; } public void StartAll() { foreach (var t in _all) t.Start(); } void Writer() { for (int i = 0; i < 9; i++) _x++; } void Reader() { Console.WriteLine(Volatile.Read(ref _x)); }")]
    [InlineData("int _x; void M() { var ts = new List<Thread>(); ts.Add(new Thread(() => _x++)); foreach (var t in ts) t.Start(); foreach (var t in ts) t.Join(); ts.Add(new Thread(() => _x--)); ts[1].Start(); ts[1].Join(); }")]
    [InlineData("void M() { int a = 0, b = 0; Task[] ts = [new Task(() => a++), new Task(() => b++)]; Array.ForEach(ts, t => t.Start()); Task.WaitAll(ts); }")]
    // Several all the same
    [InlineData("void M() { int c = 0; var ts = new Thread[4]; for (int i = 0; i < 4; i++) ts[i] = new Thread(() => { for (int k = 0; k < 9; k++) {|TW3001:c|}++; }); foreach (var t in ts) t.Start(); foreach (var t in ts) t.Join(); }")]
    [InlineData("void M() { int c = 0; var ts = Enumerable.Range(0, 4).Select(i => new Thread(() => {|TW3001:c|}++)).ToList(); ts.ForEach(t => t.Start()); ts.ForEach(t => t.Join()); }")]
    [InlineData("void M(List<int> xs) { int c = 0; var ts = new List<Thread>(); xs.ForEach(x => ts.Add(new Thread(() => {|TW3001:c|}++))); foreach (var t in ts) t.Start(); foreach (var t in ts) t.Join(); }")]
    [InlineData("int _x; void Inc() { for (int k = 0; k < 9; k++) {|TW3001:_x|}++; } void M() { var ts = new[] { new Thread(Inc), new Thread(Inc) }; foreach (var t in ts) t.Start(); foreach (var t in ts) t.Join(); }")]
    [InlineData("int _y; void M() { var ts = new[] { new Thread(() => {|TW3001:_y|}++), new Thread(() => _y--) }; foreach (var t in ts) t.Start(); foreach (var t in ts) t.Join(); }")]
    [InlineData("int _y; readonly List<Thread> _ts = new(); void M() { _ts.Add(new Thread(() => {|TW3001:_y|}++)); var second = new Thread(() => _y--); _ts.Add(second); foreach (var t in _ts) t.Start(); foreach (var t in _ts) t.Join(); }")]
    [InlineData("void M(int[] xs) { foreach (var x in xs) { int c = 0; var ts = new[] { new Thread(() => {|TW3001:c|}++), new Thread(() => c--) }; foreach (var t in ts) t.Start(); foreach (var t in ts) t.Join(); } }")]
    [InlineData("int _x; void M(int[] xs) { foreach (var x in xs) { var t = new Thread(() => {|TW3001:_x|} += x); t.Start(); } }")]
    public Task A_thread_runs_once(string code) => Verify.Rule("TW3001", In(code));

    /// <summary>Async functions that are all started before one is waited for: behind a wait that may go on elsewhere, each runs beside the others.</summary>
    [Theory]
    // Before the first wait; nothing to wait for; one after the other; one's own; a lock; one at a time; atomic; told to go on; another way
    [InlineData("async Task<int> M(int[] xs) { var n = 0; await Task.WhenAll(xs.Select(async x => { n += x; await Task.Delay(x); })); return n; }")]
    [InlineData("async Task<int> M(int[] xs) { var n = 0; await Task.WhenAll(xs.Select(async x => { await Task.CompletedTask; n += x; })); return n; }")]
    [InlineData("async Task<int> M(int[] xs) { var n = 0; await Task.WhenAll(xs.Select(async x => { n += await Twice(x); })); return n; } static async Task<int> Twice(int x) => await Task.FromResult(x * 2);")]
    [InlineData("async Task<int> M(int[] xs) { var n = 0; foreach (var t in xs.Select(async x => { await Task.Delay(x); n += x; })) await t; await Task.WhenAll(); return n; }")]
    [InlineData("async Task<int> M(int[] xs) { var n = 0; foreach (var x in xs) await Task.WhenAll(Wait(x)); return n; async Task Wait(int x) { await Task.Delay(x); n += x; } }")]
    [InlineData("async Task M(int[] xs) => await Task.WhenAll(xs.Select(async x => { var n = 0; await Task.Delay(x); n += x; Console.WriteLine(n); }));")]
    [InlineData("readonly object _gate = new(); async Task<int> M(int[] xs) { var n = 0; await Task.WhenAll(xs.Select(async x => { await Task.Delay(x); lock (_gate) n += x; })); return n; }")]
    [InlineData("readonly SemaphoreSlim _one = new(1, 1); int _n; Task M(int[] xs) => Task.WhenAll(xs.Select(async x => { await _one.WaitAsync(); try { await Task.Delay(x); _n += x; } finally { _one.Release(); } }));")]
    [InlineData("int _n; Task M(int[] xs, SemaphoreSlim some) => Task.WhenAll(xs.Select(async x => { await some.WaitAsync(); try { await Task.Delay(x); _n += x; } finally { some.Release(); } }));")]
    [InlineData("int _n; Task M(int[] xs) => Task.WhenAll(xs.Select(async x => { await Task.Delay(x); Interlocked.Add(ref _n, x); }));")]
    [InlineData("int _n; Task M(int[] xs, Task go) => Task.WhenAll(xs.Select(async x => { await go; _n += x; }));")]
    [InlineData("int _n; Task M(int[] xs) => Task.WhenAll(xs.Select(async x => { if (x > 9) { await Task.Delay(x); return; } _n += x; }));")]
    [InlineData("int _n; Task M(int[] xs) => Task.WhenAll(xs.Select(async x => { if (x > 9) await Task.Delay(x); else _n += x; }));")]
    [InlineData("int _n; async Task M(int[] xs) { var ts = new List<Task>(); foreach (var x in xs) { ts.Add(One(x)); await Task.Delay(1); } await Task.WhenAll(ts); } async Task One(int x) { await Task.Delay(x); _n += x; }")]
    [InlineData("int _n; async Task M(int[] xs) { var ts = new List<Task>(); foreach (var x in xs) { var t = One(x); await t; ts.Add(t); } await Task.WhenAll(ts); } async Task One(int x) { await Task.Delay(x); _n += x; }")]
    [InlineData("int _n; Task M(C[] xs) => Task.WhenAll(xs.Select(x => x.One())); async Task One() { await Task.Delay(1); _n++; }")]
    [InlineData("int _n; Task M(int[] xs) => Task.WhenAll(xs.Select(x => One(x))); protected virtual async Task One(int x) { await Task.Delay(x); _n += x; }")]
    [InlineData("int _n; void M(int[] xs) => OnLoop(async () => await Task.WhenAll(xs.Select(async x => { await Task.Delay(x); _n += x; }))); static void OnLoop(Func<Task> step) { }")]
    // Behind it
    [InlineData("async Task<int> M(int[] xs) { var n = 0; await Task.WhenAll(xs.Select(async x => { await Task.Delay(x).ConfigureAwait(false); {|TW3001:n|} += x; })); return n; }")]
    [InlineData("async Task<int> M(int[] xs) { var n = 0; await Task.WhenAll(xs.Select(async x => { await Task.Delay(x); {|TW3001:n|} += x; })); return n; }")]
    [InlineData("async Task<int> M(string[] us, System.Net.Http.HttpClient http) { var bad = 0; await Task.WhenAll(us.Select(async u => { using var r = await http.GetAsync(u); if (!r.IsSuccessStatusCode) {|TW3001:bad|}++; })); return bad; }")]
    [InlineData("async Task<int> M(int[] xs, Func<int, Task<int>> get) { var n = 0; var ts = xs.Select(async x => { {|TW3001:n|} += await get(x); }).ToList(); await Task.WhenAll(ts); return n; }")]
    [InlineData("async Task<int> M(int[] xs) { var n = 0; async Task One(int x) { if (x == 0) return; if (x > 9) await Task.Yield(); {|TW3001:n|} += x; } await Task.WhenAll(xs.Select(One)); return n; }")]
    [InlineData("int _n; async Task M(int[] xs) { await Task.WhenAll(xs.Select(x => One(x))); } private async Task One(int x) { try { await Get(x); } catch (Exception) { {|TW3001:_n|}++; } } private Task Get(int x) => Task.Delay(x);")]
    [InlineData("int _n; async Task M(int[] xs) { var ts = new List<Task>(); foreach (var x in xs) ts.Add(One(x)); await Task.WhenAll(ts); } private async Task One(int x) { await Task.Delay(x); Add(x); } private void Add(int x) => {|TW3001:_n|} += x;")]
    [InlineData("readonly SemaphoreSlim _few = new(4); int _n; Task M(Func<Task>[] xs) => Task.WhenAll(xs.Select(async x => { await _few.WaitAsync().ConfigureAwait(false); try { await x().ConfigureAwait(false); {|TW3001:_n|}++; } finally { _few.Release(); } }));")]
    public Task Async_groups(string code) => Verify.Rule("TW3001", In(code));

    /// <summary>A file that names no thread is looked at where it makes the tasks of a group by async lambdas or private members, not where all of them are members that others see too.</summary>
    [Fact]
    public Task Misses_groups_of_visible_members() => Verify.Rule("TW3001", In("int _n; public async Task M(int[] xs) { await Task.WhenAll(xs.Select(x => One(x))); } public async Task One(int x) { await Task.Delay(x); _n += x; }"));

    /// <summary>A user interface has a thread to which waits come back, unless the code says that it need not.</summary>
    [Theory]
    [InlineData("var n = 0; await Task.WhenAll(xs.Select(async x => { await Task.Delay(x); n += x; }));")]
    [InlineData("var n = 0; await Task.WhenAll(xs.Select(async x => { await Task.Delay(x).ConfigureAwait(false); {|TW3001:n|} += x; }));")]
    public Task Async_groups_of_a_form(string code) => Verify.Rule("TW3001", In($"async Task M(int[] xs) {{ {code} }}") + " namespace System.Windows.Forms { public class Control { } }");

    /// <summary>A take from a queue comes after who put the element in, and in no order with other takes.</summary>
    [Theory]
    // The producer; a token that is put back; an answer that is waited for; a last one; one consumer; another queue that orders them
    [InlineData("readonly BlockingCollection<int> _q = new(); int _n; void M() { var a = Task.Run(() => { foreach (var x in _q.GetConsumingEnumerable()) _n += x; }); var b = Task.Run(() => { _n++; _q.Add(1); _q.CompleteAdding(); }); Task.WaitAll(a, b); }")]
    [InlineData("readonly BlockingCollection<int> _q = new(); int _n; void M() { var t = Task.Run(() => { foreach (var x in _q.GetConsumingEnumerable()) _n += x; }); _n++; _q.Add(1); _q.CompleteAdding(); t.Wait(); }")]
    [InlineData("readonly BlockingCollection<object> _tokens = new(); int _n; void M() => Parallel.For(0, 9, i => { var t = _tokens.Take(); _n++; _tokens.Add(t); });")]
    [InlineData("readonly ConcurrentBag<object> _tokens = new(); int _n; void M() => Parallel.For(0, 9, i => { while (_tokens.TryTake(out var t)) { _n++; _tokens.Add(t); } });")]
    [InlineData("readonly ConcurrentQueue<int> _once = new(); int _n; void M() => Parallel.For(0, 9, i => { if (_once.TryDequeue(out var x)) _n++; });")]
    [InlineData("readonly ConcurrentDictionary<int, int> _d = new(); int _n; void M() => Parallel.For(0, 9, i => { if (_d.TryRemove(1, out var x)) _n += x; });")]
    [InlineData("readonly BlockingCollection<int> _q = new(); readonly AutoResetEvent _done = new(false); int _n; void M() { for (var i = 0; i < 4; i++) Task.Run(() => { foreach (var x in _q.GetConsumingEnumerable()) { _n += x; _done.Set(); } }); } public void Put(int x) { _q.Add(x); _done.WaitOne(); }")]
    [InlineData("readonly BlockingCollection<int> _q = new(); int _n; Task M() => Task.Run(() => { foreach (var x in _q.GetConsumingEnumerable()) _n += x; });")]
    [InlineData("readonly BlockingCollection<int> _q = new(); readonly object _gate = new(); int _n; void M() { for (var i = 0; i < 4; i++) new Thread(Work).Start(); } void Work() { foreach (var x in _q.GetConsumingEnumerable()) lock (_gate) _n += x; }")]
    // Consumers
    [InlineData("readonly BlockingCollection<int> _q = new(); int _n; void M() { for (var i = 0; i < 4; i++) new Thread(Work).Start(); } void Work() { foreach (var x in _q.GetConsumingEnumerable()) Handle(x); } void Handle(int x) { if (x > 0) {|TW3001:_n|}++; }")]
    [InlineData("readonly BlockingCollection<int> _q = new(); int _n; void M() { for (var i = 0; i < 4; i++) new Thread(() => { while (true) { _q.Take(); {|TW3001:_n|}++; } }) { IsBackground = true }.Start(); }")]
    [InlineData("readonly BlockingCollection<int> _q = new(); int _n; Task _a, _b; void M() { _a = Task.Run(Work); _b = Task.Run(Work); } void Work() { while (!_q.IsCompleted) { if (_q.TryTake(out var x, 100)) {|TW3001:_n|} += x; } }")]
    [InlineData("int _n; void M(ConcurrentQueue<int> q) => Parallel.For(0, 4, _ => { while (q.TryDequeue(out var x)) {|TW3001:_n|} += x; });")]
    [InlineData("readonly ConcurrentQueue<int> _q = new(); int _n; void M() => Task.WaitAll(Task.Run(Work), Task.Run(Work)); void Work() { while (_q.TryDequeue(out var x)) {|TW3001:_n|} += x; }")]
    [InlineData("int _n; Task M(System.Threading.Channels.ChannelReader<int> r) => Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () => { while (await r.WaitToReadAsync()) while (r.TryRead(out var x)) {|TW3001:_n|} += x; })));")]
    public Task Consumers(string code) => Verify.Rule("TW3001", In(code));

    /// <summary>What a <c>using</c> holds may be a lock, but not where its type is none.</summary>
    [Theory]
    // Somebody's own, or one that does not bind, or whatever can be disposed of
    [InlineData("async Task<int> M(int[] xs, ILocks locks) { var n = 0; await Parallel.ForEachAsync(xs, async (x, ct) => { using var held = await locks.Take(); n++; }); return n; } interface ILocks { Task<IDisposable> Take(); }")]
    [InlineData("async Task<int> M(int[] xs, ILocks locks) { var n = 0; await Parallel.ForEachAsync(xs, async (x, ct) => { await using var held = await locks.Take(); n++; }); return n; } interface ILocks { Task<IAsyncDisposable> Take(); }")]
    [InlineData("async Task<int> M(int[] xs, Locks locks) { var n = 0; await Parallel.ForEachAsync(xs, async (x, ct) => { using (await locks.Take().ConfigureAwait(false)) n++; }); return n; } class Locks { public Task<Held> Take() => null!; } class Held : IDisposable { public void Dispose() { } }")]
    [InlineData("async Task<int> M(int[] xs, IAsyncDisposable held) { var n = 0; await Parallel.ForEachAsync(xs, async (x, ct) => { await using (held.ConfigureAwait(false)) n++; }); return n; }")]
    [InlineData("readonly Lock _gate = new(); Lock.Scope Take() => _gate.EnterScope(); int _n; void M(int[] xs) => Parallel.ForEach(xs, x => { using (Take()) _n++; });")]
    [InlineData("int _n; void M(int[] xs) => Parallel.ForEach(xs, x => { using var one = new Mutex(true, \"one\"); _n++; });")]
    // Answers, streams and clocks
    [InlineData("async Task<int> M(string[] us, System.Net.Http.HttpClient http) { var n = 0; await Parallel.ForEachAsync(us, async (u, ct) => { using var r = await http.GetAsync(u, ct); {|TW3001:n|}++; }); return n; }")]
    [InlineData("async Task<int> M(string[] us, Func<string, Task<System.IO.Stream>> open) { var n = 0; await Parallel.ForEachAsync(us, async (u, ct) => { await using (await open(u).ConfigureAwait(false)) {|TW3001:n|}++; }); return n; }")]
    [InlineData("int _m; void M() { var a = Task.Run(A); var b = Task.Run(B); Task.WaitAll(a, b); } private async Task A() { using var t = new PeriodicTimer(TimeSpan.FromSeconds(1)); while (await t.WaitForNextTickAsync()) {|TW3001:_m|}++; } private async Task B() { await Task.Delay(5); _m = 0; }")]
    [InlineData("int _n; void M(int[] xs) => Parallel.ForEach(xs, x => { using var stop = new CancellationTokenSource(x); using var told = stop.Token.Register(() => { }); {|TW3001:_n|}++; });")]
    public Task What_a_using_holds(string code) => Verify.Rule("TW3001", In(code));

    /// <summary>A signal behind an update orders nothing among those who all give it, and a semaphore that lets several in guards nothing.</summary>
    [Theory]
    [InlineData("int _n; void M(string[] urls) { using var done = new CountdownEvent(urls.Length); foreach (var u in urls) ThreadPool.QueueUserWorkItem(_ => { try { {|TW3001:_n|}++; } finally { done.Signal(); } }); done.Wait(); }")]
    [InlineData("int _n, _left = 8; readonly ManualResetEvent _all = new(false); void M() { for (var i = 0; i < 8; i++) ThreadPool.QueueUserWorkItem(_ => { {|TW3001:_n|}++; if (Interlocked.Decrement(ref _left) == 0) _all.Set(); }); _all.WaitOne(); }")]
    [InlineData("int _n; readonly SemaphoreSlim _few = new(4, 4); void M(int[] xs) => Parallel.ForEach(xs, x => { _few.Wait(); try { {|TW3001:_n|}++; } finally { _few.Release(); } });")]
    [InlineData("async Task M(int[] xs) { var n = 0; using var few = new SemaphoreSlim(4); var ts = new List<Task>(); foreach (var x in xs) { await few.WaitAsync(); ts.Add(Task.Run(() => { try { {|TW3001:n|} += x; } finally { few.Release(); } })); } await Task.WhenAll(ts); }")]
    [InlineData("int _n; readonly CancellationTokenSource _stop = new(); void M() { Task.Run(A); Task.Run(A); } private void A() { {|TW3001:_n|}++; if (_n > 5) _stop.Cancel(); }")]
    [InlineData("int _n; readonly ManualResetEvent _e = new(false); void M() { Task.Run(A); Task.Run(A); } private void A() { {|TW3001:_n|}++; _e.Set(); }")]
    [InlineData("int _n; readonly TaskCompletionSource _done = new(); void M() { for (var i = 0; i < 4; i++) Task.Run(() => { {|TW3001:_n|}++; _done.TrySetResult(); }); }")]
    [InlineData("int _n; readonly ManualResetEvent _e = new(false); void M() { Task.Run(A); Task.Run(B); } private void A() { _n++; _e.Set(); } private void B() { _e.WaitOne(); _n++; }")]
    [InlineData("int _n; readonly ManualResetEvent _e = new(false); void M() { Task.Run(A); _e.WaitOne(); Task.Run(A); } private void A() { _n++; _e.Set(); }")]
    [InlineData("int _n; readonly TaskCompletionSource _done = new(); async Task M() { _ = Task.Run(A); await _done.Task; _n++; } private void A() { _n++; _done.TrySetResult(); }")]
    // A loop that asks for its stop signal goes on by the time; what stands behind it comes after the signal
    [InlineData("readonly ManualResetEvent _stop = new(false); int _n; public void Run() { new Thread(A).Start(); new Thread(B).Start(); } void A() { while (!_stop.WaitOne(100)) {|TW3001:_n|}++; } void B() { while (!_stop.WaitOne(200)) _n--; } public void Stop() => _stop.Set();")]
    [InlineData("readonly ManualResetEvent _stop = new(false); int _n; public void Run() { new Thread(A).Start(); new Thread(B).Start(); } void A() { while (!_stop.WaitOne(100)) Console.WriteLine(1); _n++; } void B() { for (var i = 0; i < 5; i++) _n--; _stop.Set(); }")]
    // The signal is what the next one waits for; the last alone goes on; one at a time; a count that is not known
    [InlineData("int _n; readonly AutoResetEvent _next = new(true); void M(int[] xs) { foreach (var x in xs) { _next.WaitOne(); ThreadPool.QueueUserWorkItem(_ => { _n++; _next.Set(); }); } }")]
    [InlineData("int _n; async Task M(int[] xs) { using var one = new SemaphoreSlim(1); var ts = new List<Task>(); foreach (var x in xs) { await one.WaitAsync(); ts.Add(Task.Run(() => { try { _n++; } finally { one.Release(); } })); } await Task.WhenAll(ts); }")]
    [InlineData("int _n; async Task M(int[] xs, int some) { using var few = new SemaphoreSlim(some); var ts = new List<Task>(); foreach (var x in xs) { await few.WaitAsync(); ts.Add(Task.Run(() => { try { _n++; } finally { few.Release(); } })); } await Task.WhenAll(ts); }")]
    [InlineData("int _n, _left = 8; void M() { for (var i = 0; i < 8; i++) ThreadPool.QueueUserWorkItem(_ => { if (Interlocked.Decrement(ref _left) == 0) _n++; }); }")]
    [InlineData("int _n; readonly AutoResetEvent _next = new(true); void M(int[] xs) { foreach (var x in xs) { Turn(); ThreadPool.QueueUserWorkItem(_ => { _n++; _next.Set(); }); } } void Turn() => _next.WaitOne();")]
    [InlineData("int _n; readonly SemaphoreSlim _one = new(1, 1); void M(int[] xs) => Parallel.ForEach(xs, x => { _one.Wait(); try { _n++; } finally { _one.Release(); } });")]
    [InlineData("int _n; readonly SemaphoreSlim _few = new(4, 4); readonly object _gate = new(); void M(int[] xs) => Parallel.ForEach(xs, x => { _few.Wait(); try { lock (_gate) _n++; } finally { _few.Release(); } });")]
    public Task Signals_and_throttles(string code) => Verify.Rule("TW3001", In(code));

    /// <summary>A gate at which all runs of a body begin lets them go at once, and orders nothing among them.</summary>
    [Theory]
    [InlineData("int _n; void M() { using var go = new ManualResetEventSlim(); var ts = new Thread[4]; for (var i = 0; i < 4; i++) { ts[i] = new Thread(() => { go.Wait(); for (var k = 0; k < 9; k++) {|TW3001:_n|}++; }); ts[i].Start(); } go.Set(); foreach (var t in ts) t.Join(); }")]
    [InlineData("int _n; readonly ManualResetEvent _go = new(false); void Work() { _go.WaitOne(); {|TW3001:_n|}++; } void M() { var ts = Enumerable.Range(0, 4).Select(i => Task.Run(Work)).ToArray(); _go.Set(); Task.WaitAll(ts); }")]
    [InlineData("int _n; void M() { using var all = new Barrier(4); Parallel.For(0, 4, i => { all.SignalAndWait(); {|TW3001:_n|}++; }); }")]
    [InlineData("int _n; void M() { using var all = new CountdownEvent(4); var ts = new List<Task>(); for (var i = 0; i < 4; i++) ts.Add(Task.Run(() => { all.Signal(); all.Wait(); {|TW3001:_n|}++; })); Task.WaitAll(ts.ToArray()); }")]
    [InlineData("void M() { var n = 0; var ready = new CountdownEvent(4); var go = new ManualResetEventSlim(); var ts = new List<Thread>(); for (var i = 0; i < 4; i++) { var t = new Thread(() => { ready.Signal(); go.Wait(); {|TW3001:n|}++; }); t.Start(); ts.Add(t); } ready.Wait(); go.Set(); foreach (var t in ts) t.Join(); }")]
    [InlineData("int _n; void M() { var go = new ManualResetEventSlim(); var a = new Thread(() => { go.Wait(); {|TW3001:_n|}++; }); var b = new Thread(() => { go.Wait(); _n--; }); a.Start(); b.Start(); go.Set(); a.Join(); b.Join(); }")]
    // One at a time, a later wait, closed again, an answer, a lock; the starter is before the gate
    [InlineData("int _n; void M() { var turn = new AutoResetEvent(true); var ts = new List<Thread>(); for (var i = 0; i < 4; i++) { var t = new Thread(() => { turn.WaitOne(); _n++; turn.Set(); }); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join(); }")]
    [InlineData("int _n; void M() { var go = new ManualResetEventSlim(); var turn = new AutoResetEvent(true); var ts = new List<Thread>(); for (var i = 0; i < 4; i++) { var t = new Thread(() => { go.Wait(); turn.WaitOne(); _n++; turn.Set(); }); t.Start(); ts.Add(t); } go.Set(); foreach (var t in ts) t.Join(); }")]
    [InlineData("int _n; void M() { var go = new ManualResetEventSlim(true); var ts = new List<Thread>(); for (var i = 0; i < 4; i++) { var t = new Thread(() => { go.Wait(); go.Reset(); _n++; go.Set(); }); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join(); }")]
    [InlineData("int _n; readonly ManualResetEventSlim _go = new(true); void Pause() { _go.Reset(); } void M() { var ts = new List<Thread>(); for (var i = 0; i < 4; i++) { var t = new Thread(() => { _go.Wait(); _n++; }); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join(); }")]
    [InlineData("int _n; void M() { var go = new ManualResetEventSlim(); var ts = new List<Thread>(); for (var i = 0; i < 4; i++) { var t = new Thread(() => { if (!go.Wait(5)) return; _n++; }); t.Start(); ts.Add(t); } go.Set(); foreach (var t in ts) t.Join(); }")]
    [InlineData("int _n; readonly object _gate = new(); void M() { using var all = new Barrier(4); Parallel.For(0, 4, i => { all.SignalAndWait(); lock (_gate) _n++; }); }")]
    [InlineData("int _n; void M() { var go = new ManualResetEventSlim(); var t = new Thread(() => { go.Wait(); _n++; }); t.Start(); _n++; go.Set(); t.Join(); }")]
    [InlineData("int _n; void M() { var one = new ManualResetEventSlim(); var two = new ManualResetEventSlim(); var a = new Thread(() => { one.Wait(); _n++; }); var b = new Thread(() => { two.Wait(); _n--; }); a.Start(); b.Start(); one.Set(); a.Join(); two.Set(); b.Join(); }")]
    public Task Start_gates(string code) => Verify.Rule("TW3001", In(code));

    /// <summary>What is made and disposed of is no lock, save a mutex that is taken as it is made.</summary>
    [Theory]
    [InlineData("int _n; void M(int[] xs) => Parallel.ForEach(xs, x => { using var own = new CancellationTokenSource(x); {|TW3001:_n|}++; });")]
    [InlineData("int _n; void M(int[] xs) => Parallel.ForEach(xs, x => { using (var own = new ManualResetEventSlim()) { {|TW3001:_n|}++; } });")]
    [InlineData("int _n; void M(int[] xs) => Parallel.ForEach(xs, x => { using var m = new Mutex(true, \"a\"); _n++; });")]
    [InlineData("int _n; sealed class Held : IDisposable { public void Dispose() { } } void M(int[] xs) => Parallel.ForEach(xs, x => { using var m = new Held(); _n++; });")]
    public Task Disposable_objects(string code) => Verify.Rule("TW3001", In(code));

    /// <summary>One delegate that is given twice runs on two threads.</summary>
    [Theory]
    [InlineData("int _n; void Up() { for (var k = 0; k < 9; k++) {|TW3001:_n|}++; } void M() => Parallel.Invoke(Up, Up);")]
    [InlineData("void M() { var n = 0; Action up = () => {|TW3001:n|}++; Parallel.Invoke(up, up); Console.WriteLine(n); }")]
    [InlineData("int _n; async Task M() { await Task.WhenAll(Task.Run(Up), Task.Run(Up)); } private void Up() { {|TW3001:_n|}++; }")]
    [InlineData("async Task M() { var n = 0; Action up = () => {|TW3001:n|}++; await Task.WhenAll(Task.Run(up), Task.Run(up)); }")]
    [InlineData("void M() { var n = 0; void Up() => {|TW3001:n|}++; Task.WaitAll(Task.Run(Up), Task.Run(() => Up())); }")]
    [InlineData("int _n; void M() { var a = Task.Run(Up); var b = Task.Run(Up); Task.WaitAll(a, b); } private void Up() { {|TW3001:_n|}++; }")]
    // Once, one after the other, with a variable of its own, or under a lock
    [InlineData("int _n; void Up() { _n++; } void Other() { } void M() => Parallel.Invoke(Up, Other);")]
    [InlineData("int _n; async Task M() { await Task.Run(Up); await Task.Run(Up); } private void Up() { _n++; }")]
    [InlineData("void M() { void Own() { var n = 0; n++; Console.WriteLine(n); } Parallel.Invoke(Own, Own); }")]
    [InlineData("readonly object _gate = new(); int _n; void Up() { lock (_gate) _n++; } void M() => Parallel.Invoke(Up, Up);")]
    public Task One_delegate_twice(string code) => Verify.Rule("TW3001", In(code));

    /// <summary>The rounds of an async query go on without each other's waits.</summary>
    [Theory]
    [InlineData("async Task M() { int done = 0; var ts = Enumerable.Range(0, 5).Select(async i => { await Task.Run(() => { {|TW3001:done|}++; }); }); await Task.WhenAll(ts); }")]
    [InlineData("async Task M() { int done = 0; await Task.WhenAll(Enumerable.Range(0, 5).Select(async i => await Task.Run(() => {|TW3001:done|}++))); }")]
    [InlineData("async Task M() { int done = 0; var gate = new SemaphoreSlim(1, 1); var ts = Enumerable.Range(0, 5).Select(async i => { await gate.WaitAsync(); try { await Task.Run(() => { done++; }); } finally { gate.Release(); } }); await Task.WhenAll(ts); }")]
    [InlineData("async Task M() { int done = 0; var ts = Enumerable.Range(0, 5).Select(async i => { await Task.Run(() => { done++; }); }); foreach (var t in ts) await t; }")]
    [InlineData("async Task M() { await Task.WhenAll(Enumerable.Range(0, 5).Select(async i => { var done = 0; await Task.Run(() => done++); })); }")]
    public Task Async_queries(string code) => Verify.Rule("TW3001", In(code));

    /// <summary>A parameter of a primary constructor that members use is a field.</summary>
    [Theory]
    [InlineData("class P(int n) { public void M(int[] xs) => Parallel.ForEach(xs, x => { {|TW3001:n|} += x; }); }")]
    [InlineData("class P(long n) { public async Task M() => await Task.WhenAll(Task.Run(() => { {|TW3001:n|}++; }), Task.Run(() => { n++; })); }")]
    [InlineData("class P(int n) { public void M() { var t = new Thread(Up); t.Start(); Up(); t.Join(); } private void Up() => {|TW3001:n|}++; }")]
    [InlineData("class P(int n) { readonly object _gate = new(); public void M(int[] xs) => Parallel.ForEach(xs, x => { lock (_gate) n += x; }); }")]
    [InlineData("class P(int n) { readonly int _n = n; public int M(int[] xs) { var sum = 0; foreach (var x in xs) sum += _n; return sum; } }")]
    [InlineData("class P(int n) { public void M() { var t = new Thread(() => n++); t.Start(); t.Join(); n++; } }")]
    [InlineData("class P(int n) { public static void M(int[] xs) => Parallel.ForEach(xs, x => new P(x).Up()); private void Up() => n++; }")]
    public Task Parameters_that_the_object_keeps(string code) => Verify.Rule("TW3001", code);

    private static string In(string code) => $$"""
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        class C
        {
            {{code}}
        }
        """;
}

using System.Linq;
using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks.Traps;

/// <summary>What people suppress in other tools, the part that is about locks: none of the rules on locks may speak, each seen with all others on.</summary>
public class MustStaySilentTraps
{
    private static async Task Silent(string members)
    {
        var reports = await Analysis.Of("#pragma warning disable TW2009, TW2107 // What they say is true of a right pair and of a plain gate too.\n" + Snippet.Class(members)).WithEveryRule().ReportsAsync();
        Assert.Empty(reports.Where(static r => !r.IsSuppressed && (r.Id.StartsWith("TW20", System.StringComparison.Ordinal) || r.Id.StartsWith("TW21", System.StringComparison.Ordinal))).Select(static r => r.ToString()));
    }

    [Theory]
    [InlineData("private readonly ConcurrentDictionary<string, int> counts = new(); public int Count => counts.Count; public void Add(string s) { lock (sync) counts[s] = 1; } public int Get(string s) => counts.GetValueOrDefault(s);")]
    [InlineData("private readonly BlockingCollection<int> queue = []; public void Add(int i) { lock (sync) { queue.Add(i); } } public int Take() => queue.Take();")]
    public Task A_thread_safe_field_outside_the_lock(string members) => Silent(members);

    [Theory]
    [InlineData("private static readonly SemaphoreSlim s_gate = new(1, 1); private static int s_n; public async Task Add() { await s_gate.WaitAsync(); try { s_n++; } finally { s_gate.Release(); } }")]
    [InlineData("private static readonly SemaphoreSlim s_gate = new(1, 1); private static List<int>? s_all; public async Task Add() { await s_gate.WaitAsync(); try { lock (sync) { s_all ??= []; s_all.Add(1); } } finally { s_gate.Release(); } }")]
    [InlineData("private static readonly SemaphoreSlim s_gate = new(1, 1); private static int s_n; public async Task Add() { await One(); try { lock (sync) s_n++; } finally { Done(); } } private static Task One() => Two(); private static Task Two() => s_gate.WaitAsync(); private static void Done() => s_gate.Release();")]
    public Task A_static_write_under_a_semaphore(string members) => Silent(members);

    [Theory]
    [InlineData("private static string? s_name; public string Name { get { lock (sync) { return s_name ??= Environment.MachineName; } } }")]
    [InlineData("private static Version? s_version; public Version Get() { lock (sync) { s_version ??= new Version(1, 0); } return s_version; }")]
    public Task A_static_reference_that_is_made_once(string members) => Silent(members);

    [Theory]
    [InlineData("public void M() { var gate = new object(); var sum = 0; Parallel.For(0, 9, i => { lock (gate) sum += i; }); Console.WriteLine(sum); }")]
    [InlineData("public async Task M() { var gate = new SemaphoreSlim(1, 1); var sum = 0; await Task.WhenAll(Enumerable.Range(0, 9).Select(async i => { await gate.WaitAsync(); try { sum += i; } finally { gate.Release(); } })); Console.WriteLine(sum); }")]
    [InlineData("public Action M() { var gate = new object(); var sum = 0; return () => { lock (gate) { sum++; } }; }")]
    [InlineData("public void M() { var gate = new Lock(); var sum = 0; Add(); Parallel.Invoke(Add, Add); void Add() { lock (gate) sum++; } }")]
    public Task A_local_lock_that_a_lambda_captures(string members) => Silent(members);

    [Theory]
    [InlineData("private readonly ConcurrentDictionary<string, object> gates = new(); public void M(string key) { lock (gates.GetOrAdd(key, static _ => new object())) { work.Do(); } }")]
    [InlineData("private readonly ConcurrentDictionary<string, object> gates = new(); public void M(string key) { var gate = gates.GetOrAdd(key, new object()); lock (gate) { work.Do(); } }")]
    [InlineData("private readonly ConcurrentDictionary<string, SemaphoreSlim> gates = new(); public async Task M(string key) { var gate = gates.GetOrAdd(key, static _ => new SemaphoreSlim(1, 1)); await gate.WaitAsync(); try { await work.DoAsync(); } finally { gate.Release(); } }")]
    [InlineData("private readonly object[] stripes = [new(), new(), new(), new()]; public void M(string key) { lock (stripes[(uint)key.GetHashCode() % 4]) { work.Do(); } }")]
    [InlineData("private readonly object[] stripes = [new(), new()]; public void M(int n) { lock (Of(n)) { work.Do(); } } private object Of(int n) => At(n & 1); private object At(int i) => stripes[i];")]
    public Task Striped_locks(string members) => Silent(members);

    [Theory]
    [InlineData("public void M() { var gate = sync; lock (gate) { work.Do(); } }")]
    [InlineData("public void M() { var gate = this.sync; Monitor.Enter(gate); try { work.Do(); } finally { Monitor.Exit(sync); } }")]
    [InlineData("public void M() { object gate = Shared; lock (gate) { lock (sync) { work.Do(); } } }")]
    [InlineData("public void M() { var l = modern; lock (l) { work.Do(); } using (l.EnterScope()) { work.Do(); } }")]
    public Task An_alias_of_a_readonly_field(string members) => Silent(members);

    [Theory]
    [InlineData("public void M(string text) { lock (Console.Out) { Console.Write(text); Console.WriteLine(); } }")]
    [InlineData("public void M(string text) { lock (Console.Error) { Console.Error.WriteLine(text); } }")]
    public Task The_console(string members) => Silent(members);

    [Theory]
    [InlineData("private readonly AutoResetEvent news = new(false); public void Wait() { news.WaitOne(); work.Do(); } public void Tell() => news.Set();")]
    [InlineData("private readonly ManualResetEvent ready = new(false); public void Wait() { ready.WaitOne(1000); work.Do(); } public void Tell() { ready.Set(); ready.Reset(); }")]
    [InlineData("private readonly ManualResetEventSlim ready = new(); public void Wait(CancellationToken ct) { ready.Wait(100, ct); work.Do(); } public void Tell() => ready.Set();")]
    [InlineData("private readonly AutoResetEvent news = new(false); public async Task Run() { news.WaitOne(); await work.DoAsync(); news.WaitOne(); }")]
    public Task Events_are_no_locks(string members) => Silent(members);

    [Theory]
    [InlineData("public void M(int n) { if (mutex.WaitOne(n)) { try { work.Do(); } finally { mutex.ReleaseMutex(); } } }")]
    [InlineData("public void M(TimeSpan t) { if (kernel.WaitOne(t)) try { work.Do(); } finally { kernel.Release(); } }")]
    [InlineData("public bool M() { if (!One()) return false; try { work.Do(); return true; } finally { Done(); } } private bool One() => Two(); private bool Two() => mutex.WaitOne(100); private void Done() => mutex.ReleaseMutex();")]
    public Task A_timed_wait_as_a_condition(string members) => Silent(members);

    [Theory]
    [InlineData("public void M() { var lockTaken = false; try { Monitor.Enter(sync, ref lockTaken); work.Do(); } finally { if (lockTaken) Monitor.Exit(sync); } }")]
    [InlineData("public void M() { var took = false; try { spin.Enter(ref took); work.Do(); } finally { if (took) spin.Exit(false); } }")]
    [InlineData("public async Task M(CancellationToken ct) { var took = false; try { await gate.WaitAsync(ct); took = true; await work.DoAsync(); } finally { if (took) gate.Release(); } }")]
    [InlineData("public void M() { var took = Monitor.TryEnter(sync, 100); try { if (took) work.Do(); } finally { if (took) Monitor.Exit(sync); } }")]
    [InlineData("private bool took; public void Begin() { took = mutex.WaitOne(100); } public void End() { if (took) { took = false; mutex.ReleaseMutex(); } }")]
    public Task Flags(string members) => Silent(members);

    [Theory]
    [InlineData("public void M(bool b) { if (b) rw.EnterReadLock(); work.Do(); if (rw.IsReadLockHeld) rw.ExitReadLock(); }")]
    [InlineData("public void M() { try { rw.EnterWriteLock(); work.Do(); } finally { if (rw.IsWriteLockHeld) rw.ExitWriteLock(); } }")]
    [InlineData("public void M() { try { Monitor.Enter(sync); work.Do(); } finally { if (Monitor.IsEntered(sync)) Monitor.Exit(sync); } }")]
    [InlineData("public void Leave() { if (rw.IsUpgradeableReadLockHeld) rw.ExitUpgradeableReadLock(); if (modern.IsHeldByCurrentThread) modern.Exit(); } public void Enter() { rw.EnterUpgradeableReadLock(); modern.Enter(); }")]
    public Task A_question_whether_it_is_held(string members) => Silent(members);

    [Theory]
    [InlineData("public void Enter() => Monitor.Enter(sync); public void Exit() => Monitor.Exit(sync);")]
    [InlineData("public void Enter() => One(); private void One() => Two(); private void Two() => gate.Wait(); public void Exit() => Three(); private void Three() => gate.Release();")]
    [InlineData("public sealed class Guard : IDisposable { private readonly ReaderWriterLockSlim rw; public Guard(ReaderWriterLockSlim rw) { this.rw = rw; rw.EnterWriteLock(); } public void Dispose() => rw.ExitWriteLock(); }")]
    [InlineData("public readonly struct Guard : IDisposable { private readonly object o; public Guard(object o) { Monitor.Enter(o); this.o = o; } public void Dispose() { Monitor.Exit(o); } }")]
    [InlineData("public sealed class Batch : IAsyncDisposable { private readonly C owner; private Batch(C owner) => this.owner = owner; public static async Task<Batch> Open(C owner) { await owner.gate.WaitAsync(); return new Batch(owner); } public ValueTask DisposeAsync() { owner.gate.Release(); return default; } }")]
    public Task Taken_by_one_member_and_given_back_by_another(string members) => Silent(members);

    [Theory]
    [InlineData("public async Task M(IEnumerable<string> all) { await Task.WhenAll(all.Select(async one => { await throttle.WaitAsync(); try { await work.DoAsync(); } finally { throttle.Release(); } })); }")]
    [InlineData("public async Task Consume() { while (true) { await signal.WaitAsync(); work.Do(); } } public void Produce() => signal.Release();")]
    [InlineData("private readonly SemaphoreSlim free = new(3); private readonly SemaphoreSlim used = new(0); public void Put() { free.Wait(); work.Do(); used.Release(); } public void Take() { used.Wait(); work.Do(); free.Release(); }")]
    [InlineData("public void Start(Queue<Action> all) { foreach (var one in all) { throttle.Wait(); ThreadPool.QueueUserWorkItem(_ => { try { one(); } finally { throttle.Release(); } }); } }")]
    [InlineData("public void Pause() => gate.Wait(); public void Resume() => gate.Release(); public async Task Turn() { await gate.WaitAsync(); gate.Release(); }")]
    public Task A_semaphore_that_counts_throttles_or_tells(string members) => Silent(members);

    [Theory]
    [InlineData("public IDisposable Lock() { gate.Wait(); return new Releaser(gate); } private sealed class Releaser(SemaphoreSlim s) : IDisposable { public void Dispose() => s.Release(); }")]
    [InlineData("public async Task<IDisposable> LockAsync(CancellationToken ct) { await gate.WaitAsync(ct).ConfigureAwait(false); return new Releaser(this); } private sealed class Releaser(C owner) : IDisposable { public void Dispose() => owner.gate.Release(); }")]
    [InlineData("public Action Lock() { Monitor.Enter(sync); return () => Monitor.Exit(sync); }")]
    [InlineData("public Lock.Scope Enter() => modern.EnterScope(); public Lock.Scope Again() => Enter();")]
    public Task A_returned_releaser(string members) => Silent(members);

    [Theory]
    [InlineData("public void Tick() { if (!gate.Wait(0)) return; try { work.Do(); } finally { gate.Release(); } }")]
    [InlineData("public void Drain() { while (signal.Wait(0)) { } }")]
    [InlineData("public void Wake() { signal.Wait(0); signal.Release(); }")]
    [InlineData("public async Task Tick() { if (await gate.WaitAsync(0)) { try { await work.DoAsync(); } finally { gate.Release(); } } }")]
    public Task A_look_without_waiting(string members) => Silent(members);

    [Theory]
    [InlineData("public void M() { lock (sync) { Monitor.Exit(sync); try { work.Do(); } finally { Monitor.Enter(sync); } } }")]
    [InlineData("public async Task M() { await gate.WaitAsync(); try { gate.Release(); try { await work.DoAsync(); } finally { await gate.WaitAsync(); } } finally { gate.Release(); } }")]
    [InlineData("public void M() { rw.EnterReadLock(); try { rw.ExitReadLock(); rw.EnterWriteLock(); try { work.Do(); } finally { rw.ExitWriteLock(); rw.EnterReadLock(); } } finally { rw.ExitReadLock(); } }")]
    [InlineData("public void M() { modern.Enter(); try { Let(); } finally { modern.Exit(); } } private void Let() => LetCore(); private void LetCore() { modern.Exit(); try { work.Do(); } finally { modern.Enter(); } }")]
    public Task Given_back_and_taken_again(string members) => Silent(members);

    [Theory]
    [InlineData("public Task M(CancellationToken ct) { gate.Wait(ct); return work.DoAsync().ContinueWith(_ => gate.Release(), TaskScheduler.Default); }")]
    [InlineData("public async Task M() { await gate.WaitAsync(); _ = work.DoAsync().ContinueWith((_, s) => ((SemaphoreSlim)s!).Release(), gate); }")]
    [InlineData("public void M(CancellationToken ct) { gate.Wait(ct); ct.Register(() => gate.Release()); }")]
    [InlineData("public void M(Timer timer) { gate.Wait(); timer.Change(1, -1); } public void Tick(object? state) => gate.Release();")]
    public Task Released_in_a_continuation(string members) => Silent(members);

    [Theory]
    [InlineData("private object? late; public void Init() { late = new object(); } public void M() { lock (late!) { work.Do(); } }")]
    [InlineData("private SemaphoreSlim? late; public void Init() { late = new(1, 1); } public void M() { late!.Wait(); try { work.Do(); } finally { late.Release(); } } public void Dispose() { late?.Dispose(); late = null; }")]
    [InlineData("public void Dispose() { gate.Wait(); gate.Dispose(); rw.EnterWriteLock(); try { work.Do(); } finally { rw.ExitWriteLock(); } rw.Dispose(); }")]
    public Task Set_before_use_and_at_the_end(string members) => Silent(members);
}

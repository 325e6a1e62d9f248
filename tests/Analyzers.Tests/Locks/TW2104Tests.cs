using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

public class TW2104Tests
{
    [Theory]
    // Static locks
    [InlineData("void M() { lock (s_gate) s_n++; }")]
    [InlineData("void M() { lock (typeof(C)) s_n++; }")]
    [InlineData("void M() { lock (_gate) lock (s_gate) s_n++; }")]
    [InlineData("void M() { lock (s_gate) lock (_gate) s_n++; }")]
    [InlineData("void M() { lock (s_list) { s_list.Add(1); } }")]
    [InlineData("void M() { s_semaphore.Wait(); try { lock (_gate) s_n++; } finally { s_semaphore.Release(); } }")]
    [InlineData("async Task M() { await s_semaphore.WaitAsync(); try { lock (_gate) { s_n++; } } finally { s_semaphore.Release(); } }")]
    [InlineData("void M() { lock (_gate) { s_semaphore.Wait(); try { s_n++; } finally { s_semaphore.Release(); } } }")]
    [InlineData("void M() { Monitor.Enter(s_gate); try { lock (this) s_n++; } finally { Monitor.Exit(s_gate); } }")]
    [InlineData("void M() { Monitor.Enter(s_gate); lock (this) s_n++; Monitor.Exit(s_gate); }")]
    [InlineData("void M() { if (!Monitor.TryEnter(s_gate)) return; try { lock (this) s_n++; } finally { Monitor.Exit(s_gate); } }")]
    [InlineData("void M() { using (s_lock.EnterScope()) lock (this) s_n++; }")]
    [InlineData("void M() { using var scope = s_lock.EnterScope(); lock (this) { s_n++; } }")]
    [InlineData("void M() { var scope = s_lock.EnterScope(); lock (this) { s_n++; } scope.Dispose(); }")]
    [InlineData("void M() { s_rw.EnterWriteLock(); try { lock (this) s_n++; } finally { s_rw.ExitWriteLock(); } }")]
    [InlineData("void M() { s_mutex.WaitOne(); try { lock (this) s_n++; } finally { s_mutex.ReleaseMutex(); } }")]
    // Held by callers
    [InlineData("public void M() { lock (s_gate) Add(); } private void Add() { lock (_gate) s_n++; }")]
    [InlineData("public void M() { lock (s_gate) A(); } private void A() => B(); private void B() { lock (_gate) s_n++; }")]
    [InlineData("public void M() { lock (s_gate) A(); } public void A() { lock (_gate) s_n++; }")]
    [InlineData("public void M() { lock (s_gate) { Add(); } void Add() { lock (_gate) s_n++; } }")]
    [InlineData("public void M() { s_semaphore.Wait(); try { Add(); } finally { s_semaphore.Release(); } } private void Add() { lock (_gate) s_n++; }")]
    [InlineData("[System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.Synchronized)] static void M(C c) { c.Add(); } private void Add() { lock (_gate) s_n++; }")]
    [InlineData("public int P { get { lock (s_gate) return Next(); } } private int Next() { lock (_gate) return ++s_n; }")]
    [InlineData("private void Enter() => Monitor.Enter(s_gate); private void Exit() => Monitor.Exit(s_gate); public void M() { Enter(); lock (_gate) s_n++; Exit(); }")]
    [InlineData("private int Count { get { lock (_gate) return ++s_n; } } public void M() { lock (s_gate) Console.WriteLine(Count); }")]
    // Locks whose identity is not known
    [InlineData("readonly object _sync; public C(object sync) { _sync = sync; } void M() { lock (_sync) s_n++; }")]
    [InlineData("readonly object _sync; public C() { _sync = s_gate; } void M() { lock (_sync) s_n++; }")]
    [InlineData("readonly object _sync = s_gate; void M() { lock (_sync) s_n++; }")]
    [InlineData("readonly object _sync; public C(object? sync) { _sync = sync ?? new(); } void M() { lock (_sync) s_n++; }")]
    [InlineData("readonly object _sync; public C(bool own) { _sync = own ? new object() : s_gate; } void M() { lock (_sync) s_n++; }")]
    [InlineData("readonly object _sync = new(); public C(bool own) { if (!own) _sync = s_gate; } void M() { lock (_sync) s_n++; }")]
    [InlineData("object _sync = new(); public object Sync { set => _sync = value; } void M() { lock (_sync) s_n++; }")]
    [InlineData("public object Sync = new(); void M() { lock (Sync) s_n++; }")]
    [InlineData("object Sync { get; } = new(); void M() { lock (Sync) s_n++; }")]
    [InlineData("object Sync => s_gate; void M() { lock (Sync) s_n++; }")]
    [InlineData("void M(object sync) { lock (sync) s_n++; }")]
    [InlineData("void M(C other) { lock (other._gate) s_n++; }")]
    [InlineData("void M() { var gate = s_gate; lock (gate) s_n++; }")]
    [InlineData("void M() { lock (_gate) WithLock(() => { s_n++; }); } static void WithLock(Action a) { lock (s_gate) a(); }")]
    [InlineData("void M() { WithLock(() => { lock (_gate) s_n++; }); } static void WithLock(Action a) { lock (s_gate) a(); }")]
    [InlineData("void M() { Action a = () => { lock (_gate) s_n++; }; lock (s_gate) a(); }")]
    // No lock at all, or none of exclusion
    [InlineData("void M() { s_n++; }")]
    [InlineData("void M() { lock (_gate) { } s_n++; }")]
    [InlineData("void M() { lock (_gate) { Task.Run(() => s_n++); } }")]
    [InlineData("void M() { _rw.EnterReadLock(); try { s_n++; } finally { _rw.ExitReadLock(); } }")]
    [InlineData("void M() { _many.Wait(); try { s_n++; } finally { _many.Release(); } }")]
    [InlineData("public void M() { lock (_gate) Add(); } public void N() { Add(); } private void Add() => s_n++;")]
    [InlineData("public void M() { lock (_gate) Add(); } public void Add() => s_n++;")]
    [InlineData("public void M() { lock (_gate) { new Thread(Add).Start(); } } private void Add() => s_n++;")]
    // What is no update of static state
    [InlineData("void M() { lock (_gate) _n++; }")]
    [InlineData("void M() { lock (_gate) Console.WriteLine(s_n); }")]
    [InlineData("void M(int n) { lock (_gate) s_n = n; }")]
    [InlineData("void M() { lock (_gate) { s_done = true; } }")]
    [InlineData("void M(int n) { lock (_gate) { if (s_n != n) s_n = n; } }")]
    [InlineData("void M(bool b) { lock (_gate) { if (!s_done) s_done = true; } }")]
    [InlineData("void M() { lock (_gate) { s_text ??= \"a\"; } }")]
    [InlineData("void M() { lock (_gate) { if (s_text == null) s_text = Environment.MachineName; } }")]
    [InlineData("void M() { lock (_gate) { s_text = s_text ?? Environment.MachineName; } }")]
    [InlineData("void M() { lock (_gate) { s_text = s_text != null ? s_text : Environment.MachineName; } }")]
    [InlineData("int M() { lock (_gate) return s_list.Count + s_list.IndexOf(1); }")]
    [InlineData("void M() { lock (_gate) s_list[0] = 1; }")]
    [InlineData("void M() { lock (_gate) s_concurrent.TryAdd(1, 1); }")]
    [InlineData("void M() { lock (_gate) s_concurrent[1] = 1; }")]
    [InlineData("void M() { lock (_gate) s_set.Add(1); } static readonly ISet<int> s_set = new HashSet<int>();")]
    [InlineData("void M() { lock (_gate) s_array[0]++; }")]
    [InlineData("void M() { lock (_gate) s_box.Value++; } static readonly StrongBox s_box = new(); class StrongBox { public int Value; }")]
    [InlineData("void M() { lock (_gate) s_raised += () => { }; } static event Action? s_raised;")]
    [InlineData("[ThreadStatic] static int t_n; void M() { lock (_gate) t_n++; }")]
    [InlineData("static volatile int s_v; void M() { lock (_gate) s_v++; }")]
    [InlineData("void M() { lock (_gate) s_n++; } void N() { Interlocked.Increment(ref s_n); }")]
    [InlineData("void M() { lock (_gate) Interlocked.Increment(ref s_n); }")]
    [InlineData("public C() { lock (_gate) s_n++; }")]
    [InlineData("static C() { lock (new C()._gate) s_n++; }")]
    // One object
    [InlineData("private C() { } void M() { lock (_gate) s_n++; }")]
    [InlineData("public static readonly C Instance = new C(); void M() { lock (_gate) s_n++; }")]
    [InlineData("public static C Instance { get; } = new C(); void M() { lock (_gate) s_n++; }")]
    [InlineData("static C? s_instance; public static C Instance => s_instance ??= new C(); void M() { lock (_gate) s_n++; }")]
    [InlineData("static readonly Lazy<C> s_instance = new(() => new C()); void M() { lock (_gate) s_n++; }")]
    [InlineData("class Holder { internal static readonly C Instance = new C(); } void M() { lock (_gate) s_n++; }")]
    [InlineData("static void Main() { new C().M(); } void M() { lock (_gate) s_n++; }")]
    public Task Innocent(string member) => Verify.Rule("TW2104", Class(member));

    [Theory]
    [InlineData("void M() { lock (_gate) {|TW2104:s_n|}++; }")]
    [InlineData("void M() { lock (this) {|TW2104:s_n|}++; }")]
    [InlineData("void M() { lock (_gate) { {|TW2104:C.s_n|} += 2; } }")]
    [InlineData("void M() { lock (_lock) {|TW2104:s_n|}--; }")]
    [InlineData("void M() { lock (_gate) lock (this) {|TW2104:s_n|}++; }")]
    [InlineData("void M() { lock (_gate) {|TW2104:s_n|} = s_n + 1; }")]
    [InlineData("void M() { lock (_gate) { var n = s_n; Console.WriteLine(n); {|TW2104:s_n|} = n + 1; } }")]
    [InlineData("void M(int n) { lock (_gate) {|TW2104:s_n|} = Math.Max(s_n, n); }")]
    [InlineData("void M(int n) { lock (_gate) {|TW2104:s_n|} = n > s_n ? n : s_n; }")]
    [InlineData("void M() { lock (_gate) { if (!s_done) { Load(); {|TW2104:s_done|} = true; } } } static void Load() { }")]
    [InlineData("void M() { lock (_gate) { if (s_done) return; {|TW2104:s_done|} = true; Load(); } } static void Load() { }")]
    [InlineData("void M() { lock (_gate) { if (s_done) { return; } Load(); {|TW2104:s_done|} = true; } } static void Load() { }")]
    [InlineData("void M() { lock (_gate) {|TW2104:s_list|}.Add(1); }")]
    [InlineData("void M() { lock (_gate) { {|TW2104:s_map|}[1] = 2; } }")]
    [InlineData("void M() { lock (_gate) { {|TW2104:s_map|}[1]++; } }")]
    [InlineData("void M() { lock (_gate) { if (!s_map.ContainsKey(1)) {|TW2104:s_map|}.Add(1, 2); } }")]
    [InlineData("void M() { lock (_gate) { {|TW2104:s_late|} ??= new List<int>(); s_late.Add(1); } }")]
    [InlineData("void M() { lock (_gate) { if (s_late == null) {|TW2104:s_late|} = new List<int>(); } }")]
    [InlineData("void M() { lock (_gate) { if (s_late is null) { {|TW2104:s_late|} = new(); } s_late?.Add(1); } }")]
    [InlineData("void M() { lock (_gate) {|TW2104:s_builder|}.Append('a'); } static readonly System.Text.StringBuilder s_builder = new();")]
    [InlineData("void M() { lock (_gate) {|TW2104:s_call|} += () => { }; } static Action? s_call;")]
    [InlineData("int P { get { lock (_gate) return ++{|TW2104:s_n|}; } }")]
    [InlineData("void M() { lock (_gate) { for (var i = 0; i < 3; i++) { if (i > 1) {|TW2104:s_n|}++; } } }")]
    [InlineData("readonly object _sync; public C() { _sync = new object(); } void M() { lock (_sync) {|TW2104:s_n|}++; }")]
    [InlineData("private object _sync = new(); void M() { lock (_sync) {|TW2104:s_n|}++; }")]
    [InlineData("private readonly List<int> _items = new(); void M() { lock (_items) { _items.Add(1); {|TW2104:s_n|}++; } }")]
    // By calls
    [InlineData("void M() { Monitor.Enter(_gate); try { {|TW2104:s_n|}++; } finally { Monitor.Exit(_gate); } }")]
    [InlineData("void M() { var t = false; try { Monitor.Enter(_gate, ref t); {|TW2104:s_n|}++; } finally { if (t) Monitor.Exit(_gate); } }")]
    [InlineData("void M() { _lock.Enter(); try { {|TW2104:s_n|}++; } finally { _lock.Exit(); } }")]
    [InlineData("async Task M() { await _one.WaitAsync(); try { {|TW2104:s_n|}++; await Task.Yield(); } finally { _one.Release(); } }")]
    [InlineData("void M() { _rw.EnterWriteLock(); try { {|TW2104:s_list|}.Add(1); } finally { _rw.ExitWriteLock(); } }")]
    // Through helpers
    [InlineData("public void M() { lock (_gate) Add(); } private void Add() => {|TW2104:s_n|}++;")]
    [InlineData("public void M() { lock (_gate) Add(); } private static void Add() { {|TW2104:s_n|}++; }")]
    [InlineData("public void M() { lock (_gate) A(); } private void A() { B(); } private void B() { {|TW2104:s_list|}.Add(1); }")]
    [InlineData("public void M() { lock (_gate) A(); } public void N() { lock (this) { A(); } } private void A() => {|TW2104:s_n|}++;")]
    [InlineData("public void M() { lock (_gate) { Add(); } void Add() => {|TW2104:s_n|}++; }")]
    [InlineData("public void M() { Add(); } private void Add() { lock (_gate) {|TW2104:s_n|}++; }")]
    [InlineData("public void M() { Task.Run(() => { lock (_gate) {|TW2104:s_n|}++; }); }")]
    [InlineData("public void M() { new Thread(Run).Start(); } private void Run() { lock (_gate) {|TW2104:s_n|}++; }")]
    [InlineData("public void M(int n) { if (n > 0) lock (_gate) A(n); } private void A(int n) { {|TW2104:s_n|}++; if (n > 0) A(n - 1); }")]
    // One report a field; what else is done with the state
    [InlineData("void M() { lock (_gate) {|TW2104:s_n|}++; } void N() { lock (_gate) s_n--; } void O() { lock (s_gate) s_n++; } int P => s_n;")]
    [InlineData("void M() { lock (_gate) { {|TW2104:s_n|}++; {|TW2104:s_list|}.Add(1); } }")]
    [InlineData("public static C Create() => new C(); void M() { lock (_gate) {|TW2104:s_n|}++; }")]
    [InlineData("public override string ToString() { lock (_gate) return (++{|TW2104:s_n|}).ToString(); }")]
    public Task Guilty(string member) => Verify.Rule("TW2104", Class(member));

    [Fact]
    public Task Parts_of_a_type() => Verify.Rule("TW2104", """
        partial class C
        {
            private static int s_n, s_m;
            public void M() { lock (_gate) {|TW2104:s_n|}++; }
            private void Add() { lock (_gate) s_m++; }
        }

        partial class C
        {
            private static readonly object s_gate = new();
            private readonly object _gate = new();
            public void N() { lock (s_gate) Add(); }
        }
        """);

    [Fact]
    public Task A_generic_type() => Verify.Rule("TW2104", """
        class Cache<T>
        {
            private static readonly Dictionary<string, T> s_all = new();
            private readonly object _gate = new();
            public void Put(string key, T value) { lock (_gate) {|TW2104:s_all|}[key] = value; }
        }
        """);

    [Fact]
    public Task An_override_may_be_called_under_a_lock_of_its_base() => Verify.Rule("TW2104", """
        abstract class Job
        {
            private static readonly object s_gate = new();
            public void Run() { lock (s_gate) OnRun(); }
            protected abstract void OnRun();
        }

        class Count : Job
        {
            private static int s_n;
            private readonly object _gate = new();
            protected override void OnRun() { lock (_gate) s_n++; }
        }
        """);

    [Fact]
    public Task A_lock_of_the_base_class_is_not_known() => Verify.Rule("TW2104", """
        class Base
        {
            protected readonly object Gate;
            public Base(object gate) => Gate = gate;
        }

        class C(object gate) : Base(gate)
        {
            private static int s_n;
            void M() { lock (Gate) s_n++; }
        }
        """);

    [Fact]
    public Task A_nested_type_whose_object_the_outer_one_holds() => Verify.Rule("TW2104", """
        static class Outer
        {
            private static readonly Inner s_inner = new();
            private sealed class Inner
            {
                private static int s_n;
                private readonly object _gate = new();
                public void M() { lock (_gate) s_n++; }
            }
        }
        """);

    [Fact]
    public Task The_object_that_stands_for_an_interface() => Verify.Rule("TW2104", """
        interface IClock { void Tick(); }

        class Clock : IClock
        {
            public static readonly IClock Default = new Clock();
            private static int s_n;
            private readonly object _gate = new();
            public void Tick() { lock (_gate) s_n++; }
        }
        """);

    [Fact]
    public Task A_host_runs_one_service() => Verify.Rule("TW2104", """
        interface IHostedService { }

        class Service : IHostedService
        {
            private static int s_n;
            public void M() { lock (this) s_n++; }
        }
        """);

    [Theory]
    [InlineData("void M(int n) { lock (_gate) { s_n = n; s_text = n.ToString(); } }")]
    [InlineData("void M() { lock (_gate) { if (s_late == null) s_late = Make(); } } static List<int> Make() => new();")]
    [InlineData("void M() { using (_lock.EnterScope()) s_n++; }")]
    [InlineData("private C() { } public static C Create() => new C(); void M() { lock (_gate) s_n++; }")]
    [InlineData("void M() { lock (_gate) { try { s_n++; } finally { Done(); } } } void Done() { }")]
    [InlineData("[System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.Synchronized)] void M() { s_n++; }")]
    public Task Misses(string member) => Verify.Rule("TW2104", Class(member));

    /// <summary>All objects, of all processes, have the one of that name.</summary>
    [Theory]
    [InlineData("private readonly Mutex _named = new(false, @\"Global\\app\"); void M() { try { _named.WaitOne(); } catch (AbandonedMutexException) { } try { s_n++; } finally { _named.ReleaseMutex(); } }")]
    [InlineData("private readonly Semaphore _named = new(1, 1, \"app\"); void M() { _named.WaitOne(); try { s_n++; } finally { _named.Release(); } }")]
    [InlineData("private readonly Mutex _named; public C(string name) { _named = new Mutex(false, name); } void M() { _named.WaitOne(); try { s_n++; } finally { _named.ReleaseMutex(); } }")]
    public Task A_lock_with_a_name(string member) => Verify.Rule("TW2104", Class(member));

    [Theory]
    [InlineData("private readonly Mutex _plain = new(false, null); void M() { _plain.WaitOne(); try { {|TW2104:s_n|}++; } finally { _plain.ReleaseMutex(); } }")]
    [InlineData("private readonly Mutex _plain = new(false, \"\"); void M() { _plain.WaitOne(); try { {|TW2104:s_n|}++; } finally { _plain.ReleaseMutex(); } }")]
    public Task A_lock_with_a_name_that_is_none(string member) => Verify.Rule("TW2104", Class(member));

    private static string Class(string member) => $$"""
        class C
        {
            private static readonly object s_gate = new();
            private static readonly Lock s_lock = new();
            private static readonly SemaphoreSlim s_semaphore = new(1, 1);
            private static readonly ReaderWriterLockSlim s_rw = new();
            private static readonly Mutex s_mutex = new();
            private static readonly List<int> s_list = new();
            private static readonly Dictionary<int, int> s_map = new();
            private static readonly ConcurrentDictionary<int, int> s_concurrent = new();
            private static readonly int[] s_array = new int[3];
            private static int s_n;
            private static bool s_done;
            private static string? s_text;
            private static List<int>? s_late;
            private readonly object _gate = new();
            private readonly Lock _lock = new();
            private readonly SemaphoreSlim _one = new(1, 1);
            private readonly SemaphoreSlim _many = new(4, 4);
            private readonly ReaderWriterLockSlim _rw = new();
            private int _n;

            {{member}}
        }
        """;
}

using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Processes;

public class TW5006Tests
{
    [Theory]
    [InlineData("void M() { _view.{|TW5006:Write(0, _view.ReadInt32(0) + 1)|}; }")]
    [InlineData("void M() => _view.{|TW5006:Write(0, _view.ReadInt32(0) + 1)|};")]
    [InlineData("void M() { var n = _view.ReadInt32(0); n++; _view.{|TW5006:Write(0, n)|}; }")]
    [InlineData("void M() { var n = _view.ReadInt32(0); var m = n + 1; Use(m); _view.{|TW5006:Write(0, m)|}; }")]
    [InlineData("void M(int by) { int n; n = _view.ReadInt32(0); if (n < 10) _view.{|TW5006:Write(0, n + by)|}; }")]
    [InlineData("void M() { _view.Read(0, out Pair p); p.A++; _view.{|TW5006:Write(0, ref p)|}; }")]
    [InlineData("const int At = 8; void M() { _view.{|TW5006:Write(At, _view.ReadInt32(8) + 1)|}; }")]
    [InlineData("void M(int i) { _view.{|TW5006:Write(i * 4, _view.ReadInt32(i * 4) + 1)|}; }")]
    [InlineData("void M() { for (var i = 0; i < 5; i++) _view.{|TW5006:Write(0, _view.ReadInt32(0) + 1)|}; }")]
    [InlineData("void M() { _view.{|TW5006:Write(0, Load() + 1)|}; } int Load() => _view.ReadInt32(0);")]
    [InlineData("int Count { get => _view.ReadInt32(0); set => _view.Write(0, value); } void M() { {|TW5006:Count++|}; }")]
    [InlineData("int Count { get => _view.ReadInt32(0); set => _view.Write(0, value); } void M(int by) { {|TW5006:Count|} += by; }")]
    [InlineData("void M() { lock (_gate) { _view.{|TW5006:Write(0, _view.ReadInt32(0) + 1)|}; } }")]
    [InlineData("void M() { lock (_gate) Add(); } private void Add() => More(); private void More() => _view.{|TW5006:Write(0, _view.ReadInt32(0) + 1)|};")]
    [InlineData("void M() { using var map = MemoryMappedFile.CreateOrOpen(\"x\", 8); using var v = map.CreateViewAccessor(); v.{|TW5006:Write(0, v.ReadInt32(0) + 1)|}; }")]
    [InlineData("void M() { using var map = MemoryMappedFile.OpenExisting(\"x\"); using var v = map.CreateViewAccessor(); v.{|TW5006:Write(0, v.ReadInt32(0) + 1)|}; }")]
    [InlineData("void M() { using var v = Open().CreateViewAccessor(); v.{|TW5006:Write(0, v.ReadInt32(0) + 1)|}; } static MemoryMappedFile Open() => Make(); static MemoryMappedFile Make() => MemoryMappedFile.CreateOrOpen(\"x\", 8);")]
    [InlineData("void M(string path) { using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite); using var map = MemoryMappedFile.CreateFromFile(file, null, 8, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, false); using var v = map.CreateViewAccessor(); v.{|TW5006:Write(0, v.ReadInt32(0) + 1)|}; }")]
    [InlineData("async Task M() { var n = _view.ReadInt32(0); await Task.Yield(); _view.{|TW5006:Write(0, n + 1)|}; }")]
    [InlineData("void M() => Task.Run(() => _view.{|TW5006:Write(0, _view.ReadInt32(0) + 1)|}).Wait();")]
    [InlineData("void M() { _view.{|TW5006:Write(0, _view.ReadInt32(0) + 1)|}; } void N() { _view.Write(0, _view.ReadInt32(0) - 1); }")]
    [InlineData("void M<T>(List<T> all) { _view.{|TW5006:Write(0, _view.ReadInt32(0) + all.Count)|}; }")]
    public Task Others_may_come_in_between(string members) => In(members);

    [Fact]
    public Task In_another_part() => Verify.Rule("TW5006", """
        using System.IO.MemoryMappedFiles;
        partial class C
        {
            private readonly MemoryMappedViewAccessor _view = MemoryMappedFile.CreateOrOpen("shared", 64).CreateViewAccessor();
        }

        partial class C
        {
            void M() { _view.{|TW5006:Write(0, _view.ReadInt32(0) + 1)|}; }
        }
        """);

    [Fact]
    public Task By_top_level_statements() => Verify.Rule("TW5006", """
        using System.IO.MemoryMappedFiles;
        using var map = MemoryMappedFile.CreateOrOpen("shared", 64);
        using var view = map.CreateViewAccessor();
        view.{|TW5006:Write(0, view.ReadInt32(0) + 1)|};
        """);

    [Theory]
    [InlineData("void M() { _view.Write(0, 1); }")]
    [InlineData("int M() => _view.ReadInt32(0) + 1;")]
    [InlineData("void M() { _view.Write(4, _view.ReadInt32(0) + 1); }")]
    [InlineData("void M() { var n = _view.ReadInt32(0); Use(n); _view.Write(0, 0); }")]
    [InlineData("void M(int n) { if (_view.ReadInt32(0) == 0) _view.Write(0, n); }")]
    [InlineData("void M() { using var map = MemoryMappedFile.CreateNew(null, 8); using var v = map.CreateViewAccessor(); v.Write(0, v.ReadInt32(0) + 1); }")]
    [InlineData("void M() { using var map = MemoryMappedFile.CreateNew(\"x\", 8); using var v = map.CreateViewAccessor(); v.Write(0, v.ReadInt32(0) + 1); }")]
    [InlineData("void M(string path) { using var map = MemoryMappedFile.CreateFromFile(path); using var v = map.CreateViewAccessor(); v.Write(0, v.ReadInt32(0) + 1); }")]
    [InlineData("void M(string path) { using var map = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, 1 << 30); using var v = map.CreateViewAccessor(); v.Write(0, v.ReadInt64(0) + 1); }")]
    [InlineData("void M(string path) { using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); using var map = MemoryMappedFile.CreateFromFile(file, null, 8, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, false); using var v = map.CreateViewAccessor(); v.Write(0, v.ReadInt32(0) + 1); }")]
    [InlineData("void M(string path) { using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite); using var map = MemoryMappedFile.CreateFromFile(file, null, 8, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, false); using var v = map.CreateViewAccessor(); v.Write(0, v.ReadInt32(0) + 1); }")]
    [InlineData("void M(FileStream file) { using var map = MemoryMappedFile.CreateFromFile(file, null, 8, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, false); using var v = map.CreateViewAccessor(); v.Write(0, v.ReadInt32(0) + 1); }")]
    [InlineData("void M(MemoryMappedFile map) { using var v = map.CreateViewAccessor(); v.Write(0, v.ReadInt32(0) + 1); }")]
    [InlineData("void M(MemoryMappedViewAccessor v) => v.Write(0, v.ReadInt32(0) + 1);")]
    [InlineData("void M() { using var map = MemoryMappedFile.CreateOrOpen(\"x\", 8, MemoryMappedFileAccess.CopyOnWrite); using var v = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.CopyOnWrite); v.Write(0, v.ReadInt32(0) + 1); }")]
    [InlineData("void M() { using var mutex = new Mutex(false, \"x-lock\"); mutex.WaitOne(); try { _view.Write(0, _view.ReadInt32(0) + 1); } finally { mutex.ReleaseMutex(); } }")]
    [InlineData("private readonly Mutex _mutex = new(false, \"x-lock\"); void M() { _mutex.WaitOne(); try { Add(); } finally { _mutex.ReleaseMutex(); } } private void Add() => _view.Write(0, _view.ReadInt32(0) + 1);")]
    [InlineData("public readonly Mutex Lock = new(false, \"x-lock\"); public void Add() => _view.Write(0, _view.ReadInt32(0) + 1);")]
    [InlineData("void M(Mutex mutex) { mutex.WaitOne(); try { _view.Write(0, _view.ReadInt32(0) + 1); } finally { mutex.ReleaseMutex(); } }")]
    [InlineData("private readonly Mutex _mutex; C(Mutex mutex) : this() => _mutex = mutex; void M() { _mutex.WaitOne(); try { _view.Write(0, _view.ReadInt32(0) + 1); } finally { _mutex.ReleaseMutex(); } }")]
    [InlineData("void M(string name) { using var mutex = Mutex.OpenExisting(name); mutex.WaitOne(); try { _view.Write(0, _view.ReadInt32(0) + 1); } finally { mutex.ReleaseMutex(); } }")]
    [InlineData("void M() { using var semaphore = new Semaphore(1, 1, \"x-lock\"); semaphore.WaitOne(); try { _view.Write(0, _view.ReadInt32(0) + 1); } finally { semaphore.Release(); } }")]
    [InlineData("void M() { using var turn = new EventWaitHandle(false, EventResetMode.AutoReset, \"x-turn\"); turn.WaitOne(); _view.Write(0, _view.ReadInt32(0) + 1); }")]
    [InlineData("void M(string path) { using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); _view.Write(0, _view.ReadInt32(0) + 1); }")]
    [InlineData("void M() { using (Guard()) _view.Write(0, _view.ReadInt32(0) + 1); } static IDisposable Guard() => throw new NotSupportedException();")]
    [InlineData("void M() => Locked(() => _view.Write(0, _view.ReadInt32(0) + 1)); static void Locked(Action action) => action();")]
    [InlineData("void M(Foreign gate) { gate.Enter(); try { _view.Write(0, _view.ReadInt32(0) + 1); } finally { gate.Leave(); } }")]
    [InlineData("unsafe void M() { byte* p = null; _view.SafeMemoryMappedViewHandle.AcquirePointer(ref p); while (Interlocked.CompareExchange(ref *(int*)p, 1, 0) != 0) { } _view.Write(4, _view.ReadInt32(4) + 1); Volatile.Write(ref *(int*)p, 0); }")]
    [InlineData("void Put(int item) { var head = _view.ReadInt32(0); _view.Write(8 + head % 8 * 4, item); _view.Write(0, head + 1); }")]
    [InlineData("bool Put(int item) { var head = _view.ReadInt32(0); if (head - _view.ReadInt32(4) == 8) return false; _view.Write(0, head + 1); return true; }")]
    [InlineData("void Put() => _view.Write(0, _view.ReadInt32(0) + 1); void Take() => _view.Write(4, _view.ReadInt32(4) + 1);")]
    [InlineData("int Count { get => _view.ReadInt32(0); set => _view.Write(0, value); } void M(C other) { other.Count++; }")]
    [InlineData("int Count { get => _view.ReadInt32(0); set => _view.Write(4, value); } void M() { Count++; }")]
    [InlineData("void M() { int[] all = [0]; all[0]++; _view.Write(0, all[0]); }")]
    [InlineData("void M(bool x) { using var map = x ? MemoryMappedFile.CreateNew(null, 8) : MemoryMappedFile.CreateOrOpen(\"x\", 8); using var v = map.CreateViewAccessor(); v.Write(0, v.ReadInt32(0) + 1); }")]
    public Task Innocent(string members) => In(members);

    [Fact]
    public Task A_mutex_that_a_caller_holds() => In("public void Add() => _view.Write(0, _view.ReadInt32(0) + 1); } class Caller { static readonly Mutex s_mutex = new(false, \"x-lock\"); void M(C c) { s_mutex.WaitOne(); try { c.Add(); } finally { s_mutex.ReleaseMutex(); } }");

    [Fact]
    public Task A_mutex_of_another_file_that_names_the_type() => Verify.Rule("TW5006", Code("public void Add() => _view.Write(0, _view.ReadInt32(0) + 1);"), static test =>
        test.TestState.Sources.Add(("Other.cs", "class Other { readonly Mutex _mutex = new(false, \"program\"); readonly C? _counter; }")));

    [Fact]
    public Task A_mutex_that_has_nothing_to_do_with_the_type() => Verify.Rule("TW5006", Code("public void Add() => _view.{|TW5006:Write(0, _view.ReadInt32(0) + 1)|};"), static test =>
        test.TestState.Sources.Add(("Other.cs", "class Other { readonly Mutex _mutex = new(false, \"program\"); }")));

    [Fact]
    public Task An_unnamed_mutex_is_said_by_the_other_rule() => In("private readonly Mutex _mutex = {|TW5009:new|}(); void M() { _mutex.WaitOne(); try { _view.Write(0, _view.ReadInt32(0) + 1); } finally { _mutex.ReleaseMutex(); } }");

    /// <summary>Whoever makes the map may write before it tells anybody of it, and when it does so is not in the code.</summary>
    [Fact]
    public Task Misses_a_creator_that_goes_on_to_write() => In("void M() { using var map = MemoryMappedFile.CreateNew(\"x\", 8); using var v = map.CreateViewAccessor(); v.Write(0, v.ReadInt32(0) + 1); }");

    /// <summary>Two places that two functions move are the ends of a queue as often as two counters.</summary>
    [Fact]
    public Task Misses_two_counters() => In("void Hit() => _view.Write(0, _view.ReadInt32(0) + 1); void Miss() => _view.Write(4, _view.ReadInt32(4) + 1);");

    [Theory]
    [InlineData("void M() => {|TW5006:Store(_view.ReadInt32(0) + 1)|}; private void Store(int n) => _view.Write(0, n);")]
    [InlineData("void M() { var n = Load(); n++; {|TW5006:Store(n)|}; } private int Load() => _view.ReadInt32(0); private void Store(int n) { _view.Write(0, n); _view.Flush(); }")]
    [InlineData("void M() => {|TW5006:Outer(_view.ReadInt32(0) + 1)|}; private void Outer(int n) => Store(n); private void Store(int n) => _view.Write(0, n);")]
    [InlineData("void M() { lock (_gate) {|TW5006:Store(_view.ReadInt32(0) + 1)|}; } void Reset() => Store(0); private void Store(int n) => _view.Write(0, n);")]
    public Task By_a_helper_that_writes(string members) => In(members);

    [Theory]
    [InlineData("private readonly Mutex _mutex = new(false, \"x-lock\"); void M() { _mutex.WaitOne(); try { Store(_view.ReadInt32(0) + 1); } finally { _mutex.ReleaseMutex(); } } private void Store(int n) => _view.Write(0, n);")]
    [InlineData("void M() => Store(_view.ReadInt32(4) + 1); private void Store(int n) => _view.Write(0, n);")]
    [InlineData("void M(int n) => Store(n + 1); private void Store(int n) => _view.Write(0, n);")]
    [InlineData("void M() => Store(_view.ReadInt32(0) + 1); internal void Store(int n) => _view.Write(0, n);")]
    [InlineData("void M(C other) => other.Store(_view.ReadInt32(0) + 1); private void Store(int n) => _view.Write(0, n);")]
    [InlineData("void M(int item) { var head = _view.ReadInt32(0); Store(head + 1, item); } private void Store(int head, int item) { _view.Write(8 + head % 8 * 4, item); _view.Write(0, head); }")]
    [InlineData("void M() => Store(4, _view.ReadInt32(0) + 1); private void Store(int at, int n) => _view.Write(at, n);")]
    [InlineData("void M() => Store(8, Load(0) + 1); private int Load(int at) => _view.ReadInt32(at); private void Store(int at, int n) => _view.Write(at, n);")]
    public Task Silent_on_a_helper_that_writes_something_else_or_under_a_lock(string members) => In(members);

    [Theory]
    [InlineData("private readonly Mutex _mutex = new(false, \"x-lock\"); void M() => _view.{|TW5006:Write(0, _view.ReadInt32(0) + 1)|};")]
    [InlineData("private readonly Mutex _mutex; C(int n) : this() => _mutex = new Mutex(false, \"x-lock\"); void M() => _view.{|TW5006:Write(0, _view.ReadInt32(0) + 1)|}; void End() { _mutex.Dispose(); }")]
    [InlineData("void M() { using var mutex = new Mutex(false, \"x-lock\"); _view.{|TW5006:Write(0, _view.ReadInt32(0) + 1)|}; }")]
    [InlineData("private readonly Semaphore _one = new(1, 1, \"x-lock\"); void M() => _view.{|TW5006:Write(0, _view.ReadInt32(0) + 1)|};")]
    [InlineData("private readonly Mutex _mutex = new(false, \"x-lock\"); void M() { lock (_mutex) { _view.Write(0, 0); } } void N() { _view.Write(0, _view.ReadInt32(0) + 1); }", false)]
    [InlineData("private readonly Mutex _mutex = new(false, \"x-lock\"); int N() { _mutex.WaitOne(); try { return _view.ReadInt32(0); } finally { _mutex.ReleaseMutex(); } } void M() => _view.{|TW5006:Write(0, _view.ReadInt32(0) + 1)|};")]
    [InlineData("private readonly Mutex _mutex = new(false, \"x-lock\"); void N() { _mutex.WaitOne(); try { _view.Write(0, _view.ReadInt32(0) + 1); } finally { _mutex.ReleaseMutex(); } } void M() { lock (_gate) { _view.{|TW5006:Write(0, _view.ReadInt32(0) - 1)|}; } }")]
    public Task A_named_lock_that_is_not_taken_there(string members, bool isReported = true) => In(isReported ? members : members.Replace("{|TW5006:", "").Replace("|}", ""));

    [Theory]
    [InlineData("private readonly Mutex _mutex = new(true, \"x-lock\"); void M() => _view.Write(0, _view.ReadInt32(0) + 1);")]
    [InlineData("private static readonly Mutex s_single = new(false, \"x-app\", out var isFirst); void M() => _view.Write(0, _view.ReadInt32(0) + 1);")]
    [InlineData("private readonly Mutex _mutex = new(false, \"x-lock\"); public void Enter() => _mutex.WaitOne(); public void Leave() => _mutex.ReleaseMutex(); void M() => _view.Write(0, _view.ReadInt32(0) + 1);")]
    [InlineData("private readonly Mutex _mutex = new(false, \"x-lock\"); void Locked(Action act) { _mutex.WaitOne(); try { act(); } finally { _mutex.ReleaseMutex(); } } void M() => Locked(() => _view.Write(0, _view.ReadInt32(0) + 1));")]
    [InlineData("private readonly Mutex _mutex = new(false, \"x-lock\"); void Locked() { _mutex.WaitOne(); try { Core(); } finally { _mutex.ReleaseMutex(); } } protected virtual void Core() { } protected void Add() => _view.Write(0, _view.ReadInt32(0) + 1);")]
    [InlineData("private readonly Mutex _mutex = new(false, \"x-lock\"); void M(Guard other) { using (new Guard(_mutex)) _view.Write(0, _view.ReadInt32(0) + 1); } sealed class Guard(Mutex m) : IDisposable { public void Dispose() => m.ReleaseMutex(); }")]
    [InlineData("private readonly Mutex _mutex = new(false, \"x-lock\"); void M() { WaitHandle.WaitAll([_mutex]); try { _view.Write(0, _view.ReadInt32(0) + 1); } finally { _mutex.ReleaseMutex(); } }")]
    [InlineData("private readonly Mutex _mutex = new(false, \"x-lock\"); void N() { _mutex.WaitOne(1000); try { Step(); } finally { _mutex.ReleaseMutex(); } } private void Step() => Count++; int Count { get => _view.ReadInt32(0); set => _view.Write(0, value); }")]
    [InlineData("private readonly Mutex _mutex = new(false, \"x-lock\"); void N(List<int> all) { _mutex.WaitOne(); try { all.ForEach(Add); } finally { _mutex.ReleaseMutex(); } } void Add(int n) => _view.Write(0, _view.ReadInt32(0) + n);")]
    [InlineData("private readonly EventWaitHandle _turn = new(false, EventResetMode.AutoReset, \"x-turn\"); void M() => _view.Write(0, _view.ReadInt32(0) + 1);")]
    [InlineData("internal readonly Mutex Gate = new(false, \"x-lock\"); void M() => _view.Write(0, _view.ReadInt32(0) + 1);")]
    public Task A_named_lock_that_may_be_held_there(string members) => In(members);

    /// <summary>A name that is made anew, a place that is the object's own, a part of a file that is locked.</summary>
    [Theory]
    [InlineData("void M() { using var map = MemoryMappedFile.CreateOrOpen(\"x\" + Guid.NewGuid(), 8); using var v = map.CreateViewAccessor(); v.Write(0, v.ReadInt32(0) + 1); }")]
    [InlineData("void M() { var name = Guid.NewGuid().ToString(\"N\"); using var map = MemoryMappedFile.CreateOrOpen(name, 8); using var v = map.CreateViewAccessor(); v.Write(0, v.ReadInt32(0) + 1); }")]
    [InlineData("void M() { using var map = MemoryMappedFile.CreateOrOpen($\"x-{Environment.ProcessId}\", 8); using var v = map.CreateViewAccessor(); v.Write(0, v.ReadInt32(0) + 1); }")]
    [InlineData("readonly int _id; void M() { _view.Write(_id * 4, _view.ReadInt32(_id * 4) + 1); }")]
    [InlineData("int Slot { get; set; } void M() { var at = Slot * 8; _view.Write(at, _view.ReadInt64(at) + 1); }")]
    [InlineData("void M() { var at = Environment.ProcessId % 16 * 4; var n = _view.ReadInt32(at); _view.Write(at, n + 1); }")]
    [InlineData("void M(string path) { using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite); file.Lock(0, 8); try { using var map = MemoryMappedFile.CreateFromFile(file, null, 8, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, true); using var v = map.CreateViewAccessor(); v.Write(0, v.ReadInt32(0) + 1); } finally { file.Unlock(0, 8); } }")]
    [InlineData("[System.Runtime.InteropServices.DllImport(\"libc\")] static extern int flock(int file, int how); void M(int file) { flock(file, 2); _view.Write(0, _view.ReadInt32(0) + 1); flock(file, 8); }")]
    public Task Silent_on_what_is_for_one_process(string members) => In(members);

    [Theory]
    [InlineData("void M() { var name = Guid.NewGuid().ToString(\"N\"); using var map = MemoryMappedFile.CreateOrOpen(name, 8); using var v = map.CreateViewAccessor(); System.Diagnostics.Process.Start(\"child\", name); v.{|TW5006:Write(0, v.ReadInt32(0) + 1)|}; }")]
    [InlineData("void M() { using var map = MemoryMappedFile.CreateOrOpen($\"x-{Environment.ProcessId}\", 8); using var v = map.CreateViewAccessor(); System.Diagnostics.Process.Start(\"child\", Environment.ProcessId.ToString()); v.{|TW5006:Write(0, v.ReadInt32(0) + 1)|}; }")]
    [InlineData("void M(int slot) { var at = slot * 4; _view.{|TW5006:Write(at, _view.ReadInt32(at) + 1)|}; }")]
    public Task A_name_that_is_told_and_a_place_that_is_given(string members) => In(members);

    /// <summary>That the opener is the only one who writes while it runs, the programs have agreed on elsewhere.</summary>
    [Fact]
    public Task Noise_of_a_single_child() => In("void M() { using var map = MemoryMappedFile.OpenExisting(\"x\"); using var v = map.CreateViewAccessor(); v.{|TW5006:Write(0, v.ReadInt32(0) + 1)|}; }");

    private static Task In(string code) => Verify.Rule("TW5006", Code(code));

    private static string Code(string code) => $$"""
        using System.IO.MemoryMappedFiles;
        struct Pair { public int A; public int B; }
        class Foreign { public void Enter() { } public void Leave() { } }
        class C
        {
            private readonly object _gate = new();
            private readonly MemoryMappedFile _map;
            private readonly MemoryMappedViewAccessor _view;
            C() { _map = MemoryMappedFile.CreateOrOpen("shared", 64); _view = _map.CreateViewAccessor(); }
            static void Use(int n) { }
            {{code}}
        }
        """;
}

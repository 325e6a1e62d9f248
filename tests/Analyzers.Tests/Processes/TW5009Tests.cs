using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Processes;

public class TW5009Tests
{
    private const string Update = "_view.Write(0, _view.ReadInt32(0) + 1);";

    [Theory]
    [InlineData("private readonly Mutex _mutex = {|TW5009:new|}(); void M() { _mutex.WaitOne(); try { " + Update + " } finally { _mutex.ReleaseMutex(); } }")]
    [InlineData("private static readonly Mutex s_mutex = {|TW5009:new Mutex|}(false); void M() { s_mutex.WaitOne(); try { " + Update + " } finally { s_mutex.ReleaseMutex(); } }")]
    [InlineData("private readonly Mutex _mutex; C(int n) : this() { _mutex = {|TW5009:new Mutex|}(); } void M() { _mutex.WaitOne(); try { " + Update + " } finally { _mutex.ReleaseMutex(); } }")]
    [InlineData("private readonly Mutex _mutex = {|TW5009:new Mutex|}(false, null); void M() { _mutex.WaitOne(); try { " + Update + " } finally { _mutex.ReleaseMutex(); } }")]
    [InlineData("private readonly Semaphore _one = {|TW5009:new Semaphore|}(1, 1); void M() { _one.WaitOne(); try { " + Update + " } finally { _one.Release(); } }")]
    [InlineData("private readonly Mutex _mutex = {|TW5009:new|}(); void M() { _mutex.WaitOne(); try { Add(); } finally { _mutex.ReleaseMutex(); } } private void Add() => More(); private void More() { " + Update + " }")]
    [InlineData("private readonly Mutex _mutex = {|TW5009:new|}(); void M() { try { _mutex.WaitOne(); } catch (AbandonedMutexException) { } try { " + Update + " } finally { _mutex.ReleaseMutex(); } }")]
    public Task Guards_what_others_update(string members) => In(members);

    [Theory]
    [InlineData("readonly Mutex _mutex = {|TW5009:new|}(false, \"x\" + Guid.NewGuid());")]
    [InlineData("readonly Mutex _mutex = {|TW5009:new Mutex|}(false, $\"x-{Guid.NewGuid():N}\");")]
    [InlineData("void M() { using var m = {|TW5009:new Mutex|}(false, Path.GetRandomFileName()); m.WaitOne(); m.ReleaseMutex(); }")]
    [InlineData("void M(string path) { using var m = {|TW5009:new Mutex|}(false, \"x-\" + path.GetHashCode()); m.WaitOne(); m.ReleaseMutex(); }")]
    [InlineData("void M(string path) { using var m = {|TW5009:new Mutex|}(true, @\"Global\\x-\" + path.ToLowerInvariant().GetHashCode().ToString(\"X\"), out var isFirst); Use(isFirst); }")]
    [InlineData("void M(string path) { var name = \"x-\" + path.GetHashCode(); using var m = {|TW5009:new Mutex|}(false, name); m.WaitOne(); m.ReleaseMutex(); }")]
    [InlineData("void M(string a, int b) { using var m = {|TW5009:new Mutex|}(false, $\"x-{HashCode.Combine(a, b)}\"); m.WaitOne(); m.ReleaseMutex(); }")]
    [InlineData("void M(string path) { using var e = {|TW5009:new EventWaitHandle|}(false, EventResetMode.AutoReset, \"x-\" + path.GetHashCode()); e.WaitOne(); }")]
    [InlineData("void M(string path) { using var s = {|TW5009:new Semaphore|}(1, 1, \"x-\" + path.GetHashCode(StringComparison.Ordinal)); s.WaitOne(); s.Release(); }")]
    [InlineData("void M() { using var m = {|TW5009:new Mutex|}(true, $\"x-{Environment.ProcessId}\", out var isFirst); Use(isFirst); }")]
    [InlineData("void M() { using var m = {|TW5009:new Mutex|}(true, \"x-\" + System.Diagnostics.Process.GetCurrentProcess().Id, out var isFirst); Use(isFirst); }")]
    [InlineData("async Task M<T>(T key, string path) { await Task.Yield(); using var m = {|TW5009:new Mutex|}(false, \"x-\" + path.GetHashCode()); Use(m); }")]
    public Task Has_a_name_that_nobody_else_knows(string members) => In(members);

    [Theory]
    [InlineData("void M() { using var m = {|TW5009:new Mutex|}(); System.Diagnostics.Process.Start(\"child\", m.SafeWaitHandle.DangerousGetHandle().ToString()); }")]
    [InlineData("void M() { using var e = {|TW5009:new AutoResetEvent|}(false); var info = new System.Diagnostics.ProcessStartInfo(\"child\") { Arguments = $\"--event {e.SafeWaitHandle.DangerousGetHandle()}\" }; Use(info); }")]
    [InlineData("readonly ManualResetEvent _done = {|TW5009:new|}(false); void M(System.Diagnostics.ProcessStartInfo info) { info.ArgumentList.Add(_done.SafeWaitHandle.DangerousGetHandle().ToString()); }")]
    [InlineData("void M() { using var s = Make(); System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(\"child\", $\"{s.SafeWaitHandle.DangerousGetHandle()}\")); } static Semaphore Make() => More(); static Semaphore More() => {|TW5009:new Semaphore|}(0, 1);")]
    public Task Is_told_to_a_child_as_a_number(string members) => In(members);

    [Theory]
    [InlineData("private readonly Mutex _mutex = new(false, \"x\"); void M() { _mutex.WaitOne(); try { " + Update + " } finally { _mutex.ReleaseMutex(); } }")]
    [InlineData("private readonly Mutex _mutex = new(); private int _n; void M() { _mutex.WaitOne(); try { _n++; } finally { _mutex.ReleaseMutex(); } }")]
    [InlineData("private readonly Mutex _mutex = new(); void M() { _mutex.WaitOne(); try { _view.Write(0, 1); } finally { _mutex.ReleaseMutex(); } }")]
    [InlineData("private readonly Mutex _mutex = new(); void M() { using var map = MemoryMappedFile.CreateNew(null, 8); using var v = map.CreateViewAccessor(); _mutex.WaitOne(); try { v.Write(0, v.ReadInt32(0) + 1); } finally { _mutex.ReleaseMutex(); } }")]
    [InlineData("private readonly Mutex _mutex = new(); void M(string path) { using var map = MemoryMappedFile.CreateFromFile(path); using var v = map.CreateViewAccessor(); _mutex.WaitOne(); try { v.Write(0, v.ReadInt32(0) + 1); } finally { _mutex.ReleaseMutex(); } }")]
    [InlineData("private readonly Mutex _threads = new(); private readonly Mutex _processes = new(false, \"x\"); void M() { _processes.WaitOne(); try { _threads.WaitOne(); try { " + Update + " } finally { _threads.ReleaseMutex(); } } finally { _processes.ReleaseMutex(); } }")]
    [InlineData("private readonly Mutex _mutex; C(string? name) : this() => _mutex = new Mutex(false, name); void M() { _mutex.WaitOne(); try { " + Update + " } finally { _mutex.ReleaseMutex(); } }")]
    [InlineData("private readonly Mutex _mutex; C(Mutex mutex) : this() => _mutex = mutex; void M() { _mutex.WaitOne(); try { " + Update + " } finally { _mutex.ReleaseMutex(); } }")]
    [InlineData("void M(string configured) { using var m = new Mutex(false, configured); m.WaitOne(); m.ReleaseMutex(); }")]
    [InlineData("void M() { using var m = new Mutex(false, \"x-\" + Environment.UserName); m.WaitOne(); m.ReleaseMutex(); }")]
    [InlineData("void M() { var name = \"x-\" + Guid.NewGuid(); using var m = new Mutex(false, name); System.Diagnostics.Process.Start(\"child\", name); }")]
    [InlineData("readonly string _name = \"x-\" + Guid.NewGuid(); void M() { using var m = new Mutex(false, _name); Use(m); }")]
    [InlineData("string? _name; void M() { using var m = new Mutex(false, _name = \"x-\" + Guid.NewGuid()); Use(m); }")]
    [InlineData("void M() { var id = Guid.NewGuid(); using var m = new Mutex(false, \"x-\" + id); System.Diagnostics.Process.Start(\"child\", id.ToString()); }")]
    [InlineData("void M() { using var m = new Mutex(false, $\"x-{Environment.ProcessId}\"); System.Diagnostics.Process.Start(\"child\", Environment.ProcessId.ToString()); }")]
    [InlineData("void M() { using var m = new Mutex(true, $\"x-{Environment.ProcessId}\", out var isFirst); Use(isFirst); System.Diagnostics.Process.Start(\"child\", Environment.ProcessId.ToString()); }")]
    [InlineData("void M() { using var m = new Mutex(false, $\"debugger-{Environment.ProcessId}\"); m.WaitOne(); m.ReleaseMutex(); }")]
    [InlineData("void M() { using var e = new EventWaitHandle(false, EventResetMode.ManualReset, $\"stop-{Environment.ProcessId}\"); e.WaitOne(); }")]
    [InlineData("void M(int port) { using var m = new Mutex(false, \"x-\" + port.GetHashCode()); m.WaitOne(); m.ReleaseMutex(); }")]
    [InlineData("void M(object key) { using var m = new Mutex(false, \"x-\" + key.GetHashCode()); m.WaitOne(); m.ReleaseMutex(); }")]
    [InlineData("void M(string path) { using var m = new Mutex(false, \"x-\" + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(path)))); m.WaitOne(); m.ReleaseMutex(); }")]
    [InlineData("void M(string path) { using var m = new Mutex(); Use(path.GetHashCode()); }")]
    [InlineData("void M() { using var m = new Mutex(); System.Diagnostics.Process.Start(\"child\"); }")]
    [InlineData("void M() { using var m = new Mutex(false, \"x\"); System.Diagnostics.Process.Start(\"child\", m.SafeWaitHandle.DangerousGetHandle().ToString()); }")]
    [InlineData("void M() { using var m = new Mutex(); Console.WriteLine(m.SafeWaitHandle.DangerousGetHandle()); }")]
    [InlineData("void M(Mutex m) { System.Diagnostics.Process.Start(\"child\", m.SafeWaitHandle.DangerousGetHandle().ToString()); }")]
    [InlineData("[System.Runtime.InteropServices.DllImport(\"kernel32\")] static extern bool SetHandleInformation(IntPtr handle, uint mask, uint flags); void M() { using var m = new Mutex(); SetHandleInformation(m.SafeWaitHandle.DangerousGetHandle(), 1, 1); System.Diagnostics.Process.Start(\"child\", m.SafeWaitHandle.DangerousGetHandle().ToString()); }")]
    [InlineData("void M() { using var pipe = new System.IO.Pipes.AnonymousPipeServerStream(System.IO.Pipes.PipeDirection.Out, HandleInheritability.Inheritable); System.Diagnostics.Process.Start(\"child\", pipe.GetClientHandleAsString()); }")]
    public Task Innocent(string members) => In(members);

    [Fact]
    public Task A_hash_is_the_same_in_each_process_on_the_old_framework() => Verify.Rule("TW5009", """
        class C { void M(string path) { using (var m = new Mutex(false, "x-" + path.GetHashCode())) { m.WaitOne(); m.ReleaseMutex(); } } }
        """, static test => test.References = Frameworks.NetFramework48);

    [Theory]
    [InlineData("private static string Name(string path) => \"x-\" + path.GetHashCode(); void M(string path) { using var m = {|TW5009:new Mutex|}(false, Name(path)); m.WaitOne(); m.ReleaseMutex(); }")]
    [InlineData("private string Name() { return $\"x-{Guid.NewGuid()}\"; } void M() { using var m = {|TW5009:new Mutex|}(false, Name()); m.WaitOne(); m.ReleaseMutex(); }")]
    public Task A_name_from_a_helper(string members) => In(members);

    [Theory]
    [InlineData("private static string Name(string path) => \"x-\" + path; void M(string path) { using var m = new Mutex(false, Name(path)); m.WaitOne(); m.ReleaseMutex(); }")]
    [InlineData("private static string Name() => \"x-\" + Guid.NewGuid(); void M() { using var m = new Mutex(false, Name()); m.WaitOne(); m.ReleaseMutex(); } string N() => Name();")]
    [InlineData("internal static string Name() => \"x-\" + Guid.NewGuid(); void M() { using var m = new Mutex(false, Name()); m.WaitOne(); m.ReleaseMutex(); }")]
    public Task Silent_on_a_helper_whose_name_others_can_have(string members) => In(members);

    [Fact]
    public Task A_mutex_in_a_local() => In("void M() { using var mutex = {|TW5009:new Mutex|}(); mutex.WaitOne(); try { " + Update + " } finally { mutex.ReleaseMutex(); } }");

    [Theory]
    [InlineData("void M() { using var mutex = new Mutex(false, \"x\"); mutex.WaitOne(); try { " + Update + " } finally { mutex.ReleaseMutex(); } }")]
    [InlineData("void M() { var mutex = Make(); mutex.WaitOne(); try { " + Update + " } finally { mutex.ReleaseMutex(); } } static Mutex Make() => new();")]
    [InlineData("private int _n; void M() { using var mutex = new Mutex(); mutex.WaitOne(); try { _n++; } finally { mutex.ReleaseMutex(); } }")]
    [InlineData("private readonly Mutex _named = new(false, \"x\"); void M() { using var mutex = new Mutex(); mutex.WaitOne(); _named.WaitOne(); try { " + Update + " } finally { _named.ReleaseMutex(); mutex.ReleaseMutex(); } }")]
    public Task Silent_on_a_local_that_others_know_or_that_guards_no_shared_memory(string members) => In(members);

    /// <summary>Each run has a mutex of its own, which no thread and no process can get: by its variable as little as by its name.</summary>
    [Fact]
    public Task A_local_with_a_name_of_its_own() => In("void M() { using var m = {|TW5009:new Mutex|}(false, Guid.NewGuid().ToString()); m.WaitOne(); m.ReleaseMutex(); }");

    private static Task In(string code) => Verify.Rule("TW5009", $$"""
        using System.IO.MemoryMappedFiles;
        class C
        {
            private readonly MemoryMappedViewAccessor _view = MemoryMappedFile.CreateOrOpen("shared", 64).CreateViewAccessor();
            C() { }
            static void Use(object? o) { }
            {{code}}
        }
        """);
}

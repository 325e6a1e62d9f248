using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

/// <summary>TW2005 where the second acquire is in work that is started under the lock and waited for there, and in members of other kinds.</summary>
public class ReacquireShapeTests
{
    private const string Fields = """
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly SemaphoreSlim _many = new(4);
            private readonly SemaphoreSlim _other = new(1, 1);
            private readonly ReaderWriterLockSlim _rw = new();
            private readonly object _sync = new();
            private int _value;
            private Task _kept = Task.CompletedTask;
            private async Task AddAsync() { await _gate.WaitAsync(); try { _value++; } finally { _gate.Release(); } }
            private async Task<int> CountAsync() { await _gate.WaitAsync(); try { return _value; } finally { _gate.Release(); } }
            private async Task LaterAsync() { await Task.Yield(); await AddAsync(); }
            private void Add() { _gate.Wait(); try { _value++; } finally { _gate.Release(); } }
            private void Deep() => Deeper();
            private void Deeper() => Add();
        """;

    private static Task Check(string members) => Verify.Rule("TW2005", "class C\n{\n" + Fields + "\n" + members + "\n}");

    [Theory]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { var t = {|TW2005:AddAsync()|}; await t; } finally { _gate.Release(); } }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { Task t = {|TW2005:AddAsync()|}; _value++; await t.ConfigureAwait(false); } finally { _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); try { var t = {|TW2005:AddAsync()|}; t.Wait(); } finally { _gate.Release(); } }")]
    [InlineData("int M() { _gate.Wait(); try { var t = {|TW2005:CountAsync()|}; return t.Result; } finally { _gate.Release(); } }")]
    [InlineData("int M() { _gate.Wait(); try { return {|TW2005:CountAsync()|}.GetAwaiter().GetResult(); } finally { _gate.Release(); } }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { var a = {|TW2005:AddAsync()|}; var b = Task.Delay(1); await Task.WhenAll(a, b); } finally { _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); try { var t = {|TW2005:LaterAsync()|}; t.GetAwaiter().GetResult(); } finally { _gate.Release(); } }")]
    public Task A_task_of_a_member_that_is_waited_for(string member) => Check(member);

    [Theory]
    [InlineData("void M() { _gate.Wait(); var t = Task.Run(() => { _gate.{|TW2005:Wait()|}; _value++; _gate.Release(); }); t.Wait(); _gate.Release(); }")]
    [InlineData("void M() { _gate.Wait(); try { Task.Run(() => { _gate.{|TW2005:Wait()|}; _value++; _gate.Release(); }).Wait(); } finally { _gate.Release(); } }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { await Task.Run(async () => { await _gate.{|TW2005:WaitAsync()|}; try { _value++; } finally { _gate.Release(); } }); } finally { _gate.Release(); } }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { var t = Task.Run(() => {|TW2005:Add()|}); await t; } finally { _gate.Release(); } }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { await Task.Run({|TW2005:AddAsync|}); } finally { _gate.Release(); } }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { await Task.Run(() => {|TW2005:Deep()|}); } finally { _gate.Release(); } }")]
    [InlineData("int M() { _gate.Wait(); try { var t = Task.Run(() => { _gate.{|TW2005:Wait()|}; try { return _value; } finally { _gate.Release(); } }); return t.Result; } finally { _gate.Release(); } }")]
    [InlineData("void M() { _rw.EnterWriteLock(); try { var t = Task.Run(() => { _rw.{|TW2005:EnterReadLock()|}; try { _value++; } finally { _rw.ExitReadLock(); } }); t.Wait(); } finally { _rw.ExitWriteLock(); } }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { var a = Task.Run(() => { _value--; }); var b = Task.Run(() => { _gate.{|TW2005:Wait()|}; _value++; _gate.Release(); }); await Task.WhenAll(a, b); } finally { _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); try { var t = Task.Run(() => { _gate.{|TW2005:Wait()|}; _value++; _gate.Release(); }); _value--; Task.WaitAll(t); } finally { _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); try { var t = Task.Factory.StartNew(() => { _gate.{|TW2005:Wait()|}; _value++; _gate.Release(); }); t.Wait(); } finally { _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); try { var t = new Thread(() => { _gate.{|TW2005:Wait()|}; _value++; _gate.Release(); }); t.Start(); t.Join(); } finally { _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); try { var t = new Thread({|TW2005:Deep|}); t.Start(); _value--; t.Join(); } finally { _gate.Release(); } }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { var t = Task.Run(L); await t; } finally { _gate.Release(); } async Task L() { await _gate.{|TW2005:WaitAsync()|}; try { _value++; } finally { _gate.Release(); } } }")]
    [InlineData("void M() { using (Hold()) { var t = Task.Run(() => { _gate.{|TW2005:Wait()|}; _value++; _gate.Release(); }); t.Wait(); } } Holder Hold() { _gate.Wait(); return new Holder(this); } sealed class Holder(C owner) : IDisposable { public void Dispose() => owner._gate.Release(); }")]
    public Task Work_of_another_thread_that_is_waited_for(string member) => Check(member);

    [Theory]
    [InlineData("void M() { _gate.Wait(); var t = Task.Run(() => { _gate.Wait(); _value++; _gate.Release(); }); _gate.Release(); t.Wait(); }")]
    [InlineData("async Task M() { Task t; await _gate.WaitAsync(); try { t = AddAsync(); } finally { _gate.Release(); } await t; }")]
    [InlineData("async Task M() { Task t; await _gate.WaitAsync(); try { t = Task.Run(() => Add()); } finally { _gate.Release(); } await t; }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { _kept = AddAsync(); } finally { _gate.Release(); } await _kept; }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { var t = AddAsync(); _value++; } finally { _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); try { var t = Task.Run(() => Add()); if (t.Wait(100)) _value++; } finally { _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); try { AddAsync().Wait(100); } finally { _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); try { Task.Run(() => Add()).Wait(TimeSpan.FromSeconds(1)); } finally { _gate.Release(); } }")]
    [InlineData("void M() { var t = Task.Run(() => Add()); _gate.Wait(); _value++; _gate.Release(); t.Wait(); }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { var t = Task.Run(() => { if (_gate.Wait(0)) { _value++; _gate.Release(); } }); await t; } finally { _gate.Release(); } }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { var t = Task.Run(() => { _other.Wait(); _value++; _other.Release(); }); await t; } finally { _gate.Release(); } }")]
    [InlineData("async Task M() { await _many.WaitAsync(); try { var t = Task.Run(() => { _many.Wait(); _value++; _many.Release(); }); await t; } finally { _many.Release(); } }")]
    [InlineData("async Task M(bool b) { await _gate.WaitAsync(); try { var t = b ? AddAsync() : Task.CompletedTask; if (!b) await t; } finally { _gate.Release(); } }")]
    [InlineData("async Task M(CancellationToken ct) { await _gate.WaitAsync(); try { var t = Task.Run(() => Add()); await t.WaitAsync(TimeSpan.FromSeconds(1), ct); } finally { _gate.Release(); } }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { var t = Task.Run(() => Add()); await Task.WhenAny(t, Task.Delay(100)); } finally { _gate.Release(); } }")]
    [InlineData("void M() { _rw.EnterReadLock(); try { var t = Task.Run(() => { _rw.EnterReadLock(); try { _value++; } finally { _rw.ExitReadLock(); } }); t.Wait(); } finally { _rw.ExitReadLock(); } }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); var t = Task.Run(() => { _value++; _gate.Release(); }); await t; await _gate.WaitAsync(); _gate.Release(); }")]
    [InlineData("async Task M(C other) { await _gate.WaitAsync(); try { var t = other.AddAsync(); await t; } finally { _gate.Release(); } }")]
    [InlineData("async Task M(C other) { await _gate.WaitAsync(); try { await Task.Run(() => other.Add()); } finally { _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); try { var t = new Thread(() => Add()); t.Start(); t.Join(100); } finally { _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); var t = new Thread(() => Add()); t.Start(); _gate.Release(); t.Join(); }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { await Task.Factory.StartNew(async () => { await Task.Yield(); await AddAsync(); }); } finally { _gate.Release(); } }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { var t = Task.Run(() => { _gate.Release(); _gate.Wait(); }); await t; } finally { _gate.Release(); } }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { var t = Task.Run(() => { if (_value > 3) Add(); }); await t; } finally { _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); try { var t = new Task(() => Add()); t.Wait(1); } finally { _gate.Release(); } }")]
    [InlineData("void M() { var t = Task.Run(() => { _gate.Wait(); _value++; _gate.Release(); }); t.Wait(); _gate.Wait(); _gate.Release(); }")]
    [InlineData("void M() { _gate.Wait(); Task t = Task.Run(() => { _gate.Wait(); _value++; _gate.Release(); }); t = Task.CompletedTask; t.Wait(); _gate.Release(); }")]
    [InlineData("void M() { _gate.Wait(); try { var t = Task.Run(() => { _gate.Wait(); _value++; _gate.Release(); }); _gate.Release(); t.Wait(); } finally { _gate.Wait(); _gate.Release(); } }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); var t = AddAsync(); _gate.Release(); await t; }")]
    [InlineData("async Task M(bool b) { await _gate.WaitAsync(); var t = AddAsync(); if (b) _gate.Release(); if (b) await t; if (!b) _gate.Release(); }")]
    public Task Nobody_waits_under_the_lock(string member) => Check(member);

    [Theory]
    [InlineData("static readonly ReaderWriterLockSlim s_rw = new(); static C() { s_rw.EnterReadLock(); s_rw.{|TW2005:EnterWriteLock()|}; s_rw.ExitWriteLock(); s_rw.ExitReadLock(); }")]
    [InlineData("public C() { _gate.Wait(); try { {|TW2005:Deep()|}; } finally { _gate.Release(); } }")]
    [InlineData("~C() { _gate.Wait(); try { {|TW2005:Deep()|}; } finally { _gate.Release(); } }")]
    [InlineData("public int this[int i] { get { _gate.Wait(); try { {|TW2005:Deep()|}; return i; } finally { _gate.Release(); } } }")]
    [InlineData("public static C operator +(C c, int n) { s_gate.Wait(); try { s_gate.{|TW2005:Wait()|}; s_gate.Release(); return c; } finally { s_gate.Release(); } } private static readonly SemaphoreSlim s_gate = new(1, 1);")]
    [InlineData("IEnumerable<int> M() { _gate.Wait(); try { {|TW2005:Deep()|}; yield return 1; } finally { _gate.Release(); } }")]
    [InlineData("async IAsyncEnumerable<int> M() { await _gate.WaitAsync(); try { await {|TW2005:LaterAsync()|}; yield return 1; } finally { _gate.Release(); } }")]
    [InlineData("void M() { L(); void L() { _gate.Wait(); try { {|TW2005:Deep()|}; } finally { _gate.Release(); } } }")]
    [InlineData("void M() { _gate.Wait(); try { {|TW2005:L()|}; } finally { _gate.Release(); } void L() { K(); } void K() { _gate.Wait(); _value++; _gate.Release(); } }")]
    [InlineData("Action M() => () => { _gate.Wait(); try { {|TW2005:Deep()|}; } finally { _gate.Release(); } };")]
    [InlineData("void M<T>(T item) { _gate.Wait(); try { {|TW2005:Put(item)|}; } finally { _gate.Release(); } } void Put<T>(T item) => PutCore(item); void PutCore<T>(T item) { _gate.Wait(); try { _value++; } finally { _gate.Release(); } }")]
    public Task In_every_kind_of_member(string member) => Check(member);

    [Fact]
    public Task Parts_of_a_generic_type() => Verify.Rule("TW2005", """
        partial class Store<T>
        {
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly List<T> _all = [];
            public async Task<int> AddAsync(T item) { await _gate.WaitAsync(); try { _all.Add(item); return await {|TW2005:CountAsync()|}; } finally { _gate.Release(); } }
            public async Task ClearAsync() { await _gate.WaitAsync(); try { _all.Clear(); } finally { _gate.Release(); } await CountAsync(); }
        }

        partial class Store<T>
        {
            public Task<int> CountAsync() => CountCoreAsync();
            private async Task<int> CountCoreAsync() { await _gate.WaitAsync(); try { return _all.Count; } finally { _gate.Release(); } }
        }
        """);
}

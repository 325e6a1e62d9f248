using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CSharp;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

public class TW2009Tests
{
    [Theory]
    [InlineData("lock (sync) { n++; }")]
    [InlineData("Monitor.Enter(sync); n++; Monitor.Exit(sync);")]
    [InlineData("Monitor.Enter(sync); try { } finally { Monitor.Exit(sync); }")]
    [InlineData("Monitor.Enter(sync); n++; try { n++; } finally { Monitor.Exit(sync); }")]
    [InlineData("Monitor.Enter(sync); try { n++; } finally { n--; Monitor.Exit(sync); }")]
    [InlineData("Monitor.Enter(sync); try { n++; } finally { Monitor.Exit(peer); Monitor.Exit(sync); }")]
    [InlineData("Monitor.Enter(sync); try { n++; } catch (Exception) { n--; } finally { Monitor.Exit(sync); }")]
    [InlineData("Monitor.Enter(sync); try { n++; } finally { Monitor.Exit(peer); }")]
    [InlineData("Monitor.Enter(sync); try { n++; } finally { if (n > 0) Monitor.Exit(sync); }")]
    [InlineData("if (!Monitor.TryEnter(sync)) return; try { n++; } finally { Monitor.Exit(sync); }")]
    [InlineData("if (Monitor.TryEnter(sync, 100)) { try { n++; } finally { Monitor.Exit(sync); } }")]
    [InlineData("var t = false; try { Monitor.TryEnter(sync, 100, ref t); if (t) n++; } finally { if (t) Monitor.Exit(sync); }")]
    [InlineData("var t = false; try { Monitor.Enter(sync, ref t); n++; } finally { if (t) Monitor.Exit(sync); } if (t) n--;")]
    [InlineData("var t = false; try { Monitor.Enter(sync, ref t); n++; if (n > 3) { Monitor.Exit(sync); t = false; } } finally { if (t) Monitor.Exit(sync); }")]
    [InlineData("var t = false; n++; try { Monitor.Enter(sync, ref t); n++; } finally { if (t) Monitor.Exit(sync); }")]
    [InlineData("var t = n < 0; try { if (!t) Monitor.Enter(sync, ref t); n++; } finally { if (t) Monitor.Exit(sync); }")]
    [InlineData("bool t = false, u = false; try { Monitor.Enter(sync, ref t); n++; } finally { if (t) Monitor.Exit(sync); if (u) n--; }")]
    [InlineData("var t = false; try { n++; Monitor.Enter(sync, ref t); n++; } finally { if (t) Monitor.Exit(sync); }")]
    [InlineData("var t = false; try { Monitor.Enter(sync, ref t); n++; } finally { if (t) Monitor.Exit(sync); else n--; }")]
    [InlineData("Monitor.Enter(sync); try { Monitor.Exit(sync); n++; Monitor.Enter(sync); } finally { Monitor.Exit(sync); }")]
    [InlineData("Monitor.Enter(changing); try { n++; } finally { Monitor.Exit(changing); }")]
    [InlineData("var o = new object(); Monitor.Enter(o); try { o = new object(); } finally { Monitor.Exit(o); }")]
    [InlineData("Monitor.Enter(all[0]); try { n++; } finally { Monitor.Exit(all[0]); }")]
    [InlineData("Monitor.Enter(Get()); try { n++; } finally { Monitor.Exit(Get()); }")]
    [InlineData("Monitor.Enter(modern); try { n++; } finally { Monitor.Exit(modern); }")]
    [InlineData("gate.Wait(); try { n++; } finally { gate.Release(); }")]
    [InlineData("rw.EnterWriteLock(); try { n++; } finally { rw.ExitWriteLock(); }")]
    [InlineData("mutex.WaitOne(); try { n++; } finally { mutex.ReleaseMutex(); }")]
    [InlineData("var t = false; try { spin.Enter(ref t); n++; } finally { if (t) spin.Exit(); }")]
    [InlineData("if (!modern.TryEnter()) return; try { n++; } finally { modern.Exit(); }")]
    [InlineData("using (modern.EnterScope()) { n++; }")]
    [InlineData("if (n > 0) Monitor.Enter(sync); try { n++; } finally { if (n > 0) Monitor.Exit(sync); }")]
    [InlineData("try { Monitor.Enter(sync); n++; } finally { Monitor.Exit(sync); }")]
    public Task Innocent(string statements) => Verify.Rule("TW2009", Class($"void M() {{ {statements} }}"));

    /// <summary>Where no <c>lock</c> can stand.</summary>
    [Theory]
    [InlineData("async Task M() { Monitor.Enter(sync); try { await Task.Yield(); } finally { Monitor.Exit(sync); } }")]
    [InlineData("async Task M(IAsyncEnumerable<int> s) { Monitor.Enter(sync); try { await foreach (var i in s) n += i; } finally { Monitor.Exit(sync); } }")]
    [InlineData("async Task M(IAsyncDisposable d) { modern.Enter(); try { await using var x = d; n++; } finally { modern.Exit(); } }")]
    [InlineData("IEnumerable<int> M() { Monitor.Enter(sync); try { yield return n; } finally { Monitor.Exit(sync); } }")]
    [InlineData("void M<T>(T o) { Monitor.Enter(o!); try { n++; } finally { Monitor.Exit(o!); } }")]
    public Task Innocent_members(string member) => Verify.Rule("TW2009", Class(member));

    [Theory]
    [InlineData("Monitor.{|TW2009:Enter(sync)|}; try { n++; } finally { Monitor.Exit(sync); }")]
    [InlineData("Monitor.{|TW2009:Enter(this.sync)|}; try { n++; return; } finally { Monitor.Exit(sync); }")]
    [InlineData("Monitor.{|TW2009:Enter(this)|}; try { n++; } finally { Monitor.Exit(this); }")]
    [InlineData("Monitor.{|TW2009:Enter(typeof(C))|}; try { n++; } finally { Monitor.Exit(typeof(C)); }")]
    [InlineData("Monitor.{|TW2009:Enter(Shared)|}; try { n++; } finally { Monitor.Exit(Shared); }")]
    [InlineData("var o = sync; Monitor.{|TW2009:Enter(o)|}; try { n++; } finally { Monitor.Exit(o); }")]
    [InlineData("var t = false; try { Monitor.{|TW2009:Enter(sync, ref t)|}; n++; } finally { if (t) Monitor.Exit(sync); }")]
    [InlineData("bool t = false; try { Monitor.{|TW2009:Enter(sync, ref t)|}; n++; } finally { if (t) { Monitor.Exit(sync); } }")]
    [InlineData("modern.{|TW2009:Enter()|}; try { n++; } finally { modern.Exit(); }")]
    [InlineData("Monitor.{|TW2009:Enter(sync)|}; try { while (n == 0) Monitor.Wait(sync); Monitor.PulseAll(sync); } finally { Monitor.Exit(sync); }")]
    [InlineData("Monitor.{|TW2009:Enter(sync)|}; try { Monitor.{|TW2009:Enter(peer)|}; try { n++; } finally { Monitor.Exit(peer); } } finally { Monitor.Exit(sync); }")]
    [InlineData("Action a = () => { Monitor.{|TW2009:Enter(sync)|}; try { n++; } finally { Monitor.Exit(sync); } }; a();")]
    [InlineData("Monitor.{|TW2009:Enter(sync)|}; try { Task.Run(async () => await Task.Yield()); } finally { Monitor.Exit(sync); }")]
    [InlineData("Monitor.{|TW2009:Enter(list)|}; try { list.Add(1); } finally { Monitor.Exit(list); }")]
    public Task Guilty(string statements) => Verify.Rule("TW2009", Class($"void M() {{ {statements} }}"));

    [Theory]
    [InlineData("void M(C other) { Monitor.{|TW2009:Enter(other.sync)|}; try { n++; } finally { Monitor.Exit(other.sync); } }")]
    [InlineData("int N { get { Monitor.{|TW2009:Enter(sync)|}; try { return n; } finally { Monitor.Exit(sync); } } }")]
    [InlineData("void M<T>(T o) where T : class { Monitor.{|TW2009:Enter(o)|}; try { n++; } finally { Monitor.Exit(o); } }")]
    [InlineData("async Task M() { await Task.Yield(); Monitor.{|TW2009:Enter(sync)|}; try { n++; } finally { Monitor.Exit(sync); } await Task.Yield(); }")]
    public Task Guilty_members(string member) => Verify.Rule("TW2009", Class(member));

    /// <summary>C# 12 locks a <c>Lock</c> by its monitor, which is another lock.</summary>
    [Fact]
    public Task An_older_language() => Verify.Rule("TW2009", """
        class C
        {
            private readonly Lock _modern = new Lock();
            private int _n;
            void M() { _modern.Enter(); try { _n++; } finally { _modern.Exit(); } }
        }
        """, static test => test.LanguageVersion = LanguageVersion.CSharp12);

    /// <summary>It could be another object by the time of the release, and whether anything assigns it is not asked.</summary>
    [Fact]
    public Task Misses_a_field_that_merely_is_not_readonly() =>
        Verify.Rule("TW2009", Class("object lazy = new(); void M() { Monitor.Enter(lazy); try { n++; } finally { Monitor.Exit(lazy); } }"));

    private static string Class(string members) => $$"""
        class C
        {
            private static readonly object Shared = new();
            private readonly object sync = new();
            private readonly object peer = new();
            private object changing = new();
            private readonly object[] all = [new()];
            private readonly List<int> list = [];
            private readonly Lock modern = new();
            private readonly SemaphoreSlim gate = new(1, 1);
            private readonly Mutex mutex = new();
            private readonly ReaderWriterLockSlim rw = new();
            private SpinLock spin = new();
            private int n;

            {{members}}

            object Get() => sync;
            void Change() => changing = new();
        }
        """;
}

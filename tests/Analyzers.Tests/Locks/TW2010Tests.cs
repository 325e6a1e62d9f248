using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

public class TW2010Tests
{
    /// <summary>It protects something, or says why it does not.</summary>
    [Theory]
    [InlineData("lock (sync) { n++; }")]
    [InlineData("lock (sync) n++;")]
    [InlineData("lock (sync) { lock (peer) { n++; } }")]
    [InlineData("lock (sync) { Monitor.PulseAll(sync); }")]
    [InlineData("lock (sync) { return; }")]
    [InlineData("lock (sync) { int M() => n; M(); }")]
    [InlineData("lock (sync) { /* barrier: wait for the writer */ }")]
    [InlineData("lock (sync) { } // wait for the writer")]
    [InlineData("// wait for the writer\nlock (sync) { }")]
    [InlineData("lock (sync)\n{\n#if TRACE\nn++;\n#endif\n}")]
    [InlineData("lock (sync) { System.Diagnostics.Debug.Assert(n > 0); }")]
    [InlineData("Monitor.Enter(sync); n++; Monitor.Exit(sync);")]
    [InlineData("Monitor.Enter(sync); try { n++; } finally { Monitor.Exit(sync); }")]
    [InlineData("Monitor.Enter(sync); Monitor.Exit(peer); Monitor.Exit(sync);")]
    [InlineData("/* barrier */ Monitor.Enter(sync); Monitor.Exit(sync);")]
    [InlineData("Monitor.Enter(sync); // barrier\nMonitor.Exit(sync);")]
    [InlineData("if (Monitor.TryEnter(sync)) Monitor.Exit(sync);")]
    [InlineData("Monitor.Exit(sync); Monitor.Enter(sync);")]
    [InlineData("Monitor.Enter(sync); Monitor.Wait(sync); Monitor.Exit(sync);")]
    [InlineData("Monitor.Enter(sync); try { } finally { n++; Monitor.Exit(sync); }")]
    [InlineData("Monitor.Enter(sync); try { } catch (Exception) { n++; } finally { Monitor.Exit(sync); }")]
    [InlineData("gate.Release(); gate.Wait();")]
    [InlineData("turnstile.Wait(); turnstile.Release();")]
    [InlineData("signal.Wait(); signal.Release();")]
    [InlineData("gate.Wait(0); gate.Release();")]
    [InlineData("gate.Wait(); other.Release();")]
    [InlineData("gate.Wait(); gate.Release(2);")]
    [InlineData("mutex.WaitOne(); mutex.ReleaseMutex();")]
    [InlineData("rw.EnterReadLock(); rw.ExitWriteLock();")]
    [InlineData("rw.EnterUpgradeableReadLock(); rw.EnterWriteLock(); n++; rw.ExitWriteLock(); rw.ExitUpgradeableReadLock();")]
    [InlineData("using (modern.EnterScope()) { n++; }")]
    [InlineData("Get().Enter(); Get().Exit();")]
    public Task Innocent(string statements) => Verify.Rule("TW2010", Class(statements));

    [Theory]
    [InlineData("{|TW2010:lock (sync)|} { }")]
    [InlineData("{|TW2010:lock (sync)|};")]
    [InlineData("{|TW2010:lock (sync)|} { ; }")]
    [InlineData("{|TW2010:lock (sync)|} { { } }")]
    [InlineData("{|TW2010:lock (this)|} { }")]
    [InlineData("{|TW2010:lock (typeof(C))|} { } n++;")]
    [InlineData("{|TW2010:lock (modern)|} { }")]
    [InlineData("lock (sync) { {|TW2010:lock (peer)|} { } n++; }")]
    [InlineData("Action a = () => { {|TW2010:lock (sync)|} { } }; a();")]
    [InlineData("{|TW2010:lock (sync)|}; { n++; }")]
    [InlineData("Monitor.{|TW2010:Enter(sync)|}; Monitor.Exit(sync);")]
    [InlineData("Monitor.{|TW2010:Enter(this)|}; Monitor.Exit(this);")]
    [InlineData("Monitor.{|TW2010:Enter(typeof(C))|}; Monitor.Exit(typeof(C));")]
    [InlineData("Monitor.{|TW2010:Enter(sync)|}; try { } finally { Monitor.Exit(sync); }")]
    [InlineData("var t = false; try { Monitor.{|TW2010:Enter(sync, ref t)|}; } finally { if (t) Monitor.Exit(sync); }")]
    [InlineData("modern.{|TW2010:Enter()|}; modern.Exit();")]
    [InlineData("rw.{|TW2010:EnterWriteLock()|}; rw.ExitWriteLock();")]
    [InlineData("rw.{|TW2010:EnterReadLock()|}; rw.ExitReadLock(); n++;")]
    [InlineData("gate.{|TW2010:Wait()|}; gate.Release();")]
    [InlineData("switch (n) { case 1: this.gate.{|TW2010:Wait()|}; gate.Release(); break; }")]
    public Task Guilty(string statements) => Verify.Rule("TW2010", Class(statements));

    [Fact]
    public Task An_awaited_wait() => Verify.Rule("TW2010", """
        class C
        {
            private readonly SemaphoreSlim _gate = new(1, 1);
            async Task M() { await _gate.{|TW2010:WaitAsync()|}.ConfigureAwait(false); _gate.Release(); }
            async Task N() { await _gate.WaitAsync(); try { await M(); } finally { _gate.Release(); } }
        }
        """);

    [Fact]
    public Task Accessors_constructors_and_top_level_statements() => Verify.Rule("TW2010", """
        var sync = new object();
        {|TW2010:lock (sync)|} { }
        Console.WriteLine(new C().N);

        class C
        {
            private readonly object _sync = new();
            public C() { {|TW2010:lock (_sync)|} { } }
            public int N { get { {|TW2010:lock (_sync)|} { } return 1; } }
            static readonly Action s_a = () => { {|TW2010:lock (typeof(C))|} { } };
        }
        """, static test => test.OutputKind = OutputKind.ConsoleApplication);

    [Theory]
    [InlineData("{|TW2010:using (modern.EnterScope())|} { }")]
    [InlineData("{|TW2010:using (var scope = modern.EnterScope())|} { ; }")]
    [InlineData("{|TW2010:using (Get().EnterScope())|} { { } } n++;")]
    [InlineData("using (modern.EnterScope()) { {|TW2010:using (this.modern.EnterScope())|} { } n++; }")]
    public Task An_empty_scope(string statements) => Verify.Rule("TW2010", Class(statements));

    [Theory]
    [InlineData("using (modern.EnterScope()) { /* wait for the writer */ }")]
    [InlineData("// wait for the writer\nusing (modern.EnterScope()) { }")]
    [InlineData("using (modern.EnterScope())\n{\n#if TRACE\nn++;\n#endif\n}")]
    [InlineData("using (modern.EnterScope()) using (var s = new MemoryStream()) { n++; }")]
    [InlineData("using (modern.EnterScope()) return;")]
    [InlineData("using (new MemoryStream()) { }")]
    public Task A_scope_that_holds_something_or_says_why(string statements) => Verify.Rule("TW2010", Class(statements));

    private static string Class(string statements) => $$"""
        class C
        {
            private readonly object sync = new();
            private readonly object peer = new();
            private readonly Lock modern = new();
            private readonly SemaphoreSlim gate = new(1, 1);
            private readonly SemaphoreSlim other = new(1, 1);
            private readonly SemaphoreSlim turnstile = new(1, 1);
            private readonly SemaphoreSlim signal = new(0);
            private readonly Mutex mutex = new();
            private readonly ReaderWriterLockSlim rw = new();
            private int n;

            void M()
            {
        {{statements}}
            }

            Lock Get() => modern;
            void Pause() => turnstile.Wait();
            void Resume() => turnstile.Release();
        }
        """;
}

using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Threads;

public class TW1012Tests
{
    [Theory]
    [InlineData("var t = new Thread(Work); t.Start(); t.{|TW1012:Interrupt()|};")]
    [InlineData("var t = new Thread(() => Thread.Sleep(1000)); t.Start(); t.{|TW1012:Interrupt()|}; t.Join();")]
    [InlineData("var t = new Thread(() => { while (true) Work(); }); t.Start(); if (flag) t.{|TW1012:Interrupt()|};")]
    [InlineData("var t = new Thread(() => { try { Work(); } catch (IOException) { } }); t.Start(); t.{|TW1012:Interrupt()|};")]
    [InlineData("var t = new Thread(() => { try { Work(); } finally { Work(); } }); t.Start(); t.{|TW1012:Interrupt()|};")]
    [InlineData("var t = new Thread(Outer); t.Start(); t.{|TW1012:Interrupt()|};")]
    [InlineData("var t = new Thread(o => Take((int)o!)); t.Start(1); t.{|TW1012:Interrupt()|};")]
    [InlineData("_plain.{|TW1012:Interrupt()|};")]
    [InlineData("foreach (var t in _plains) t.{|TW1012:Interrupt()|};")]
    [InlineData("var ts = new List<Thread>(); for (var i = 0; i < 3; i++) ts.Add(new Thread(Work)); ts.ForEach(t => t.Start()); ts.ForEach(t => t.{|TW1012:Interrupt()|});")]
    [InlineData("var t = new Thread(Work); t.Start(); var timer = new Timer(_ => t.{|TW1012:Interrupt()|});")]
    [InlineData("void Local() => Work(); var t = new Thread(Local); t.Start(); t.{|TW1012:Interrupt()|};")]
    [InlineData("Thread t; if (flag) t = new Thread(Work); else t = new Thread(Outer); t.Start(); t.{|TW1012:Interrupt()|};")]
    public Task Guilty(string code) => In(code);

    [Theory]
    [InlineData("var t = new Thread(Work); t.Start(); t.Join();")]
    [InlineData("var t = new Thread(() => { try { Work(); } catch (ThreadInterruptedException) { } }); t.Start(); t.Interrupt();")]
    [InlineData("var t = new Thread(() => { while (true) { try { Thread.Sleep(5); } catch (ThreadInterruptedException) { return; } } }); t.Start(); t.Interrupt();")]
    [InlineData("var t = new Thread(() => { try { Work(); } catch (Exception e) when (e is ThreadInterruptedException) { } }); t.Start(); t.Interrupt();")]
    [InlineData("var t = new Thread(() => { try { Work(); } catch (Exception) { } }); t.Start(); t.Interrupt();")]
    [InlineData("var t = new Thread(() => { try { Work(); } catch { } }); t.Start(); t.Interrupt();")]
    [InlineData("var t = new Thread(() => { try { Work(); } catch (SystemException) { } }); t.Start(); t.Interrupt();")]
    [InlineData("var t = new Thread(Handles); t.Start(); t.Interrupt();")]
    [InlineData("var t = new Thread(() => Handles()); t.Start(); t.Interrupt();")]
    [InlineData("var t = new Thread(CallsHandler); t.Start(); t.Interrupt();")]
    [InlineData("var t = new Thread(() => { CallsHandler(); }); t.Start(); t.Interrupt();")]
    [InlineData("_handled.Interrupt();")]
    [InlineData("Thread.CurrentThread.Interrupt();")]
    [InlineData("try { Work(); } catch (ThreadInterruptedException) { Thread.CurrentThread.Interrupt(); }")]
    [InlineData("var me = Thread.CurrentThread; me.Interrupt();")]
    [InlineData("var t = Make(); t.Start(); t.Interrupt();")]
    [InlineData("given.Interrupt();")]
    [InlineData("Shared!.Interrupt();")]
    [InlineData("var t = new Thread(start); t.Start(); t.Interrupt();")]
    [InlineData("var t = new Thread(Overridable); t.Start(); t.Interrupt();")]
    [InlineData("var t = new Thread(Work); t = Make(); t.Start(); t.Interrupt();")]
    [InlineData("new Machine().Interrupt(); new Machine().Abort();")]
    [InlineData("Thread t; if (flag) t = new Thread(Work); else t = new Thread(Handles); t.Start(); t.Interrupt();")]
    [InlineData("Action later = given.Interrupt;")]
    [InlineData("var name = nameof(Thread.Interrupt);")]
    public Task Innocent(string code) => In(code);

    /// <summary>The compiler says so itself (SYSLIB0006, CS0618).</summary>
    [Theory]
    [InlineData("_plain.Abort();")]
    [InlineData("_plain.Suspend();")]
    [InlineData("_plain.Resume();")]
    public Task Where_the_compiler_warns(string code) => In(code);

    [Theory]
    [InlineData("_plain.{|TW1012:Abort()|};")]
    [InlineData("_plain.{|TW1012:Abort(5)|};")]
    [InlineData("given.{|TW1012:Abort()|};")]
    [InlineData("Make().{|TW1012:Abort()|};")]
    [InlineData("Thread.CurrentThread.Abort();")]
    [InlineData("_plain.Suspend();")]
    [InlineData("_plain.Resume();")]
    [InlineData("_plain.{|TW1012:Interrupt()|};")]
    public Task On_the_framework_that_can_abort(string code) => Verify.Rule("TW1012", Around(code), static test => test.References = Frameworks.NetFramework48);

    private static Task In(string code) => Verify.Rule("TW1012", Around(code));

    private static string Around(string code) => $$"""
        class Machine { public void Interrupt() { } public void Abort() { } }
        class C
        {
            public Thread? Shared;
            private readonly Thread _plain = new Thread(Work);
            private readonly Thread _handled = new Thread(Handles);
            private readonly Thread[] _plains = { new Thread(Work), new Thread(Outer) };
            private static void Work() { }
            private static void Outer() { Work(); Take(1); }
            private static void Take(int n) { }
            private static void Handles() { try { Work(); } catch (ThreadInterruptedException) { } }
            private static void CallsHandler() { Work(); Handles(); }
            protected virtual void Overridable() { }
            private static Thread Make() => new Thread(Handles);
            void M(bool flag, Thread given, ThreadStart start)
            {
                {{code}}
            }
        }
        """;
}

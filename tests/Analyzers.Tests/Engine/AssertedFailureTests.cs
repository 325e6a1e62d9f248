using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Engine;

/// <summary>Code that is there to be seen failing, as tests of locks and queues write it.</summary>
public class AssertedFailureTests
{
    private const string Frameworks = """
        static class Assert
        {
            public static T Throws<T>(Action code) where T : Exception => null!;
            public static Exception Throws(Type type, Action code) => null!;
            public static Task<T> ThrowsAsync<T>(Func<Task> code) where T : Exception => null!;
            public static void That(Action code, object constraint) { }
            public static void Run(Action code) { }
            public static void All(Action code, Action<Exception> seen) { }
        }
        static class Record { public static Exception Exception(Action code) => null!; public static Task<Exception> ExceptionAsync(Func<Task> code) => null!; }
        static class Fluent { public static Action Should(this Action code) => code; public static void Throw<T>(this Action code) where T : Exception { } public static Action Invoking<T>(this T it, Action<T> code) => () => code(it); }
        namespace NUnit.Framework { static class Throws { public static object TypeOf<T>() => null!; public static object InvalidOperationException => null!; } }
        """;

    private static Task Check(string id, string code) => Verify.Rule(id, $"class C {{ {code} }} {Frameworks}");

    [Theory]
    [InlineData("Assert.Throws<LockRecursionException>(() => rw.EnterReadLock());")]
    [InlineData("Assert.Throws<LockRecursionException>(() => { rw.EnterReadLock(); });")]
    [InlineData("Assert.Throws(typeof(LockRecursionException), () => rw.EnterReadLock());")]
    [InlineData("Assert.That(() => rw.EnterReadLock(), NUnit.Framework.Throws.TypeOf<LockRecursionException>());")]
    [InlineData("Assert.That(() => rw.EnterReadLock(), NUnit.Framework.Throws.InvalidOperationException);")]
    [InlineData("var seen = Record.Exception(() => rw.EnterReadLock()); Console.WriteLine(seen);")]
    [InlineData("await Record.ExceptionAsync(async () => { rw.EnterReadLock(); await Task.Yield(); });")]
    [InlineData("await Assert.ThrowsAsync<LockRecursionException>(async () => { rw.EnterReadLock(); await Task.Yield(); });")]
    [InlineData("Action act = () => rw.EnterReadLock(); act.Should().Throw<LockRecursionException>();")]
    [InlineData("Action act = () => rw.EnterReadLock(); Assert.Throws<LockRecursionException>(act);")]
    [InlineData("rw.Invoking(l => l.EnterReadLock()).Should().Throw<LockRecursionException>();")]
    [InlineData("Assert.Run(() => rw.{|TW2002:EnterReadLock()|});")]
    [InlineData("Assert.All(() => rw.{|TW2002:EnterReadLock()|}, seen => Console.WriteLine(seen));")]
    [InlineData("Action act = () => rw.{|TW2002:EnterReadLock()|}; act();")]
    [InlineData("Func<Exception> act = () => { rw.{|TW2002:EnterReadLock()|}; return new Exception(); }; Console.WriteLine(act());")]
    [InlineData("var failed = await Task.Run(() => { rw.{|TW2002:EnterReadLock()|}; return new Exception(); }); Console.WriteLine(failed);")]
    public Task Locks(string code) => Check("TW2002", $"public async Task M() {{ var rw = new ReaderWriterLockSlim(); {code} await Task.Yield(); }}");

    [Theory]
    [InlineData("public void M() { var s = new SemaphoreSlim(1, 1); Assert.Throws<SemaphoreFullException>(() => s.Release()); }")]
    [InlineData("public void M() { var s = new SemaphoreSlim(1, 1); try { s.Release(); } catch (SemaphoreFullException) { } }")]
    [InlineData("class ExpectedExceptionAttribute(Type type) : Attribute { public Type Type => type; } [ExpectedException(typeof(SemaphoreFullException))] public void M() { var s = new SemaphoreSlim(1, 1); s.Release(); }")]
    [InlineData("public void M() { var s = new SemaphoreSlim(1, 1); s.{|TW2003:Release()|}; }")]
    [InlineData("public void M() { var s = new SemaphoreSlim(1, 1); try { s.{|TW2003:Release()|}; } catch (TimeoutException) { } }")]
    public Task Semaphores(string code) => Check("TW2003", code);

    [Theory]
    [InlineData("public void M() { var t = new Thread(() => { }); Assert.Throws<ThreadStateException>(() => t.Join()); }")]
    [InlineData("public void M() { var t = new Thread(() => { }); t.{|TW1005:Join()|}; }")]
    public Task Threads_that_are_not_started(string code) => Check("TW1005", code);

    [Theory]
    [InlineData("public void M() { var t = new Thread(() => { }); Assert.Throws<ThreadStateException>(() => t.Join()); }")]
    [InlineData("public void M() { var t = {|TW1001:new Thread(() => { })|}; Assert.Throws<ThreadStateException>(() => Console.WriteLine(1)); }")]
    public Task Threads_that_nobody_starts(string code) => Check("TW1001", code);

    [Theory]
    [InlineData("public void M() { var o = new object(); Monitor.Enter(o); Check(Monitor.IsEntered(o)); Monitor.Exit(o); Check(!Monitor.IsEntered(o)); } static void Check(bool b) { }")]
    [InlineData("public void M() { var o = new Lock(); lock (o) Check(o.IsHeldByCurrentThread); } static void Check(bool b) { }")]
    [InlineData("public void M() { var o = new object(); lock ({|TW2103:o|}) Console.WriteLine(1); }")]
    public Task A_lock_that_is_tried_out(string code) => Check("TW2103", code);
}

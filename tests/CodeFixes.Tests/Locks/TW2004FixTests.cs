using System.Threading.Tasks;
using Threadwise.CodeFixes.Locks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Locks;

public class TW2004FixTests
{
    [Theory]
    [InlineData("rw.EnterReadLock(); try { N(); } finally { rw.{|TW2004:ExitWriteLock()|}; }", "rw.EnterReadLock(); try { N(); } finally { rw.ExitReadLock(); }")]
    [InlineData("rw.EnterWriteLock(); try { N(); } finally { rw./* out */{|TW2004:ExitReadLock()|}; } /* end */", "rw.EnterWriteLock(); try { N(); } finally { rw./* out */ExitWriteLock(); } /* end */")]
    [InlineData("rw.EnterUpgradeableReadLock(); try { N(); } finally { rw.{|TW2004:ExitReadLock()|}; }", "rw.EnterUpgradeableReadLock(); try { N(); } finally { rw.ExitUpgradeableReadLock(); }")]
    [InlineData("if (!rw.TryEnterReadLock(10)) return; try { N(); } finally { rw.{|TW2004:ExitWriteLock()|}; }", "if (!rw.TryEnterReadLock(10)) return; try { N(); } finally { rw.ExitReadLock(); }")]
    [InlineData("old.AcquireReaderLock(-1); try { N(); } finally { old.{|TW2004:ReleaseWriterLock()|}; }", "old.AcquireReaderLock(-1); try { N(); } finally { old.ReleaseReaderLock(); }")]
    [InlineData("Monitor.Enter(a); try { N(); } finally { Monitor.{|TW2004:Exit(b)|}; }", "Monitor.Enter(a); try { N(); } finally { Monitor.Exit(a); }")]
    [InlineData("left.Enter(); try { N(); } finally { right.{|TW2004:Exit()|}; }", "left.Enter(); try { N(); } finally { left.Exit(); }")]
    [InlineData("read.Wait(); try { N(); } finally { write.{|TW2004:Release()|}; }", "read.Wait(); try { N(); } finally { read.Release(); }")]
    [InlineData("this.read.Wait(); try { N(); } finally { write.{|TW2004:Release()|}; }", "this.read.Wait(); try { N(); } finally { this.read.Release(); }")]
    public Task Releases_what_was_acquired(string before, string after) =>
        Verify.Fix<TW2004ReleaseWhatWasAcquired>("TW2004", In(before), In(after));

    [Fact]
    public Task Several_in_one_file() => Verify.Fix<TW2004ReleaseWhatWasAcquired>("TW2004",
        In("rw.EnterReadLock(); try { N(); } finally { rw.{|TW2004:ExitWriteLock()|}; } } void O() { rw.EnterWriteLock(); try { N(); } finally { rw.{|TW2004:ExitReadLock()|}; }"),
        In("rw.EnterReadLock(); try { N(); } finally { rw.ExitReadLock(); } } void O() { rw.EnterWriteLock(); try { N(); } finally { rw.ExitWriteLock(); }"));

    /// <summary>The pair goes through members of the type, whose other callers would change too.</summary>
    [Fact]
    public Task Declined_through_a_helper() => Verify.NoFix<TW2004ReleaseWhatWasAcquired>("TW2004",
        In("In(); try { N(); } finally { rw.{|TW2004:ExitWriteLock()|}; } } void In() { rw.EnterReadLock();"));

    private static string In(string statements) => $$"""
        class C
        {
            private readonly object a = new(), b = new();
            private readonly Lock left = new(), right = new();
            private readonly SemaphoreSlim read = new(1, 1), write = new(1, 1);
            private readonly ReaderWriterLockSlim rw = new();
            private readonly ReaderWriterLock old = new();
            void N() { }
            void M() { {{statements}} }
        }
        """;
}

using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks.Traps;

/// <summary>Correct uses of the two reader-writer locks.</summary>
public class InnocentReaderWriterTraps
{
    private static Task Silent(string statements) => Verify.Rule("TW2003", Snippet.Sync(statements));

    [Theory]
    [InlineData("rw.EnterReadLock(); try { work.Do(); } finally { rw.ExitReadLock(); }")]
    [InlineData("if (!rw.TryEnterReadLock(100)) return; try { work.Do(); } finally { rw.ExitReadLock(); }")]
    [InlineData("if (rw.TryEnterWriteLock(TimeSpan.FromSeconds(1))) try { work.Do(); } finally { rw.ExitWriteLock(); } else throw new TimeoutException();")]
    [InlineData("bool taken = rw.TryEnterUpgradeableReadLock(0); try { if (taken) work.Do(); } finally { if (taken) rw.ExitUpgradeableReadLock(); }")]
    public Task Slim_modes(string statements) => Silent(statements);

    [Theory]
    [InlineData("rw.EnterUpgradeableReadLock(); try { if (work.Ask()) { rw.EnterWriteLock(); try { work.Do(); } finally { rw.ExitWriteLock(); } } } finally { rw.ExitUpgradeableReadLock(); }")]
    [InlineData("rw.EnterUpgradeableReadLock(); try { work.Do(); rw.EnterWriteLock(); work.Do(); } finally { if (rw.IsWriteLockHeld) rw.ExitWriteLock(); rw.ExitUpgradeableReadLock(); }")]
    [InlineData("rw.EnterUpgradeableReadLock(); bool wrote = false; try { if (work.Ask()) { rw.EnterWriteLock(); wrote = true; work.Do(); } } finally { if (wrote) { rw.ExitWriteLock(); } rw.ExitUpgradeableReadLock(); }")]
    [InlineData("rw.EnterUpgradeableReadLock(); if (work.Ask()) { rw.ExitUpgradeableReadLock(); return; } rw.EnterWriteLock(); try { work.Do(); } finally { rw.ExitWriteLock(); rw.ExitUpgradeableReadLock(); }")]
    public Task Slim_upgrade(string statements) => Silent(statements);

    [Theory]
    [InlineData("rw.EnterUpgradeableReadLock(); rw.EnterReadLock(); rw.ExitUpgradeableReadLock(); try { work.Do(); } finally { rw.ExitReadLock(); }")]
    [InlineData("rw.EnterWriteLock(); try { work.Do(); rw.EnterReadLock(); } finally { rw.ExitWriteLock(); } try { work.Do(); } finally { rw.ExitReadLock(); }")]
    [InlineData("rw.EnterWriteLock(); rw.ExitWriteLock(); rw.EnterReadLock(); try { work.Do(); } finally { rw.ExitReadLock(); }")]
    public Task Slim_downgrade(string statements) => Silent(statements);

    [Theory]
    [InlineData("try { rw.EnterReadLock(); work.Do(); } finally { if (rw.IsReadLockHeld) rw.ExitReadLock(); }")]
    [InlineData("try { work.Do(); rw.EnterWriteLock(); work.Do(); } finally { if (rw.IsWriteLockHeld) { rw.ExitWriteLock(); } }")]
    [InlineData("try { rw.TryEnterReadLock(100); if (!rw.IsReadLockHeld) return; work.Do(); } finally { if (rw.IsReadLockHeld) rw.ExitReadLock(); }")]
    [InlineData("bool nested = rw.IsReadLockHeld; if (!nested) rw.EnterReadLock(); try { work.Do(); } finally { if (!nested) rw.ExitReadLock(); }")]
    [InlineData("bool mine = false; if (!rw.IsWriteLockHeld) { rw.EnterWriteLock(); mine = true; } try { work.Do(); } finally { if (mine) rw.ExitWriteLock(); }")]
    [InlineData("if (rw.IsUpgradeableReadLockHeld) rw.ExitUpgradeableReadLock(); if (rw.IsReadLockHeld) rw.ExitReadLock();")]
    [InlineData("while (rw.RecursiveReadCount > 0) rw.ExitReadLock();")]
    [InlineData("try { rw.EnterWriteLock(); work.Do(); } finally { switch (rw.IsWriteLockHeld) { case true: rw.ExitWriteLock(); break; } }")]
    public Task Slim_held_tests(string statements) => Silent(statements);

    [Theory]
    [InlineData("if (condition) rw.EnterReadLock(); else rw.EnterWriteLock(); try { work.Do(); } finally { if (condition) rw.ExitReadLock(); else rw.ExitWriteLock(); }")]
    [InlineData("if (number == 1) rw.EnterReadLock(); else rw.EnterWriteLock(); try { work.Do(); } finally { if (number != 1) rw.ExitWriteLock(); else rw.ExitReadLock(); }")]
    [InlineData("switch (number) { case 0: rw.EnterReadLock(); break; case 1: rw.EnterWriteLock(); break; } try { work.Do(); } finally { switch (number) { case 0: rw.ExitReadLock(); break; case 1: rw.ExitWriteLock(); break; } }")]
    [InlineData("switch (text) { case \"r\": rw.EnterReadLock(); break; default: rw.EnterWriteLock(); break; } work.Do(); if (text == \"r\") rw.ExitReadLock(); else rw.ExitWriteLock();")]
    public Task Slim_mode_chosen_by_the_same_test_twice(string statements) => Silent(statements);

    [Fact]
    public Task Slim_recursive_lock_is_entered_within_its_own_try() => Verify.Rule("TW2003", """
        public sealed class Tree(Action visit)
        {
            private readonly ReaderWriterLockSlim _lock = new(LockRecursionPolicy.SupportsRecursion);
            public void M()
            {
                _lock.EnterReadLock();
                try
                {
                    visit();
                    _lock.EnterReadLock();
                    try { visit(); }
                    finally { _lock.ExitReadLock(); }
                }
                finally { _lock.ExitReadLock(); }
            }
        }
        """);

    [Fact]
    public Task Slim_mode_remembered_by_an_enumeration() => Verify.Rule("TW2003", Snippet.Class("""
        private enum Mode { None, Read, Write }
        public void M(bool write)
        {
            Mode mode = Mode.None;
            try
            {
                work.Do();
                if (write) { rw.EnterWriteLock(); mode = Mode.Write; }
                else { rw.EnterReadLock(); mode = Mode.Read; }
                work.Do();
            }
            finally
            {
                if (mode == Mode.Write) rw.ExitWriteLock();
                else if (mode == Mode.Read) rw.ExitReadLock();
            }
        }
        """));

    [Theory]
    [InlineData("old.AcquireReaderLock(Timeout.Infinite); try { work.Do(); } finally { old.ReleaseReaderLock(); }")]
    [InlineData("old.AcquireWriterLock(100); try { work.Do(); } finally { old.ReleaseWriterLock(); }")]
    [InlineData("try { old.AcquireReaderLock(TimeSpan.FromSeconds(1)); } catch (ApplicationException) { return; } try { work.Do(); } finally { old.ReleaseReaderLock(); }")]
    [InlineData("old.AcquireReaderLock(100); try { LockCookie cookie = old.UpgradeToWriterLock(100); try { work.Do(); } finally { old.DowngradeFromWriterLock(ref cookie); } } finally { old.ReleaseReaderLock(); }")]
    [InlineData("old.AcquireWriterLock(100); try { work.Do(); } finally { old.ReleaseReaderLock(); }")]
    [InlineData("try { old.AcquireReaderLock(100); work.Do(); } finally { if (old.IsReaderLockHeld) old.ReleaseReaderLock(); }")]
    [InlineData("LockCookie cookie = old.ReleaseLock(); try { work.Do(); } finally { old.RestoreLock(ref cookie); }")]
    [InlineData("old.AcquireWriterLock(-1); try { LockCookie cookie = old.ReleaseLock(); try { work.Do(); } finally { old.RestoreLock(ref cookie); } } finally { old.ReleaseWriterLock(); }")]
    [InlineData("old.AcquireReaderLock(-1); int seen = old.WriterSeqNum; old.ReleaseReaderLock(); old.AcquireWriterLock(-1); try { if (old.AnyWritersSince(seen)) work.Do(); } finally { old.ReleaseWriterLock(); }")]
    public Task Old_lock(string statements) => Silent(statements);
}

using System.Threading.Tasks;
using Threadwise.CodeFixes.Locks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Locks;

/// <summary>The same edit where a written way out forgot the release.</summary>
public class TW2001FixTests
{
    private static Task Fix(string before, string after) => Verify.Fix<TW2001WrapInTryFinally>("TW2001", LockSnippet.Class(before), LockSnippet.Class(after));

    [Theory]
    [InlineData(
        "bool M(int n) { Monitor.{|TW2001:Enter(sync)|}; if (n > 3) return false; count++; Monitor.Exit(sync); return true; }",
        "bool M(int n) { Monitor.Enter(sync); try { if (n > 3) return false; count++; } finally { Monitor.Exit(sync); } return true; }")]
    [InlineData(
        "void M(int n) { mutex.{|TW2001:WaitOne()|}; if (n < 0) throw new ArgumentException(); count++; mutex.ReleaseMutex(); }",
        "void M(int n) { mutex.WaitOne(); try { if (n < 0) throw new ArgumentException(); count++; } finally { mutex.ReleaseMutex(); } }")]
    [InlineData(
        "void M(int n) { rw.{|TW2001:EnterReadLock()|}; switch (n) { case 1: return; case 2: count++; break; } rw.ExitReadLock(); }",
        "void M(int n) { rw.EnterReadLock(); try { switch (n) { case 1: return; case 2: count++; break; } } finally { rw.ExitReadLock(); } }")]
    [InlineData(
        "void M(int[] all) { foreach (var i in all) { rw.{|TW2001:EnterWriteLock()|}; if (i < 0) continue; count++; rw.ExitWriteLock(); } }",
        "void M(int[] all) { foreach (var i in all) { rw.EnterWriteLock(); try { if (i < 0) continue; count++; } finally { rw.ExitWriteLock(); } } }")]
    [InlineData(
        "async Task M(int n) { await gate.{|TW2001:WaitAsync()|}.ConfigureAwait(false); if (n > 3) { count++; gate.Release(); } }",
        "async Task M(int n) { await gate.WaitAsync().ConfigureAwait(false); try { if (n > 3) { count++; } } finally { gate.Release(); } }")]
    [InlineData(
        "void M(int n) { if (!Monitor.{|TW2001:TryEnter(sync, 100)|}) return; if (n > 3) return; Monitor.Exit(sync); }",
        "void M(int n) { if (!Monitor.TryEnter(sync, 100)) return; try { if (n > 3) return; } finally { Monitor.Exit(sync); } }")]
    [InlineData(
        "void M(int n) { Monitor.{|TW2001:Enter(sync)|}; if (n > 3) goto end; Monitor.Exit(sync); end: count++; }",
        "void M(int n) { Monitor.Enter(sync); try { if (n > 3) goto end; } finally { Monitor.Exit(sync); } end: count++; }")]
    [InlineData(
        "int M(int n) { gate.{|TW2001:Wait()|}; if (n > 3) { gate.Release(); return 1; } else if (n > 2) { return 2; } gate.Release(); return 3; }",
        "int M(int n) { gate.Wait(); try { if (n > 3) { return 1; } else if (n > 2) { return 2; } } finally { gate.Release(); } return 3; }")]
    [InlineData(
        "int P { get { Monitor.{|TW2001:Enter(sync)|}; if (count > 3) return 0; Monitor.Exit(sync); return count; } }",
        "int P { get { Monitor.Enter(sync); try { if (count > 3) return 0; } finally { Monitor.Exit(sync); } return count; } }")]
    [InlineData(
        "void M(string s) { Monitor.{|TW2001:Enter(sync)|}; if (string.IsNullOrEmpty(s)) return; count++; Monitor.Exit(sync); }",
        "void M(string s) { Monitor.Enter(sync); try { if (string.IsNullOrEmpty(s)) return; count++; } finally { Monitor.Exit(sync); } }")]
    public Task On_one_line(string before, string after) => Fix(before, after);

    [Fact]
    public Task Several_in_one_file() => Fix("""
        public bool Add(int n)
        {
            Monitor.{|TW2001:Enter(sync)|};

            if (n < 0)
            {
                // nothing to add
                return false;
            }

            count += n;
            Monitor.Exit(sync);

            return true;
        }

        public async Task<int> TakeAsync()
        {
            // wait for the turn
            await gate.{|TW2001:WaitAsync()|};
            int taken = await work.CountAsync();
            if (taken == 0)
                return 0;

            count -= taken;
            gate.Release();
            return taken;
        }
        """, """
        public bool Add(int n)
        {
            Monitor.Enter(sync);
            try
            {
                if (n < 0)
                {
                    // nothing to add
                    return false;
                }

                count += n;
            }
            finally
            {
                Monitor.Exit(sync);
            }

            return true;
        }

        public async Task<int> TakeAsync()
        {
            int taken;
            // wait for the turn
            await gate.WaitAsync();
            try
            {
                taken = await work.CountAsync();
                if (taken == 0)
                    return 0;

                count -= taken;
            }
            finally
            {
                gate.Release();
            }
            return taken;
        }
        """);

    /// <summary>The lock object is of a class in source, whose members forward to a lock.</summary>
    [Theory]
    [InlineData("void M(int n) { own.{|TW2001:Enter()|}; if (n > 3) return; count++; own.Exit(); }", "void M(int n) { own.Enter(); try { if (n > 3) return; count++; } finally { own.Exit(); } }")]
    public Task A_lock_class(string before, string after)
    {
        return Fix(With(before), With(after));

        static string With(string member) => $$"""
            private readonly Own own = new();
            {{member}}
            private sealed class Own
            {
                private readonly object _sync = new();
                public void Enter() => Monitor.Enter(_sync);
                public void Exit() => Monitor.Exit(_sync);
            }
            """;
    }

    /// <summary>How a flag is reset is not known to the edit.</summary>
    [Fact]
    public Task Nothing_is_offered_for_a_flag() => Verify.NoFix<TW2001WrapInTryFinally>("TW2001", LockSnippet.Class("""
        private int _busy;
        void M(int n) { if (Interlocked.{|TW2001:Exchange(ref _busy, 1)|} == 1) return; if (n > 3) return; count++; _busy = 0; }
        """));
}

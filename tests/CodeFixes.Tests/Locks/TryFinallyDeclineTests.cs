using System.Threading.Tasks;
using Threadwise.CodeFixes.Locks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Locks;

/// <summary>Where TW2001 and TW2012 offer nothing: the edit would not compile, would change what runs under the lock, or would have to guess.</summary>
public class TryFinallyDeclineTests
{
    private static Task Declined(string members) => Verify.NoFix<TW2012WrapInTryFinally>("TW2012", LockSnippet.Class(members));

    private static Task DeclinedPath(string members) => Verify.NoFix<TW2001WrapInTryFinally>("TW2001", LockSnippet.Class(members));

    [Theory]
    [InlineData("void M(bool c) { gate.{|TW2012:Wait()|}; if (c) { gate.Release(); work.Do(); return; } work.Do(); gate.Release(); }")]
    [InlineData("int M(bool c) { gate.{|TW2012:Wait()|}; if (c) { gate.Release(); return Slow(); } work.Do(); gate.Release(); return 0; } int Slow() => 1;")]
    [InlineData("async Task<int> M(bool c) { await gate.{|TW2012:WaitAsync()|}; if (c) { gate.Release(); return await work.CountAsync(); } work.Do(); gate.Release(); return 0; }")]
    [InlineData("void M(bool c) { gate.{|TW2012:Wait()|}; work.Do(); if (c) { count++; gate.Release(); } else { gate.Release(); } }")]
    public Task More_would_run_under_the_lock_or_nothing_be_left(string members) => Declined(members);

    [Theory]
    [InlineData("void M() { Monitor.{|TW2012:Enter(sync)|}; try { work.Do(); Monitor.Exit(sync); } catch (IOException) { Monitor.Exit(sync); } }")]
    [InlineData("void M() { Monitor.{|TW2012:Enter(sync)|}; work.Do(); try { work.Do(); } finally { Monitor.Exit(sync); } }")]
    [InlineData("void M() { Monitor.{|TW2012:Enter(sync)|}; try { work.Do(); } catch (IOException) { Monitor.Exit(sync); return; } work.Do(); Monitor.Exit(sync); }")]
    public Task A_try_that_releases(string members) => Declined(members);

    [Theory]
    [InlineData("void M() { gate.{|TW2012:Wait()|}; using var file = File.OpenRead(\"x\"); gate.Release(); work.Do(); }")]
    [InlineData("void M() { gate.{|TW2012:Wait()|}; again: work.Do(); if (count++ < 3) goto again; gate.Release(); }")]
    public Task Its_end_means_something(string members) => Declined(members);

    [Theory]
    [InlineData("void M(object o) { gate.{|TW2012:Wait()|}; work.Do(); var (a, b) = (1, 2); gate.Release(); count = a + b; }")]
    [InlineData("void M(object o) { gate.{|TW2012:Wait()|}; work.Do(); var both = new { A = 1 }; gate.Release(); count = both.A; }")]
    [InlineData("void M() { gate.{|TW2012:Wait()|}; work.Do(); const int three = 3; gate.Release(); count = three; }")]
    [InlineData("void M() { gate.{|TW2012:Wait()|}; work.Do(); int[] some = { 1, 2 }; gate.Release(); count = some[0]; }")]
    [InlineData("void M() { gate.{|TW2012:Wait()|}; work.Do(); void Again() { } gate.Release(); Again(); }")]
    [InlineData("void M() { gate.{|TW2012:Wait()|}; work.Do(); int a = 1, b = 2; gate.Release(); count = a + b; }")]
    [InlineData("void M() { gate.{|TW2012:Wait()|}; work.Do(); ref int c = ref count; gate.Release(); c++; }")]
    public Task A_local_cannot_be_declared_before(string members) => Declined(members);

    [Theory]
    [InlineData("void M() { Monitor.{|TW2012:Enter(sync)|}; rw.{|TW2012:EnterReadLock()|}; work.Do(); Monitor.Exit(sync); work.Do(); rw.ExitReadLock(); }")]
    public Task It_is_not_clear_what_belongs_together(string members) => Declined(members);

    [Theory]
    [InlineData("void M(int n) { Monitor.{|TW2001:Enter(sync)|}; if (n > 3) { Monitor.Exit(sync); return; } count++; if (n > 2) { Monitor.Exit(sync); work.Do(); } }")]
    [InlineData("void M(int n) { if (n < 3) { Monitor.{|TW2001:Enter(sync)|}; if (n > 1) return; } else { Monitor.Enter(sync); } Monitor.Exit(sync); }")]
    public Task A_path_whose_release_is_elsewhere(string members) => DeclinedPath(members);

    [Fact]
    public Task A_helper_that_does_more_than_release() => Verify.NoFix<TW2012WrapInTryFinally>("TW2012", """
        class C
        {
            private readonly object sync = new();
            private int count;
            void M() { Monitor.{|TW2012:Enter(sync)|}; File.Delete("x"); Leave(); }
            void Leave() { count++; Monitor.Exit(sync); }
        }
        """);

    [Fact]
    public Task Under_a_directive() => Declined("""
        void M()
        {
            gate.{|TW2012:Wait()|};
            work.Do();
        #if OTHER
            count++;
        #endif
            gate.Release();
        }
        """);

    [Fact]
    public Task Neither_one_line_nor_a_line_each() => Declined("""
        void M()
        {
            gate.{|TW2012:Wait()|}; work.Do();
            work.Do(); gate.Release();
        }
        """);
}

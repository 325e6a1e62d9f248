using System.Threading.Tasks;
using Threadwise.CodeFixes.Locks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Locks;

/// <summary>Where a path leaves the wrapped statements with the lock on purpose, so that a <c>finally</c> around them would release it once too often or too early.</summary>
public class TryFinallyHandedOnTests
{
    private static Task Declined(string members) => Verify.NoFix<TW2012WrapInTryFinally>("TW2012", LockSnippet.Class(members + Lease));

    private static Task DeclinedPath(string members) => Verify.NoFix<TW2001WrapInTryFinally>("TW2001", LockSnippet.Class(members + Lease));

    private const string Lease = """

        private IDisposable? kept;
        private sealed class Lease(SemaphoreSlim held) : IDisposable { public void Dispose() => held.Release(); }
        private sealed class WriteLease(ReaderWriterLockSlim held) : IDisposable { public void Dispose() => held.ExitWriteLock(); }
        private sealed class OwnerLease(C owner) : IDisposable { public void Dispose() => owner.gate.Release(); }
        """;

    [Theory]
    [InlineData("async Task<IDisposable?> M() { await gate.{|TW2012:WaitAsync()|}; var n = await work.CountAsync(); if (n == 0) { gate.Release(); return null; } return new Lease(gate); }")]
    [InlineData("async Task<bool> M() { await gate.{|TW2012:WaitAsync()|}; var n = await work.CountAsync(); if (n == 0) { gate.Release(); return false; } kept = new Lease(gate); return true; }")]
    [InlineData("bool M(out IDisposable? lease) { rw.{|TW2012:EnterWriteLock()|}; if (!work.Ask()) { rw.ExitWriteLock(); lease = null; return false; } lease = new WriteLease(rw); return true; }")]
    [InlineData("void M(Action<Mutex> keep) { mutex.{|TW2012:WaitOne()|}; if (!work.Ask()) { mutex.ReleaseMutex(); return; } keep(mutex); }")]
    [InlineData("async Task<IDisposable?> M(SemaphoreSlim own) { await own.{|TW2012:WaitAsync()|}; var n = await work.CountAsync(); if (n == 0) { own.Release(); return null; } return new Lease(own); }")]
    [InlineData("IDisposable? M() { gate.{|TW2012:Wait()|}; if (!work.Ask()) { gate.Release(); return null; } return new OwnerLease(this); }")]
    [InlineData("SemaphoreSlim? M() { gate.{|TW2012:Wait()|}; if (!work.Ask()) { gate.Release(); return null; } return gate; }")]
    public Task Whoever_is_given_the_lock_releases_it(string members) => Declined(members);

    [Theory]
    [InlineData("IDisposable? M(int n) { gate.{|TW2001:Wait()|}; if (n > 3) return null; if (!work.Ask()) { gate.Release(); return null; } return new Lease(gate); }")]
    public Task Beside_a_path_that_forgot_it(string members) => DeclinedPath(members);

    [Theory]
    [InlineData("void M() { while (true) { Monitor.{|TW2012:Enter(sync)|}; if (count == 0) break; work.Do(); Monitor.Exit(sync); } Monitor.Exit(sync); }")]
    [InlineData("async Task M() { while (true) { await gate.{|TW2012:WaitAsync()|}; if (count == 0) break; await work.DoAsync(); gate.Release(); } gate.Release(); }")]
    [InlineData("void M() { Monitor.{|TW2012:Enter(sync)|}; work.Do(); if (count == 0) goto done; work.Do(); Monitor.Exit(sync); return; done: Monitor.Exit(sync); }")]
    [InlineData("void M(int n) { switch (n) { case 1: Monitor.{|TW2012:Enter(sync)|}; work.Do(); if (count == 0) break; work.Do(); Monitor.Exit(sync); return; default: return; } Monitor.Exit(sync); }")]
    public Task A_release_behind_the_statements(string members) => Declined(members);

    [Theory]
    [InlineData("async Task<int> M() { try { await gate.{|TW2012:WaitAsync()|}; var n = await work.CountAsync(); gate.Release(); return n; } catch (IOException) { gate.Release(); return 0; } }")]
    [InlineData("void M() { try { Monitor.{|TW2012:Enter(sync)|}; work.Do(); Monitor.Exit(sync); } catch (IOException) { Monitor.Exit(sync); } }")]
    [InlineData("void M() { try { rw.{|TW2012:EnterWriteLock()|}; if (work.Ask()) throw new IOException(); count++; rw.ExitWriteLock(); } catch (IOException) { rw.ExitWriteLock(); } }")]
    [InlineData("void M() { try { mutex.{|TW2012:WaitOne()|}; work.Do(); mutex.ReleaseMutex(); } catch (IOException) { Leave(); } } void Leave() => mutex.ReleaseMutex();")]
    public Task A_handler_around_them_releases(string members) => Declined(members);

    [Theory]
    [InlineData("void M(int n) { try { Monitor.{|TW2001:Enter(sync)|}; if (n > 3) return; work.Do(); Monitor.Exit(sync); } catch (IOException) { Monitor.Exit(sync); } }")]
    [InlineData("void M(int n) { while (true) { Monitor.{|TW2001:Enter(sync)|}; if (count == 0) break; if (n > 3) return; count--; Monitor.Exit(sync); } Monitor.Exit(sync); }")]
    public Task The_same_beside_a_path_that_forgot_it(string members) => DeclinedPath(members);

    [Theory]
    [InlineData("void M(CancellationToken ct) { Monitor.{|TW2012:Enter(sync)|}; using var told = ct.Register(() => { lock (sync) count = 0; }); count++; Monitor.Exit(sync); }")]
    [InlineData("int M(CancellationToken ct) { Monitor.{|TW2012:Enter(sync)|}; using var told = ct.Register(() => { lock (sync) count = 0; }); var n = count++; Monitor.Exit(sync); return n; }")]
    [InlineData("async Task M(Func<IAsyncDisposable> open) { await gate.{|TW2012:WaitAsync()|}; await using var opened = open(); count++; gate.Release(); }")]
    [InlineData("void M() { gate.{|TW2012:Wait()|}; using (var file = File.OpenRead(\"x\")) { if (count > 3) { gate.Release(); return; } } gate.Release(); }")]
    [InlineData("void M() { gate.{|TW2012:Wait()|}; foreach (var c in \"x\") { using var file = File.OpenRead(\"x\"); if (count > 3) { gate.Release(); return; } } gate.Release(); }")]
    [InlineData("void M() { var scope = modern.{|TW2012:EnterScope()|}; using var file = File.OpenRead(\"x\"); count++; scope.Dispose(); }")]
    public Task What_is_disposed_of_behind_the_release(string members) => Declined(members);

    /// <summary>Inside the statements nothing changes.</summary>
    [Theory]
    [InlineData(
        "void M() { gate.{|TW2012:Wait()|}; using (var file = File.OpenRead(\"x\")) { count++; } if (count > 3) { gate.Release(); return; } gate.Release(); }",
        "void M() { gate.Wait(); try { using (var file = File.OpenRead(\"x\")) { count++; } if (count > 3) { return; } } finally { gate.Release(); } }")]
    [InlineData(
        "void M() { using var file = File.OpenRead(\"x\"); gate.{|TW2012:Wait()|}; work.Do(); if (count > 3) { gate.Release(); return; } gate.Release(); }",
        "void M() { using var file = File.OpenRead(\"x\"); gate.Wait(); try { work.Do(); if (count > 3) { return; } } finally { gate.Release(); } }")]
    [InlineData(
        "void M() { try { gate.{|TW2012:Wait()|}; work.Do(); gate.Release(); } catch (IOException) { count++; } }",
        "void M() { try { gate.Wait(); try { work.Do(); } finally { gate.Release(); } } catch (IOException) { count++; } }")]
    public Task Repaired_all_the_same(string before, string after) => Verify.Fix<TW2012WrapInTryFinally>("TW2012", LockSnippet.Class(before), LockSnippet.Class(after));
}

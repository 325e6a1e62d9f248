using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks.Traps;

/// <summary>The acquire stands in the try that releases it, but can neither be cancelled nor time out: TW2013 and nothing more.</summary>
public class GuiltyAcquireThatCannotFailTraps
{
    private static Task Reported(string statements) =>
        Verify.Rule("TW2003", statements.Contains("await") ? Snippet.Async(statements) : Snippet.Sync(statements));

    [Theory]
    [InlineData("try { Monitor.{|TW2013:Enter(sync)|}; work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("try { modern.{|TW2013:Enter()|}; work.Do(); } finally { modern.Exit(); }")]
    [InlineData("try { gate.{|TW2013:Wait()|}; work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { await gate.{|TW2013:WaitAsync()|}; await work.DoAsync(); } finally { gate.Release(); }")]
    [InlineData("try { await gate.{|TW2013:WaitAsync()|}.ConfigureAwait(false); work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { gate.{|TW2013:WaitAsync()|}.GetAwaiter().GetResult(); work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { kernel.{|TW2013:WaitOne()|}; work.Do(); } finally { kernel.Release(); }")]
    [InlineData("try { rw.{|TW2013:EnterReadLock()|}; work.Do(); } finally { rw.ExitReadLock(); }")]
    [InlineData("try { rw.{|TW2013:EnterWriteLock()|}; work.Do(); } finally { rw.ExitWriteLock(); }")]
    [InlineData("try { rw.{|TW2013:EnterUpgradeableReadLock()|}; work.Do(); } finally { rw.ExitUpgradeableReadLock(); }")]
    [InlineData("try { old.{|TW2013:AcquireReaderLock(Timeout.Infinite)|}; work.Do(); } finally { old.ReleaseReaderLock(); }")]
    public Task Each_lock(string statements) => Reported(statements);

    [Theory]
    [InlineData("try { gate.{|TW2013:Wait(CancellationToken.None)|}; work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { await gate.{|TW2013:WaitAsync(CancellationToken.None)|}; work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { await gate.{|TW2013:WaitAsync(default(CancellationToken))|}; work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { gate.{|TW2013:Wait(Timeout.Infinite)|}; work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { await gate.{|TW2013:WaitAsync(-1, CancellationToken.None)|}; work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { await gate.{|TW2013:WaitAsync(Timeout.InfiniteTimeSpan)|}; work.Do(); } finally { gate.Release(); }")]
    [InlineData("var none = CancellationToken.None; try { await gate.{|TW2013:WaitAsync(none)|}; work.Do(); } finally { gate.Release(); }")]
    [InlineData("CancellationToken none = default; try { await gate.{|TW2013:WaitAsync(none)|}; work.Do(); } finally { gate.Release(); }")]
    [InlineData("CancellationToken some = default; some = ct; try { await gate.{|TW2003:WaitAsync(some)|}; work.Do(); } finally { gate.Release(); }")]
    [InlineData("CancellationToken some = ct; try { await gate.{|TW2003:WaitAsync(some)|}; work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { await gate.{|TW2013:WaitAsync(TimeSpan.FromMilliseconds(-1))|}; work.Do(); } finally { gate.Release(); }")]
    public Task Neither_token_nor_timeout(string statements) => Reported(statements);

    [Fact]
    public Task A_field_that_holds_no_token() => Verify.Rule("TW2003", Snippet.Class("""
        private static readonly CancellationToken Never = CancellationToken.None;
        private readonly CancellationToken given = default;
        public C(IWork work, CancellationToken ct) : this(work) => given = ct;
        public async Task M1() { try { await gate.{|TW2013:WaitAsync(Never)|}; work.Do(); } finally { gate.Release(); } }
        public async Task M2() { try { await gate.{|TW2003:WaitAsync(given)|}; work.Do(); } finally { gate.Release(); } }
        """));

    [Theory]
    [InlineData("var watch = System.Diagnostics.Stopwatch.StartNew();")]
    [InlineData("var start = System.Diagnostics.Stopwatch.GetTimestamp();")]
    [InlineData("var id = Guid.NewGuid();")]
    [InlineData("var empty = string.IsNullOrEmpty(text);")]
    [InlineData("var known = ((int?)number).GetValueOrDefault();")]
    [InlineData("var limit = TimeSpan.FromSeconds(5);")]
    [InlineData("Thread.MemoryBarrier();")]
    [InlineData("GC.KeepAlive(text);")]
    [InlineData("await Task.Yield();")]
    [InlineData("await Task.CompletedTask;")]
    public Task Behind_what_never_throws(string first) => Reported($"try {{ {first} await gate.{{|TW2013:WaitAsync()|}}; work.Do(); }} finally {{ gate.Release(); }}");

    [Theory]
    [InlineData("await Task.FromException(new IOException());")]
    [InlineData("await Task.Delay(number);")]
    [InlineData("var limit = TimeSpan.FromSeconds(number * 1e300);")]
    public Task Behind_what_may_throw(string first) => Reported($"try {{ {first} await gate.{{|TW2003:WaitAsync()|}}; work.Do(); }} finally {{ gate.Release(); }}");

    [Theory]
    [InlineData("try { int copy = 3; gate.{|TW2013:Wait()|}; number = copy; work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { number++; Monitor.{|TW2013:Enter(sync)|}; work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("try { gate.{|TW2013:Wait()|}; if (condition) return; work.Do(); } catch (IOException) { number++; } finally { gate.Release(); }")]
    [InlineData("try { try { gate.{|TW2013:Wait()|}; work.Do(); } catch (IOException) { } } finally { gate.Release(); }")]
    [InlineData("foreach (char c in text) { try { gate.{|TW2013:Wait()|}; if (c == 'a') continue; work.Do(); } finally { gate.Release(); } }")]
    [InlineData("gate.Wait(); try { try { other.{|TW2013:Wait()|}; work.Do(); } finally { other.Release(); } } finally { gate.Release(); }")]
    [InlineData("lock (peer) { try { Monitor.{|TW2013:Enter(sync)|}; work.Do(); } finally { Monitor.Exit(sync); } }")]
    [InlineData("Action a = () => { try { gate.{|TW2013:Wait()|}; work.Do(); } finally { gate.Release(); } }; a();")]
    [InlineData("Local(); async Task Local() { try { await gate.{|TW2013:WaitAsync()|}; } finally { gate.Release(); } }")]
    public Task Other_shapes(string statements) => Reported(statements);
}

using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks.Traps;

/// <summary>The finally releases what an acquire in its own try may not have taken: reported at the acquire.</summary>
public class GuiltyAcquireInsideTryTraps
{
    private static Task Reported(string statements) => Verify.Rule("TW2003", Snippet.Async(statements));

    [Theory]
    [InlineData("try { await gate.{|TW2003:WaitAsync(ct)|}; await work.DoAsync(); } finally { gate.Release(); }")]
    [InlineData("try { gate.{|TW2003:Wait(ct)|}; work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { await gate.{|TW2003:WaitAsync(ct)|}.ConfigureAwait(false); work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { await gate.{|TW2003:WaitAsync(ct)|}.ConfigureAwait(continueOnCapturedContext: true); work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { gate.{|TW2003:WaitAsync(ct)|}.GetAwaiter().GetResult(); work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { gate.{|TW2003:WaitAsync(ct)|}.Wait(); work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { await gate.{|TW2003:WaitAsync(cancellationToken: ct)|}; } finally { gate.Release(); }")]
    [InlineData("try { await gate.{|TW2003:WaitAsync(Timeout.Infinite, ct)|}; work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { await this.gate.{|TW2003:WaitAsync(ct)|}; } finally { this.gate.Release(); }")]
    [InlineData("using var source = new CancellationTokenSource(100); try { await gate.{|TW2003:WaitAsync(source.Token)|}; work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { await throttle.{|TW2003:WaitAsync(ct)|}; await work.DoAsync(); } finally { throttle.Release(); }")]
    public Task Wait_with_a_token(string statements) => Reported(statements);

    [Theory]
    [InlineData("try { await gate.{|TW2003:WaitAsync(ct)|}; work.Do(); } catch (OperationCanceledException) { } finally { gate.Release(); }")]
    [InlineData("try { await gate.{|TW2003:WaitAsync(ct)|}; work.Do(); } finally { if (gate.CurrentCount == 0) gate.Release(); }")]
    [InlineData("SemaphoreSlim? one = null; try { one = Pick(); await one.{|TW2003:WaitAsync(ct)|}; work.Do(); } finally { if (one != null && one.CurrentCount == 0) one.Release(); } SemaphoreSlim Pick() => condition ? gate : other;")]
    [InlineData("try { await gate.{|TW2003:WaitAsync(ct)|}; work.Do(); } catch (OperationCanceledException) { return; } finally { gate.Release(); }")]
    [InlineData("try { await gate.{|TW2003:WaitAsync(ct)|}; work.Do(); } catch (Exception e) when (e is not OperationCanceledException) { work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { try { await gate.{|TW2003:WaitAsync(ct)|}; } catch (OperationCanceledException) { return; } work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { try { await gate.{|TW2003:WaitAsync(ct)|}; work.Do(); } finally { work.Do(); } } finally { gate.Release(); }")]
    [InlineData("try { await gate.{|TW2003:WaitAsync(ct)|}; work.Do(); } finally { try { work.Do(); } finally { gate.Release(); } }")]
    [InlineData("try { await gate.{|TW2003:WaitAsync(ct)|}; work.Do(); } finally { lock (sync) { number++; } gate.Release(); }")]
    [InlineData("try { await gate.{|TW2003:WaitAsync(ct)|}; work.Do(); } finally { if (condition) number++; _ = gate.Release(); }")]
    [InlineData("try { await gate.{|TW2003:WaitAsync(ct)|}; work.Do(); } finally { gate?.Release(); }")]
    [InlineData("try { { { await gate.{|TW2003:WaitAsync(ct)|}; } } work.Do(); } finally { { gate.Release(); } }")]
    [InlineData("try { using var buffer = new MemoryStream(); await gate.{|TW2003:WaitAsync(ct)|}; work.Do(); } finally { gate.Release(); }")]
    public Task Handlers_and_nested_tries(string statements) => Reported(statements);

    [Theory]
    [InlineData("try { await gate.{|TW2003:WaitAsync(ct)|}; work.Do(); } finally { gate.Release(); } try { gate.{|TW2003:Wait(ct)|}; work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { await gate.{|TW2003:WaitAsync(ct)|}; await other.{|TW2003:WaitAsync(ct)|}; work.Do(); } finally { other.Release(); gate.Release(); }")]
    [InlineData("try { await gate.{|TW2003:WaitAsync(ct)|}; try { await other.{|TW2003:WaitAsync(ct)|}; } finally { other.Release(); } } finally { gate.Release(); }")]
    [InlineData("await gate.WaitAsync(ct); try { try { await other.{|TW2003:WaitAsync(ct)|}; work.Do(); } finally { other.Release(); } } finally { gate.Release(); }")]
    [InlineData("foreach (char c in text) { try { await gate.{|TW2003:WaitAsync(ct)|}; if (c == 'a') continue; if (c == 'b') break; } finally { gate.Release(); } }")]
    [InlineData("if (condition) { try { gate.{|TW2003:Wait(ct)|}; } finally { gate.Release(); } } else { gate.Wait(ct); try { work.Do(); } finally { gate.Release(); } }")]
    public Task Several_sites(string statements) => Reported(statements);

    [Theory]
    [InlineData("bool taken = true; try { await gate.{|TW2003:WaitAsync(ct)|}; work.Do(); } finally { if (taken) gate.Release(); }")]
    [InlineData("bool taken = false; try { taken = true; await gate.{|TW2003:WaitAsync(ct)|}; work.Do(); } finally { if (taken) gate.Release(); }")]
    [InlineData("SemaphoreSlim? held = null; try { held = gate; await held.{|TW2003:WaitAsync(ct)|}; work.Do(); } finally { held?.Release(); }")]
    public Task Flag_set_before_the_wait(string statements) => Reported(statements);

    [Theory]
    [InlineData("try { work.Do(); Monitor.{|TW2003:Enter(sync)|}; work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("try { number = int.Parse(text); gate.{|TW2003:Wait()|}; work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { ct.ThrowIfCancellationRequested(); await gate.{|TW2003:WaitAsync()|}; work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { ArgumentNullException.ThrowIfNull(text); modern.{|TW2003:Enter()|}; number++; } finally { modern.Exit(); }")]
    [InlineData("try { await work.DoAsync(); await gate.{|TW2003:WaitAsync()|}; work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { if (text is null) throw new ArgumentNullException(nameof(text)); rw.{|TW2003:EnterWriteLock()|}; number++; } finally { rw.ExitWriteLock(); }")]
    [InlineData("try { _ = text ?? throw new ArgumentNullException(nameof(text)); rw.{|TW2003:EnterReadLock()|}; number++; } finally { rw.ExitReadLock(); }")]
    [InlineData("try { if (work.Ask()) number++; mutex.{|TW2003:WaitOne()|}; number--; } finally { mutex.ReleaseMutex(); }")]
    [InlineData("try { using var file = File.OpenRead(text); kernel.{|TW2003:WaitOne()|}; number--; } finally { kernel.Release(); }")]
    [InlineData("try { foreach (string line in File.ReadLines(text)) number++; rw.{|TW2003:EnterUpgradeableReadLock()|}; number--; } finally { rw.ExitUpgradeableReadLock(); }")]
    public Task Something_before_it_may_throw(string statements) => Reported(statements);

    [Theory]
    [InlineData("try { if (condition) return; gate.{|TW2003:Wait()|}; work.Do(); } finally { gate.Release(); }")]
    [InlineData("foreach (char c in text) { try { if (c == ' ') continue; Monitor.{|TW2003:Enter(sync)|}; number++; } finally { Monitor.Exit(sync); } }")]
    [InlineData("while (true) { try { if (number++ == 3) break; rw.{|TW2003:EnterReadLock()|}; } finally { rw.ExitReadLock(); } }")]
    [InlineData("try { if (condition) goto done; mutex.{|TW2003:WaitOne()|}; number++; } finally { mutex.ReleaseMutex(); } done: number--;")]
    [InlineData("try { switch (number) { case 0: return; } modern.{|TW2003:Enter()|}; number++; } finally { modern.Exit(); }")]
    public Task Left_before_the_acquire(string statements) => Reported(statements);

    [Theory]
    [InlineData("try { if (!gate.{|TW2003:Wait(100)|}) return; work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { if (!await gate.{|TW2003:WaitAsync(100)|}) throw new TimeoutException(); work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { if (await gate.{|TW2003:WaitAsync(TimeSpan.FromSeconds(1), ct)|}) work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { if (!Monitor.{|TW2003:TryEnter(sync, 100)|}) return; work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("try { if (Monitor.{|TW2003:TryEnter(sync)|}) work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("try { if (!modern.{|TW2003:TryEnter()|}) return; work.Do(); } finally { modern.Exit(); }")]
    [InlineData("try { if (!mutex.{|TW2003:WaitOne(100)|}) return; work.Do(); } finally { mutex.ReleaseMutex(); }")]
    [InlineData("try { if (!kernel.{|TW2003:WaitOne(TimeSpan.FromSeconds(1), false)|}) throw new TimeoutException(); work.Do(); } finally { kernel.Release(); }")]
    [InlineData("try { if (!rw.{|TW2003:TryEnterReadLock(100)|}) return; work.Do(); } finally { rw.ExitReadLock(); }")]
    [InlineData("try { if (!rw.{|TW2003:TryEnterWriteLock(100)|}) return; work.Do(); } finally { rw.ExitWriteLock(); }")]
    [InlineData("try { bool ok = gate.{|TW2003:Wait(100)|}; if (!ok) return; work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { while (!gate.{|TW2003:Wait(100)|}) { if (condition) return; } work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { _ = gate.{|TW2003:Wait(100)|} ? 0 : throw new TimeoutException(); work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { if (gate.{|TW2003:Wait(100)|} is false) return; work.Do(); } finally { gate.Release(); }")]
    public Task Timed_wait_whose_false_path_reaches_the_finally(string statements) =>
        Verify.Rule("TW2003", statements.Contains("await") ? Snippet.Async(statements) : Snippet.Sync(statements));

    [Theory]
    [InlineData("try { old.{|TW2003:AcquireReaderLock(100)|}; work.Do(); } finally { old.ReleaseReaderLock(); }")]
    [InlineData("try { old.{|TW2003:AcquireWriterLock(TimeSpan.FromSeconds(1))|}; work.Do(); } finally { old.ReleaseWriterLock(); }")]
    [InlineData("try { work.Do(); old.{|TW2003:AcquireWriterLock(Timeout.Infinite)|}; work.Do(); } finally { old.ReleaseWriterLock(); }")]
    public Task Old_lock_throws_when_its_time_is_up(string statements) => Verify.Rule("TW2003", Snippet.Sync(statements));
}

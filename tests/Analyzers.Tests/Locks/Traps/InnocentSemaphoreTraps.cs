using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks.Traps;

/// <summary>Correct uses of semaphores: as a lock, a throttle, a counter, a signal.</summary>
public class InnocentSemaphoreTraps
{
    private static Task Silent(string statements) => Verify.Rule("TW2003", Snippet.Async(statements));

    private static Task SilentClass(string members) => Verify.Rule("TW2003", Snippet.Class(members));

    [Theory]
    [InlineData("gate.Wait(); try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("gate.Wait(ct); try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("await gate.WaitAsync(); try { await work.DoAsync(); } finally { gate.Release(); }")]
    [InlineData("await gate.WaitAsync(ct).ConfigureAwait(false); try { await work.DoAsync(); } finally { gate.Release(); }")]
    [InlineData("await gate.WaitAsync(Timeout.Infinite, ct); try { await work.DoAsync(); } finally { gate.Release(); }")]
    [InlineData("gate.WaitAsync(ct).GetAwaiter().GetResult(); try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("gate.WaitAsync().Wait(); try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("Task entry = gate.WaitAsync(ct); number++; await entry; try { await work.DoAsync(); } finally { gate.Release(); }")]
    [InlineData("kernel.WaitOne(); try { work.Do(); } finally { kernel.Release(); }")]
    public Task Wait_before_the_try(string statements) => Silent(statements);

    [Theory]
    [InlineData("if (await gate.WaitAsync(100)) { try { await work.DoAsync(); } finally { gate.Release(); } }")]
    [InlineData("if (!await gate.WaitAsync(TimeSpan.FromSeconds(1), ct)) return; try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("if (!await gate.WaitAsync(100, ct).ConfigureAwait(false)) throw new TimeoutException(); try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("if (!gate.Wait(0)) return; try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("if (!gate.Wait(0, ct)) { work.Do(); return; } try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("bool entered = await gate.WaitAsync(0); try { if (entered) work.Do(); } finally { if (entered) gate.Release(); }")]
    [InlineData("var entry = gate.WaitAsync(100); number++; if (!await entry) return; try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("Task<bool> entry = gate.WaitAsync(100, ct); if (await entry) try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("if (!gate.WaitAsync(100).GetAwaiter().GetResult()) return; try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("if (!gate.WaitAsync(100).Result) return; try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("if (kernel.WaitOne(100)) try { work.Do(); } finally { kernel.Release(); }")]
    [InlineData("if (!kernel.WaitOne(TimeSpan.FromSeconds(1), false)) return; try { work.Do(); } finally { kernel.Release(); }")]
    public Task Timed_wait_as_a_condition(string statements) => Silent(statements);

    [Theory]
    [InlineData("try { await gate.WaitAsync(ct); } catch (OperationCanceledException) { return; } try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { await gate.WaitAsync(ct); } catch (OperationCanceledException e) { throw new TimeoutException(text, e); } try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { await gate.WaitAsync(ct); try { await work.DoAsync(); } finally { gate.Release(); } } catch (OperationCanceledException) { }")]
    [InlineData("try { await gate.WaitAsync(ct); try { work.Do(); } finally { gate.Release(); } } finally { work.Do(); }")]
    [InlineData("try { work.Do(); gate.Wait(ct); try { work.Do(); } finally { gate.Release(); } } catch (IOException) { work.Do(); } finally { number++; }")]
    [InlineData("using var source = CancellationTokenSource.CreateLinkedTokenSource(ct); try { await gate.WaitAsync(source.Token); } catch (OperationCanceledException) when (!ct.IsCancellationRequested) { return; } try { work.Do(); } finally { gate.Release(); }")]
    public Task Cancellation_handled_before_the_finally(string statements) => Silent(statements);

    [Fact]
    public Task Two_permits_of_one_throttle_in_nested_tries() => Silent("""
        await throttle.WaitAsync(ct);
        try
        {
            await throttle.WaitAsync(ct);
            try { await work.DoAsync(); }
            finally { throttle.Release(); }
        }
        finally { throttle.Release(); }
        """);

    [Theory]
    [InlineData("throttle.Wait(); throttle.Wait(); try { work.Do(); } finally { throttle.Release(2); }")]
    [InlineData("for (int i = 0; i < 4; i++) throttle.Wait(); try { work.Do(); } finally { throttle.Release(4); }")]
    [InlineData("for (int i = 0; i < 4; i++) throttle.Wait(); work.Do(); for (int i = 0; i < 4; i++) throttle.Release();")]
    [InlineData("for (int i = 0; i < number; i++) await throttle.WaitAsync(ct); try { work.Do(); } finally { throttle.Release(number); }")]
    [InlineData("int held = 0; try { while (held < 4) { await throttle.WaitAsync(ct); held++; } work.Do(); } finally { if (held > 0) throttle.Release(held); }")]
    [InlineData("int held = 0; try { for (; held < number; held++) throttle.Wait(ct); work.Do(); } finally { while (held-- > 0) throttle.Release(); }")]
    public Task Several_permits(string statements) => Silent(statements);

    [Theory]
    [InlineData("signal.Release();")]
    [InlineData("signal.Release(); signal.Release();")]
    [InlineData("signal.Release(number);")]
    [InlineData("foreach (char c in text) signal.Release();")]
    [InlineData("try { work.Do(); } finally { signal.Release(); }")]
    [InlineData("if (signal.CurrentCount == 0) signal.Release();")]
    [InlineData("if (!await gate.WaitAsync(100)) { if (gate.CurrentCount == 0) gate.Release(); return; } try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("await gate.WaitAsync(ct); try { work.Do(); } finally { if (gate.CurrentCount == 0) gate.Release(); }")]
    [InlineData("bool taken = false; try { await gate.WaitAsync(ct); taken = true; work.Do(); } finally { if (taken && gate.CurrentCount == 0) gate.Release(); }")]
    [InlineData("try { signal.Release(); } catch (SemaphoreFullException) { }")]
    [InlineData("await signal.WaitAsync(ct); signal.Release(); signal.Release();")]
    [InlineData("signal.Wait(); signal.Release(2);")]
    [InlineData("signal.Wait(ct); work.Do();")]
    public Task Signal(string statements) => Silent(statements);

    [Fact]
    public Task One_semaphore_is_waited_for_and_another_released() => Silent(
        "try { await signal.WaitAsync(ct); await work.DoAsync(); } finally { throttle.Release(); }");

    [Fact]
    public Task Throttle_that_grows() => SilentClass("""
        private readonly SemaphoreSlim slots = new(4);
        public async Task M(bool grow)
        {
            await slots.WaitAsync();
            try { await work.DoAsync(); }
            finally { slots.Release(); }
            if (grow) slots.Release();
        }
        public void Resize(int delta)
        {
            if (delta > 0) slots.Release(delta);
            else for (int i = 0; i < -delta; i++) slots.Wait();
        }
        """);

    [Fact]
    public Task Bounded_buffer_of_two_counters() => SilentClass("""
        private readonly SemaphoreSlim free = new(8), filled = new(0);
        private readonly Queue<int> queue = new();
        public void Put(int item, CancellationToken ct)
        {
            free.Wait(ct);
            lock (queue) queue.Enqueue(item);
            filled.Release();
        }
        public async Task<int> TakeAsync(CancellationToken ct)
        {
            await filled.WaitAsync(ct);
            try { lock (queue) return queue.Dequeue(); }
            finally { free.Release(); }
        }
        """);

    [Fact]
    public Task First_reader_takes_and_last_reader_gives_back() => SilentClass("""
        private int readers;
        public async Task ReadAsync()
        {
            await gate.WaitAsync();
            if (++readers == 1) await other.WaitAsync();
            gate.Release();
            try { await work.DoAsync(); }
            finally
            {
                await gate.WaitAsync();
                if (--readers == 0) other.Release();
                gate.Release();
            }
        }
        """);

    [Theory]
    [InlineData("await throttle.WaitAsync(ct); _ = Task.Run(async () => { try { await work.DoAsync(); } finally { throttle.Release(); } });")]
    [InlineData("await throttle.WaitAsync(ct); _ = work.DoAsync().ContinueWith(_ => throttle.Release(), TaskScheduler.Default);")]
    [InlineData("_ = throttle.WaitAsync(ct).ContinueWith(_ => { try { work.Do(); } finally { throttle.Release(); } }, TaskContinuationOptions.OnlyOnRanToCompletion);")]
    [InlineData("throttle.Wait(); ThreadPool.QueueUserWorkItem(_ => { try { work.Do(); } finally { throttle.Release(); } });")]
    [InlineData("await throttle.WaitAsync(); ct.Register(() => throttle.Release());")]
    [InlineData("var tasks = text.Select(async c => { await throttle.WaitAsync(ct); try { await work.DoAsync(); } finally { throttle.Release(); } }); await Task.WhenAll(tasks);")]
    [InlineData("try { await Parallel.ForEachAsync(text, ct, async (c, token) => { await throttle.WaitAsync(token); try { await work.DoAsync(); } finally { throttle.Release(); } }); } finally { signal.Release(); }")]
    [InlineData("await gate.WaitAsync(ct); await Run(async () => { try { await work.DoAsync(); } finally { gate.Release(); } }); static Task Run(Func<Task> f) => f();")]
    public Task Released_by_a_callback(string statements) => Silent(statements);

    [Fact]
    public Task Wait_that_lost_a_race_is_given_back_when_it_comes_in() => Silent("""
        Task entry = gate.WaitAsync();
        if (await Task.WhenAny(entry, Task.Delay(100, ct)) != entry)
        {
            _ = entry.ContinueWith(_ => gate.Release(), TaskScheduler.Default);
            return;
        }
        try { await work.DoAsync(); }
        finally { gate.Release(); }
        """);

    [Fact]
    public Task Local_throttle_and_a_list_of_tasks() => Silent("""
        using var slots = new SemaphoreSlim(number);
        var tasks = new List<Task>();
        foreach (char c in text)
        {
            await slots.WaitAsync(ct);
            tasks.Add(Send());
        }
        await Task.WhenAll(tasks);
        async Task Send()
        {
            try { await work.DoAsync(); }
            finally { slots.Release(); }
        }
        """);

    [Fact]
    public Task Turnstile() => Silent("signal.Wait(ct); signal.Release(); work.Do();");

    [Fact]
    public Task Ping_pong() => SilentClass("""
        private readonly SemaphoreSlim ping = new(1, 1), pong = new(0, 1);
        public void A() { for (int i = 0; i < 10; i++) { ping.Wait(); work.Do(); pong.Release(); } }
        public void B() { for (int i = 0; i < 10; i++) { pong.Wait(); work.Do(); ping.Release(); } }
        """);

    [Fact]
    public Task Semaphore_held_across_the_yields_of_an_async_iterator() => Verify.Rule("TW2003", Snippet.AsyncIterator(
        "await gate.WaitAsync(ct); try { await foreach (int i in work.Stream()) { if (i == number) yield break; yield return i; } } finally { gate.Release(); }"));
}

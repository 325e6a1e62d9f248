using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Queues;

public class TW4005Tests
{
    [Theory]
    // A using declaration, a using statement, a call.
    [InlineData("{|TW4005:using|} var file = File.OpenRead(path); var t = Task.Run(() => file.ReadByte());")]
    [InlineData("{|TW4005:using|} (var file = new StreamWriter(path)) { var t = new Thread(() => file.WriteLine(1)); t.Start(); }")]
    [InlineData("{|TW4005:using|} (var file = new StreamWriter(path)) _kept = Task.Run(() => file.WriteLine(1));")]
    [InlineData("var gate = new SemaphoreSlim(2); var t = Task.Run(() => { gate.Wait(); gate.Release(); }); gate.{|TW4005:Dispose()|};")]
    [InlineData("var file = File.Create(path); var t = Task.Run(() => file.WriteByte(1)); file.{|TW4005:Close()|};")]
    [InlineData("await {|TW4005:using|} var file = File.Create(path); var t = Task.Run(() => file.WriteByte(1));")]
    [InlineData("{|TW4005:using|} var done = new CountdownEvent(1); ThreadPool.QueueUserWorkItem(_ => { Console.WriteLine(); done.Signal(); });")]
    [InlineData("{|TW4005:using|} var queue = new BlockingCollection<int>(); var t = new Thread(() => { foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x); }); t.Start();")]
    [InlineData("{|TW4005:using|} var done = new ManualResetEvent(false); Task.Factory.StartNew(() => done.Set());")]
    [InlineData("{|TW4005:using|} var client = new System.Net.Http.HttpClient(); Task.Run(async () => { await client.GetStringAsync(path); });")]
    [InlineData("{|TW4005:using|} var client = new System.Net.Http.HttpClient(); Task.Run(() => client.GetStringAsync(path)); Thread.Sleep(1000);")]
    [InlineData("{|TW4005:using|} var file = new StreamWriter(path); var t = WriteAsync(file); static async Task WriteAsync(StreamWriter w) { await Task.Delay(10); w.Write(1); }")]
    // Calls in between that come back at once.
    [InlineData("{|TW4005:using|} var queue = new BlockingCollection<int>(); var t = new Thread(() => { foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x); }); t.Start(); queue.Add(1); queue.CompleteAdding();")]
    [InlineData("{|TW4005:using|} (var queue = new BlockingCollection<int>()) { var t = Task.Run(() => { foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x); }); foreach (var x in items) queue.Add(x); queue.CompleteAdding(); }")]
    [InlineData("{|TW4005:using|} var start = new CountdownEvent(2); var t = Task.Run(() => { Console.WriteLine(); start.Signal(); }); start.Signal();")]
    [InlineData("{|TW4005:using|} var start = new ManualResetEvent(false); var t = Task.Run(() => { start.WaitOne(); Console.WriteLine(); }); start.Set();")]
    [InlineData("var gate = new SemaphoreSlim(0); var t = Task.Run(() => { gate.Wait(); Console.WriteLine(); }); gate.Release(); gate.{|TW4005:Dispose()|};")]
    [InlineData("{|TW4005:using|} var queue = new BlockingCollection<int>(); var t = Task.Run(() => { foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x); }); queue.TryAdd(1); queue.CompleteAdding();")]
    // Several, and in loops.
    [InlineData("var tasks = new List<Task>(); foreach (var x in items) { {|TW4005:using|} var reader = new StringReader(path); tasks.Add(Task.Run(() => reader.ReadLine())); } Task.WaitAll(tasks.ToArray());")]
    [InlineData("using var gate = new SemaphoreSlim(2); foreach (var x in items) _ = Task.{|TW4003:Run(async () => { await gate.WaitAsync(); try { Console.WriteLine(x); } finally { gate.Release(); } })|};")]
    [InlineData("{|TW4005:using|} var gate = new SemaphoreSlim(2); var ts = items.Select(x => Task.Run(() => gate.Wait())).ToList(); Console.WriteLine(ts.Count);")]
    [InlineData("{|TW4005:using|} var file = new StreamWriter(path); var a = Task.Run(() => file.Write(1)); var b = Task.Run(() => file.Write(2));")]
    [InlineData("{|TW4005:using|} var a = File.OpenRead(path); {|TW4005:using|} var b = File.OpenRead(path); var t = Task.Run(() => a.ReadByte()); var u = Task.Run(() => b.ReadByte());")]
    // Conditions of its own, and the way out.
    [InlineData("{|TW4005:using|} var file = new StreamWriter(path); var t = Task.Run(() => { for (var i = 0; i < 10; i++) if (i % 2 == 0) file.Write(i); });")]
    [InlineData("{|TW4005:using|} var file = new StreamWriter(path); var t = Task.Run(() => { foreach (var x in items) { if (x > 1) { file.Write(x); } } });")]
    [InlineData("{|TW4005:using|} var file = new StreamWriter(path); var t = Task.Run(() => file.Write(1)); if (n > 1) return; t.Wait();")]
    [InlineData("var file = File.OpenRead(path); try { var t = Task.Run(() => file.ReadByte()); } finally { file.{|TW4005:Dispose()|}; }")]
    // Through helpers.
    [InlineData("{|TW4005:using|} var file = new StreamWriter(path); var t = Task.Run(() => Outer(file));")]
    [InlineData("{|TW4005:using|} var file = new StreamWriter(path); var t = Task.Run(() => { Console.WriteLine(); Outer(file); });")]
    [InlineData("{|TW4005:using|} var file = new StreamWriter(path); void Body() { file.Write(1); } var t = new Thread(Body); t.Start();")]
    [InlineData("{|TW4005:using|} var file = new StreamWriter(path); Begin(file);")]
    [InlineData("{|TW4005:using|} var file = new StreamWriter(path); BeginOuter(file);")]
    [InlineData("{|TW4005:using|} var file = new StreamWriter(path); var t = Started(file); Console.WriteLine(t.Id);")]
    [InlineData("void Go() { {|TW4005:using|} var file = new StreamWriter(path); var t = Task.Run(() => file.Write(1)); } Go();")]
    [InlineData("Action go = () => { {|TW4005:using|} var file = new StreamWriter(path); var t = Task.Run(() => file.Write(1)); };")]
    [InlineData("Task.Run(() => { {|TW4005:using|} var file = new StreamWriter(path); Task.Run(() => file.Write(1)); });")]
    [InlineData("var t = Task.Run(() => _gate.Wait()); _gate.{|TW4005:Dispose()|};")]
    public Task Guilty(string code) => In(code);

    [Theory]
    [InlineData("{|TW4005:using|} var gate = new SemaphoreSlim(2); return Task.WhenAll(paths.Select(p => Task.Run(() => gate.Release())));")]
    [InlineData("{|TW4005:using|} var file = new StreamWriter(paths[0]); var t = Task.Run(() => file.Write(1)); return Task.WhenAll(t);")]
    [InlineData("{|TW4005:using|} (var file = new StreamWriter(paths[0])) { var t = Task.Run(() => file.Write(1)); var u = Task.Run(() => Console.WriteLine()); return Task.WhenAll(t, u); }")]
    [InlineData("using var gate = new SemaphoreSlim(2); Task.WaitAll(paths.Select(p => Task.Run(() => gate.Release())).ToArray()); return Task.CompletedTask;")]
    [InlineData("using var gate = new SemaphoreSlim(2); var all = Task.WhenAll(paths.Select(p => Task.Run(() => gate.Release()))); all.Wait(); return all;")]
    [InlineData("using var gate = new SemaphoreSlim(2); return Task.WhenAll(paths.Select(p => Task.Run(() => Console.WriteLine(p))));")]
    [InlineData("var gate = new SemaphoreSlim(2); return Task.WhenAll(paths.Select(p => Task.Run(() => gate.Release())));")]
    [InlineData("async Task All() { using var gate = new SemaphoreSlim(2); await Task.WhenAll(paths.Select(p => Task.Run(() => gate.Release()))); } return All();")]
    public Task Tasks_that_are_returned_as_one(string code) => Returned(code);

    [Theory]
    [InlineData("using var gate = new SemaphoreSlim(2); return Task.WhenAll(paths.Select(async p => { await gate.WaitAsync(); gate.Release(); }));")]
    [InlineData("using var file = new StreamWriter(paths[0]); return Write(file); static async Task Write(StreamWriter w) { await Task.CompletedTask; w.Write(1); }")]
    [InlineData("using var file = new StreamWriter(paths[0]); return Write(file); static async Task Write(StreamWriter w) { w.Write(1); await Task.Delay(9); }")]
    [InlineData("using var file = new StreamWriter(paths[0]); return Write(file, paths); static async Task Write(StreamWriter w, string[] p) { if (p.Length > 3) await Task.Delay(9); w.Write(1); }")]
    [InlineData("using var file = new StreamWriter(paths[0]); return Write(file, paths); static async Task Write(StreamWriter w, string[] p) { await Task.Delay(9); if (p.Length > 3) return; w.Write(1); }")]
    [InlineData("using var file = new StreamWriter(paths[0]); return Write(file); static async Task Write(StreamWriter w) { await Task.Delay(9); try { w.Write(1); } catch (ObjectDisposedException) { } }")]
    [InlineData("using var file = new StreamWriter(paths[0]); return Write(file); static async Task Write(StreamWriter w) { await Task.Delay(9); Console.WriteLine(w.Encoding); }")]
    [InlineData("using var file = new StreamWriter(paths[0]); Write(file).Wait(); return Task.CompletedTask; static async Task Write(StreamWriter w) { await Task.Delay(9); w.Write(1); }")]
    [InlineData("using var file = new StreamWriter(paths[0]); var t = Write(file); t.Wait(); return t; static async Task Write(StreamWriter w) { await Task.Delay(9); w.Write(1); }")]
    [InlineData("var file = new StreamWriter(paths[0]); return Write(file); static async Task Write(StreamWriter w) { await Task.Delay(9); w.Write(1); w.Dispose(); }")]
    [InlineData("using var reader = new StringReader(paths[0]); return reader.ReadToEndAsync();")]
    [InlineData("using var reader = new StreamReader(new MemoryStream()); return reader.ReadToEndAsync();")]
    [InlineData("using var client = new System.Net.Http.HttpClient(Fake()); return client.GetStringAsync(paths[0]); static System.Net.Http.HttpMessageHandler Fake() => null!;")]
    [InlineData("using var file = new StreamWriter(paths[0]); return file.WriteAsync(paths[0]);")]
    [InlineData("var client = new System.Net.Http.HttpClient(); return client.GetStringAsync(paths[0]);")]
    [InlineData("using var client = new System.Net.Http.HttpClient(); return Task.FromResult(client.GetStringAsync(paths[0]).Result);")]
    [InlineData("async Task<string> Get() { using var client = new System.Net.Http.HttpClient(); return await client.GetStringAsync(paths[0]); } return Get();")]
    [InlineData("async Task<string> Get() { using var client = new System.Net.Http.HttpClient(); return await client.GetStringAsync(paths[0]).ConfigureAwait(false); } return Get();")]
    [InlineData("using var gate = new SemaphoreSlim(2); Task.WaitAll(paths.Select(async p => { await Task.Delay(9); gate.Release(); }).ToArray()); return Task.CompletedTask;")]
    [InlineData("using var gate = new SemaphoreSlim(2); var query = paths.Select(async p => { await Task.Delay(9); gate.Release(); }); return Task.CompletedTask;")]
    public Task Silent_on_async_calls_that_are_waited_for_or_done_by_then(string code) => Returned(code);

    [Theory]
    [InlineData("{|TW4005:using|} var gate = new SemaphoreSlim(2); return Task.WhenAll(paths.Select(async p => { await gate.WaitAsync(); try { await Task.Delay(9); } finally { gate.Release(); } }));")]
    [InlineData("{|TW4005:using|} var gate = new SemaphoreSlim(2); var all = paths.Select(async p => { await Task.Delay(9); gate.Release(); }).ToList(); return Task.WhenAll(all);")]
    [InlineData("{|TW4005:using|} var file = new StreamWriter(paths[0]); return Write(file); static async Task Write(StreamWriter w) { await Task.Delay(9); w.Write(1); }")]
    [InlineData("{|TW4005:using|} (var file = new StreamWriter(paths[0])) { return Write(file); } static async Task Write(StreamWriter w) { await Task.Yield(); w.Write(1); }")]
    [InlineData("{|TW4005:using|} var file = new StreamWriter(paths[0]); return WriteLater(file);")]
    [InlineData("{|TW4005:using|} var file = new StreamWriter(paths[0]); var t = WriteLater(file); return t;")]
    [InlineData("{|TW4005:using|} var file = new StreamWriter(paths[0]); _ = WriteLater(file); return Task.CompletedTask;")]
    [InlineData("var file = new StreamWriter(paths[0]); var t = WriteLater(file); file.{|TW4005:Dispose()|}; return t;")]
    [InlineData("{|TW4005:using|} var client = new System.Net.Http.HttpClient(); return client.GetStringAsync(paths[0]);")]
    [InlineData("{|TW4005:using|} (var client = new System.Net.Http.HttpClient()) return client.GetAsync(paths[0]);")]
    [InlineData("{|TW4005:using|} var client = new System.Net.Http.HttpClient(); var t = client.PostAsync(paths[0], null); Console.WriteLine(); return t;")]
    [InlineData("{|TW4005:using|} var client = new System.Net.Http.HttpClient(new System.Net.Http.SocketsHttpHandler()); return client.GetStringAsync(paths[0]);")]
    [InlineData("{|TW4005:using|} var reader = new StreamReader(paths[0]); return reader.ReadToEndAsync();")]
    [InlineData("{|TW4005:using|} var reader = File.OpenText(paths[0]); return reader.ReadToEndAsync();")]
    public Task Async_calls_that_go_on_behind_the_using(string code) => Returned(code);

    [Theory]
    [InlineData("{|TW4005:using|} var file = new StreamWriter(paths[0]); return Task.WhenAll(Task.Run(() => file.Write(1)), Task.Run(() => Console.WriteLine()));")]
    [InlineData("{|TW4005:using|} var file = new StreamWriter(paths[0]); return Task.WhenAll(WriteLater(file));")]
    [InlineData("{|TW4005:using|} var file = new StreamWriter(paths[0]); return Task.WhenAll(WriteLater(file), Task.Delay(1));")]
    public Task Several_tasks_that_are_returned_as_one(string code) => Returned(code);

    /// <summary>A <c>finally</c> runs when the task is returned, and not when it ends.</summary>
    [Theory]
    [InlineData("var gate = new SemaphoreSlim(4); try { return Task.WhenAll(paths.Select(async p => { await Task.Delay(p.Length); gate.Release(); })); } finally { gate.{|TW4005:Dispose()|}; }")]
    [InlineData("var gate = new SemaphoreSlim(4); try { var all = Task.WhenAll(paths.Select(async p => { await Task.Delay(p.Length); gate.Release(); })); return all; } finally { gate.{|TW4005:Dispose()|}; }")]
    [InlineData("var gate = new SemaphoreSlim(4); try { return Task.Run(() => gate.Release()); } finally { gate.{|TW4005:Dispose()|}; }")]
    [InlineData("var file = new StreamWriter(paths[0]); try { Console.WriteLine(); return WriteLater(file); } catch (IOException) { throw; } finally { file.{|TW4005:Dispose()|}; }")]
    [InlineData("var client = new System.Net.Http.HttpClient(); try { return client.GetStringAsync(paths[0]); } finally { client.{|TW4005:Dispose()|}; }")]
    [InlineData("Task? t = null; var gate = new SemaphoreSlim(4); try { return t = Task.Run(() => gate.Release()); } finally { t?.Wait(); gate.Dispose(); }")]
    [InlineData("var isDone = false; var gate = new SemaphoreSlim(4); try { isDone = true; return Task.Run(() => gate.Release()); } finally { if (!isDone) gate.Dispose(); }")]
    [InlineData("var gate = new SemaphoreSlim(4); try { return Task.Run(() => gate.Release()); } catch { gate.Dispose(); throw; }")]
    [InlineData("var file = new StreamWriter(paths[0]); var log = new StreamWriter(paths[1]); try { log.WriteLine(); return Task.Run(() => { using (file) file.Write(1); }); } finally { log.Dispose(); }")]
    [InlineData("StreamWriter? file = new StreamWriter(paths[0]); try { var own = file; file = null; return Task.Run(() => { using (own) own.Write(1); }); } finally { file?.Dispose(); }")]
    [InlineData("var file = new StreamWriter(paths[0]); try { return Task.Run(() => file.Write(1)).ContinueWith(_ => file.Dispose()); } finally { Console.WriteLine(); }")]
    public Task A_finally_behind_what_is_returned(string code) => Returned(code);

    [Theory]
    [InlineData("using var file = new StreamWriter(paths[0]); return Write(file, paths[1]); static async Task Write(StreamWriter w, string path) { var text = await File.ReadAllTextAsync(path); w.Write(text); }")]
    public Task Misses_awaits_that_may_be_done(string code) => Returned(code);

    private static Task Returned(string code) => Verify.Rule("TW4005", $$"""
        class C
        {
            Task M(string[] paths)
            {
                {{code}}
            }
            static async Task WriteLater(StreamWriter file) { await Task.Delay(1); Inner(file); }
            static void Inner(StreamWriter to) => to.Write(1);
        }
        """);

    [Fact]
    public Task A_task_that_is_returned() => Verify.Rule("TW4005", """
        class C
        {
            Task<string?> Read(string path)
            {
                {|TW4005:using|} var reader = new StreamReader(path);
                return Task.Run(() => reader.ReadLine());
            }
            async Task<string?> ReadToo(string path)
            {
                using var reader = new StreamReader(path);
                return await Task.Run(() => reader.ReadLine());
            }
        }
        """);

    [Theory]
    // Joined.
    [InlineData("using var file = File.OpenRead(path); var t = Task.Run(() => file.ReadByte()); await t;")]
    [InlineData("using var file = File.OpenRead(path); await Task.Run(() => file.ReadByte());")]
    [InlineData("using var file = File.OpenRead(path); var t = new Thread(() => file.ReadByte()); t.Start(); t.Join();")]
    [InlineData("using var file = File.OpenRead(path); var t = Task.Run(() => file.ReadByte()); Console.WriteLine(t.Result);")]
    [InlineData("using (var file = File.OpenRead(path)) { var t = Task.Run(() => file.ReadByte()); t.Wait(); }")]
    [InlineData("using var gate = new SemaphoreSlim(2); var ts = items.Select(x => Task.Run(() => gate.Wait())).ToList(); await Task.WhenAll(ts);")]
    [InlineData("using var gate = new SemaphoreSlim(2); var ts = new List<Task>(); foreach (var x in items) ts.Add(Task.Run(() => gate.Wait())); Task.WaitAll(ts.ToArray());")]
    [InlineData("using var file = File.OpenRead(path); var t = Task.Run(() => file.ReadByte()); try { Console.WriteLine(); } finally { t.Wait(); }")]
    [InlineData("using var file = File.OpenRead(path); Task? t = null; try { t = Task.Run(() => file.ReadByte()); } finally { if (t != null) await t; }")]
    [InlineData("using var file = File.OpenRead(path); Task.Run(() => file.ReadByte()).Wait();")]
    [InlineData("using var file = File.OpenRead(path); Parallel.For(0, 3, i => file.ReadByte());")]
    [InlineData("using var file = File.OpenRead(path); var t = Task.Run(() => file.ReadByte()); WaitFor(t);")]
    [InlineData("using var file = File.OpenRead(path); var t = Task.Run(() => file.ReadByte()); while (!t.IsCompleted) Thread.Sleep(1);")]
    [InlineData("using var file = File.OpenRead(path); Started(null!).GetAwaiter().GetResult();")]
    [InlineData("using var file = File.OpenRead(path); var t = Task.Run(() => file.ReadByte()); t.ConfigureAwait(false).GetAwaiter().GetResult();")]
    [InlineData("using var file = new StreamWriter(path); Started(file).Wait();")]
    [InlineData("using var file = new StreamWriter(path); await Started(file);")]
    // Waited for in another way.
    [InlineData("using var done = new CountdownEvent(1); ThreadPool.QueueUserWorkItem(_ => done.Signal()); done.Wait();")]
    [InlineData("using var done = new ManualResetEvent(false); Task.Run(() => done.Set()); done.WaitOne();")]
    [InlineData("using var queue = new BlockingCollection<int>(); Task.Run(() => { queue.Add(1); queue.CompleteAdding(); }); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    [InlineData("using var file = new StreamWriter(path); Task.Run(() => { file.Write(1); _finished = true; }); while (!_finished) Thread.Sleep(1);")]
    [InlineData("using var file = new StreamWriter(path); Task.Run(() => { file.Write(1); _finished = true; }); SpinWait.SpinUntil(() => _finished);")]
    [InlineData("using var file = new StreamWriter(path); Task.Run(() => file.Write(1)).ContinueWith(_ => Console.WriteLine());")]
    [InlineData("using var file = new StreamWriter(path); Task.Run(() => file.Write(1)); Console.ReadLine();")]
    [InlineData("using var file = new StreamWriter(path); using var all = new Waiter(Task.Run(() => file.Write(1)));")]
    [InlineData("using var file = new StreamWriter(path); var t = Task.Run(() => file.Write(1)); using var all = new Waiter(t);")]
    [InlineData("using var queue = new BlockingCollection<int>(); var t = Task.Run(() => { foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x); }); queue.Add(1); queue.CompleteAdding(); t.Wait();")]
    [InlineData("using var queue = new BlockingCollection<int>(1); var t = Task.Run(() => { foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x); }); queue.Add(1); queue.Add(2);")]
    [InlineData("using var queue = new BlockingCollection<int>(); var t = Task.Run(() => { foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x); }); foreach (var x in items) queue.Add(x); queue.CompleteAdding(); await t;")]
    [InlineData("using var start = new Barrier(2); var t = Task.Run(() => start.SignalAndWait()); start.SignalAndWait();")]
    [InlineData("using var stop = new CancellationTokenSource(); using var file = new StreamWriter(path); var t = Task.Run(() => { while (!stop.IsCancellationRequested) file.Write(1); }); stop.Cancel();")]
    [InlineData("using var queue = new BlockingCollection<int>(); var t = Task.Run(() => { foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x); }); queue.CompleteAdding(); while (!queue.IsCompleted) Thread.Sleep(1);")]
    // The object is another, or is gone with the work.
    [InlineData("var file = new StreamWriter(path); Task.Run(() => { using (file) file.Write(1); });")]
    [InlineData("var file = new StreamWriter(path); Task.Run(() => { file.Write(1); file.Dispose(); });")]
    [InlineData("var file = new StreamWriter(path); Task.Run(() => file.Write(1)).ContinueWith(_ => file.Dispose());")]
    [InlineData("var file = new StreamWriter(path); var t = Task.Run(() => file.Write(1)); file = new StreamWriter(path); file.Dispose();")]
    [InlineData("Task.Run(() => { using var file = new StreamWriter(path); file.Write(1); });")]
    [InlineData("using (var file = new StreamWriter(path)) { file.Write(1); } var t = Task.Run(() => File.Delete(path));")]
    [InlineData("foreach (var x in items) { using var file = new StreamWriter(path); file.Write(x); Task.Run(() => x.ToString()); }")]
    // The use does not throw, or need not come, or the code is ready for it.
    [InlineData("using var stop = new CancellationTokenSource(); Task.Run(() => Console.WriteLine(stop.Token.IsCancellationRequested));")]
    [InlineData("using var done = new ManualResetEventSlim(); Task.Run(() => done.Set());")]
    [InlineData("using var bytes = new MemoryStream(); Task.Run(() => Console.WriteLine(bytes.ToArray().Length));")]
    [InlineData("using var gate = new SemaphoreSlim(1); Task.Run(() => Console.WriteLine(gate.CurrentCount));")]
    [InlineData("using var file = new StreamWriter(path); Task.Run(() => { try { file.Write(1); } catch (ObjectDisposedException) { } });")]
    [InlineData("using var file = new StreamWriter(path); Task.Run(() => { if (_finished) file.Write(1); });")]
    [InlineData("using var file = new StreamWriter(path); Task.Run(() => { if (token.IsCancellationRequested) return; file.Write(1); });")]
    [InlineData("using var file = new StreamWriter(path); new Thread(() => { while (!_finished) file.Write(1); }).Start();")]
    [InlineData("using var file = new StreamWriter(path); new Thread(() => { while (!token.IsCancellationRequested) file.Write(1); }).Start();")]
    [InlineData("using var file = new StreamWriter(path); Task.Run(() => Ready(file));")]
    [InlineData("using var file = new StreamWriter(path); Task.Run(() => { Func<int> late = () => { file.Write(1); return 1; }; });")]
    [InlineData("using var file = new StreamWriter(path); Task.Run(() => Console.WriteLine(nameof(file)));")]
    [InlineData("using var stream = Open(); Task.Run(() => stream.ReadByte());")]
    // Nobody disposes of it on the way.
    [InlineData("var file = new StreamWriter(path); Task.Run(() => file.Write(1));")]
    [InlineData("var file = new StreamWriter(path); var t = Task.Run(() => file.Write(1)); if (n > 1) { file.Dispose(); }")]
    [InlineData("var file = new StreamWriter(path); try { var t = Task.Run(() => file.Write(1)); } catch { file.Dispose(); throw; }")]
    [InlineData("using var file = new StreamWriter(path); var t = Task.Run(() => file.Write(1)); if (n > 1) throw new InvalidOperationException(); t.Wait();")]
    [InlineData("using var file = new StreamWriter(path); var ts = new List<Task>(); foreach (var x in items) ts.Add(Task.Run(() => file.Write(x))); if (ts.Count == 0) return; await Task.WhenAll(ts);")]
    [InlineData("using var file = new StreamWriter(path); Action later = () => Task.Run(() => file.Write(1));")]
    [InlineData("using var file = new StreamWriter(path); Later(() => Task.Run(() => file.Write(1)));")]
    [InlineData("using var file = new StreamWriter(path); BeginAndWait(file);")]
    [InlineData("var file = new StreamWriter(path); var t = Task.Run(() => file.Write(1)); using (new Waiter(t)) { Console.WriteLine(); } file.Dispose();")]
    public Task Innocent(string code) => In(code);

    [Fact]
    public Task The_end_of_the_program_ends_the_work_as_well() => Verify.Rule("TW4005", """
        using var gate = new SemaphoreSlim(0);
        var work = Task.Run(() => gate.Wait());
        Console.WriteLine(1);
        """);

    [Fact]
    public Task A_missing_join_is_one_report() => In("var sum = 0; var file = File.OpenRead(path); var t = Task.Run(() => { sum = file.ReadByte(); }); file.{|TW4005:Dispose()|}; Console.WriteLine(sum);");

    [Theory]
    [InlineData("using var stop = new CancellationTokenSource(); Task.Run(() => stop.Cancel());")]
    [InlineData("using Stream file = File.OpenRead(path); Task.Run(() => file.ReadByte());")]
    [InlineData("using var file = new StreamWriter(path); var same = file; Task.Run(() => same.Write(1));")]
    [InlineData("using var file = new StreamWriter(path); Task.Factory.StartNew(f => ((StreamWriter)f!).Write(1), file);")]
    public Task Misses(string code) => In(code);

    [Theory]
    [InlineData("{|TW4005:using|} var queue = new BlockingCollection<int>(); var t = new Thread(() => { while (queue.TryTake(out var x, 1000)) Console.WriteLine(x); }); t.Start(); foreach (var x in items) queue.Add(x); queue.CompleteAdding();")]
    [InlineData("{|TW4005:using|} var queue = new BlockingCollection<int>(); var t = new Thread(() => { while (true) { var x = queue.Take(); Console.WriteLine(x); } }); t.Start(); queue.Add(1);")]
    [InlineData("{|TW4005:using|} var queue = new BlockingCollection<int>(); var t = new Thread(() => { for (; ; ) { if (queue.TryTake(out var x, 100)) Console.WriteLine(x); } }); t.Start(); queue.Add(1);")]
    [InlineData("{|TW4005:using|} var queue = new BlockingCollection<int>(); var t = new Thread(() => { while (!queue.IsCompleted) { if (queue.TryTake(out var x, 100)) Console.WriteLine(x); } }); t.Start(); queue.Add(1); queue.CompleteAdding();")]
    [InlineData("{|TW4005:using|} var queue = new BlockingCollection<int>(); var t = new Thread(() => { while (!queue.IsCompleted) { var x = queue.Take(); Console.WriteLine(x); } }); t.Start(); queue.Add(1); queue.CompleteAdding();")]
    [InlineData("{|TW4005:using|} var queue = new BlockingCollection<int>(); var t = new Thread(() => { int x; do { x = queue.Take(); Console.WriteLine(x); } while (x > 0); }); t.Start(); queue.Add(1);")]
    [InlineData("{|TW4005:using|} var queue = new BlockingCollection<int>(); var t = new Thread(() => { while (queue.TryTake(out var x, Timeout.Infinite)) Console.WriteLine(x); }); t.Start(); queue.Add(1); queue.CompleteAdding();")]
    [InlineData("{|TW4005:using|} var queue = new BlockingCollection<int>(); var t = new Thread(() => { int x; while ((x = queue.Take()) != 0) Console.WriteLine(x); }); t.Start(); queue.Add(1); queue.Add(0);")]
    [InlineData("{|TW4005:using|} var queue = new BlockingCollection<int>(); var t = new Thread(Loop); t.Start(); void Loop() { while (true) { Console.WriteLine(queue.Take()); } } queue.Add(1);")]
    [InlineData("{|TW4005:using|} var queue = new BlockingCollection<int>(); var t = new Thread(() => Take(queue)); t.Start(); queue.Add(1);")]
    [InlineData("var queue = new BlockingCollection<int>(); var t = new Thread(() => { while (queue.TryTake(out var x, 1000)) Console.WriteLine(x); }); t.Start(); queue.Add(1); queue.CompleteAdding(); queue.{|TW4005:Dispose()|};")]
    [InlineData("var queue = new BlockingCollection<int>(); var t = new Thread(() => { while (true) { var x = queue.Take(); Console.WriteLine(x); } }); t.Start(); queue.Add(1); queue.{|TW4005:Dispose()|}; t.Join();")]
    [InlineData("var queue = new BlockingCollection<int>(); var t = new Thread(() => { while (!queue.IsCompleted) { if (queue.TryTake(out var x, 100)) Console.WriteLine(x); } }); t.Start(); try { queue.Add(1); queue.CompleteAdding(); } finally { queue.{|TW4005:Dispose()|}; }")]
    public Task A_loop_of_takes(string code) => In(code);

    [Theory]
    [InlineData("using var queue = new BlockingCollection<int>(); var t = new Thread(() => { while (queue.TryTake(out var x, 1000)) Console.WriteLine(x); }); t.Start(); foreach (var x in items) queue.Add(x); queue.CompleteAdding(); t.Join();")]
    [InlineData("using var queue = new BlockingCollection<int>(); var t = new Thread(() => { while (true) { var x = queue.Take(); if (x == 0) break; } }); t.Start(); queue.Add(0); if (!t.Join(1000)) throw new TimeoutException();")]
    [InlineData("using var queue = new BlockingCollection<int>(); var t = new Thread(() => { try { while (true) { var x = queue.Take(); Console.WriteLine(x); } } catch (InvalidOperationException) { } }); t.Start(); queue.Add(1); queue.CompleteAdding();")]
    [InlineData("using var queue = new BlockingCollection<int>(); var t = new Thread(() => { try { for (; ; ) { var x = queue.Take(); Console.WriteLine(x); } } catch (ObjectDisposedException) { } }); t.Start(); queue.Add(1);")]
    [InlineData("using var queue = new BlockingCollection<int>(); var done = new ManualResetEventSlim(); var t = new Thread(() => { while (queue.TryTake(out var x, 1000)) Console.WriteLine(x); done.Set(); }); t.Start(); queue.CompleteAdding(); done.Wait();")]
    [InlineData("using var queue = new BlockingCollection<int>(); var ts = new List<Thread>(); var t = new Thread(() => { while (queue.TryTake(out var x, 1000)) Console.WriteLine(x); }); t.Start(); ts.Add(t); queue.CompleteAdding(); ts.ForEach(x => x.Join());")]
    [InlineData("using var queue = new BlockingCollection<int>(); var cts = new CancellationTokenSource(); var t = new Thread(() => { while (!cts.Token.IsCancellationRequested) { if (queue.TryTake(out var x, 100)) Console.WriteLine(x); } }); t.Start(); queue.Add(1); cts.Cancel();")]
    [InlineData("var queue = new BlockingCollection<int>(); var t = new Thread(() => { while (!_finished) { if (queue.TryTake(out var x, 100)) Console.WriteLine(x); } }); t.Start(); queue.Add(1); _finished = true; queue.Dispose();")]
    [InlineData("using var queue = new BlockingCollection<int>(); using var cts = CancellationTokenSource.CreateLinkedTokenSource(token); var own = cts.Token; var t = new Thread(() => { while (!own.IsCancellationRequested) { if (queue.TryTake(out var x, 100)) Console.WriteLine(x); } }); t.Start(); queue.Add(1); cts.Cancel();")]
    [InlineData("using var queue = new BlockingCollection<int>(); void Run(CancellationToken stop) { while (!stop.IsCancellationRequested) { if (queue.TryTake(out var x, 100)) Console.WriteLine(x); } } var cts = new CancellationTokenSource(); var t = new Thread(() => Run(cts.Token)); t.Start(); cts.Cancel();")]
    [InlineData("using var queue = new BlockingCollection<int>(); var t = new Thread(() => { while (!token.IsCancellationRequested) { if (queue.TryTake(out var x, 100)) Console.WriteLine(x); } }); t.Start(); while (!token.IsCancellationRequested) queue.Add(1);")]
    [InlineData("using var queue = new BlockingCollection<int>(); var t = new Thread(() => { while (!token.IsCancellationRequested) { if (queue.TryTake(out var x, 100)) Console.WriteLine(x); } }); t.Start(); token.WaitHandle.WaitOne();")]
    [InlineData("using var queue = new BlockingCollection<int>(); var t = new Thread(() => { while (true) { if (_finished) break; Console.WriteLine(queue.Take()); } }); t.Start(); queue.Add(1); _finished = true;")]
    [InlineData("using var queue = new BlockingCollection<int>(); var t = new Thread(() => { for (; ; ) { if (token.IsCancellationRequested) break; Console.WriteLine(queue.Take()); } }); t.Start(); queue.Add(1);")]
    public Task Innocent_loops_of_takes(string code) => In(code);

    /// <summary>What ends the loop is a flag that the starter does not set, or a token that it is given: another member may have ended it.</summary>
    [Theory]
    [InlineData("var queue = new BlockingCollection<int>(); var t = new Thread(() => { while (!_finished) { if (queue.TryTake(out var x, 100)) Console.WriteLine(x); } }); t.Start(); queue.Add(1); queue.Dispose();")]
    [InlineData("var queue = new BlockingCollection<int>(); var t = new Thread(() => { while (!_finished && queue.TryTake(out var x, 100)) { Console.WriteLine(x); } }); t.Start(); queue.Add(1); queue.Dispose();")]
    [InlineData("var queue = new BlockingCollection<int>(); var t = new Thread(() => { while (!token.IsCancellationRequested) { if (queue.TryTake(out var x, 100)) Console.WriteLine(x); } }); t.Start(); queue.Add(1); queue.Dispose();")]
    public Task Misses_loops_that_ask_a_flag_or_a_token(string code) => In(code);

    /// <summary>The type waits for its worker behind the disposal, or nowhere.</summary>
    [Theory]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private readonly Thread _t; public C() { _t = new Thread(Run); _t.Start(); } private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Dispose() { _q.CompleteAdding(); _q.{|TW4005:Dispose()|}; _t.Join(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private Task? _t; public void Start() => _t = Task.Run(Run); private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Dispose() { _q.CompleteAdding(); _q.{|TW4005:Dispose()|}; _t?.Wait(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private Task? _t; public void Start() => _t = Task.Run(Run); private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public async Task StopAsync() { _q.CompleteAdding(); _q.{|TW4005:Dispose()|}; await _t!; }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private readonly Thread _t; public C() { _t = new Thread(Run); _t.Start(); } private void Run() { while (true) { var x = _q.Take(); Console.WriteLine(x); } } public void Dispose() { _q.{|TW4005:Dispose()|}; _t.Join(1000); }")]
    [InlineData("private readonly AutoResetEvent _e = new(false); private readonly Thread _t; private volatile bool _stop; public C() { _t = new Thread(Run); _t.Start(); } private void Run() { while (true) { _e.WaitOne(); if (_stop) return; Console.WriteLine(); } } public void Dispose() { _stop = true; _e.Set(); _e.{|TW4005:Dispose()|}; _t.Join(); }")]
    [InlineData("private readonly SemaphoreSlim _e = new(0); private readonly Task _t; private volatile bool _stop; public C() => _t = Task.Run(RunAsync); private async Task RunAsync() { for (; ; ) { await _e.WaitAsync(); if (_stop) break; Console.WriteLine(); } } public void Dispose() { _stop = true; _e.Release(); _e.{|TW4005:Dispose()|}; _t.Wait(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private readonly List<Thread> _ts = new(); public C() { for (var i = 0; i < 4; i++) { var t = new Thread(() => Run()); t.Start(); _ts.Add(t); } } private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Dispose() { _q.CompleteAdding(); _q.{|TW4005:Dispose()|}; foreach (var t in _ts) t.Join(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private readonly Thread _t; public C() { _t = new Thread(Run) { IsBackground = true }; _t.Start(); } private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Dispose() { _q.CompleteAdding(); _q.{|TW4005:Dispose()|}; }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); public void Start() { var t = new Thread(Run); t.Start(); } private void Run() { while (true) { var x = _q.Take(); Console.WriteLine(x); } } public void Dispose() { _q.{|TW4005:Dispose()|}; }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); public void Start() { var t = new Thread(Run) { IsBackground = true }; t.Name = \"taker\"; t.Start(); } private void Run() { for (; ; ) { if (_q.TryTake(out var x, 100)) Console.WriteLine(x); } } public void Dispose() { _q.CompleteAdding(); _q.{|TW4005:Dispose()|}; }")]
    public Task A_worker_of_another_member(string members) => OfType(members);

    [Theory]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private readonly Thread _t; public C() { _t = new Thread(Run); _t.Start(); } private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Dispose() { _q.CompleteAdding(); _t.Join(); _q.Dispose(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private readonly Thread _t; public C() { _t = new Thread(Run); _t.Start(); } private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Stop() { _q.CompleteAdding(); _t.Join(); } public void Dispose() { _q.Dispose(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private readonly Thread _t; public C() { _t = new Thread(Run); _t.Start(); } private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } private void Stop() { _q.CompleteAdding(); _t.Join(); } public void Dispose() { Stop(); _q.Dispose(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private readonly Thread _t; public C() { _t = new Thread(Run); _t.Start(); } private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Dispose() { _q.CompleteAdding(); if (_t.Join(1000)) _q.Dispose(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private readonly Thread _t; public C() { _t = new Thread(Run); _t.Start(); } private void Run() { try { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } catch (ObjectDisposedException) { } } public void Dispose() { _q.CompleteAdding(); _q.Dispose(); _t.Join(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private Task? _t; public void Start() => _t = Task.Run(Run); private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public async Task StopAsync() { _q.CompleteAdding(); await _t!; _q.Dispose(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private Task? _t; public Task Running => _t!; public void Start() => _t = Task.Run(Run); private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Dispose() { _q.Dispose(); }")]
    [InlineData("private readonly AutoResetEvent _e = new(false); private readonly Thread _t; private volatile bool _stop; public C() { _t = new Thread(Run); _t.Start(); } private void Run() { while (!_stop) { _e.WaitOne(); Console.WriteLine(); } } public void Dispose() { _stop = true; _e.Set(); _e.Dispose(); _t.Join(); }")]
    [InlineData("private readonly AutoResetEvent _e = new(false); private readonly Thread _t; private volatile bool _stop; public C() { _t = new Thread(Run); _t.Start(); } private void Run() { while (true) { if (_stop) return; _e.WaitOne(); Console.WriteLine(); } } public void Dispose() { _stop = true; _e.Set(); _e.Dispose(); _t.Join(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private readonly CancellationTokenSource _c = new(); private readonly Thread _t; public C() { _t = new Thread(Run); _t.Start(); } private void Run() { while (true) { var x = _q.Take(_c.Token); Console.WriteLine(x); } } public void Dispose() { _c.Cancel(); _q.Dispose(); _t.Join(); }")]
    [InlineData("private readonly AutoResetEvent _e = new(false); private readonly Thread _t; public C() { _t = new Thread(Run); _t.Start(); } private void Run() { _e.WaitOne(); Console.WriteLine(); } public void Dispose() { _e.Set(); _e.Dispose(); _t.Join(); }")]
    [InlineData("private BlockingCollection<int> _q = new(); private readonly Thread _t; public C() { _t = new Thread(Run); _t.Start(); } private void Run() { while (true) { var x = _q.Take(); Console.WriteLine(x); } } public void Renew() { var old = _q; _q = new(); old.Dispose(); } public void Dispose() { _q.Dispose(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); public C() { new Thread(Run).Start(); } private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Dispose() { _q.CompleteAdding(); _q.Dispose(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); public void Start() { var t = new Thread(Run); t.Start(); } private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Dispose() { _q.CompleteAdding(); _q.Dispose(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); public void Start() { var t = new Thread(Run); t.Start(); t.Join(); } private void Run() { while (true) { if (_q.Take() == 0) return; } } public void Dispose() { _q.Dispose(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private readonly ManualResetEvent _done = new(false); public void Start() { var t = new Thread(Run); t.Start(); } private void Run() { while (true) { if (_q.Take() == 0) break; } _done.Set(); } public void Dispose() { _q.Add(0); _done.WaitOne(); _q.Dispose(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); public Thread Start() { var t = new Thread(Run); t.Start(); return t; } private void Run() { while (true) { if (_q.Take() == 0) return; } } public void Dispose() { _q.Dispose(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); public void Start(List<Thread> all) { var t = new Thread(Run); t.Start(); all.Add(t); } private void Run() { while (true) { if (_q.Take() == 0) return; } } public void Dispose() { _q.Dispose(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); public void Start() { var t = new Thread(Run); t.Start(); } private void Run() { try { while (true) Console.WriteLine(_q.Take()); } catch (ObjectDisposedException) { } } public void Dispose() { _q.Dispose(); }")]
    public Task A_worker_of_another_member_that_is_out_by_then(string members) => OfType(members);

    private static Task OfType(string members) => Verify.Rule("TW4005", $$"""
        class C
        {
            {{members}}
        }
        """);

    private static Task In(string code) => Verify.Rule("TW4005", $$"""
        sealed class Waiter(Task task) : IDisposable
        {
            public void Dispose() => task.Wait();
        }
        class C
        {
            private readonly SemaphoreSlim _gate = new(1);
            private volatile bool _finished;
            private Task? _kept;
            async Task M(string path, int n, int[] items, CancellationToken token)
            {
                await Task.Yield();
                {{code}}
            }
            static void Take(BlockingCollection<int> from) { while (true) { Console.WriteLine(from.Take()); } }
            static void Outer(StreamWriter file) => Inner(1, file);
            static void Inner(int x, StreamWriter to) { to.WriteLine(x); }
            static void Ready(StreamWriter file) { try { Outer(file); } catch (Exception e) { Console.WriteLine(e); } }
            static void Begin(StreamWriter file) { Task.Run(() => file.Write(1)); }
            static void BeginOuter(StreamWriter file) { Console.WriteLine(); Begin(file); }
            static void BeginAndWait(StreamWriter file) { var t = Task.Run(() => file.Write(1)); t.Wait(); }
            static Task Started(StreamWriter file) => Task.Run(() => Outer(file));
            static void WaitFor(Task task) => task.Wait();
            static void Later(Action action) { }
            static Stream Open() => new MemoryStream();
        }
        """);
}

using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Placement;

public class TW6002Tests
{
    [Theory]
    [InlineData("Parallel.ForEach(pages, page => Thread.{|TW6002:Sleep(100)|});")]
    [InlineData("Parallel.ForEach(pages, page => { using var response = client.{|TW6002:Send(new HttpRequestMessage(HttpMethod.Get, page))|}; });")]
    [InlineData("Parallel.For(0, 9, i => { _lengths[i] = client.GetStringAsync(pages[i]).{|TW6002:Result|}.Length; });")]
    [InlineData("Parallel.ForEach(pages, new ParallelOptions { MaxDegreeOfParallelism = 4 }, page => client.GetStringAsync(page).{|TW6002:Wait()|});")]
    [InlineData("Parallel.Invoke(() => Thread.{|TW6002:Sleep(TimeSpan.FromSeconds(1))|}, Step);")]
    [InlineData("var lengths = pages.AsParallel().Select(page => client.GetStringAsync(page).GetAwaiter().{|TW6002:GetResult()|}.Length).ToArray();")]
    [InlineData("pages.AsParallel().ForAll(page => client.PostAsync(page, null).{|TW6002:Wait()|});")]
    [InlineData("Task.Run(() => Thread.{|TW6002:Sleep(100)|});")]
    [InlineData("Task.Run(() => { Step(); Thread.{|TW6002:Sleep(pages.Count)|}; Step(); Thread.Sleep(100); });")]
    [InlineData("Task.Run(() => File.{|TW6002:ReadAllText(\"a\")|});")]
    [InlineData("var text = await Task.Run(() => File.{|TW6002:ReadAllText(\"a\", Encoding.UTF8)|}, token);")]
    [InlineData("Task.Run(async () => { await Task.Yield(); Thread.{|TW6002:Sleep(100)|}; });")]
    [InlineData("Task.Run(() => client.GetStringAsync(\"a\").ConfigureAwait(false).GetAwaiter().{|TW6002:GetResult()|});")]
    [InlineData("Task.Run(() => Task.{|TW6002:WaitAll(StepAsync(), StepAsync())|});")]
    [InlineData("Task.Run(() => Task.WhenAll(pages.Select(client.GetStringAsync)).{|TW6002:Result|});")]
    [InlineData("Task.Run(() => { var entry = System.Net.Dns.{|TW6002:GetHostEntry(\"a\")|}; });")]
    [InlineData("Task.Run(() => { using var tcp = new TcpClient(); tcp.{|TW6002:Connect(\"a\", 1)|}; });")]
    [InlineData("Task.Run(() => { using var tcp = new TcpClient(); var stream = tcp.GetStream(); stream.{|TW6002:Write(new byte[9], 0, 9)|}; });")]
    [InlineData("Task.Run(() => { foreach (var page in pages) new System.Net.NetworkInformation.Ping().{|TW6002:Send(page)|}; });")]
    [InlineData("Task.Run(() => { using var child = Process.Start(\"a\"); child.{|TW6002:WaitForExit()|}; });")]
    [InlineData("Task.Factory.StartNew(() => Thread.{|TW6002:Sleep(100)|});")]
    [InlineData("Task.Factory.StartNew(() => { Step(); Thread.{|TW6002:Sleep(100)|}; }, token, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => Thread.{|TW6002:Sleep(100)|});")]
    [InlineData("ThreadPool.QueueUserWorkItem(static state => { Step(); File.{|TW6002:AppendAllText(\"log\", (string)state!)|}; }, \"a\");")]
    [InlineData("Task.Run({|TW6002:Pause|});")]
    [InlineData("Task.Run(() => {|TW6002:Pause()|});")]
    [InlineData("Task.Run(() => { Step(); {|TW6002:Twice()|}; });")]
    [InlineData("void Pause2() { Thread.{|TW6002:Sleep(100)|}; } Task.Run(Pause2);")]
    [InlineData("Action pause = () => Thread.{|TW6002:Sleep(100)|}; Task.Run(pause);")]
    [InlineData("Task.Run(() => { try { Step(); } finally { Thread.{|TW6002:Sleep(100)|}; } });")]
    [InlineData("Task.Run(() => pages.Select(page => client.GetStringAsync(page).{|TW6002:Result|}).ToList());")]
    [InlineData("Task.Run(() => { while (pages.Count > 0) { Step(); Thread.{|TW6002:Sleep(50)|}; } });")]
    [InlineData("foreach (var page in pages) _tasks.Add(Task.Run(() => Load(page).{|TW6002:Wait()|}));")]
    public Task Guilty(string code) => In(code);

    [Theory]
    [InlineData("new Thread(() => Thread.Sleep(100)).Start();")]
    [InlineData("new Thread(Pause).Start();")]
    [InlineData("Task.Factory.StartNew(() => Thread.Sleep(100), TaskCreationOptions.LongRunning);")]
    [InlineData("Task.Factory.StartNew(Pause, token, TaskCreationOptions.LongRunning, TaskScheduler.Default);")]
    [InlineData("Task.Factory.StartNew(Pause, token, TaskCreationOptions.None, scheduler);")]
    [InlineData("new TaskFactory(scheduler).StartNew(Pause);")]
    [InlineData("Parallel.ForEach(pages, new ParallelOptions { TaskScheduler = scheduler }, page => Thread.Sleep(100));")]
    [InlineData("Task.Run(async () => await Task.Delay(10));")]
    [InlineData("await Parallel.ForEachAsync(pages, async (page, t) => _lengths[0] = (await client.GetStringAsync(page, t)).Length);")]
    [InlineData("Task.Run(() => Task.Delay(10));")]
    [InlineData("Task.Run(() => client.GetStringAsync(\"a\"));")]
    [InlineData("foreach (var page in pages) Thread.Sleep(100);")]
    [InlineData("pages.Select(page => client.GetStringAsync(page).Result).ToList();")]
    [InlineData("Task.Run(() => Thread.Sleep(0));")]
    [InlineData("Task.Run(() => { Step(); Thread.Sleep(1); });")]
    [InlineData("Task.Run(() => Thread.Sleep(Timeout.Infinite));")]
    [InlineData("Task.Run(() => { Thread.Yield(); Thread.SpinWait(10); });")]
    [InlineData("Task.Run(() => { lock (_gate) { Thread.Sleep(100); } });")]
    [InlineData("Task.Run(() => { lock (_gate) { Pause(); } });")]
    [InlineData("Task.Run(() => { Monitor.Enter(_gate); try { Thread.Sleep(100); } finally { Monitor.Exit(_gate); } });")]
    [InlineData("Task.Run(() => { lock (_gate) { Monitor.Wait(_gate); } });")]
    [InlineData("Task.Run(() => { using var text = new StringReader(\"a\"); return text.ReadToEnd(); });")]
    [InlineData("Task.Run(() => { using var memory = new MemoryStream(); memory.Write(new byte[9], 0, 9); memory.CopyTo(Stream.Null); });")]
    [InlineData("Task.Run(() => { using var memory = new MemoryStream(); using var zip = new GZipStream(memory, CompressionMode.Compress); zip.Write(new byte[9], 0, 9); });")]
    [InlineData("Task.Run(() => { using var file = File.OpenRead(\"a\"); return file.Read(new byte[9], 0, 9); });")]
    [InlineData("Task.Run(() => { using var text = new StreamReader(\"a\"); return text.ReadLine(); });")]
    [InlineData("Task.Run(() => stream.Read(new byte[9], 0, 9));")]
    [InlineData("Task.Run(() => reader.ReadToEnd());")]
    [InlineData("Task.Run(() => Console.Out.WriteLine(\"a\"));")]
    [InlineData("Task.Run(() => { Console.WriteLine(\"a\"); Console.ReadLine(); });")]
    [InlineData("Task.Run(() => { foreach (var line in File.ReadLines(\"a\")) Step(); File.Delete(\"a\"); });")]
    [InlineData("Parallel.ForEach(pages, page => File.WriteAllText(page, page));")]
    [InlineData("pages.AsParallel().Select(File.ReadAllText).Select(page => File.ReadAllLines(page)).ToList();")]
    [InlineData("Task.Run(async () => { using var tcp = new TcpClient(); if (pages.Count > 1) await tcp.ConnectAsync(\"a\", 1); else tcp.Connect(\"a\", 1); });")]
    [InlineData("Task.Run(() => signal.WaitOne());")]
    [InlineData("Task.Run(() => _queue.Take());")]
    [InlineData("Task.Run(() => thread.Join());")]
    [InlineData("Task.Run(() => task.Result);")]
    [InlineData("Task.Run(() => task.Wait(1000));")]
    [InlineData("task.ContinueWith(t => t.Result);")]
    [InlineData("Task.Run(() => Task.FromResult(1).Result);")]
    [InlineData("Task.Run(() => Task.CompletedTask.GetAwaiter().GetResult());")]
    [InlineData("Task.Run(() => { Action later = () => Thread.Sleep(100); _later = later; });")]
    [InlineData("Task.Run(() => { void Later() => Thread.Sleep(100); _later = Later; });")]
    [InlineData("Task.Run(() => Later());")]
    [InlineData("Task.Run(() => nameof(Pause));")]
    [InlineData("Task.Run(Step);")]
    [InlineData("Task.Run(action);")]
    [InlineData("Task.Run(() => Unseen());")]
    [InlineData("Task.Run(() => { try { Step(); } catch (Exception) when (Filter(Task.Run(Step).Wait)) { } });")]
    [InlineData("Parallel.For(0, 9, i => _lengths[i] = i * i);")]
    [InlineData("Parallel.Invoke(Step, Step);")]
    [InlineData("var timer = new Timer(_ => Thread.Sleep(100), null, 0, 1000);")]
    public Task Innocent(string code) => In(code);

    [Fact]
    public Task TW6008_speaks_before_it() => In("_tasks.Add(Task.{|TW6008:Run(() => { while (true) Thread.Sleep(100); })|});");

    [Fact]
    public Task One_report_for_a_piece_of_work_and_one_for_each_piece() => In("""
        Task.Run(() => { Thread.{|TW6002:Sleep(100)|}; Thread.Sleep(200); });
        Task.Run(() => { Thread.{|TW6002:Sleep(30)|}; });
        Parallel.Invoke(() => Thread.{|TW6002:Sleep(100)|}, () => Thread.{|TW6002:Sleep(200)|});
        """);

    [Fact]
    public Task A_database_through_a_generic_helper() => Verify.Rule("TW6002", """
        using System.Data.Common;
        partial class Store<T> where T : DbConnection, new()
        {
            public void Warm(IEnumerable<string> queries) => Parallel.ForEach(queries, query => Run(query));
        }
        partial class Store<T>
        {
            public Store(IEnumerable<string> queries) => Task.Run(() => { foreach (var query in queries) {|TW6002:Run(query)|}; });
            private void Run(string query)
            {
                using var connection = new T();
                Execute(connection, query);
            }
            private static object? Execute(DbConnection connection, string query)
            {
                using var command = connection.CreateCommand();
                command.CommandText = query;
                return command.ExecuteScalar();
            }
        }
        """.Replace("query => Run(query)", "query => {|TW6002:Run(query)|}"));

    [Fact]
    public Task A_type_in_source_that_hides_a_member_of_its_base() => Verify.Rule("TW6002", """
        using System.Data;
        using System.Data.Common;
        abstract class Command : DbCommand
        {
            public new DbDataReader ExecuteReader() => base.ExecuteReader();
            void M() => Task.Run(() => {|TW6002:ExecuteReader()|});
        }
        """);

    [Fact]
    public Task A_helper_that_cannot_be_async() => Verify.Rule("TW6002", """
        class C
        {
            private string Text { get { Thread.Sleep(100); return ""; } }
            public C(int time) => Thread.Sleep(time);
            private IEnumerable<int> Lazily() { Thread.Sleep(100); yield return 1; }
            protected virtual void Overridden() => Thread.Sleep(100);
            void M()
            {
                Task.Run(() => Text);
                Task.Run(() => new C(10));
                Task.Run(() => Lazily());
                Task.Run(() => Overridden());
            }
        }
        """);

    [Fact]
    public Task Misses_a_semaphore_and_a_task_of_a_variable() => In("""
        var gate = new SemaphoreSlim(0);
        var pending = client.GetStringAsync("a");
        Task.Run(() => gate.Wait());
        Task.Run(() => pending.Result);
        """);

    [Fact]
    public Task Misses_a_file_that_was_opened_for_async_use() =>
        In("Task.Run(() => { using var file = new FileStream(\"a\", FileMode.Open, FileAccess.Read, FileShare.Read, 4096, true); file.Read(new byte[9], 0, 9); });");

    private static Task In(string code) => Verify.Rule("TW6002", $$"""
        using System.Diagnostics;
        using System.IO.Compression;
        using System.Net.Http;
        using System.Net.Sockets;
        using System.Text;
        class C
        {
            private readonly object _gate = new();
            private readonly BlockingCollection<int> _queue = new();
            private readonly List<Task> _tasks = new();
            private readonly int[] _lengths = new int[9];
            private Action? _later;
            private static void Step() { }
            private static void Pause() => Thread.Sleep(100);
            private static void Once() { Step(); Pause(); }
            private static void Twice() { Once(); Once(); }
            private static bool Filter(Action wait) => wait is null;
            private static Task StepAsync() => Task.Delay(1);
            private static async Task Load(string page) => await Task.Delay(page.Length);
            private void Later() => _later = () => Thread.Sleep(100);
            private static void Unseen() => Environment.GetEnvironmentVariable("a");
            async Task M(List<string> pages, HttpClient client, CancellationToken token, TaskScheduler scheduler, Stream stream, TextReader reader, WaitHandle signal, Thread thread, Task<int> task, Action action)
            {
                {{code}}
                await Task.Yield();
            }
        }
        """);
}

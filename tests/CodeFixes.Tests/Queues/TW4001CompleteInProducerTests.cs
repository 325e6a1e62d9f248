using System.Threading.Tasks;
using Threadwise.CodeFixes.Queues;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Queues;

public class TW4001CompleteInProducerTests
{
    [Theory]
    [InlineData("var queue = {|TW4001:new BlockingCollection<int>|}(); Task.Run(() => queue.Add(1)); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);",
        "var queue = new BlockingCollection<int>(); Task.Run(() => { try { queue.Add(1); } finally { queue.CompleteAdding(); } }); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    [InlineData("var queue = {|TW4001:new BlockingCollection<int>|}(); Task.Run(() => { queue.Add(1); queue.Add(2); }); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);",
        "var queue = new BlockingCollection<int>(); Task.Run(() => { try { queue.Add(1); queue.Add(2); } finally { queue.CompleteAdding(); } }); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    public Task On_one_line(string before, string after) => Verify.Fix<TW4001CompleteInProducer>("TW4001", In(before), In(after));

    [Fact]
    public Task Behind_the_loop_that_fills_a_channel() => Verify.Fix<TW4001CompleteInProducer>("TW4001", In("""
        var channel = Channel.{|TW4001:CreateUnbounded<int>()|};
                var reader = Drain(channel.Reader);
                foreach (var x in items)
                {
                    await channel.Writer.WriteAsync(x); // one
                }

                // All of them.
                await reader;
        """), In("""
        var channel = Channel.CreateUnbounded<int>();
                var reader = Drain(channel.Reader);
                foreach (var x in items)
                {
                    await channel.Writer.WriteAsync(x); // one
                }
                channel.Writer.Complete();

                // All of them.
                await reader;
        """));

    [Theory]
    [InlineData("await Fill(channel.Writer, items);")]
    [InlineData("await Fill(channel.Writer, items).ConfigureAwait(false);")]
    [InlineData("Fill(channel.Writer, items).Wait();")]
    [InlineData("Put(channel.Writer, 1);")]
    public Task Behind_a_helper_that_is_through(string call) => Verify.Fix<TW4001CompleteInProducer>("TW4001", In($$"""
        var channel = Channel.{|TW4001:CreateUnbounded<int>()|};
                {{call}}
                await Drain(channel.Reader);
        """), In($$"""
        var channel = Channel.CreateUnbounded<int>();
                {{call}}
                channel.Writer.Complete();
                await Drain(channel.Reader);
        """));

    [Fact]
    public Task Around_work_that_waits_for_its_helper() => Verify.Fix<TW4001CompleteInProducer>("TW4001",
        In("var channel = Channel.{|TW4001:CreateUnbounded<int>()|}; var filler = Task.Run(async () => { await Fill(channel.Writer, items); }); await Drain(channel.Reader); await filler;"),
        In("var channel = Channel.CreateUnbounded<int>(); var filler = Task.Run(async () => { try { await Fill(channel.Writer, items); } finally { channel.Writer.Complete(); } }); await Drain(channel.Reader); await filler;"));

    [Fact]
    public Task Around_the_work_that_fills_it() => Verify.Fix<TW4001CompleteInProducer>("TW4001", In("""
        using var queue = {|TW4001:new BlockingCollection<int>|}();
                var filler = Task.Run(() =>
                {
                    // All of them.
                    foreach (var x in items)
                    {
                        queue.Add(x);
                    }
                });
                foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);
                await filler;
        """), In("""
        using var queue = new BlockingCollection<int>();
                var filler = Task.Run(() =>
                {
                    try
                    {
                        // All of them.
                        foreach (var x in items)
                        {
                            queue.Add(x);
                        }
                    }
                    finally
                    {
                        queue.CompleteAdding();
                    }
                });
                foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);
                await filler;
        """));

    [Theory]
    [InlineData("var queue = {|TW4001:new BlockingCollection<int>|}(); Task.Run(() => queue.Add(1)); Task.Run(() => queue.Add(2)); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    [InlineData("var queue = {|TW4001:new BlockingCollection<int>|}(); foreach (var y in items) { _ = Task.Run(() => queue.Add(y)); } foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    [InlineData("var queue = {|TW4001:new BlockingCollection<int>|}(); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    [InlineData("var channel = Channel.{|TW4001:CreateBounded<int>(8)|}; var filling = Fill(channel.Writer, items); await foreach (var x in channel.Reader.ReadAllAsync()) Console.WriteLine(x); await filling;")]
    [InlineData("var channel = Channel.{|TW4001:CreateBounded<int>(8)|}; _ = Fill(channel.Writer, items); await Drain(channel.Reader);")]
    [InlineData("var channel = Channel.{|TW4001:CreateBounded<int>(8)|}; await Task.WhenAll(Fill(channel.Writer, items), Drain(channel.Reader));")]
    [InlineData("var channel = Channel.{|TW4001:CreateBounded<int>(8)|}; _ = Task.Run(() => Fill(channel.Writer, items)); await Drain(channel.Reader);")]
    [InlineData("var channel = Channel.{|TW4001:CreateBounded<int>(1)|}; var first = channel.Writer.WriteAsync(1); await Drain(channel.Reader); await first;")]
    [InlineData("var queue = {|TW4001:new BlockingCollection<int>|}(); var filler = Start(queue, items); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x); filler.Join();")]
    [InlineData("var queue = {|TW4001:new BlockingCollection<int>|}(); Begin(queue, items); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    [InlineData("var queue = {|TW4001:new BlockingCollection<int>|}(); var filler = FillOnPool(queue, items); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x); await filler;")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW4001CompleteInProducer>("TW4001", In(code));

    /// <summary>Where an object comes to its end, right before it waits for its worker.</summary>
    [Theory]
    [InlineData("        _worker.Join();", "        _queue.CompleteAdding();\n        _worker.Join();")]
    [InlineData("        _stopping = true;\n        // It has all its work.\n        _worker.Join();\n        _queue.Dispose();", "        _stopping = true;\n        _queue.CompleteAdding();\n        // It has all its work.\n        _worker.Join();\n        _queue.Dispose();")]
    [InlineData("        if (_worker.IsAlive)\n        {\n            _worker.Join();\n        }", "        if (_worker.IsAlive)\n        {\n            _queue.CompleteAdding();\n            _worker.Join();\n        }")]
    public Task Before_the_end_waits_for_the_worker(string before, string after) => Verify.Fix<TW4001CompleteInProducer>("TW4001", Worker("{|TW4001:new|}()", before), Worker("new()", after));

    [Fact]
    public Task Before_the_end_waits_for_many_workers() => Verify.Fix<TW4001CompleteInProducer>("TW4001", Workers("Channel.{|TW4001:CreateUnbounded<int>()|}", ""), Workers("Channel.CreateUnbounded<int>()", "        _channel.Writer.TryComplete();\n"));

    [Fact]
    public Task Behind_the_writer_that_is_waited_for_first() => Verify.Fix<TW4001CompleteInProducer>("TW4001",
        Pair("{|TW4001:new|}()", "        _writer!.Join();\n        _reader!.Join();"), Pair("new()", "        _writer!.Join();\n        _queue.CompleteAdding();\n        _reader!.Join();"));

    [Theory]
    [InlineData("        _reader!.Join();\n        _writer!.Join();")]
    public Task Nothing_is_offered_where_the_writer_may_still_run(string end) => Verify.NoFix<TW4001CompleteInProducer>("TW4001", Pair("{|TW4001:new|}()", end));

    /// <summary>The producer may stand in a write when the queue is completed.</summary>
    [Fact]
    public Task Nothing_is_offered_where_one_wait_is_for_both() => Verify.NoFix<TW4001CompleteInProducer>("TW4001", """
        using System.Threading.Channels;
        class C : IAsyncDisposable
        {
            private readonly Channel<int> _channel = Channel.{|TW4001:CreateBounded<int>(8)|};
            private readonly CancellationTokenSource _stop = new();
            private Task? _producer, _consumer;
            public void Start()
            {
                _producer = Task.Run(FillAsync);
                _consumer = Task.Run(DrainAsync);
            }
            private async Task FillAsync() { for (var i = 0; !_stop.IsCancellationRequested; i++) await _channel.Writer.WriteAsync(i); }
            private async Task DrainAsync() { await foreach (var x in _channel.Reader.ReadAllAsync()) Console.WriteLine(x); }
            public async ValueTask DisposeAsync()
            {
                _stop.Cancel();
                await Task.WhenAll(_producer!, _consumer!);
            }
        }
        """);

    private static string Pair(string creation, string end) => """
        class C
        {
            private readonly BlockingCollection<int> _queue = CREATION;
            private Thread? _reader, _writer;
            public void Start(int[] items)
            {
                _writer = new Thread(() => { foreach (var x in items) _queue.Add(x); });
                _reader = new Thread(Read);
                _writer.Start();
                _reader.Start();
            }
            private void Read() { foreach (var x in _queue.GetConsumingEnumerable()) Console.WriteLine(x); }
            public void Finish()
            {
        END
            }
        }
        """.Replace("CREATION", creation).Replace("END", end);

    private static string Worker(string creation, string end) => """
        class C : IDisposable
        {
            private readonly BlockingCollection<int> _queue = CREATION;
            private readonly Thread _worker;
            private volatile bool _stopping;
            public C()
            {
                _worker = new Thread(Run);
                _worker.Start();
            }
            public void Post(int x) { if (!_stopping) _queue.Add(x); }
            private void Run() { foreach (var x in _queue.GetConsumingEnumerable()) Console.WriteLine(x); }
            public void Dispose()
            {
        END
            }
        }
        """.Replace("CREATION", creation).Replace("END", end);

    private static string Workers(string creation, string completion) => """
        using System.Threading.Channels;
        class C : IAsyncDisposable
        {
            private readonly Channel<int> _channel = CREATION;
            private readonly List<Task> _workers = new();
            public C(int n)
            {
                for (var i = 0; i < n; i++) _workers.Add(RunAsync());
            }
            public void Post(int x) => _channel.Writer.TryWrite(x);
            private async Task RunAsync() { await foreach (var x in _channel.Reader.ReadAllAsync()) Console.WriteLine(x); }
            public async ValueTask DisposeAsync()
            {
                Console.WriteLine();
        END        foreach (var worker in _workers)
                {
                    await worker;
                }
            }
        }
        """.Replace("CREATION", creation).Replace("END", completion);

    private static string In(string code) => $$"""
        using System.Threading.Channels;
        class C
        {
            async Task M(int[] items)
            {
                await Task.Yield();
                {{code}}
            }
            static async Task Fill(ChannelWriter<int> writer, int[] items) { foreach (var x in items) await writer.WriteAsync(x); }
            static void Put(ChannelWriter<int> writer, int x) => writer.TryWrite(x);
            static Thread Start(BlockingCollection<int> queue, int[] items) { var t = new Thread(() => { foreach (var x in items) queue.Add(x); }); t.Start(); return t; }
            static void Begin(BlockingCollection<int> queue, int[] items) => new Thread(() => { foreach (var x in items) queue.Add(x); }).Start();
            static Task FillOnPool(BlockingCollection<int> queue, int[] items) => Task.Run(() => { foreach (var x in items) queue.Add(x); });
            static async Task Drain(ChannelReader<int> reader) { await foreach (var x in reader.ReadAllAsync()) Console.WriteLine(x); }
        }
        """;
}

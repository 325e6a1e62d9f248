using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Queues;

public class TW4001Tests
{
    [Theory]
    [InlineData("var queue = {|TW4001:new BlockingCollection<int>|}(); Task.Run(() => { foreach (var x in items) queue.Add(x); }); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    [InlineData("using var queue = {|TW4001:new BlockingCollection<int>|}(10); var t = Task.Run(() => { foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x); }); foreach (var x in items) queue.Add(x); t.Wait();")]
    [InlineData("var queue = {|TW4001:new BlockingCollection<int>|}(); var t = new Thread(() => { foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x); }); t.Start(); queue.Add(1); t.Join();")]
    [InlineData("BlockingCollection<int> queue = {|TW4001:new|}(); var t = Task.Run(() => Consume(queue)); queue.Add(1); await t;")]
    [InlineData("var queue = {|TW4001:new BlockingCollection<int>|}(); var t = Task.Run(() => Outer(queue)); Fill(queue, items); t.Wait();")]
    [InlineData("var queue = {|TW4001:new BlockingCollection<int>|}(); var ts = new List<Task>(); var t = Task.Run(() => { foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x); }); queue.Add(1); await Task.WhenAll(t);")]
    [InlineData("var queue = {|TW4001:new BlockingCollection<int>|}(); await Task.Run(() => { foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x); });")]
    [InlineData("var channel = Channel.{|TW4001:CreateUnbounded<int>()|}; _ = Task.Run(async () => { foreach (var x in items) await channel.Writer.WriteAsync(x); }); await foreach (var x in channel.Reader.ReadAllAsync()) Console.WriteLine(x);")]
    [InlineData("var channel = Channel.{|TW4001:CreateBounded<int>(4)|}; var t = Task.Run(async () => { await foreach (var x in channel.Reader.ReadAllAsync()) Console.WriteLine(x); }); foreach (var x in items) await channel.Writer.WriteAsync(x); await t;")]
    [InlineData("var channel = Channel.{|TW4001:CreateUnbounded<int>()|}; var t = Drain(channel.Reader); foreach (var x in items) channel.Writer.TryWrite(x); await t;")]
    [InlineData("var channel = Channel.{|TW4001:CreateUnbounded<int>()|}; var writer = channel.Writer; var reader = channel.Reader; foreach (var x in items) writer.TryWrite(x); await foreach (var x in reader.ReadAllAsync().ConfigureAwait(false)) Console.WriteLine(x);")]
    [InlineData("var channel = Channel.{|TW4001:CreateUnbounded<int>()|}; channel.Writer.TryWrite(1); await channel.Reader.Completion;")]
    [InlineData("var channel = Channel.{|TW4001:CreateUnbounded<int>()|}; channel.Writer.TryWrite(1); while (await channel.Reader.WaitToReadAsync()) while (channel.Reader.TryRead(out var x)) Console.WriteLine(x);")]
    public Task Guilty(string code) => In(code);

    [Theory]
    // Completed somewhere.
    [InlineData("var queue = new BlockingCollection<int>(); Task.Run(() => { foreach (var x in items) queue.Add(x); queue.CompleteAdding(); }); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    [InlineData("var queue = new BlockingCollection<int>(); var t = Task.Run(() => Consume(queue)); queue.Add(1); queue.CompleteAdding(); t.Wait();")]
    [InlineData("var queue = new BlockingCollection<int>(); Task.Run(() => { try { foreach (var x in items) queue.Add(x); } finally { queue.CompleteAdding(); } }); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    [InlineData("var queue = new BlockingCollection<int>(); Task.Run(() => queue.Add(1)).ContinueWith(_ => queue.CompleteAdding()); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    [InlineData("var queue = new BlockingCollection<int>(); var t = Task.Run(() => Consume(queue)); queue.Add(1); Finish(queue); t.Wait();")]
    [InlineData("var channel = Channel.CreateUnbounded<int>(); var t = Drain(channel.Reader); channel.Writer.TryWrite(1); channel.Writer.Complete(); await t;")]
    [InlineData("var channel = Channel.CreateUnbounded<int>(); var writer = channel.Writer; var t = Drain(channel.Reader); writer.TryWrite(1); writer.TryComplete(); await t;")]
    [InlineData("var queue = new BlockingCollection<int>(); token.Register(queue.CompleteAdding); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    [InlineData("var queue = new BlockingCollection<int>(); token.Register(() => queue.CompleteAdding()); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    // Out of sight.
    [InlineData("var queue = new BlockingCollection<int>(); Other.Watch(queue); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    [InlineData("var queue = new BlockingCollection<int>(); _kept = queue; foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    [InlineData("var queue = Open(); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    [InlineData("var channel = Channel.CreateUnbounded<int>(); s_writer = channel.Writer; await foreach (var x in channel.Reader.ReadAllAsync()) Console.WriteLine(x);")]
    [InlineData("var channel = Channel.CreateUnbounded<int>(); Other.Give(channel); await foreach (var x in channel.Reader.ReadAllAsync()) Console.WriteLine(x);")]
    // Nobody waits for the consumer.
    [InlineData("var queue = new BlockingCollection<int>(); var t = new Thread(() => { foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x); }) { IsBackground = true }; t.Start(); queue.Add(1);")]
    [InlineData("var queue = new BlockingCollection<int>(); _ = Task.Run(() => Consume(queue)); foreach (var x in items) queue.Add(x);")]
    [InlineData("var queue = new BlockingCollection<int>(); var t = Task.Run(() => Consume(queue)); queue.Add(1); if (!t.Wait(1000)) throw new TimeoutException();")]
    [InlineData("var channel = Channel.CreateUnbounded<int>(); var t = Drain(channel.Reader); channel.Writer.TryWrite(1); await Task.WhenAny(t, Task.Delay(1000));")]
    [InlineData("var channel = Channel.CreateUnbounded<int>(); _ = Drain(channel.Reader); channel.Writer.TryWrite(1);")]
    // It ends in another way.
    [InlineData("var queue = new BlockingCollection<int>(); queue.Add(1); foreach (var x in queue.GetConsumingEnumerable()) { if (x == 1) break; }")]
    [InlineData("var queue = new BlockingCollection<int>(); queue.Add(1); foreach (var x in queue.GetConsumingEnumerable()) { if (x == 1) return; }")]
    [InlineData("var queue = new BlockingCollection<int>(); queue.Add(1); foreach (var x in queue.GetConsumingEnumerable(token)) Console.WriteLine(x);")]
    [InlineData("var channel = Channel.CreateUnbounded<int>(); channel.Writer.TryWrite(1); await foreach (var x in channel.Reader.ReadAllAsync(token)) Console.WriteLine(x);")]
    [InlineData("var queue = new BlockingCollection<int>(); queue.Add(1); foreach (var x in queue.GetConsumingEnumerable().Take(1)) Console.WriteLine(x);")]
    [InlineData("var queue = new BlockingCollection<int>(); queue.Add(1); Console.WriteLine(queue.Take());")]
    [InlineData("var queue = new BlockingCollection<int>(); queue.Add(1); foreach (var x in queue) Console.WriteLine(x);")]
    [InlineData("var channel = Channel.CreateUnbounded<int>(); channel.Writer.TryWrite(1); Console.WriteLine(await channel.Reader.ReadAsync());")]
    [InlineData("var queue = new BlockingCollection<int>(); queue = Open(); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    public Task Innocent(string code) => In(code);

    [Theory]
    [InlineData("_queue.Add(1); foreach (var x in _queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    [InlineData("var queue = new BlockingCollection<int>(); var t = Task.Run(() => Consume(queue)); queue.Add(1); if (items.Length > 1) queue.CompleteAdding(); t.Wait();")]
    public Task Misses(string code) => In(code);

    [Theory]
    [InlineData("var queue = new BlockingCollection<string>(); var watcher = new System.IO.FileSystemWatcher(\".\"); watcher.Created += (_, e) => queue.Add(e.FullPath); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    [InlineData("var channel = Channel.CreateUnbounded<int>(); using var timer = new Timer(_ => channel.Writer.TryWrite(1), null, 0, 1000); await foreach (var x in channel.Reader.ReadAllAsync()) Console.WriteLine(x);")]
    [InlineData("var channel = Channel.CreateUnbounded<string?>(); _ = Task.Run(async () => { while (true) await channel.Writer.WriteAsync(Console.ReadLine()); }); await foreach (var x in channel.Reader.ReadAllAsync()) Console.WriteLine(x);")]
    [InlineData("var queue = new BlockingCollection<int>(); void OnKey(object? sender, ConsoleCancelEventArgs e) => queue.Add(1); Console.CancelKeyPress += OnKey; foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    [InlineData("var queue = new BlockingCollection<int>(); new Thread(() => { for (; ; ) { Thread.Sleep(1000); queue.Add(1); } }).Start(); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    public Task Silent_when_it_is_filled_for_as_long_as_the_program_lives(string code) => In(code);

    [Theory]
    [InlineData("var queue = {|TW4001:new BlockingCollection<string>|}(); new Thread(() => { while (true) { var line = Console.ReadLine(); if (line is null) break; queue.Add(line); } }).Start(); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    [InlineData("var queue = {|TW4001:new BlockingCollection<int>|}(); void Put(int x) => queue.Add(x); foreach (var x in items) Put(x); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    [InlineData("var queue = {|TW4001:new BlockingCollection<int>|}(); Task.Run(() => { foreach (var x in items) queue.Add(x); }); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    public Task Filled_by_a_loop_that_leaves(string code) => In(code);

    [Theory]
    [InlineData("var queue = {|TW4001:new BlockingCollection<int>|}(); var workers = new List<Thread>(); for (var i = 0; i < 4; i++) { var t = new Thread(() => Consume(queue)); t.Start(); workers.Add(t); } foreach (var x in items) queue.Add(x); foreach (var w in workers) w.Join();")]
    [InlineData("var queue = {|TW4001:new BlockingCollection<int>|}(); var workers = items.Select(_ => new Thread(() => Consume(queue))).ToList(); workers.ForEach(w => w.Start()); foreach (var x in items) queue.Add(x); workers.ForEach(w => w.Join());")]
    [InlineData("var channel = Channel.{|TW4001:CreateUnbounded<int>()|}; var workers = items.Select(_ => Drain(channel.Reader)).ToArray(); foreach (var x in items) await channel.Writer.WriteAsync(x); await Task.WhenAll(workers);")]
    [InlineData("var channel = Channel.{|TW4001:CreateUnbounded<int>()|}; var workers = new List<Task>(); for (var i = 0; i < 4; i++) workers.Add(Drain(channel.Reader)); foreach (var x in items) await channel.Writer.WriteAsync(x); await Task.WhenAll(workers);")]
    [InlineData("var channel = Channel.{|TW4001:CreateUnbounded<int>()|}; var workers = items.Select(_ => Task.Run(() => Drain(channel.Reader))).ToArray(); foreach (var x in items) await channel.Writer.WriteAsync(x); await Task.WhenAll(workers);")]
    public Task Consumers_that_are_waited_for_as_a_group(string code) => In(code);

    [Theory]
    [InlineData("var channel = Channel.CreateUnbounded<int>(); var workers = items.Select(_ => Drain(channel.Reader)).ToArray(); foreach (var x in items) await channel.Writer.WriteAsync(x); await Task.WhenAny(Task.WhenAll(workers), Task.Delay(1000));")]
    [InlineData("var channel = Channel.CreateUnbounded<int>(); var workers = items.Select(_ => Drain(channel.Reader)).ToArray(); foreach (var x in items) await channel.Writer.WriteAsync(x); channel.Writer.Complete(); await Task.WhenAll(workers);")]
    [InlineData("var queue = new BlockingCollection<int>(); var workers = items.Select(_ => new Thread(() => Consume(queue)) { IsBackground = true }).ToList(); workers.ForEach(w => w.Start()); foreach (var x in items) queue.Add(x); workers.ForEach(w => w.Join(1000));")]
    public Task Silent_on_groups_that_nobody_waits_for_or_that_are_completed(string code) => In(code);

    [Theory]
    [InlineData("var queue = {|TW4001:new BlockingCollection<int>|}(); var ts = new List<Thread>(); for (var i = 0; i < 4; i++) { var t = new Thread(() => { foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x); }); t.Start(); ts.Add(t); } foreach (var x in items) queue.Add(x); ts.ForEach(t => t.Join());")]
    [InlineData("var queue = {|TW4001:new BlockingCollection<int>|}(); var ts = new List<Thread>(); for (var i = 0; i < 4; i++) { var t = new Thread(() => Consume(queue)); t.Start(); ts.Add(t); } queue.Add(1); foreach (var t in ts) t.Join();")]
    [InlineData("var queue = {|TW4001:new BlockingCollection<int>|}(); var all = new List<Task>(); for (var i = 0; i < 4; i++) { all.Add(Task.Run(() => { foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x); })); } queue.Add(1); await Task.WhenAll(all);")]
    public Task Consumers_that_are_joined_as_a_group(string code) => In(code);

    [Theory]
    [InlineData("var queue = new BlockingCollection<int>(); var ts = new List<Thread>(); for (var i = 0; i < 4; i++) { var t = new Thread(() => { foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x); }); t.Start(); ts.Add(t); } queue.Add(1); queue.CompleteAdding(); ts.ForEach(t => t.Join());")]
    [InlineData("var queue = new BlockingCollection<int>(); var ts = new List<Thread>(); for (var i = 0; i < 4; i++) { var t = new Thread(() => { foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x); }); t.Start(); ts.Add(t); } queue.Add(1); ts.ForEach(t => t.Join(100));")]
    [InlineData("var queue = new BlockingCollection<int>(); var ts = new List<Thread>(); for (var i = 0; i < 4; i++) { var t = new Thread(() => { foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x); }) { IsBackground = true }; t.Start(); ts.Add(t); } queue.Add(1); Console.WriteLine(ts.Count);")]
    public Task Consumers_that_end_or_are_not_joined(string code) => In(code);

    /// <summary>What a disposal takes to the end must have been completed.</summary>
    [Theory]
    [InlineData("_idle.Writer.TryWrite(1);", "await foreach (var x in {|TW4001:_idle.Reader.ReadAllAsync()|}) Console.WriteLine(x);")]
    [InlineData("await _idle.Writer.WriteAsync(await _idle.Reader.ReadAsync());", "await foreach (var x in {|TW4001:_idle.Reader.ReadAllAsync().ConfigureAwait(false)|}) Console.WriteLine(x);")]
    [InlineData("", "await foreach (var x in {|TW4001:_idle.Reader.ReadAllAsync()|}) Console.WriteLine(x); await Task.Yield();")]
    public Task A_disposal_that_waits_for_ever(string use, string disposal) => OfField(use, disposal);

    [Theory]
    [InlineData("_idle.Writer.TryWrite(1);", "_idle.Writer.Complete(); await foreach (var x in _idle.Reader.ReadAllAsync()) Console.WriteLine(x);")]
    [InlineData("_idle.Writer.TryComplete();", "await foreach (var x in _idle.Reader.ReadAllAsync()) Console.WriteLine(x);")]
    [InlineData("s_writer = _idle.Writer;", "await foreach (var x in _idle.Reader.ReadAllAsync()) Console.WriteLine(x);")]
    [InlineData("", "await foreach (var x in _idle.Reader.ReadAllAsync(_stop)) Console.WriteLine(x);")]
    [InlineData("", "await foreach (var x in _idle.Reader.ReadAllAsync()) { if (x == 0) break; }")]
    [InlineData("", "while (_idle.Reader.TryRead(out var x)) Console.WriteLine(x); await Task.Yield();")]
    [InlineData("await foreach (var x in _idle.Reader.ReadAllAsync()) Console.WriteLine(x);", "await Task.Yield();")]
    public Task A_disposal_that_ends(string use, string disposal) => OfField(use, disposal);

    private static Task OfField(string use, string disposal) => Verify.Rule("TW4001", $$"""
        using System.Threading.Channels;
        sealed class Pool : IAsyncDisposable
        {
            private static ChannelWriter<int>? s_writer;
            private readonly Channel<int> _idle;
            private readonly CancellationToken _stop;
            public Pool(CancellationToken stop)
            {
                _stop = stop;
                _idle = Channel.CreateBounded<int>(4);
            }
            public async Task UseAsync()
            {
                await Task.Yield();
                {{use}}
            }
            public async ValueTask DisposeAsync()
            {
                {{disposal}}
            }
        }
        """);

    private static Task In(string code) => Verify.Rule("TW4001", $$"""
        using System.Threading.Channels;
        static class Other
        {
            private static object? s_kept;
            public static void Watch(BlockingCollection<int> queue) => s_kept = queue;
            public static void Give(Channel<int> channel) => s_kept = channel;
        }
        class C
        {
            private readonly BlockingCollection<int> _queue = new();
            private BlockingCollection<int>? _kept;
            private static ChannelWriter<int>? s_writer;
            async Task M(int[] items, CancellationToken token)
            {
                await Task.Yield();
                {{code}}
            }
            static void Outer(BlockingCollection<int> queue) => Consume(queue);
            static void Consume(BlockingCollection<int> queue) { foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x); }
            static void Fill(BlockingCollection<int> queue, int[] items) { foreach (var x in items) queue.Add(x); }
            static void Finish(BlockingCollection<int> queue) => queue.CompleteAdding();
            static async Task Drain(ChannelReader<int> reader) { await foreach (var x in reader.ReadAllAsync()) Console.WriteLine(x); }
            static BlockingCollection<int> Open() => new();
        }
        """);
}

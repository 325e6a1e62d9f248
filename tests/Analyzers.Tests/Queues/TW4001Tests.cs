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

    /// <summary>The worker of an object is waited for where the object comes to its end, and nothing ends the worker.</summary>
    [Theory]
    [InlineData("private readonly BlockingCollection<int> _q = {|TW4001:new|}(); private readonly Thread _t; public C() { _t = new Thread(Run) { IsBackground = true }; _t.Start(); } public void Post(int x) => _q.Add(x); private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Dispose() => _t.Join();")]
    [InlineData("private readonly BlockingCollection<int> _q; private readonly Thread _t; public C() { _q = {|TW4001:new BlockingCollection<int>|}(100); _t = new Thread(Run); _t.Start(); } public void Post(int x) => _q.Add(x); private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Dispose() { _t.Join(); _q.Dispose(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = {|TW4001:new|}(); private Task? _t; public void Start() => _t = Task.Run(() => { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); }); public bool Post(int x) => _q.TryAdd(x); public void Dispose() { _t?.Wait(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = {|TW4001:new|}(); private Task? _t; public void Start() => _t = Task.Factory.StartNew(Run, TaskCreationOptions.LongRunning); public void Post(int x) => _q.Add(x); private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Dispose() { if (_t is { } running) running.GetAwaiter().GetResult(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = {|TW4001:new|}(); private readonly List<Thread> _ts = new(); public C(int n) { for (var i = 0; i < n; i++) { var t = new Thread(Run); t.Start(); _ts.Add(t); } } public void Post(int x) => _q.Add(x); private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Dispose() { foreach (var t in _ts) t.Join(); }")]
    [InlineData("private readonly BlockingCollection<Action> _q = {|TW4001:new|}(); private readonly Task[] _ts = new Task[4]; public C() { for (var i = 0; i < 4; i++) _ts[i] = Task.Run(Run); } public void Post(Action x) => _q.Add(x); private void Run() { foreach (var x in _q.GetConsumingEnumerable()) x(); } public void Dispose() { Task.WaitAll(_ts); _q.Dispose(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = {|TW4001:new|}(9); private readonly List<Task> _ts; public C(int n) { _ts = Enumerable.Range(0, n).Select(_ => Task.Run(Run)).ToList(); } public void Post(int x) => _q.Add(x); private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Dispose() { Task.WaitAll(_ts.ToArray()); }")]
    [InlineData("private readonly Channel<int> _q = Channel.{|TW4001:CreateUnbounded<int>()|}; private readonly Task _t; public C() => _t = RunAsync(); public void Post(int x) => _q.Writer.TryWrite(x); private async Task RunAsync() { await foreach (var x in _q.Reader.ReadAllAsync()) Console.WriteLine(x); } public async ValueTask DisposeAsync() => await _t;")]
    [InlineData("private readonly Channel<int> _q = Channel.{|TW4001:CreateBounded<int>(9)|}; private readonly Task _t; public C() { _t = Task.Run(RunAsync); } public ValueTask Post(int x) => _q.Writer.WriteAsync(x); private async Task RunAsync() { while (await _q.Reader.WaitToReadAsync()) { while (_q.Reader.TryRead(out var x)) Console.WriteLine(x); } } public async ValueTask DisposeAsync() { await _t.ConfigureAwait(false); }")]
    [InlineData("private readonly BlockingCollection<int> _q = {|TW4001:new|}(); private Thread? _t; private volatile bool _stopping; public void Start() { _t = new Thread(() => Run()); _t.Start(); } public void Post(int x) { if (!_stopping) _q.Add(x); } private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Stop() { _stopping = true; _t!.Join(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = {|TW4001:new|}(); private readonly Thread _t; public C() { _t = new Thread(Loop); _t.Start(); } public void Post(int x) => _q.Add(x); private void Loop() { Console.WriteLine(); Run(); } private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } private void Stop() { _t.Join(); } public void Dispose() => Stop();")]
    [InlineData("private readonly BlockingCollection<int> _q = {|TW4001:new|}(); public async Task RunAsync(int[] items) { var t = Task.Run(() => Run()); _t = t; foreach (var x in items) _q.Add(x); await _t; } private Task? _t; private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); }")]
    [InlineData("private readonly BlockingCollection<int> _q = {|TW4001:new|}(); public void Run(int[] items) { foreach (var x in items) _q.Add(x); foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); }")]
    [InlineData("private readonly BlockingCollection<int> _q = {|TW4001:new|}(); private Thread? _t; public void Start() { var t = new Thread(Run); t.Start(); _t = t; } public void Post(int x) => _q.Add(x); private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Dispose() => _t!.Join();")]
    public Task A_worker_that_the_end_of_its_object_waits_for(string members) => OfType(members);

    [Theory]
    // Completed by some member, or out of sight.
    [InlineData("private readonly BlockingCollection<int> _q = new(); private readonly Thread _t; public C() { _t = new Thread(Run); _t.Start(); } public void Post(int x) => _q.Add(x); private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Dispose() { _q.CompleteAdding(); _t.Join(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private readonly Thread _t; public C() { _t = new Thread(Run); _t.Start(); } public void Post(int x) => _q.Add(x); private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Finish() => _q.CompleteAdding(); public void Dispose() => _t.Join();")]
    [InlineData("private readonly Channel<int> _q = Channel.CreateUnbounded<int>(); private readonly Task _t; public C() => _t = RunAsync(); public ChannelWriter<int> Input => _q.Writer; private async Task RunAsync() { await foreach (var x in _q.Reader.ReadAllAsync()) Console.WriteLine(x); } public async ValueTask DisposeAsync() => await _t;")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private readonly Thread _t; public C(Other other) { other.Feed(_q); _t = new Thread(Run); _t.Start(); } private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Dispose() => _t.Join();")]
    [InlineData("internal readonly BlockingCollection<int> Queue = new(); private readonly Thread _t; public C() { _t = new Thread(Run); _t.Start(); } private void Run() { foreach (var x in Queue.GetConsumingEnumerable()) Console.WriteLine(x); } public void Dispose() => _t.Join();")]
    [InlineData("private readonly BlockingCollection<int> _q; private readonly Thread _t; public C(BlockingCollection<int> q) { _q = q; _t = new Thread(Run); _t.Start(); } private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Dispose() => _t.Join();")]
    [InlineData("private BlockingCollection<int> _q = new(); private readonly Thread _t; public C() { _t = new Thread(Run); _t.Start(); } public void Renew() => _q = new(); private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Dispose() => _t.Join();")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private readonly Thread _t; public C(CancellationToken stop) { stop.Register(_q.CompleteAdding); _t = new Thread(Run); _t.Start(); } private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Dispose() => _t.Join();")]
    // It ends in another way: a token, a break, an item that says so, an interruption.
    [InlineData("private readonly BlockingCollection<int> _q = new(); private readonly CancellationTokenSource _stop = new(); private readonly Thread _t; public C() { _t = new Thread(Run); _t.Start(); } private void Run() { foreach (var x in _q.GetConsumingEnumerable(_stop.Token)) Console.WriteLine(x); } public void Dispose() { _stop.Cancel(); _t.Join(); }")]
    [InlineData("private readonly BlockingCollection<int?> _q = new(); private readonly Thread _t; public C() { _t = new Thread(Run); _t.Start(); } private void Run() { foreach (var x in _q.GetConsumingEnumerable()) { if (x is null) break; Console.WriteLine(x); } } public void Dispose() { _q.Add(null); _t.Join(); }")]
    [InlineData("private readonly BlockingCollection<int?> _q = new(); private readonly Thread _t; public C() { _t = new Thread(Run); _t.Start(); } private void Run() { foreach (var x in _q.GetConsumingEnumerable()) { if (x is null) return; Console.WriteLine(x); } } public void Dispose() { _q.Add(null); _t.Join(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private readonly Thread _t; private volatile bool _stop; public C() { _t = new Thread(Run); _t.Start(); } private void Run() { while (!_stop) if (_q.TryTake(out var x, 100)) Console.WriteLine(x); } public void Dispose() { _stop = true; _t.Join(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private readonly Thread _t; public C() { _t = new Thread(Run); _t.Start(); } private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Dispose() { _t.Interrupt(); _t.Join(); }")]
    [InlineData("private readonly Channel<int> _q = Channel.CreateUnbounded<int>(); private readonly CancellationTokenSource _stop = new(); private readonly Task _t; public C() => _t = RunAsync(); private async Task RunAsync() { await foreach (var x in _q.Reader.ReadAllAsync(_stop.Token)) Console.WriteLine(x); } public async ValueTask DisposeAsync() { _stop.Cancel(); await _t; }")]
    [InlineData("private readonly Channel<int> _q = Channel.CreateUnbounded<int>(); private readonly CancellationTokenSource _stop = new(); private readonly Task _t; public C() => _t = RunAsync(); private async Task RunAsync() { await foreach (var x in _q.Reader.ReadAllAsync().WithCancellation(_stop.Token)) Console.WriteLine(x); } public async ValueTask DisposeAsync() { _stop.Cancel(); await _t; }")]
    // Nobody waits for ever.
    [InlineData("private readonly BlockingCollection<int> _q = new(); private readonly Thread _t; public C() { _t = new Thread(Run) { IsBackground = true }; _t.Start(); } private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Dispose() => _t.Join(1000);")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private readonly Thread _t; public C() { _t = new Thread(Run) { IsBackground = true }; _t.Start(); } private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Dispose() { }")]
    [InlineData("private readonly Channel<int> _q = Channel.CreateUnbounded<int>(); private readonly Task _t; public C() => _t = RunAsync(); private async Task RunAsync() { await foreach (var x in _q.Reader.ReadAllAsync()) Console.WriteLine(x); } public async ValueTask DisposeAsync() => await Task.WhenAny(_t, Task.Delay(1000));")]
    [InlineData("private readonly Channel<int> _q = Channel.CreateUnbounded<int>(); private readonly Task _t; public C() => _t = RunAsync(); private async Task RunAsync() { await foreach (var x in _q.Reader.ReadAllAsync()) Console.WriteLine(x); } public async ValueTask DisposeAsync() => await _t.WaitAsync(TimeSpan.FromSeconds(1));")]
    // The program or service is what waits, for as long as it lives.
    [InlineData("private readonly BlockingCollection<int> _q = new(); private Thread? _t; public void Start() { _t = new Thread(Run); _t.Start(); } public void Post(int x) => _q.Add(x); private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void WaitForExit() => _t!.Join();")]
    [InlineData("private readonly BlockingCollection<Action> _q = new(); public void Post(Action x) => _q.Add(x); public void Run() { foreach (var x in _q.GetConsumingEnumerable()) x(); }")]
    [InlineData("private static readonly BlockingCollection<int> s_q = new(); public static void Post(int x) => s_q.Add(x); static void Main() { var t = new Thread(Run); t.Start(); t.Join(); } private static void Run() { foreach (var x in s_q.GetConsumingEnumerable()) Console.WriteLine(x); }")]
    // Another thread is waited for.
    [InlineData("private readonly BlockingCollection<int> _q = new(); private readonly Thread _t, _u; public C() { _t = new Thread(Run) { IsBackground = true }; _t.Start(); _u = new Thread(() => _q.Add(1)); _u.Start(); } private void Run() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Dispose() => _u.Join();")]
    public Task A_worker_that_ends_or_that_nobody_waits_for(string members) => OfType(members);

    /// <summary>Reader and writer are started in one member and waited for in another: what is put in has been put in by then.</summary>
    [Theory]
    [InlineData("private readonly BlockingCollection<int> _q = {|TW4001:new|}(); private Thread? _reader, _writer; public void Start(int[] items) { _writer = new Thread(() => { foreach (var x in items) _q.Add(x); }); _reader = new Thread(Read); _writer.Start(); _reader.Start(); } private void Read() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Finish() { _writer!.Join(); _reader!.Join(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = {|TW4001:new|}(); private Thread? _reader, _writer; public void Start(int[] items) { _writer = new Thread(() => Write(items)); _reader = new Thread(Read); _writer.Start(); _reader.Start(); } private void Write(int[] items) { foreach (var x in items) _q.Add(x); } private void Read() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Finish() { _reader!.Join(); _writer!.Join(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = {|TW4001:new|}(); private Task? _reader, _writer; public void Start(int[] items) { _writer = Task.Run(() => { foreach (var x in items) _q.Add(x); }); _reader = Task.Run(Read); } private void Read() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Finish() => Task.WaitAll(_reader!, _writer!);")]
    [InlineData("private readonly BlockingCollection<int> _q = {|TW4001:new|}(); private Task? _reader, _writer; public void Start(int[] items) { _writer = Task.Run(() => { foreach (var x in items) _q.Add(x); }); _reader = Task.Run(Read); } private void Read() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public async Task FinishAsync() { await _writer!; await _reader!; }")]
    [InlineData("private readonly BlockingCollection<int> _q = {|TW4001:new|}(); private readonly int[] _items = new int[4]; private readonly Thread _reader, _writer; public C() { _writer = new Thread(Write); _reader = new Thread(Read); _writer.Start(); _reader.Start(); } private void Write() { foreach (var x in _items) Put(x); } private void Put(int x) => _q.Add(x); private void Read() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Finish() { _writer.Join(); _reader.Join(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = {|TW4001:new|}(); private Thread? _reader; private readonly List<Thread> _writers = new(); public void Start(int[] items) { for (var i = 0; i < 2; i++) { var t = new Thread(() => { foreach (var x in items) _q.Add(x); }); t.Start(); _writers.Add(t); } _reader = new Thread(Read); _reader.Start(); } private void Read() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Finish() { foreach (var w in _writers) w.Join(); _reader!.Join(); }")]
    [InlineData("private readonly Channel<int> _q = Channel.{|TW4001:CreateUnbounded<int>()|}; private Task? _reader, _writer; public void Start(int[] items) { _writer = WriteAsync(items); _reader = ReadAsync(); } private async Task WriteAsync(int[] items) { foreach (var x in items) await _q.Writer.WriteAsync(x); } private async Task ReadAsync() { await foreach (var x in _q.Reader.ReadAllAsync()) Console.WriteLine(x); } public async Task FinishAsync() { await _writer!; await _reader!; }")]
    public Task A_reader_and_a_writer_that_a_member_waits_for(string members) => OfType(members);

    [Theory]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private Thread? _reader, _writer; public void Start(int[] items) { _writer = new Thread(() => { foreach (var x in items) _q.Add(x); _q.CompleteAdding(); }); _reader = new Thread(Read); _writer.Start(); _reader.Start(); } private void Read() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Finish() { _writer!.Join(); _reader!.Join(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private Thread? _reader, _writer; public void Start(int[] items) { _writer = new Thread(() => { foreach (var x in items) _q.Add(x); }); _reader = new Thread(Read); _writer.Start(); _reader.Start(); } private void Read() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Finish() { _writer!.Join(); _q.CompleteAdding(); _reader!.Join(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private Thread? _reader, _writer; public void Start(int[] items) { _writer = new Thread(() => { foreach (var x in items) _q.Add(x); }); _reader = new Thread(Read); _writer.Start(); _reader.Start(); } public void Post(int x) => _q.Add(x); private void Read() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Finish() { _writer!.Join(); _reader!.Join(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private Thread? _reader, _writer; public void Start(int[] items) { _writer = new Thread(() => { foreach (var x in items) _q.Add(x); }); _reader = new Thread(Read); _writer.Start(); _reader.Start(); } private void Read() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Finish() { _reader!.Join(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private Thread? _reader, _writer; public void Start(int[] items) { _writer = new Thread(() => { foreach (var x in items) _q.Add(x); }); _reader = new Thread(Read); _writer.Start(); _reader.Start(); } private void Read() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Finish() { _writer!.Join(); _reader!.Join(1000); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private Thread? _reader, _writer; private volatile bool _stop; public void Start() { _writer = new Thread(() => { while (!_stop) _q.Add(1); }); _reader = new Thread(Read); _writer.Start(); _reader.Start(); } private void Read() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Finish() { _writer!.Join(); _reader!.Join(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private Thread? _reader, _writer; public void Start() { _writer = new Thread(Write); _reader = new Thread(Read); _writer.Start(); _reader.Start(); } private void Write() { while (true) Step(); } private void Step() => _q.Add(1); private void Read() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Finish() { _writer!.Join(); _reader!.Join(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private Thread? _reader, _writer; private readonly BlockingCollection<int> _in = new(); public BlockingCollection<int> In => _in; public void Start() { _writer = new Thread(() => { foreach (var x in _in.GetConsumingEnumerable()) _q.Add(x); }); _reader = new Thread(Read); _writer.Start(); _reader.Start(); } private void Read() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Finish() { _writer!.Join(); _reader!.Join(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private Thread? _reader, _writer; public void Start(int[] items) { _writer = new Thread(() => Write(items)); _reader = new Thread(Read); _writer.Start(); _reader.Start(); } public void Write(int[] items) { foreach (var x in items) _q.Add(x); } private void Read() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Finish() { _writer!.Join(); _reader!.Join(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private Thread? _reader, _writer; public void Start(int[] items, bool both) { _writer = new Thread(() => { foreach (var x in items) _q.Add(x); }); _reader = new Thread(Read); _writer.Start(); _reader.Start(); } private void Read() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Finish(bool all) { if (all) _reader!.Join(); else _writer!.Join(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private Thread? _reader, _writer; private readonly CancellationTokenSource _cts = new(); public void Start(int[] items) { _writer = new Thread(() => { foreach (var x in items) _q.Add(x); }); _reader = new Thread(ReadUntil); _writer.Start(); _reader.Start(); } private void ReadUntil() { foreach (var x in _q.GetConsumingEnumerable(_cts.Token)) Console.WriteLine(x); } public void Finish() { _writer!.Join(); _cts.Cancel(); _reader!.Join(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); private Thread? _reader, _writer; private readonly Timer _timer; public C() { _timer = new Timer(_ => _q.Add(1), null, 0, 1000); } public void Start(int[] items) { _writer = new Thread(() => { foreach (var x in items) _q.Add(x); }); _reader = new Thread(Read); _writer.Start(); _reader.Start(); } private void Read() { foreach (var x in _q.GetConsumingEnumerable()) Console.WriteLine(x); } public void Finish() { _writer!.Join(); _reader!.Join(); }")]
    public Task A_reader_and_a_writer_that_end_or_that_go_on(string members) => OfType(members);

    /// <summary>
    /// A completion that an exception or a condition skips is taken for one: whether the exception can come, and whether the condition is the one under which the consumer has something to wait for, is not in the code.
    /// </summary>
    [Theory]
    [InlineData("private readonly BlockingCollection<int> _q = new(); public int Sum(string[] xs) { var t = Task.Run(() => { foreach (var x in xs) _q.Add(int.Parse(x)); _q.CompleteAdding(); }); var sum = 0; foreach (var x in _q.GetConsumingEnumerable()) sum += x; t.Wait(); return sum; }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); public int Sum(int[] xs) { Task.Run(() => { foreach (var x in xs) _q.Add(x); if (xs.Length > 0) _q.CompleteAdding(); }); var sum = 0; foreach (var x in _q.GetConsumingEnumerable()) sum += x; return sum; }")]
    public Task Misses_a_completion_that_an_exception_or_a_condition_skips(string members) => OfType(members);

    private static Task OfType(string members) => Verify.Rule("TW4001", $$"""
        using System.Threading.Channels;
        interface Other { void Feed(BlockingCollection<int> queue); }
        class C
        {
            {{members}}
        }
        """);

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

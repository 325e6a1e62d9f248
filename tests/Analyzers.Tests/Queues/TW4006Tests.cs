using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Queues;

public class TW4006Tests
{
    [Theory]
    [InlineData("_queue.CompleteAdding(); _queue.{|TW4006:Add(1)|};")]
    [InlineData("_queue.CompleteAdding(); _queue.{|TW4006:TryAdd(1)|};")]
    [InlineData("queue.CompleteAdding(); if (n > 1) queue.{|TW4006:Add(n)|};")]
    [InlineData("var local = new BlockingCollection<int>(); local.CompleteAdding(); foreach (var i in items) { Work(i); local.{|TW4006:Add(i)|}; }")]
    [InlineData("if (n > 1) { _queue.CompleteAdding(); Work(n); _queue.{|TW4006:Add(n)|}; }")]
    [InlineData("try { Work(n); _queue.CompleteAdding(); } finally { _queue.{|TW4006:Add(-1)|}; }")]
    [InlineData("try { Work(n); } finally { _queue.CompleteAdding(); } _queue.{|TW4006:Add(n)|};")]
    [InlineData("lock (_queue) { _queue.CompleteAdding(); } Work(n); _queue.{|TW4006:Add(n)|};")]
    [InlineData("Close(); _queue.{|TW4006:Add(n)|};")]
    [InlineData("End(queue); queue.{|TW4006:Add(n)|};")]
    [InlineData("_queue.CompleteAdding(); {|TW4006:Put(n)|};")]
    [InlineData("_queue.CompleteAdding(); Task.Run(() => _queue.{|TW4006:Add(n)|});")]
    [InlineData("_queue.CompleteAdding(); new Thread(() => { Work(n); _queue.{|TW4006:Add(n)|}; }).Start();")]
    [InlineData("s_shared.CompleteAdding(); await Task.Delay(1); s_shared.{|TW4006:Add(n)|};")]
    [InlineData("if (n > 1) { _queue.CompleteAdding(); } else { Close(); } _queue.{|TW4006:Add(n)|};")]
    [InlineData("void Done() => queue.CompleteAdding(); Done(); queue.{|TW4006:Add(n)|};")]
    [InlineData("void More(int i) { queue.Add(i); } queue.CompleteAdding(); {|TW4006:More(n)|};")]
    [InlineData("Stop(_queue); _queue.{|TW4006:Add(n)|};")]
    [InlineData("_set.CompleteAdding(); _set.{|TW4006:Add(n)|};")]
    public Task Put_into_a_completed_queue(string code) => In(code);

    [Theory]
    [InlineData("_channel.Writer.Complete(); _channel.Writer.{|TW4006:Complete()|};")]
    [InlineData("_channel.Writer.TryComplete(); Work(n); _channel.Writer.{|TW4006:Complete()|};")]
    [InlineData("var own = _channel.Writer; own.Complete(); await _channel.Writer.{|TW4006:WriteAsync(n)|};")]
    [InlineData("try { Work(n); writer.Complete(); } finally { writer.{|TW4006:Complete()|}; }")]
    [InlineData("writer.Complete(); await writer.{|TW4006:WriteAsync(n)|}.ConfigureAwait(false);")]
    [InlineData("Finish(_channel.Writer); _channel.Writer.{|TW4006:Complete()|};")]
    public Task A_completed_channel(string code) => In(code);

    [Theory]
    [InlineData("_queue.Add(1); _queue.CompleteAdding();")]
    [InlineData("_queue.CompleteAdding(); _queue.CompleteAdding();")]
    [InlineData("_queue.CompleteAdding(); if (!_queue.IsAddingCompleted) _queue.Add(1);")]
    [InlineData("if (n > 1) { _queue.CompleteAdding(); return; } _queue.Add(n);")]
    [InlineData("if (n > 1) _queue.CompleteAdding(); else _queue.Add(n);")]
    [InlineData("if (n > 1) _queue.CompleteAdding(); _queue.Add(n);")]
    [InlineData("switch (n) { case 1: _queue.CompleteAdding(); break; default: _queue.Add(n); break; }")]
    [InlineData("_queue.CompleteAdding(); try { _queue.Add(1); } catch (InvalidOperationException) { }")]
    [InlineData("_queue.CompleteAdding(); Throws(() => _queue.Add(1));")]
    [InlineData("queue.CompleteAdding(); queue = new BlockingCollection<int>(); queue.Add(1);")]
    [InlineData("_mutable.CompleteAdding(); Renew(); _mutable.Add(1);")]
    [InlineData("foreach (var i in items) { _queue.Add(i); if (i == n) { _queue.CompleteAdding(); break; } }")]
    [InlineData("foreach (var i in items) { var each = new BlockingCollection<int>(); each.Add(i); each.CompleteAdding(); }")]
    [InlineData("try { Work(n); _queue.CompleteAdding(); } catch (IOException) { } _queue.Add(n);")]
    [InlineData("try { _queue.Add(n); } finally { _queue.CompleteAdding(); }")]
    [InlineData("try { Work(n); _queue.CompleteAdding(); } catch (IOException) { _queue.Add(n); throw; }")]
    [InlineData("_queue.CompleteAdding(); if (!_closed) _queue.Add(1);")]
    [InlineData("_queue.CompleteAdding(); if (CanAdd()) _queue.Add(1);")]
    [InlineData("_queue.CompleteAdding(); Trace(n);")]
    [InlineData("CloseOnce(); _queue.Add(1);")]
    [InlineData("queue.CompleteAdding(); _queue.Add(1);")]
    [InlineData("_queue.CompleteAdding(); void Later() => _queue.Add(1); Changed += (_, _) => Later();")]
    [InlineData("Changed += (_, _) => _queue.CompleteAdding(); _queue.Add(1);")]
    [InlineData("Task.Run(() => _queue.CompleteAdding()); _queue.Add(1);")]
    [InlineData("other._queue.CompleteAdding(); _queue.Add(1);")]
    [InlineData("_channel.Writer.Complete(); _channel.Writer.TryComplete(); _channel.Writer.TryWrite(1);")]
    [InlineData("try { Work(n); writer.Complete(); } catch (Exception e) { writer.Complete(e); }")]
    [InlineData("try { Work(n); } catch (Exception e) { writer.TryComplete(e); } writer.Complete();")]
    [InlineData("writer.Complete(); var sent = writer.WriteAsync(n); if (!sent.IsCompletedSuccessfully) return;")]
    [InlineData("writer.Complete(); _channel.Writer.Complete();")]
    [InlineData("while (n-- > 0) { if (n == 2) { writer.Complete(); continue; } await writer.WriteAsync(n); }")]
    [InlineData("Func<Task> act = async () => await writer.WriteAsync(n); writer.Complete(); await act();")]
    public Task Innocent(string code) => In(code);

    /// <summary>Whether there is a second round, data decides.</summary>
    [Theory]
    [InlineData("foreach (var i in items) { _queue.Add(i); _queue.CompleteAdding(); }")]
    public Task Misses_the_next_round(string code) => In(code);

    [Theory]
    [InlineData("Open(); Put(1); Close();")]
    [InlineData("if (n > 1) Close(); Put(1);")]
    [InlineData("Close(); Close();")]
    [InlineData("Close(); Ask(1);")]
    [InlineData("Close(); Other(1);")]
    public Task Silent_on_bodies_that_only_call_helpers(string code) => OfType("void M(int n) { " + code + " }");

    [Theory]
    [InlineData("Close(); {|TW4006:Put(1)|};")]
    [InlineData("Put(1); Close(); {|TW4006:Put(2)|};")]
    [InlineData("Outer(); Console.WriteLine(n); {|TW4006:Put(n)|};")]
    public Task Bodies_that_only_call_helpers(string code) => OfType("void M(int n) { " + code + " }");

    private static Task OfType(string members) => Verify.Rule("TW4006", $$"""
        class C
        {
            private readonly BlockingCollection<int> _q = new(), _r = new();
            private void Open() { }
            private void Put(int x) => _q.Add(x);
            private void Ask(int x) { if (!_q.IsAddingCompleted) _q.Add(x); }
            private void Other(int x) => _r.Add(x);
            private void Close() => _q.CompleteAdding();
            private void Outer() { Console.WriteLine(); Close(); }
            {{members}}
        }
        """);

    [Fact]
    public Task An_exception_that_a_test_expects() => Verify.Rule("TW4006", """
        class ExpectedExceptionAttribute(Type type) : Attribute { public Type Type { get; } = type; }
        class C
        {
            [ExpectedException(typeof(InvalidOperationException))]
            public void Adding_to_a_completed_collection_throws()
            {
                var queue = new BlockingCollection<int>();
                queue.CompleteAdding();
                queue.Add(1);
            }
        }
        """);

    [Theory]
    [InlineData("var stages = new[] { new BlockingCollection<int>(), new BlockingCollection<int>() }; stages[0].CompleteAdding(); stages[1].Add(n);")]
    [InlineData("var stages = new[] { new BlockingCollection<int>(), new BlockingCollection<int>() }; stages[0].CompleteAdding(); foreach (var i in stages[0].GetConsumingEnumerable()) stages[1].Add(i);")]
    [InlineData("var channels = new Channel<int>[2]; channels[0].Writer.Complete(); channels[1].Writer.Complete();")]
    [InlineData("var queues = new List<BlockingCollection<int>>(); queues[0].CompleteAdding(); queues[1].Add(n);")]
    public Task Silent_on_elements_which_are_many_queues(string code) => In(code);

    private static Task In(string code) => Verify.Rule("TW4006", $$"""
        using System.Threading.Channels;
        partial class C
        {
            private readonly BlockingCollection<int> _queue = new();
            private static readonly BlockingCollection<int> s_shared = new();
            private readonly Channel<int> _channel = Channel.CreateUnbounded<int>();
            private BlockingCollection<int> _mutable = new();
            private BlockingCollection<int> _set;
            private bool _closed;
            private event EventHandler? Changed;
            public C() { _set = new(5); }
            async Task M(BlockingCollection<int> queue, ChannelWriter<int> writer, int[] items, int n, C other)
            {
                {{code}}
                await Task.Yield();
            }
            static void Work(int i) { }
            static void Throws(Action action) { try { action(); } catch (InvalidOperationException) { } }
            void Renew() => _mutable = new();
            bool CanAdd() => !_queue.IsAddingCompleted;
            void Later() => _queue.Add(3);
        }
        partial class C
        {
            void Stop(BlockingCollection<int> it) => it.CompleteAdding();
            void Close() { Work(1); Stop(); }
            void Stop() { _closed = true; _queue.CompleteAdding(); }
            void CloseOnce() { if (_closed) return; _closed = true; _queue.CompleteAdding(); }
            static void End(BlockingCollection<int> it) { try { Work(2); } finally { Last(it); } }
            static void Last(BlockingCollection<int> it) => it.CompleteAdding();
            void Put(int i) { Work(i); PutNow(i); }
            void PutNow(int i) => _queue.Add(i);
            void Trace(int i) { if (!_closed) _queue.Add(i); }
            static void Finish(ChannelWriter<int> it) => it.TryComplete();
        }
        """);
}

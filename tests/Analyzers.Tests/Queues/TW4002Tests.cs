using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Queues;

public class TW4002Tests
{
    [Theory]
    [InlineData("Task.Run(() => queue.Add(1)); queue.Take(); queue.{|TW4002:Take()|};")]
    [InlineData("Task.Run(() => { queue.Add(1); queue.Add(2); }); Console.WriteLine(queue.Take() + queue.Take() + queue.{|TW4002:Take()|});")]
    [InlineData("Task.Run(() => queue.Add(1)); Console.WriteLine($\"{queue.Take()}, {queue.{|TW4002:Take()|}}\");")]
    [InlineData("foreach (var n in numbers) Task.Run(() => queue.Add(n)); for (var i = numbers.Length; i >= 0; i--) queue.{|TW4002:Take()|};")]
    [InlineData("for (var i = 3; i > 0; i--) Task.Run(() => queue.Add(1)); for (var i = 0; i < 4; i++) queue.{|TW4002:Take()|};")]
    [InlineData("Task.Run(() => { queue.Add(1); queue.Add(2); }); for (var i = 0; i < 3; i++) Console.WriteLine(queue.{|TW4002:Take()|});")]
    [InlineData("for (var i = 0; i < 3; i++) new Thread(() => queue.Add(Work(i))).Start(); for (var i = 0; i <= 3; i++) Console.WriteLine(queue.{|TW4002:Take()|});")]
    [InlineData("foreach (var n in numbers) Task.Run(() => queue.Add(Work(n))); for (var i = 0; i < numbers.Length + 1; i++) Console.WriteLine(queue.{|TW4002:Take()|});")]
    [InlineData("for (var i = 0; i < numbers.Length; i++) ThreadPool.QueueUserWorkItem(_ => queue.Add(1)); foreach (var n in numbers) queue.Take(); queue.{|TW4002:Take()|};")]
    [InlineData("foreach (var n in numbers) Task.Run(() => { if (Work(n) > 2) queue.Add(n); }); foreach (var n in numbers) Console.WriteLine(queue.{|TW4002:Take()|});")]
    [InlineData("foreach (var n in numbers) Task.Run(() => { var r = Work(n); if (r > 2 && r < 9) { queue.Add(r); } }); for (var i = 0; i < numbers.Length; i++) Console.WriteLine(queue.{|TW4002:Take()|});")]
    [InlineData("Task.Run(() => { for (var i = 0; i < 9; i++) queue.Add(i); }); Task.Run(() => queue.Take()); for (var i = 0; i < 9; i++) queue.{|TW4002:Take()|};")]
    [InlineData("var threads = new List<Thread>(); foreach (var n in numbers) threads.Add(new Thread(() => queue.Add(n))); foreach (var t in threads) t.Start(); foreach (var n in numbers) queue.Take(); Console.WriteLine(queue.{|TW4002:Take()|});")]
    [InlineData("queue.Add(0); Task.Run(() => queue.Add(1)); queue.Take(); queue.Take(); queue.{|TW4002:Take()|};")]
    [InlineData("void Item() => queue.Add(1); Task.Run(Item); queue.Take(); queue.{|TW4002:Take()|};")]
    [InlineData("Task.Run(() => { queue.Take(); queue.{|TW4002:Take()|}; }); queue.Add(1);")]
    [InlineData("var tasks = numbers.Select(n => Task.Run(() => queue.Add(n))).ToArray(); foreach (var n in numbers) queue.Take(); queue.{|TW4002:Take()|};")]
    public Task Guilty(string code) => In(code);

    [Theory]
    [InlineData("Task.Run(() => queue.Add(1)); queue.Take();")]
    [InlineData("foreach (var n in numbers) Task.Run(() => queue.Add(Work(n))); foreach (var n in numbers) Console.WriteLine(queue.Take());")]
    [InlineData("Task.Run(() => { queue.Add(1); queue.Add(2); }); Console.WriteLine(queue.Take() + queue.Take());")]
    [InlineData("Task.Run(() => queue.Add(1)); Console.WriteLine(count > 0 && queue.Take() > 1 || queue.Take() > 2);")]
    [InlineData("foreach (var n in numbers) Task.Run(() => queue.Add(n)); for (var i = numbers.Length - 1; i >= 0; i--) queue.Take();")]
    [InlineData("foreach (var n in numbers) Task.Run(() => queue.Add(n)); for (var i = numbers.Length; i > 0; i--) queue.Take();")]
    [InlineData("foreach (var n in numbers) Task.Run(() => queue.Add(n)); for (var i = numbers.Length; i >= 0; i -= 2) queue.Take();")]
    [InlineData("foreach (var n in numbers) Task.Run(() => queue.Add(n)); for (var i = numbers.Length; i < count; i++) queue.Take();")]
    [InlineData("foreach (var n in numbers) Task.Run(() => queue.Add(Work(n))); for (var i = 0; i < numbers.Length; i++) Console.WriteLine(queue.Take());")]
    [InlineData("for (var i = 0; i < 4; i++) Task.Run(() => queue.Add(1)); for (var i = 0; i < 3; i++) queue.Take();")]
    [InlineData("Task.Run(() => { queue.Add(1); queue.CompleteAdding(); }); queue.Take(); queue.Take();")]
    [InlineData("Task.Run(() => { queue.Add(1); queue.CompleteAdding(); }); foreach (var n in queue.GetConsumingEnumerable()) Console.WriteLine(n);")]
    [InlineData("Task.Run(() => queue.Add(1)); queue.Take(); queue.TryTake(out _);")]
    [InlineData("Task.Run(() => queue.Add(1)); queue.Take(); queue.Take(token);")]
    [InlineData("Task.Run(() => queue.TryAdd(1)); queue.Take(); queue.Take();")]
    [InlineData("Task.Run(() => { foreach (var n in numbers) if (n > 2) queue.Add(n); }); queue.Take(); queue.Take();")]
    [InlineData("Task.Run(() => { while (Work(1) > 0) queue.Add(1); }); queue.Take(); queue.Take(); queue.Take();")]
    [InlineData("foreach (var n in numbers) Task.Run(() => { if (n > 2) queue.Add(n); else queue.Add(0); }); foreach (var n in numbers) queue.Take();")]
    [InlineData("foreach (var n in numbers) Task.Run(() => queue.Add(n > 2 ? n : 0)); foreach (var n in numbers) queue.Take();")]
    [InlineData("foreach (var n in numbers) Task.Run(() => { try { queue.Add(Work(n)); } catch (Exception) { queue.Add(-1); } }); foreach (var n in numbers) queue.Take();")]
    [InlineData("foreach (var n in numbers) Task.Run(() => { if (Work(n) > 2) queue.Add(n); }); while (queue.Count > 0) Console.WriteLine(queue.Take());")]
    [InlineData("foreach (var n in numbers) if (n > 2) Task.Run(() => queue.Add(n)); foreach (var n in numbers) if (n > 2) queue.Take();")]
    [InlineData("foreach (var n in numbers) Task.Run(() => queue.Add(n)); for (var i = 0; i < count; i++) queue.Take();")]
    [InlineData("Task.Run(() => queue.Add(1)); Keep(queue); queue.Take(); queue.Take();")]
    [InlineData("Task.Run(() => queue.Add(1)); _queue = queue; queue.Take(); queue.Take();")]
    [InlineData("Task.Run(() => queue.Add(1)); foreach (var n in numbers) { queue.Take(); if (n > 2) break; }")]
    [InlineData("Task.Run(() => queue.Add(1)); if (numbers.Length > 2) { queue.Take(); } else { queue.Take(); }")]
    [InlineData("Task.Run(() => queue.Add(1)); queue.Take(); if (count == 1) return; queue.Take();")]
    [InlineData("Action put = () => queue.Add(1); put(); put(); Task.Run(put); queue.Take(); queue.Take();")]
    [InlineData("void Item() => queue.Add(1); Item(); Task.Run(Item); queue.Take(); queue.Take();")]
    [InlineData("var full = new BlockingCollection<int>(new ConcurrentQueue<int>(numbers)); Task.Run(() => full.Add(1)); full.Take(); full.Take();")]
    [InlineData("Parallel.ForEach(numbers, n => queue.Add(n)); queue.Take(); queue.Take();")]
    public Task Innocent(string code) => In(code);

    [Fact]
    public Task A_constructor_with_a_bounded_queue() => Verify.Rule("TW4002", """
        class C<T> where T : new()
        {
            public C(int workers)
            {
                using var queue = new BlockingCollection<T>(10);
                for (var i = 0; i < workers; i++) Task.Run(() => queue.Add(new T()));
                for (var i = 0; i < workers + 1; i++) Console.WriteLine(queue.{|TW4002:Take()|});
            }
        }
        """);

    /// <summary>Only one body has to do with it.</summary>
    [Theory]
    [InlineData("private readonly BlockingCollection<int> _q = new(); void M() { Task.Run(() => _q.Add(1)); _q.Take(); _q.{|TW4002:Take()|}; }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); void M(int[] xs) { foreach (var x in xs) Task.Run(() => Put(x)); for (var i = 0; i <= xs.Length; i++) _q.{|TW4002:Take()|}; } private void Put(int x) => _q.Add(x);")]
    [InlineData("private BlockingCollection<int> _q; void M() { _q = new BlockingCollection<int>(); new Thread(Fill).Start(); _q.Take(); _q.Take(); _q.{|TW4002:Take()|}; } private void Fill() { _q.Add(1); _q.Add(2); }")]
    public Task A_queue_that_a_field_keeps(string members) => OfType(members);

    [Theory]
    [InlineData("private readonly BlockingCollection<int> _q = new(); void M() { Task.Run(() => _q.Add(1)); _q.Take(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); void M() { Task.Run(() => _q.Add(1)); _q.Take(); _q.Take(); } public void Put(int x) => _q.Add(x);")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); void M() { Task.Run(() => _q.Add(1)); _q.Take(); _q.Take(); } public void Stop() => _q.CompleteAdding();")]
    [InlineData("private readonly BlockingCollection<int> _q = new(new ConcurrentQueue<int>()); void M() { Task.Run(() => _q.Add(1)); _q.Take(); _q.Take(); }")]
    [InlineData("private BlockingCollection<int> _q = new(); void M() { Task.Run(() => _q.Add(1)); _q.Take(); _q.Take(); } void Renew(BlockingCollection<int> q) => _q = q;")]
    [InlineData("internal readonly BlockingCollection<int> _q = new(); void M() { Task.Run(() => _q.Add(1)); _q.Take(); _q.Take(); }")]
    [InlineData("private readonly BlockingCollection<int> _q = new(); void M(int n) { Task.Run(() => Fill(n)); _q.Take(); _q.Take(); } private void Fill(int n) { for (var i = 0; i < n; i++) _q.Add(i); }")]
    public Task A_queue_of_a_field_that_has_enough(string members) => OfType(members);

    private static Task OfType(string members) => Verify.Rule("TW4002", $$"""
        class C
        {
            {{members}}
        }
        """);

    /// <summary>Nothing throws before the put, or the handler puts something in, or leaves the failure to be seen.</summary>
    [Theory]
    [InlineData("foreach (var n in numbers) Task.Run(() => { try { queue.Add(Work(n)); } catch (Exception) { } }); foreach (var n in numbers) queue.Take();")]
    [InlineData("foreach (var n in numbers) Task.Run(() => { try { queue.Add(n); Fail(n); } catch (Exception) { } }); foreach (var n in numbers) queue.Take();")]
    [InlineData("foreach (var n in numbers) Task.Run(() => { try { queue.Add(Fail(n)); } catch (Exception) { queue.Add(-1); } }); foreach (var n in numbers) queue.Take();")]
    [InlineData("foreach (var n in numbers) Task.Run(() => { var r = 0; try { r = Fail(n); } catch (Exception) { } queue.Add(r); }); foreach (var n in numbers) queue.Take();")]
    [InlineData("foreach (var n in numbers) Task.Run(() => { var r = 0; try { r = Fail(n); } finally { queue.Add(r); } }); foreach (var n in numbers) queue.Take();")]
    [InlineData("foreach (var n in numbers) Task.Run(() => { try { queue.Add(Fail(n)); } catch (FormatException) { } }); foreach (var n in numbers) queue.Take();")]
    [InlineData("foreach (var n in numbers) Task.Run(() => { try { queue.Add(Fail(n)); } catch (Exception e) { Console.WriteLine(e); throw; } }); foreach (var n in numbers) queue.Take();")]
    [InlineData("foreach (var n in numbers) Task.Run(() => { try { queue.Add(Fail(n)); } catch (Exception) { queue.CompleteAdding(); } }); foreach (var n in numbers) queue.Take();")]
    [InlineData("foreach (var n in numbers) Task.Run(() => { try { queue.Add(Fail(n)); } catch (Exception) { } }); while (queue.TryTake(out var r, 100)) Console.WriteLine(r);")]
    public Task Silent_on_failures_that_put_something_in(string code) => In(code);

    [Theory]
    [InlineData("foreach (var n in numbers) Task.Run(() => { try { queue.Add(Fail(n)); } catch (Exception) { } }); foreach (var n in numbers) queue.{|TW4002:Take()|};")]
    [InlineData("foreach (var n in numbers) Task.Run(() => { try { var r = Fail(n); queue.Add(r); } catch (Exception e) { Console.WriteLine(e); } }); for (var i = 0; i < numbers.Length; i++) Console.WriteLine(queue.{|TW4002:Take()|});")]
    [InlineData("for (var i = 0; i < 4; i++) new Thread(() => { try { Fail(1); if (count > 2) queue.Add(1); } catch { } }).Start(); for (var i = 0; i < 4; i++) queue.{|TW4002:Take()|};")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => { try { queue.Add(Fail(count)); } catch (Exception e) { Console.Error.WriteLine(e); } finally { Console.WriteLine(); } }); Console.WriteLine(queue.{|TW4002:Take()|});")]
    public Task A_failure_that_is_swallowed(string code) => In(code);

    [Theory]
    [InlineData("Task.Run(async () => { await Task.Delay(1); queue.Add(1); }); queue.Take(); queue.{|TW4002:Take()|};")]
    [InlineData("var tasks = numbers.Select(n => Task.Run(async () => { await Task.Yield(); queue.Add(n); })).ToList(); for (var i = 0; i <= numbers.Length; i++) queue.{|TW4002:Take()|};")]
    public Task Async_work(string code) => In(code);

    [Theory]
    [InlineData("Task.Run(async () => { await Task.Delay(1); queue.Add(1); queue.Add(2); }); queue.Take(); queue.Take();")]
    [InlineData("var tasks = numbers.Select(n => Task.Run(async () => { await Task.Yield(); queue.Add(n); })).ToList(); for (var i = 0; i < numbers.Length; i++) queue.Take();")]
    public Task Silent_on_async_work_that_puts_enough(string code) => In(code);

    /// <summary>A count that is asked again and again is no take: who asks may have another way out, and the collection may be filled by others.</summary>
    [Theory]
    [InlineData("var results = new ConcurrentBag<int>(); foreach (var n in numbers) Task.Run(() => { if (Work(n) > 2) results.Add(n); }); while (results.Count < numbers.Length) Thread.Sleep(1);")]
    public Task Misses_a_count_that_is_polled(string code) => In(code);

    [Theory]
    [InlineData("Task.Run(() => Put(queue)); queue.Take(); queue.{|TW4002:Take()|};")]
    [InlineData("new Thread(() => Twice(queue)).Start(); queue.Take(); queue.Take(); queue.{|TW4002:Take()|};")]
    [InlineData("foreach (var n in numbers) Task.Run(() => Put(queue)); for (var i = 0; i < numbers.Length + 1; i++) queue.{|TW4002:Take()|};")]
    public Task A_helper_that_puts_in(string code) => In(code);

    [Theory]
    [InlineData("Task.Run(() => Twice(queue)); queue.Take(); queue.Take();")]
    [InlineData("foreach (var n in numbers) Task.Run(() => Put(queue)); for (var i = 0; i < numbers.Length; i++) queue.Take();")]
    [InlineData("Task.Run(() => Many(queue, count)); queue.Take(); queue.Take();")]
    public Task Silent_when_helpers_put_in_as_much_as_is_taken(string code) => In(code);

    [Theory]
    [InlineData("var ts = Enumerable.Range(0, 4).Select(i => new Thread(() => queue.Add(i))).ToArray(); foreach (var t in ts) t.Start(); for (var i = 0; i < 4; i++) Console.WriteLine(queue.Take());")]
    [InlineData("var ts = Enumerable.Range(0, 4).Select(i => new Thread(() => queue.Add(i))).ToList(); ts.ForEach(t => t.Start()); for (var i = 0; i < 4; i++) Console.WriteLine(queue.Take());")]
    [InlineData("var ts = (from n in numbers select new Task(() => queue.Add(n))).ToArray(); Array.ForEach(ts, t => t.Start()); for (var i = 0; i < numbers.Length; i++) Console.WriteLine(queue.Take());")]
    [InlineData("var ts = Enumerable.Range(0, 4).Select(i => new Thread(() => queue.Add(i))).ToArray(); foreach (var t in ts) { if (count > 2) break; t.Start(); } for (var i = 0; i < 4; i++) Console.WriteLine(queue.Take());")]
    public Task Silent_on_threads_that_a_query_makes_and_a_loop_starts(string code) => In(code);

    [Theory]
    [InlineData("var ts = Enumerable.Range(0, 4).Select(i => new Thread(() => queue.Add(i))).ToArray(); foreach (var t in ts) t.Start(); for (var i = 0; i < 5; i++) Console.WriteLine(queue.{|TW4002:Take()|});")]
    public Task Threads_that_a_query_makes(string code) => In(code);

    private static Task In(string code) => Verify.Rule("TW4002", $$"""
        class C
        {
            private BlockingCollection<int> _queue = new();
            private static int Work(int number) => number * number;
            private static int Fail(int number) => int.Parse(File.ReadAllText(number.ToString()));
            private static void Put(BlockingCollection<int> queue) => queue.Add(1);
            private static void Twice(BlockingCollection<int> queue) { Put(queue); Put(queue); }
            private static void Many(BlockingCollection<int> queue, int count) { for (var i = 0; i < count; i++) Put(queue); }
            private void Keep(BlockingCollection<int> queue) => _queue = queue;
            void M(int[] numbers, int count, CancellationToken token)
            {
                var queue = new BlockingCollection<int>();
                {{code}}
            }
        }
        """);
}

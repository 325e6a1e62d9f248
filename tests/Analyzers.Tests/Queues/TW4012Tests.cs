using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Queues;

public class TW4012Tests
{
    [Theory]
    [InlineData("var results = names.AsParallel().Select(Work).ToArray(); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + {|TW4012:results[i]|});")]
    [InlineData("var results = names.AsParallel().WithDegreeOfParallelism(4).Select(n => Work(n)).ToList(); for (var i = 0; i < results.Count; i++) Console.WriteLine($\"{names[i]} {{|TW4012:results[i]|}}\");")]
    [InlineData("var results = names.AsParallel().AsUnordered().Select(Work).ToArray(); for (var i = 0; i < 9; i++) { var name = names[i]; Console.WriteLine(name); Console.WriteLine({|TW4012:results[i]|}); }")]
    [InlineData("foreach (var (name, result) in names.{|TW4012:Zip(names.AsParallel().Select(Work))|}) Console.WriteLine(name + result);")]
    [InlineData("var results = names.AsParallel().Select(Work).ToArray(); var pairs = names.{|TW4012:Zip(results, (n, r) => n + r)|}.ToList();")]
    [InlineData("var results = names.AsParallel().Select(Work).ToArray(); var pairs = results.{|TW4012:Zip(names, (r, n) => n + r)|}.ToList();")]
    [InlineData("var query = from n in names.AsParallel() select Work(n); var pairs = names.{|TW4012:Zip(query.ToArray(), (n, r) => n + r)|}.ToList();")]
    [InlineData("var pairs = names.AsParallel().AsOrdered().{|TW4012:Zip(names.AsParallel().Select(Work), (n, r) => n + r)|}.ToList();")]
    [InlineData("var results = ParallelEnumerable.Range(0, names.Length).Select(i => Work(names[i])).ToArray(); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + {|TW4012:results[i]|});")]
    [InlineData("var pairs = names.AsParallel().{|TW4012:Zip(names.AsParallel().Select(Work), (n, r) => n + r)|}.ToList();")]
    [InlineData("var first = names.OrderBy(n => n.Length).AsParallel().Where(n => Work(n) > 2).{|TW4012:First()|};")]
    [InlineData("var some = names.OrderBy(n => n.Length).AsParallel().Select(Work).{|TW4012:Take(3)|}.ToList();")]
    [InlineData("var bag = new ConcurrentBag<int>(); Parallel.ForEach(names, n => bag.Add(Work(n))); var pairs = names.{|TW4012:Zip(bag, (n, r) => n + r)|}.ToList();")]
    [InlineData("var bag = new ConcurrentBag<int>(); Parallel.ForEach(names, n => { var r = Work(n); bag.Add(r); }); var results = bag.ToArray(); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + {|TW4012:results[i]|});")]
    [InlineData("var queue = new ConcurrentQueue<int>(); Parallel.For(0, names.Length, i => queue.Enqueue(Work(names[i]))); var pairs = names.{|TW4012:Zip(queue, (n, r) => n + r)|}.ToList();")]
    [InlineData("var list = new List<int>(); Parallel.ForEach(names, n => { var r = Work(n); lock (list) list.Add(r); }); for (var i = 0; i < list.Count; i++) Console.WriteLine(names[i] + {|TW4012:list[i]|});")]
    [InlineData("var bag = new ConcurrentBag<int>(); await Parallel.ForEachAsync(names, async (n, t) => bag.Add(await WorkAsync(n))); for (var i = 0; i < bag.Count; i++) Console.WriteLine(names[i] + bag.{|TW4012:ElementAt(i)|});")]
    [InlineData("var bag = new ConcurrentBag<int>(); await Task.WhenAll(names.Select(n => Task.Run(() => bag.Add(Work(n))))); var pairs = names.{|TW4012:Zip(bag, (n, r) => n + r)|}.ToList();")]
    [InlineData("var bag = new ConcurrentBag<int>(); var tasks = new List<Task>(); foreach (var n in names) tasks.Add(Task.Run(() => bag.Add(Work(n)))); await Task.WhenAll(tasks); var pairs = names.{|TW4012:Zip(bag.ToArray(), (n, r) => n + r)|}.ToList();")]
    [InlineData("var bag = new ConcurrentBag<int>(); names.AsParallel().ForAll(n => bag.Add(Work(n))); var pairs = names.{|TW4012:Zip(bag, (n, r) => n + r)|}.ToList();")]
    [InlineData("var tasks = names.Select(WorkAsync).ToList(); var results = new List<int>(); while (tasks.Count > 0) { var done = await Task.WhenAny(tasks); tasks.Remove(done); results.Add(await done); } for (var i = 0; i < results.Count; i++) Console.WriteLine(names[i] + {|TW4012:results[i]|});")]
    [InlineData("var tasks = names.Select(WorkAsync).ToList(); var results = new List<int>(); await foreach (var done in Task.WhenEach(tasks)) results.Add(await done); var pairs = names.{|TW4012:Zip(results, (n, r) => n + r)|}.ToList();")]
    [InlineData("Parallel.ForEach(_inputs, n => _bag.Add(Work(n))); foreach (var pair in _inputs.{|TW4012:Zip(_bag)|}) Console.WriteLine(pair);")]
    public Task Guilty(string code) => In(code);

    [Theory]
    [InlineData("var results = names.AsParallel().AsOrdered().Select(Work).ToArray(); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + results[i]);")]
    [InlineData("var results = names.Select(Work).ToArray(); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + results[i]);")]
    [InlineData("var results = names.AsParallel().Select(Work).OrderBy(r => r).ToArray(); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + results[i]);")]
    [InlineData("var results = names.AsParallel().Select(Work).ToArray(); Array.Sort(results); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + results[i]);")]
    [InlineData("var results = names.AsParallel().Select(Work).ToList(); results.Sort(); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + results[i]);")]
    [InlineData("var results = names.AsParallel().Select(Work).ToArray(); for (var i = 0; i < results.Length; i++) Console.WriteLine(results[i]);")]
    [InlineData("var results = names.AsParallel().Select(Work).ToArray(); for (var i = 0; i < results.Length; i++) Console.WriteLine(other[i] + results[i]);")]
    [InlineData("var results = names.AsParallel().Select(Work).ToArray(); for (var i = 0; i < results.Length; i++) for (var j = 0; j < names.Length; j++) Console.WriteLine(names[j] + results[i]);")]
    [InlineData("var results = names.AsParallel().Select(n => (n, Work(n))).ToArray(); foreach (var (name, result) in results) Console.WriteLine(name + result);")]
    [InlineData("var sum = names.AsParallel().Select(Work).Sum(); Console.WriteLine(names[0] + sum);")]
    [InlineData("var results = names.AsParallel().WithDegreeOfParallelism(1).Select(Work).ToArray(); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + results[i]);")]
    [InlineData("var any = names.AsParallel().Where(n => Work(n) > 2).First();")]
    [InlineData("var any = names.AsParallel().Where(n => Work(n) > 2).FirstOrDefault();")]
    [InlineData("var first = names.AsParallel().OrderBy(n => n.Length).Where(n => Work(n) > 2).First();")]
    [InlineData("var first = names.OrderBy(n => n.Length).AsParallel().AsOrdered().Where(n => Work(n) > 2).First();")]
    [InlineData("var results = new int[names.Length]; Parallel.For(0, names.Length, i => results[i] = Work(names[i])); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + results[i]);")]
    [InlineData("var results = await Task.WhenAll(names.Select(WorkAsync)); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + results[i]);")]
    [InlineData("var bag = new ConcurrentBag<int>(); Parallel.ForEach(names, n => bag.Add(Work(n))); foreach (var result in bag) Console.WriteLine(result);")]
    [InlineData("var bag = new ConcurrentBag<int>(); Parallel.ForEach(names, n => bag.Add(Work(n))); var sorted = bag.OrderBy(b => b).ToArray(); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + sorted[i]);")]
    [InlineData("var bag = new ConcurrentBag<int>(); Parallel.ForEach(names, n => bag.Add(Work(n))); var pairs = other.Zip(bag, (n, r) => n + r).ToList();")]
    [InlineData("var bag = new ConcurrentBag<int>(); Parallel.ForEach(names, new ParallelOptions { MaxDegreeOfParallelism = 1 }, n => bag.Add(Work(n))); var pairs = names.Zip(bag, (n, r) => n + r).ToList();")]
    [InlineData("var list = new List<int>(); foreach (var n in names) list.Add(Work(n)); for (var i = 0; i < list.Count; i++) Console.WriteLine(names[i] + list[i]);")]
    [InlineData("var list = new List<int>(); foreach (var n in names) list.Add(await Task.Run(() => Work(n))); for (var i = 0; i < list.Count; i++) Console.WriteLine(names[i] + list[i]);")]
    [InlineData("var list = new List<int>(); foreach (var n in names) await Task.Run(() => list.Add(Work(n))); for (var i = 0; i < list.Count; i++) Console.WriteLine(names[i] + list[i]);")]
    [InlineData("var queue = new ConcurrentQueue<int>(); foreach (var n in names) queue.Enqueue(Work(n)); var pairs = names.Zip(queue, (n, r) => n + r).ToList();")]
    [InlineData("var queue = new ConcurrentQueue<int>(); await Task.Run(() => { foreach (var n in names) queue.Enqueue(Work(n)); }); var pairs = names.Zip(queue, (n, r) => n + r).ToList();")]
    [InlineData("var map = new ConcurrentDictionary<string, int>(); Parallel.ForEach(names, n => map[n] = Work(n)); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + map[names[i]]);")]
    [InlineData("var list = new List<int>(); foreach (var n in names) { var work = WorkAsync(n); if (await Task.WhenAny(work, Task.Delay(9)) == work) list.Add(await work); } for (var i = 0; i < list.Count; i++) Console.WriteLine(names[i] + list[i]);")]
    [InlineData("var list = new List<int>(); var next = 0; while (next < 9) { var work = WorkAsync(names[next++]); await Task.WhenAny(work, Task.Delay(9)); list.Add(await work); } for (var i = 0; i < list.Count; i++) Console.WriteLine(names[i] + list[i]);")]
    [InlineData("var results = names.AsParallel().Select(Work).ToArray(); for (var i = 0; i < names.Length; i++) { Console.WriteLine(names[i]); results[i] = 0; }")]
    [InlineData("var done = new ConcurrentQueue<int>(); foreach (var t in names.Select(n => Task.Run(() => done.Enqueue(Work(n))))) t.Wait(); var pairs = names.Zip(done, (a, b) => a + b).ToList();")]
    [InlineData("var results = results2.AsParallel().Select(r => r + 1).ToArray(); var first = results[0]; Console.WriteLine(names[0] + first);")]
    public Task Innocent(string code) => In(code);

    [Fact]
    public Task One_report_for_a_collection_of_results() => In("""
        var results = names.AsParallel().Select(Work).ToArray();
        for (var i = 0; i < names.Length; i++)
        {
            Console.WriteLine(names[i] + {|TW4012:results[i]|});
            Console.WriteLine(names[i] + results[i]);
        }
        """);

    [Fact]
    public Task A_generic_type_in_parts() => Verify.Rule("TW4012", """
        partial class Map<T, TResult>
        {
            private readonly List<T> _inputs = new();
            public IEnumerable<(T, TResult)> Run(Func<T, TResult> work)
            {
                var results = new ConcurrentStack<TResult>();
                Parallel.ForEach(_inputs, input => results.Push(work(input)));
                return _inputs.{|TW4012:Zip(results)|};
            }
        }
        partial class Map<T, TResult>
        {
            public TResult[] All(Func<T, TResult> work) => _inputs.AsParallel().AsOrdered().Select(work).ToArray();
            public IEnumerable<(T, TResult)> Pairs(Func<T, TResult> work) => _inputs.Zip(All(work));
        }
        """);

    [Theory]
    [InlineData("var results = All(names); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + {|TW4012:results[i]|}); Task.Run(() => Work(names[0]));")]
    [InlineData("int[] Both(string[] some) { return some.AsParallel().Select(Work).ToArray(); } var pairs = names.{|TW4012:Zip(Both(names), (n, r) => n + r)|}.ToList();")]
    [InlineData("var bag = new ConcurrentBag<int>(); Parallel.ForEach(names, n => bag.Add(Work(n))); var at = 0; foreach (var result in bag) Console.WriteLine({|TW4012:names[at++]|} + result);")]
    [InlineData("var bag = new ConcurrentBag<int>(); Parallel.ForEach(names, n => bag.Add(Work(n))); var at = 0; foreach (var result in bag) { Console.WriteLine({|TW4012:names[at]|} + result); at++; }")]
    [InlineData("var results = names.AsParallel().Select(Work).ToList(); var at = 0; foreach (var result in results) { Console.WriteLine(result); Console.WriteLine({|TW4012:names[at++]|}); }")]
    public Task Results_of_a_method_and_a_counter_beside_the_loop(string code) => In(code);

    [Theory]
    [InlineData("var results = All(names); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + {|TW4012:results[i]|});")]
    [InlineData("foreach (var pair in names.{|TW4012:Zip(All(names))|}) Console.WriteLine(pair);")]
    public Task A_body_that_leaves_it_all_to_methods(string code) => In(code);

    [Theory]
    [InlineData("var results = names.AsParallel().AsOrdered().Select(Work).ToArray(); var lines = results.Select((r, i) => names[i] + r).ToList();")]
    [InlineData("var results = names.AsParallel().Select(Work).ToArray(); var lines = results.Select((r, i) => other[i] + r).ToList();")]
    [InlineData("var results = names.AsParallel().Select(Work).ToArray(); var lines = results.Select((r, i) => i + \": \" + r).ToList();")]
    [InlineData("var results = names.AsParallel().Select(Work).ToArray(); var lines = other.Select((n, i) => n + results[i]).ToList();")]
    [InlineData("var results = names.AsParallel().Select(Work).OrderBy(r => r).ToArray(); var lines = results.Select((r, i) => names[i] + r).ToList();")]
    [InlineData("var lines = names.AsParallel().Select((n, i) => names[i] + n).ToList();")]
    [InlineData("var map = new ConcurrentDictionary<string, int>(); Parallel.ForEach(names, n => map[n] = Work(n)); var lines = names.Select((n, i) => n + map[n]).ToList();")]
    [InlineData("var map = new Dictionary<string, int>(); foreach (var n in names) map[n] = Work(n); var pairs = names.Zip(map.Values, (n, r) => n + r).ToList();")]
    [InlineData("var map = new ConcurrentDictionary<string, int>(); Parallel.ForEach(names, n => map[n] = Work(n)); foreach (var value in map.Values) Console.WriteLine(value);")]
    [InlineData("var map = new ConcurrentDictionary<string, int>(); Parallel.ForEach(names, n => map[n] = Work(n)); var pairs = map.Keys.Zip(map.Values, (n, r) => n + r).ToList();")]
    [InlineData("var channel = Channel.CreateUnbounded<int>(); foreach (var n in names) await channel.Writer.WriteAsync(Work(n)); channel.Writer.Complete(); var at = 0; await foreach (var r in channel.Reader.ReadAllAsync()) Console.WriteLine(names[at++] + r);")]
    [InlineData("var channel = Channel.CreateUnbounded<(string, int)>(); await Parallel.ForEachAsync(names, async (n, t) => await channel.Writer.WriteAsync((n, Work(n)), t)); channel.Writer.Complete(); await foreach (var (n, r) in channel.Reader.ReadAllAsync()) Console.WriteLine(n + r);")]
    [InlineData("var queue = new BlockingCollection<int>(); Task.Run(() => { foreach (var n in names) queue.Add(Work(n)); queue.CompleteAdding(); }); var at = 0; foreach (var r in queue.GetConsumingEnumerable()) Console.WriteLine(names[at++] + r);")]
    public Task Silent_on_numbers_maps_and_channels_in_order(string code) => In(code);

    [Theory]
    [InlineData("var results = names.AsParallel().Select(Work).ToArray(); var lines = results.Select((r, i) => {|TW4012:names[i]|} + r).ToList();")]
    [InlineData("var bag = new ConcurrentBag<int>(); Parallel.ForEach(names, n => bag.Add(Work(n))); foreach (var line in bag.Select((r, i) => {|TW4012:names[i]|} + r)) Console.WriteLine(line);")]
    [InlineData("var results = names.AsParallel().Select(Work).ToArray(); var lines = names.Select((n, i) => n + {|TW4012:results[i]|}).ToList();")]
    [InlineData("var results = All(names); var lines = results.Select((r, i) => new { Name = {|TW4012:names[i]|}, Result = r }).ToList();")]
    [InlineData("var map = new ConcurrentDictionary<string, int>(); Parallel.ForEach(names, n => map[n] = Work(n)); var pairs = names.{|TW4012:Zip(map.Values, (n, r) => n + r)|}.ToList();")]
    [InlineData("var map = new ConcurrentDictionary<string, int>(); Parallel.ForEach(names, n => map.TryAdd(n, Work(n))); var values = map.Values.ToArray(); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + {|TW4012:values[i]|});")]
    [InlineData("var channel = Channel.CreateUnbounded<int>(); await Parallel.ForEachAsync(names, async (n, t) => await channel.Writer.WriteAsync(Work(n), t)); channel.Writer.Complete(); var at = 0; await foreach (var r in channel.Reader.ReadAllAsync()) Console.WriteLine({|TW4012:names[at++]|} + r);")]
    [InlineData("var channel = Channel.CreateUnbounded<int>(); Parallel.ForEach(names, n => channel.Writer.TryWrite(Work(n))); channel.Writer.Complete(); var list = new List<int>(); await foreach (var r in channel.Reader.ReadAllAsync()) list.Add(r); for (var i = 0; i < list.Count; i++) Console.WriteLine(names[i] + {|TW4012:list[i]|});")]
    [InlineData("var queue = new BlockingCollection<int>(); Parallel.ForEach(names, n => queue.Add(Work(n))); queue.CompleteAdding(); var at = 0; foreach (var r in queue.GetConsumingEnumerable()) Console.WriteLine({|TW4012:names[at++]|} + r);")]
    [InlineData("var queue = new BlockingCollection<int>(); foreach (var n in names) _ = Task.Run(() => queue.Add(Work(n))); var list = new List<int>(); foreach (var r in queue.GetConsumingEnumerable()) { list.Add(r); if (list.Count == names.Length) break; } var pairs = names.{|TW4012:Zip(list, (n, r) => n + r)|}.ToList();")]
    public Task Numbers_maps_and_channels(string code) => In(code);

    [Theory]
    [InlineData("var results = Ordered(names); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + results[i]);")]
    [InlineData("var results = All(other); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + results[i]);")]
    [InlineData("var bag = new ConcurrentBag<int>(); Parallel.ForEach(names, n => bag.Add(Work(n))); var at = 0; foreach (var result in bag) Console.WriteLine(other[at++] + result);")]
    [InlineData("var bag = new ConcurrentBag<int>(); Parallel.ForEach(names, n => bag.Add(Work(n))); var at = 0; foreach (var result in bag) { if (result > 3) at++; } Console.WriteLine(names[at]);")]
    [InlineData("var bag = new ConcurrentBag<int>(); Parallel.ForEach(names, n => bag.Add(Work(n))); var at = 0; foreach (var result in bag) Console.WriteLine(names[result]);")]
    [InlineData("var bag = new ConcurrentBag<int>(); Parallel.ForEach(names, n => bag.Add(Work(n))); var at = 0; foreach (var result in bag.OrderBy(b => b)) Console.WriteLine(names[at++] + result);")]
    [InlineData("var results = names.Select(Work).ToList(); var at = 0; foreach (var result in results) Console.WriteLine(names[at++] + result);")]
    public Task Silent_on_results_of_a_method_in_order_and_counters_of_others(string code) => In(code);

    /// <summary>Each result has a slot of its own under its key, and the index that asks for the input is the key.</summary>
    [Theory]
    [InlineData("var map = new ConcurrentDictionary<int, int>(); Parallel.For(0, names.Length, i => map[i] = Work(names[i])); for (var i = 0; i < names.Length; i++) Console.WriteLine($\"{names[i]} {map[i]}\");")]
    [InlineData("var map = new ConcurrentDictionary<int, int>(); Parallel.For(0, names.Length, i => map.TryAdd(i, Work(names[i]))); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + map[i]);")]
    [InlineData("var map = new ConcurrentDictionary<int, int>(); Parallel.ForEach(names, (n, _, i) => map.TryAdd((int)i, Work(n))); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + map[i]);")]
    [InlineData("var map = new ConcurrentDictionary<long, int>(); Parallel.ForEach(names, (n, _, i) => map[i] = Work(n)); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + map[i]);")]
    [InlineData("var map = new ConcurrentDictionary<int, int>(); await Parallel.ForAsync(0, names.Length, async (i, t) => map[i] = await WorkAsync(names[i])); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + map[i]);")]
    [InlineData("var map = new ConcurrentDictionary<int, int>(); Parallel.For(0, names.Length, i => map.GetOrAdd(i, k => Work(names[k]))); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + map[i]);")]
    [InlineData("var map = new ConcurrentDictionary<int, int>(); Parallel.For(0, names.Length, i => map[i] = Work(names[i])); for (var i = 0; i < names.Length; i++) if (map.TryGetValue(i, out var r)) Console.WriteLine(names[i] + r);")]
    [InlineData("var map = new ConcurrentDictionary<int, int>(); Parallel.For(0, names.Length, i => map[i] = Work(names[i])); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + map.GetOrAdd(i, 0));")]
    [InlineData("var map = new ConcurrentDictionary<int, int>(); Parallel.For(0, names.Length, i => map[i] = Work(names[i])); var lines = names.Select((n, i) => n + map[i]).ToList();")]
    [InlineData("var map = new ConcurrentDictionary<int, int>(); Parallel.For(0, names.Length, i => map[i] = Work(names[i])); IReadOnlyDictionary<int, int> results = map; for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + results[i]);")]
    [InlineData("var map = new ConcurrentDictionary<int, int>(); await Task.WhenAll(Enumerable.Range(0, names.Length).Select(i => Task.Run(() => map[i] = Work(names[i])))); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + map[i]);")]
    [InlineData("var map = new ConcurrentDictionary<int, int>(); Parallel.For(0, names.Length, i => map[i] = Work(names[i])); foreach (var (i, r) in map) Console.WriteLine(names[i] + r);")]
    [InlineData("var map = new ConcurrentDictionary<int, int>(); Parallel.For(0, names.Length, i => map[i] = Work(names[i])); var sorted = map.OrderBy(m => m.Key).Select(m => m.Value).ToArray(); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + sorted[i]);")]
    public Task Silent_on_lookups_by_key(string code) => In(code);

    [Theory]
    [InlineData("var map = new ConcurrentDictionary<int, int>(); Parallel.For(0, names.Length, i => map[i] = Work(names[i])); var at = 0; foreach (var result in map) Console.WriteLine({|TW4012:names[at++]|} + result.Value);")]
    [InlineData("var map = new ConcurrentDictionary<string, int>(); Parallel.ForEach(names, n => map[n] = Work(n)); var all = map.ToArray(); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + {|TW4012:all[i]|});")]
    [InlineData("var map = new ConcurrentDictionary<string, int>(); Parallel.ForEach(names, n => map[n] = Work(n)); var all = map.Keys.ToList(); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + {|TW4012:all[i]|} + map[names[i]]);")]
    [InlineData("var map = new ConcurrentDictionary<string, int>(); Parallel.ForEach(names, n => map[n] = Work(n)); var lines = map.Select((m, i) => {|TW4012:names[i]|} + m.Value).ToList();")]
    [InlineData("var map = new ConcurrentDictionary<string, int>(); Parallel.ForEach(names, n => map[n] = Work(n)); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + map.{|TW4012:ElementAt(i)|}.Value);")]
    [InlineData("var map = new ConcurrentDictionary<int, int>(); Parallel.For(0, names.Length, i => map[i] = Work(names[i])); Console.WriteLine(map[0]); var pairs = names.{|TW4012:Zip(map.Values)|}.ToList();")]
    public Task Maps_read_in_their_own_order(string code) => In(code);

    private static Task In(string code) => Verify.Rule("TW4012", $$"""
        using System.Threading.Channels;
        class C
        {
            private readonly ConcurrentBag<int> _bag = new();
            private readonly List<string> _inputs = new();
            private static int Work(string name) => name.Length;
            private static async Task<int> WorkAsync(string name) { await Task.Delay(name.Length); return name.Length; }
            private static int[] All(string[] names) => names.AsParallel().Select(Work).ToArray();
            private static int[] Ordered(string[] names) => names.AsParallel().AsOrdered().Select(Work).ToArray();
            async Task M(string[] names, string[] other, int[] results2)
            {
                {{code}}
                await Task.Yield();
            }
        }
        """);
}

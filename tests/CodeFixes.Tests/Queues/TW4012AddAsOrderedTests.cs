using System.Threading.Tasks;
using Threadwise.CodeFixes.Queues;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Queues;

public class TW4012AddAsOrderedTests
{
    [Theory]
    [InlineData("var results = names.AsParallel().Select(Work).ToArray(); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + {|TW4012:results[i]|}); // all", "var results = names.AsParallel().AsOrdered().Select(Work).ToArray(); for (var i = 0; i < names.Length; i++) Console.WriteLine(names[i] + results[i]); // all")]
    [InlineData("var query = from n in names.AsParallel() select Work(n); var pairs = names.{|TW4012:Zip(query.ToArray(), (n, r) => n + r)|}.ToList();", "var query = from n in names.AsParallel().AsOrdered() select Work(n); var pairs = names.Zip(query.ToArray(), (n, r) => n + r).ToList();")]
    [InlineData("var pairs = names.AsParallel().{|TW4012:Zip(names.AsParallel().Select(Work), (n, r) => n + r)|}.ToList();", "var pairs = names.AsParallel().AsOrdered().Zip(names.AsParallel().AsOrdered().Select(Work), (n, r) => n + r).ToList();")]
    [InlineData("var first = names.OrderBy(n => n.Length).AsParallel() // at once\n            .Where(n => Work(n) > 2).{|TW4012:First()|};", "var first = names.OrderBy(n => n.Length).AsParallel().AsOrdered() // at once\n            .Where(n => Work(n) > 2).First();")]
    [InlineData("var results = ParallelEnumerable.Range(0, names.Length).Select(i => Work(names[i])).ToArray(); foreach (var (n, r) in names.{|TW4012:Zip(results)|}) Console.WriteLine(n + r);", "var results = ParallelEnumerable.Range(0, names.Length).AsOrdered().Select(i => Work(names[i])).ToArray(); foreach (var (n, r) in names.Zip(results)) Console.WriteLine(n + r);")]
    public Task The_query_keeps_its_order(string before, string after) => Verify.Fix<TW4012AddAsOrdered>("TW4012", In(before), In(after));

    [Theory]
    [InlineData("var bag = new ConcurrentBag<int>(); Parallel.ForEach(names, n => bag.Add(Work(n))); var pairs = names.{|TW4012:Zip(bag, (n, r) => n + r)|}.ToList();", "var bag = new int[names.Length]; Parallel.ForEach(names, (n, _, index) => bag[index] = Work(n)); var pairs = names.Zip(bag, (n, r) => n + r).ToList();")]
    [InlineData("var queue = new ConcurrentQueue<int>(); Parallel.For(0, names.Length, i => queue.Enqueue(Work(names[i]))); var pairs = names.{|TW4012:Zip(queue, (n, r) => n + r)|}.ToList();", "var queue = new int[names.Length]; Parallel.For(0, names.Length, i => queue[i] = Work(names[i])); var pairs = names.Zip(queue, (n, r) => n + r).ToList();")]
    [InlineData("ConcurrentBag<int> bag = new(); // one a name\n            Parallel.ForEach(names, (n) => { var r = Work(n); /* done */ bag.Add(r); }); for (var i = 0; i < bag.Count; i++) Console.WriteLine(names[i] + bag.{|TW4012:ElementAt(i)|});", "int[] bag = new int[names.Length]; // one a name\n            Parallel.ForEach(names, (n, _, index) => { var r = Work(n); /* done */ bag[index] = r; }); for (var i = 0; i < bag.Length; i++) Console.WriteLine(names[i] + bag.ElementAt(i));")]
    [InlineData("var all = names.ToList(); var bag = new ConcurrentBag<int>(); Parallel.ForEach(all, n => bag.Add(Work(n))); var results = bag.ToArray(); for (var i = 0; i < all.Count; i++) Console.WriteLine(all[i] + {|TW4012:results[i]|});", "var all = names.ToList(); var bag = new int[all.Count]; Parallel.ForEach(all, (n, _, index) => bag[index] = Work(n)); var results = bag.ToArray(); for (var i = 0; i < all.Count; i++) Console.WriteLine(all[i] + results[i]);")]
    public Task Each_result_has_a_slot(string before, string after) => Verify.Fix<TW4012AddAsOrdered>("TW4012", In(before), In(after));

    [Theory]
    [InlineData("var bag = new ConcurrentBag<int>(); Parallel.ForEach(names, n => { if (n.Length > 1) bag.Add(Work(n)); }); var pairs = names.{|TW4012:Zip(bag, (n, r) => n + r)|}.ToList();")]
    [InlineData("var bag = new ConcurrentBag<int>(); Parallel.ForEach(names, (n, state) => bag.Add(Work(n))); var pairs = names.{|TW4012:Zip(bag, (n, r) => n + r)|}.ToList();")]
    [InlineData("var bag = new ConcurrentBag<int>(); Console.WriteLine(); Parallel.ForEach(names, n => bag.Add(Work(n))); var pairs = names.{|TW4012:Zip(bag, (n, r) => n + r)|}.ToList();")]
    [InlineData("var bag = new ConcurrentBag<int>(); Parallel.ForEach(names, n => bag.Add(Work(n))); if (!bag.IsEmpty) { var pairs = names.{|TW4012:Zip(bag, (n, r) => n + r)|}.ToList(); }")]
    [InlineData("var bag = new ConcurrentBag<int>(); Parallel.For(1, names.Length, i => bag.Add(Work(names[i]))); var pairs = names.{|TW4012:Zip(bag, (n, r) => n + r)|}.ToList();")]
    [InlineData("var bag = new ConcurrentBag<int>(); Parallel.ForEach(names, n => bag.Add(Work(n))); Parallel.ForEach(names, n => bag.Add(0)); var pairs = names.{|TW4012:Zip(bag, (n, r) => n + r)|}.ToList();")]
    [InlineData("var results = ParallelEnumerable.AsParallel(names).AsUnordered().Select(Work).ToArray(); var pairs = names.{|TW4012:Zip(results, (n, r) => n + r)|}.ToList();")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW4012AddAsOrdered>("TW4012", In(code));

    private static string In(string code) => $$"""
        class C
        {
            private static int Work(string name) => name.Length;
            void M(string[] names)
            {
                {{code}}
            }
        }
        """;
}

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
    [InlineData("var bag = new ConcurrentBag<int>(); Parallel.ForEach(names, n => bag.Add(Work(n))); var pairs = names.{|TW4012:Zip(bag, (n, r) => n + r)|}.ToList();")]
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

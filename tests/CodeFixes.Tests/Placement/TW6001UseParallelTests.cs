using System.Threading.Tasks;
using Threadwise.CodeFixes.Placement;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Placement;

public class TW6001UseParallelTests
{
    [Fact]
    public Task A_list_of_threads() => Fix("""
                Console.WriteLine("begin");

                // All of them.
                var threads = new List<Thread>();
                foreach (var x in xs)
                {
                    var t = {|TW6001:new Thread|}(() => Sum(x));
                    t.IsBackground = true;
                    t.Start();
                    threads.Add(t);
                }

                foreach (var t in threads)
                {
                    t.Join();
                } // done

                Console.WriteLine("end");
        """, """
                Console.WriteLine("begin");

                // All of them.
                Parallel.ForEach(xs, x => Sum(x)); // done

                Console.WriteLine("end");
        """);

    [Fact]
    public Task An_array_of_threads() => Fix("""
                var threads = new Thread[xs.Length];
                for (var i = 0; i < xs.Length; i++)
                {
                    // A copy for each.
                    var k = i;
                    threads[i] = {|TW6001:new Thread|}(() =>
                    {
                        // The sum.
                        sums[k] = Sum(k); // of k
                        sums[k]++;
                    });
                    threads[i].Start();
                }

                foreach (var t in threads)
                    t.Join();
        """, """
                Parallel.For(0, xs.Length, i =>
                {
                    // A copy for each.
                    var k = i;
                    // The sum.
                    sums[k] = Sum(k); // of k
                    sums[k]++;
                });
        """);

    [Fact]
    public Task Three_loops() => Fix("""
                var threads = new List<Thread>();
                for (int i = 0; i < 8; i++)
                {
                    int from = i * 1000, to = Math.Min(from + 1000, xs.Length);
                    threads.Add({|TW6001:new Thread|}(delegate () { for (var j = from; j < to; j++) sums[j] = j; }));
                }

                foreach (var t in threads) t.Start();
                foreach (var t in threads) t.Join();
        """, """
                Parallel.For(0, 8, i =>
                {
                    int from = i * 1000, to = Math.Min(from + 1000, xs.Length);
                    for (var j = from; j < to; j++) sums[j] = j;
                });
        """);

    [Fact]
    public Task A_query() => Fix("""
                var threads = xs.Select(x => {|TW6001:new Thread|}(() => Sum(x))).ToList();
                threads.ForEach(t => t.Start());
                threads.ForEach(t => t.Join());
        """, """
                Parallel.ForEach(xs, x => Sum(x));
        """);

    [Fact]
    public Task A_method_by_its_name() => Fix("""
                var threads = new List<Thread>();
                foreach (var x in xs)
                {
                    var t = {|TW6001:new Thread|}(new ThreadStart(() => Sum(x)));
                    t.Start();
                    threads.Add(t);
                }

                foreach (var t in threads) t.Join();
                var more = new Thread[4];
                for (var i = 0; i < 4; i++)
                {
                    more[i] = {|TW6001:new Thread|}(Work);
                    more[i].Start();
                }

                for (var i = 0; i < 4; i++) more[i].Join();
        """, """
                Parallel.ForEach(xs, x => Sum(x));
                Parallel.For(0, 4, i => Work());
        """);

    [Fact]
    public Task Two_halves() => Fix("""
                // Both.
                var a = {|TW6001:new Thread|}(() => Sum(1));
                var b = new Thread(Work);
                a.Start();
                b.Start();
                a.Join();
                b.Join(); // done
        """, """
                // Both.
                Parallel.Invoke(() => Sum(1), Work); // done
        """);

    [Fact]
    public Task Two_long_halves() => Fix("""
                var a = {|TW6001:new Thread|}(() =>
                {
                    for (var i = 0; i < xs.Length / 2; i++) sums[i] = Sum(i);
                });
                var b = new Thread(() =>
                {
                    for (var i = xs.Length / 2; i < xs.Length; i++) sums[i] = Sum(i);
                });
                a.Start();
                b.Start();
                a.Join();
                b.Join();
        """, """
                Parallel.Invoke(
                    () =>
                    {
                        for (var i = 0; i < xs.Length / 2; i++) sums[i] = Sum(i);
                    },
                    () =>
                    {
                        for (var i = xs.Length / 2; i < xs.Length; i++) sums[i] = Sum(i);
                    });
        """);

    [Theory]
    [InlineData("var threads = new List<Thread>();\n        foreach (var x in xs)\n        {\n            var t = {|TW6001:new Thread|}(() => Sum(x));\n            t.Start();\n            threads.Add(t);\n        }\n        Console.WriteLine(1);\n        foreach (var t in threads) t.Join();")]
    [InlineData("var threads = new List<Thread>();\n        foreach (var x in xs)\n        {\n            var t = {|TW6001:new Thread|}(() => Sum(x));\n            // Go.\n            t.Start();\n            threads.Add(t);\n        }\n        foreach (var t in threads) t.Join();")]
    [InlineData("var threads = new List<Thread>();\n        foreach (var x in xs)\n        {\n            Console.WriteLine(x);\n            var t = {|TW6001:new Thread|}(() => Sum(x));\n            t.Start();\n            threads.Add(t);\n        }\n        foreach (var t in threads) t.Join();")]
    [InlineData("var threads = new List<Thread>();\n        var n = 0;\n        foreach (var x in xs)\n        {\n            n++;\n            var t = {|TW6001:new Thread|}(() => Sum(n));\n            t.Start();\n            threads.Add(t);\n        }\n        foreach (var t in threads) t.Join();")]
    [InlineData("var threads = new List<Thread>();\n        for (var i = 0; i < xs.Length; i++)\n        {\n            if (i > 3)\n            {\n                var k = i;\n                var t = {|TW6001:new Thread|}(() => Sum(k));\n                t.Start();\n                threads.Add(t);\n            }\n        }\n        foreach (var t in threads) t.Join();")]
    [InlineData("var threads = new List<Thread>();\n        for (var i = xs.Length; i > 0; i--)\n        {\n            var k = i;\n            var t = {|TW6001:new Thread|}(() => Sum(k));\n            t.Start();\n            threads.Add(t);\n        }\n        foreach (var t in threads) t.Join();")]
    [InlineData("var threads = new List<Thread>();\n        foreach (var x in xs)\n        {\n            var t = {|TW6001:new Thread|}(() => Sum(x));\n            t.Start();\n            threads.Add(t);\n        }\n        foreach (var t in threads) t.Join();\n        Console.WriteLine(threads.Count);")]
    [InlineData("var a = {|TW6001:new Thread|}(() => Sum(1));\n        var b = new Thread(() => Sum(2));\n        a.Start();\n        b.Start();\n        Console.WriteLine(1);\n        a.Join();\n        b.Join();")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW6001UseParallel>("TW6001", In("        " + code));

    private static Task Fix(string before, string after) => Verify.Fix<TW6001UseParallel>("TW6001", In(before), In(after));

    private static string In(string code) => $$"""
        class C
        {
            private int _total;
            private static int Sum(int n) { var s = 0; for (var i = 0; i < n; i++) s += i; return s; }
            private void Work() { for (var i = 0; i < 1_000_000; i++) _total ^= i; }
            void M(int[] xs, int[] sums)
            {
        {{code}}
            }
        }
        """;
}

using System.Threading.Tasks;
using Threadwise.CodeFixes.Threads;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Threads;

public class TW1004UseParallelTests
{
    [Fact]
    public Task Work_that_only_computes() => Verify.Fix<TW1004UseParallel>("TW1004", In("""
                // Each of them.
                foreach (var x in xs)
                {
                    var t = new Thread(() => Sum(x));
                    t.Start();
                    t.{|TW1004:Join()|};
                }
        """), In("""
                // Each of them.
                Parallel.ForEach(xs, x => Sum(x));
        """));

    [Fact]
    public Task As_many_as_there_is_data() => Verify.Fix<TW1004UseParallel>("TW1004", In("""
                foreach (var x in xs)
                {
                    var text = x.ToString();
                    var t = new Thread(() => Console.WriteLine(text));
                    t.Start();
                    t.{|TW1004:Join()|};
                }
        """), In("""
                Parallel.ForEach(xs, x =>
                {
                    var text = x.ToString();
                    Console.WriteLine(text);
                });
        """));

    [Theory]
    [InlineData("foreach (var x in xs) { var t = new Thread(() => Sum(x)); t.Start(); t.{|TW1004:Join()|}; }")]
    [InlineData("for (var i = 0; i < 9; i++)\n        {\n            var t = new Thread(() => Sum(i));\n            t.Start();\n            t.{|TW1004:Join()|};\n        }")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW1004UseParallel>("TW1004", In("        " + code));

    private static string In(string code) => $$"""
        class C
        {
            private static int Sum(int n) { var s = 0; for (var i = 0; i < n; i++) s += i; return s; }
            void M(int[] xs)
            {
        {{code}}
            }
        }
        """;
}

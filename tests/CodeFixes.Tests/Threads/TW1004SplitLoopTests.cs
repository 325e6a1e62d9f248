using System.Threading.Tasks;
using Threadwise.CodeFixes.Threads;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Threads;

public class TW1004SplitLoopTests
{
    [Fact]
    public Task Two_loops() => Verify.Fix<TW1004SplitLoop>("TW1004",
        In("""
                Console.WriteLine("begin");

                // All names.
                foreach (var name in names)
                {
                    var t = new Thread(() => Console.WriteLine(name));
                    t.Start();
                    t.{|TW1004:Join()|}; // one by one
                }

                Console.WriteLine("all done");
        """),
        In("""
                Console.WriteLine("begin");

                var threads = new List<Thread>();
                // All names.
                foreach (var name in names)
                {
                    var t = new Thread(() => Console.WriteLine(name));
                    t.Start();
                    threads.Add(t); // one by one
                }

                foreach (var thread in threads)
                {
                    thread.Join();
                }

                Console.WriteLine("all done");
        """));

    [Fact]
    public Task A_shared_loop_variable_keeps_the_loop_whole() => Verify.NoFix<TW1004SplitLoop>("TW1004", In("""
                for (var i = 0; i < 3; i++)
                {
                    var t = new Thread(() => Console.WriteLine(i));
                    t.Start();
                    t.{|TW1004:Join()|};
                }
        """));

    private static string In(string code) => $$"""
        class C
        {
            private static readonly string[] names = { "Ann", "Bob" };
            void M()
            {
        {{code}}
            }
        }
        """;
}

using System.Threading.Tasks;
using Threadwise.CodeFixes.Threads;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Threads;

public class TW1014JoinInsteadOfPauseTests
{
    [Fact]
    public Task A_pause_becomes_a_join() => Verify.Fix<TW1014JoinInsteadOfPause>("TW1014",
        In("Thread.{|TW1014:Sleep(100)|}; // let it finish\n        Console.WriteLine(n);"),
        In("t.Join(); // let it finish\n        Console.WriteLine(n);"));

    [Fact]
    public Task An_awaited_delay_becomes_an_await() => Verify.Fix<TW1014JoinInsteadOfPause>("TW1014",
        """
        class C
        {
            async Task M()
            {
                var n = 0;
                var work = Task.Run(() => { n = 1; });
                {|TW1014:await Task.Delay(100)|};
                Console.WriteLine(n);
            }
        }
        """,
        """
        class C
        {
            async Task M()
            {
                var n = 0;
                var work = Task.Run(() => { n = 1; });
                await work;
                Console.WriteLine(n);
            }
        }
        """);

    [Fact]
    public Task Without_a_handle_nothing_is_offered() => Verify.NoFix<TW1014JoinInsteadOfPause>("TW1014",
        """
        class C
        {
            void M()
            {
                var n = 0;
                ThreadPool.QueueUserWorkItem(_ => n = 1);
                Thread.{|TW1014:Sleep(100)|};
                Console.WriteLine(n);
            }
        }
        """);

    private static string In(string code) => $$"""
        class C
        {
            void M()
            {
                var n = 0;
                var t = new Thread(() => n = 1);
                t.Start();
                {{code}}
            }
        }
        """;
}

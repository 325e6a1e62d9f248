using System.Threading.Tasks;
using Threadwise.CodeFixes.Threads;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Threads;

public class TW1002JoinBeforeReadTests
{
    [Fact]
    public Task One_thread_and_a_comment_that_stays_with_its_line() => Fix(
        """
        var total = 0;
        var thread = new Thread(() => total = 42);
        thread.Start();

        // Shown to the user.
        Console.WriteLine({|TW1002:total|}); // here
        """,
        """
        var total = 0;
        var thread = new Thread(() => total = 42);
        thread.Start();

        thread.Join();
        // Shown to the user.
        Console.WriteLine(total); // here
        """);

    [Fact]
    public Task A_slot_of_an_array() => Fix(
        """
        int first = 0, second = 0;
        var threads = new Thread[2];
        threads[0] = new Thread(() => first = 1);
        threads[1] = new Thread(() => second = 2);
        threads[0].Start();
        Console.WriteLine({|TW1002:first|});
        threads[1].Start();
        threads[1].Join();
        Console.WriteLine(second);
        """,
        """
        int first = 0, second = 0;
        var threads = new Thread[2];
        threads[0] = new Thread(() => first = 1);
        threads[1] = new Thread(() => second = 2);
        threads[0].Start();
        threads[0].Join();
        Console.WriteLine(first);
        threads[1].Start();
        threads[1].Join();
        Console.WriteLine(second);
        """);

    [Fact]
    public Task An_array_of_threads() => Fix(
        """
        var results = new int[4];
        var threads = new Thread[4];
        for (var i = 0; i < 4; i++)
        {
            var slot = i;
            threads[i] = new Thread(() => results[slot] = slot);
            threads[i].Start();
        }

        Console.WriteLine({|TW1002:results|}.Sum());
        """,
        """
        var results = new int[4];
        var threads = new Thread[4];
        for (var i = 0; i < 4; i++)
        {
            var slot = i;
            threads[i] = new Thread(() => results[slot] = slot);
            threads[i].Start();
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }
        Console.WriteLine(results.Sum());
        """);

    [Fact]
    public Task A_task_is_awaited_in_async_code() => Fix(
        """
        var total = 0;
        var task = Task.Run(() => { total = 42; });
        Console.WriteLine({|TW1002:total|});
        await task;
        """,
        """
        var total = 0;
        var task = Task.Run(() => { total = 42; });
        await task;
        Console.WriteLine(total);
        await task;
        """, "async Task M()");

    [Fact]
    public Task A_task_is_waited_for_elsewhere() => Fix(
        """
        var total = 0;
        var task = Task.Run(() => { total = 42; });
        Console.WriteLine({|TW1002:total|});
        """,
        """
        var total = 0;
        var task = Task.Run(() => { total = 42; });
        task.Wait();
        Console.WriteLine(total);
        """);

    [Fact]
    public Task Tasks_in_a_list() => Fix(
        """
        var totals = new int[2];
        var tasks = new List<Task>();
        for (var i = 0; i < 2; i++) { var k = i; tasks.Add(Task.Run(() => { totals[k] = k; })); }
        Console.WriteLine({|TW1002:totals|}[0]);
        """,
        """
        var totals = new int[2];
        var tasks = new List<Task>();
        for (var i = 0; i < 2; i++) { var k = i; tasks.Add(Task.Run(() => { totals[k] = k; })); }
        await Task.WhenAll(tasks);
        Console.WriteLine(totals[0]);
        """, "async Task M()");

    [Fact]
    public Task On_one_line() => Fix(
        "var n = 0; var t = new Thread(() => n = 1); t.Start(); Console.WriteLine({|TW1002:n|});",
        "var n = 0; var t = new Thread(() => n = 1); t.Start(); t.Join(); Console.WriteLine(n);");

    [Theory]
    [InlineData("var n = 0; new Thread(() => n = 1).Start(); Console.WriteLine({|TW1002:n|});")]
    [InlineData("var n = 0; ThreadPool.QueueUserWorkItem(_ => n = 1); Console.WriteLine({|TW1002:n|});")]
    [InlineData("var n = 0; var e = new ManualResetEventSlim(); var t = new Thread(() => { n = 1; e.Wait(); }); t.Start(); Console.WriteLine({|TW1002:n|}); e.Set();")]
    [InlineData("var n = 0; { var t = new Thread(() => n = 1); t.Start(); } Console.WriteLine({|TW1002:n|});")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); if (DateTime.Now.Hour > 3) Console.WriteLine({|TW1002:n|});")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW1002JoinBeforeRead>("TW1002", In(code, "void M()"));

    private static Task Fix(string before, string after, string head = "void M()") => Verify.Fix<TW1002JoinBeforeRead>("TW1002", In(before, head), In(after, head));

    private static string In(string code, string head) => $$"""
        class C
        {
            {{head}}
            {
                {{code.Replace("\n", "\n        ").Replace("\n        \n", "\n\n")}}
            }
        }
        """;
}

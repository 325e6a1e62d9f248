using System.Threading.Tasks;
using Threadwise.CodeFixes.Threads;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Threads;

public class TW1013ThrowOnTimeoutTests
{
    [Fact]
    public Task A_timed_join_is_tested() => Verify.Fix<TW1013ThrowOnTimeout>("TW1013",
        In("t.{|TW1013:Join(100)|}; // at most\n        Console.WriteLine(n);"),
        In("if (!t.Join(100)) // at most\n        {\n            throw new TimeoutException();\n        }\n        Console.WriteLine(n);"));

    [Fact]
    public Task A_comment_inside_is_not_lost() => Verify.NoFix<TW1013ThrowOnTimeout>("TW1013",
        In("t.{|TW1013:Join(100 /* ms */)|};\n        Console.WriteLine(n);"));

    [Fact]
    public Task A_timed_wait_for_all_is_tested() => Verify.Fix<TW1013ThrowOnTimeout>("TW1013",
        In("var task = Task.Run(() => { n = 2; });\n        Task.{|TW1013:WaitAll(new Task[] { task }, 100)|};\n        Console.WriteLine(n);"),
        In("var task = Task.Run(() => { n = 2; });\n        if (!Task.WaitAll(new Task[] { task }, 100))\n        {\n            throw new TimeoutException();\n        }\n        Console.WriteLine(n);"));

    [Fact]
    public Task A_timed_wait_for_a_signal_is_tested() => Verify.Fix<TW1013ThrowOnTimeout>("TW1013",
        In("using var done = new ManualResetEventSlim();\n        ThreadPool.QueueUserWorkItem(_ => { n = 2; done.Set(); });\n        done.{|TW1013:Wait(100)|};\n        Console.WriteLine(n);"),
        In("using var done = new ManualResetEventSlim();\n        ThreadPool.QueueUserWorkItem(_ => { n = 2; done.Set(); });\n        if (!done.Wait(100))\n        {\n            throw new TimeoutException();\n        }\n        Console.WriteLine(n);"));

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

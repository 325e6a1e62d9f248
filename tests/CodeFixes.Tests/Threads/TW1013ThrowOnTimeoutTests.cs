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
        In("if (!t.Join(100))\n        {\n            throw new TimeoutException();\n        } // at most\n        Console.WriteLine(n);"));

    [Fact]
    public Task A_comment_inside_is_not_lost() => Verify.NoFix<TW1013ThrowOnTimeout>("TW1013",
        In("t.{|TW1013:Join(100 /* ms */)|};\n        Console.WriteLine(n);"));

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

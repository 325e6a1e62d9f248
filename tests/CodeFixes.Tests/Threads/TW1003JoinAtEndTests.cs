using System.Threading.Tasks;
using Threadwise.CodeFixes.Threads;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Threads;

public class TW1003JoinAtEndTests
{
    [Theory]
    [InlineData("t.{|TW1003:Start()|};", "t.Start();\n        t.Join();")]
    [InlineData("t.{|TW1003:Start()|}; // go", "t.Start(); // go\n        t.Join();")]
    [InlineData("t.{|TW1003:Start()|};\n        Console.WriteLine();\n        // the end", "t.Start();\n        Console.WriteLine();\n        t.Join();\n        // the end")]
    [InlineData("t.{|TW1003:Start()|};\n        Console.WriteLine();\n\n        // Done.\n        return;", "t.Start();\n        Console.WriteLine();\n\n        t.Join();\n        // Done.\n        return;")]
    [InlineData("t.{|TW1003:Start()|}; Console.WriteLine();", "t.Start(); Console.WriteLine();\n        t.Join();")]
    [InlineData("if (flag)\n        {\n            t.{|TW1003:Start()|};\n        }", "if (flag)\n        {\n            t.Start();\n            t.Join();\n        }")]
    [InlineData("if (flag) { t.{|TW1003:Start()|}; }", "if (flag) { t.Start(); t.Join(); }")]
    public Task Joined_at_the_end_of_the_block(string before, string after) => Verify.Fix<TW1003JoinAtEnd>("TW1003", In(before), In(after));

    [Theory]
    [InlineData("new Thread(Work).{|TW1003:Start()|}; t.Start(); t.Join();")]
    [InlineData("if (flag) t.{|TW1003:Start()|};")]
    [InlineData("t.{|TW1003:Start()|}; throw new Exception();")]
    [InlineData("for (var i = 0; i < 3; i++) { var u = new Thread(Work); u.{|TW1003:Start()|}; } t.Start(); t.Join();")]
    [InlineData("lock (_gate) { t.{|TW1003:Start()|}; }")]
    [InlineData("var u = new Thread(() => { lock (_gate) { Work(); } }); u.{|TW1003:Start()|}; t.Start(); t.Join();")]
    [InlineData("switch (flag) { case true: t.{|TW1003:Start()|}; break; }")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW1003JoinAtEnd>("TW1003", In(code));

    private static string In(string code) => $$"""
        class C
        {
            private readonly object _gate = new();
            private static void Work() { }
            void M(bool flag)
            {
                var t = new Thread(Work);
                {{code}}
            }
        }
        """;
}

using System.Threading.Tasks;
using Threadwise.CodeFixes.Threads;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Threads;

public class TW1005OrderStartsTests
{
    [Theory]
    [InlineData("t.Start();\n        t.{|TW1005:Start()|};\n        t.Join();", "t.Start();\n        t.Join();")]
    [InlineData("t.{|TW1005:Join()|};\n        t.Start();", "t.Start();\n        t.Join();")]
    [InlineData("t.{|TW1005:Join()|}; // the end\n        t.Start(); // go", "t.Start(); // go\n        t.Join(); // the end")]
    public Task Repaired(string before, string after) => Verify.Fix<TW1005OrderStarts>("TW1005", In(before), In(after));

    [Theory]
    [InlineData("t.{|TW1005:Join()|};\n        Console.WriteLine();\n        t.Start();")]
    [InlineData("t.{|TW1005:Join()|};\n        // now\n        t.Start();")]
    [InlineData("t.Start();\n        t.{|TW1005:Start()|}; // again")]
    [InlineData("t.{|TW1005:Join()|};")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW1005OrderStarts>("TW1005", In(code));

    private static string In(string code) => $$"""
        class C
        {
            private static void Work() { }
            void M()
            {
                var t = new Thread(Work);
                {{code}}
            }
        }
        """;
}

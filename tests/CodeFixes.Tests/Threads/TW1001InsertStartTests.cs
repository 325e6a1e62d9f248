using System.Threading.Tasks;
using Threadwise.CodeFixes.Threads;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Threads;

public class TW1001InsertStartTests
{
    [Theory]
    [InlineData("var t = {|TW1001:new Thread(Work)|}; // the worker", "var t = new Thread(Work); // the worker\n        t.Start();")]
    [InlineData("var t = {|TW1001:new Thread(Work)|};\n        t.IsBackground = true;\n        t.Name = \"x\";\n        Console.WriteLine();", "var t = new Thread(Work);\n        t.IsBackground = true;\n        t.Name = \"x\";\n        t.Start();\n        Console.WriteLine();")]
    [InlineData("var t = {|TW1001:new Task(Work)|};\n        t.Wait();", "var t = new Task(Work);\n        t.Start();\n        t.Wait();")]
    [InlineData("Thread t;\n        t = {|TW1001:new Thread(Work)|};", "Thread t;\n        t = new Thread(Work);\n        t.Start();")]
    public Task A_start_is_inserted(string before, string after) => Verify.Fix<TW1001InsertStart>("TW1001", In(before), In(after));

    [Theory]
    [InlineData("_ = {|TW1001:new Thread(Work)|};")]
    [InlineData("var ts = new List<Thread> { {|TW1001:new Thread(Work)|} };")]
    [InlineData("_t = {|TW1001:new Thread(Work)|};")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW1001InsertStart>("TW1001", In(code));

    private static string In(string code) => $$"""
        class C
        {
            private Thread? _t;
            private static void Work() { }
            void M()
            {
                {{code}}
            }
        }
        """;
}

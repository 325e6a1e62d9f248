using System.Threading.Tasks;
using Threadwise.CodeFixes.Threads;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Threads;

public class TW1007FitArgumentTests
{
    [Theory]
    [InlineData("var t = new Thread(Work); t.{|TW1007:Start(5)|}; // go", "var t = new Thread(Work); t.Start(); // go")]
    [InlineData("new Thread(Work).{|TW1007:Start(order)|};", "new Thread(Work).Start();")]
    [InlineData("_t.{|TW1007:Start(this)|}; new Thread(Work).{|TW1007:UnsafeStart(null)|};", "_t.Start(); new Thread(Work).UnsafeStart();")]
    public Task The_argument_goes(string before, string after) => Verify.Fix<TW1007FitArgument>("TW1007", In(before), In(after));

    [Theory]
    [InlineData("var t = new Thread(Price); t.{|TW1007:Start()|}; // go", "var t = new Thread(Price); t.Start(order); // go")]
    [InlineData("var t = new Thread(o => Console.WriteLine((int)o!)); t.{|TW1007:Start(null)|};", "var t = new Thread(o => Console.WriteLine((int)o!)); t.Start(order);")]
    [InlineData("var amount = 2.5m; new Thread(o => Console.WriteLine((decimal)o!)).{|TW1007:Start()|};", "var amount = 2.5m; new Thread(o => Console.WriteLine((decimal)o!)).Start(amount);")]
    public Task The_forgotten_one_is_passed(string before, string after) => Verify.Fix<TW1007FitArgument>("TW1007", In(before), In(after));

    [Theory]
    [InlineData("var t = new Thread(Work); t.{|TW1007:Start(Next())|};")]
    [InlineData("var t = new Thread(Work); t.{|TW1007:Start(/* why */ 5)|};")]
    [InlineData("var t = new Thread(Price); Console.WriteLine(order); t.{|TW1007:Start()|};")]
    [InlineData("var n = 5; var t = new Thread(Price); t.{|TW1007:Start()|};")]
    [InlineData("{ var d = 2.5m; } new Thread(o => Console.WriteLine((decimal)o!)).{|TW1007:Start()|};")]
    [InlineData("new Thread(o => Console.WriteLine((decimal)o!)).{|TW1007:Start()|}; var d = 2.5m;")]
    [InlineData("new Thread(o => Console.WriteLine(o!.ToString())).{|TW1007:Start()|};")]
    [InlineData("new Thread(o => Console.WriteLine({|TW1007:(long)o!|})).Start(5);")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW1007FitArgument>("TW1007", In(code));

    private static string In(string code) => $$"""
        class C
        {
            private readonly Thread _t = new Thread(Work);
            private static void Work() { }
            private static void Price(object? order) => Console.WriteLine((int)order!);
            private static int Next() => 1;
            void Go() => _t.Start();
            void M(int order)
            {
                {{code}}
            }
        }
        """;
}

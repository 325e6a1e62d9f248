using System.Threading.Tasks;
using Threadwise.CodeFixes.Threads;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Threads;

public class TW1008KeepResultTests
{
    [Theory]
    [InlineData("var t = new Thread({|TW1008:() => Square(3)|}); // three", "int result = default;\n        var t = new Thread(() => result = Square(3)); // three")]
    [InlineData("// Count.\n        var t = new Thread({|TW1008:() => { Square(3); }|});", "int result = default;\n        // Count.\n        var t = new Thread(() => { result = Square(3); });")]
    [InlineData("var t = new Thread({|TW1008:() => Text(3)|});", "string? result = null;\n        var t = new Thread(() => result = Text(3));")]
    [InlineData("var t = new Thread({|TW1008:x => Square((int)x!)|});", "int result = default;\n        var t = new Thread(x => result = Square((int)x!));")]
    [InlineData("var result = 1; var t = new Thread({|TW1008:() => Squares(result)|});", "var result = 1; List<int>? newResult = null; var t = new Thread(() => newResult = Squares(result));")]
    [InlineData("var a = new Thread({|TW1008:() => Square(3)|});\n        var b = new Thread({|TW1008:() => Square(4)|});", "int result = default;\n        var a = new Thread(() => result = Square(3));\n        int newResult = default;\n        var b = new Thread(() => newResult = Square(4));")]
    public Task The_result_is_kept_in_a_local(string before, string after) => Verify.Fix<TW1008KeepResult>("TW1008", In(before), In(after));

    [Theory]
    [InlineData("new Thread({|TW1008:() => Square(3)|}).Start();")]
    [InlineData("for (var i = 0; i < 3; i++) { var t = new Thread({|TW1008:() => Square(3)|}); t.Start(); }")]
    [InlineData("var t = new Thread({|TW1008:Run|});")]
    [InlineData("ThreadStart go = {|TW1008:() => Square(3)|}; var t = new Thread(go);")]
    [InlineData("ThreadPool.QueueUserWorkItem({|TW1008:_ => Square(3)|});")]
    public Task Elsewhere_nothing_is_offered(string code) => Verify.NoFix<TW1008KeepResult>("TW1008", In(code));

    private static string In(string code) => $$"""
        class C
        {
            private static int Square(int x) => x * x;
            private static string Text(int x) => x.ToString();
            private static List<int> Squares(int x) => Enumerable.Range(0, x).ToList();
            private static void Run() { Square(3); }
            void M()
            {
                {{code}}
            }
        }
        """;
}

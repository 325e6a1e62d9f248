using System.Threading.Tasks;
using Threadwise.CodeFixes.Threads;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Threads;

public class TW1006CopyInLoopTests
{
    [Theory]
    [InlineData(
        "for (var i = 0; i < 4; i++)\n        {\n            // one each\n            Task.Run(() => Print({|TW1006:i|} + i)); // go\n        }",
        "for (var i = 0; i < 4; i++)\n        {\n            var iCopy = i;\n            // one each\n            Task.Run(() => Print(iCopy + iCopy)); // go\n        }")]
    [InlineData(
        "for (var i = 0; i < 4; i++)\n            Task.Run(() => Print({|TW1006:i|}));",
        "for (var i = 0; i < 4; i++)\n        {\n            var iCopy = i;\n            Task.Run(() => Print(iCopy));\n        }")]
    [InlineData(
        "for (var i = 0; i < 4; i++) Task.Run(() => Print({|TW1006:i|}));",
        "for (var i = 0; i < 4; i++) { var iCopy = i; Task.Run(() => Print(iCopy)); }")]
    [InlineData(
        "var n = 0;\n        while (n < 4)\n        {\n            var t = new Thread(() =>\n            {\n                Print({|TW1006:n|});\n            });\n            t.Start();\n            n++;\n        }",
        "var n = 0;\n        while (n < 4)\n        {\n            var nCopy = n;\n            var t = new Thread(() =>\n            {\n                Print(nCopy);\n            });\n            t.Start();\n            n++;\n        }")]
    [InlineData(
        "var iCopy = 3;\n        for (var i = 0; i < iCopy; i++)\n        {\n            Task.Run(() => Print({|TW1006:i|}));\n        }",
        "var iCopy = 3;\n        for (var i = 0; i < iCopy; i++)\n        {\n            var newICopy = i;\n            Task.Run(() => Print(newICopy));\n        }")]
    [InlineData(
        "string? line;\n        while ((line = Console.In.ReadLine()) != null)\n        {\n            Task.Run(() => Print({|TW1006:line|}.Length));\n        }",
        "string? line;\n        while ((line = Console.In.ReadLine()) != null)\n        {\n            var lineCopy = line;\n            Task.Run(() => Print(lineCopy.Length));\n        }")]
    [InlineData(
        "var queue = new ConcurrentQueue<int>();\n        int x;\n        while (queue.TryDequeue(out x)) Task.Run(() => Print({|TW1006:x|}));",
        "var queue = new ConcurrentQueue<int>();\n        int x;\n        while (queue.TryDequeue(out x)) { var xCopy = x; Task.Run(() => Print(xCopy)); }")]
    public Task The_round_gets_a_copy(string before, string after) => Verify.Fix<TW1006CopyInLoop>("TW1006", In(before), In(after));

    private static string In(string code) => $$"""
        class C
        {
            private static void Print(int n) => Console.WriteLine(n);
            void M()
            {
                {{code}}
            }
        }
        """;
}

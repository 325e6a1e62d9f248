using System.Threading.Tasks;
using Threadwise.CodeFixes.Threads;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Threads;

public class TW1017MakeBackgroundTests
{
    [Theory]
    [InlineData("var t = new Thread(Loop);\n\n        // Go.\n        t.{|TW1017:Start()|}; // now", "var t = new Thread(Loop);\n\n        t.IsBackground = true;\n        // Go.\n        t.Start(); // now")]
    [InlineData("_t = new Thread(Loop);\n        _t.{|TW1017:Start()|};", "_t = new Thread(Loop);\n        _t.IsBackground = true;\n        _t.Start();")]
    [InlineData("new Thread(Loop).{|TW1017:Start()|};", "new Thread(Loop) { IsBackground = true }.Start();")]
    public Task It_becomes_a_background_thread(string before, string after) => Verify.Fix<TW1017MakeBackground>("TW1017", In(before), In(after));

    private static string In(string code) => $$"""
        class C
        {
            private Thread? _t;
            private volatile bool _stop;
            private void Loop() { while (!_stop) { } }
            void M()
            {
                {{code}}
            }
        }
        """;
}

using System.Threading.Tasks;
using Threadwise.CodeFixes.Threads;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Threads;

public class TW1011StartLastTests
{
    [Theory]
    [InlineData("_t.{|TW1011:Start()|};\n        _names = names;", "_names = names;\n        _t.Start();")]
    [InlineData("// Go.\n        _t.{|TW1011:Start()|}; // now\n        // The names.\n        _names = names; // all", "// The names.\n        _names = names; // all\n        // Go.\n        _t.Start(); // now")]
    [InlineData("Console.WriteLine();\n\n        _t.{|TW1011:Start()|};\n\n        _names = names;", "Console.WriteLine();\n\n        _names = names;\n        _t.Start();")]
    [InlineData("_t.{|TW1011:Start()|}; _names = names;", "_names = names; _t.Start();")]
    [InlineData("_t.{|TW1011:Start()|};\n        Task.{|TW1011:Run(Run)|};\n        _names = names;", "_names = names;\n        _t.Start();\n        Task.Run(Run);")]
    [InlineData("_task = Task.{|TW1011:Run(Run)|};\n        _names = new List<string>(names);\n        _size = names.Count;", "_names = new List<string>(names);\n        _size = names.Count;\n        _task = Task.Run(Run);")]
    public Task Started_last(string before, string after) => Verify.Fix<TW1011StartLast>("TW1011", In(before), In(after));

    [Theory]
    [InlineData("_task = Task.{|TW1011:Run(Run)|};\n        _names = names;\n        _task.Wait();")]
    [InlineData("_t.{|TW1011:Start()|};\n        _names = names;\n        Unknown();")]
    [InlineData("if (names.Count > 0) { _t.{|TW1011:Start()|}; }\n        _names = names;")]
    [InlineData("Task.{|TW1011:Run(() => Console.WriteLine(_names.Count + count))|};\n        _names = names;\n        count = 5;")]
    [InlineData("_t.{|TW1011:Start()|}; /* why */ _names = names;")]
    [InlineData("_t.{|TW1011:Start()|};\n        _names = names;\n        if (count > 0) return;\n        _size = 5;")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW1011StartLast>("TW1011", In(code));

    [Fact]
    public Task Nothing_is_offered_for_an_overridden_member() => Verify.NoFix<TW1011StartLast>("TW1011", """
        class Outer
        {
            private class B
            {
                protected B() { Task.{|TW1011:Run(Work)|}; Console.WriteLine(); }
                protected virtual void Work() { }
            }
            private class D : B
            {
                private int _n;
                public D(int n) => _n = n;
                protected override void Work() => Console.WriteLine(_n);
            }
        }
        """);

    private static string In(string code) => $$"""
        class C
        {
            private readonly Thread _t;
            private List<string> _names;
            private Task? _task;
            private int _size;
            private void Run() => Console.WriteLine(_names.Count);
            private static void Unknown() => Thread.Sleep(5);
            public C(List<string> names, int count)
            {
                _t = new Thread(Run);
                {{code}}
            }
        }
        """;
}

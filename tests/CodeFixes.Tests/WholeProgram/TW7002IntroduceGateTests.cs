using System.Threading.Tasks;
using Threadwise.CodeFixes.WholeProgram;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.WholeProgram;

public class TW7002IntroduceGateTests
{
    [Fact]
    public Task Each_access_takes_a_lock() => Verify.Fix<TW7002IntroduceGate>("TW7002", """
        class Log
        {
            private readonly List<string> _lines = new();

            public Log() => _lines.Add("begin");

            public void Write(string line)
            {
                {|TW7002:_lines|}.Add(line); // one
            }

            public void Clear()
            {
                _lines.Clear();
            }
        }
        class C { void M(Log log) { Parallel.For(0, 9, i => log.Write("x")); } }
        """, """
        class Log
        {
            private readonly object _gate = new object();
            private readonly List<string> _lines = new();

            public Log() => _lines.Add("begin");

            public void Write(string line)
            {
                lock (_gate)
                {
                    _lines.Add(line); // one
                }
            }

            public void Clear()
            {
                lock (_gate)
                {
                    _lines.Clear();
                }
            }
        }
        class C { void M(Log log) { Parallel.For(0, 9, i => log.Write("x")); } }
        """);

    /// <summary>Others use the collection without the lock.</summary>
    [Fact]
    public Task Not_where_other_types_use_it() => Verify.NoFix<TW7002IntroduceGate>("TW7002", """
        class Log
        {
            public readonly List<string> Lines = new();
            public void Write(string line)
            {
                {|TW7002:Lines|}.Add(line);
            }
        }
        class C { void M(Log log) { Parallel.For(0, 9, i => log.Write("x")); Console.WriteLine(log.Lines.Count); } }
        """);

    /// <summary>The object that is filled is another's: a lock where it is filled would be one for each that fills it.</summary>
    [Theory]
    [InlineData("static class Filler { public static void Record(this Stats stats, string line) { {|TW7002:stats.Recent|}.Enqueue(line); Console.WriteLine(line); } } static class Crawl { static void Run(string[] lines) { var stats = new Stats(); Parallel.ForEach(lines, line => stats.Record(line)); } }")]
    [InlineData("class Visitor { private readonly Stats _stats; public Visitor(Stats stats) => _stats = stats; public void Visit(string line) { {|TW7002:_stats.Recent|}.Enqueue(line); Console.WriteLine(line); } } static class Walk { static void Run(string[] lines) { var stats = new Stats(); Parallel.ForEach(lines, line => new Visitor(stats).Visit(line)); } }")]
    public Task Not_where_the_collection_is_in_an_object_of_others(string code) => Verify.NoFix<TW7002IntroduceGate>("TW7002", "class Stats { public readonly Queue<string> Recent = new(); } " + code);
}

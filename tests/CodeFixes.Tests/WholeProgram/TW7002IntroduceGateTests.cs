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
}

using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Options;

/// <summary>What the option does to the rules: a call before the acquire that cannot throw leaves only the bad habit, TW2013, of TW2003.</summary>
public class NonThrowingMethodsEffectTests
{
    [Theory]
    [InlineData("_metrics.Count(1);", "", "TW2003")]
    [InlineData("_metrics.Count(1);", "M:Metrics.Count", "TW2013")]
    [InlineData("_metrics.Count(1);", "M:Metrics.Count(System.Int32)", "TW2013")]
    [InlineData("_metrics.Count(1);", "M:Metrics.Count(System.String)", "TW2003")]
    [InlineData("_metrics.Count(1);", "T:Metrics", "TW2013")]
    [InlineData("_ = new Metrics(1);", "M:Metrics.Count", "TW2003")]
    [InlineData("_ = new Metrics(1);", "M:Metrics..ctor", "TW2013")]
    [InlineData("Console.WriteLine(1);", "", "TW2013")]
    [InlineData("System.Diagnostics.Trace.WriteLine(1);", "M:Metrics.Count", "TW2013")]
    public async Task Before_an_acquire(string statement, string value, string expected) => Assert.Equal(expected, await Analysis.Of(
        $$"""
        class C
        {
            private readonly Metrics _metrics = new();
            private readonly object _gate = new();
            private int _n;

            void M()
            {
                try
                {
                    {{statement}}
                    Monitor.Enter(_gate);
                    _n++;
                }
                finally
                {
                    Monitor.Exit(_gate);
                }
            }
        }
        """,
        """
        class Metrics
        {
            public Metrics() { }
            public Metrics(int n) { if (n > 5) throw new ArgumentException(); }
            public void Count(int n) { if (n > 5) throw new ArgumentException(); }
            public void Count(string s) { }
        }
        """).With(".editorconfig", $"[File1.cs]\nthreadwise.nonthrowing_methods = {value}").IdsAsync());
}

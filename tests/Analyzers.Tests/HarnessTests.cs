using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests;

public class HarnessTests
{
    [Fact]
    public Task A_snippet_without_markup_expects_silence() => Verify.Rule("TW2003", """
        class C { void M() { Monitor.Enter(this); Monitor.Exit(this); } }
        """);
}

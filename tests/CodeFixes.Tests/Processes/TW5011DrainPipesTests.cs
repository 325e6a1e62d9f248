using System.Threading.Tasks;
using Threadwise.CodeFixes.Processes;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Processes;

public class TW5011DrainPipesTests
{
    [Theory]
    [InlineData("var p = new Process { StartInfo = { RedirectStandardOutput = true } }; p.{|TW5011:Start()|}; p.WaitForExit();",
        "var p = new Process { StartInfo = { RedirectStandardOutput = true } }; p.Start(); _ = p.StandardOutput.BaseStream.CopyToAsync(System.IO.Stream.Null); p.WaitForExit();")]
    [InlineData("var p = Process.{|TW5011:Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true, RedirectStandardError = true })|}!; p.WaitForExit();",
        "var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true, RedirectStandardError = true })!; _ = p.StandardOutput.BaseStream.CopyToAsync(System.IO.Stream.Null); _ = p.StandardError.BaseStream.CopyToAsync(System.IO.Stream.Null); p.WaitForExit();")]
    public Task The_pipe_is_drained(string before, string after) => Verify.Fix<TW5011DrainPipes>("TW5011", In(before), In(after));

    [Fact]
    public Task On_a_line_of_its_own() => Verify.Fix<TW5011DrainPipes>("TW5011", """
        using System.Diagnostics;
        class C
        {
            void M()
            {
                using var p = new Process { StartInfo = { RedirectStandardOutput = true } };
                p.{|TW5011:Start()|}; // go

                p.WaitForExit();
            }
        }
        """, """
        using System.Diagnostics;
        class C
        {
            void M()
            {
                using var p = new Process { StartInfo = { RedirectStandardOutput = true } };
                p.Start(); // go
                _ = p.StandardOutput.BaseStream.CopyToAsync(System.IO.Stream.Null);

                p.WaitForExit();
            }
        }
        """);

    [Theory]
    [InlineData("using (var p = Process.{|TW5011:Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })|}!) p.WaitForExit();")]
    [InlineData("var p = Process.{|TW5011:Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })|}; p?.WaitForExit();")]
    [InlineData("var p = new Process { StartInfo = { RedirectStandardOutput = true } }; if (!p.{|TW5011:Start()|}) return; p.WaitForExit();")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW5011DrainPipes>("TW5011", In(code));

    private static string In(string code) => $$"""
        using System.Diagnostics;
        class C
        {
            void M()
            {
                {{code}}
            }
        }
        """;
}

using System.Threading.Tasks;
using Threadwise.CodeFixes.Processes;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Processes;

public class TW5005CloseInputTests
{
    [Theory]
    [InlineData("p.StandardInput.Write(text); p.{|TW5005:WaitForExit()|};", "p.StandardInput.Write(text); p.StandardInput.Close(); p.WaitForExit();")]
    [InlineData("foreach (var line in text.Split('\\n')) p.StandardInput.WriteLine(line); await p.{|TW5005:WaitForExitAsync()|};", "foreach (var line in text.Split('\\n')) p.StandardInput.WriteLine(line); p.StandardInput.Close(); await p.WaitForExitAsync();")]
    [InlineData("var o = p.StandardOutput.ReadToEndAsync(); using var w = p.StandardInput; w.Write(text); p.{|TW5005:WaitForExit()|}; Use(o);", "var o = p.StandardOutput.ReadToEndAsync(); using var w = p.StandardInput; w.Write(text); p.StandardInput.Close(); p.WaitForExit(); Use(o);")]
    [InlineData("p.StandardInput.Write(\"x\"); Use(p.StandardOutput.{|TW5005:ReadToEnd()|});", "p.StandardInput.Write(\"x\"); p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    public Task The_input_is_closed(string before, string after) => Verify.Fix<TW5005CloseInput>("TW5005", In(before), In(after));

    [Fact]
    public Task On_a_line_of_its_own() => Verify.Fix<TW5005CloseInput>("TW5005", """
        using System.Diagnostics;
        class C
        {
            int M(ProcessStartInfo info, string text)
            {
                using var p = Process.Start(info)!;
                p.StandardInput.Write(text);

                // wait for it
                p.{|TW5005:WaitForExit()|};
                return p.ExitCode;
            }
        }
        """, """
        using System.Diagnostics;
        class C
        {
            int M(ProcessStartInfo info, string text)
            {
                using var p = Process.Start(info)!;
                p.StandardInput.Write(text);

                p.StandardInput.Close();
                // wait for it
                p.WaitForExit();
                return p.ExitCode;
            }
        }
        """);

    [Theory]
    [InlineData("p.StandardInput.Write(text); p.{|TW5005:WaitForExit(1000)|}; p.StandardInput.Write(text);")]
    [InlineData("p.StandardInput.Write(text); {|TW5005:End(p)|};")]
    [InlineData("p.StandardInput.Write(text); var r = p.StandardOutput; Use(r.{|TW5005:ReadToEnd()|});")]
    [InlineData("p.StandardInput.Write(text); if (text != \"\") p.{|TW5005:WaitForExit()|};")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW5005CloseInput>("TW5005", In(code));

    private static string In(string code) => $$"""
        using System.Diagnostics;
        class C
        {
            async Task M(ProcessStartInfo info, string text)
            {
                await Task.Yield();
                var p = Process.Start(info)!;
                {{code}}
            }
            static void Use(object? o) { }
            static void End(Process p) => p.WaitForExit();
        }
        """;
}

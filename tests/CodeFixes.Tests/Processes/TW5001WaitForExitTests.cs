using System.Threading.Tasks;
using Threadwise.CodeFixes.Processes;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Processes;

public class TW5001WaitForExitTests
{
    [Fact]
    public Task In_a_local_function() => Verify.Fix<TW5001WaitForExit>("TW5001",
        In("void Make(string name) { Process.{|TW5001:Start(\"tool\", name)|}; } Make(to); return File.ReadAllText(to);"),
        In("void Make(string name) { Process.Start(\"tool\", name)?.WaitForExit(); } Make(to); return File.ReadAllText(to);"));

    [Theory]
    [InlineData("Process.{|TW5001:Start(\"tool\", to)|}; return File.ReadAllText(to);", "Process.Start(\"tool\", to)?.WaitForExit(); return File.ReadAllText(to);")]
    [InlineData("var p = Process.{|TW5001:Start(\"tool\", to)|}!; return File.ReadAllText(to);", "var p = Process.Start(\"tool\", to)!; p.WaitForExit(); return File.ReadAllText(to);")]
    public Task The_exit_is_waited_for(string before, string after) => Verify.Fix<TW5001WaitForExit>("TW5001", In(before), In(after));

    [Fact]
    public Task On_a_line_of_its_own_and_in_an_async_method() => Verify.Fix<TW5001WaitForExit>("TW5001", """
        using System.Diagnostics;
        class C
        {
            async Task<string> M()
            {
                await Task.Yield();
                var to = Path.GetTempFileName();
                using var p = new Process { StartInfo = { FileName = "tool", Arguments = to } };
                p.{|TW5001:Start()|}; // go
                Console.WriteLine(to);

                // what has come out
                return File.ReadAllText(to);
            }
        }
        """, """
        using System.Diagnostics;
        class C
        {
            async Task<string> M()
            {
                await Task.Yield();
                var to = Path.GetTempFileName();
                using var p = new Process { StartInfo = { FileName = "tool", Arguments = to } };
                p.Start(); // go
                Console.WriteLine(to);

                await p.WaitForExitAsync();
                // what has come out
                return File.ReadAllText(to);
            }
        }
        """);

    /// <summary>The overloads with a file name give a process or throw.</summary>
    [Fact]
    public Task What_is_started_by_name_is_no_null() => Verify.Fix<TW5001WaitForExit>("TW5001",
        In("using var p = Process.{|TW5001:Start(\"tool\", to)|}; return File.ReadAllText(to);"), In("using var p = Process.Start(\"tool\", to); p.WaitForExit(); return File.ReadAllText(to);"));

    [Theory]
    [InlineData("foreach (var file in new[] { to }) Process.{|TW5001:Start(\"convert\", file)|}; return null;")]
    [InlineData("var p = Process.{|TW5001:Start(new ProcessStartInfo(\"tool\", to))|}; return File.ReadAllText(to);")]
    [InlineData("using (Process.{|TW5001:Start(\"tool\", to)|}) { } return File.ReadAllText(to);")]
    [InlineData("Process.{|TW5001:Start(/* it */ \"tool\", to)|}; return File.ReadAllText(to);")]
    [InlineData("void Make(string name) { using var p = Process.{|TW5001:Start(\"tool\", name)|}!; } Make(to); return File.ReadAllText(to);")]
    [InlineData("void Make(string name) => Process.{|TW5001:Start(\"tool\", name)|}; Make(to); return File.ReadAllText(to);")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW5001WaitForExit>("TW5001", In(code));

    private static string In(string code) => $$"""
        using System.Diagnostics;
        class C
        {
            string? M(string[] files)
            {
                var to = Path.GetTempFileName();
                {{code}}
            }
        }
        """;
}

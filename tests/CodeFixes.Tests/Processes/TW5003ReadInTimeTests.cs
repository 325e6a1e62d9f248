using System.Threading.Tasks;
using Threadwise.CodeFixes.Processes;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Processes;

public class TW5003ReadInTimeTests
{
    [Theory]
    [InlineData("p.{|TW5003:WaitForExit()|}; var s = p.StandardOutput.ReadToEnd();", "var s = p.StandardOutput.ReadToEnd(); p.WaitForExit();")]
    [InlineData("p.{|TW5003:WaitForExit()|}; var s = p.StandardOutput.ReadToEnd().Trim(); Use(p.ExitCode);", "var s = p.StandardOutput.ReadToEnd().Trim(); p.WaitForExit(); Use(p.ExitCode);")]
    [InlineData("p.{|TW5003:WaitForExit()|}; Use(p.StandardOutput.ReadToEnd());", "var output = p.StandardOutput.ReadToEnd();\n        p.WaitForExit(); Use(output);")]
    [InlineData("p.{|TW5003:WaitForExit()|}; var code = p.ExitCode; _text = p.StandardError.ReadToEnd();", "var error = p.StandardError.ReadToEnd();\n        p.WaitForExit(); var code = p.ExitCode; _text = error;")]
    [InlineData("await p.{|TW5003:WaitForExitAsync()|}; _text = await p.StandardOutput.ReadToEndAsync();", "_text = await p.StandardOutput.ReadToEndAsync(); await p.WaitForExitAsync();")]
    [InlineData("await p.{|TW5003:WaitForExitAsync()|}.ConfigureAwait(false); Use(await p.StandardOutput.ReadToEndAsync().ConfigureAwait(false));", "var output = await p.StandardOutput.ReadToEndAsync().ConfigureAwait(false);\n        await p.WaitForExitAsync().ConfigureAwait(false); Use(output);")]
    [InlineData("p.{|TW5003:WaitForExit()|}; var s = p.StandardOutput.ReadToEnd(); var e = p.StandardError.ReadToEnd();", "var errorTask = p.StandardError.ReadToEndAsync(); var s = p.StandardOutput.ReadToEnd(); p.WaitForExit(); var e = await errorTask;")]
    public Task The_wait_goes_behind_the_read(string before, string after) => Verify.Fix<TW5003ReadInTime>("TW5003", In(before), In(after));

    [Theory]
    [InlineData("var s = p.StandardOutput.ReadToEnd(); var e = p.StandardError.{|TW5003:ReadToEnd()|};", "var errorTask = p.StandardError.ReadToEndAsync();\n        var s = p.StandardOutput.ReadToEnd(); var e = await errorTask;")]
    [InlineData("var e = p.StandardError.ReadToEnd(); Use(p.StandardOutput.{|TW5003:ReadToEnd()|}.Trim());", "var outputTask = p.StandardOutput.ReadToEndAsync();\n        var e = p.StandardError.ReadToEnd(); Use((await outputTask).Trim());")]
    [InlineData("Use(await p.StandardOutput.ReadToEndAsync()); Use(await p.StandardError.{|TW5003:ReadToEndAsync()|});", "var errorTask = p.StandardError.ReadToEndAsync();\n        Use(await p.StandardOutput.ReadToEndAsync()); Use(await errorTask);")]
    public Task Both_are_read_at_once(string before, string after) => Verify.Fix<TW5003ReadInTime>("TW5003", In(before), In(after));

    [Fact]
    public Task Without_await_and_on_lines_of_their_own() => Verify.Fix<TW5003ReadInTime>("TW5003", """
        using System.Diagnostics;
        class C
        {
            string Run(ProcessStartInfo info)
            {
                using var p = Process.Start(info)!;

                // The child has done its work.
                p.{|TW5003:WaitForExit()|};
                var output = p.StandardOutput.ReadToEnd(); // all of it
                return output;
            }

            string Both(ProcessStartInfo info)
            {
                using var p = Process.Start(info)!;
                // first
                var output = p.StandardOutput.ReadToEnd();
                var error = p.StandardError.{|TW5003:ReadToEnd()|};
                p.WaitForExit();
                return output + error;
            }

            string Both2(ProcessStartInfo info)
            {
                using var p = Process.Start(info)!;
                p.{|TW5003:WaitForExit()|};
                return p.StandardOutput.ReadToEnd();
            }
        }
        """, """
        using System.Diagnostics;
        class C
        {
            string Run(ProcessStartInfo info)
            {
                using var p = Process.Start(info)!;

                var output = p.StandardOutput.ReadToEnd(); // all of it
                // The child has done its work.
                p.WaitForExit();
                return output;
            }

            string Both(ProcessStartInfo info)
            {
                using var p = Process.Start(info)!;
                var errorTask = p.StandardError.ReadToEndAsync();
                // first
                var output = p.StandardOutput.ReadToEnd();
                var error = errorTask.GetAwaiter().GetResult();
                p.WaitForExit();
                return output + error;
            }

            string Both2(ProcessStartInfo info)
            {
                using var p = Process.Start(info)!;
                var output = p.StandardOutput.ReadToEnd();
                p.WaitForExit();
                return output;
            }
        }
        """);

    [Theory]
    [InlineData("if (!p.{|TW5003:WaitForExit(500)|}) p.Kill(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("p.{|TW5003:WaitForExit()|}; if (p.ExitCode != 0) Use(p.StandardError.ReadToEnd());")]
    [InlineData("p.{|TW5003:WaitForExit()|}; Use(p.StandardOutput.ReadLine());")]
    [InlineData("p.{|TW5003:WaitForExit()|}; var r = p.StandardOutput; Use(r.ReadToEnd());")]
    [InlineData("if (_text == null) p.{|TW5003:WaitForExit()|}; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("Use(p.StandardOutput.ReadToEnd() + p.StandardError.{|TW5003:ReadToEnd()|});")]
    [InlineData("p.{|TW5003:WaitForExit()|}; Use(p.StandardOutput./* all */ReadToEnd());")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW5003ReadInTime>("TW5003", In(code));

    private static string In(string code) => $$"""
        using System.Diagnostics;
        class C
        {
            string? _text;
            async Task M(ProcessStartInfo info)
            {
                using var p = Process.Start(info)!;
                {{code}}
                await Task.Yield();
            }
            static void Use(object? o) { }
        }
        """;
}

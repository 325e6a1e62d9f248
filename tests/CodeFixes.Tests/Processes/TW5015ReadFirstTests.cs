using System.Threading.Tasks;
using Threadwise.CodeFixes.Processes;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Processes;

public class TW5015ReadFirstTests
{
    [Theory]
    [InlineData("p.StandardInput.{|TW5015:Write(text)|}; p.StandardInput.Close(); Use(await p.StandardOutput.ReadToEndAsync());",
        "var outputTask = p.StandardOutput.ReadToEndAsync();\n        p.StandardInput.Write(text); p.StandardInput.Close(); Use(await outputTask);")]
    [InlineData("p.StandardInput.{|TW5015:Write(text)|}; p.StandardInput.Close(); var s = p.StandardOutput.ReadToEnd();",
        "var outputTask = p.StandardOutput.ReadToEndAsync();\n        p.StandardInput.Write(text); p.StandardInput.Close(); var s = await outputTask;")]
    [InlineData("foreach (var line in text.Split('\\n')) { p.StandardInput.{|TW5015:WriteLine(line)|}; } p.StandardInput.Close(); Use(p.StandardError.ReadToEnd());",
        "var errorTask = p.StandardError.ReadToEndAsync();\n        foreach (var line in text.Split('\\n')) { p.StandardInput.WriteLine(line); } p.StandardInput.Close(); Use(await errorTask);")]
    [InlineData("p.StandardInput.{|TW5015:Write(text)|}; p.StandardInput.Close(); var e = p.StandardError.ReadToEndAsync(); Use(await p.StandardOutput.ReadToEndAsync()); Use(await e);",
        "var errorTask = p.StandardError.ReadToEndAsync();\n        var outputTask = p.StandardOutput.ReadToEndAsync();\n        p.StandardInput.Write(text); p.StandardInput.Close(); var e = errorTask; Use(await outputTask); Use(await e);")]
    public Task The_reads_begin_first(string before, string after) => Verify.Fix<TW5015ReadFirst>("TW5015", In(before), In(after));

    [Fact]
    public Task Without_await_and_on_lines_of_their_own() => Verify.Fix<TW5015ReadFirst>("TW5015", """
        using System.Diagnostics;
        public class C
        {
            public string M(ProcessStartInfo info, string text)
            {
                using var p = Process.Start(info)!;

                // all of it
                using (var writer = p.StandardInput)
                {
                    writer.{|TW5015:Write(text)|};
                }

                return p.StandardOutput.ReadToEnd();
            }
        }
        """, """
        using System.Diagnostics;
        public class C
        {
            public string M(ProcessStartInfo info, string text)
            {
                using var p = Process.Start(info)!;

                var outputTask = p.StandardOutput.ReadToEndAsync();
                // all of it
                using (var writer = p.StandardInput)
                {
                    writer.Write(text);
                }

                return outputTask.GetAwaiter().GetResult();
            }
        }
        """);

    [Theory]
    [InlineData("p.StandardInput.{|TW5015:Write(text)|}; p.StandardInput.Close(); var r = p.StandardOutput; Use(r.ReadToEnd());")]
    [InlineData("p.StandardInput.{|TW5015:Write(text)|}; p.StandardInput.Close(); Use(p.StandardOutput.ReadLine());")]
    [InlineData("p.StandardInput.{|TW5015:Write(text)|}; p.StandardInput.Close(); p.BeginOutputReadLine();")]
    [InlineData("p.StandardInput.{|TW5015:Write(text)|}; p.StandardInput.Close(); if (text != \"\") Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("p.StandardInput.{|TW5015:Write(text)|}; p.StandardInput.Close(); Use(p.StandardOutput./* all */ReadToEnd());")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW5015ReadFirst>("TW5015", In(code));

    private static string In(string code) => $$"""
        using System.Diagnostics;
        public class C
        {
            public async Task M(ProcessStartInfo info, string text)
            {
                await Task.Yield();
                var p = Process.Start(info)!;
                {{code}}
            }
            static void Use(object? o) { }
        }
        """;
}

using System.Threading.Tasks;
using Threadwise.CodeFixes.Processes;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Processes;

public class TW5012BeginReadingTests
{
    [Theory]
    [InlineData("var p = new Process { StartInfo = { RedirectStandardOutput = true } }; p.{|TW5012:OutputDataReceived|} += OnLine; p.Start(); p.WaitForExit();",
        "var p = new Process { StartInfo = { RedirectStandardOutput = true } }; p.OutputDataReceived += OnLine; p.Start(); p.BeginOutputReadLine(); p.WaitForExit();")]
    [InlineData("var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardError = true })!; p.{|TW5012:ErrorDataReceived|} += OnLine; p.WaitForExit();",
        "var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardError = true })!; p.ErrorDataReceived += OnLine; p.BeginErrorReadLine(); p.WaitForExit();")]
    public Task The_reading_begins(string before, string after) => Verify.Fix<TW5012BeginReading>("TW5012", In(before), In(after));

    [Theory]
    [InlineData("var p = new Process { StartInfo = { RedirectStandardOutput = true } }; p.Start(); p.{|TW5012:BeginOutputReadLine()|};")]
    [InlineData("var p = new Process { StartInfo = { RedirectStandardOutput = true } }; {|TW5012:Listen(p)|}; p.Start();")]
    [InlineData("var p = new Process { StartInfo = { RedirectStandardOutput = true } }; p.{|TW5012:OutputDataReceived|} += OnLine; if (p.Start()) p.WaitForExit();")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW5012BeginReading>("TW5012", In(code));

    private static string In(string code) => $$"""
        using System.Diagnostics;
        class C
        {
            void M()
            {
                {{code}}
            }
            static void OnLine(object sender, DataReceivedEventArgs e) { }
            static void Listen(Process p) => p.OutputDataReceived += OnLine;
        }
        """;
}

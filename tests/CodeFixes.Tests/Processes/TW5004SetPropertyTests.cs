using System.Threading.Tasks;
using Threadwise.CodeFixes.Processes;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Processes;

public class TW5004SetPropertyTests
{
    [Theory]
    [InlineData("var p = Process.Start(\"x\")!; Use(p.{|TW5004:StandardOutput|}.ReadToEnd());", "var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })!; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = System.Diagnostics.Process.Start(\"x\", \"y\")!; Use(p.{|TW5004:StandardError|}.ReadToEnd());", "var p = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(\"x\", \"y\") { RedirectStandardError = true })!; Use(p.StandardError.ReadToEnd());")]
    [InlineData("var p = Process.Start(new ProcessStartInfo(\"x\"))!; Use(p.{|TW5004:StandardOutput|}.ReadToEnd());", "var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })!; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(new ProcessStartInfo { FileName = \"x\" })!; Use(p.{|TW5004:StandardOutput|}.ReadToEnd());", "var p = Process.Start(new ProcessStartInfo { FileName = \"x\", RedirectStandardOutput = true })!; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(new ProcessStartInfo(\"x\") { })!; Use(p.{|TW5004:StandardOutput|}.ReadToEnd());", "var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })!; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = false })!; Use(p.{|TW5004:StandardOutput|}.ReadToEnd());", "var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })!; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var info = new ProcessStartInfo(\"x\"); var p = Process.Start(info)!; Use(p.{|TW5004:StandardOutput|}.ReadToEnd());", "var info = new ProcessStartInfo(\"x\"); info.RedirectStandardOutput = true; var p = Process.Start(info)!; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = new Process(); p.StartInfo.FileName = \"x\"; p.Start(); Use(p.{|TW5004:StandardOutput|}.ReadToEnd());", "var p = new Process(); p.StartInfo.FileName = \"x\"; p.StartInfo.RedirectStandardOutput = true; p.Start(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(\"x\")!; p.{|TW5004:StandardInput|}.Close(); Use(p.{|TW5004:StandardOutput|}.ReadToEnd());", "var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardInput = true, RedirectStandardOutput = true })!; p.StandardInput.Close(); Use(p.StandardOutput.ReadToEnd());")]
    public Task The_stream_is_redirected(string before, string after) => Verify.Fix<TW5004SetProperty>("TW5004", In(before), In(after));

    [Theory]
    [InlineData("Process.Start(new ProcessStartInfo(\"x\") { {|TW5004:UseShellExecute|} = true, RedirectStandardOutput = true })!.StandardOutput.ReadToEnd();", "Process.Start(new ProcessStartInfo(\"x\") { UseShellExecute = false, RedirectStandardOutput = true })!.StandardOutput.ReadToEnd();")]
    [InlineData("var info = new ProcessStartInfo(\"x\") { RedirectStandardOutput = true }; info.{|TW5004:UseShellExecute|} = true /* open */; Process.Start(info)!.StandardOutput.ReadToEnd();", "var info = new ProcessStartInfo(\"x\") { RedirectStandardOutput = true }; info.UseShellExecute = false /* open */; Process.Start(info)!.StandardOutput.ReadToEnd();")]
    public Task The_shell_is_left_out(string before, string after) => Verify.Fix<TW5004SetProperty>("TW5004", In(before), In(after));

    [Theory]
    [InlineData("var p = new Process(); p.{|TW5004:Exited|} += (_, _) => Use(1); p.Start();", "var p = new Process(); p.Exited += (_, _) => Use(1); p.EnableRaisingEvents = true; p.Start();")]
    [InlineData("var p = new Process { EnableRaisingEvents = false }; p.{|TW5004:Exited|} += (_, _) => Use(1); p.Start();", "var p = new Process { EnableRaisingEvents = true }; p.Exited += (_, _) => Use(1); p.Start();")]
    public Task The_event_is_raised(string before, string after) => Verify.Fix<TW5004SetProperty>("TW5004", In(before), In(after));

    [Theory]
    [InlineData("Process.Start(new ProcessStartInfo(\"x\") { {|TW5004:RedirectStandardError|} = true })!.StandardError.ReadToEnd();", "Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardError = true, UseShellExecute = false })!.StandardError.ReadToEnd();")]
    [InlineData("var p = new Process(); p.StartInfo.{|TW5004:RedirectStandardOutput|} = true; p.Start(); Use(p.StandardOutput.ReadToEnd());", "var p = new Process(); p.StartInfo.RedirectStandardOutput = true; p.StartInfo.UseShellExecute = false; p.Start(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(\"x\"); Use(p.{|TW5004:StandardOutput|}.ReadToEnd());", "var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true, UseShellExecute = false }); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = new Process(); p.Start(); Use(p.{|TW5004:StandardOutput|}.ReadToEnd());", "var p = new Process(); p.StartInfo.RedirectStandardOutput = true; p.StartInfo.UseShellExecute = false; p.Start(); Use(p.StandardOutput.ReadToEnd());")]
    public Task Shell_by_default(string before, string after) =>
        Verify.Fix<TW5004SetProperty>("TW5004", In(before), In(after), configure: static test => test.References = Frameworks.NetFramework48);

    [Fact]
    public Task On_lines_of_their_own() => Verify.Fix<TW5004SetProperty>("TW5004", """
        using System.Diagnostics;
        class C
        {
            void M(string name)
            {
                // the child
                using var p = Process.Start(new ProcessStartInfo
                {
                    FileName = name,
                    Arguments = "-v" // talk
                })!;
                Use(p.{|TW5004:StandardOutput|}.ReadToEnd());
            }

            void N(string name)
            {
                using var p = Process.Start(new ProcessStartInfo
                {
                    FileName = name, // its name
                })!;
                Use(p.{|TW5004:StandardOutput|}.ReadToEnd());
            }

            void O(string name)
            {
                var p = new Process { StartInfo = { FileName = name } };
                p.{|TW5004:Exited|} += (_, _) => Use(1); // at last

                // go
                p.Start();
                Use(p.{|TW5004:StandardOutput|}.ReadToEnd());
            }
            static void Use(object? o) { }
        }
        """, """
        using System.Diagnostics;
        class C
        {
            void M(string name)
            {
                // the child
                using var p = Process.Start(new ProcessStartInfo
                {
                    FileName = name,
                    Arguments = "-v", // talk
                    RedirectStandardOutput = true
                })!;
                Use(p.StandardOutput.ReadToEnd());
            }

            void N(string name)
            {
                using var p = Process.Start(new ProcessStartInfo
                {
                    FileName = name, // its name
                    RedirectStandardOutput = true,
                })!;
                Use(p.StandardOutput.ReadToEnd());
            }

            void O(string name)
            {
                var p = new Process { StartInfo = { FileName = name } };
                p.Exited += (_, _) => Use(1); // at last
                p.EnableRaisingEvents = true;

                p.StartInfo.RedirectStandardOutput = true;
                // go
                p.Start();
                Use(p.StandardOutput.ReadToEnd());
            }
            static void Use(object? o) { }
        }
        """);

    [Theory]
    [InlineData("var p = Process.Start(Plain())!; Use(p.{|TW5004:StandardOutput|}.ReadToEnd());")]
    [InlineData("var p = Process.Start(\"x\")!; p.WaitForExit(); Use(p.{|TW5004:StandardOutput|}.ReadToEnd());")]
    [InlineData("var p = new Process(); {|TW5004:Listen(p)|}; p.Start();")]
    [InlineData("Process.Start(new ProcessStartInfo(\"x\") { {|TW5004:UseShellExecute|} = true, RedirectStandardOutput = true });")]
    [InlineData("const bool On = true; Process.Start(new ProcessStartInfo(\"x\") { {|TW5004:UseShellExecute|} = On, RedirectStandardOutput = true });")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW5004SetProperty>("TW5004", In(code));

    private static string In(string code) => $$"""
        using System.Diagnostics;
        class C
        {
            void M()
            {
                {{code}}
            }
            static void Use(object? o) { }
            static void Listen(Process p) { p.Exited += (_, _) => Use(1); }
            static ProcessStartInfo Plain() => new("x");
        }
        """;
}

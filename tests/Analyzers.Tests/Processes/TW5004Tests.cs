using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Processes;

public class TW5004Tests
{
    [Theory]
    [InlineData("var p = Process.Start(\"x\"); Use(p.{|TW5004:StandardOutput|}.ReadToEnd());")]
    [InlineData("using var p = Process.Start(\"x\", \"y\")!; Use(p.{|TW5004:StandardError|}.ReadToEnd()); p.WaitForExit();")]
    [InlineData("var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })!; Use(p.StandardOutput.ReadToEnd()); Use(p.{|TW5004:StandardError|}.ReadToEnd());")]
    [InlineData("var p = new Process { StartInfo = { FileName = \"x\" } }; p.OutputDataReceived += (_, e) => Use(e.Data); p.Start(); p.{|TW5004:BeginOutputReadLine()|}; p.WaitForExit();")]
    [InlineData("var p = new Process(); p.StartInfo.FileName = \"x\"; p.StartInfo.RedirectStandardOutput = false; p.Start(); Use(p.{|TW5004:StandardOutput|}.ReadLine());")]
    [InlineData("var made = new ProcessStartInfo(\"x\") { RedirectStandardOutput = true }; using var p = Process.Start(made)!; p.{|TW5004:StandardInput|}.WriteLine(1); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(\"x\")!; var reader = p.{|TW5004:StandardOutput|}; Use(reader.ReadToEnd());")]
    [InlineData("var p = Process.Start(\"x\")!; p.WaitForExit(); Use(p.{|TW5004:StandardOutput|}.ReadToEnd());")]
    [InlineData("Process? p = null; try { p = Process.Start(\"x\")!; Use(p.{|TW5004:StandardOutput|}.ReadToEnd()); } finally { p?.Dispose(); }")]
    [InlineData("var p = Process.Start(Plain())!; Task.Run(() => p.{|TW5004:StandardOutput|}.ReadToEnd()); p.WaitForExit();")]
    [InlineData("foreach (var name in new[] { \"x\", \"y\" }) { using var p = Process.Start(name)!; if (flag) Use(p.{|TW5004:StandardOutput|}.ReadToEnd()); else Use(p.StandardOutput.ReadLine()); }")]
    [InlineData("var p = Process.Start(\"x\")!; Use({|TW5004:Text(p)|});")]
    [InlineData("var p = Process.Start(\"x\")!; {|TW5004:Outer(p)|}; p.WaitForExit();")]
    public Task A_stream_that_is_not_redirected(string code) => In(code);

    [Theory]
    [InlineData("var p = Process.Start(new ProcessStartInfo(\"x\") { {|TW5004:UseShellExecute|} = true, RedirectStandardOutput = true })!; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var made = new ProcessStartInfo(\"x\") { RedirectStandardOutput = true }; made.{|TW5004:UseShellExecute|} = true; using var p = Process.Start(made)!; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = new Process(); p.StartInfo.{|TW5004:UseShellExecute|} = true; p.StartInfo.RedirectStandardInput = true; p.Start(); p.StandardInput.Close();")]
    [InlineData("Kept = Process.Start(new ProcessStartInfo(\"x\") { {|TW5004:UseShellExecute|} = true, RedirectStandardError = true });")]
    [InlineData("var made = new ProcessStartInfo(\"x\") { {|TW5004:UseShellExecute|} = true, RedirectStandardOutput = true }; Watch(Process.Start(made)!);")]
    [InlineData("var p = Process.Start(new ProcessStartInfo(\"x\") { {|TW5004:UseShellExecute|} = true, RedirectStandardOutput = true })!; p.WaitForExit();")]
    [InlineData("var made = new ProcessStartInfo(\"x\"); made.RedirectStandardOutput = true; made.{|TW5004:UseShellExecute|} = true; Process.Start(made)!.WaitForExit();")]
    public Task A_redirection_through_the_shell(string code) => In(code);

    [Theory]
    [InlineData("var p = new Process { StartInfo = info }; p.{|TW5004:Exited|} += (_, _) => Use(1); p.Start();")]
    [InlineData("var p = Process.Start(info)!; p.{|TW5004:Exited|} += OnExit; p.WaitForExit();")]
    [InlineData("var p = new Process { StartInfo = info, EnableRaisingEvents = false }; p.{|TW5004:Exited|} += OnExit; p.Start();")]
    [InlineData("var done = new TaskCompletionSource(); var p = new Process { StartInfo = info }; p.{|TW5004:Exited|} += (_, _) => done.SetResult(); p.Start(); done.Task.Wait();")]
    [InlineData("var p = new Process { StartInfo = info }; p.{|TW5004:Exited|} += (_, _) => Use(p.ExitCode); p.Start(); p.WaitForExit();")]
    [InlineData("var p = new Process { StartInfo = info }; {|TW5004:Listen(p)|}; p.Start(); p.WaitForExit();")]
    [InlineData("var p = new Process { StartInfo = info }; p.{|TW5004:Exited|} += OnExit; p.Exited += (_, _) => Use(p.ExitCode); if (flag) p.Start();")]
    public Task A_handler_of_the_exit_that_is_never_called(string code) => In(code);

    [Theory]
    [InlineData("var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })!; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = flag })!; if (flag) Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var made = new ProcessStartInfo(\"x\"); if (flag) made.RedirectStandardOutput = true; var p = Process.Start(made)!; if (flag) Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = new Process { StartInfo = info }; p.Start(); if (p.StartInfo.RedirectStandardOutput) Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(Kept!.StartInfo)!; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = new Process { StartInfo = Kept!.StartInfo }; p.Start(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = new Process(); p.StartInfo = Kept!.StartInfo; p.Start(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(Redirected(\"x\"))!; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var made = new ProcessStartInfo(\"x\"); Redirect(made); var p = Process.Start(made)!; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = new Process(); SetUp(p); p.Start(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = new Process(); p.StartInfo = Redirected(\"x\"); p.Start(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(\"x\")!; Watch(p); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(\"x\")!; Kept = p; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(\"x\")!; try { Use(p.StandardOutput.ReadToEnd()); } catch (InvalidOperationException) { Use(null); }")]
    [InlineData("var p = Process.Start(\"x\")!; try { Use(p.StandardOutput.ReadToEnd()); } catch { Use(null); }")]
    [InlineData("try { var p = Process.Start(\"x\")!; Use(p.StandardOutput.ReadToEnd()); } catch (InvalidOperationException) { Use(null); }")]
    [InlineData("var p = Process.Start(\"x\")!; Throws<InvalidOperationException>(() => p.StandardOutput.ReadToEnd());")]
    [InlineData("Throws<InvalidOperationException>(() => Process.Start(new ProcessStartInfo(\"x\") { UseShellExecute = true, RedirectStandardOutput = true }));")]
    [InlineData("var p = Process.Start(\"x\")!; Use(nameof(p.StandardOutput)); p.WaitForExit();")]
    [InlineData("var p = new Process(); Use(p.StandardOutput.ReadToEnd());")]
    public Task Streams_that_are_or_may_be_redirected(string code) => In(code);

    [Theory]
    [InlineData("Process.Start(new ProcessStartInfo(\"https://a\") { UseShellExecute = true });")]
    [InlineData("var p = Process.Start(new ProcessStartInfo(\"x\") { UseShellExecute = false, RedirectStandardOutput = true })!; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var made = new ProcessStartInfo(\"x\") { UseShellExecute = true, RedirectStandardOutput = true }; made.UseShellExecute = false; using var p = Process.Start(made)!; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var made = new ProcessStartInfo(\"x\") { UseShellExecute = true, RedirectStandardOutput = true }; made.RedirectStandardOutput = false; using var p = Process.Start(made)!;")]
    [InlineData("Process.Start(new ProcessStartInfo(\"x\") { UseShellExecute = flag, RedirectStandardOutput = !flag });")]
    [InlineData("var made = new ProcessStartInfo(\"x\") { RedirectStandardOutput = true }; if (OperatingSystem.IsWindows()) made.UseShellExecute = true; Process.Start(made)!.StandardOutput.ReadToEnd();")]
    [InlineData("var made = new ProcessStartInfo(\"x\") { UseShellExecute = true }; if (flag) { made.UseShellExecute = false; made.RedirectStandardOutput = true; } Process.Start(made)!.StandardOutput.ReadToEnd();")]
    [InlineData("var made = new ProcessStartInfo(\"x\") { UseShellExecute = true, RedirectStandardOutput = true }; Redirect(made); Process.Start(made)!.StandardOutput.ReadToEnd();")]
    [InlineData("info.UseShellExecute = true; info.RedirectStandardOutput = true; Process.Start(info);")]
    public Task Starts_through_the_shell_or_not(string code) => In(code);

    [Theory]
    [InlineData("var p = new Process { StartInfo = info, EnableRaisingEvents = true }; p.Exited += OnExit; p.Start();")]
    [InlineData("var p = Process.Start(info)!; p.EnableRaisingEvents = true; p.Exited += OnExit;")]
    [InlineData("var p = Process.Start(info)!; p.Exited += OnExit; p.EnableRaisingEvents = true;")]
    [InlineData("var p = Process.Start(info)!; p.Exited += OnExit; p.EnableRaisingEvents = flag;")]
    [InlineData("var p = Process.Start(info)!; if (flag) { p.EnableRaisingEvents = true; } p.Exited += OnExit;")]
    [InlineData("var p = new Process { StartInfo = info }; Raise(p); p.Exited += OnExit; p.Start();")]
    [InlineData("var p = new Process { StartInfo = info }; Watch(p); p.Exited += OnExit; p.Start();")]
    [InlineData("var p = new Process { StartInfo = info }; p.Exited -= OnExit; p.Start();")]
    [InlineData("var p = new Process { StartInfo = info }; p.Exited += OnExit; p.Start(); p.WaitForExit(); Use(p.ExitCode);")]
    [InlineData("var p = new Process { StartInfo = info }; p.Exited += (_, _) => Use(p.ExitCode); p.Start(); while (!p.HasExited) Thread.Sleep(10);")]
    [InlineData("var p = new Process { StartInfo = info }; p.Exited += OnExit; p.Start(); p.WaitForExitAsync().Wait();")]
    [InlineData("var all = new List<Process>(); for (var i = 0; i < 2; i++) { var p = new Process { StartInfo = info }; all.Add(p); p.Exited += (_, _) => Use(p.ExitCode); p.Start(); } foreach (var p in all) { p.WaitForExit(); Use(p.ExitCode); p.Dispose(); }")]
    [InlineData("var p = new Process { StartInfo = info }; p.Exited += OnExit; Kept = p;")]
    [InlineData("var p = new Process { StartInfo = info }; p.Disposed += OnExit; p.Start();")]
    public Task Handlers_of_the_exit(string code) => In(code);

    [Theory]
    [InlineData("Kept = new Process(); Kept.Start(); Use(Kept.{|TW5004:StandardOutput|}.ReadToEnd());")]
    [InlineData("Use(Process.Start(\"x\")!.{|TW5004:StandardOutput|}.ReadToEnd());")]
    public Task Without_a_local(string code) => In(code);

    /// <summary>The shell is the default on .NET Framework, and a library for .NET Standard may run on either.</summary>
    [Theory]
    [InlineData("Process.Start(new ProcessStartInfo(\"x\") { {|TW5004:RedirectStandardOutput|} = true });", 0)]
    [InlineData("var p = new Process(); p.StartInfo.{|TW5004:RedirectStandardOutput|} = true; p.Start(); p.StandardOutput.ReadToEnd();", 0)]
    [InlineData("Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true, UseShellExecute = false })!.StandardOutput.ReadToEnd();", 0)]
    [InlineData("Process.Start(new ProcessStartInfo(\"x\"));", 0)]
    [InlineData("Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })!.StandardOutput.ReadToEnd();", 1)]
    [InlineData("Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })!.StandardOutput.ReadToEnd();", 2)]
    public Task Frameworks_differ(string code, int framework) => Verify.Rule("TW5004", $$"""
        using System.Diagnostics;
        class C
        {
            void M()
            {
                {{code}}
            }
        }
        """, test => test.References = framework == 0 ? Frameworks.NetFramework48 : framework == 1 ? Frameworks.NetStandard20 : Frameworks.Net80);

    /// <summary>The read throws, so nothing is stuck (TW5003); the start throws, so nothing fills the pipe (TW5011).</summary>
    [Theory]
    [InlineData("TW5003", "var p = Process.Start(\"x\")!; p.WaitForExit(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("TW5003", "var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })!; Use(p.StandardOutput.ReadToEnd()); Use(p.StandardError.ReadToEnd());")]
    [InlineData("TW5003", "var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })!; p.{|TW5003:WaitForExit()|}; Use(p.StandardOutput.ReadToEnd()); Use(p.StandardError.ReadToEnd());")]
    [InlineData("TW5011", "var p = Process.Start(new ProcessStartInfo(\"x\") { {|TW5004:UseShellExecute|} = true, RedirectStandardOutput = true })!; p.WaitForExit();")]
    public Task Speaks_before_others(string rule, string code) => Verify.Rule(rule, Around(code));

    [Theory]
    [InlineData("Kept = Process.Start(\"x\")!; Use(Kept.{|TW5004:StandardOutput|}.ReadToEnd());")]
    [InlineData("var ps = new[] { \"a\", \"b\" }.Select(n => Process.Start(n)!).ToList(); foreach (var p in ps) Use(p.{|TW5004:StandardOutput|}.ReadToEnd());")]
    public Task In_fields_and_lists(string code) => In(code);

    private static Task In(string code) => Verify.Rule("TW5004", Around(code));

    private static string Around(string code) => $$"""
        using System.Diagnostics;
        static class Elsewhere { public static readonly List<Process> All = []; }
        class C
        {
            private Process? Kept;
            void M(ProcessStartInfo info, bool flag)
            {
                {{code}}
            }
            static void Use(object? o) { }
            static void OnExit(object? sender, EventArgs e) { }
            static ProcessStartInfo Plain() => new("x");
            static ProcessStartInfo Redirected(string name)
            {
                var info = new ProcessStartInfo(name);
                info.RedirectStandardOutput = true;
                return info;
            }
            static void Redirect(ProcessStartInfo info) { info.RedirectStandardOutput = true; info.UseShellExecute = false; }
            static void SetUp(Process p) { p.StartInfo.RedirectStandardOutput = true; }
            static void Raise(Process p) { p.EnableRaisingEvents = true; }
            static void Listen(Process p) { p.Exited += OnExit; }
            static void Watch(Process p) => Elsewhere.All.Add(p);
            static string Text(Process p) => p.StandardOutput.ReadToEnd();
            static void Outer(Process child) { Use(Text(child)); }
            static void Throws<T>(Func<object?> code) where T : Exception { }
        }
        """;
}

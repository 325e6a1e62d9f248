using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Processes;

public class TW5012Tests
{
    [Theory]
    [InlineData("var p = Process.Start(info)!; p.{|TW5012:BeginOutputReadLine()|}; p.WaitForExit();")]
    [InlineData("using var p = new Process { StartInfo = info }; p.Start(); p.{|TW5012:BeginErrorReadLine()|}; p.WaitForExit();")]
    [InlineData("using var p = new Process { StartInfo = info }; p.ErrorDataReceived += (_, e) => Use(e.Data); p.Start(); p.{|TW5012:BeginOutputReadLine()|}; p.BeginErrorReadLine(); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; {|TW5012:Begin(p)|}; p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; p.EnableRaisingEvents = true; p.Exited += (_, _) => Use(1); p.{|TW5012:BeginOutputReadLine()|};")]
    [InlineData("foreach (var i in new[] { info }) { var p = Process.Start(i)!; if (flag) p.{|TW5012:BeginOutputReadLine()|}; p.WaitForExit(); }")]
    public Task Lines_for_nobody(string code) => In(code);

    [Theory]
    [InlineData("var p = new Process { StartInfo = { RedirectStandardOutput = true } }; p.{|TW5012:OutputDataReceived|} += (_, e) => Use(e.Data); p.Start(); p.WaitForExit();")]
    [InlineData("var p = new Process(); p.StartInfo.RedirectStandardError = true; p.{|TW5012:ErrorDataReceived|} += OnLine; p.Start(); p.WaitForExit();")]
    [InlineData("var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })!; p.{|TW5012:OutputDataReceived|} += OnLine; p.WaitForExit();")]
    [InlineData("var p = new Process { StartInfo = { RedirectStandardOutput = true, RedirectStandardError = true } }; p.OutputDataReceived += OnLine; p.{|TW5012:ErrorDataReceived|} += OnLine; p.Start(); p.BeginOutputReadLine(); p.WaitForExit();")]
    [InlineData("var p = new Process { StartInfo = { RedirectStandardOutput = true } }; {|TW5012:Listen(p)|}; p.Start(); p.WaitForExit();")]
    [InlineData("var p = new Process { StartInfo = { RedirectStandardOutput = true, RedirectStandardError = true } }; p.{|TW5012:OutputDataReceived|} += OnLine; p.{|TW5011:Start()|}; p.WaitForExit();")]
    [InlineData("_kept = new Process { StartInfo = { RedirectStandardOutput = true } }; _kept.{|TW5012:OutputDataReceived|} += OnLine; _kept.Start(); _kept.WaitForExit();")]
    [InlineData("var ps = new List<Process>(); foreach (var i in new[] { 1, 2 }) { var p = new Process { StartInfo = { RedirectStandardOutput = true } }; p.{|TW5012:OutputDataReceived|} += OnLine; p.Start(); ps.Add(p); } foreach (var p in ps) p.WaitForExit();")]
    public Task A_handler_that_nothing_feeds(string code) => In(code);

    [Theory]
    [InlineData("var p = new Process { StartInfo = info }; p.OutputDataReceived += OnLine; p.Start(); p.BeginOutputReadLine(); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; p.BeginOutputReadLine(); p.OutputDataReceived += OnLine; p.WaitForExit();")]
    [InlineData("var p = new Process { StartInfo = info }; if (flag) p.OutputDataReceived += OnLine; p.Start(); p.BeginOutputReadLine();")]
    [InlineData("var p = new Process { StartInfo = info }; Listen(p); p.Start(); p.BeginOutputReadLine();")]
    [InlineData("var p = new Process { StartInfo = info }; p.OutputDataReceived += OnLine; p.Start(); Begin(p);")]
    [InlineData("var p = new Process { StartInfo = info }; Watcher.Watch(p); p.Start(); p.BeginOutputReadLine();")]
    [InlineData("var p = Watcher.Start(info); p.BeginOutputReadLine();")]
    [InlineData("var p = new Process { StartInfo = info }; p.OutputDataReceived += OnLine; p.Start(); p.WaitForExit();")]
    [InlineData("var p = new Process { StartInfo = { RedirectStandardOutput = true } }; p.OutputDataReceived += OnLine; Watcher.Watch(p); p.Start();")]
    [InlineData("var p = new Process { StartInfo = { RedirectStandardOutput = true } }; p.OutputDataReceived += OnLine; p.Start(); Task.Run(() => p.BeginOutputReadLine());")]
    [InlineData("var p = new Process { StartInfo = { RedirectStandardOutput = true } }; p.OutputDataReceived += OnLine; p.Start(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = new Process { StartInfo = { RedirectStandardOutput = flag } }; p.OutputDataReceived += OnLine; p.Start(); if (flag) p.BeginOutputReadLine();")]
    [InlineData("var p = new Process { StartInfo = { RedirectStandardOutput = true } }; p.OutputDataReceived += OnLine; _kept = p;")]
    [InlineData("var p = new Process { StartInfo = { RedirectStandardOutput = true } }; p.OutputDataReceived += OnLine;")]
    public Task Innocent(string code) => In(code);

    [Theory]
    [InlineData("var ps = new[] { 1, 2 }.Select(_ => { var p = new Process { StartInfo = info }; p.OutputDataReceived += OnLine; p.Start(); p.BeginOutputReadLine(); return p; }).ToList(); ps.ForEach(p => p.WaitForExit());")]
    [InlineData("var ps = new List<Process>(); foreach (var i in new[] { 1, 2 }) { var p = new Process { StartInfo = info }; p.OutputDataReceived += OnLine; p.Start(); ps.Add(p); } foreach (var p in ps) p.BeginOutputReadLine(); foreach (var p in ps) p.WaitForExit();")]
    [InlineData("_kept = new Process { StartInfo = info }; _kept.ErrorDataReceived += OnLine; _kept.Start(); _kept.BeginErrorReadLine(); _kept.WaitForExit();")]
    [InlineData("var p = new Process { StartInfo = info, EnableRaisingEvents = true }; p.OutputDataReceived += (_, e) => Use(e.Data); p.Exited += (_, _) => Use(1); p.Start(); p.BeginOutputReadLine();")]
    [InlineData("using var p = new Process { StartInfo = info }; DataReceivedEventHandler add = OnLine; p.OutputDataReceived += add; p.Start(); p.BeginOutputReadLine(); p.WaitForExit(); p.OutputDataReceived -= add;")]
    [InlineData("void Hear(Process q) { q.OutputDataReceived += OnLine; q.BeginOutputReadLine(); } var p = Process.Start(info)!; Hear(p); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; try { Listen(p); p.BeginOutputReadLine(); p.WaitForExit(); } finally { p.Dispose(); }")]
    [InlineData("var p = new Process { StartInfo = info }; p.OutputDataReceived += OnLine; p.ErrorDataReceived += OnLine; p.Start(); p.BeginErrorReadLine(); p.BeginOutputReadLine(); p.WaitForExit();")]
    [InlineData("Process? p = null; try { p = new Process { StartInfo = info }; p.OutputDataReceived += OnLine; p.Start(); p.BeginOutputReadLine(); } finally { p?.WaitForExit(); }")]
    public Task Silent_where_both_halves_are_there(string code) => In(code);

    [Theory]
    [InlineData("using var p = Process.Start(new ProcessStartInfo(\"make\") { RedirectStandardError = false })!; p.BeginErrorReadLine(); p.WaitForExit();")]
    [InlineData("using var p = Process.Start(\"make\", \"all\"); p.BeginOutputReadLine(); p.WaitForExit();")]
    public Task Silent_where_the_pipe_is_not_redirected(string code) => In(code);

    [Theory]
    [InlineData("async Task Run() { using var p = Process.Start(info)!; p.{|TW5012:BeginOutputReadLine()|}; await p.WaitForExitAsync(); } _ = Run();")]
    [InlineData("Func<Task> run = async () => { using var p = Process.Start(info)!; p.{|TW5012:BeginErrorReadLine()|}; await p.WaitForExitAsync(); }; run();")]
    public Task Async(string code) => In(code);

    [Theory]
    [InlineData("async Task Run() { using var p = new Process { StartInfo = info }; p.OutputDataReceived += OnLine; p.Start(); p.BeginOutputReadLine(); await p.WaitForExitAsync(); } _ = Run();")]
    [InlineData("Func<Task> run = async () => { using var p = new Process { StartInfo = info }; p.ErrorDataReceived += (_, e) => Use(e.Data); p.Start(); p.BeginErrorReadLine(); await p.WaitForExitAsync(); }; run();")]
    public Task Silent_on_async_waits(string code) => In(code);

    private static Task In(string code) => Verify.Rule("TW5012", $$"""
        using System.Diagnostics;
        static class Watcher
        {
            private static readonly List<Process> s_all = [];
            public static void Watch(Process p) => s_all.Add(p);
            public static Process Start(ProcessStartInfo info) => Process.Start(info)!;
        }
        class C
        {
            private Process? _kept;
            void M(ProcessStartInfo info, bool flag)
            {
                {{code}}
            }
            static void Use(object? o) { }
            static void OnLine(object sender, DataReceivedEventArgs e) => Use(e.Data);
            static void Listen(Process p) => p.OutputDataReceived += OnLine;
            static void Begin(Process p) => p.BeginOutputReadLine();
        }
        """);
}

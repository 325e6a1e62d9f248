using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Processes;

public class TW5011Tests
{
    [Theory]
    [InlineData("Process.{|TW5011:Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })|}?.WaitForExit();")]
    [InlineData("Process.{|TW5011:Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })|};")]
    [InlineData("using (Process.{|TW5011:Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })|}) { }")]
    [InlineData("var info = new ProcessStartInfo(\"x\") { RedirectStandardOutput = true }; var p = Process.{|TW5011:Start(info)|}!; p.WaitForExit();")]
    [InlineData("using var p = Process.{|TW5011:Start(new ProcessStartInfo(\"x\") { RedirectStandardError = true })|}!; p.WaitForExit();")]
    [InlineData("var p = new Process(); p.StartInfo.FileName = \"x\"; p.StartInfo.RedirectStandardOutput = true; p.{|TW5011:Start()|}; p.WaitForExit();")]
    [InlineData("var p = new Process { StartInfo = { FileName = \"x\", RedirectStandardOutput = true } }; p.{|TW5011:Start()|}; p.WaitForExit();")]
    [InlineData("var p = new Process { StartInfo = new() { FileName = \"x\", RedirectStandardOutput = true } }; p.{|TW5011:Start()|}; p.WaitForExit();")]
    [InlineData("ProcessStartInfo info = new(\"x\"); info.RedirectStandardOutput = true; info.RedirectStandardError = true; using var p = new Process { StartInfo = info }; p.{|TW5011:Start()|}; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = new Process(); var info = p.StartInfo; info.RedirectStandardError = true; p.{|TW5011:Start()|}; p.WaitForExit();")]
    [InlineData("var p = Process.{|TW5011:Start(Quiet())|}!; p.WaitForExit();")]
    [InlineData("var p = Process.{|TW5011:Start(Built(\"x\"))|}!; p.WaitForExit(); Use(p.ExitCode);")]
    [InlineData("var info = new ProcessStartInfo(\"x\"); if (flag) info.Arguments = \"-v\"; info.ArgumentList.Add(\"y\"); info.RedirectStandardOutput = true; using (var p = Process.{|TW5011:Start(info)|}) p!.WaitForExit();")]
    [InlineData("var p = Process.{|TW5011:Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })|}!; Task.Run(() => p.WaitForExit());")]
    [InlineData("var p = Process.{|TW5011:Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true, RedirectStandardInput = true })|}!; p.StandardInput.WriteLine(1); Finish(p);")]
    [InlineData("foreach (var x in new[] { 1, 2 }) { var p = Process.{|TW5011:Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })|}!; p.WaitForExit(); }")]
    public Task Redirected_and_not_read(string code) => In(code);

    [Theory]
    [InlineData("var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })!; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })!; Use(p.StandardOutput.ReadLine()); p.WaitForExit();")]
    [InlineData("var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })!; p.{|TW5012:BeginOutputReadLine()|}; p.WaitForExit();")]
    [InlineData("var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })!; Task.Run(() => p.StandardOutput.ReadToEnd()); p.WaitForExit();")]
    [InlineData("var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })!; Pump(p.StandardOutput); p.WaitForExit();")]
    [InlineData("var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })!; Read(p); p.WaitForExit();")]
    [InlineData("var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })!; _kept = p;")]
    [InlineData("var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })!; Others.Add(p);")]
    [InlineData("_kept = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })!; Others.Add(_kept);")]
    [InlineData("var ps = new[] { 1, 2 }.Select(n => Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })!).ToList(); foreach (var p in ps) Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var ps = new List<Process>(); ps.Add(Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })!); GC.KeepAlive(ps);")]
    [InlineData("var info = new ProcessStartInfo(\"x\"); if (flag) Redirect(info); var p = Process.Start(info)!; p.WaitForExit();")]
    [InlineData("var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = false })!; p.WaitForExit();")]
    [InlineData("var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = flag })!; p.WaitForExit();")]
    [InlineData("var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardInput = true })!; p.StandardInput.Close(); p.WaitForExit();")]
    [InlineData("var info = new ProcessStartInfo(\"x\"); if (flag) info.RedirectStandardOutput = true; var p = Process.Start(info)!; p.WaitForExit();")]
    [InlineData("var info = new ProcessStartInfo(\"x\") { RedirectStandardOutput = true }; info.RedirectStandardOutput = false; var p = Process.Start(info)!; p.WaitForExit();")]
    [InlineData("var info = new ProcessStartInfo(\"x\") { RedirectStandardOutput = true }; Change(info); var p = Process.Start(info)!; p.WaitForExit();")]
    [InlineData("var info = new ProcessStartInfo(\"x\") { RedirectStandardOutput = true }; info = Other(); var p = Process.Start(info)!; p.WaitForExit();")]
    [InlineData("var p = Process.Start(Other())!; p.WaitForExit();")]
    [InlineData("var p = Process.Start(\"x\", \"y\"); p.WaitForExit();")]
    [InlineData("var p = new Process(); p.StartInfo = Other(); p.StartInfo.FileName = \"x\"; p.Start(); p.WaitForExit();")]
    [InlineData("var p = new Process(); p.Start(); p.StartInfo.RedirectStandardOutput = true; p.WaitForExit();")]
    [InlineData("var p = new Process(); p.StartInfo.RedirectStandardOutput = true; if (p.StartInfo.RedirectStandardOutput) Use(1); p.Start(); p.WaitForExit();")]
    [InlineData("var p = new Process { StartInfo = { RedirectStandardOutput = true } }; using (var r = flag ? p.StandardOutput : null) { } p.Start();")]
    [InlineData("var p = new Process { StartInfo = { RedirectStandardOutput = true } }; p.WaitForExit();")]
    [InlineData("Process? p = null; if (flag) p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true }); else p = Other2(); p!.WaitForExit();")]
    [InlineData("var p = new Process { StartInfo = { RedirectStandardOutput = true } }; p.Start(); Func<StreamReader> reader = () => p.StandardOutput; Use(reader);")]
    [InlineData("var p = new Process { StartInfo = { RedirectStandardOutput = true } }; p.OutputDataReceived += (_, e) => Use(e.Data); p.Start(); p.BeginOutputReadLine(); p.WaitForExit();")]
    [InlineData("using var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })!; using (p.StandardOutput) { } p.WaitForExit();")]
    [InlineData("using var p = Process.Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })!; p.StandardOutput.Close(); p.WaitForExit();")]
    public Task Innocent(string code) => In(code);

    [Theory]
    [InlineData("_kept = new Process { StartInfo = { RedirectStandardOutput = true } }; _kept.{|TW5011:Start()|}; _kept.WaitForExit();")]
    [InlineData("_kept = Process.{|TW5011:Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })|}!;")]
    [InlineData("var ps = new[] { 1, 2 }.Select(n => Process.{|TW5011:Start(new ProcessStartInfo(\"x\") { RedirectStandardOutput = true })|}!).ToList(); foreach (var p in ps) p.WaitForExit();")]
    [InlineData("List<Process> ps = []; foreach (var n in new[] { 1, 2 }) ps.Add(Process.{|TW5011:Start(Quiet())|}!); ps.ForEach(p => p.WaitForExit());")]
    [InlineData("var info = new ProcessStartInfo(\"x\"); Redirect(info); var p = Process.{|TW5011:Start(info)|}!; p.WaitForExit();")]
    [InlineData("var info = new ProcessStartInfo(\"x\"); Outer(info); var p = Process.{|TW5011:Start(info)|}!; p.WaitForExit();")]
    [InlineData("var p = Process.{|TW5011:Start(Info)|}!; p.WaitForExit();")]
    public Task In_fields_lists_and_helpers(string code) => In(code);

    [Theory]
    [InlineData("async Task Run() { using var p = Process.{|TW5011:Start(Quiet())|}!; await p.WaitForExitAsync(); } _ = Run();")]
    [InlineData("Func<Task> run = async () => { using var p = Process.{|TW5011:Start(new ProcessStartInfo(\"x\") { RedirectStandardError = true })|}!; await p.WaitForExitAsync(); }; run();")]
    [InlineData("var ps = new[] { 1, 2 }.Select(n => Process.{|TW5011:Start(Quiet())|}!).ToList(); ps.ForEach(p => p.WaitForExit());")]
    public Task Async_and_in_queries(string code) => In(code);

    [Theory]
    [InlineData("async Task Run() { using var p = Process.Start(Quiet())!; Use(await p.StandardOutput.ReadToEndAsync()); await p.WaitForExitAsync(); } _ = Run();")]
    [InlineData("async Task Run() { using var p = Process.Start(Quiet())!; var text = p.StandardOutput.ReadToEndAsync(); await p.WaitForExitAsync(); Use(await text); } _ = Run();")]
    [InlineData("var ps = new[] { 1, 2 }.Select(n => Process.Start(Quiet())!).ToList(); ps.ForEach(p => Use(p.StandardOutput.ReadToEnd()));")]
    public Task Silent_on_async_reads_and_queries(string code) => In(code);

    private static Task In(string code) => Verify.Rule("TW5011", $$"""
        using System.Diagnostics;
        static class Others { public static void Add(Process p) { All.Add(p); } static readonly List<Process> All = []; }
        class C
        {
            private Process? _kept;
            void M(bool flag)
            {
                {{code}}
            }
            static void Use(object? o) { }
            static ProcessStartInfo Other() => null!;
            static Process Other2() => null!;
            static void Redirect(ProcessStartInfo info) => info.RedirectStandardOutput = true;
            static void Outer(ProcessStartInfo info) { info.FileName = "y"; Redirect(info); }
            static ProcessStartInfo Info => new("x") { RedirectStandardError = true };
            static void Change(ProcessStartInfo info) => info.RedirectStandardOutput = false;
            static ProcessStartInfo Quiet() => new("x") { RedirectStandardOutput = true };
            static ProcessStartInfo Built(string name)
            {
                var info = new ProcessStartInfo(name);
                info.RedirectStandardError = true;
                return info;
            }
            static async void Pump(TextReader r) { await r.ReadToEndAsync(); }
            static string Read(Process p) => p.StandardOutput.ReadToEnd();
            static void Finish(Process p) { p.StandardInput.Close(); p.WaitForExit(); }
        }
        """);
}

using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Processes;

public class TW5001Tests
{
    [Theory]
    [InlineData("var to = Path.ChangeExtension(path, \".o\"); Process.{|TW5001:Start(\"cc\", $\"-o {to} {path}\")|}; return File.ReadAllBytes(to);")]
    [InlineData("var to = Path.GetTempFileName(); using var p = Process.{|TW5001:Start(new ProcessStartInfo(\"tool\", to))|}!; return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); var info = new ProcessStartInfo(\"tool\"); info.ArgumentList.Add(to); using (Process.{|TW5001:Start(info)|}) { } using var r = new StreamReader(to); return r.ReadToEnd();")]
    [InlineData("var to = Path.GetTempFileName(); var p = new Process { StartInfo = { FileName = \"tool\", Arguments = \"-o \" + to } }; p.{|TW5001:Start()|}; p.Dispose(); Console.WriteLine(\"done\"); return File.OpenRead(to);")]
    [InlineData("Process.{|TW5001:Start(\"tool\", \"-o out.txt\")|}; return File.ReadAllLines(\"out.txt\");")]
    [InlineData("var input = Path.GetTempFileName(); File.WriteAllText(input, \"x\"); Process.{|TW5001:Start(\"tool\", input)|}?.Dispose(); File.Delete(input);")]
    [InlineData("Process.{|TW5001:Start(\"tool\", path)|}; File.Delete(path);")]
    [InlineData("_ = Process.{|TW5001:Start(\"tool\", path)|}; if (flag) File.Move(path, \"done\");")]
    [InlineData("var to = Path.Combine(path, \"x.pdf\"); var args = $\"--to {to}\"; var p = Process.{|TW5001:Start(new ProcessStartInfo { FileName = \"tool\", Arguments = args })|}; File.Copy(to, \"y.pdf\");")]
    [InlineData("using var p = Process.{|TW5001:Start(\"tool\", path)|}!; Console.WriteLine(p.ProcessName); File.Delete(path);")]
    [InlineData("Process.{|TW5001:Start(\"zip\", \"-r all.zip \" + path)|}; Directory.Delete(path, true);")]
    public Task Its_file_is_used(string code) => In(code);

    [Theory]
    [InlineData("foreach (var file in new[] { \"a\", \"b\" }) Process.{|TW5001:Start(\"convert\", file)|};")]
    [InlineData("foreach (var file in new List<string> { path, \"b\" }) { using var p = Process.{|TW5001:Start(new ProcessStartInfo(\"convert\") { ArgumentList = { \"-x\", file } })|}; }")]
    [InlineData("foreach (var file in new[] { path }) { var args = \"-i \" + file; Process.{|TW5001:Start(\"convert\", args)|}?.Dispose(); }")]
    [InlineData("foreach (var file in new[] { \"a\", \"b\" }) { var p = new Process(); p.StartInfo.FileName = \"convert\"; p.StartInfo.Arguments = file; p.{|TW5001:Start()|}; }")]
    [InlineData("foreach (var file in new[] { \"a\", \"b\" }) new Process { StartInfo = { FileName = \"convert\", Arguments = file } }.{|TW5001:Start()|};")]
    [InlineData("foreach (var file in files) { Process.{|TW5001:Start(\"convert\", file)|}; Outer(null!); }")]
    public Task One_for_each_element(string code) => In(code);

    [Theory]
    [InlineData("using var p = new Process { StartInfo = { RedirectStandardOutput = true } }; p.OutputDataReceived += (_, e) => Use(e.Data); p.{|TW5001:Start()|}; p.BeginOutputReadLine();")]
    [InlineData("using (var p = new Process { StartInfo = new(\"x\") { RedirectStandardError = true } }) { p.ErrorDataReceived += (_, e) => Use(e.Data); p.{|TW5001:Start()|}; p.BeginErrorReadLine(); Console.WriteLine(\"started\"); }")]
    public Task Its_lines_are_cut_off(string code) => In(code);

    [Theory]
    [InlineData("Process.Start(\"tool\", path);")]
    [InlineData("using var p = Process.Start(\"tool\", path);")]
    [InlineData("Process.Start(\"editor\", path); return File.ReadAllText(path);")]
    [InlineData("var to = Path.GetTempFileName(); File.WriteAllText(to, \"x\"); Process.Start(\"viewer\", to); return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); using var p = Process.Start(\"tool\", to)!; p.WaitForExit(); return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); Process.Start(\"tool\", to)!.WaitForExit(); return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); Process.Start(\"tool\", to)?.WaitForExit(1000); return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); var p = Process.Start(\"tool\", to)!; while (!p.HasExited) Thread.Sleep(1); return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); Process.Start(\"tool\", to); while (!File.Exists(to)) Thread.Sleep(1); return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); Process.Start(\"tool\", to); Thread.Sleep(1000); return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); Process.Start(\"tool\", to); Await(to); return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); Process.Start(\"tool\", to); try { return File.ReadAllText(to); } catch (IOException) { return null; }")]
    [InlineData("var to = Path.GetTempFileName(); Process.Start(\"tool\", to); Console.ReadLine(); return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); Process.Start(\"tool\", path); return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); var log = File.ReadAllText(to); Process.Start(\"tool\", to); Use(log);")]
    [InlineData("var to = Path.GetTempFileName(); var p = new Process { StartInfo = { FileName = \"tool\", Arguments = to }, EnableRaisingEvents = true }; p.Exited += (_, _) => Use(1); p.Start(); return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); var p = Process.Start(\"tool\", to)!; _kept = p; return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); var p = Process.Start(new ProcessStartInfo(\"tool\", to) { RedirectStandardOutput = true })!; Use(p.StandardOutput.ReadToEnd()); return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); if (flag) Process.Start(\"tool\", to); else return File.ReadAllText(to);")]
    [InlineData("Process.Start(new ProcessStartInfo(path) { UseShellExecute = true }); File.Delete(path);")]
    [InlineData("foreach (var file in new[] { path }) Process.Start(new ProcessStartInfo(file) { UseShellExecute = true });")]
    [InlineData("foreach (var file in new[] { \"a\", path }) Process.Start(new ProcessStartInfo(\"convert\", file) { UseShellExecute = flag });")]
    [InlineData("foreach (var file in new[] { \"a\", path }) Process.Start(file);")]
    [InlineData("foreach (var file in new[] { \"a\", path }) Process.Start(file, \"-x\");")]
    [InlineData("foreach (var file in new[] { \"a\", path }) Process.Start(\"xdg-open\", file);")]
    [InlineData("foreach (var file in new[] { \"a\", path }) Process.Start(\"worker\");")]
    [InlineData("for (var i = 0; i < 4; i++) Process.Start(\"worker\", i.ToString());")]
    [InlineData("foreach (var file in new[] { \"a\", path }) Process.Start(\"convert\", file)!.WaitForExit();")]
    [InlineData("var all = new List<Process>(); foreach (var file in new[] { \"a\", path }) all.Add(Process.Start(\"convert\", file)!); foreach (var p in all) p.WaitForExit();")]
    [InlineData("foreach (var file in new[] { \"a\", path }) Process.Start(\"convert\", file); while (Process.GetProcessesByName(\"convert\").Length > 0) Use(1);")]
    [InlineData("foreach (var file in new[] { \"a\", path }) { Process.Start(\"convert\", file); Thread.Sleep(100); }")]
    [InlineData("foreach (var file in new[] { \"a\", path }) { var p = Process.Start(\"convert\", file)!; Use(p.Id); }")]
    [InlineData("foreach (var file in new[] { \"a\", path }) { var p = Process.Start(\"convert\", file)!; Outer(p); }")]
    [InlineData("while (flag) Process.Start(\"convert\", path);")]
    [InlineData("using var p = new Process { StartInfo = { RedirectStandardOutput = true } }; p.OutputDataReceived += (_, e) => Use(e.Data); p.Start(); p.BeginOutputReadLine(); Console.ReadLine();")]
    [InlineData("using var p = new Process { StartInfo = { RedirectStandardOutput = true } }; p.OutputDataReceived += (_, e) => Use(e.Data); p.Start(); p.BeginOutputReadLine(); p.WaitForExit();")]
    [InlineData("var p = new Process { StartInfo = { RedirectStandardOutput = true } }; p.OutputDataReceived += (_, e) => Use(e.Data); p.Start(); p.BeginOutputReadLine();")]
    [InlineData("using var p = new Process { StartInfo = { RedirectStandardOutput = true } }; p.OutputDataReceived += (_, e) => Use(e.Data); p.Start(); p.BeginOutputReadLine(); Await(path);")]
    [InlineData("Process.Start(\"zip\", \"-r all.zip \" + path)!.WaitForExit(); Directory.Delete(path, true);")]
    [InlineData("Process.Start(\"zip\", \"-r all.zip x\"); Directory.Delete(path, true);")]
    [InlineData("using var p = Process.Start(\"tool\", path)!; Console.WriteLine(p.Id); File.Delete(path);")]
    public Task Innocent(string code) => In(code);

    /// <summary>The exit code is what one wants to wait for, and an unread pipe is seen to first.</summary>
    [Theory]
    [InlineData("TW5002", "foreach (var file in new[] { path }) { var p = Process.Start(\"convert\", file)!; Use(p.{|TW5002:ExitCode|}); }")]
    [InlineData("TW6003", "foreach (var file in files) Process.{|TW6003:Start(\"convert\", file)|};")]
    [InlineData("TW5011", "foreach (var file in new[] { path }) Process.{|TW5011:Start(new ProcessStartInfo(\"convert\", file) { RedirectStandardOutput = true })|};")]
    [InlineData("TW5011", "var to = Path.GetTempFileName(); Process.{|TW5011:Start(new ProcessStartInfo(\"tool\", to) { RedirectStandardError = true })|}; return File.ReadAllText(to);")]
    public Task Gives_way(string rule, string code) => Verify.Rule(rule, Source(code));

    /// <summary>There the start goes through the shell, or may do so, unless it is told otherwise.</summary>
    [Theory]
    [InlineData("foreach (var file in new[] { path }) Process.Start(\"convert\", file);")]
    [InlineData("foreach (var file in new[] { path }) Process.{|TW5001:Start(new ProcessStartInfo(\"convert\", file) { UseShellExecute = false })|};")]
    public Task On_NET_Framework(string code) => Verify.Rule("TW5001", Source(code), static test => test.References = Frameworks.NetFramework48);

    [Theory]
    [InlineData("var to = Path.GetTempFileName(); using var p = Run(to); p.WaitForExit(); return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); Deeper(to).WaitForExit(); return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); using var p = Done(to); return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); Kept(to); return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); using var p = Run(path); return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); Shown(to); return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); Filled(to); return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); File.WriteAllText(to, \"x\"); Run(to); return File.ReadAllText(to);")]
    [InlineData("Run(path); return File.ReadAllText(path);")]
    [InlineData("var to = Path.GetTempFileName(); Run(to); Thread.Sleep(1000); return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); var p = Run(to); Outer(p); return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); var p = Run(to); _kept = p; return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); GivenInfo(new ProcessStartInfo(to)); return File.ReadAllText(to);")]
    [InlineData("foreach (var file in files) { using var p = Run(file); p.WaitForExit(); }")]
    [InlineData("foreach (var file in files) Run(path);")]
    [InlineData("foreach (var file in files) Shown(file);")]
    [InlineData("foreach (var file in files) Paced(file);")]
    [InlineData("var all = new List<Process>(); foreach (var file in files) all.Add(Run(file)); foreach (var p in all) p.WaitForExit();")]
    [InlineData("var all = files.Select(Run).ToList(); foreach (var p in all) p.WaitForExit();")]
    public Task Silent_on_helpers_that_wait_or_whose_caller_does(string code) => In(code);

    /// <summary>Who gets the process has to wait for it: the call of the helper is the place to act.</summary>
    [Theory]
    [InlineData("var to = Path.GetTempFileName(); using var p = {|TW5001:Run(to)|}; return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); var p = {|TW5001:Run(\"-o \" + to)|}; return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); {|TW5001:Run(to)|}; return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); _ = {|TW5001:Run(to)|}; return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); using ({|TW5001:Run(to)|}) { } return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); {|TW5001:Run(to)|}.Dispose(); return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); using var p = {|TW5001:Deeper(to)|}; return File.ReadAllText(to);")]
    [InlineData("var to = Path.GetTempFileName(); {|TW5001:Made(to)|}; return File.ReadAllText(to);")]
    [InlineData("{|TW5001:Run(path)|}; File.Delete(path);")]
    [InlineData("Process Local(string arg) => Process.Start(\"tool\", arg)!; {|TW5001:Local(path)|}; File.Delete(path);")]
    [InlineData("foreach (var file in files) {|TW5001:Run(file)|};")]
    [InlineData("foreach (var file in files) { using var p = {|TW5001:Deeper(\"-q \" + file)|}; }")]
    [InlineData("for (var i = 0; i < files.Length; i++) {|TW5001:Made(files[i])|};")]
    public Task A_helper_starts_and_returns_it(string code) => In(code);

    [Theory]
    [InlineData("async Task<string> Run() { var to = Path.GetTempFileName(); using var p = Process.Start(\"tool\", to)!; await p.WaitForExitAsync(); return await File.ReadAllTextAsync(to); } return Run();")]
    [InlineData("async Task<string> Run() { var to = Path.GetTempFileName(); using var p = Process.Start(\"tool\", to)!; await Task.Delay(1000); return await File.ReadAllTextAsync(to); } return Run();")]
    [InlineData("async Task Run() { await Task.WhenAll(files.Select(file => Process.Start(\"convert\", file)!.WaitForExitAsync())); } return Run();")]
    [InlineData("var all = new[] { \"a\", path }.Select(file => Process.Start(\"convert\", file)!).ToList(); all.ForEach(p => p.WaitForExit());")]
    [InlineData("foreach (var file in new[] { \"a\", path }.Where(f => f.Length > 3)) Process.Start(\"convert\", file)!.WaitForExit();")]
    public Task Silent_on_async_waits_and_queries(string code) => In(code);

    [Theory]
    [InlineData("async Task<string> Run() { var to = Path.GetTempFileName(); using var p = Process.{|TW5001:Start(\"tool\", to)|}!; return await File.ReadAllTextAsync(to); } return Run();")]
    [InlineData("foreach (var file in new[] { \"a\", path }.Where(f => f.Length > 3)) Process.{|TW5001:Start(\"convert\", file)|};")]
    public Task Async_and_in_queries(string code) => In(code);

    /// <summary>Nobody has the process that is dropped in the helper: whether the helper means it to run on, or its caller should wait, its signature does not tell.</summary>
    [Theory]
    [InlineData("var to = Path.GetTempFileName(); Go(to); return File.ReadAllText(to);")]
    public Task Misses_a_helper_that_drops_it(string code) => In(code);

    [Theory]
    [InlineData("files.ToList().ForEach(file => Process.{|TW5001:Start(\"convert\", file)|});")]
    [InlineData("Array.ForEach(files, file => { using var p = Process.{|TW5001:Start(\"convert\", \"-q \" + file)|}; });")]
    [InlineData("_kept = Process.{|TW5001:Start(\"tool\", path)|}; File.Delete(path);")]
    public Task Lambdas_and_fields(string code) => In(code);

    [Theory]
    [InlineData("files.ToList().ForEach(file => { using var p = Process.Start(\"convert\", file); p.WaitForExit(); });")]
    [InlineData("files.ToList().ForEach(file => Process.Start(file));")]
    [InlineData("Array.ForEach(files, file => Process.Start(\"convert\", path));")]
    [InlineData("_kept = Process.Start(\"tool\", path); _kept.WaitForExit(); File.Delete(path);")]
    [InlineData("_kept = Process.Start(\"tool\", path);")]
    [InlineData("foreach (var file in new[] { path }) _kept = Process.Start(\"tool\", file);")]
    public Task Silent_on_lambdas_and_fields_that_wait(string code) => In(code);

    /// <summary>A local function that is called in one place is part of its caller.</summary>
    [Theory]
    [InlineData("foreach (var file in files) Convert(file); void Convert(string name) => Process.{|TW5001:Start(\"convert\", name)|};")]
    [InlineData("void Convert(string name) { using var p = Process.{|TW5001:Start(\"convert\", \"-q \" + name)|}; } foreach (var file in files) Convert(file);")]
    [InlineData("void Convert(string name) { var args = \"-q \" + name; Process.{|TW5001:Start(\"convert\", args)|}; } for (var i = 0; i < files.Length; i++) { Convert(files[i]); }")]
    [InlineData("Array.ForEach(files, Convert); void Convert(string name) { Process.{|TW5001:Start(\"convert\", name)|}; }")]
    [InlineData("files.ToList().ForEach(file => Convert(\"-q \" + file)); void Convert(string args) { Process.{|TW5001:Start(\"convert\", args)|}; }")]
    [InlineData("void Outer(string name) { Convert(name); } void Convert(string args) { Process.{|TW5001:Start(\"convert\", args)|}; } foreach (var file in files) Outer(file);")]
    [InlineData("var to = Path.GetTempFileName(); Make(); return File.ReadAllText(to); void Make() => Process.{|TW5001:Start(\"tool\", to)|};")]
    [InlineData("void Make(string name) { using var p = Process.{|TW5001:Start(\"tool\", \"-o \" + name)|}; } var to = Path.GetTempFileName(); Make(to); return File.ReadAllText(to);")]
    [InlineData("void Make() { var to = Path.GetTempFileName(); using var p = Process.{|TW5001:Start(\"tool\", to)|}; Use(File.ReadAllText(to)); } Make();")]
    [InlineData("void Make() { Process.{|TW5001:Start(\"tool\", path)|}; } Make(); File.Delete(path);")]
    [InlineData("if (flag) Make(); File.Delete(path); void Make() { Process.{|TW5001:Start(\"tool\", path)|}; }")]
    public Task In_local_functions(string code) => In(code);

    [Theory]
    [InlineData("foreach (var file in files) Convert(file); void Convert(string name) { using var p = Process.Start(\"convert\", name); p.WaitForExit(); }")]
    [InlineData("foreach (var file in files) Convert(path); void Convert(string name) => Process.Start(\"convert\", name);")]
    [InlineData("foreach (var file in files) Convert(file); Convert(path); void Convert(string name) => Process.Start(\"convert\", name);")]
    [InlineData("Action<string> convert = Convert; foreach (var file in files) convert(file); void Convert(string name) => Process.Start(\"convert\", name);")]
    [InlineData("foreach (var file in files) Convert(file); void Convert(string name) { Process.Start(\"convert\", name); Thread.Sleep(100); }")]
    [InlineData("foreach (var file in files) Convert(file); void Convert(string name) => Process.Start(\"xdg-open\", name);")]
    [InlineData("Array.ForEach(files, Convert); void Convert(string name) { using var p = Process.Start(\"convert\", name); p.WaitForExit(); }")]
    [InlineData("void Make() { Process.Start(\"tool\", path); } File.Delete(path); Make();")]
    [InlineData("void Make() { Process.Start(\"tool\", path); Thread.Sleep(1000); } Make(); File.Delete(path);")]
    [InlineData("void Make() { Process.Start(\"tool\", path); } Make(); Thread.Sleep(1000); File.Delete(path);")]
    [InlineData("void Make() { if (flag) Process.Start(\"tool\", path); } Make(); if (!flag) File.Delete(path);")]
    [InlineData("void Make() { Process.Start(\"tool\", path); } if (flag) { Make(); } else { File.Delete(path); }")]
    [InlineData("var to = Path.GetTempFileName(); Make(); return File.ReadAllText(to); void Make() { File.WriteAllText(to, \"x\"); Process.Start(\"tool\", to); }")]
    [InlineData("var to = Path.GetTempFileName(); File.WriteAllText(to, \"x\"); Make(); return File.ReadAllText(to); void Make() => Process.Start(\"tool\", to);")]
    [InlineData("var to = Path.GetTempFileName(); Make(to); return File.ReadAllText(to); void Make(string name) { Use(File.Exists(name)); Process.Start(\"tool\", name); }")]
    [InlineData("var to = Path.GetTempFileName(); Make(); while (true) { try { return File.ReadAllText(to); } catch (IOException) { Thread.Sleep(1); } } void Make() => Process.Start(\"tool\", to);")]
    [InlineData("var to = Path.GetTempFileName(); Make(); Await(to); return File.ReadAllText(to); void Make() => Process.Start(\"tool\", to);")]
    [InlineData("void Make() { Outer(); Process.Start(\"tool\", path); } void Outer() => Make(); File.Delete(path);")]
    public Task Silent_on_local_functions_that_wait(string code) => In(code);

    private static Task In(string code) => Verify.Rule("TW5001", Source(code));

    private static string Source(string code) => $$"""
        #pragma warning disable CS0162
        using System.Diagnostics;
        class C
        {
            private Process? _kept;
            private Process? _last;
            object? M(string path, string[] files, bool flag)
            {
                {{code}}
                return null;
            }
            static void Use(object? o) { }
            static void Await(string path) { while (!File.Exists(path)) Thread.Sleep(1); }
            static void Go(string to) => Process.Start("tool", to);
            static Process Run(string arg) => Process.Start("tool", arg)!;
            static Process Deeper(string arg) => Run("-x " + arg);
            static Process Made(string arg) { var p = new Process { StartInfo = new ProcessStartInfo("tool") { Arguments = arg } }; p.Start(); return p; }
            static Process Done(string arg) { var p = Process.Start("tool", arg)!; p.WaitForExit(); return p; }
            Process Kept(string arg) { var p = Process.Start("tool", arg)!; _last = p; return p; }
            static Process Shown(string arg) => Process.Start(new ProcessStartInfo("tool", arg) { UseShellExecute = true })!;
            static Process Filled(string arg) { File.WriteAllText(arg, "x"); return Process.Start("tool", arg)!; }
            static Process Paced(string arg) { Thread.Sleep(100); return Process.Start("tool", arg)!; }
            static Process GivenInfo(ProcessStartInfo info) => Process.Start(info)!;
            static void Outer(Process p) { Inner(p); }
            static void Inner(Process child) { child.WaitForExit(); }
        }
        """;
}

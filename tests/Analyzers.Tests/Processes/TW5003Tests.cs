using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Processes;

public class TW5003Tests
{
    [Theory]
    [InlineData("var p = Process.Start(info)!; p.{|TW5003:WaitForExit()|}; var s = p.StandardOutput.ReadToEnd();")]
    [InlineData("using var p = new Process { StartInfo = info }; p.Start(); p.{|TW5003:WaitForExit()|}; var s = p.StandardOutput.ReadToEnd();")]
    [InlineData("using (var p = Process.Start(info)) { p!.{|TW5003:WaitForExit()|}; return p.StandardError.ReadToEnd(); }")]
    [InlineData("Process? p = null; try { p = Process.Start(info); p!.{|TW5003:WaitForExit()|}; return p.StandardOutput.ReadToEnd(); } finally { p?.Dispose(); }")]
    [InlineData("var p = Process.Start(info) ?? throw new InvalidOperationException(); p.{|TW5003:WaitForExit()|}; if (p.ExitCode != 0) throw new Exception(p.StandardError.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; if (p.{|TW5003:WaitForExit(5000)|}) { return p.StandardOutput.ReadToEnd(); } p.Kill();")]
    [InlineData("var p = Process.Start(info)!; p.{|TW5003:WaitForExit(-1)|}; foreach (var line in Lines()) Use(p.StandardOutput.ReadLine());")]
    [InlineData("var p = Process.Start(info)!; p.{|TW5003:WaitForExit()|}; var reader = p.StandardOutput; Use(reader.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; p.{|TW5003:WaitForExit()|}; Use(p.StandardOutput.ReadToEnd()); Use(p.StandardError.ReadToEnd());")]
    [InlineData("var p = new Process(); p.StartInfo.RedirectStandardOutput = true; p.OutputDataReceived += (_, e) => Use(e.Data); p.Start(); p.{|TW5003:WaitForExit()|}; p.BeginOutputReadLine();")]
    [InlineData("var p = Process.Start(info)!; Use(p.StandardOutput.ReadLine()); p.{|TW5003:WaitForExit()|}; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("foreach (var i in Lines()) { var p = Process.Start(i)!; p.{|TW5003:WaitForExit()|}; Use(p.StandardOutput.ReadToEnd()); }")]
    [InlineData("Action run = () => { var p = Process.Start(info)!; p.{|TW5003:WaitForExit()|}; Use(p.StandardOutput.ReadToEnd()); }; run();")]
    public Task Waits_before_it_reads(string code) => In(code);

    [Theory]
    [InlineData("var p = Process.Start(info)!; Use(p.StandardOutput.ReadToEnd()); Use(p.StandardError.{|TW5003:ReadToEnd()|}); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; var e = p.StandardError.ReadToEnd(); var s = p.StandardOutput.{|TW5003:ReadToEnd()|};")]
    [InlineData("var p = Process.Start(info)!; var s = p.StandardOutput.ReadToEnd(); p.WaitForExit(); if (p.ExitCode != 0) Use(p.StandardError.{|TW5003:ReadToEnd()|});")]
    [InlineData("var p = Process.Start(info)!; string? line; while ((line = p.StandardOutput.ReadLine()) != null) Use(line); Use(p.StandardError.{|TW5003:ReadToEnd()|});")]
    [InlineData("var p = Process.Start(info)!; while (!p.StandardOutput.EndOfStream) { Use(p.StandardOutput.ReadLine()); } Use(p.StandardError.{|TW5003:ReadToEnd()|});")]
    [InlineData("var p = Process.Start(info)!; Use(p.StandardOutput.ReadToEndAsync().Result); Use(p.StandardError.{|TW5003:ReadToEndAsync()|}.Result);")]
    [InlineData("var p = Process.Start(info)!; var r = p.StandardOutput; var e = p.StandardError; Use(r.ReadToEnd()); Use(e.{|TW5003:ReadToEnd()|});")]
    [InlineData("var p = Process.Start(info)!; while (!p.StandardOutput.EndOfStream) Use(p.StandardOutput.ReadLine()); while (!p.StandardError.EndOfStream) Use(p.StandardError.{|TW5003:ReadLine()|});")]
    [InlineData("var p = Process.Start(info)!; string? line; while ((line = p.StandardOutput.ReadLine()) != null) Use(line); while ((line = p.StandardError.{|TW5003:ReadLine()|}) != null) Use(line);")]
    public Task Reads_one_pipe_after_the_other(string code) => In(code);

    [Theory]
    [InlineData("var p = Process.Start(info)!; await p.{|TW5003:WaitForExitAsync()|}; Use(await p.StandardOutput.ReadToEndAsync());")]
    [InlineData("var p = Process.Start(info)!; await p.{|TW5003:WaitForExitAsync()|}.ConfigureAwait(false); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; Use(await p.StandardOutput.ReadToEndAsync()); Use(await p.StandardError.{|TW5003:ReadToEndAsync()|}); await p.WaitForExitAsync();")]
    [InlineData("var p = Process.Start(info)!; var output = p.StandardOutput.ReadToEndAsync(); await p.WaitForExitAsync(); Use(await output);")]
    [InlineData("var p = Process.Start(info)!; var exit = p.WaitForExitAsync(); Use(await p.StandardOutput.ReadToEndAsync()); await exit;")]
    [InlineData("var p = Process.Start(info)!; await Task.WhenAll(p.WaitForExitAsync(), p.StandardOutput.ReadToEndAsync());")]
    [InlineData("var p = Process.Start(info)!; var o = p.StandardOutput.ReadToEndAsync(); var e = p.StandardError.ReadToEndAsync(); Use(await o); Use(await e);")]
    [InlineData("var p = Process.Start(info)!; var e = Task.Run(() => p.StandardError.ReadToEnd()); Use(await p.StandardOutput.ReadToEndAsync()); Use(await e);")]
    [InlineData("var p = Process.Start(info)!; var pump = Pump(p.StandardOutput); await p.WaitForExitAsync(); await pump;")]
    [InlineData("var p = Process.Start(info)!; var pump = Drain(p); await p.WaitForExitAsync(); Use(p.StandardOutput.ReadToEnd()); await pump;")]
    public Task Async(string code) => InAsync(code);

    [Theory]
    [InlineData("var p = Process.Start(info)!; Use(p.StandardOutput.ReadToEnd()); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; p.WaitForExit(); Use(p.ExitCode);")]
    [InlineData("var p = Process.Start(info)!; p.BeginErrorReadLine(); Use(p.StandardOutput.ReadToEnd()); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; p.BeginOutputReadLine(); p.BeginErrorReadLine(); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; var e = p.StandardError.ReadToEndAsync(); Use(p.StandardOutput.ReadToEnd()); Use(e.Result); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; var t = new Thread(() => Use(p.StandardError.ReadToEnd())); t.Start(); Use(p.StandardOutput.ReadToEnd()); t.Join();")]
    [InlineData("var p = Process.Start(info)!; if (!flag) { p.WaitForExit(); return null; } Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; if (!flag) p.WaitForExit(); if (flag) Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; if (flag) p.WaitForExit(); else Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; switch (flag) { case true: p.WaitForExit(); break; default: Use(p.StandardOutput.ReadToEnd()); break; }")]
    [InlineData("var p = Process.Start(info)!; if (flag) p.BeginOutputReadLine(); p.WaitForExit(); if (!flag) Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; p.Kill(); p.WaitForExit(); Use(p.StandardOutput.ReadToEnd()); Use(p.StandardError.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; try { p.WaitForExit(); } catch (SystemException) { Use(p.StandardError.ReadToEnd()); }")]
    [InlineData("var p = Process.Start(info)!; while (!p.WaitForExit(100)) { Use(p.StandardOutput.ReadLine()); } Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; if (p.WaitForExit(0)) Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; var r = p.StandardOutput; Pump(r); p.WaitForExit(); Use(r.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; Elsewhere.Watch(p); p.WaitForExit(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; _kept = p; p.WaitForExit(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; p = Other(); p.WaitForExit(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; ReadIt(p); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; var q = Process.Start(info)!; p.WaitForExit(); Use(q.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; Use(p.StandardOutput.ReadToEnd()); var q = Process.Start(info)!; Use(q.StandardError.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; string All() => p.StandardOutput.ReadToEnd(); Use(All()); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; p.StandardInput.WriteLine(\"exit\"); Use(p.StandardOutput.ReadToEnd()); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; if (flag) Use(p.StandardOutput.ReadToEnd()); else Use(p.StandardError.ReadToEnd());")]
    [InlineData("var p = new Process { StartInfo = info }; p.Exited += (_, _) => Use(p.StandardOutput.ReadToEnd()); p.Start(); p.WaitForExit();")]
    [InlineData("var p = Process.Start(info)!; Use(p.StandardOutput.ReadLine()); Use(p.StandardError.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; using var to = File.Create(\"log\"); p.StandardOutput.BaseStream.CopyTo(to); p.WaitForExit(); Use(p.StandardOutput.ReadToEnd());")]
    public Task Innocent(string code) => In(code);

    [Theory]
    [InlineData("var p = Process.Start(info)!; {|TW5003:End(p)|}; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; p.{|TW5003:WaitForExit()|}; ReadIt(p);")]
    [InlineData("var p = Process.Start(info)!; p.{|TW5003:WaitForExit()|}; Use(Text(p.StandardOutput));")]
    [InlineData("var p = Process.Start(info)!; {|TW5003:Outer(p)|};")]
    [InlineData("var p = Process.Start(info)!; Use(Text(p.StandardOutput)); Use({|TW5003:Text(p.StandardError)|});")]
    [InlineData("var p = Process.Start(info)!; ReadIt(p); End(p);")]
    public Task Through_helpers(string code) => In(code);

    /// <summary>The first of two waits is named, and the pipe counts as reported.</summary>
    [Fact]
    public Task A_wait_in_each_branch() => InAsync("var p = Process.Start(info)!; if (flag) await p.{|TW5003:WaitForExitAsync()|}; else p.WaitForExit(); if (p.ExitCode != 0) Use(p.StandardError.ReadToEnd());");

    [Theory]
    [InlineData("var p = Process.Start(info)!; p.StandardOutput.BaseStream.CopyTo(Stream.Null); Use(p.StandardError.{|TW5003:ReadToEnd()|});")]
    [InlineData("var p = Process.Start(info)!; p.{|TW5003:WaitForExit()|}; p.StandardOutput.BaseStream.CopyTo(Stream.Null);")]
    public Task Copies_of_a_pipe(string code) => In(code);

    [Theory]
    [InlineData("var p = Process.Start(info)!; var copy = p.StandardOutput.BaseStream.CopyToAsync(Stream.Null); Use(p.StandardError.ReadToEnd()); copy.Wait();")]
    [InlineData("var p = Process.Start(info)!; p.StandardOutput.BaseStream.CopyTo(Stream.Null); p.WaitForExit();")]
    public Task Silent_on_copies_in_time(string code) => In(code);

    [Theory]
    [InlineData("var p = Process.Start(info)!; while (!p.{|TW5003:HasExited|}) Thread.Sleep(10); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; do { Thread.Sleep(10); } while (!p.{|TW5003:HasExited|}); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; while (!p.{|TW5003:HasExited|}) { p.Refresh(); Thread.Sleep(10); } Use(p.StandardError.ReadToEnd());")]
    public Task Polls(string code) => In(code);

    [Theory]
    [InlineData("var p = Process.Start(info)!; while (!p.HasExited) Use(p.StandardOutput.ReadLine()); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; var all = p.StandardOutput.ReadToEndAsync(); while (!p.HasExited) Thread.Sleep(10); Use(all.Result);")]
    [InlineData("var p = Process.Start(info)!; while (!p.HasExited) { if (flag) break; Thread.Sleep(10); } Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; while (!p.HasExited && flag) Thread.Sleep(10); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; while (!p.HasExited) { Thread.Sleep(10); if (flag) p.Kill(); } Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Process.Start(info)!; while (!p.HasExited) Thread.Sleep(10); Use(p.ExitCode);")]
    public Task Silent_on_polls_that_read_or_give_up(string code) => In(code);

    [Theory]
    [InlineData("_kept = Process.Start(info)!; _kept.{|TW5003:WaitForExit()|}; Use(_kept.StandardOutput.ReadToEnd());")]
    [InlineData("var ps = new[] { Process.Start(info)!, Process.Start(info)! }; foreach (var p in ps) p.{|TW5003:WaitForExit()|}; foreach (var p in ps) Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var ps = new List<Process>(); foreach (var i in Lines()) { var p = new Process { StartInfo = i }; p.Start(); ps.Add(p); } foreach (var p in ps) { p.{|TW5003:WaitForExit()|}; Use(p.StandardOutput.ReadToEnd()); }")]
    [InlineData("var ps = Lines().Select(i => Process.Start(i)!).ToList(); for (var i = 0; i < ps.Count; i++) { ps[i].{|TW5003:WaitForExit()|}; Use(ps[i].StandardOutput.ReadToEnd()); }")]
    [InlineData("var ps = Lines().Select(i => Process.Start(i)!).ToList(); for (var i = 0; i < ps.Count; i++) ps[i].{|TW5003:WaitForExit()|}; for (var i = 0; i < ps.Count; i++) Use(ps[i].StandardOutput.ReadToEnd());")]
    [InlineData("var ps = Lines().Select(i => Process.Start(i)!).ToList(); Task.{|TW5003:WaitAll(ps.Select(p => p.WaitForExitAsync()).ToArray())|}; foreach (var p in ps) Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var ps = Lines().Select(i => Process.Start(i)!).ToArray(); foreach (var p in ps) { Use(p.StandardOutput.ReadToEnd()); Use(p.StandardError.{|TW5003:ReadToEnd()|}); }")]
    public Task In_fields_lists_and_arrays(string code) => In(code);

    [Theory]
    [InlineData("_kept = Process.Start(info)!; Use(_kept.StandardOutput.ReadToEnd()); _kept.WaitForExit();")]
    [InlineData("var ps = Lines().Select(i => Process.Start(i)!).ToList(); foreach (var p in ps) Use(p.StandardOutput.ReadToEnd()); foreach (var p in ps) p.WaitForExit();")]
    [InlineData("var ps = Lines().Select(i => Process.Start(i)!).ToList(); var reads = ps.Select(p => p.StandardOutput.ReadToEndAsync()).ToList(); Task.WaitAll(ps.Select(p => p.WaitForExitAsync()).ToArray()); Use(reads);")]
    [InlineData("var ps = Lines().Select(i => Process.Start(i)!).ToList(); for (var i = 0; i < ps.Count; i++) { Use(ps[i].StandardOutput.ReadToEnd()); ps[i].WaitForExit(); }")]
    [InlineData("var ps = Lines().Select(i => Process.Start(i)!).ToArray(); for (var i = 0; i < ps.Length; i++) Use(ps[i].StandardOutput.ReadToEnd()); for (var i = 0; i < ps.Length; i++) ps[i].WaitForExit();")]
    [InlineData("var ps = Lines().Select(i => Process.Start(i)!).ToList(); foreach (var p in ps) p.BeginOutputReadLine(); foreach (var p in ps) p.WaitForExit();")]
    [InlineData("var ps = Lines().Select(i => Process.Start(i)!).ToList(); Elsewhere.WatchAll(ps); foreach (var p in ps) p.WaitForExit(); foreach (var p in ps) Use(p.StandardOutput.ReadToEnd());")]
    public Task Innocent_in_fields_lists_and_arrays(string code) => In(code);

    private const string List = "var ps = Lines().Select(i => Process.Start(i)!).ToList(); ";
    private const string Array = "var ps = new[] { Process.Start(info)!, Process.Start(info)! }; ";

    /// <summary>The same by <c>ForEach</c>: what its lambda does, or the method that it is given.</summary>
    [Theory]
    [InlineData(Array + "System.Array.ForEach(ps, p => p.{|TW5003:WaitForExit()|}); foreach (var p in ps) Use(p.StandardOutput.ReadToEnd());")]
    [InlineData(List + "ps.ForEach(p => p.{|TW5003:WaitForExit()|}); ps.ForEach(p => Use(p.StandardOutput.ReadToEnd()));")]
    [InlineData(List + "ps.ForEach(p => { p.{|TW5003:WaitForExit()|}; Use(p.StandardOutput.ReadToEnd()); });")]
    [InlineData(List + "ps.ForEach(p => { Use(p.StandardOutput.ReadToEnd()); Use(p.StandardError.{|TW5003:ReadToEnd()|}); });")]
    [InlineData(List + "ps.{|TW5003:ForEach(End)|}; foreach (var p in ps) Use(p.StandardOutput.ReadToEnd());")]
    [InlineData(List + "ps.{|TW5003:ForEach(this.Ended)|}; ps.ForEach(Print);")]
    [InlineData(Array + "System.Array.{|TW5003:ForEach(ps, End)|}; System.Array.ForEach(ps, Print);")]
    [InlineData(Array + "System.Array.{|TW5003:ForEach(ps, Wait)|}; System.Array.ForEach(ps, Print); void Wait(Process p) => p.WaitForExit();")]
    [InlineData(List + "Task.{|TW5003:WaitAll(ps.Select(EndAsync).ToArray())|}; foreach (var p in ps) Use(p.StandardOutput.ReadToEnd());")]
    [InlineData(List + "ps.ForEach(p => {|TW5003:End(p)|}); ps.ForEach(Print);")]
    [InlineData(List + "{|TW5003:EndAll(ps)|}; ps.ForEach(Print);")]
    [InlineData(Array + "{|TW5003:EndEach(ps)|}; PrintEach(ps);")]
    public Task In_lists_and_arrays_by_ForEach_and_methods(string code) => In(code);

    [Theory]
    [InlineData(Array + "System.Array.ForEach(ps, Print); System.Array.ForEach(ps, End);")]
    [InlineData(List + "ps.ForEach(Print); ps.ForEach(p => p.WaitForExit());")]
    [InlineData(List + "ps.ForEach(p => p.BeginOutputReadLine()); ps.ForEach(End);")]
    [InlineData(List + "ps.ForEach(Elsewhere.Watch); ps.ForEach(End); ps.ForEach(Print);")]
    [InlineData(List + "ps.ForEach(Elsewhere.Stop); ps.ForEach(Print);")]
    [InlineData(List + "Action<Process> end = End; ps.ForEach(end); ps.ForEach(Print);")]
    [InlineData(List + "var reads = ps.Select(p => p.StandardOutput.ReadToEndAsync()).ToList(); ps.ForEach(End); Use(reads);")]
    [InlineData(List + "var waits = ps.Select(EndAsync).ToArray(); ps.ForEach(Print); Task.WaitAll(waits);")]
    [InlineData(List + "ps.ForEach(Maybe); ps.ForEach(Print);")]
    [InlineData(List + "Elsewhere.WatchAll(ps); EndAll(ps); ps.ForEach(Print);")]
    [InlineData(List + "PrintEach(ps.ToArray()); EndAll(ps);")]
    [InlineData(Array + "PrintEach(ps); EndEach(ps);")]
    public Task Innocent_in_lists_and_arrays_by_ForEach_and_methods(string code) => In(code);

    [Theory]
    [InlineData("using var p = Other(); p.Start(); p.{|TW5003:WaitForExit()|}; Use(p.StandardError.ReadToEnd()); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = _make(); p.Start(); Use(p.StandardOutput.ReadToEnd()); Use(p.StandardError.{|TW5003:ReadToEnd()|}); p.WaitForExit();")]
    [InlineData("using var p = Begin(info); p.{|TW5003:WaitForExit()|}; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = BeginDeeper(info); p.{|TW5003:WaitForExit()|}; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = BeginShort(\"tool\"); p.{|TW5003:WaitForExit()|}; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = BeginOrNull(info) ?? throw new IOException(); p.{|TW5003:WaitForExit()|}; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("using var p = Begin(info); {|TW5003:End(p)|}; Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Begin(info); {|TW5003:EndSoon(p, 100)|}; Use(ReadIt(p));")]
    [InlineData("Use({|TW5003:Finished(info)|}.StandardOutput.ReadToEnd());")]
    [InlineData("Use(({|TW5003:Finished(info)|} ?? throw new IOException()).StandardOutput.ReadToEnd());")]
    public Task Made_or_started_by_somebody_else(string code) => In(code);

    [Fact]
    public Task Started_by_an_async_helper() => InAsync("var p = await BeginAsync(info); await p.{|TW5003:WaitForExitAsync()|}; Use(await p.StandardOutput.ReadToEndAsync());");

    [Theory]
    [InlineData("using var p = Other(); p.Start(); Use(p.StandardOutput.ReadToEnd()); p.WaitForExit();")]
    [InlineData("using var p = Other(); p.Start(); p.BeginOutputReadLine(); p.WaitForExit();")]
    [InlineData("using var p = Other(); p.WaitForExit(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("using var p = Other(); p.Start(); Elsewhere.Watch(p); p.WaitForExit(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Begin(info); Use(p.StandardOutput.ReadToEnd()); p.WaitForExit();")]
    [InlineData("var p = BeginAndListen(info); p.WaitForExit(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Ended(info); p.WaitForExit(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Watched(info); p.WaitForExit(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Either(info, flag); p.WaitForExit(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("var p = Listened(info); p.WaitForExit(); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("using var p = Begin(info); Use(ReadIt(p)); End(p);")]
    [InlineData("Use(Begin(info).StandardOutput.ReadToEnd());")]
    [InlineData("Use(Other().StandardOutput.ReadToEnd());")]
    [InlineData("Use(Finished(info).ExitCode);")]
    [InlineData("Use(Watched(info).StandardOutput.ReadToEnd());")]
    [InlineData("Begin(info).WaitForExit();")]
    public Task Innocent_made_or_started_by_somebody_else(string code) => In(code);

    private static Task In(string code) => Verify.Rule("TW5003", $$"""
        #pragma warning disable CS0162
        using System.Diagnostics;
        class C
        {
            private Process? _kept;
            object? M(ProcessStartInfo info, bool flag)
            {
                {{code}}
                return null;
            }
            static void Use(object? o) { }
            static ProcessStartInfo[] Lines() => [];
            static Process Other() => null!;
            private Func<Process> _make = null!;
            static Process Begin(ProcessStartInfo info) { var made = new Process { StartInfo = info }; made.Start(); return made; }
            Process BeginDeeper(ProcessStartInfo info) { var begun = Begin(info); begun.StandardInput.Close(); return begun; }
            static Process BeginShort(string name) => Process.Start(new ProcessStartInfo(name) { RedirectStandardOutput = true })!;
            static Process? BeginOrNull(ProcessStartInfo info) { if (info.FileName == "") return null; return Process.Start(info); }
            Process BeginAndListen(ProcessStartInfo info) { var made = Process.Start(info)!; Task.Run(() => made.StandardOutput.ReadToEnd()); return made; }
            static Process Ended(ProcessStartInfo info) { var made = Process.Start(info)!; made.Kill(); return made; }
            static Process Watched(ProcessStartInfo info) { var made = Process.Start(info)!; Elsewhere.Watch(made); return made; }
            static Process Either(ProcessStartInfo info, bool flag) { if (flag) return Other(); return Process.Start(info)!; }
            static Process Listened(ProcessStartInfo info) { var made = Process.Start(info)!; made.BeginErrorReadLine(); made.BeginOutputReadLine(); return made; }
            static async Task Pump(TextReader r) { await r.ReadToEndAsync(); }
            static string ReadIt(Process p) => p.StandardOutput.ReadToEnd();
            static string Text(StreamReader reader) { using (reader) return reader.ReadToEnd(); }
            static Process Finished(ProcessStartInfo info) { var made = Process.Start(info)!; made.WaitForExit(); return made; }
            static void EndSoon(Process p, int time) { if (!p.WaitForExit(time)) throw new TimeoutException(); }
            static void End(Process p) { if (!p.HasExited) { p.WaitForExit(); } }
            static void Outer(Process child) { End(child); Use(ReadIt(child)); }
            void Ended(Process child) => child.WaitForExit();
            static Task EndAsync(Process child) => child.WaitForExitAsync();
            static void Print(Process child) => Use(child.StandardOutput.ReadToEnd());
            protected virtual void Maybe(Process child) => child.WaitForExit();
            static void EndAll(List<Process> all) { foreach (var one in all) one.WaitForExit(); }
            static void EndEach(Process[] all) => System.Array.ForEach(all, End);
            static void PrintEach(Process[] all) { for (var i = 0; i < all.Length; i++) Print(all[i]); }
        }
        static class Elsewhere { public static extern void Watch(Process p); public static extern void Stop(Process p); public static extern void WatchAll(List<Process> ps); }
        """);

    private static Task InAsync(string code) => Verify.Rule("TW5003", $$"""
        using System.Diagnostics;
        class C
        {
            async Task M(ProcessStartInfo info, bool flag)
            {
                {{code}}
            }
            static void Use(object? o) { }
            static async Task Pump(TextReader r) { await r.ReadToEndAsync(); }
            static async Task<Process> BeginAsync(ProcessStartInfo info) { await Task.Delay(1); var made = new Process { StartInfo = info }; made.Start(); return made; }
            static async Task Drain(Process p) { await p.StandardOutput.ReadToEndAsync(); }
        }
        """);
}

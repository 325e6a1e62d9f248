using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Processes;

public class TW5002Tests
{
    [Theory]
    [InlineData("return Process.Start(info)!.{|TW5002:ExitCode|};")]
    [InlineData("var p = Process.Start(info)!; Use(p.{|TW5002:ExitCode|});")]
    [InlineData("using var p = new Process { StartInfo = info }; p.Start(); return p.{|TW5002:ExitCode|};")]
    [InlineData("using (var p = Process.Start(info)) { Use(p!.{|TW5002:ExitTime|}); }")]
    [InlineData("var p = Process.Start(info)!; var s = p.StandardOutput.ReadToEnd(); if (p.{|TW5002:ExitCode|} != 0) throw new Exception(s);")]
    [InlineData("var p = Process.Start(info)!; Thread.Sleep(1000); return p.{|TW5002:ExitCode|};")]
    [InlineData("var p = Process.Start(info)!; p.Kill(); return p.{|TW5002:ExitCode|};")]
    [InlineData("Process? p = null; try { p = Process.Start(info); return p!.{|TW5002:ExitCode|}; } finally { p?.Dispose(); }")]
    [InlineData("foreach (var i in new[] { info }) { var p = Process.Start(i)!; Use(p.{|TW5002:ExitCode|}); p.WaitForExit(); }")]
    [InlineData("var p = Process.Start(info)!; var code = p.{|TW5002:ExitCode|}; p.WaitForExit(); Use(p.ExitCode + code);")]
    [InlineData("var p = Process.Start(info)!; Use({|TW5002:CodeOf(p)|});")]
    [InlineData("var p = Process.Start(info)!; {|TW5002:Outer(p)|};")]
    [InlineData("Action run = () => { var p = Process.Start(info)!; Use(p.{|TW5002:ExitCode|}); }; run();")]
    [InlineData("var p = Process.Start(info); Use(p?.{|TW5002:ExitCode|});")]
    public Task Nothing_waits(string code) => In(code);

    [Theory]
    [InlineData("var ps = new[] { info, info }.Select(i => Process.Start(i)!).ToList(); foreach (var p in ps) Use(p.{|TW5002:ExitCode|});")]
    [InlineData("_kept = Process.Start(info)!; return _kept.{|TW5002:ExitCode|};")]
    [InlineData("_kept = new Process { StartInfo = info }; _kept.Start(); _kept.Kill(); Use(_kept.{|TW5002:ExitTime|}); _kept = null;")]
    [InlineData("var ps = new List<Process>(); foreach (var i in new[] { info, info }) ps.Add(Process.Start(i)!); foreach (var p in ps) Use(p.{|TW5002:ExitCode|});")]
    [InlineData("var ps = new List<Process>(); foreach (var i in new[] { info, info }) ps.Add(Process.Start(i)!); return ps.Sum(p => p.{|TW5002:ExitCode|});")]
    [InlineData("var ps = new Process[2]; for (var i = 0; i < 2; i++) { ps[i] = Process.Start(info)!; } for (var i = 0; i < 2; i++) { Use(ps[i].{|TW5002:ExitCode|}); }")]
    [InlineData("var ps = new List<Process>(); foreach (var i in new[] { info, info }) ps.Add(Process.Start(i)!); return ps.Select(p => p.{|TW5002:ExitCode|}).ToArray();")]
    [InlineData("var ps = new List<Process>(); foreach (var i in new[] { info, info }) ps.Add(Process.Start(i)!); return ps.Select(p => p.{|TW5002:ExitCode|}).Where(c => c != 0).Any();")]
    [InlineData("var ps = new List<Process>(); foreach (var i in new[] { info, info }) ps.Add(Process.Start(i)!); return (from p in ps select p.{|TW5002:ExitCode|}).ToArray();")]
    [InlineData("var ps = new List<Process>(); foreach (var i in new[] { info, info }) ps.Add(Process.Start(i)!); return string.Join(\", \", ps.Select(p => p.{|TW5002:ExitCode|}));")]
    [InlineData("var ps = new List<Process>(); foreach (var i in new[] { info, info }) ps.Add(Process.Start(i)!); foreach (var code in ps.Select(p => p.{|TW5002:ExitCode|})) Use(code);")]
    [InlineData("var ps = new[] { info, info }.Select(i => Process.Start(i)!).ToList(); ps.ForEach(p => Use(p.{|TW5002:ExitCode|}));")]
    [InlineData("var ps = new Process[2]; for (var i = 0; i < 2; i++) { ps[i] = Process.Start(info)!; } Array.ForEach(ps, p => Use(p.{|TW5002:ExitCode|}));")]
    [InlineData("var ps = new[] { info, info }.Select(i => Process.Start(i)!).ToArray(); Task.WaitAll(ps.Select(p => p.StandardOutput.ReadToEndAsync()).ToArray()); return ps.Max(p => p.{|TW5002:ExitCode|});")]
    public Task In_fields_lists_and_arrays(string code) => In(code);

    [Theory]
    [InlineData("_kept = Process.Start(info)!; _kept.WaitForExit(); return _kept.ExitCode;")]
    [InlineData("_kept = Process.Start(info)!; Other(); return _kept.ExitCode;", "void Other() => _kept!.WaitForExit();")]
    [InlineData("_kept = Process.Start(info)!; return _kept.ExitCode;", "void Later() { if (_kept!.WaitForExit(10)) Use(1); }")]
    [InlineData("_kept = Process.Start(info)!; return _kept.ExitCode;", "public Process? Kept => _kept;")]
    [InlineData("_kept = Process.Start(info)!; return _kept.ExitCode;", "void Give() => Elsewhere.All.Add(_kept!);")]
    [InlineData("_kept = Process.Start(info)!; return _kept.ExitCode;", "void Set(Process p) => _kept = p;")]
    [InlineData("_kept = Process.Start(info)!; return new C()._kept!.ExitCode;")]
    [InlineData("_kept = Process.Start(info)!; return null;", "int Code() => _kept!.ExitCode;")]
    [InlineData("var ps = new List<Process>(); foreach (var i in new[] { info }) ps.Add(Process.Start(i)!); foreach (var p in ps) p.WaitForExit(); foreach (var p in ps) Use(p.ExitCode);")]
    [InlineData("var ps = new List<Process>(); foreach (var i in new[] { info }) ps.Add(Process.Start(i)!); Elsewhere.All.AddRange(ps); foreach (var p in ps) Use(p.ExitCode);")]
    [InlineData("var ps = new[] { info }.Select(i => Process.Start(i)!).ToList(); Task.WaitAll(ps.Select(p => p.WaitForExitAsync()).ToArray()); return ps.Sum(p => p.ExitCode);")]
    [InlineData("var ps = new[] { info }.Select(i => Process.Start(i)!).ToList(); ps.ForEach(p => p.WaitForExit()); return ps.Any(p => p.ExitCode != 0);")]
    [InlineData("var ps = new[] { info }.Select(i => Process.Start(i)!); return ps.Sum(p => p.ExitCode);")]
    [InlineData("var ps = new List<Process>(); foreach (var i in new[] { info }) ps.Add(Process.Start(i)!); var codes = ps.Select(p => p.ExitCode); foreach (var p in ps) p.WaitForExit(); return codes.ToArray();")]
    [InlineData("var ps = new List<Process>(); foreach (var i in new[] { info }) ps.Add(Process.Start(i)!); return ps.Select(p => p.ExitCode);")]
    [InlineData("var ps = new Process[2]; for (var i = 0; i < 2; i++) { ps[i] = Process.Start(info)!; } Array.ForEach(ps, p => p.WaitForExit()); return ps.Sum(p => p.ExitCode);")]
    [InlineData("var ps = new[] { info }.Select(i => Process.Start(i)!).ToArray(); var exits = ps.Select(p => p.WaitForExitAsync()); Task.WhenAll(exits).Wait(); return ps.Select(p => p.ExitCode).ToArray();")]
    [InlineData("var ps = new[] { info }.Select(i => Process.Start(i)!).ToArray(); var exits = ps.Select(p => p.WaitForExitAsync()).ToArray(); Task.WaitAll(exits); return ps.Select(p => p.ExitCode).ToArray();")]
    [InlineData("var ps = new[] { info }.Select(i => Process.Start(i)!).ToArray(); Elsewhere.Later = ps.Select(p => p.ExitCode); return null;")]
    public Task Innocent_in_fields_lists_and_arrays(string code, string member = "") => Verify.Rule("TW5002", Source(code, member));

    [Theory]
    [InlineData("var p = Process.Start(info)!; if (!p.WaitForExit(1000)) p.Kill(); return p.{|TW5002:ExitCode|};")]
    [InlineData("var p = Process.Start(info)!; if (!p.WaitForExit(1000)) { Console.WriteLine(\"slow\"); p.Kill(true); } Use(p.{|TW5002:ExitCode|});")]
    [InlineData("var p = Process.Start(info)!; p.WaitForExit(1000); return p.{|TW5002:ExitCode|};")]
    [InlineData("var p = Process.Start(info)!; p.WaitForExit(TimeSpan.FromSeconds(3)); if (p.{|TW5002:ExitCode|} != 0) throw new Exception();")]
    [InlineData("var p = Process.Start(info)!; var exited = p.WaitForExit(1000); if (!exited) p.Kill(); return p.{|TW5002:ExitCode|};")]
    [InlineData("var p = Process.Start(info)!; bool exited = p.WaitForExit(1000); if (exited) Use(1); else p.Kill(); Use(p.{|TW5002:ExitCode|});")]
    [InlineData("var p = Process.Start(info)!; if (!p.HasExited) p.Kill(); return p.{|TW5002:ExitCode|};")]
    [InlineData("var p = Process.Start(info)!; if (p.WaitForExit(1000) == false) { p.Kill(); } return p.{|TW5002:ExitCode|};")]
    [InlineData("var p = Process.Start(info)!; if (!p.WaitForExit(1000)) throw new TimeoutException($\"{p.{|TW5002:ExitCode|}}\");")]
    [InlineData("var p = Process.Start(info)!; if (p.WaitForExit(1000)) Use(p.ExitCode); else Use(p.{|TW5002:ExitCode|});")]
    [InlineData("var p = Process.Start(info)!; if (p.WaitForExit(1000)) { return 0; } return p.{|TW5002:ExitCode|};")]
    [InlineData("var p = Process.Start(info)!; if (!p.WaitForExit(1000)) { if (!p.HasExited) p.Kill(); } return p.{|TW5002:ExitCode|};")]
    [InlineData("var p = Process.Start(info)!; if (!p.WaitForExit(1000)) { _tell(\"late\"); p.Kill(); } return p.{|TW5002:ExitCode|};")]
    [InlineData("var p = Process.Start(info)!; if (!p.WaitForExit(1000)) { Elsewhere.Log!.Tell(\"late\"); p.Kill(); } return p.{|TW5002:ExitCode|};")]
    [InlineData("var p = Process.Start(info)!; if (!p.WaitForExit(1000)) { try { p.Kill(); } catch (InvalidOperationException) { } } return p.{|TW5002:ExitCode|};")]
    [InlineData("var p = Process.Start(info)!; if (!p.WaitForExit(1000)) { try { p.Kill(true); } catch { } } return p.{|TW5002:ExitCode|};")]
    [InlineData("var p = Process.Start(info)!; if (!p.WaitForExit(1000)) { try { p.Kill(); } catch (Exception e) { Console.WriteLine(e); } } return p.{|TW5002:ExitCode|};")]
    [InlineData("var p = Process.Start(info)!; if (!p.WaitForExit(1000)) { try { p.Kill(); } finally { Console.WriteLine(1); } } return p.{|TW5002:ExitCode|};")]
    [InlineData("var p = Process.Start(info)!; if (!p.WaitForExit(1000)) { TryKill(p); } return p.{|TW5002:ExitCode|};")]
    [InlineData("var p = Process.Start(info)!; while (!p.WaitForExit(500)) { if (Console.KeyAvailable) { p.Kill(); break; } } return p.{|TW5002:ExitCode|};")]
    [InlineData("var p = Process.Start(info)!; var late = DateTime.Now.AddSeconds(3); while (!p.HasExited && DateTime.Now < late) Thread.Sleep(10); return p.{|TW5002:ExitCode|};")]
    [InlineData("var p = Process.Start(info)!; for (var i = 0; i < 100 && !p.HasExited; i++) Thread.Sleep(10); return p.{|TW5002:ExitCode|};")]
    [InlineData("var p = Process.Start(info)!; if (!p.WaitForExitAsync().Wait(1000)) p.Kill(); return p.{|TW5002:ExitCode|};")]
    [InlineData("var p = Process.Start(info)!; _ = p.WaitForExitAsync(); return p.{|TW5002:ExitCode|};")]
    public Task A_wait_that_may_have_given_up(string code) => In(code);

    [Theory]
    [InlineData("var p = Process.Start(info)!; try { await p.WaitForExitAsync(token); } catch (OperationCanceledException) { p.Kill(); } Use(p.{|TW5002:ExitCode|});")]
    [InlineData("var p = Process.Start(info)!; try { await p.WaitForExitAsync(token); } catch (OperationCanceledException) { _tell(\"late\"); p.Kill(); } Use(p.{|TW5002:ExitCode|});")]
    [InlineData("var p = Process.Start(info)!; try { await p.WaitForExitAsync(token); } catch (OperationCanceledException) { p.Kill(); _tell(\"late\"); } Use(p.ExitCode);")]
    [InlineData("var p = Process.Start(info)!; var output = await p.StandardOutput.ReadToEndAsync(); Use(p.{|TW5002:ExitCode|}, output);")]
    [InlineData("var p = Process.Start(info)!; await p.WaitForExitAsync(token); Use(p.ExitCode);")]
    [InlineData("var p = Process.Start(info)!; try { await p.WaitForExitAsync(token); } catch (OperationCanceledException) { p.Kill(); throw; } Use(p.ExitCode);")]
    [InlineData("var p = Process.Start(info)!; try { await p.WaitForExitAsync(token); } catch (OperationCanceledException) { p.Kill(); await p.WaitForExitAsync(); } Use(p.ExitCode);")]
    [InlineData("var p = Process.Start(info)!; try { await p.WaitForExitAsync(); } catch (OperationCanceledException) { p.Kill(); } Use(p.ExitCode);")]
    [InlineData("var p = Process.Start(info)!; var exit = p.WaitForExitAsync(); await Task.WhenAll(exit, p.StandardOutput.ReadToEndAsync()); Use(p.ExitCode);")]
    [InlineData("var p = Process.Start(info)!; await Task.WhenAny(p.WaitForExitAsync(), Task.Delay(100)); Use(p.{|TW5002:ExitCode|});")]
    [InlineData("var p = Process.Start(info)!; var exit = p.WaitForExitAsync(); if (await Task.WhenAny(exit, Task.Delay(100)) != exit) p.Kill(); Use(p.{|TW5002:ExitCode|});")]
    [InlineData("var p = Process.Start(info)!; var exit = p.WaitForExitAsync(); var late = Task.Delay(100); var first = await Task.WhenAny(exit, late).ConfigureAwait(false); if (first == exit) Use(1); else p.Kill(); Use(p.{|TW5002:ExitCode|});")]
    [InlineData("var p = Process.Start(info)!; try { await p.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(1)); } catch (TimeoutException) { p.Kill(); } Use(p.{|TW5002:ExitCode|});")]
    [InlineData("var p = Process.Start(info)!; try { await p.WaitForExitAsync(token); } catch (OperationCanceledException) { try { p.Kill(); } catch (InvalidOperationException) { } } Use(p.{|TW5002:ExitCode|});")]
    [InlineData("var p = Process.Start(info)!; p.WaitForExitAsync(); Use(p.{|TW5002:ExitCode|});")]
    [InlineData("var p = Process.Start(info)!; var exit = p.WaitForExitAsync(); if (await Task.WhenAny(exit, Task.Delay(100)) != exit) { p.Kill(); await exit; } Use(p.ExitCode);")]
    [InlineData("var p = Process.Start(info)!; var exit = p.WaitForExitAsync(); if (await Task.WhenAny(exit, Task.Delay(100)) != exit) { p.Kill(); return; } Use(p.ExitCode);")]
    [InlineData("var p = Process.Start(info)!; var exit = p.WaitForExitAsync(); var late = Task.Delay(100); if (await Task.WhenAny(exit, late) == late) { p.Kill(); } Use(p.ExitCode);")]
    [InlineData("var p = Process.Start(info)!; var exit = p.WaitForExitAsync(); await Task.WhenAny(exit, Other(p)); Use(p.ExitCode);")]
    [InlineData("var p = Process.Start(info)!; await p.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(1)); Use(p.ExitCode);")]
    [InlineData("var p = Process.Start(info)!; try { await p.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(1)); } catch (TimeoutException) { p.Kill(); throw; } Use(p.ExitCode);")]
    [InlineData("var p = Process.Start(info)!; try { await p.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(1)); } catch (TimeoutException) { p.Kill(); await p.WaitForExitAsync(); } Use(p.ExitCode);")]
    [InlineData("var p = Process.Start(info)!; await Task.WhenAll(p.WaitForExitAsync(), Task.Delay(100)); Use(p.ExitCode);")]
    [InlineData("var done = new TaskCompletionSource(); var p = new Process { StartInfo = info, EnableRaisingEvents = true }; p.Exited += (_, _) => done.SetResult(); p.Start(); await done.Task; Use(p.ExitCode);")]
    [InlineData("var p = Process.Start(info)!; await Finish(p); Use(p.ExitCode);")]
    [InlineData("var p = Process.Start(info)!; while (!p.HasExited) await Task.Delay(10); Use(p.ExitCode);")]
    public Task Async(string code) => InAsync(code);

    [Theory]
    [InlineData("var p = Process.Start(info)!; p.WaitForExit(); return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; Use(p.StandardOutput.ReadToEnd()); p.WaitForExit(); return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; p.WaitForExit(-1); return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; if (!p.WaitForExit(1000)) { p.Kill(); p.WaitForExit(); } return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; if (!p.WaitForExit(1000)) { p.Kill(); return -1; } return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; if (!p.WaitForExit(1000)) throw new TimeoutException(); return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; if (!p.WaitForExit(1000)) { p.Kill(); Fail(\"slow\"); } return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; if (p.WaitForExit(1000)) return p.ExitCode; p.Kill();")]
    [InlineData("var p = Process.Start(info)!; return p.WaitForExit(1000) ? p.ExitCode : -1;")]
    [InlineData("var p = Process.Start(info)!; if (p.WaitForExit(0)) return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; if (p.HasExited) Use(p.ExitCode);")]
    [InlineData("var p = Process.Start(info)!; if (p.HasExited && p.ExitCode != 0) throw new Exception();")]
    [InlineData("var p = Process.Start(info)!; while (!p.HasExited) Thread.Sleep(10); return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; while (!p.WaitForExit(100)) Console.Write('.'); return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; var exited = p.WaitForExit(1000); if (!exited) p.Kill(); return exited ? p.ExitCode : -1;")]
    [InlineData("var p = Process.Start(info)!; var killed = false; if (!p.WaitForExit(1000)) { p.Kill(); killed = true; } if (killed) return -1; return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; var killed = false; if (!p.WaitForExit(1000)) { p.Kill(); killed = true; } if (!killed) Use(p.ExitCode);")]
    [InlineData("var p = Process.Start(info)!; Check(p.WaitForExit(1000)); return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; var exited = p.WaitForExit(1000); Check(exited); return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; try { Use(p.ExitCode); } catch (InvalidOperationException) { Use(-1); }")]
    [InlineData("var p = Process.Start(info)!; try { p.WaitForExit(); } finally { Use(p.ExitCode); }")]
    [InlineData("var p = Process.Start(info)!; for (var done = false; ; done = true) { if (done) return p.ExitCode; p.WaitForExit(); }")]
    [InlineData("var p = new Process { StartInfo = info, EnableRaisingEvents = true }; p.Exited += (_, _) => Use(p.ExitCode); p.Start();")]
    [InlineData("var p = Process.Start(info)!; End(p); return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; OuterEnd(p); Outer(p);")]
    [InlineData("var p = Process.Start(info)!; Watch(p); return p.ExitCode;")]
    [InlineData("_kept = Process.Start(info)!; var p = _kept; return p.ExitCode;")]
    [InlineData("var p = Process.GetProcessById(1); return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; Func<int> code = () => p.ExitCode; _later = code;")]
    [InlineData("var p = Process.Start(info)!; p.WaitForExit(); Func<int> code = () => p.ExitCode; return code();")]
    [InlineData("var p = Process.Start(info)!; var t = Task.Run(() => { p.WaitForExit(); return p.ExitCode; }); return t.Result;")]
    [InlineData("var p = Process.Start(info)!; p.WaitForExit(1000); if (!p.HasExited) { p.Kill(); return -1; } return p.ExitCode;")]
    [InlineData("Process? p = null; while (flag) { if (p != null) Use(p.ExitCode); p = Process.Start(info)!; p.WaitForExit(); }")]
    [InlineData("var p = Process.Start(info)!; Use(nameof(p.ExitCode)); Use(p.Id);")]
    [InlineData("var p = Process.Start(info)!; using var exit = new Handle(p.SafeHandle); exit.WaitOne(); return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; Throws<InvalidOperationException>(() => p.ExitCode);")]
    [InlineData("var p = Process.Start(info)!; again: if (p.HasExited) return p.ExitCode; Thread.Sleep(1); goto again;")]
    public Task Innocent(string code) => In(code);

    [Theory]
    [InlineData("var p = Process.Start(info)!; int Code() => p.ExitCode; return {|TW5002:Code()|};")]
    [InlineData("var p = Process.Start(info)!; int Code() { int Inner() => p.ExitCode; return Inner(); } return {|TW5002:Code()|};")]
    [InlineData("var p = Process.Start(info)!; int Code() => p.ExitCode; return flag ? Code() : Code() + 1;")]
    [InlineData("var p = Process.Start(info)!; int Code() => p.ExitCode; _later = Code;")]
    [InlineData("var p = Process.Start(info)!; void Finish() => p.WaitForExit(); Finish(); return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; int Code() => p.ExitCode; p.WaitForExit(); return Code();")]
    [InlineData("int Code(Process q) { q.WaitForExit(); return q.ExitCode; } var p = Process.Start(info)!; return Code(p);")]
    public Task In_a_local_function_that_is_called_once(string code) => In(code);

    [Theory]
    [InlineData("var p = Process.Start(info)!; if (!p.WaitForExit(1000) && flag) p.Kill(); return p.{|TW5002:ExitCode|};")]
    [InlineData("var p = Process.Start(info)!; if (!p.WaitForExit(1000)) Stop(p); return p.{|TW5002:ExitCode|};")]
    public Task What_is_done_about_a_wait_that_gave_up(string code) => In(code);

    [Theory]
    [InlineData("var p = Process.Start(info)!; if (!p.WaitForExit(1000) && flag) return 1; return p.HasExited ? p.ExitCode : 0;")]
    [InlineData("var p = Process.Start(info)!; if (!p.WaitForExit(1000) && flag) { p.Kill(); p.WaitForExit(); } return 0;")]
    [InlineData("var p = Process.Start(info)!; if (!p.WaitForExit(1000) && TryStop(p)) return 1; return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; if (!p.WaitForExit(1000)) StopAndWait(p); return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; if (!p.WaitForExit(1000)) Fail(\"x\"); return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; if (!p.WaitForExit(1000)) { try { p.Kill(); } catch (InvalidOperationException) { } return -1; } return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; if (!p.WaitForExit(1000)) { try { p.Kill(); p.WaitForExit(); } catch (InvalidOperationException) { } } return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; if (!p.WaitForExit(1000)) { try { p.Kill(); } finally { p.WaitForExit(); } } return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; if (!p.WaitForExit(1000)) { try { p.Kill(); } catch (Exception e) { throw new TimeoutException(\"x\", e); } throw new TimeoutException(); } return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; while (!p.WaitForExit(500)) { if (Console.KeyAvailable) { p.Kill(); p.WaitForExit(); break; } } return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; while (!p.WaitForExit(500)) { if (Console.KeyAvailable) { p.Kill(); return -1; } } return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; while (!p.WaitForExit(500)) { foreach (var c in \"ab\") { if (c == 98) break; } } return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; var late = DateTime.Now.AddSeconds(3); while (!p.HasExited && DateTime.Now < late) Thread.Sleep(10); if (!p.HasExited) return -1; return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; var late = DateTime.Now.AddSeconds(3); while (!p.HasExited && DateTime.Now < late) Thread.Sleep(10); if (DateTime.Now >= late) throw new TimeoutException(); return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; var late = DateTime.Now.AddSeconds(3); while (!p.HasExited && DateTime.Now < late) Thread.Sleep(10); p.WaitForExit(); return p.ExitCode;")]
    [InlineData("var p = Process.Start(info)!; if (!p.WaitForExitAsync().Wait(1000)) { p.Kill(); return -1; } return p.ExitCode;")]
    public Task Silent_when_that_may_wait_or_leave(string code) => In(code);

    [Theory]
    [InlineData("var p = Begin(info); return p.{|TW5002:ExitCode|};")]
    [InlineData("var p = BeginDeeper(info); p.WaitForExit(100); return p.{|TW5002:ExitCode|};")]
    [InlineData("using var p = _make(); p.Start(); return p.{|TW5002:ExitCode|};")]
    public Task Made_or_started_by_somebody_else(string code) => In(code);

    [Theory]
    [InlineData("var p = Begin(info); p.WaitForExit(); return p.ExitCode;")]
    [InlineData("var p = Finished(info); return p.ExitCode;")]
    [InlineData("var p = FinishedDeeper(info); return p.ExitCode;")]
    [InlineData("var p = FinishedOrNot(info, flag); return p.ExitCode;")]
    [InlineData("using var p = _make(); return p.ExitCode;")]
    [InlineData("using var p = _make(); p.Start(); Watch(p); return p.ExitCode;")]
    public Task Innocent_made_or_started_by_somebody_else(string code) => In(code);

    private static Task In(string code) => Verify.Rule("TW5002", Source(code, ""));

    private static string Source(string code, string member) => $$"""
        #pragma warning disable CS0162
        using System.Diagnostics;
        static class Elsewhere { public static ILog? Log; public static readonly List<Process> All = []; public static IEnumerable<int>? Later; }
        interface ILog { void Tell(string what); }
        class Handle : WaitHandle { public Handle(object handle) { } }
        class C
        {
            private Process? _kept;
            private Func<int>? _later;
            private Action<string> _tell = null!;
            private Func<Process> _make = null!;
            static Process Begin(ProcessStartInfo info) { var made = new Process { StartInfo = info }; made.Start(); return made; }
            Process BeginDeeper(ProcessStartInfo info) { var begun = Begin(info); begun.StandardInput.Close(); return begun; }
            static Process Finished(ProcessStartInfo info) { var made = Process.Start(info)!; made.WaitForExit(); return made; }
            static Process FinishedDeeper(ProcessStartInfo info) { var made = Begin(info); End(made); return made; }
            static Process FinishedOrNot(ProcessStartInfo info, bool flag) { var made = Begin(info); if (flag) { made.WaitForExit(); } return made; }
            object? M(ProcessStartInfo info, bool flag)
            {
                {{code}}
                return null;
            }
            static void Use(object? o) { }
            static int CodeOf(Process p) => p.ExitCode;
            static void Outer(Process child) { Use(CodeOf(child)); }
            static void End(Process p) { if (!p.HasExited) { p.WaitForExit(); } }
            static void OuterEnd(Process p) { End(p); }
            static void Stop(Process p) { p.Kill(); }
            static void TryKill(Process p) { try { p.Kill(true); } catch (Exception) { } }
            static bool TryStop(Process p) { p.Kill(); return true; }
            static void StopAndWait(Process p) { p.Kill(); p.WaitForExit(); }
            static void Watch(Process p) => Elsewhere.All.Add(p);
            static void Fail(string why) => throw new Exception(why);
            static void Check(bool ok) { if (!ok) throw new Exception(); }
            static void Throws<T>(Func<object?> code) where T : Exception { }
            {{member}}
        }
        """;

    private static Task InAsync(string code) => Verify.Rule("TW5002", $$"""
        using System.Diagnostics;
        class C
        {
            async Task M(ProcessStartInfo info, CancellationToken token)
            {
                {{code}}
            }
            static void Use(params object?[] o) { }
            static async Task Other(Process p) { await p.StandardOutput.ReadToEndAsync(); }
            private readonly Action<string> _tell = null!;
            static async Task Finish(Process p) { await p.WaitForExitAsync(); }
        }
        """);
}

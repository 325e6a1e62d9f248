using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Placement;

public class TW6003Tests
{
    [Theory]
    [InlineData("var ts = new List<Thread>(); foreach (var f in files) { var t = {|TW6003:new Thread|}(() => Load(f)); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    [InlineData("var ts = new Thread[files.Length]; for (var i = 0; i < files.Length; i++) { var k = i; ts[i] = {|TW6003:new Thread|}(() => Load(files[k])); ts[i].Start(); } foreach (var t in ts) t.Join();")]
    [InlineData("var n = lines.Count; var ts = new Thread[n]; for (var i = 0; i < n; i++) { var k = i; ts[i] = {|TW6003:new|}(() => { Console.WriteLine(k); unknown(lines[k]); }); ts[i].Start(); } foreach (var t in ts) t.Join();")]
    [InlineData("foreach (var f in files) { var t = {|TW6003:new Thread|}(() => Load(f)); t.Start(); }")]
    [InlineData("foreach (var f in Directory.GetFiles(\".\")) {|TW6003:new Thread|}(() => Load(f)).Start();")]
    [InlineData("foreach (var f in Directory.EnumerateFiles(\".\").Where(f => f.Length > 3)) {|TW6003:new Thread|}(() => Load(f)).Start();")]
    [InlineData("foreach (var w in text.Split(' ')) {|TW6003:new Thread|}(() => Load(w)).Start();")]
    [InlineData("var ts = files.Select(f => {|TW6003:new Thread|}(() => { Console.WriteLine(f); unknown(f); })).ToList(); ts.ForEach(t => t.Start()); ts.ForEach(t => t.Join());")]
    [InlineData("foreach (var f in _files) {|TW6003:new Thread|}(() => Load(f)).Start();")]
    [InlineData("foreach (var f in _byName.Keys) {|TW6003:new Thread|}(() => Load(f)).Start();")]
    [InlineData("foreach (var f in files) Task.Factory.{|TW6003:StartNew(() => Load(f), TaskCreationOptions.LongRunning)|};")]
    [InlineData("foreach (var f in files) System.Diagnostics.Process.{|TW6003:Start(\"convert\", f)|};")]
    [InlineData("foreach (var f in files) { var p = new System.Diagnostics.Process(); p.StartInfo.FileName = f; p.{|TW6003:Start()|}; }")]
    [InlineData("foreach (var f in files.OrderBy(f => f).ToList()) { if (f.Length > 2) {|TW6003:new Thread|}(() => Load(f)).Start(); }")]
    public Task Guilty(string code) => In(code);

    [Theory]
    [InlineData("foreach (var f in new[] { \"a\", \"b\" }) new Thread(() => Load(f)).Start();")]
    [InlineData("foreach (var f in s_three) new Thread(() => Load(f)).Start();")]
    [InlineData("for (var i = 0; i < 4; i++) new Thread(() => Load(\"a\")).Start();")]
    [InlineData("for (var i = 0; i < Environment.ProcessorCount; i++) new Thread(() => Load(\"a\")).Start();")]
    [InlineData("for (var i = 0; i < workers; i++) new Thread(() => Load(\"a\")).Start();")]
    [InlineData("for (var i = 0; i < _workers; i++) new Thread(() => Load(\"a\")).Start();")]
    [InlineData("for (var i = 0; i < Workers; i++) new Thread(() => Load(\"a\")).Start();")]
    [InlineData("var ts = new Thread[workers]; for (var i = 0; i < ts.Length; i++) { ts[i] = new Thread(() => Load(\"a\")); ts[i].Start(); } foreach (var t in ts) t.Join();")]
    [InlineData("foreach (var i in Enumerable.Range(0, 4)) new Thread(() => Load(\"a\")).Start();")]
    [InlineData("foreach (var i in Enumerable.Range(0, workers)) new Thread(() => Load(\"a\")).Start();")]
    [InlineData("foreach (var f in files.Take(4)) new Thread(() => Load(f)).Start();")]
    [InlineData("foreach (var chunk in files.Chunk(8)) { var ts = new List<Thread>(); foreach (var f in chunk) { var t = new Thread(() => Load(f)); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join(); }")]
    [InlineData("foreach (var f in files) { gate.Wait(); new Thread(() => { Load(f); gate.Release(); }).Start(); }")]
    [InlineData("foreach (var f in files) { var t = new Thread(() => Load(f)); t.Start(); Console.WriteLine(f); t.Join(); }")]
    [InlineData("var ts = new Queue<Thread>(); foreach (var f in files) { if (ts.Count == 4) ts.Dequeue().Join(); var t = new Thread(() => Load(f)); t.Start(); ts.Enqueue(t); }")]
    [InlineData("foreach (var f in files) { Throttle(); new Thread(() => Load(f)).Start(); }")]
    [InlineData("foreach (var f in files) { Thread.Sleep(10); new Thread(() => Load(f)).Start(); }")]
    [InlineData("foreach (var f in files) { new Thread(() => Load(f)).Start(); if (f == \"stop\") break; }")]
    [InlineData("foreach (var f in files) new Thread(() => { while (!_stop) Load(f); }).Start();")]
    [InlineData("foreach (var f in files) new Thread(() => unknown(f)).Start();")]
    [InlineData("foreach (var f in files) new Thread(() => Serve(f)).Start();")]
    [InlineData("while (true) { var f = Console.ReadLine(); new Thread(() => Load(f!)).Start(); }")]
    [InlineData("foreach (var f in files) Task.Run(() => Load(f));")]
    [InlineData("foreach (var f in files) Task.Factory.StartNew(() => Load(f));")]
    [InlineData("Parallel.ForEach(files, f => Load(f));")]
    [InlineData("foreach (var f in files) { using var p = System.Diagnostics.Process.Start(\"convert\", f); p!.WaitForExit(); }")]
    [InlineData("foreach (var f in s_three) System.Diagnostics.Process.Start(\"convert\", f)!.WaitForExit();")]
    [InlineData("System.Diagnostics.Process.Start(\"convert\", files[0]);")]
    [InlineData("foreach (var f in files) Console.WriteLine(f); new Thread(() => Load(files[0])).Start();")]
    [InlineData("foreach (var day in Enum.GetValues<DayOfWeek>()) new Thread(() => Load(day.ToString())).Start();")]
    [InlineData("var two = new List<string> { \"a\", \"b\" }; foreach (var f in two) new Thread(() => Load(f)).Start();")]
    [InlineData("var ts = new List<Thread>(); foreach (var f in files) { var t = new Thread(() => unknown(f)); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    public Task Innocent(string code) => In(code);

    [Fact]
    public Task TW6001_speaks_before_it() => In("var ts = new List<Thread>(); foreach (var f in files) { var t = {|TW6001:new Thread|}(() => Count(f.Length)); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();");

    [Fact]
    public Task It_speaks_where_TW6001_is_off() => In("var ts = new List<Thread>(); foreach (var f in files) { var t = {|TW6003:new Thread|}(() => Count(f.Length)); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();", off: true);

    [Theory]
    [InlineData("var all = Task.WhenAll(files.Select(async f => { await gate.WaitAsync(); try { using var p = System.Diagnostics.Process.Start(\"gzip\", f); await p.WaitForExitAsync(); } finally { gate.Release(); } }));")]
    [InlineData("foreach (var p in files.Select(f => System.Diagnostics.Process.Start(\"gzip\", f))) using (p) p.WaitForExit();")]
    [InlineData("var isWell = files.Select(f => System.Diagnostics.Process.Start(\"gzip\", f)).All(p => { using (p) { p.WaitForExit(); return p.ExitCode == 0; } });")]
    [InlineData("var codes = files.Select(f => { using var p = System.Diagnostics.Process.Start(\"gzip\", f); p.WaitForExit(); return p.ExitCode; }).ToList();")]
    [InlineData("var threads = files.Select(f => { gate.Wait(); var t = new Thread(() => { try { Load(f); } finally { gate.Release(); } }); t.Start(); return t; }).ToList(); threads.ForEach(t => t.Join());")]
    public Task Silent_when_a_round_of_a_query_waits(string code) => In(code);

    [Theory]
    [InlineData("var threads = new List<Thread>(); foreach (var f in files) { var t = new Thread(() => Load(f)); t.Start(); threads.Add(t); if (threads.Count == 8) { threads.ForEach(x => x.Join()); threads.Clear(); } } threads.ForEach(x => x.Join());")]
    [InlineData("var threads = new List<Thread>(); foreach (var f in files) { var t = new Thread(() => Load(f)); t.Start(); threads.Add(t); if (threads.Count == 8 && threads.All(x => x.Join(1000))) threads.Clear(); } threads.ForEach(x => x.Join());")]
    public Task Silent_when_a_round_joins_the_last_ones_in_a_lambda(string code) => In(code);

    [Theory]
    [InlineData("var threads = new List<Thread>(); foreach (var f in \"a,b,c\".Split(',')) { var t = new Thread(() => Load(f)); t.Start(); threads.Add(t); } foreach (var t in threads) t.Join();")]
    [InlineData("var threads = new List<Thread>(); foreach (var d in DriveInfo.GetDrives()) { var t = new Thread(() => Load(d.Name)); t.Start(); threads.Add(t); } foreach (var t in threads) t.Join();")]
    public Task Silent_on_a_text_of_the_code_and_on_drives(string code) => In(code);

    [Theory]
    [InlineData("var all = Task.WhenAll(files.Select(async f => { using var p = System.Diagnostics.Process.{|TW6003:Start(\"gzip\", f)|}; await p.WaitForExitAsync(); return p.ExitCode; }));")]
    public Task An_async_query_that_waits_behind_the_start(string code) => In(code);

    [Theory]
    [InlineData("var n = 0; var threads = files.Select(f => new Thread(() => n += File.ReadAllText(f).Length)).ToList(); foreach (var t in threads) { t.Start(); t.Join(); }")]
    public Task Silent_when_threads_that_are_made_before_run_one_by_one(string code) => In(code);

    [Theory]
    [InlineData("foreach (var f in files) { SpinWait.SpinUntil(() => Volatile.Read(ref _count) < 4); Interlocked.Increment(ref _count); new Thread(() => { try { Load(f); } finally { Interlocked.Decrement(ref _count); } }).Start(); }")]
    [InlineData("foreach (var f in files) { if (!SpinWait.SpinUntil(() => Volatile.Read(ref _count) < 4, 1000)) continue; new Thread(() => Load(f)).Start(); }")]
    public Task Silent_when_a_round_spins_until_few_are_left(string code) => In(code);

    private static Task In(string code, bool off = false) => Verify.Rule("TW6003", $$"""
        class C
        {
            private static readonly string[] s_three = { "a", "b", "c" };
            private readonly List<string> _files = new();
            private readonly Dictionary<string, int> _byName = new();
            private int _workers = 4, _count;
            private volatile bool _stop;
            private int Workers { get; set; } = 4;
            private static void Load(string file) => File.ReadAllText(file);
            private void Count(int n) { for (var i = 0; i < n; i++) _count ^= i; }
            private void Throttle() => Thread.Sleep(_workers);
            private void Serve(string file) { while (!_stop) Load(file); }
            void M(string[] files, IList<string> lines, string text, int workers, SemaphoreSlim gate, Action<string> unknown)
            {
                {{code}}
            }
        }
        """, test => { if (off) test.DisabledDiagnostics.Add("TW6001"); });
}

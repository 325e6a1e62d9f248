using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.SharedState;

/// <summary>Handlers of events, ticks and continuations, which the framework runs beside the code that has set them going.</summary>
public class EventForkTests
{
    private const string Fields = """
            private readonly List<string> _lines = new();
            private readonly Dictionary<string, int> _seen = new();
            private readonly object _gate = new();
            private readonly FileSystemWatcher _watcher = new(".");
            private readonly System.Timers.Timer _clock = new(1000);
            private readonly System.ComponentModel.BackgroundWorker _worker = new();
            private Timer _timer;
            private int _count;
            private bool _stop;
        """;

    private static Task Check(string id, string members) =>
        Verify.Rule(id, "using System.Diagnostics;\nusing System.Text;\nclass C\n{\n" + Fields + "\n" + members + "\n}");

    [Theory]
    [InlineData("void M(Process p) { p.OutputDataReceived += (s, e) => _lines.Add(e.Data!); p.Start(); p.BeginOutputReadLine(); _lines.{|TW3005:Add|}(\"\"); p.WaitForExit(); }")]
    [InlineData("void M(Process p) { p.Exited += (s, e) => _lines.Clear(); p.EnableRaisingEvents = true; p.Start(); _lines.{|TW3005:Add|}(\"\"); }")]
    [InlineData("void M(ProcessStartInfo info) { var p = new Process { StartInfo = info, EnableRaisingEvents = true }; p.Exited += (s, e) => _lines.Clear(); p.Start(); _lines.{|TW3005:Add|}(\"\"); }")]
    [InlineData("void M() { _watcher.Changed += (s, e) => _lines.Add(e.Name!); _watcher.EnableRaisingEvents = true; _lines.{|TW3005:Add|}(\"\"); }")]
    [InlineData("void M() { var w = new FileSystemWatcher(\".\") { EnableRaisingEvents = true }; w.Created += Seen; _lines.{|TW3005:Add|}(\"\"); } void Seen(object s, FileSystemEventArgs e) => _lines.Add(e.Name!);")]
    [InlineData("C() { _watcher.Renamed += Seen; } void Seen(object s, RenamedEventArgs e) => Keep(e.Name!); void Keep(string name) => _lines.Add(name); void M() { _watcher.EnableRaisingEvents = true; _lines.{|TW3005:Add|}(\"\"); }")]
    [InlineData("void M() { _clock.Elapsed += (s, e) => Console.WriteLine(_lines[0]); _clock.Start(); _lines.{|TW3005:Add|}(\"\"); }")]
    [InlineData("void M() { _clock.Elapsed += (s, e) => Console.WriteLine(_lines[0]); _clock.Enabled = true; _lines.{|TW3005:Add|}(\"\"); }")]
    [InlineData("void M() { _timer = new Timer(_ => _lines.Clear(), null, 500, Timeout.Infinite); _lines.{|TW3005:Add|}(\"\"); }")]
    [InlineData("void M() { _worker.DoWork += (s, e) => _lines.Clear(); _worker.RunWorkerAsync(); _lines.{|TW3005:Add|}(\"\"); }")]
    [InlineData("void M() { Console.CancelKeyPress += (s, e) => _lines.Clear(); while (!_stop) { _lines.{|TW3005:Add|}(\"\"); } }")]
    [InlineData("void M() { Console.CancelKeyPress += (s, e) => _lines.{|TW3005:Clear|}(); var t = new Thread(() => { while (!_stop) _lines.Add(\"\"); }); t.Start(); t.Join(); }")]
    [InlineData("void M() { Task.Run(() => { }).ContinueWith(t => _lines.Clear()); _lines.{|TW3005:Add|}(\"\"); }")]
    [InlineData("void M() { var first = Task.Run(() => Console.WriteLine()); first.ContinueWith(t => _lines.Clear()); _lines.{|TW3005:Add|}(\"\"); }")]
    public Task A_handler_beside_its_starter(string members) => Check("TW3005", members.Replace("_lines.{|TW3005:Add|}", "{|TW3005:_lines|}.Add").Replace("_lines.{|TW3005:Clear|}", "{|TW3005:_lines|}.Clear"));

    [Theory]
    [InlineData("TW3011", "void M() { _watcher.Changed += (s, e) => _seen[e.Name!] = 1; _watcher.EnableRaisingEvents = true; _timer = new Timer(_ => { foreach (var one in {|TW3011:_seen|}) Console.WriteLine(one); }, null, 0, 1000); }")]
    [InlineData("TW3001", "void M(Process p) { p.OutputDataReceived += (s, e) => {|TW3001:_count|}++; p.ErrorDataReceived += (s, e) => _count++; p.Start(); p.BeginOutputReadLine(); p.BeginErrorReadLine(); }")]
    [InlineData("TW3001", "void M() { _watcher.Changed += (s, e) => _count++; _watcher.EnableRaisingEvents = true; for (var i = 0; i < 9; i++) {|TW3001:_count|} += i; }")]
    public Task Two_handlers_or_an_update(string id, string members) => Check(id, members);

    /// <summary>What ticks do to each other says enough of what they change.</summary>
    [Fact]
    public Task Ticks_that_overlap_speak_first() => Check("TW3005", "void M() { _timer = {|TW1015:new Timer|}(_ => _lines.Add(\"\"), null, 0, 1000); _lines.Add(\"\"); }");

    [Theory]
    [InlineData("string M(Process p) { p.OutputDataReceived += (s, e) => { if (e.Data != null) _lines.Add(e.Data); }; p.Start(); p.BeginOutputReadLine(); p.WaitForExit(); return string.Join(\"\", _lines); }")]
    [InlineData("string M(ProcessStartInfo info) { var text = new StringBuilder(); using var p = new Process { StartInfo = info, EnableRaisingEvents = true }; p.OutputDataReceived += (s, e) => text.AppendLine(e.Data); p.Start(); p.BeginOutputReadLine(); p.WaitForExit(); return text.ToString(); }")]
    [InlineData("async Task<string> M(Process p) { var text = new StringBuilder(); var done = new TaskCompletionSource(); p.EnableRaisingEvents = true; p.Exited += (s, e) => done.SetResult(); p.OutputDataReceived += (s, e) => text.AppendLine(e.Data); p.Start(); p.BeginOutputReadLine(); await done.Task; return text.ToString(); }")]
    [InlineData("List<string> M(Process p) { var lines = new List<string>(); var errors = new List<string>(); p.OutputDataReceived += (s, e) => lines.Add(e.Data!); p.ErrorDataReceived += (s, e) => errors.Add(e.Data!); p.Start(); p.BeginOutputReadLine(); p.BeginErrorReadLine(); p.WaitForExit(); lines.AddRange(errors); return lines; }")]
    [InlineData("void M(Process p) { p.OutputDataReceived += (s, e) => _lines.Add(e.Data!); p.Start(); _lines.Add(\"\"); p.BeginOutputReadLine(); }")]
    [InlineData("void M(Process p) { p.Exited += (s, e) => _lines.Clear(); p.Start(); _lines.Add(\"\"); }")]
    [InlineData("void M(Process p, Process other) { p.OutputDataReceived += (s, e) => _lines.Add(e.Data!); other.Start(); other.BeginOutputReadLine(); _lines.Add(\"\"); }")]
    [InlineData("void M() { _watcher.Changed += (s, e) => { lock (_gate) _lines.Add(e.Name!); }; _watcher.EnableRaisingEvents = true; lock (_gate) _lines.Add(\"\"); }")]
    [InlineData("void M() { _lines.Add(\"\"); _watcher.Changed += (s, e) => _lines.Add(e.Name!); _watcher.EnableRaisingEvents = true; Console.ReadLine(); }")]
    [InlineData("void M() { _watcher.Changed += (s, e) => _lines.Add(e.Name!); _watcher.EnableRaisingEvents = false; _lines.Add(\"\"); }")]
    [InlineData("void M(System.ComponentModel.ISynchronizeInvoke window) { _watcher.SynchronizingObject = window; _watcher.Changed += (s, e) => _lines.Add(e.Name!); _watcher.EnableRaisingEvents = true; _lines.Add(\"\"); }")]
    [InlineData("void Attach() { _watcher.Changed += (s, e) => _lines.Add(e.Name!); } void M() { _watcher.EnableRaisingEvents = true; _lines.Add(\"\"); }")]
    [InlineData("C() { _timer = new Timer(_ => _lines.Clear(), null, -1, -1); _lines.Add(\"\"); _timer.Change(1, -1); }")]
    [InlineData("void M() { _clock.Elapsed += (s, e) => Interlocked.Increment(ref _count); _clock.Start(); Console.WriteLine(_count); }")]
    [InlineData("void M() { _clock.Elapsed += (s, e) => Console.WriteLine(_lines.Count); _lines.Add(\"\"); }")]
    [InlineData("void M() { _worker.DoWork += (s, e) => { var own = new List<string>(); own.Add(\"\"); e.Result = own; }; _worker.RunWorkerCompleted += (s, e) => _lines.AddRange((List<string>)e.Result!); _worker.RunWorkerAsync(); _lines.Add(\"\"); }")]
    [InlineData("void M() { Console.CancelKeyPress += (s, e) => { e.Cancel = true; _stop = true; }; while (!_stop) Thread.Sleep(10); }")]
    [InlineData("void M() { Task.Run(() => _lines.Add(\"\")).ContinueWith(t => _lines.Clear()); }")]
    [InlineData("void M() { var first = Task.Run(() => _lines.Add(\"\")); first.ContinueWith(t => _lines.Clear()); }")]
    [InlineData("async Task M() { await Task.Run(() => _lines.Add(\"\")).ContinueWith(t => _lines.Clear()); _lines.Add(\"\"); }")]
    [InlineData("void M() { var last = Task.Run(() => { }).ContinueWith(t => _lines.Clear()); last.Wait(); _lines.Add(\"\"); }")]
    [InlineData("void M(TaskCompletionSource go) { go.Task.ContinueWith(t => _lines.Clear()); _lines.Add(\"\"); go.SetResult(); }")]
    [InlineData("void M(ManualResetEventSlim go) { Task.Run(() => go.Wait()).ContinueWith(t => _lines.Clear()); _lines.Add(\"\"); go.Set(); }")]
    [InlineData("void M(Task first, TaskScheduler window) { Task.Run(() => { }).ContinueWith(t => _lines.Clear(), window); _lines.Add(\"\"); }")]
    [InlineData("void Misses_who_cancels_is_unknown(CancellationToken token) { token.Register(() => _lines.Clear()); for (var i = 0; i < 9; i++) _lines.Add(\"\"); }")]
    public Task Innocent(string members) => Check("TW3005", members);
}

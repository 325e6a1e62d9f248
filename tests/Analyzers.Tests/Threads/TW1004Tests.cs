using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Threads;

public class TW1004Tests
{
    [Theory]
    [InlineData("foreach (var name in names) { var t = new Thread(() => Console.WriteLine(name)); t.Start(); t.{|TW1004:Join()|}; }")]
    [InlineData("foreach (var name in names) { var t = new Thread(() => File.ReadAllBytesAsync(name).GetAwaiter().GetResult()); t.Start(); t.{|TW1004:Join()|}; }")]
    [InlineData("foreach (var name in names) { var t = new Thread(Work); t.Name = name; t.Start(); t.{|TW1004:Join()|}; }")]
    [InlineData("for (var i = 0; i < 4; i++) { var t = new Thread(Work); t.Start(); t.{|TW1004:Join()|}; }")]
    [InlineData("for (var i = 0; i < 4; i++) { var k = i; var t = new Thread(() => squares[k] = k * k); t.Start(); t.{|TW1004:Join()|}; }")]
    [InlineData("for (var i = 0; i < 4; i++) { var t = new Thread(() => Thread.Sleep(100)) { }; t.Start(); t.Join(); }")]
    [InlineData("for (var i = 0; i < 4; i++) { Console.WriteLine(i); var t = new Thread(() => Deep()); t.IsBackground = true; t.Start(); t.{|TW1004:Join()|}; Console.WriteLine(); }")]
    [InlineData("foreach (var name in names) { if (name.Length > 2) { var t = new Thread(Work); t.Start(); t.{|TW1004:Join()|}; } }")]
    [InlineData("foreach (var name in names) { Thread t; t = new Thread(Work); t.Start(); t.{|TW1004:Join()|}; }")]
    [InlineData("foreach (var name in names) { var local = name; void Run() => Console.WriteLine(local); var t = new Thread(Run); t.Start(); t.{|TW1004:Join()|}; }")]
    [InlineData("var ts = new List<Thread>(); foreach (var name in names) { var t = new Thread(Work); ts.Add(t); t.Start(); t.{|TW1004:Join()|}; } foreach (var t in ts) t.Join();")]
    public Task Guilty(string code) => In(code);

    [Theory]
    [InlineData("foreach (var name in names) { var t = new Thread(Work); t.Start(); Console.WriteLine(name); t.Join(); }")]
    [InlineData("var ts = new List<Thread>(); foreach (var name in names) { var t = new Thread(Work); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    [InlineData("var t = new Thread(Work); t.Start(); t.Join();")]
    [InlineData("for (var i = 0; i < 1; i++) { var t = new Thread(Work); t.Start(); t.Join(); }")]
    [InlineData("for (var i = 0; i < 4; i++) { var t = new Thread(() => total += i); t.Start(); t.Join(); }")]
    [InlineData("for (var i = 0; i < 4; i++) { var t = new Thread(() => list.Add(i)); t.Start(); t.Join(); }")]
    [InlineData("for (var i = 0; i < 4; i++) { var t = new Thread(Adds); t.Start(); t.Join(); }")]
    [InlineData("for (var i = 0; i < 4; i++) { var t = new Thread(Work, 1 << 20); t.Start(); t.Join(); }")]
    [InlineData("for (var i = 0; i < 4; i++) { var t = new Thread(Work); t.SetApartmentState(ApartmentState.STA); t.Start(); t.Join(); }")]
    [InlineData("for (var i = 0; i < 4; i++) { var t = new Thread(Work); t.CurrentCulture = System.Globalization.CultureInfo.InvariantCulture; t.Start(); t.Join(); }")]
    [InlineData("for (var i = 0; i < 4; i++) { var t = new Thread(Work) { Priority = ThreadPriority.Lowest }; t.Start(); t.Join(); }")]
    [InlineData("for (var i = 0; i < 4; i++) { var t = new Thread(Work); t.Start(); if (t.Join(100)) break; }")]
    [InlineData("for (var i = 0; i < 4; i++) { var t = new Thread(Work); t.Start(); t.Join(100); }")]
    [InlineData("for (var i = 0; i < 4; i++) { var t = new Thread(Work); t.Start(); t.Join(); if (done) break; }")]
    [InlineData("for (var i = 0; i < 4; i++) { var t = new Thread(Work); t.Start(); t.Join(); if (done) return; }")]
    [InlineData("while (!done) { var t = new Thread(Work); t.Start(); t.Join(); }")]
    [InlineData("for (var i = 0; i < 4; i++) { var t = new Thread(() => File.AppendAllText(\"x\", \"y\")); t.Start(); Console.Write('.'); t.Join(); }")]
    [InlineData("for (var i = 0; i < 4; i++) { var a = new Thread(Work); var b = new Thread(Work); a.Start(); b.Start(); a.Join(); b.Join(); }")]
    [InlineData("for (var i = 0; i < 4; i++) { var t = new Thread(Locked); t.Start(); t.Join(); }")]
    [InlineData("for (var i = 0; i < 4; i++) { var t = new Thread(unknown); t.Start(); t.Join(); }")]
    [InlineData("for (var i = 0; i < 4; i++) { var t = new Thread(() => unknown()); t.Start(); t.Join(); }")]
    [InlineData("var k = 0; foreach (var name in names) { var t = new Thread(() => k++); t.Start(); t.Join(); }")]
    public Task Innocent(string code) => In(code);

    [Theory]
    [InlineData("for (var i = 0; i < 9; i++) { var watch = System.Diagnostics.Stopwatch.StartNew(); var t = new Thread(() => Console.WriteLine(\"x\")); t.Start(); t.Join(); Console.WriteLine(watch.Elapsed); }")]
    [InlineData("var watch = new System.Diagnostics.Stopwatch(); for (var i = 0; i < 9; i++) { watch.Restart(); var t = new Thread(() => Console.WriteLine(\"x\")); t.Start(); t.Join(); }")]
    public Task Silent_when_each_round_is_measured(string code) => In(code);

    [Theory]
    [InlineData("var all = new[] { new Thread(Work), new Thread(Deep) }; foreach (var t in all) { t.Start(); t.{|TW1004:Join()|}; }")]
    [InlineData("var all = names.Select(n => new Thread(() => Console.WriteLine(n))).ToList(); foreach (var t in all) { t.Start(); t.{|TW1004:Join()|}; }")]
    [InlineData("var all = new List<Thread>(); foreach (var n in names) all.Add(new Thread(() => Console.WriteLine(n))); foreach (var t in all) { t.Name = \"x\"; t.Start(); t.{|TW1004:Join()|}; }")]
    [InlineData("var all = new Thread[2]; for (var i = 0; i < 2; i++) all[i] = new Thread(Work); foreach (var t in all) { t.Start(); t.{|TW1004:Join()|}; }")]
    [InlineData("for (var i = 0; i < 4; i++) _own.Add(new Thread(Work)); foreach (var t in _own) { t.Start(); t.{|TW1004:Join()|}; }")]
    public Task Threads_that_were_made_before_the_loop(string code) => In(code);

    [Theory]
    [InlineData("var all = names.Select(n => new Thread(() => total += n.Length)).ToList(); foreach (var t in all) { t.Start(); t.Join(); }")]
    [InlineData("var all = new[] { new Thread(Work), new Thread(Adds) }; foreach (var t in all) { t.Start(); t.Join(); }")]
    [InlineData("var all = new[] { new Thread(Work), new Thread(Deep) }; foreach (var t in all) t.Start(); foreach (var t in all) t.Join();")]
    [InlineData("var all = new[] { new Thread(Work), new Thread(Deep) }; all[0].Priority = ThreadPriority.Lowest; foreach (var t in all) { t.Start(); t.Join(); }")]
    [InlineData("var all = new[] { new Thread(Work), new Thread(Deep) }; foreach (var t in all) { t.Start(); if (!t.Join(100)) break; }")]
    [InlineData("var all = new[] { new Thread(Work), new Thread(unknown) }; foreach (var t in all) { t.Start(); t.Join(); }")]
    [InlineData("var all = new[] { new Thread(Work, 1 << 20), new Thread(Work, 1 << 24) }; foreach (var t in all) { t.Start(); t.Join(); }")]
    [InlineData("for (var i = 0; i < 4; i++) _shared.Add(new Thread(Work)); foreach (var t in _shared) { t.Start(); t.Join(); }")]
    [InlineData("for (var i = 0; i < 4; i++) _own.Add(new Thread(Adds)); foreach (var t in _own) { t.Start(); t.Join(); }")]
    public Task Silent_on_made_threads_that_may_need_each_other_or_run_together(string code) => In(code);

    private static Task In(string code) => Verify.Rule("TW1004", $$"""
        class C
        {
            private int _sum;
            private readonly List<Thread> _own = new(), _shared = new();
            private int Running() => _shared.Count(t => t.IsAlive);
            private static void Work() => Console.WriteLine("work");
            private static void Deep() => Deeper();
            private static void Deeper() { for (var i = 0; i < 10; i++) Console.Write(i); }
            private void Adds() => _sum++;
            private void Locked() { lock (this) _sum++; }
            private static readonly string[] names = { "Ann", "Bob" };
            void M(int[] squares, List<int> list, bool done, ThreadStart unknown)
            {
                var total = 0;
                {{code}}
                Console.WriteLine(total);
            }
        }
        """);
}

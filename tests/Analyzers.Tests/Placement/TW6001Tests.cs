using System.Globalization;
using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Placement;

public class TW6001Tests
{
    [Theory]
    [InlineData("var ts = new List<Thread>(); foreach (var x in xs) { var t = {|TW6001:new Thread|}(() => Sum(x)); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    [InlineData("var ts = new List<Thread>(); foreach (var x in xs) { var t = {|TW6001:new Thread|}(() => Outer(x)) { }; t.IsBackground = true; t.Start(); ts.Add(t); } ts.ForEach(t => t.Join());")]
    [InlineData("var ts = new Thread[n]; for (var i = 0; i < n; i++) { var k = i; ts[i] = {|TW6001:new Thread|}(() => sums[k] = (int)Sum(k)); ts[i].Start(); } foreach (var t in ts) t.Join();")]
    [InlineData("var ts = new Thread[n]; for (var i = 0; i < n; i++) { var k = i; ts[i] = {|TW6001:new|}(() => sums[k] = (int)Sum(k)); } foreach (var t in ts) t.Start(); for (var i = 0; i < n; i++) ts[i].Join();")]
    [InlineData("var ts = xs.Select(x => {|TW6001:new Thread|}(() => Sum(x))).ToList(); foreach (var t in ts) t.Start(); foreach (var t in ts) t.Join();")]
    [InlineData("var ts = new List<Thread>(); for (var i = 0; i < Environment.ProcessorCount; i++) { var from = i * 1000; var t = {|TW6001:new Thread|}(() => { for (var j = from; j < from + 1000; j++) sums[j] = j * j; }); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    [InlineData("var a = {|TW6001:new Thread|}(() => Sum(1)); var b = new Thread(() => Sum(2)); a.Start(); b.Start(); a.Join(); b.Join();")]
    [InlineData("var a = {|TW6001:new Thread|}(First); a.Start(); var b = new Thread(Second); b.Start(); a.Join(); b.Join();")]
    [InlineData("var ts = new List<Thread>(); foreach (var x in xs) { var t = {|TW6001:new Thread|}(() => { long s = 0; for (var i = 0; i < x; i++) s += i; lock (_gate) _total += s; }); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    [InlineData("var ts = new List<Thread>(); foreach (var x in xs) { var t = {|TW6001:new Thread|}(() => { var s = Sum(x); Console.WriteLine(s); }); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    [InlineData("var ts = new List<Thread>(); foreach (var x in xs) { var t = {|TW6001:new Thread|}(() => Fibonacci(x)); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    [InlineData("var ts = new List<Thread>(); foreach (var x in xs) { var t = {|TW6001:new Thread|}(() => sums[x] = sums.Where(s => s > x).Select(s => Square(s)).Count()); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    [InlineData("var ts = new List<Thread>(); foreach (var x in xs) { var t = {|TW6001:new Thread|}(() => { var d = new Dictionary<string, int>(); foreach (var w in text.Split(' ')) d[w] = d.GetValueOrDefault(w) + 1; }); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    [InlineData("void Local() { for (var i = 0; i < n; i++) sums[i] = (int)Math.Sqrt(i); } var ts = new List<Thread>(); foreach (var x in xs) { var t = {|TW6001:new Thread|}(Local); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    [InlineData("var ts = new List<Thread>(); foreach (var x in xs) { if (x > 2) { var t = {|TW6001:new Thread|}(() => Sum(x)); t.Start(); ts.Add(t); } } Step(); foreach (var t in ts) t.Join();")]
    public Task Guilty(string code) => In(code);

    [Theory]
    [InlineData("var ts = new List<Thread>(); foreach (var x in xs) { var t = new Thread(() => Sum(x)); t.Start(); ts.Add(t); }")]
    [InlineData("foreach (var x in xs) new Thread(() => Sum(x)).Start();")]
    [InlineData("foreach (var x in xs) { var t = new Thread(() => Sum(x)); t.Start(); _threads.Add(t); } foreach (var t in _threads) t.Join();")]
    [InlineData("var t = new Thread(() => Sum(1)); t.Start(); Step(); t.Join();")]
    [InlineData("var a = new Thread(() => Sum(1)); a.Start(); a.Join(); var b = new Thread(() => Sum(2)); b.Start(); b.Join();")]
    [InlineData("var a = new Thread(() => Sum(1)); var b = new Thread(() => Thread.Sleep(10)); a.Start(); b.Start(); a.Join(); b.Join();")]
    [InlineData("var a = new Thread(() => Sum(1), 1 << 24); var b = new Thread(() => Sum(2), 1 << 24); a.Start(); b.Start(); a.Join(); b.Join();")]
    [InlineData("var a = new Thread(() => Sum(1)) { Priority = ThreadPriority.Lowest }; var b = new Thread(() => Sum(2)) { Priority = ThreadPriority.Lowest }; a.Start(); b.Start(); a.Join(); b.Join();")]
    [InlineData("var a = new Thread(() => Sum(1)); var b = new Thread(() => Sum(2)); a.Name = \"a\"; b.Name = \"b\"; a.Start(); b.Start(); a.Join(); b.Join();")]
    [InlineData("var a = new Thread(() => Sum(1)); var b = new Thread(() => Sum(2)); a.SetApartmentState(ApartmentState.STA); b.SetApartmentState(ApartmentState.STA); a.Start(); b.Start(); a.Join(); b.Join();")]
    [InlineData("var a = new Thread(() => Sum(1)); var b = new Thread(() => Sum(2)); a.Start(); b.Start(); a.Join(100); b.Join(100);")]
    [InlineData("var a = new Thread(() => Sum(1)); var b = new Thread(() => Sum(2)); a.Start(); b.Start(); Keep(a); Keep(b); a.Join(); b.Join();")]
    [InlineData("var ts = new List<Thread>(); foreach (var x in xs) { var t = new Thread(() => Download(x)); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    [InlineData("var ts = new List<Thread>(); foreach (var x in xs) { var t = new Thread(() => Thread.Sleep(x)); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    [InlineData("var ts = new List<Thread>(); foreach (var x in xs) { var t = new Thread(() => Square(x)); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    [InlineData("var ts = new List<Thread>(); foreach (var x in xs) { var t = new Thread(() => { for (var i = 0; i < 10; i++) sums[i]++; }); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    [InlineData("var ts = new List<Thread>(); foreach (var x in xs) { var t = new Thread(() => { for (var i = 0; i < x; i++) Console.WriteLine(i); }); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    [InlineData("var ts = new List<Thread>(); foreach (var x in xs) { var t = new Thread(() => { for (var i = 0; i < x; i++) lock (_gate) _total += i; }); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    [InlineData("var ts = new List<Thread>(); foreach (var x in xs) { var t = new Thread(() => { lock (_gate) for (var i = 0; i < x; i++) _total += i; }); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    [InlineData("var ts = new List<Thread>(); foreach (var x in xs) { var t = new Thread(() => { for (var i = 0; i < x; i++) { Sum(i); barrier.SignalAndWait(); } }); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    [InlineData("var ts = new List<Thread>(); foreach (var x in xs) { var t = new Thread(() => { for (var i = 0; i < x; i++) action(i); }); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    [InlineData("var ts = new List<Thread>(); foreach (var x in xs) { var t = new Thread(() => { for (var i = 0; i < x; i++) Overridden(i); }); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    [InlineData("var ts = new List<Thread>(); foreach (var x in xs) { var t = new Thread(() => { for (var i = 0; i < x; i++) sums[i] = Environment.CurrentManagedThreadId; }); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    [InlineData("var ts = new List<Thread>(); foreach (var x in xs) { var t = new Thread(() => { for (var i = 0; i < x; i++) s_scratch[i] = i; }); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    [InlineData("var ts = new List<Thread>(); foreach (var x in xs) { var t = new Thread(() => { while (!_stop) Sum(x); }); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    [InlineData("var ts = new List<Thread>(); foreach (var x in xs) { var t = new Thread(() => { foreach (var y in lazy) sums[x] += y; }); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    [InlineData("var ts = new List<Thread>(); foreach (var x in xs) { var t = new Thread(() => sums[x] = lazy.Sum(y => y * x)); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    [InlineData("var ts = new List<Thread>(); foreach (var x in xs) { var t = new Thread(start); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    [InlineData("var ts = new List<Thread>(); foreach (var x in xs) { var t = new Thread(() => Slow(x)); t.Start(); ts.Add(t); } foreach (var t in ts) t.Join();")]
    [InlineData("Parallel.ForEach(xs, x => Sum(x));")]
    [InlineData("Task.WaitAll(xs.Select(x => Task.Run(() => Sum(x))).ToArray());")]
    public Task Innocent(string code) => In(code);

    /// <summary>A number that stands in the code is said; where data or the machine decides, or a round may make no thread, it is not.</summary>
    [Theory]
    [InlineData("for (var i = 0; i < 4; i++) { var t = new Thread(() => Sum(i)); t.Start(); ts.Add(t); }", "gets 4 threads, which a constant decides", "都由常量决定创建 4 个线程")]
    [InlineData("const int Threads = 8; for (var i = 1; i <= Threads; i++) { var t = new Thread(() => Sum(i)); t.Start(); ts.Add(t); }", "gets 8 threads, which a constant decides", "都由常量决定创建 8 个线程")]
    [InlineData("foreach (var x in new[] { 1000, 2000, 3000 }) { var t = new Thread(() => Sum(x)); t.Start(); ts.Add(t); }", "gets 3 threads, which a constant decides", "都由常量决定创建 3 个线程")]
    [InlineData("ts = Enumerable.Range(0, 4).Select(i => new Thread(() => Sum(i))).ToList(); foreach (var t in ts) t.Start();", "gets 4 threads, which a constant decides", "都由常量决定创建 4 个线程")]
    [InlineData("for (var i = 0; i < n; i++) { var t = new Thread(() => Sum(i)); t.Start(); ts.Add(t); }", "gets a thread for each item", "都为每一项创建一个线程")]
    [InlineData("for (var i = 0; i < Environment.ProcessorCount; i++) { var t = new Thread(() => Sum(i)); t.Start(); ts.Add(t); }", "gets a thread for each item", "都为每一项创建一个线程")]
    [InlineData("for (var i = 0; i < 4; i++) { if (i == n) continue; var t = new Thread(() => Sum(i)); t.Start(); ts.Add(t); }", "gets a thread for each item", "都为每一项创建一个线程")]
    [InlineData("for (var i = 0; i < 4; i++) { if (i != n) { var t = new Thread(() => Sum(i)); t.Start(); ts.Add(t); } }", "gets a thread for each item", "都为每一项创建一个线程")]
    [InlineData("for (var k = 0; k < n; k++) for (var i = 0; i < 4; i++) { var t = new Thread(() => Sum(i)); t.Start(); ts.Add(t); }", "gets a thread for each item", "都为每一项创建一个线程")]
    public async Task Says_where_a_constant_decides(string code, string said, string chinese)
    {
        var report = Assert.Single(await Analysis.Of($$"""
            using System;
            using System.Collections.Generic;
            using System.Linq;
            using System.Threading;
            class C
            {
                void M(int n) { var ts = new List<Thread>(); {{code}} foreach (var t in ts) t.Join(); }
                private static long Sum(int n) { long s = 0; for (var i = 0; i < n; i++) s += i; return s; }
            }
            """).ReportsAsync(), static r => r.Id == "TW6001");
        Assert.Equal($"The work of '{report.GetMessage(CultureInfo.InvariantCulture).Split('\'')[1]}' only computes, and {said}, however many processors there are", report.GetMessage(CultureInfo.InvariantCulture));
        Assert.EndsWith(chinese, report.GetMessage(CultureInfo.GetCultureInfo("zh-Hans")));
    }

    [Fact]
    public Task TW1004_speaks_before_it() => In("foreach (var x in xs) { var t = new Thread(() => Sum(x)); t.Start(); t.{|TW1004:Join()|}; }");

    [Fact]
    public Task It_speaks_where_TW1004_is_off() => In(
        "foreach (var x in xs) { var t = {|TW6001:new Thread|}(() => Sum(x)); t.Start(); t.Join(); }", off: true);

    [Theory]
    [InlineData("", "")]
    [InlineData("M:Codec.Encode", "TW6001")]
    public async Task A_method_of_another_file_is_what_the_configuration_says(string value, string expected) => Assert.Equal(expected, await Analysis.Of(
        """
        class C
        {
            void M(int[] xs)
            {
                var ts = new List<Thread>();
                foreach (var x in xs) { var t = new Thread(() => Codec.Encode(x)); t.Start(); ts.Add(t); }
                foreach (var t in ts) t.Join();
            }
        }
        """,
        "static class Codec { public static void Encode(int x) { } }").With(".editorconfig", $"[*.cs]\nthreadwise.cpu_bound_methods = {value}").IdsAsync());

    [Fact]
    public Task A_generic_type_in_parts() => Verify.Rule("TW6001", """
        partial class C<T> where T : struct
        {
            private readonly List<T> _all = new();
            private int Size { get; set; }
            void M()
            {
                var ts = new Thread[Size];
                for (var i = 0; i < Size; i++)
                {
                    var k = i;
                    ts[k] = {|TW6001:new Thread|}(() => Work(k));
                    ts[k].Start();
                }

                for (var i = 0; i < Size; i++)
                {
                    ts[i].Join();
                }
            }
            private void Work(int k) => Deeper(k);
            private void Deeper(int k) { foreach (var x in _all) Add(k, k); }
            private int Add(int a, int b) => a + b;
        }
        partial class C<T> { }
        """);

    private static Task In(string code, bool off = false) => Verify.Rule("TW6001", $$"""
        class C
        {
            [ThreadStatic] private static int[] s_scratch = new int[1000];
            private static readonly int[] xs = { 1000, 2000, 3000 };
            private readonly object _gate = new();
            private readonly List<Thread> _threads = new();
            private volatile bool _stop;
            private long _total;
            private void Step() { }
            private void Keep(Thread t) { }
            private static long Sum(int n) { long s = 0; for (var i = 0; i < n; i++) s += Square(i); return s; }
            private static int Square(int n) => n * n;
            private static long Outer(int n) => Sum(n) + Sum(n + 1);
            private static int Fibonacci(int n) => n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2);
            private void First() { for (var i = 0; i < 1_000_000; i++) _total ^= i; }
            private void Second() { for (var i = 0; i < 1_000_000; i++) _total ^= i; }
            private void Download(int n) { for (var i = 0; i < n; i++) File.ReadAllText("x"); }
            private void Slow(int n) { for (var i = 0; i < n; i++) Slower(i); }
            private void Slower(int n) => Task.Delay(n).Wait();
            protected virtual void Overridden(int n) { }
            void M(int[] sums, int n, string text, IEnumerable<int> lazy, ThreadStart start, Action<int> action, Barrier barrier)
            {
                {{code}}
            }
        }
        """, test => { if (off) test.DisabledDiagnostics.Add("TW1004"); });
}

using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Threads;

public class TW1007Tests
{
    [Theory]
    [InlineData("var t = new Thread(Work); t.{|TW1007:Start(5)|};")]
    [InlineData("var t = new Thread(Work); t.{|TW1007:Start(null)|};")]
    [InlineData("var t = new Thread(Work); t.IsBackground = true; if (flag) t.{|TW1007:Start(flag)|};")]
    [InlineData("new Thread(Work).{|TW1007:Start(\"x\")|};")]
    [InlineData("new Thread(() => Work()).{|TW1007:Start(\"x\")|};")]
    [InlineData("var t = new Thread(new ThreadStart(Work)); t.{|TW1007:UnsafeStart(5)|};")]
    [InlineData("ThreadStart work = Work; var t = new Thread(work, 1000000); t.{|TW1007:Start(5)|};")]
    [InlineData("Thread t; if (flag) t = new Thread(Work); else t = new Thread(() => { }); t.{|TW1007:Start(5)|};")]
    [InlineData("_plain.{|TW1007:Start(5)|};")]
    [InlineData("foreach (var t in _plains) t.{|TW1007:Start(5)|};")]
    [InlineData("var ts = new Thread[2]; for (var i = 0; i < 2; i++) { ts[i] = new Thread(Work); ts[i].{|TW1007:Start(i)|}; }")]
    [InlineData("var ts = new List<Thread> { new Thread(Work), new Thread(Work) }; ts.ForEach(t => t.{|TW1007:Start(1)|});")]
    [InlineData("var t = new Thread(Work); Task.Run(() => t.{|TW1007:Start(1)|});")]
    [InlineData("var t = new Thread(Work); try { t.{|TW1007:Start(1)|}; } catch (OutOfMemoryException) { }")]
    public Task An_argument_for_a_body_that_takes_none(string code) => In(code);

    [Theory]
    [InlineData("var t = new Thread(o => Console.WriteLine((int)o!)); t.{|TW1007:Start()|};")]
    [InlineData("var t = new Thread(o => Console.WriteLine((int)o!)); t.{|TW1007:Start(null)|};")]
    [InlineData("new Thread(o => Console.WriteLine(o!.ToString())).{|TW1007:Start()|};")]
    [InlineData("new Thread(o => { var s = (string)o!; Console.WriteLine(); Console.WriteLine(s.Length); }).{|TW1007:Start()|};")]
    [InlineData("new Thread(o => { var list = o as List<int>; list!.Add(1); }).{|TW1007:Start()|};")]
    [InlineData("new Thread(o => { while (true) { var n = (int)o!; Console.WriteLine(n); } }).{|TW1007:Start()|};")]
    [InlineData("new Thread(o => { foreach (var n in (int[])o!) Console.WriteLine(n); }).{|TW1007:Start()|};")]
    [InlineData("new Thread(o => { try { ((Action)o!)(); } finally { Work(); } }).{|TW1007:Start()|};")]
    [InlineData("new Thread(o => { if (_stop) Work(); lock (o!) { Work(); } }).{|TW1007:Start()|};")]
    [InlineData("new Thread(Unbox).{|TW1007:Start()|};")]
    [InlineData("new Thread(Outer).{|TW1007:Start()|};")]
    [InlineData("new Thread(o => Outer(o)).{|TW1007:Start()|};")]
    [InlineData("void Local(object? o) { var c = (C)o!; c._stop = true; } var t = new Thread(Local); t.{|TW1007:Start()|};")]
    [InlineData("_keyed = new Thread(o => Unbox(o)); _keyed.{|TW1007:Start()|};")]
    public Task No_argument_for_a_body_that_needs_one(string code) => In(code);

    [Theory]
    [InlineData("new Thread(o => Console.WriteLine({|TW1007:(long)o!|})).Start(5);")]
    [InlineData("new Thread(o => Console.WriteLine({|TW1007:(int)o!|})).Start(\"5\");")]
    [InlineData("new Thread(o => Console.WriteLine({|TW1007:(string)o!|})).Start(5);")]
    [InlineData("new Thread(o => { var s = {|TW1007:(string)o!|}; Work(); }).Start(new[] { \"a\" });")]
    [InlineData("var t = new Thread(o => { foreach (var s in {|TW1007:(string[])o!|}) Work(); }); object names = new List<string>(); t.Start(names);")]
    [InlineData("new Thread(o => Console.WriteLine({|TW1007:(uint)o!|})).Start(5);")]
    [InlineData("new Thread(Unbox).{|TW1007:Start(5L)|};")]
    [InlineData("new Thread(Outer).{|TW1007:Start(flag)|};")]
    [InlineData("new Thread(o => Work({|TW1007:(List<object>)o!|})).Start(new List<string>());")]
    [InlineData("new Thread(o => Work({|TW1007:((int, int))o!|})).Start((1L, 2L));")]
    [InlineData("new Thread(o => Work({|TW1007:(IDisposable)o!|})).Start(\"x\");")]
    [InlineData("var t = new Thread(Unbox); t.{|TW1007:Start(\"a\")|}; var u = new Thread(Unbox); u.Start(1);")]
    public Task Another_type_than_the_cast(string code) => In(code);

    [Theory]
    [InlineData("var t = new Thread(Work); t.Start();")]
    [InlineData("var t = new Thread(o => Work()); t.Start();")]
    [InlineData("var t = new Thread(_ => Work()); t.Start(5);")]
    [InlineData("var t = new Thread(delegate() { }); t.Start();")]
    [InlineData("var t = new Thread(new ParameterizedThreadStart(Unbox)); t.Start(5);")]
    [InlineData("var t = Make(); t.Start(5);")]
    [InlineData("var t = flag ? new Thread(Work) : new Thread(Unbox); t.Start(5);")]
    [InlineData("var t = new Thread(Work); t = new Thread(Unbox); t.Start(5);")]
    [InlineData("var t = new Thread(Work); (t, _) = (Make(), 1); t.Start(5);")]
    [InlineData("Thread? t = new Thread(Work); if (flag) t = null; t ??= Make(); t.Start(5);")]
    [InlineData("var t = new Thread(Work); Replace(ref t); t.Start(5);")]
    [InlineData("var ts = new Thread[2]; ts[0] = new Thread(Work); Fill(ts); ts[1].Start(5);")]
    [InlineData("Shared = new Thread(Work); Shared.Start(5);")]
    [InlineData("var t = new Thread(Work); try { t.Start(5); } catch (InvalidOperationException) { }")]
    [InlineData("var t = new Thread(Work); Throws(() => t.Start(5));")]
    [InlineData("var t = new Task(o => Work(), 5); t.Start();")]
    public Task Innocent_starts(string code) => In(code);

    [Theory]
    [InlineData("new Thread(o => Console.WriteLine(o)).Start();")]
    [InlineData("new Thread(o => Console.WriteLine(o?.ToString())).Start();")]
    [InlineData("new Thread(o => { if (o is int n) Console.WriteLine(n); }).Start();")]
    [InlineData("new Thread(o => { if (o != null) Console.WriteLine((int)o); }).Start();")]
    [InlineData("new Thread(o => { if (o == null) return; Console.WriteLine((int)o); }).Start();")]
    [InlineData("new Thread(o => { var n = (int?)o ?? 5; Console.WriteLine(n); }).Start();")]
    [InlineData("new Thread(o => { var s = (string?)o; Console.WriteLine(s); }).Start();")]
    [InlineData("new Thread(o => { var s = (string?)o ?? \"\"; Console.WriteLine(s.Length); }).Start();")]
    [InlineData("new Thread(o => { o ??= 5; Console.WriteLine((int)o); }).Start();")]
    [InlineData("new Thread(o => { o = 5; Console.WriteLine((int)o); }).Start();")]
    [InlineData("new Thread(o => { var s = o as string; if (s is null) return; Console.WriteLine(s.Length); }).Start();")]
    [InlineData("new Thread(o => { if (_stop) return; Console.WriteLine((int)o!); }).Start();")]
    [InlineData("new Thread(o => { for (var i = 0; i < _rounds; i++) Console.WriteLine((int)o!); }).Start();")]
    [InlineData("new Thread(o => { while (!_stop) Console.WriteLine((int)o!); }).Start();")]
    [InlineData("new Thread(o => { try { Console.WriteLine((int)o!); } catch (NullReferenceException) { } }).Start();")]
    [InlineData("new Thread(o => { Func<int> later = () => (int)o!; }).Start();")]
    [InlineData("new Thread(o => { switch (o) { case int n: Console.WriteLine(n); break; } }).Start();")]
    [InlineData("new Thread(o => Console.WriteLine(Convert.ToInt32(o))).Start();")]
    [InlineData("new Thread(o => { var n = o is null ? 5 : (int)o; }).Start();")]
    [InlineData("new Thread(o => { var n = _rounds > 0 && (int)o! > 0; }).Start();")]
    [InlineData("new Thread(Checks).Start();")]
    [InlineData("new Thread(Check).Start();")]
    [InlineData("new Thread(Overridable).Start();")]
    [InlineData("new Thread(start).Start();")]
    [InlineData("new Thread(o => { Environment.Exit((int?)o ?? 1); Console.WriteLine((int)o!); }).Start();")]
    [InlineData("new Thread(o => { throw (Exception?)o ?? new Exception(); }).Start();")]
    [InlineData("new Thread(o => { Normalize(ref o); Console.WriteLine((int)o!); }).Start();")]
    [InlineData("new Thread(o => { var s = (string?)o; s = \"x\"; Console.WriteLine(s.Length); }).Start();")]
    public Task Innocent_without_an_argument(string code) => In(code);

    [Theory]
    [InlineData("new Thread(o => Console.WriteLine((int)o!)).Start(5);")]
    [InlineData("new Thread(o => Console.WriteLine((long)o!)).Start(5L);")]
    [InlineData("var n = 5; new Thread(o => Console.WriteLine((long)o!)).Start((long)n);")]
    [InlineData("new Thread(o => Console.WriteLine((int?)o)).Start(5);")]
    [InlineData("int? n = 5; new Thread(o => Console.WriteLine((int)o!)).Start(n);")]
    [InlineData("int? n = 5; new Thread(o => Console.WriteLine((long?)o)).Start(n);")]
    [InlineData("new Thread(o => Console.WriteLine((DayOfWeek)o!)).Start(1);")]
    [InlineData("new Thread(o => Console.WriteLine((int)o!)).Start(DayOfWeek.Monday);")]
    [InlineData("new Thread(o => Work((IEnumerable<int>)o!)).Start(new List<int>());")]
    [InlineData("new Thread(o => Work((IEnumerable<object>)o!)).Start(new[] { \"a\" });")]
    [InlineData("new Thread(o => Work((object[])o!)).Start(new[] { \"a\" });")]
    [InlineData("new Thread(o => Work((uint[])o!)).Start(new[] { 1 });")]
    [InlineData("Stream s = new MemoryStream(); new Thread(o => Work((MemoryStream)o!)).Start(s);")]
    [InlineData("Stream s = new MemoryStream(); new Thread(o => Work((IFormattable)o!)).Start(s);")]
    [InlineData("object x = 5; x = \"a\"; new Thread(o => Work((string)o!)).Start(x);")]
    [InlineData("dynamic x = 5; new Thread((object? o) => Work((string)o!)).Start((object)x);")]
    [InlineData("new Thread(o => { dynamic d = o!; Work((long)d); }).Start(5);")]
    [InlineData("new Thread(o => { if (o is string s) Work(s); else Work((int)o!); }).Start(5);")]
    [InlineData("new Thread(o => Work(o as string)).Start(5);")]
    [InlineData("new Thread(o => Work(Convert.ToInt64(o))).Start(5);")]
    [InlineData("new Thread(Generic<int>).Start(\"5\");")]
    [InlineData("new Thread(o => Work((ValueType)o!)).Start(5);")]
    [InlineData("new Thread(o => Work((IComparable)o!)).Start(5);")]
    [InlineData("new Thread(o => { try { Work((string)o!); } catch (InvalidCastException) { } }).Start(5);")]
    [InlineData("ParameterizedThreadStart body = flag ? o => Work((string)o!) : o => Work((int)o!); new Thread(body).Start(5);")]
    [InlineData("new Thread(o => Work((first: (int)o!, 1))).Start(5);")]
    public Task Innocent_casts(string code) => In(code);

    [Theory]
    [InlineData("var t = new Thread(Work); t?.Start(5);")]
    [InlineData("Property = new Thread(Work); Property.Start(5);")]
    [InlineData("new Thread(o => { for (var i = 0; i < 3; i++) Console.WriteLine((int)o!); }).Start();")]
    [InlineData("new Thread(o => { try { Console.WriteLine((int)o!); } catch (Exception e) { Console.WriteLine(e); } }).Start();")]
    [InlineData("_argument = 5; new Thread(o => Console.WriteLine((string)o!)).Start(_argument);")]
    public Task Misses_what_is_not_followed(string code) => In(code);

    /// <summary>The second start throws whatever it passes.</summary>
    [Theory]
    [InlineData("var t = new Thread(Work); t.Start(); t.{|TW1005:Start(5)|};")]
    [InlineData("var t = new Thread(Unbox); t.Start(5); t.{|TW1005:Start()|};")]
    public Task A_second_start_is_another_rules_matter(string code) => In(code);

    private static Task In(string code) => Verify.Rule("TW1007", $$"""
        class C
        {
            public Thread? Shared;
            private readonly Thread _plain = new Thread(Work);
            private readonly Thread[] _plains = { new Thread(Work), new Thread(Work) };
            private Thread? _keyed;
            private object? _argument;
            private volatile bool _stop;
            private volatile int _rounds;
            private Thread? Property { get; set; }
            private static void Work() { }
            private static void Work(object? o, int n = 0) { }
            private static void Outer(object? key) { Console.WriteLine("on"); Unbox(key); }
            private static void Unbox(object? key) => Console.WriteLine((int)key!);
            private static void Checks(object? key) { Check(key); }
            private static void Check(object? key) { if (key is null) throw new ArgumentNullException(nameof(key)); Console.WriteLine((int)key); }
            private static void Generic<T>(object? key) => Console.WriteLine((T)key!);
            protected virtual void Overridable(object? key) => Console.WriteLine((int)key!);
            private static Thread Make() => new Thread(Unbox);
            private static void Replace(ref Thread t) => t = Make();
            private static void Fill(Thread[] ts) => ts[1] = Make();
            private static void Normalize(ref object? o) => o ??= 5;
            private static void Throws(Action code) { try { code(); } catch (Exception) { } }
            void Go() { _plain.Start(); foreach (var t in _plains) t.Start(); }
            void M(bool flag, ParameterizedThreadStart start)
            {
                {{code}}
            }
        }
        """);
}

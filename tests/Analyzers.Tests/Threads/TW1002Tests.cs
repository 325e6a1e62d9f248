using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Threads;

public class TW1002Tests
{
    [Theory]
    [InlineData("var n = 0; var t = new Thread(() => n = 42); t.Start(); Console.WriteLine({|TW1002:n|}); t.Join();")]
    [InlineData("var n = 0; new Thread(() => { n++; }).Start(); Console.WriteLine(\"started\"); Console.WriteLine({|TW1002:n|});")]
    [InlineData("var n = 0; var t = Task.Run(() => { n = 1; }); return {|TW1002:n|};")]
    [InlineData("var n = 0; switch (wait) { case true: var t = new Thread(() => n = 1); t.Start(); break; } Console.WriteLine({|TW1002:n|});")]
    [InlineData("var n = 0; _ = Task.Factory.StartNew(() => { n = 1; }); return {|TW1002:n|};")]
    [InlineData("var n = 0; ThreadPool.QueueUserWorkItem(_ => n = 3); if ({|TW1002:n|} > 2) Console.WriteLine();")]
    [InlineData("var r = new int[2]; var t = new Thread(() => r[0] = 1); t.Start(); Console.WriteLine({|TW1002:r|}[0]); t.Join();")]
    [InlineData("var list = new List<int>(); var t = new Thread(() => list.Add(1)); t.Start(); foreach (var x in {|TW1002:list|}) Console.WriteLine(x);")]
    [InlineData("var list = new List<int>(); var t = new Thread(() => list.Add(1)); t.Start(); Console.WriteLine({|TW1002:list|}.Count);")]
    [InlineData("var list = new List<int>(); var t = new Thread(() => { for (var i = 0; i < 3; i++) list.Add(i); }); t.Start(); Console.WriteLine(string.Join(\",\", {|TW1002:list|}));")]
    [InlineData("var sb = new System.Text.StringBuilder(); var t = new Thread(() => sb.Append(1)); t.Start(); Console.WriteLine({|TW1002:sb|}.ToString());")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); try { Console.WriteLine({|TW1002:n|}); } finally { t.Join(); }")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); try { t.Start(); } catch (Exception) { } Console.WriteLine({|TW1002:n|});")]
    [InlineData("var n = 0; Thread t; t = new Thread(() => n = 1); t.Start(); Console.WriteLine({|TW1002:n|}); t.Join();")]
    [InlineData("var n = 0; var m = 0; var a = new Thread(() => n = 1); var b = new Thread(() => m = 2); a.Start(); b.Start(); a.Join(); Console.WriteLine(n); Console.WriteLine({|TW1002:m|}); b.Join();")]
    [InlineData("var r = new int[4]; var ts = new Thread[4]; for (var i = 0; i < 4; i++) { var k = i; ts[i] = new Thread(() => r[k] = k); ts[i].Start(); } Console.WriteLine({|TW1002:r|}.Sum()); foreach (var t in ts) t.Join();")]
    [InlineData("var r = new int[4]; var ts = new List<Thread>(); for (var i = 0; i < 4; i++) { var k = i; ts.Add(new Thread(() => r[k] = k)); } foreach (var t in ts) t.Start(); foreach (var x in {|TW1002:r|}) Console.WriteLine(x); foreach (var t in ts) t.Join();")]
    [InlineData("var r = new int[4]; var ts = Enumerable.Range(0, 4).Select(i => Task.Run(() => { r[i] = i; })).ToHashSet(); Console.WriteLine({|TW1002:r|}[1]);")]
    [InlineData("var r = new int[4]; Task[] ts = [.. Enumerable.Range(0, 4).Select(i => Task.Run(() => { r[i] = i; }))]; Console.WriteLine({|TW1002:r|}[1]);")]
    [InlineData("var r = new int[4]; var ts = Enumerable.Range(0, 4).Select(i => new Thread(() => r[i] = i)).ToList(); ts.ForEach(t => t.Start()); Console.WriteLine({|TW1002:r|}[1]);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); if (wait) t.Join(); Console.WriteLine({|TW1002:n|});")]
    [InlineData("var n = 0; var t = new Thread(() => { Thread.Sleep(10); n = 1; }); t.Start(); Console.WriteLine($\"{{|TW1002:n|}}\"); t.Join();")]
    [InlineData("Box b = new(); var t = new Thread(() => b.Value = 5); t.Start(); Console.WriteLine({|TW1002:b.Value|}); t.Join();")]
    [InlineData("var n = 0; var t = new Thread(() => n = Square(4)); t.Start(); Console.WriteLine({|TW1002:n|}); t.Join();")]
    [InlineData("var n = 0; void Work() { n = 7; } var t = new Thread(Work); t.Start(); Console.WriteLine({|TW1002:n|}); t.Join();")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); t.IsBackground = true; t.Name = \"x\"; Console.WriteLine({|TW1002:n|});")]
    public Task Guilty(string code) => In(code);

    [Theory]
    [InlineData("var n = 0; var t = new Thread(() => n = 42); t.Start(); t.Join(); Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 42); t.Start(); if (t.Join(100)) Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 42); t.Start(); while (t.IsAlive) Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = Task.Run(() => { n = 1; }); t.Wait(); return n;")]
    [InlineData("var n = 0; Task.Run(() => { n = 1; }).Wait(); return n;")]
    [InlineData("var n = 0; Task.Run(() => { n = 1; }).GetAwaiter().GetResult(); return n;")]
    [InlineData("var n = 0; var t = Task.Run(() => { n = 1; }); t.ConfigureAwait(false).GetAwaiter().GetResult(); return n;")]
    [InlineData("var n = 0; var t = Task.Run(() => { n = 1; }); var waiter = t.ConfigureAwait(false).GetAwaiter(); waiter.GetResult(); return n;")]
    [InlineData("var n = 0; var t = Task.Run(() => { n = 1; }); new ValueTask(t).ConfigureAwait(false).GetAwaiter().GetResult(); return n;")]
    [InlineData("var n = 0; var t = Task.Run(() => { n = 1; }); void Finish() { var all = t.ConfigureAwait(false); all.GetAwaiter().GetResult(); } Finish(); return n;")]
    [InlineData("var n = 0; Task.WaitAll(Task.Run(() => { n = 1; })); return n;")]
    [InlineData("var n = 0; Task.WhenAll(Task.Run(() => { n = 1; }), Task.Run(() => { })).Wait(); return n;")]
    [InlineData("var n = 0; var t = Task.Run(() => { n = 1; }); var r = t.ContinueWith(_ => n); return r.Result;")]
    [InlineData("var n = 0; Parallel.For(0, 1, i => n = i); return n;")]
    [InlineData("var n = 0; Parallel.Invoke(() => n = 1, () => { }); return n;")]
    [InlineData("var n = 0; var e = new ManualResetEventSlim(); var t = new Thread(() => { n = 1; e.Set(); }); t.Start(); e.Wait(); return n;")]
    [InlineData("var n = 0; var e = new ManualResetEventSlim(); var t = new Thread(() => { e.Wait(); n = 1; }); t.Start(); Console.WriteLine(n); e.Set(); t.Join();")]
    [InlineData("var n = 0; var q = new BlockingCollection<int>(); var t = new Thread(() => { foreach (var x in q.GetConsumingEnumerable()) n += x; }); t.Start(); Console.WriteLine(n); q.CompleteAdding(); t.Join();")]
    [InlineData("var n = 0; var o = new object(); var t = new Thread(() => { lock (o) n = 1; }); t.Start(); lock (o) Console.WriteLine(n); t.Join();")]
    [InlineData("var n = 0; var t = new Thread(() => Volatile.Write(ref n, 1)); t.Start(); Console.WriteLine(Volatile.Read(ref n)); t.Join();")]
    [InlineData("var n = 0; var t = new Thread(() => Interlocked.Increment(ref n)); t.Start(); Console.WriteLine(n); t.Join();")]
    [InlineData("var stop = false; var t = new Thread(() => { while (!stop) { } }); t.Start(); Console.WriteLine(stop); stop = true; t.Join();")]
    [InlineData("var n = 0; var stop = false; var t = new Thread(() => { while (!stop) n++; }); t.Start(); Console.WriteLine(n); stop = true; t.Join();")]
    [InlineData("var n = 0; var t = new Thread(() => { while (true) n++; }); t.Start(); Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); while (n == 0) Thread.Sleep(1); Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); SpinWait.SpinUntil(() => n == 1); Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = new Thread(() => { var k = 1; k++; }); t.Start(); Console.WriteLine(n); t.Join();")]
    [InlineData("var n = 0; var t = new Thread(() => Console.WriteLine(n)); t.Start(); Console.WriteLine(n); t.Join();")]
    [InlineData("var n = 0; Action a = () => n = 1; a(); Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); Console.WriteLine(n); t.Start(); t.Join();")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); Finish(t); Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); JoinLater(); Console.WriteLine(n);")]
    [InlineData("var n = 0; Thread? t = null; if (wait) { t = new Thread(() => n = 1); t.Start(); } if (t != null) t.Join(); Console.WriteLine(n);")]
    [InlineData("var n = 0; Thread? t = null; if (wait) { t = new Thread(() => n = 1); t.Start(); } t?.Join(); Console.WriteLine(n);")]
    [InlineData("var r = new int[4]; var ts = new Thread[4]; for (var i = 0; i < 4; i++) { var k = i; ts[i] = new Thread(() => r[k] = k); ts[i].Start(); } foreach (var t in ts) t.Join(); Console.WriteLine(r.Sum());")]
    [InlineData("var r = new int[4]; var ts = new Thread[4]; for (var i = 0; i < 4; i++) { var k = i; ts[i] = new Thread(() => r[k] = k); ts[i].Start(); } for (var i = 0; i < r.Length; i++) ts[i].Join(); Console.WriteLine(r.Sum());")]
    [InlineData("var r = new int[4]; var ts = Enumerable.Range(0, 4).Select(i => Task.Run(() => { r[i] = i; })).ToArray(); Task.WaitAll(ts); Console.WriteLine(r[1]);")]
    [InlineData("var r = new int[4]; var ts = Enumerable.Range(0, 4).Select(i => Task.Run(() => { r[i] = i; })); Console.WriteLine(r[1]); Task.WhenAll(ts).Wait();")]
    [InlineData("var n = 0; var ts = from i in Enumerable.Range(0, 4) select Task.Run(() => { n += i; }); var before = n; foreach (var t in ts) t.Wait(); Console.WriteLine(n - before);")]
    [InlineData("var n = 0; var ts = Enumerable.Range(0, 4).Select(i => { var t = new Thread(() => n += i); t.Start(); return t; }); if (n < 3) foreach (var t in ts) t.Join();")]
    [InlineData("var q = new ConcurrentQueue<int>(); var t = new Thread(() => q.Enqueue(1)); t.Start(); while (q.TryDequeue(out var x)) Console.WriteLine(x); t.Join();")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); Console.ReadLine(); Console.WriteLine(n);")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); n = 2; Console.WriteLine(n); t.Join();")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); t.Start(); Console.WriteLine(nameof(n)); t.Join();")]
    [InlineData("var r = new int[4]; var t = new Thread(() => r[0] = 1); t.Start(); Console.WriteLine(r.Length); t.Join();")]
    [InlineData("Box b = new(), c = new(); var t = new Thread(() => b.Value = 5); t.Start(); Console.WriteLine(c.Value); t.Join();")]
    [InlineData("var n = 0; var t = new Thread(() => n = 1); try { t.Start(); } finally { t.Join(); } Console.WriteLine(n);")]
    [InlineData("var n = 0; using (var b = new Barrier(2)) { var t = new Thread(() => { n = 1; b.SignalAndWait(); }); t.Start(); b.SignalAndWait(); Console.WriteLine(n); }")]
    [InlineData("var n = 0; var c = new CountdownEvent(1); ThreadPool.QueueUserWorkItem(_ => { n = 1; c.Signal(); }); c.Wait(); return n;")]
    [InlineData("var n = 0; var e = new ManualResetEventSlim(); var t = new Thread(() => { n = 1; e.Set(); }); t.Start(); if (n == 0) e.Wait(); Console.WriteLine(n);")]
    [InlineData("var n = 0; switch (wait) { case true: var t = new Thread(() => n = 1); t.Start(); t.Join(); break; } Console.WriteLine(n);")]
    [InlineData("var n = 0; var done = false; new Thread(() => { n = 1; Volatile.Write(ref done, true); }).Start(); while (!Volatile.Read(ref done)) { } Console.WriteLine(n);")]
    [InlineData("var n = 0; var done = false; new Thread(() => { n = 1; Volatile.Write(ref done, true); }).Start(); if (!Volatile.Read(ref done)) return -1; return n;")]
    [InlineData("var n = 0; var left = 1; Task.Run(() => { n = 1; Interlocked.Decrement(ref left); }); for (var i = 0; i < 9; i++) { if (Volatile.Read(ref left) == 0) return n; } return -1;")]
    public Task Innocent(string code) => In(code);

    /// <summary>Code in source that C# calls unseen may join.</summary>
    [Theory]
    [InlineData("using (new Joined(t)) { Console.WriteLine(); }")]
    [InlineData("using (var joined = new Joined(t)) { Console.WriteLine(joined); }")]
    [InlineData("using (Joined.At(t)) { Console.WriteLine(); }")]
    [InlineData("{ using var joined = new Joined(t); Console.WriteLine(); }")]
    [InlineData("if (wait) { using var joined = Joined.At(t); Console.WriteLine(); } else t.Join();")]
    [InlineData("foreach (var x in new Joined(t)) Console.WriteLine(x);")]
    [InlineData("foreach (var x in Joined.Each(t)) Console.WriteLine(x);")]
    [InlineData("bool done = new Joined(t);")]
    [InlineData("Console.WriteLine(+new Joined(t));")]
    public Task Innocent_behind_what_is_called_unseen(string code) => Verify.Rule("TW1002", $$"""
        sealed class Joined(Thread t) : IDisposable
        {
            public static IDisposable At(Thread t) => new Joined(t);
            public static IEnumerable<int> Each(Thread t) { yield return 1; t.Join(); }
            public IEnumerator<int> GetEnumerator() { t.Join(); yield break; }
            public static implicit operator bool(Joined joined) { joined.Dispose(); return true; }
            public static Joined operator +(Joined joined) { joined.Dispose(); return joined; }
            public void Dispose() => t.Join();
        }
        class C
        {
            int M(bool wait) { var n = 0; var t = new Thread(() => n = 5); t.Start(); {{code}} return n; }
        }
        """);

    /// <summary>What a property of the object reads is read where it is asked.</summary>
    [Theory]
    [InlineData("public int Count => _n;", "Console.WriteLine({|TW1002:Count|}); t.Join();")]
    [InlineData("int Count { get { return _n; } }", "Console.WriteLine($\"{{|TW1002:Count|}} lines\"); t.Join();")]
    [InlineData("int Count { get => Total(); } int Total() => _n;", "Console.WriteLine({|TW1002:this.Count|}); t.Join();")]
    [InlineData("protected virtual int Count => _n;", "Console.WriteLine(Count); t.Join();")]
    [InlineData("int Count { get { _t!.Join(); return _n; } }", "Console.WriteLine(Count);")]
    [InlineData("int Count { get => _n; set => _n = value; }", "Count = 1; t.Join();")]
    [InlineData("int Other => 1;", "Console.WriteLine(Other); t.Join(); Console.WriteLine(_n);")]
    [InlineData("int Count { get { lock (this) return _n; } }", "Console.WriteLine(Count); t.Join();")]
    public Task Through_properties(string members, string code) => Verify.Rule("TW1002", $$"""
        class C
        {
            private int _n;
            private Thread? _t;
            {{members}}
            void M() { var t = new Thread(() => _n = 5); _t = t; t.Start(); {{code}} }
        }
        """);

    [Theory]
    [InlineData("using (new MemoryStream()) { Console.WriteLine(); }")]
    [InlineData("{ using var memory = new MemoryStream(); Console.WriteLine(); }")]
    public Task Guilty_behind_what_the_framework_disposes_of(string code) => In($"var n = 0; var t = new Thread(() => n = 5); t.Start(); {code} Console.WriteLine({{|TW1002:n|}}); t.Join();");

    [Theory]
    [InlineData("var seen = new ConcurrentDictionary<string, int>(); var t = Task.Run(() => { seen[\"a\"] = 1; }); foreach (var (key, value) in seen) Console.WriteLine(key); t.Wait();")]
    [InlineData("var seen = new ConcurrentDictionary<string, int>(); var t = new Thread(() => { for (var i = 0; i < 9; i++) seen[i.ToString()] = i; }); t.Start(); Console.WriteLine(seen.Count); t.Join();")]
    [InlineData("var seen = new ConcurrentQueue<int>(); var t = Task.Run(() => seen.Enqueue(1)); foreach (var x in seen) Console.WriteLine(x); t.Wait();")]
    [InlineData("var kept = new System.Runtime.CompilerServices.ConditionalWeakTable<object, object>(); var t = Task.Run(() => kept.Add(kept, kept)); foreach (var x in kept) Console.WriteLine(x); t.Wait();")]
    public Task Silent_on_what_is_made_for_several_threads(string code) => In(code);

    [Theory]
    [InlineData("var n = 0; var t = Task.Run(async () => { await Task.Yield(); n = 5; }); Console.WriteLine({|TW1002:n|}); t.Wait();")]
    public Task A_body_that_gives_others_a_turn(string code) => In(code);

    [Theory]
    [InlineData("var r = new int[2]; var t = new Thread(() => r[1] = Square(9)); t.Start(); r[0] = Square(3); Console.WriteLine(r[0]); t.Join(); return r[0] + r[1];")]
    [InlineData("var r = new List<int> { 0, 0 }; var t = Task.Run(() => r[1] = Square(9)); Console.WriteLine(r[0]); t.Wait(); return r;")]
    [InlineData("var parts = new[] { new Box(), new Box() }; var t = Task.Run(() => parts[0].Value = 3); Console.WriteLine(parts[1].Value); t.Wait(); return parts;")]
    [InlineData("var parts = new[] { new List<int>(), new List<int>() }; var t = Task.Run(() => parts[0].Add(3)); Console.WriteLine(parts[1].Count); t.Wait(); return parts;")]
    [InlineData("var r = new int[2]; void Fill(int slot) { r[slot] = Square(slot); } var t = Task.Run(() => Fill(1)); Fill(0); Console.WriteLine(r[0]); t.Wait(); return r;")]
    [InlineData("var r = new int[2]; void Fill(int slot) { r[slot] = Square(slot); } int Read(int slot) => r[slot]; var t = Task.Run(() => Fill(1)); Fill(0); Console.WriteLine(Read(0)); t.Wait(); return r;")]
    public Task Another_slot_of_the_array(string code) => In(code);

    [Theory]
    [InlineData("var r = new int[2]; var t = new Thread(() => r[1] = Square(9)); t.Start(); Console.WriteLine({|TW1002:r|}[1]); t.Join(); return r;")]
    [InlineData("var r = new int[2]; var k = 1; var t = new Thread(() => r[k] = Square(9)); t.Start(); Console.WriteLine({|TW1002:r|}[0]); t.Join(); return r;")]
    [InlineData("var r = new Dictionary<int, int>(); var t = Task.Run(() => r[1] = Square(9)); Console.WriteLine({|TW1002:r|}[0]); t.Wait(); return r;")]
    [InlineData("var r = new int[2]; void Fill(int slot) { r[slot] = Square(slot); } var t = Task.Run(() => { Fill(1); Fill(0); }); Console.WriteLine({|TW1002:r|}[0]); t.Wait(); return r;")]
    [InlineData("var r = new int[2]; var t = Task.Run(() => r[1] = 4); Console.WriteLine({|TW1002:r|}.Sum()); t.Wait(); return r;")]
    [InlineData("var parts = new[] { new Box(), new Box() }; var t = Task.Run(() => parts[0].Value = 3); Console.WriteLine({|TW1002:parts[0].Value|}); t.Wait(); return parts;")]
    public Task The_same_slot_or_one_that_is_not_known(string code) => In(code);

    [Theory]
    [InlineData("var r = new List<int>(); var t = Task.Run(() => Fill(r)); Console.WriteLine({|TW1002:r|}.Count); t.Wait();")]
    [InlineData("var r = new int[2]; var t = new Thread(() => Fill(r)); t.Start(); Console.WriteLine({|TW1002:r|}[1]); t.Join();")]
    [InlineData("var b = new Box(); var t = Task.Run(() => Fill(b, 3)); Console.WriteLine({|TW1002:b.Value|}); t.Wait();")]
    [InlineData("var r = new List<int>(); var s = new List<int>(); var t = Task.Run(() => { Fill(r); Fill(s); }); Console.WriteLine({|TW1002:s|}.Count); t.Wait();")]
    [InlineData("var r = new List<int>(); var t = Task.Run(() => FillTwice(r)); foreach (var x in {|TW1002:r|}) Console.WriteLine(x); t.Wait();")]
    [InlineData("var t = Task.Run(() => Fill(_items)); Console.WriteLine({|TW1002:_items|}.Count); t.Wait();")]
    [InlineData("var bs = new[] { new Box() }; var t = Task.Run(() => Fill(bs[0], 3)); Console.WriteLine({|TW1002:bs[0].Value|}); t.Wait();")]
    [InlineData("var r = new System.Text.StringBuilder(); void Say(System.Text.StringBuilder to) => to.Append(1); var t = Task.Run(() => Say(r)); Console.WriteLine({|TW1002:r|}.ToString()); t.Wait();")]
    [InlineData("var map = new Dictionary<int, int>(); static void Put(Dictionary<int, int> to) => to[1] = 2; var t = Task.Run(() => Put(map)); Console.WriteLine({|TW1002:map|}[1]); t.Wait();")]
    public Task Guilty_through_what_fills_an_object(string code) => InFilled(code);

    [Theory]
    [InlineData("var r = new List<int>(); var t = Task.Run(() => Fill(r)); t.Wait(); Console.WriteLine(r.Count);")]
    [InlineData("var r = new List<int>(); var s = new List<int>(); var t = Task.Run(() => Fill(r)); Console.WriteLine(s.Count); t.Wait();")]
    [InlineData("var r = new List<int>(); var t = Task.Run(() => FillAnother(r)); Console.WriteLine(r.Count); t.Wait();")]
    [InlineData("var r = new List<int>(); var t = Task.Run(() => FillLocked(r)); lock (r) Console.WriteLine(r.Count); t.Wait();")]
    [InlineData("var r = new List<int>(); var t = Task.Run(() => Fill(r.ToList())); Console.WriteLine(r.Count); t.Wait();")]
    [InlineData("var r = new List<int>(); var t = Task.Run(() => Count(r)); Console.WriteLine(r.Count); t.Wait();")]
    [InlineData("var b = new Box(); var t = Task.Run(() => Replace(b)); Console.WriteLine(b.Value); t.Wait();")]
    [InlineData("var p = new Point(); var t = Task.Run(() => Move(p)); Console.WriteLine(p.X); t.Wait();")]
    [InlineData("var r = new int[2]; static void Put(int[] to, int slot) => to[slot] = 4; var t = Task.Run(() => Put(r, 1)); Console.WriteLine(r[0]); t.Wait();")]
    [InlineData("var r = new System.Collections.Concurrent.ConcurrentQueue<int>(); static void Put(System.Collections.Concurrent.ConcurrentQueue<int> to) => to.Enqueue(4); var t = Task.Run(() => Put(r)); Console.WriteLine(r.Count); t.Wait();")]
    [InlineData("var r = new List<int>(); var e = new ManualResetEventSlim(); var t = Task.Run(() => { e.Wait(); Fill(r); }); Console.WriteLine(r.Count); e.Set(); t.Wait();")]
    [InlineData("var r = new List<int>(); var t = Task.Run(() => { var own = new List<int>(); Fill(own); }); Console.WriteLine(r.Count); t.Wait();")]
    public Task Innocent_beside_what_fills_an_object(string code) => InFilled(code);

    private static Task InFilled(string code) => Verify.Rule("TW1002", $$"""
        class Box { public int Value; }
        struct Point { public int X; }
        class C
        {
            private readonly List<int> _items = new();

            void M()
            {
                {{code}}
            }

            private static void Fill(List<int> items) { for (var i = 0; i < 9; i++) items.Add(i); }
            private static void Fill(int[] items) { for (var i = 0; i < items.Length; i++) items[i] = i; }
            private static void Fill(Box box, int value) => box.Value = value;
            private static void FillTwice(List<int> items) { Fill(items); Fill(items); }
            private static void FillAnother(List<int> items) { items = new List<int>(items); items.Add(3); }
            private static void FillLocked(List<int> items) { lock (items) items.Add(3); }
            private static void Replace(Box box) { box = new Box(); box.Value = 3; }
            private static void Move(Point point) => point.X = 4;
            private static int Count(List<int> items) => items.Count;
        }
        """);

    private static Task In(string code) => Verify.Rule("TW1002", $$"""
        class Box { public int Value; }
        class C
        {
            object? M(bool wait)
            {
                {{code}}
                return null;
            }

            private static int Square(int x) => x * x;
            private Thread? _later;
            private void JoinLater() => _later?.Join();
            private static void Finish(Thread t) => t.Join();
        }
        """);

    private const string Two = "var n = 0; var m = 0; var a = Task.Run(() => { n = Square(1); }); var b = Task.Run(() => { m = Square(2); }); ";
    private const string Four = "var r = new int[4]; var ts = new List<Task>(); for (var i = 0; i < 4; i++) { var k = i; ts.Add(Task.Run(() => { r[k] = Square(k); })); } ";

    /// <summary>Whichever of them is first, the others may still run.</summary>
    [Theory]
    [InlineData(Two + "await Task.WhenAny(a, b); Console.WriteLine({|TW1002:n|} + {|TW1002:m|});")]
    [InlineData(Two + "Task.WaitAny(a, b); Console.WriteLine({|TW1002:n|} + {|TW1002:m|}); await Task.WhenAll(a, b);")]
    [InlineData(Two + "Task.WhenAny(a, b).Wait(); Console.WriteLine({|TW1002:m|});")]
    [InlineData(Two + "await Task.WhenAny(new[] { a, b }).ConfigureAwait(false); Console.WriteLine({|TW1002:n|} * {|TW1002:m|});")]
    [InlineData(Four + "await Task.WhenAny(ts); Console.WriteLine({|TW1002:r|}.Sum());")]
    [InlineData(Four + "Task.WaitAny(ts.ToArray()); foreach (var x in {|TW1002:r|}) Console.WriteLine(x);")]
    [InlineData("var n = 0; var m = 0; var ts = new List<Task> { Task.Run(() => { n = Square(1); }), Task.Run(() => { m = Square(2); }) }; await Task.WhenAny(ts); Console.WriteLine({|TW1002:n|} + {|TW1002:m|});")]
    public Task Guilty_behind_the_first_of_several(string code) => InAsync(code);

    [Theory]
    [InlineData("var n = 0; var m = 0; var ts = new List<Task> { Task.Run(() => { n = Square(1); }), Task.Run(() => { m = Square(2); }) }; while (ts.Count > 0) { var done = await Task.WhenAny(ts); ts.Remove(done); } Console.WriteLine(n + m);")]
    [InlineData("var n = 0; var m = 0; var ts = new List<Task> { Task.Run(() => { n = Square(1); }), Task.Run(() => { m = Square(2); }) }; while (ts.Count > 0) { await Task.WhenAny(ts); ts.RemoveAll(t => t.IsCompleted); } Console.WriteLine(n + m);")]
    [InlineData("var n = 0; var m = 0; var ts = new List<Task> { Task.Run(() => { n = Square(1); }), Task.Run(() => { m = Square(2); }) }; while (ts.Any(t => !t.IsCompleted)) await Task.WhenAny(ts); Console.WriteLine(n + m);")]
    [InlineData("var n = 0; var a = Task.Run(() => { n = Square(1); }); var b = Task.Run(() => { n = Square(2); }); await Task.WhenAny(a, b); Console.WriteLine(n);")]
    [InlineData("var n = 0; var ts = new List<Task>(); for (var i = 0; i < 4; i++) { var k = i; ts.Add(Task.Run(() => { n = Square(k); })); } await Task.WhenAny(ts); Console.WriteLine(n);")]
    [InlineData("var n = 0; var ts = new List<Task> { Task.Run(() => { n = Square(1); }) }; await Task.WhenAny(ts); Console.WriteLine(n);")]
    [InlineData("var n = 0; var a = Task.Run(() => { n = Square(1); }); await Task.WhenAny(a); Console.WriteLine(n);")]
    [InlineData("object? n = null; object? m = null; var a = Task.Run(() => { n = Square(1); }); var b = Task.Run(() => { m = Square(2); }); await Task.WhenAny(a, b); Console.WriteLine(n ?? m);")]
    [InlineData(Two + "var first = await Task.WhenAny(a, b); if (first == a) Console.WriteLine(n); else Console.WriteLine(m);")]
    [InlineData(Two + "if (Task.WaitAny(a, b) == 0) Console.WriteLine(n);")]
    [InlineData(Two + "await Task.WhenAny(a, b); if (n > 0) Console.WriteLine(n); else Console.WriteLine(m);")]
    [InlineData(Two + "await Task.WhenAny(a, b); var isFirst = n > 0; Console.WriteLine(isFirst ? n : m);")]
    [InlineData(Two + "await Task.WhenAny(a, b); await a; await b; Console.WriteLine(n + m);")]
    [InlineData(Four + "await Task.WhenAny(ts); Console.WriteLine(\"the first\"); await Task.WhenAll(ts); Console.WriteLine(r.Sum());")]
    [InlineData(Four + "await Task.WhenAny(ts); Console.WriteLine(r.First(x => x != 0));")]
    [InlineData(Four + "await Task.WhenAny(ts); if (ts.All(t => t.IsCompleted)) Console.WriteLine(r.Sum());")]
    [InlineData("var n = 0; var m = 0; var e = new ManualResetEvent(false); var a = Task.Run(() => { n = Square(1); e.Set(); }); var b = Task.Run(() => { e.WaitOne(); m = 3; }); await Task.WhenAny(a, b); Console.WriteLine(n);")]
    [InlineData("var n = 0; var a = Task.Run(() => { n = Square(1); }); await Task.WhenAny(a, Later()); Console.WriteLine(n);")]
    public Task Innocent_around_the_first_of_several(string code) => InAsync(code);

    /// <summary>Some are waited for, and the results of others are read.</summary>
    [Theory]
    [InlineData(Two + "await Task.WhenAll(a); Console.WriteLine(n + {|TW1002:m|}); await b;")]
    [InlineData(Two + "await a.ConfigureAwait(false); Console.WriteLine(n + {|TW1002:m|}); await b;")]
    [InlineData("var k = 0; var c = Task.Run(() => { k = Square(2); }); " + Two + "Task.WaitAll(a, b); Console.WriteLine(n + m + {|TW1002:k|}); c.Wait();")]
    [InlineData("var k = 0; var c = Task.Run(() => { k = Square(2); }); " + Two + "await Task.WhenAll(a, b).ConfigureAwait(false); Console.WriteLine(n + m + {|TW1002:k|}); await c;")]
    [InlineData(Four + "var last = 0; var c = Task.Run(() => { last = Square(2); }); await c; Console.WriteLine({|TW1002:r|}.Sum() + last); await Task.WhenAll(ts);")]
    public Task Guilty_behind_a_join_of_others(string code) => InAsync(code);

    [Theory]
    [InlineData(Two + "await Task.WhenAll(a, b); Console.WriteLine(n + m);")]
    [InlineData(Two + "var all = new[] { a, b }; await Task.WhenAll(all); Console.WriteLine(n + m);")]
    [InlineData(Two + "await Task.WhenAll(a, Later()); Console.WriteLine(n + m); await b;")]
    [InlineData(Two + "var c = b; await Task.WhenAll(a, c); Console.WriteLine(n + m);")]
    [InlineData(Two + "var c = Task.Run(async () => { await a; await b; }); await c; Console.WriteLine(n + m);")]
    [InlineData(Four + "var c = Task.WhenAll(ts); await c; Console.WriteLine(r.Sum());")]
    public Task Innocent_behind_a_join_of_all(string code) => InAsync(code);

    private const string Slotted = "var n = 0; var m = 0; var ts = new Thread[2]; ts[0] = new Thread(() => n = Square(1)); ts[1] = new Thread(() => m = Square(2)); ";
    private const string Started = Slotted + "ts[0].Start(); ts[1].Start(); ";
    private const string Pair = "var n = 0; var m = 0; var ts = new[] { Task.Run(() => { n = Square(1); }), Task.Run(() => { m = Square(2); }) }; ";

    /// <summary>One slot of the array is waited for, and what another's body writes is read.</summary>
    [Theory]
    [InlineData(Started + "ts[0].Join(); Console.WriteLine({|TW1002:m|}); ts[1].Join();")]
    [InlineData(Started + "ts[1].Join(); Console.WriteLine({|TW1002:n|} + m); ts[0].Join();")]
    [InlineData(Slotted + "ts[0].Start(); Console.WriteLine({|TW1002:n|} + m); ts[1].Start(); ts[0].Join(); ts[1].Join();")]
    [InlineData(Slotted + "foreach (var t in ts) t.Start(); ts[0].Join(); Console.WriteLine(n + {|TW1002:m|}); ts[1].Join();")]
    [InlineData("var n = 0; var m = 0; var ts = new[] { new Thread(() => n = 1), new Thread(() => m = 2) }; ts[0].Start(); ts[1].Start(); ts[0].Join(); Console.WriteLine(n + {|TW1002:m|}); ts[1].Join();")]
    [InlineData("var n = 0; var m = 0; var ts = new List<Thread> { new Thread(() => n = 1), new Thread(() => m = 2) }; ts[0].Start(); ts[1].Start(); ts[0].Join(); Console.WriteLine(n + {|TW1002:m|}); ts[1].Join();")]
    [InlineData("var n = 0; var m = 0; Thread[] ts = [new Thread(() => n = 1), new Thread(() => m = 2)]; ts[0].Start(); ts[1].Start(); ts[0].Join(); Console.WriteLine(n + {|TW1002:m|}); ts[1].Join();")]
    [InlineData("var n = 0; var m = 0; var t = new Thread(() => m = 2); t.Start(); var ts = new Thread[1]; ts[0] = new Thread(() => n = 1); ts[0].Start(); ts[0].Join(); Console.WriteLine(n + {|TW1002:m|}); t.Join();")]
    [InlineData(Pair + "await ts[0]; Console.WriteLine(n + {|TW1002:m|}); await Task.WhenAll(ts);")]
    [InlineData(Pair + "ts[1].Wait(); Console.WriteLine(m + {|TW1002:n|}); await Task.WhenAll(ts);")]
    [InlineData(Pair + "await Task.WhenAny(ts[0], ts[1]); Console.WriteLine({|TW1002:n|} + {|TW1002:m|}); await Task.WhenAll(ts);")]
    public Task Guilty_behind_the_join_of_another_slot(string code) => InAsync(code);

    [Theory]
    [InlineData(Started + "ts[0].Join(); Console.WriteLine(n); ts[1].Join(); Console.WriteLine(m);")]
    [InlineData(Started + "ts[0].Join(); ts[1].Join(); Console.WriteLine(n + m);")]
    [InlineData(Slotted + "ts[0].Start(); Console.WriteLine(m); ts[1].Start(); ts[0].Join(); ts[1].Join();")]
    [InlineData(Started + "for (var i = 0; i < 2; i++) ts[i].Join(); Console.WriteLine(n + m);")]
    [InlineData(Started + "var k = Square(1); ts[k].Join(); Console.WriteLine(m); ts[0].Join();")]
    [InlineData("var n = 0; var m = 0; var ts = new Thread[2]; var k = Square(1); ts[k - 1] = new Thread(() => n = 1); ts[k] = new Thread(() => m = 2); ts[0].Start(); ts[1].Start(); ts[0].Join(); Console.WriteLine(m); ts[1].Join();")]
    [InlineData(Started + "Array.Reverse(ts); ts[0].Join(); Console.WriteLine(m); ts[1].Join();")]
    [InlineData(Started + "(ts[0], ts[1]) = (ts[1], ts[0]); ts[0].Join(); Console.WriteLine(m); ts[1].Join();")]
    [InlineData(Started + "var other = ts; other[0] = ts[1]; ts[0].Join(); Console.WriteLine(m);")]
    [InlineData("var n = 0; var m = 0; var t = new Thread(() => m = 2); t.Start(); var ts = new Thread[1]; ts[0] = new Thread(() => n = 1); ts[0].Start(); ts[0].Join(); ts[0] = t; ts[0].Join(); Console.WriteLine(m);")]
    [InlineData("var n = 0; var m = 0; var ts = new List<Thread> { new Thread(() => n = 1), new Thread(() => m = 2) }; ts[0].Start(); ts[1].Start(); ts.RemoveAt(0); ts[0].Join(); Console.WriteLine(m);")]
    [InlineData("var n = 0; var m = 0; var e = new ManualResetEvent(false); var ts = new Thread[2]; ts[0] = new Thread(() => { e.WaitOne(); n = 1; }); ts[1] = new Thread(() => { m = 2; e.Set(); }); ts[0].Start(); ts[1].Start(); ts[0].Join(); Console.WriteLine(n + m);")]
    [InlineData(Pair + "await ts[0]; Console.WriteLine(n); await ts[1]; Console.WriteLine(m);")]
    [InlineData(Pair + "await Task.WhenAny(ts[0]); Console.WriteLine(n); await ts[1];")]
    [InlineData(Pair + "await Task.WhenAll(ts[0], ts[1]); Console.WriteLine(n + m);")]
    [InlineData(Pair + "await Later(); Console.WriteLine(m); await Task.WhenAll(ts);")]
    [InlineData("var n = 0; var m = 0; var ts = new Task[2]; ts[0] = Task.Run(() => { m = Square(2); }); ts[1] = ts[0].ContinueWith(_ => n = m); await ts[1]; Console.WriteLine(n + m);")]
    [InlineData("var n = 0; var m = 0; var ts = new Task[2]; ts[0] = Task.Run(() => { m = Square(2); }); ts[1] = Task.Run(async () => { await ts[0]; n = m; }); await ts[1]; Console.WriteLine(n + m);")]
    public Task Innocent_with_threads_in_slots(string code) => InAsync(code);

    private static Task InAsync(string code) => Verify.Rule("TW1002", $$"""
        class C
        {
            async Task M() { {{code}} }
            private static int Square(int x) => x * x;
            private Task _later = Task.CompletedTask;
            private Task Later() => _later;
        }
        """);

    [Theory]
    [InlineData("public void Run() { _t = new Thread(Work); _t.Start(); Console.WriteLine({|TW1002:_total|}); _t.Join(); }")]
    [InlineData("public void Begin() { _t = new Thread(Work); } public void Run() { _t!.Start(); Console.WriteLine({|TW1002:_total|}); }")]
    [InlineData("public int Run() { new Thread(Outer).Start(); return {|TW1002:_total|}; }")]
    [InlineData("public void Run() { Task.Run(() => Outer()); {|TW1002:Print()|}; }")]
    [InlineData("public void Run() { Task.Run(() => Outer()); {|TW1002:Report()|}; }")]
    [InlineData("public void Run() { Task.Run(() => this.Total2 = 4); Console.WriteLine({|TW1002:Total2|}); }")]
    [InlineData("public void Run() { Task.Run(() => s_total = 4); Console.WriteLine({|TW1002:s_total|}); }")]
    [InlineData("public async Task<int> Run() { var t = Task.Run(async () => { await Task.Delay(1); _total = 4; }); Console.WriteLine({|TW1002:_total|}); await t; return _total; }")]
    [InlineData("public async Task<int> Run() { var t = Task.Run(Work); var u = Task.Run(() => Console.WriteLine(1)); await u; Console.WriteLine({|TW1002:_total|}); await t; return _total; }")]
    public Task Guilty_through_fields_and_helpers(string members) => InType(members);

    [Theory]
    [InlineData("public void Run() { _t = new Thread(Work); _t.Start(); _t.Join(); Console.WriteLine(_total); }")]
    [InlineData("public void Run() { _t = new Thread(Work); _t.Start(); Stop(); Console.WriteLine(_total); } void Stop() => _t!.Join();")]
    [InlineData("public void Run() { _t = new Thread(Work); _t.Start(); Stop(); Console.WriteLine(_total); } void Stop() => Stop2(); void Stop2() { _t!.Join(); }")]
    [InlineData("public void Run() { _t = new Thread(() => _flag = true); _t.Start(); Console.WriteLine(_flag); }")]
    [InlineData("public async Task<int> Run() { await Task.Run(Work); return _total; }")]
    [InlineData("public async Task<int> Run() { var t = Task.Run(Work); await Task.WhenAll(t); return _total; }")]
    [InlineData("public void Run() { var other = new C(); new Thread(other.Work).Start(); Console.WriteLine(_total); }")]
    [InlineData("public void Run(C other) { new Thread(Work).Start(); Console.WriteLine(other._total); other.Print(); }")]
    [InlineData("public void Run() { new Thread(Work).Start(); } public int Total => _total;")]
    [InlineData("public void Run() { new Thread(Virtual).Start(); Console.WriteLine(_total); } protected virtual void Virtual() => _total = 1;")]
    [InlineData("public void Run() { new Thread(Locked).Start(); Console.WriteLine(_total); } void Locked() { lock (this) _total = 1; }")]
    [InlineData("public void Run() { new Thread(Waits).Start(); Console.WriteLine(_total); _go.Set(); } void Waits() { Deep(); _total = 1; } void Deep() => _go.WaitOne(); readonly ManualResetEvent _go = new(false);")]
    [InlineData("public void Run(Func<bool> ready) { new Thread(Work).Start(); ready(); Console.WriteLine(_total); }")]
    public Task Innocent_through_fields_and_helpers(string members) => InType(members);

    /// <summary>A wait with a limit comes back when the child has exited, whatever is still in the pipe.</summary>
    [Theory]
    [InlineData("var sb = new System.Text.StringBuilder(); using var p = new Process { StartInfo = info }; p.OutputDataReceived += (_, e) => sb.AppendLine(e.Data); p.Start(); p.BeginOutputReadLine(); if (!p.WaitForExit(1000)) throw new TimeoutException(); return {|TW1002:sb|}.ToString();")]
    [InlineData("var sb = new System.Text.StringBuilder(); using var p = new Process { StartInfo = info }; p.OutputDataReceived += (_, e) => sb.AppendLine(e.Data); p.Start(); p.BeginOutputReadLine(); if (!p.WaitForExit(1000)) { p.Kill(); } return {|TW1002:sb|}.ToString();")]
    [InlineData("var sb = new System.Text.StringBuilder(); using var p = new Process { StartInfo = info }; p.OutputDataReceived += (_, e) => sb.AppendLine(e.Data); p.Start(); p.BeginOutputReadLine(); if (p.WaitForExit(1000)) return {|TW1002:sb|}.ToString(); return null;")]
    [InlineData("var sb = new System.Text.StringBuilder(); using var p = new Process { StartInfo = info }; p.OutputDataReceived += (_, e) => sb.AppendLine(e.Data); p.Start(); p.BeginOutputReadLine(); var exited = p.WaitForExit(1000); Console.WriteLine(exited); return {|TW1002:sb|}.ToString();")]
    [InlineData("var sb = new System.Text.StringBuilder(); using var p = new Process { StartInfo = info }; p.OutputDataReceived += (_, e) => sb.AppendLine(e.Data); p.Start(); p.BeginOutputReadLine(); p.WaitForExit(1000); return {|TW1002:sb|}.ToString();")]
    [InlineData("string? last = null; using var p = new Process { StartInfo = info }; p.ErrorDataReceived += (_, e) => { if (e.Data != null) last = e.Data; }; p.Start(); p.BeginErrorReadLine(); if (!p.WaitForExit(1000)) return null; return {|TW1002:last|};")]
    [InlineData("var lines = new List<string?>(); using var p = new Process { StartInfo = info }; p.OutputDataReceived += (_, e) => lines.Add(e.Data); p.Start(); p.BeginOutputReadLine(); if (!p.WaitForExit(TimeSpan.FromSeconds(1))) throw new TimeoutException(); foreach (var line in {|TW1002:lines|}) Console.WriteLine(line);  return null;")]
    [InlineData("using var p = new Process { StartInfo = info }; p.OutputDataReceived += OnLine; p.Start(); p.BeginOutputReadLine(); if (!p.WaitForExit(1000)) return null; return {|TW1002:_last|};")]
    public Task Lines_of_a_child_behind_a_wait_with_a_limit(string code) => OfChild(code);

    [Theory]
    [InlineData("var sb = new System.Text.StringBuilder(); using var p = new Process { StartInfo = info }; p.OutputDataReceived += (_, e) => sb.AppendLine(e.Data); p.Start(); p.BeginOutputReadLine(); p.WaitForExit(); return sb.ToString();")]
    [InlineData("var sb = new System.Text.StringBuilder(); using var p = new Process { StartInfo = info }; p.OutputDataReceived += (_, e) => sb.AppendLine(e.Data); p.Start(); p.BeginOutputReadLine(); if (!p.WaitForExit(1000)) throw new TimeoutException(); p.WaitForExit(); return sb.ToString();")]
    [InlineData("var sb = new System.Text.StringBuilder(); using var p = new Process { StartInfo = info }; p.OutputDataReceived += (_, e) => sb.AppendLine(e.Data); p.Start(); p.BeginOutputReadLine(); if (p.WaitForExit(1000)) { p.WaitForExit(); return sb.ToString(); } return null;")]
    [InlineData("var sb = new System.Text.StringBuilder(); using var p = new Process { StartInfo = info }; p.OutputDataReceived += (_, e) => sb.AppendLine(e.Data); p.Start(); p.BeginOutputReadLine(); if (!p.WaitForExit(1000)) { p.Kill(); } p.WaitForExit(); return sb.ToString();")]
    [InlineData("var sb = new System.Text.StringBuilder(); using var p = new Process { StartInfo = info }; p.OutputDataReceived += (_, e) => sb.AppendLine(e.Data); p.Start(); p.BeginOutputReadLine(); p.WaitForExit(-1); return sb.ToString();")]
    [InlineData("var sb = new System.Text.StringBuilder(); using var p = new Process { StartInfo = info }; p.OutputDataReceived += (_, e) => sb.AppendLine(e.Data); p.Start(); p.BeginOutputReadLine(); while (!p.WaitForExit(100)) { Console.Write(\".\"); } p.WaitForExit(); return sb.ToString();")]
    [InlineData("var sb = new System.Text.StringBuilder(); using var p = new Process { StartInfo = info }; p.OutputDataReceived += (_, e) => sb.AppendLine(e.Data); p.Start(); p.BeginOutputReadLine(); if (!p.WaitForExit(1000)) throw new TimeoutException(); return p.ExitCode.ToString();")]
    [InlineData("var sb = new System.Text.StringBuilder(); using var p = new Process { StartInfo = info }; p.OutputDataReceived += (_, e) => sb.AppendLine(e.Data); p.Start(); p.BeginOutputReadLine(); if (!p.WaitForExit(1000)) throw new TimeoutException(); Thread.Sleep(1); gate.WaitOne(); return sb.ToString();")]
    [InlineData("var sb = new System.Text.StringBuilder(); using var p = new Process { StartInfo = info }; p.OutputDataReceived += (_, e) => { if (e.Data == null) gate.Set(); else sb.AppendLine(e.Data); }; p.Start(); p.BeginOutputReadLine(); if (p.WaitForExit(1000) && gate.WaitOne(1000)) return sb.ToString(); return null;")]
    [InlineData("var sb = new System.Text.StringBuilder(); using var p = new Process { StartInfo = info }; p.OutputDataReceived += (_, e) => { lock (sb) sb.AppendLine(e.Data); }; p.Start(); p.BeginOutputReadLine(); if (!p.WaitForExit(1000)) throw new TimeoutException(); lock (sb) return sb.ToString();")]
    [InlineData("var sb = new System.Text.StringBuilder(); using var p = new Process { StartInfo = info }; p.OutputDataReceived += (_, e) => Console.WriteLine(e.Data); p.Start(); p.BeginOutputReadLine(); if (!p.WaitForExit(1000)) return null; sb.Append(1); return sb.ToString();")]
    [InlineData("var sb = new System.Text.StringBuilder(); using var p = new Process { StartInfo = info }; p.Start(); var text = p.StandardOutput.ReadToEndAsync(); if (!p.WaitForExit(1000)) return null; sb.Append(text.Result); return sb.ToString();")]
    [InlineData("var sb = new System.Text.StringBuilder(); using var p = new Process { StartInfo = info }; p.OutputDataReceived += (_, e) => sb.AppendLine(e.Data); p.Start(); if (!p.WaitForExit(1000)) return null; return sb.ToString();")]
    public Task Innocent_reads_of_lines_of_a_child(string code) => OfChild(code);

    private static Task OfChild(string code) => Verify.Rule("TW1002", $$"""
        #pragma warning disable CS0162
        using System.Diagnostics;
        class C
        {
            private string? _last;
            void OnLine(object sender, DataReceivedEventArgs e) { _last = e.Data; }
            string? M(ProcessStartInfo info, ManualResetEvent gate)
            {
                {{code}}
            }
        }
        """);

    private static Task InType(string members) => Verify.Rule("TW1002", $$"""
        partial class C
        {
            private Thread? _t;
            private int _total;
            private static int s_total;
            private volatile bool _flag;
            private int Total2 { get; set; }
            private void Outer() => Inner();
            private void Inner() => _total = 5;
            private void Work() { for (var i = 0; i < 10; i++) _total += i; }
            private void Print() => Console.WriteLine(_total);
            private void Report() { Console.WriteLine("total"); Print(); }
            {{members}}
        }
        """);
}

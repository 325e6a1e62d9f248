using System.Linq;
using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.WholeProgram;

public class TW7006Tests
{
    /// <summary>What the snippets start and read: types of another file, and none of them starts a thread.</summary>
    private const string Types = """
        class Worker
        {
            public int Result;
            public int Count { get; private set; }
            private int _sum;
            public int[] Slots = new int[4];
            public readonly List<int> Items = new();
            public void Run() { Result = 42; }
            public void RunDeep() { Step(); }
            private void Step() { Tools.Store(this); Count = 3; }
            public void Add() { for (var i = 0; i < 9; i++) _sum += i; }
            public int Sum => _sum;
            public int GetSum() { return Sum; }
            public int GetSumLater(Thread t) { t.Join(); return _sum; }
            public void Fill() { Slots[0] = 1; Items.Add(2); }
            public int First() => Items[0];
            public async Task RunAsync() { await Task.Delay(1); Result = 7; }
            public void RunLocked() { lock (Items) { Result = 1; } }
            private readonly ManualResetEventSlim _go = new(false);
            public void RunAfterGo() { _go.Wait(); Result = 1; }
            public void Go() => _go.Set();
            public virtual void RunVirtual() { Result = 5; }
            private volatile bool _done;
            public void RunFlag() { _done = true; }
            public bool Done => _done;
            private bool _stop;
            public void Loop() { while (!_stop) { Result++; } }
            private int _n;
            public void Atomic() { Interlocked.Increment(ref _n); }
            public int N => _n;
            public void Read() { Console.WriteLine(Result); }
            public void JoinUnlessDone(Thread t) { if (Result == 0) { t.Join(); } }
            public void Spin() { while (Result == 0) { } }
            public IEnumerable<int> Each() { yield return Result; }
        }
        class Loud : Worker { public override void RunVirtual() { } }
        class Box { public int Value; }
        class Filler
        {
            private readonly Box _box;
            private Box _other = new();
            public Filler(Box box) { _box = box; }
            public Filler(Box box, int n) : this(box) { }
            public void Run() { _box.Value = 5; }
            public void RunOther() { _other.Value = 5; }
            public void Swap(Box box) { _other = box; }
        }
        class ShortFiller(Box box) { public void Run() { box.Value = 5; } }
        class InitFiller { public Box? Box { get; init; } public void Run() { Box!.Value = 5; } }
        class Outer(Box box) { private readonly Filler _filler = new(box); public void Run() => _filler.Run(); }
        interface IJob { void Do(); }
        class Job : IJob { public int Made; public void Do() { Made = 1; } }
        static class Tools
        {
            public static int Total;
            public static Worker Shared = new();
            public static readonly Worker Fixed = new();
            public static void Store(Worker w) { w.Result = 8; }
            public static void Go() { Total = 4; }
            public static int Show() => Total;
            public static void Print(Worker w) => Console.WriteLine(w.Result);
            public static void PrintAll(IEnumerable<Worker> ws) { foreach (var w in ws) Console.WriteLine(w.Result); }
            public static void Join(Thread t) => t.Join();
            public static int Square(int x) => x * x;
            public static void Log(string s) => Console.WriteLine(s);
        }
        """;

    [Theory]
    [InlineData("var w = new Worker(); var t = new Thread(w.Run); t.Start(); Console.WriteLine({|TW7006:w.Result|}); t.Join();")]
    [InlineData("var w = new Worker(); var t = new Thread(() => w.Run()); t.Start(); Console.WriteLine({|TW7006:w.Result|}); t.Join();")]
    [InlineData("var w = new Worker(); Task.Run(w.Run); return {|TW7006:w.Result|};")]
    [InlineData("var w = new Worker(); var t = Task.Run(() => { Tools.Log(\"x\"); w.Run(); }); return {|TW7006:w.Result|};")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.RunDeep); return {|TW7006:w.Count|};")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.RunDeep); return {|TW7006:w.Result|};")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.Add); return {|TW7006:w.Sum|};")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.Add); return w.{|TW7006:GetSum()|};")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.Fill); return {|TW7006:w.Slots|}[0];")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.Fill); return {|TW7006:w.Slots|}.Sum();")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.Fill); return {|TW7006:w.Items|}.Count;")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.Fill); return w.{|TW7006:First()|};")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.Fill); foreach (var x in {|TW7006:w.Items|}) Console.WriteLine(x);")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.RunAsync); return {|TW7006:w.Result|};")]
    [InlineData("var w = new Worker(); var t = Task.Run(async () => await w.RunAsync()); return {|TW7006:w.Result|};")]
    [InlineData("var w = new Worker(); var t = new Thread(w.Run); t.Start(); Tools.{|TW7006:Print(w)|};")]
    [InlineData("var w = new Worker(); var t = new Thread(w.Run); t.Start(); Tools.Log(\"a\"); Show({|TW7006:w.Result|});")]
    [InlineData("var w = new Worker(); var t = new Thread(w.Run); t.Start(); {|TW7006:Print(w)|};")]
    [InlineData("var w = new Worker(); var t = new Thread(w.Run); t.Start(); Thread.Sleep(50); Console.WriteLine({|TW7006:w.Result|});")]
    [InlineData("var w = new Worker(); var v = w; new Thread(v.Run).Start(); Console.WriteLine({|TW7006:w.Result|});")]
    [InlineData("var w = new Worker(); new Thread(() => Tools.Store(w)).Start(); Console.WriteLine({|TW7006:w.Result|});")]
    [InlineData("var b = new Box(); var f = new Filler(b); new Thread(f.Run).Start(); Console.WriteLine({|TW7006:b.Value|});")]
    [InlineData("var b = new Box(); new Thread(new Filler(b).Run).Start(); Console.WriteLine({|TW7006:b.Value|});")]
    [InlineData("var b = new Box(); var f = new Filler(b, 3); new Thread(f.Run).Start(); Console.WriteLine({|TW7006:b.Value|});")]
    [InlineData("var b = new Box(); var f = new ShortFiller(b); new Thread(f.Run).Start(); Console.WriteLine({|TW7006:b.Value|});")]
    [InlineData("var b = new Box(); var f = new InitFiller { Box = b }; new Thread(f.Run).Start(); Console.WriteLine({|TW7006:b.Value|});")]
    [InlineData("var b = new Box(); var f = new Outer(b); new Thread(f.Run).Start(); Console.WriteLine({|TW7006:b.Value|});")]
    [InlineData("var t = Task.Run(Tools.Go); return {|TW7006:Tools.Total|};")]
    [InlineData("var t = Task.Run(() => Tools.Go()); return Tools.{|TW7006:Show()|};")]
    [InlineData("var t = Task.Run(Tools.Fixed.Run); return {|TW7006:Tools.Fixed.Result|};")]
    [InlineData("var n = 0; var t = Task.Run(() => { var x = Tools.Square(4); n = x; }); return {|TW7006:n|};")]
    [InlineData("var ws = new List<Worker>(); foreach (var w in ws) new Thread(w.Run).Start(); foreach (var w in ws) Console.WriteLine({|TW7006:w.Result|});")]
    [InlineData("var ws = new Worker[4]; foreach (var w in ws) Task.Run(w.Run); return ws.Sum(w => {|TW7006:w.Result|});")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.RunVirtual); return w.Result;")]
    [InlineData("var j = new Job(); IJob i = j; var t = Task.Run(() => i.Do()); return {|TW7006:j.Made|};")]
    [InlineData("_w = new Worker(); var t = new Thread(_w.Run); t.Start(); Console.WriteLine({|TW7006:_w.Result|});")]
    [InlineData("var t = new Thread(_fixed.Run); t.Start(); Console.WriteLine({|TW7006:_fixed.Result|}); t.Join();")]
    [InlineData("Worker w; w = new Worker(); var t = new Thread(w.Run); t.Start(); Console.WriteLine({|TW7006:w.Result|}); t.Join();")]
    [InlineData("void Work() { _fixed.Run(); } var t = new Thread(Work); t.Start(); Console.WriteLine({|TW7006:_fixed.Result|}); t.Join();")]
    public Task Guilty(string code) => In(code);

    [Theory]
    [InlineData("var w = new Worker(); var t = new Thread(w.Run); t.Start(); t.Join(); Console.WriteLine(w.Result);")]
    [InlineData("var w = new Worker(); var t = new Thread(w.Run); t.Start(); Tools.Join(t); Console.WriteLine(w.Result);")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.Run); t.Wait(); return w.Result;")]
    [InlineData("var w = new Worker(); Task.Run(w.Run).Wait(); return w.Result;")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.Add); return w.GetSumLater(new Thread(w.Run));")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.RunLocked); lock (w.Items) { return w.Result; }")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.RunLocked); return w.Result;")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.RunAfterGo); Console.WriteLine(w.Result); w.Go();")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.RunFlag); return w.Done;")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.Loop); return w.Result;")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.Atomic); return w.N;")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.Read); return w.Result;")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.Run); w.Spin(); return w.Result;")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.Run); while (w.Result == 0) Thread.Sleep(1); return w.Result;")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.Run); w.Result = 3; return w.Result;")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.Run); Tools.Store(w); return w.Result;")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.Run); return w.Each();")]
    [InlineData("var w = new Worker(); var v = new Worker(); var t = Task.Run(w.Run); return v.Result;")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.Run); w = new Worker(); return w.Result;")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.Run); return w.Count;")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.Fill); return w.Slots.Length;")]
    [InlineData("var w = new Worker(); w.Run(); Console.WriteLine(w.Result);")]
    [InlineData("var w = new Worker(); var t = new Thread(w.Run); Console.WriteLine(w.Result); t.Start(); t.Join();")]
    [InlineData("var w = new Loud(); var t = Task.Run(() => w.RunVirtual()); return w.Result;")]
    [InlineData("var b = new Box(); var f = new Filler(new Box()); new Thread(f.Run).Start(); Console.WriteLine(b.Value);")]
    [InlineData("var b = new Box(); var f = new Filler(b); new Thread(f.RunOther).Start(); Console.WriteLine(b.Value);")]
    [InlineData("var b = new Box(); var f = new Filler(b); f.Swap(b); new Thread(f.RunOther).Start(); Console.WriteLine(b.Value);")]
    [InlineData("var t = Task.Run(Tools.Go); t.GetAwaiter().GetResult(); return Tools.Total;")]
    [InlineData("var t = Task.Run(Tools.Shared.Run); Tools.Shared = new(); return Tools.Shared.Result;")]
    [InlineData("IJob j = wait ? new Job() : null!; var t = Task.Run(() => j.Do()); return ((Job)j).Made;")]
    [InlineData("var ws = new List<Worker>(); var ts = ws.Select(w => Task.Run(w.Run)).ToArray(); Task.WaitAll(ts); return ws.Sum(w => w.Result);")]
    [InlineData("var ws = new List<Worker>(); foreach (var w in ws) { var t = new Thread(w.Run); t.Start(); t.Join(); } foreach (var w in ws) Console.WriteLine(w.Result);")]
    [InlineData("var ws = new List<Worker>(); var ts = new List<Thread>(); foreach (var w in ws) { var t = new Thread(w.Run); ts.Add(t); t.Start(); } foreach (var t in ts) t.Join(); foreach (var w in ws) Console.WriteLine(w.Result);")]
    [InlineData("var w = new Worker(); var e = new ManualResetEventSlim(); Task.Run(() => { w.Run(); e.Set(); }); e.Wait(); return w.Result;")]
    [InlineData("var w = new Worker(); Parallel.Invoke(w.Run, w.Add); return w.Result;")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.Run); return t.ContinueWith(_ => w.Result);")]
    [InlineData("var w = new Worker(); var t = new Thread(w.Run); t.Start(); Action done = () => Console.WriteLine(w.Result); t.Join(); done();")]
    [InlineData("var w = new Worker(); var t = new Thread(w.Run); t.Start(); Console.WriteLine(nameof(w.Result)); t.Join();")]
    [InlineData("var w = new Worker(); var t = new Thread(w.Run); t.Start(); if (!t.Join(100)) return null; Console.WriteLine(w.Result);")]
    [InlineData("var w = new Worker(); var t = Task.Run(w.Run); Console.ReadLine(); return w.Result;")]
    [InlineData("var w = new Worker(); var t = new Thread(w.Run); t.Start(); if (w.Result == 0) Tools.Join(t); return null;")]
    [InlineData("var w = new Worker(); var t = new Thread(w.Run); t.Start(); if (w.Result == 0) { t.Join(); } return null;")]
    [InlineData("var w = new Worker(); var t = new Thread(w.Run); t.Start(); w.JoinUnlessDone(t); return w.Result;")]
    public Task Innocent(string code) => In(code);

    private static Task In(string code) => Verify.Rule("TW7006", $$"""
        class C
        {
            private readonly Worker _fixed = new();
            private Worker _w = new();
            private static void Show(int n) => Console.WriteLine(n);
            private static void Print(Worker w) => Console.WriteLine(w.Result);
            object? M(bool wait)
            {
                {{code}}
                return null;
            }
        }
        """, static test => test.TestState.Sources.Add(("Types.cs", Types)));

    /// <summary>A child that another member has just started runs.</summary>
    [Theory]
    [InlineData("using var child = Children.Start(\"a\"); return child.{|TW7006:ExitCode|};")]
    [InlineData("using var child = Children.Start(\"a\"); var text = child.StandardOutput.ReadToEnd(); Console.WriteLine(text); return child.{|TW7006:ExitCode|};")]
    [InlineData("var child = Children.StartQuiet(\"a\"); if (child.{|TW7006:ExitCode|} != 0) throw new Exception(); return 1;")]
    [InlineData("using var child = Children.Start(\"a\"); child.Kill(); return child.{|TW7006:ExitTime|};")]
    [InlineData("using var child = Children.StartKept(\"a\"); Console.WriteLine(child.Id); return child.{|TW7006:ExitCode|};")]
    [InlineData("using var one = Children.StartKept(\"a\"); using var two = Children.StartKept(\"b\"); return one.{|TW7006:ExitCode|} + two.{|TW7006:ExitCode|};")]
    [InlineData("var all = Enumerable.Range(0, 4).Select(i => Children.Start($\"{i}\")).ToList(); foreach (var child in all) { child.StandardInput.Close(); Console.WriteLine(child.{|TW7006:ExitCode|}); } return all.Count;")]
    [InlineData("using var child = Children.StartDeep(\"a\"); Console.WriteLine(Children.Total); return child.{|TW7006:ExitCode|};")]
    public Task Exit_code_of_a_child_from_elsewhere(string code) => OfChild(code);

    [Theory]
    [InlineData("using var child = Children.Start(\"a\"); child.WaitForExit(); return child.ExitCode;")]
    [InlineData("using var child = Children.Start(\"a\"); child.WaitForExitAsync().Wait(); return child.ExitCode;")]
    [InlineData("using var child = Children.Start(\"a\"); if (child.WaitForExit(100)) return child.ExitCode; return null;")]
    [InlineData("using var child = Children.Start(\"a\"); return child.HasExited ? child.ExitCode : -1;")]
    [InlineData("using var child = Children.Run(\"a\"); return child.ExitCode;")]
    [InlineData("using var child = Children.Running(); return child.ExitCode;")]
    [InlineData("using var child = Children.Either(true); return child.ExitCode;")]
    [InlineData("using var child = Children.StartKept(\"a\"); Children.WaitForAll(); return child.ExitCode;")]
    [InlineData("using var child = Children.StartKept(\"a\"); Action wait = Children.WaitForAll; wait(); return child.ExitCode;")]
    [InlineData("using var child = Children.StartKept(\"a\"); Console.WriteLine(Children.Ended); return child.ExitCode;")]
    [InlineData("using var child = Children.Start(\"a\"); Children.Wait(child); return child.ExitCode;")]
    [InlineData("using var child = new Maker().Make(); return child.ExitCode;")]
    [InlineData("using var child = Children.Given(_child); return child.ExitCode;")]
    [InlineData("return _child.ExitCode;")]
    public Task Exit_code_of_a_child_that_may_have_ended(string code) => OfChild(code);

    [Theory]
    [InlineData("using var child = Own(); return child.ExitCode;")]
    public Task Misses_what_a_helper_of_the_file_gets_from_elsewhere(string code) => OfChild(code);

    private static Task OfChild(string code) => Verify.Rule("TW7006", $$"""
        using System.Diagnostics;
        class C
        {
            private readonly Process _child = new();
            private static Process Own() => Children.Start("own");
            object? M()
            {
                {{code}}
            }
        }
        """, static test => test.TestState.Sources.Add(("Children.cs", """
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        static class Children
        {
            private static readonly List<Process> s_all = new();
            public static int Total { get; set; }
            public static bool Ended { get { WaitForAll(); return true; } }
            public static Process Start(string verb) => Start(new ProcessStartInfo(verb), 1);
            private static Process Start(ProcessStartInfo info, int depth) => Process.Start(info) ?? throw new InvalidOperationException();
            public static Process StartDeep(string verb) => Start(verb);
            public static Process StartQuiet(string verb) { var child = Process.Start(verb); return child; }
            public static Process StartKept(string verb) { lock (s_all) { var child = Process.Start(verb) ?? throw new InvalidOperationException(); s_all.Add(child); return child; } }
            public static Process Run(string verb) { var child = Process.Start(verb); child.WaitForExit(); return child; }
            public static Process Running() => s_all[0];
            public static Process Either(bool isNew) { if (isNew) return Process.Start("a"); return s_all[0]; }
            public static Process Given(Process child) => child;
            public static void WaitForAll() { foreach (var child in s_all) child.WaitForExit(); }
            public static void Wait(Process child) => child.WaitForExit();
        }
        class Maker { public virtual Process Make() => Process.Start("a"); }
        """)));

    /// <summary>Statics of another type of the file are seen by the live rule, which speaks alone.</summary>
    [Fact]
    public Task The_live_rule_speaks_first() => Verify.Rule("TW7006", """
        class Tools
        {
            public static int Total;
            public static void Go() => Total = 4;
        }
        class C
        {
            int M()
            {
                Task.Run(() => Tools.Go());
                return {|TW1002:Tools.Total|};
            }
        }
        """);

    [Fact]
    public Task The_live_rule_gives_way_when_it_is_off() => Verify.Rule("TW7006", """
        class Tools
        {
            public static int Total;
            public static void Go() => Total = 4;
        }
        class C
        {
            int M()
            {
                Task.Run(() => Tools.Go());
                return {|TW7006:Tools.Total|};
            }
        }
        """, static test => test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.TW1002.severity = none")));

    /// <summary>Forty calls in each of six members, one inside the other: four thousand million ways, of which the search gives up, and says nothing.</summary>
    [Theory]
    [InlineData("Task.Run(Far.Go); Far.F0(); return Far.Value;")]
    [InlineData("using var log = new StreamWriter(\"a\"); Task.Run(() => Far.Write(log)); Far.F0();")]
    [InlineData("using var log = new StreamWriter(\"a\"); Far.Begin(log);")]
    public Task Calls_that_multiply_end(string code) => Verify.Rule("TW7006", $$"""
        static class Far
        {
            public static int Value;
            public static void Go() => Value = 4;
            public static void Write(StreamWriter to) => to.Write(1);
            public static void Begin(StreamWriter to) { Task.Run(() => Write(to)); F0(); }
            {{string.Join("\n    ", Enumerable.Range(0, 6).Select(i => $"public static void F{i}() {{ {string.Concat(Enumerable.Repeat($"F{i + 1}(); ", 40))}}}"))}}
            public static void F6() => _other++;
            private static int _other;
        }
        class C
        {
            object? M()
            {
                {{code}}
                return null;
            }
        }
        """);

    [Fact]
    public Task Partial_types_properties_constructors_and_local_functions() => Verify.Rule("TW7006", """
        partial class Worker { public int Result { get; private set; } partial void Compute(); public void Run() => Compute(); }
        partial class Worker { partial void Compute() { Result = 1; } }
        class Holder<T> where T : class { public T? Value; public void Put(T value) { Value = value; } }
        class C
        {
            private readonly Worker _worker;
            private readonly int _first;
            public C()
            {
                _worker = new Worker();
                new Thread(_worker.Run).Start();
                _first = {|TW7006:_worker.Result|};
            }
            public int P
            {
                get
                {
                    Task.Run(_worker.Run);
                    return {|TW7006:_worker.Result|};
                }
            }
            public string? Generic()
            {
                var h = new Holder<string>();
                Task.Run(() => h.Put("x"));
                return {|TW7006:h.Value|};
            }
            public void Local()
            {
                var w = new Worker();
                void Begin()
                {
                    var t = new Thread(w.Run);
                    t.Start();
                    Console.WriteLine({|TW7006:w.Result|});
                }
                Begin();
            }
        }
        """);

    [Fact]
    public Task Top_level_statements() => Verify.Rule("TW7006", """
        var worker = new Worker();
        var thread = new Thread(worker.Run);
        thread.Start();
        Console.WriteLine({|TW7006:worker.Result|});
        thread.Join();

        class Worker { public int Result; public void Run() { Result = 42; } }
        """);

    /// <summary>A static of a generic type is one for each closed type.</summary>
    [Fact]
    public Task Static_state_of_generic_types() => Verify.Rule("TW7006", """
        class Cell<T> { public static int Value; public static void Set() { Value = 1; } }
        class C
        {
            int M() { Task.Run(Cell<int>.Set); return Cell<string>.Value; }
        }
        """);

    [Fact]
    public Task Values_that_are_made_once() => Verify.Rule("TW7006", """
        class Cache
        {
            private static object? s_one;
            private object? _two;
            public static object One => s_one ?? (s_one = new object());
            public object Two { get { if (_two == null) { _two = new object(); } return _two; } }
        }
        class C
        {
            object M() { Task.Run(() => Cache.One.ToString()); return Cache.One; }
            object N(Cache c) { Task.Run(() => c.Two.ToString()); return c.Two; }
        }
        """);

    [Fact]
    public Task Generated_code_is_not_reported() => Verify.Rule("TW7006", """
        class Worker { public int Result; public void Run() { Result = 42; } }
        """, static test => test.TestState.Sources.Add(("C.g.cs", """
        // <auto-generated/>
        class C { int M() { var w = new Worker(); System.Threading.Tasks.Task.Run(w.Run); return w.Result; } }
        """)));

    /// <summary>An object in a field that only the starting method assigns, and only before it makes the thread.</summary>
    [Theory]
    [InlineData("_worker = new Worker(); new Thread(_worker.Run).Start(); return {|TW7006:_worker.Result|};", "")]
    [InlineData("_worker = new Worker(); _thread = new Thread(() => _worker.Run()); _thread.Start(); return {|TW7006:Read()|};", "private int Read() => _worker.Result;")]
    [InlineData("s_worker = new Worker(); Task.Run(s_worker.Run); Console.WriteLine(); return {|TW7006:s_worker.Result|};", "")]
    [InlineData("Own = new Worker(); Task.Run(Own.Run); return {|TW7006:Own.Result|};", "")]
    [InlineData("if (_worker.Result > 3) { _worker = new Worker(); } new Thread(_worker.Run).Start(); return {|TW7006:_worker.Result|};", "")]
    [InlineData("_worker = new Worker(); new Thread(_worker.Run).Start(); return _worker.Result;", "public void Reset() => _worker = new Worker();")]
    [InlineData("_worker = new Worker(); var t = new Thread(_worker.Run); _worker = new Worker(); t.Start(); return _worker.Result;", "")]
    [InlineData("_worker = new Worker(); new Thread(_worker.Run).Start(); _worker = new Worker(); return _worker.Result;", "")]
    [InlineData("_worker = new Worker(); new Thread(_worker.Run).Start(); Swap(ref _worker); return _worker.Result;", "private static void Swap(ref Worker w) => w = new Worker();")]
    [InlineData("_worker = new Worker(); Action change = () => _worker = new Worker(); new Thread(_worker.Run).Start(); return _worker.Result;", "")]
    [InlineData("_worker = new Worker(); var t = new Thread(_worker.Run); t.Start(); t.Join(); return _worker.Result;", "")]
    [InlineData("_worker = new Worker(); new Thread(other._worker.Run).Start(); return _worker.Result;", "")]
    [InlineData("other._worker = new Worker(); new Thread(_worker.Run).Start(); return other._worker.Result;", "")]
    [InlineData("_worker = new Worker(); _thread!.Start(); return _worker.Result;", "public C() => _thread = new Thread(_worker.Run);")]
    public Task An_object_in_a_field_that_is_assigned_before(string code, string members) => Verify.Rule("TW7006", $$"""
        class C
        {
            private Worker _worker = new();
            private static Worker s_worker = new();
            private Worker Own { get; set; } = new();
            private Thread? _thread;
            public int M(C other) { {{code}} }
            {{members}}
        }
        class Worker { public int Result; public void Run() { Result = 42; } }
        """);

    [Fact]
    public Task Misses_elements_by_their_index() => Verify.Rule("TW7006", """
        class Worker { public int Result; public void Run() { Result = 42; } }
        class C
        {
            public int M() { var ws = new[] { new Worker() }; new Thread(ws[0].Run).Start(); return ws[0].Result; }
        }
        """);
}

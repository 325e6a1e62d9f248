using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Threads;

public class TW1011Tests
{
    [Theory]
    [InlineData("_t = new Thread(Run); _t.{|TW1011:Start()|}; _names = names;")]
    [InlineData("_t = new Thread(() => Run()); _t.{|TW1011:Start()|}; _names = names;")]
    [InlineData("_t = new Thread(() => Console.WriteLine(_names!.Count)); _t.{|TW1011:Start()|}; _names = names;")]
    [InlineData("Task.{|TW1011:Run(Run)|}; _names = names;")]
    [InlineData("_task = Task.{|TW1011:Run(Run)|}; _names = names;")]
    [InlineData("Task.Factory.{|TW1011:StartNew(Run)|}; _names = names;")]
    [InlineData("ThreadPool.{|TW1011:QueueUserWorkItem(_ => Run())|}; _names = names;")]
    [InlineData("Task.{|TW1011:Run(async () => { Run(); await Task.Yield(); })|}; _names = names;")]
    [InlineData("Task.{|TW1011:Run(Outer)|}; Console.WriteLine(); _names = names;")]
    [InlineData("Task.{|TW1011:Run(() => { while (true) { Console.WriteLine(_names!.Count); } })|}; _names = names;")]
    [InlineData("Task.{|TW1011:Run(() => { while (_running) Work(); })|}; _running = true;")]
    [InlineData("Task.{|TW1011:Run(() => { if (_rounds > 0) Console.WriteLine(_names!.Count); })|}; _names = names;")]
    [InlineData("Task.{|TW1011:Run(() => Console.WriteLine(Size))|}; Size = 5;")]
    [InlineData("Task.{|TW1011:Run(() => { foreach (var name in _names!) Console.WriteLine(name); })|}; if (flag) _names = names; else _names = new();")]
    [InlineData("if (flag) { Task.{|TW1011:Run(Run)|}; } _names = names;")]
    [InlineData("for (var i = 0; i < 3; i++) { new Thread(Run).{|TW1011:Start()|}; } this._names = names;")]
    public Task A_field_that_is_assigned_afterwards(string code) => In(code);

    [Theory]
    [InlineData("_names = names; _t = new Thread(Run); _t.Start();")]
    [InlineData("_t = new Thread(Run); _names = names; _t.Start();")]
    [InlineData("_t = new Thread(Run); _names = names;")]
    [InlineData("_names = new(); Task.Run(Run); _names = names;")]
    [InlineData("if (flag) _names = new(); Task.Run(Run); _names = names;")]
    [InlineData("Task.Run(Work); _names = names;")]
    [InlineData("Task.Run(() => { _names = new(); }); _names = names;")]
    [InlineData("Task.Run(() => { _ready.Wait(); Run(); }); _names = names; _ready.Set();")]
    [InlineData("Task.Run(async () => { await _ready.WaitAsync(); Run(); }); _names = names; _ready.Set();")]
    [InlineData("Task.Run(() => { lock (_gate) Console.WriteLine(_names!.Count); }); _names = names;")]
    [InlineData("lock (_gate) { Task.Run(() => { lock (_gate) Run(); }); _names = names; }")]
    [InlineData("Task.Run(() => { while (_names == null) Thread.Yield(); Run(); }); _names = names;")]
    [InlineData("Task.Run(() => { if (_names is null) return; Console.WriteLine(_names.Count); }); _names = names;")]
    [InlineData("Task.Run(() => Console.WriteLine(_names?.Count)); _names = names;")]
    [InlineData("Task.Run(() => { var n = _names ?? new(); Console.WriteLine(n.Count); }); _names = names;")]
    [InlineData("Task.Run(() => { while (!_running) Thread.Sleep(5); Work(); }); _running = true;")]
    [InlineData("Task.Run(() => { while (!_running) { } Work(); }); _running = true;")]
    [InlineData("Task.Run(() => { unknown(); Run(); }); _names = names;")]
    [InlineData("_unstarted = new Action(Run); _names = names;")]
    [InlineData("_task = Task.Run(() => Console.WriteLine(_task!.Id));")]
    [InlineData("Task.Run(() => Console.WriteLine(_other!._names!.Count)); _names = names;")]
    [InlineData("Task.Run(() => Console.WriteLine(nameof(_names))); _names = names;")]
    [InlineData("Task.Run(() => Console.WriteLine(_initialized.Count)); _initialized = names;")]
    [InlineData("Init(out _names); Task.Run(Run); _names = names;")]
    [InlineData("Prepare(); Task.Run(() => Console.WriteLine(_prepared!.Count)); _prepared = names;")]
    [InlineData("Task.Run(() => Console.WriteLine(s_shared!.Count)); s_shared = names;")]
    [InlineData("Task.Run(Run); void Later() { _names = names; } _later = Later;")]
    [InlineData("Task.Run(Run); _later = () => _names = names;")]
    [InlineData("Task.Run(start); _names = names;")]
    [InlineData("Task.Run(() => { Action a = Run; _later = a; }); _names = names;")]
    [InlineData("Parallel.Invoke(Work, Work); _names = names;")]
    [InlineData("_names = names; Task.Run(() => Console.WriteLine(Size)); Console.WriteLine(Size);")]
    public Task Innocent(string code) => In(code);

    [Theory]
    [InlineData("Begin(); _names = names;")]
    [InlineData("_timer = new Timer(_ => Run(), null, 0, 1000); _names = names;")]
    [InlineData("_queued.Add(Run); _names = names;")]
    public Task Misses_what_is_not_followed(string code) => In(code);

    [Fact]
    public Task Elsewhere_than_in_a_constructor() => Verify.Rule("TW1011", """
        class C
        {
            private List<string>? _names;
            void Open(List<string> names) { Task.Run(() => Console.WriteLine(_names!.Count)); _names = names; }
            static C() { Task.Run(() => Console.WriteLine()); }
        }
        class D
        {
            private List<string>? _names;
            public D() => _names = new();
            public D(int n) : this() { Task.Run(() => Console.WriteLine(_names!.Count)); _names = new(n); }
        }
        """);

    [Theory]
    [InlineData("{|TW1011:Run(Work)|}", "protected virtual void Work() { }", "private int _n; public D(int n) => _n = n; protected override void Work() => Console.WriteLine(_n);")]
    [InlineData("{|TW1011:Run(() => Work())|}", "protected abstract void Work();", "private int _n; public D(int n) { _n = n; } protected override void Work() => Console.WriteLine(_n);")]
    [InlineData("{|TW1011:Run(Outer)|}", "private void Outer() => Work(); protected virtual void Work() { }", "private int _n; public D(int n) { _n = n; } protected override void Work() => Console.WriteLine(_n);")]
    [InlineData("Run(Work)", "protected virtual void Work() { }", "public D(int n) { }")]
    [InlineData("Run(Work)", "protected virtual void Work() { }", "private int _n = 5; protected override void Work() => Console.WriteLine(_n);")]
    [InlineData("Run(Work)", "protected void Work() { }", "private int _n; public D(int n) => _n = n; protected new void Work() => Console.WriteLine(_n);")]
    [InlineData("Run(() => { Ready.Wait(); Work(); })", "protected ManualResetEventSlim Ready = new(); protected virtual void Work() { }", "private int _n; public D(int n) { _n = n; Ready.Set(); } protected override void Work() => Console.WriteLine(_n);")]
    public Task A_member_that_a_derived_class_overrides(string fork, string members, string derived) => Verify.Rule("TW1011", $$"""
        class Outer
        {
            private abstract class B
            {
                protected B() { Task.{{fork}}; }
                {{members}}
            }
            private class D : B
            {
                {{derived}}
            }
        }
        """);

    /// <summary>A class that others may derive from is judged by the classes of the source.</summary>
    [Theory]
    [InlineData("{|TW1011:Run(Work)|}", "public class D : B { private int _n; public D(int n) => _n = n; protected override void Work() => Console.WriteLine(_n); }")]
    [InlineData("{|TW1011:Run(Work)|}", "public class Middle : B { } namespace Deep.Down { class Outer { class D : Middle { private int _n; public D(int n) => _n = n; protected override void Work() => Console.WriteLine(_n); } } }")]
    [InlineData("{|TW1011:Run(() => Work())|}", "internal sealed class D : B { private readonly List<int> _all; internal D() => _all = new(); protected override void Work() => _all.Add(1); }")]
    [InlineData("Run(Work)", "")]
    [InlineData("Run(Work)", "public class D : B { protected override void Work() => Console.WriteLine(1); }")]
    [InlineData("Run(Work)", "public class D : B { private int _n; public D(int n) => _n = n; protected override void Other() => Console.WriteLine(_n); }")]
    [InlineData("Run(Work)", "public class D : B { private int _n; public D(int n) => _n = n; private new void Work() => Console.WriteLine(_n); }")]
    [InlineData("Run(Other2)", "public class D : B { private int _n; public D(int n) => _n = n; protected override void Work() => Console.WriteLine(_n); }")]
    public Task Classes_that_derive_elsewhere(string fork, string derived) => Verify.Rule("TW1011", $$"""
        public class B
        {
            protected B() { Task.{{fork}}; }
            protected virtual void Work() { }
            protected virtual void Other() { }
            private void Other2() { }
        }
        {{derived}}
        """);

    private static Task In(string code) => Verify.Rule("TW1011", $$"""
        class C
        {
            private static List<string>? s_shared;
            private readonly object _gate = new();
            private readonly SignalOf _ready = new();
            private readonly List<Action> _queued = new();
            private List<string>? _names, _prepared;
            private List<string> _initialized = new();
            private Thread? _t;
            private Task? _task;
            private Timer? _timer;
            private Action? _later, _unstarted;
            private C? _other;
            private volatile bool _running;
            private int _rounds = 3;
            private int Size { get; set; }
            private void Run() => Console.WriteLine(_names!.Count);
            private void Outer() { Console.WriteLine("on"); Run(); }
            private static void Work() { }
            private void Begin() => Task.Run(Run);
            private void Prepare() => _prepared = new();
            private static void Init(out List<string>? names) => names = new();
            public C(bool flag, List<string> names, Action start, Action unknown)
            {
                {{code}}
            }
        }
        class SignalOf
        {
            private readonly SemaphoreSlim _s = new(0);
            public void Wait() => _s.Wait();
            public Task WaitAsync() => _s.WaitAsync();
            public void Set() => _s.Release();
        }
        """);
}

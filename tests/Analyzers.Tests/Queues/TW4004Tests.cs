using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Queues;

public class TW4004Tests
{
    [Theory]
    [InlineData("using var done = new CountdownEvent(1); foreach (var x in items) ThreadPool.QueueUserWorkItem(_ => { done.{|TW4004:AddCount()|}; Work(x); done.Signal(); }); done.Signal(); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(1); foreach (var x in items) Task.Run(() => { try { done.{|TW4004:AddCount()|}; Work(x); } finally { done.Signal(); } }); done.Signal(); done.Wait();")]
    [InlineData("var done = new CountdownEvent(1); Task.Run(() => { done.{|TW4004:AddCount()|}; Work(1); done.Signal(); }); Thread.Sleep(10); done.Signal(); done.Wait(); done.Dispose();")]
    [InlineData("using var done = new CountdownEvent(1); var t = new Thread(() => { done.{|TW4004:AddCount()|}; Work(1); done.Signal(); }); t.Start(); done.Signal(); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(1); for (var i = 0; i < 4; i++) { ThreadPool.QueueUserWorkItem(_ => { {|TW4004:Enter(done)|}; Work(1); Leave(done); }); } done.Signal(); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(1); void Item() { done.{|TW4004:AddCount()|}; Work(1); done.Signal(); } Task.Run(Item); done.Signal(); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(1); foreach (var x in items) { var task = Task.Run(async () => { done.{|TW4004:AddCount()|}; await Task.Delay(x); done.Signal(); }); all.Add(task); } done.Signal(); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(1); foreach (var x in items) ThreadPool.QueueUserWorkItem(_ => { done.{|TW4004:AddCount(2)|}; done.Signal(); done.Signal(); }); done.Signal(); done.Wait();")]
    public Task A_count_that_the_work_adds(string code) => In(code);

    [Theory]
    [InlineData("using var done = {|TW4004:new CountdownEvent|}(3); for (var i = 0; i < 4; i++) ThreadPool.QueueUserWorkItem(_ => { Work(1); done.Signal(); }); done.Wait();")]
    [InlineData("using var done = {|TW4004:new CountdownEvent|}(5); for (var i = 1; i <= 4; i++) { Task.Run(() => { try { Work(1); } finally { done.Signal(); } }); } done.Wait();")]
    [InlineData("using (var done = {|TW4004:new CountdownEvent|}(2)) { Task.Run(() => { Work(1); done.Signal(); }); done.Wait(); }")]
    [InlineData("CountdownEvent done = {|TW4004:new|}(items.Length + 1); foreach (var x in items) ThreadPool.QueueUserWorkItem(_ => { Work(x); done.Signal(); }); done.Wait();")]
    [InlineData("var done = {|TW4004:new CountdownEvent|}(items.Length); for (var i = 1; i < items.Length; i++) ThreadPool.QueueUserWorkItem(_ => { Work(1); done.Signal(); }); done.Wait();")]
    [InlineData("var done = {|TW4004:new CountdownEvent|}(3); foreach (var name in new[] { 1, 2 }) new Thread(() => { Work(name); done.Signal(); }).Start(); done.Wait();")]
    [InlineData("var done = {|TW4004:new CountdownEvent|}(n); for (var i = 0; i <= n; i++) Task.Run(() => Finish(done)); done.Wait();")]
    [InlineData("var done = {|TW4004:new CountdownEvent|}(4); for (var i = 0; i < 4; i++) Task.Run(() => { if (n > 1) { Work(1); done.Signal(); } else { done.Signal(); } }); done.Signal(); done.Wait();")]
    [InlineData("var done = {|TW4004:new CountdownEvent|}(1); for (var i = 0; i < 4; i++) { done.AddCount(); Task.Run(() => { Work(1); done.Signal(); }); } done.Wait();")]
    [InlineData("var done = {|TW4004:new CountdownEvent|}(3); var threads = new Thread[4]; for (var i = 0; i < threads.Length; i++) { threads[i] = new Thread(() => { Work(1); done.Signal(); }); } foreach (var t in threads) t.Start(); done.Wait();")]
    [InlineData("foreach (var batch in items) { using var done = {|TW4004:new CountdownEvent|}(2); for (var i = 0; i < 3; i++) Task.Run(() => { Work(batch); done.Signal(); }); done.Wait(); }")]
    [InlineData("using var done = {|TW4004:new CountdownEvent|}(3); var tasks = Enumerable.Range(0, 4).Select(i => Task.Run(() => { Work(i); done.Signal(); })).ToArray(); done.Wait(); Task.WaitAll(tasks);")]
    [InlineData("const int Workers = 4; using var done = {|TW4004:new CountdownEvent|}(Workers); for (var i = 0; i < Workers - 1; i++) Task.Run(() => { Work(1); done.Signal(); }); done.Wait();")]
    [InlineData("Task.Run(() => { using var done = {|TW4004:new CountdownEvent|}(2); Task.Run(() => { Work(1); done.Signal(); }); done.Wait(); });")]
    public Task A_count_that_differs(string code) => In(code);

    [Theory]
    [InlineData("using var barrier = {|TW4004:new Barrier|}(3); for (var i = 0; i < 2; i++) new Thread(() => { Work(1); barrier.SignalAndWait(); Work(2); }).Start();")]
    [InlineData("var barrier = {|TW4004:new Barrier|}(4); for (var i = 0; i < 4; i++) Task.Run(() => { for (var step = 0; step < n; step++) { Work(step); barrier.SignalAndWait(); } }); barrier.SignalAndWait();")]
    [InlineData("var barrier = {|TW4004:new Barrier|}(items.Length + 1); foreach (var x in items) Task.Run(() => { Work(x); barrier.SignalAndWait(); });")]
    [InlineData("var barrier = {|TW4004:new Barrier|}(2, b => Work(1)); for (var i = 0; i < 3; i++) Task.Run(() => Meet(barrier));")]
    public Task A_barrier_for_others(string code) => In(code);

    [Theory]
    [InlineData("using var done = new CountdownEvent(4); for (var i = 0; i < 4; i++) ThreadPool.QueueUserWorkItem(_ => { Work(1); done.Signal(); }); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(1); foreach (var x in items) { done.AddCount(); ThreadPool.QueueUserWorkItem(_ => { Work(x); done.Signal(); }); } done.Signal(); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(items.Length); foreach (var x in items) Task.Run(() => { Work(x); done.Signal(); }); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(items.Length + 1); foreach (var x in items) Task.Run(() => { Work(x); done.Signal(); }); done.Signal(); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(1); foreach (var x in items) Task.Run(() => { if (!done.TryAddCount()) return; Work(x); done.Signal(); }); done.Signal(); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(1); Task.Run(() => { done.AddCount(); Task.Run(() => { Work(2); done.Signal(); }); Work(1); done.Signal(); }); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(1); using var ready = new ManualResetEventSlim(); Task.Run(() => { done.AddCount(); ready.Set(); Work(1); done.Signal(); }); ready.Wait(); done.Signal(); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(1); Task.Run(() => { done.AddCount(); Work(1); done.Signal(); }).Wait(); done.Signal(); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(1); Task.Run(() => { done.AddCount(); Work(1); done.Signal(); done.Signal(); }); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(3); foreach (var x in items) Task.Run(() => { Work(x); done.Signal(); }); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(2); for (var i = 0; i < 4; i++) Task.Run(() => { if (Decide()) done.Signal(); }); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(2); Task.Run(() => { while (!done.IsSet) { Work(1); done.Signal(); } }); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(3); for (var i = 0; i < 4; i++) { if (Decide()) continue; Task.Run(() => done.Signal()); } done.Wait();")]
    [InlineData("using var done = new CountdownEvent(2); Task.Run(() => { Work(1); done.Signal(); }); Other.Use(done); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(2); Task.Run(() => { Work(1); done.Signal(); }); done.Wait(1000);")]
    [InlineData("using var done = new CountdownEvent(2); Task.Run(() => { Work(1); done.Signal(); }); if (Decide()) done.Signal(); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(3); for (var i = 0; i < 4; i++) { Task.Run(() => { if (done.CurrentCount == 0) return; Work(1); done.Signal(); }); } done.Wait();")]
    [InlineData("var done = new CountdownEvent(2); Task.Run(() => { Work(1); done.Signal(); }); done = _done; done.Wait();")]
    [InlineData("using var done = new CountdownEvent(2); Task.Run(() => { Work(1); done.Signal(); }); Changed += (_, _) => done.Signal(); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(2); Parallel.For(0, 2, i => { Work(i); done.Signal(); }); Task.Run(() => done.Wait());")]
    [InlineData("using var done = new CountdownEvent(2); for (var i = 0; i < 4; i++) Task.Run(() => { Work(1); if (!done.IsSet) done.Signal(); }); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(1); Task.Run(() => { Work(1); done.Signal(); }); done.Wait(); done.Reset(2); Task.Run(() => done.Signal()); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(4); for (var i = 0; i < 4; i++) { if (i == n) break; Task.Run(() => done.Signal()); } done.Wait();")]
    [InlineData("using var done = new CountdownEvent(4); for (var i = 0; i < 4; i += 2) Task.Run(() => done.Signal(2)); done.Wait();")]
    [InlineData("var list = new List<int>(items); using var done = new CountdownEvent(list.Count); list.Add(1); foreach (var x in list) Task.Run(() => done.Signal()); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(1); await Task.Run(() => { done.AddCount(); Work(1); done.Signal(); }); done.Signal(); done.Wait();")]
    [InlineData("using var barrier = new Barrier(3); for (var i = 0; i < 2; i++) Task.Run(() => { Work(1); barrier.SignalAndWait(); }); barrier.SignalAndWait();")]
    [InlineData("using var barrier = new Barrier(2); for (var i = 0; i < 4; i++) Task.Run(() => { Work(1); barrier.SignalAndWait(); });")]
    [InlineData("using var barrier = new Barrier(1); for (var i = 0; i < 3; i++) { barrier.AddParticipant(); Task.Run(() => { Work(1); barrier.SignalAndWait(); }); } barrier.SignalAndWait();")]
    [InlineData("using var barrier = new Barrier(3); for (var i = 0; i < 2; i++) Task.Run(() => { Work(1); barrier.SignalAndWait(); }); barrier.RemoveParticipant();")]
    [InlineData("using var barrier = new Barrier(3); for (var i = 0; i < 2; i++) Task.Run(() => { if (Decide()) barrier.SignalAndWait(); });")]
    [InlineData("using var barrier = new Barrier(items.Length); foreach (var x in items) Task.Run(() => { Work(x); barrier.SignalAndWait(1000); });")]
    public Task Innocent(string code) => In(code);

    [Theory]
    [InlineData("using var done = new CountdownEvent(3); foreach (var x in items) ThreadPool.QueueUserWorkItem(_ => Work(x)); done.{|TW4004:Wait()|};")]
    [InlineData("using var done = new CountdownEvent(2); Task.Run(() => { Work(1); done.{|TW4004:Wait()|}; });")]
    [InlineData("const int Count = 2; var done = new CountdownEvent(Count); Task.Run(() => Work(1)); done.{|TW4004:Wait()|}; done.Dispose();")]
    [InlineData("using var done = new CountdownEvent(1); foreach (var x in items) { done.AddCount(); ThreadPool.QueueUserWorkItem(_ => Work(x)); } done.{|TW4004:Wait()|};")]
    [InlineData("var done = new CountdownEvent(4); for (var i = 0; i < 4; i++) ThreadPool.QueueUserWorkItem(_ => { Work(1); done.{|TW4004:Signal()|}; });")]
    [InlineData("var done = new CountdownEvent(items.Length); foreach (var x in items) Task.Run(() => { Work(x); done.{|TW4004:Signal()|}; }); Work(2);")]
    [InlineData("Task.Run(() => Work(1)); _open.{|TW4004:Wait()|};")]
    [InlineData("Task.Run(() => { Work(1); s_ended.{|TW4004:Signal()|}; });")]
    public Task A_countdown_with_one_half_only(string code) => In(code);

    [Theory]
    [InlineData("using var done = new CountdownEvent(2); Task.Run(() => Work(1)); done.Wait(1000);")]
    [InlineData("using var done = new CountdownEvent(2); Task.Run(() => { if (done.Signal()) Work(1); }); Task.Run(() => { if (done.Signal()) Work(1); });")]
    [InlineData("using var done = new CountdownEvent(2); Task.Run(() => done.Signal(2)); while (!done.IsSet) Thread.Sleep(5);")]
    [InlineData("using var done = new CountdownEvent(2); Task.Run(() => done.Signal()); Console.WriteLine(done.CurrentCount);")]
    [InlineData("using var done = new CountdownEvent(2); Task.Run(() => done.Signal(2)); done.WaitHandle.WaitOne();")]
    [InlineData("using var done = new CountdownEvent(0); Task.Run(() => Work(1)); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(n); Task.Run(() => Work(1)); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(1); Task.Run(() => Leave(done)); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(1); Other.Use(done); Task.Run(() => Work(1)); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(1); Task.Run(() => Work(1)); done.Reset(0); done.Wait();")]
    [InlineData("var done = new CountdownEvent(1); Task.Run(() => done.Signal()); done.Dispose();")]
    [InlineData("var done = _done; Task.Run(() => Work(1)); done.Wait();")]
    [InlineData("Task.Run(() => { Work(1); _done.Signal(); }); _done.Wait();")]
    public Task A_countdown_with_both_halves(string code) => In(code);

    [Theory]
    [InlineData("var parts = items.Length / 2; using var done = new CountdownEvent(items.Length / 2); for (var i = 0; i <= parts; i++) Task.Run(() => done.Signal()); done.Wait();")]
    public Task Misses_what_is_not_a_sum(string code) => In(code);

    [Theory]
    [InlineData("private CountdownEvent _d = null!; void M(int[] xs) { _d = {|TW4004:new CountdownEvent|}(xs.Length + 1); foreach (var x in xs) ThreadPool.QueueUserWorkItem(_ => Work(x)); _d.Wait(); } private void Work(int x) { Console.WriteLine(x); _d.Signal(); }")]
    [InlineData("private CountdownEvent _d = null!; void M() { _d = {|TW4004:new CountdownEvent|}(3); for (var i = 0; i < 4; i++) new Thread(Work).Start(); _d.Wait(); } private void Work() { Console.WriteLine(); _d.Signal(); }")]
    [InlineData("private readonly CountdownEvent _d; public C() { _d = {|TW4004:new CountdownEvent|}(2); Task.Run(() => { try { Console.WriteLine(); } finally { _d.Signal(); } }); _d.Wait(); }")]
    [InlineData("private Barrier? _b; void M() { _b = {|TW4004:new Barrier|}(3); for (var i = 0; i < 2; i++) new Thread(Step).Start(); } private void Step() { for (var i = 0; i < 9; i++) { Console.WriteLine(i); _b!.SignalAndWait(); } }")]
    [InlineData("private CountdownEvent _d = new(1); void M() { _d = {|TW4004:new CountdownEvent|}(2); Task.Run(() => { Console.WriteLine(); _d.Signal(); }); _d.Wait(); }")]
    public Task A_gate_that_a_field_keeps(string members) => OfType(members);

    [Theory]
    [InlineData("private CountdownEvent _d = null!; void M(int[] xs) { _d = new CountdownEvent(xs.Length); foreach (var x in xs) ThreadPool.QueueUserWorkItem(_ => Work(x)); _d.Wait(); } private void Work(int x) { Console.WriteLine(x); _d.Signal(); }")]
    [InlineData("private CountdownEvent _d = null!; void M(int[] xs) { _d = new CountdownEvent(xs.Length + 1); foreach (var x in xs) ThreadPool.QueueUserWorkItem(_ => Work(x)); Work(0); _d.Wait(); } private void Work(int x) { Console.WriteLine(x); _d.Signal(); }")]
    [InlineData("private CountdownEvent _d = null!; void M(int[] xs) { _d = new CountdownEvent(xs.Length + 1); foreach (var x in xs) ThreadPool.QueueUserWorkItem(_ => Work(x)); _d.Wait(); } private void Work(int x) { Console.WriteLine(x); _d.Signal(); } public void Last() => _d.Signal();")]
    [InlineData("private CountdownEvent _d = null!; void M(int[] xs) { _d = new CountdownEvent(xs.Length + 1); foreach (var x in xs) ThreadPool.QueueUserWorkItem(_ => Work(x)); _d.Wait(); } internal void Work(int x) { Console.WriteLine(x); _d.Signal(); }")]
    [InlineData("private CountdownEvent _d = null!; void M(int[] xs) { _d = new CountdownEvent(2); foreach (var x in xs) ThreadPool.QueueUserWorkItem(_ => Work(x)); _d.Wait(); } private void Work(int x) { if (x > 2) _d.Signal(); }")]
    [InlineData("private CountdownEvent _d = new(1); void M(int[] xs) { _d = new CountdownEvent(2); for (var i = 0; i < 3; i++) Task.Run(() => Work(1)); _d.Wait(); } private void Work(int x) { Console.WriteLine(x); _d.Signal(); } void N() { _d = new(3); }")]
    [InlineData("private CountdownEvent _d = null!; void M(C other) { _d = new CountdownEvent(2); other._d = _d; Task.Run(() => Work(1)); _d.Wait(); } private void Work(int x) { Console.WriteLine(x); _d.Signal(); }")]
    [InlineData("private Barrier? _b; void M() { _b = new Barrier(3); for (var i = 0; i < 2; i++) new Thread(Step).Start(); Step(); } private void Step() { for (var i = 0; i < 9; i++) { Console.WriteLine(i); _b!.SignalAndWait(); } }")]
    public Task A_gate_of_a_field_whose_numbers_fit(string members) => OfType(members);

    [Theory]
    [InlineData("var gate = new Barrier(5); var ts = Enumerable.Range(0, 4).Select(_ => new Thread(() => gate.SignalAndWait())).ToArray(); foreach (var t in ts) t.Start(); gate.SignalAndWait();")]
    [InlineData("var gate = new Barrier(5); var ts = Enumerable.Range(0, 4).Select(_ => new Thread(() => gate.SignalAndWait())).ToList(); ts.ForEach(t => t.Start()); gate.SignalAndWait();")]
    [InlineData("var gate = new CountdownEvent(4); var ts = Enumerable.Range(0, 4).Select(_ => new Thread(() => gate.Signal())).ToArray(); for (var i = 0; i < ts.Length; i++) ts[i].Start(); gate.Wait();")]
    [InlineData("var gate = new CountdownEvent(4); var ts = (from i in Enumerable.Range(0, 4) select new Task(() => gate.Signal())).ToArray(); Array.ForEach(ts, t => t.Start()); gate.Wait();")]
    [InlineData("var gate = new CountdownEvent(4); var ts = Enumerable.Range(0, 4).Select(_ => { var t = new Thread(() => gate.Signal()); t.IsBackground = true; return t; }).ToList(); foreach (var t in ts) t.Start(); gate.Wait();")]
    [InlineData("var gate = new CountdownEvent(items.Length); var ts = items.Select(i => new Thread(() => { Work(i); gate.Signal(); })).ToList(); foreach (var t in ts) t.Start(); gate.Wait();")]
    [InlineData("var gate = new CountdownEvent(2); var ts = Enumerable.Range(0, 4).Select(i => new Thread(() => gate.Signal())).ToArray(); foreach (var t in ts) if (n > 2) t.Start(); gate.Wait();")]
    [InlineData("var gate = new CountdownEvent(2); var ts = Enumerable.Range(0, 4).Select(i => new Thread(() => gate.Signal())).ToList(); ts.ForEach(t => { if (n > 2) t.Start(); }); gate.Wait();")]
    public Task Threads_that_a_query_makes(string code) => In(code);

    [Theory]
    [InlineData("var gate = {|TW4004:new Barrier|}(4); var ts = Enumerable.Range(0, 4).Select(_ => new Thread(() => gate.SignalAndWait())).ToArray(); foreach (var t in ts) t.Start(); gate.SignalAndWait();")]
    [InlineData("var gate = {|TW4004:new CountdownEvent|}(items.Length + 1); var ts = items.Select(i => new Thread(() => { Work(i); gate.Signal(); })).ToList(); ts.ForEach(t => t.Start()); gate.Wait();")]
    [InlineData("var gate = {|TW4004:new CountdownEvent|}(5); var ts = (from i in Enumerable.Range(0, 4) select new Task(() => gate.Signal())).ToArray(); foreach (var t in ts) t.Start(); gate.Wait();")]
    public Task Too_few_or_too_many_that_a_query_makes(string code) => In(code);

    [Theory]
    [InlineData("private readonly CountdownEvent _d = new(1); void M(int[] xs) { foreach (var x in xs) ThreadPool.QueueUserWorkItem(_ => { _d.{|TW4004:AddCount()|}; Console.WriteLine(x); _d.Signal(); }); _d.Signal(); _d.Wait(); }")]
    [InlineData("private readonly CountdownEvent _d = new(1); void M(int[] xs) { foreach (var x in xs) Task.Run(() => { _d.{|TW4004:AddCount()|}; try { Console.WriteLine(x); } finally { _d.Signal(); } }); _d.Signal(); _d.Wait(); }")]
    public Task A_gate_that_a_field_is_declared_with(string members) => OfType(members);

    [Theory]
    [InlineData("private readonly CountdownEvent _d = new(1); void M(int[] xs) { foreach (var x in xs) { _d.AddCount(); ThreadPool.QueueUserWorkItem(_ => { Console.WriteLine(x); _d.Signal(); }); } _d.Signal(); _d.Wait(); }")]
    [InlineData("private readonly CountdownEvent _d = new(3); void M() { Task.Run(() => { Console.WriteLine(); _d.Signal(); }); _d.Wait(); }")]
    [InlineData("private readonly CountdownEvent _d = new(1); void M(int[] xs) { foreach (var x in xs) ThreadPool.QueueUserWorkItem(_ => { _d.AddCount(); Console.WriteLine(x); _d.Signal(); }); } void End() { _d.Signal(); _d.Wait(); }")]
    [InlineData("private readonly CountdownEvent _d = new(1); void M(int[] xs) { foreach (var x in xs) ThreadPool.QueueUserWorkItem(_ => { if (_d.TryAddCount()) { Console.WriteLine(x); _d.Signal(); } }); _d.Signal(); _d.Wait(); }")]
    public Task Silent_on_a_gate_that_a_field_is_declared_with(string members) => OfType(members);

    private static Task OfType(string members) => Verify.Rule("TW4004", $$"""
        class C
        {
            {{members}}
        }
        """);

    private static Task In(string code) => Verify.Rule("TW4004", $$"""
        static class Other
        {
            private static CountdownEvent? s_kept;
            public static void Use(CountdownEvent gate) => s_kept = gate;
        }
        class C
        {
            private CountdownEvent _done = new(1);
            private readonly CountdownEvent _open = new(1);
            private static readonly CountdownEvent s_ended = new(2);
            private event EventHandler? Changed;
            async Task M(int[] items, int n, List<Task> all)
            {
                {{code}}
                await Task.Yield();
            }
            static bool Decide() => Environment.TickCount > 5;
            static void Work(int i) { }
            static void Enter(CountdownEvent gate) => Step(gate);
            static void Step(CountdownEvent gate) => gate.AddCount();
            static void Leave(CountdownEvent gate) { gate.Signal(); }
            static void Finish(CountdownEvent gate) { try { Work(1); } finally { Leave(gate); } }
            static void Meet(Barrier barrier) { Work(1); Arrive(barrier); }
            static void Arrive(Barrier barrier) => barrier.SignalAndWait();
        }
        """);
}

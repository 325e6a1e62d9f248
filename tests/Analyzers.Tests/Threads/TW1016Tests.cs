using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Threads;

public class TW1016Tests
{
    [Theory]
    [InlineData("Task.{|TW1016:Run(Work)|};")]
    [InlineData("_ = Task.{|TW1016:Run(Work)|};")]
    [InlineData("var t = Task.{|TW1016:Run(Work)|};")]
    [InlineData("Task.{|TW1016:Run(() => Console.WriteLine(1))|}; return;")]
    [InlineData("Task.Factory.{|TW1016:StartNew(Work)|};")]
    [InlineData("var t = new Task(Work); t.{|TW1016:Start()|};")]
    [InlineData("var t = new Thread(Work) { IsBackground = true }; t.{|TW1016:Start()|};")]
    [InlineData("var t = new Thread(Work); t.IsBackground = true; t.{|TW1016:Start()|}; Console.WriteLine(\"all done\");")]
    [InlineData("new Thread(Work) { IsBackground = true }.{|TW1016:Start()|};")]
    [InlineData("ThreadPool.{|TW1016:QueueUserWorkItem(_ => Work())|};")]
    [InlineData("Program.Kept = Task.{|TW1016:Run(Work)|};")]
    [InlineData("var ts = new List<Task>(); for (var i = 0; i < 3; i++) ts.Add(Task.{|TW1016:Run(Work)|}); Console.WriteLine(ts.Count);")]
    [InlineData("var ts = args.Select(x => Task.{|TW1016:Run(() => Console.WriteLine(x))|}).ToList(); Console.WriteLine(ts.Count);")]
    [InlineData("var ts = new List<Thread> { new Thread(Work) { IsBackground = true } }; foreach (var t in ts) t.{|TW1016:Start()|};")]
    [InlineData("foreach (var x in args) { Task.{|TW1016:Run(() => File.AppendAllText(x, x))|}; }")]
    [InlineData("if (args.Length > 0) { Task.{|TW1016:Run(Work)|}; }")]
    [InlineData("switch (args.Length) { case 0: Task.{|TW1016:Run(Work)|}; break; default: Console.WriteLine(1); break; }")]
    [InlineData("try { Task.{|TW1016:Run(Work)|}; } finally { Console.WriteLine(\"end\"); }")]
    [InlineData("Task.{|TW1016:Run(async () => { await Task.Delay(100); Console.WriteLine(1); })|};")]
    [InlineData("Task.{|TW1016:Run(SaveAsync)|};")]
    [InlineData("Task.{|TW1016:Run(() => Outer())|};")]
    [InlineData("Task.{|TW1016:Run(() => { try { Work(); } catch (IOException e) { Console.Error.WriteLine(e); } })|};")]
    [InlineData("Task.{|TW1016:Run(() => { for (var i = 0; i < 10; i++) { Thread.Sleep(100); Console.WriteLine(i); } })|};")]
    [InlineData("Task.{|TW1016:Run(Work)|}; Thread.Sleep(1000);")]
    [InlineData("Task.{|TW1016:Run(Work)|}; await Task.Delay(1000);")]
    [InlineData("{|TW1016:Begin()|};")]
    [InlineData("{|TW1016:BeginOne()|}; Console.WriteLine(\"begun\");")]
    [InlineData("{|TW1016:Given()|};")]
    [InlineData("var t = {|TW1016:Given()|}; Console.WriteLine(t.Id);")]
    [InlineData("{|TW1016:Local()|}; void Local() { Task.Run(Work); }")]
    [InlineData("var a = new Thread(Work); a.Start(); a.Join(); Task.{|TW1016:Run(Work)|};")]
    public Task Guilty(string code) => In(code);

    [Theory]
    [InlineData("await Task.Run(Work);")]
    [InlineData("Task.Run(Work).Wait();")]
    [InlineData("Task.Run(Work).GetAwaiter().GetResult();")]
    [InlineData("var t = Task.Run(Work); Console.WriteLine(\"so far\"); await t;")]
    [InlineData("var t = Task.Run(Work); if (args.Length > 0) return; t.Wait();")]
    [InlineData("var t = Task.Run(Work); if (!t.Wait(1000)) Console.WriteLine(\"late\");")]
    [InlineData("var t = Task.Run(Work); t.Wait(1000);")]
    [InlineData("var t = Task.Run(Work); while (!t.IsCompleted) Thread.Sleep(10);")]
    [InlineData("var t = Task.Run(Work); Wait(t);")]
    [InlineData("var t = Given(); t.Wait();")]
    [InlineData("Program.Kept = Task.Run(Work); Finish();")]
    [InlineData("var ts = args.Select(x => Task.Run(() => Console.WriteLine(x))).ToArray(); Task.WaitAll(ts);")]
    [InlineData("var ts = new List<Task>(); foreach (var x in args) ts.Add(Task.Run(Work)); await Task.WhenAll(ts);")]
    [InlineData("var ts = args.Select(x => Task.Run(() => Console.WriteLine(x))); await Task.WhenAll(ts);")]
    [InlineData("try { Task.Run(Work); } finally { Console.ReadKey(); }")]
    [InlineData("Task.Run(Work); Console.ReadLine();")]
    [InlineData("var done = new ManualResetEvent(false); Task.Run(() => { Work(); done.Set(); }); done.WaitOne();")]
    [InlineData("var done = new CountdownEvent(1); ThreadPool.QueueUserWorkItem(_ => { Work(); done.Signal(); }); done.Wait();")]
    [InlineData("Task.Run(() => { Work(); Program.Done = true; }); while (!Program.Done) { }")]
    [InlineData("Task.Run(() => { Work(); Program.Done = true; }); for (; !Program.Done;) Thread.Sleep(1);")]
    [InlineData("Task.Run(() => { Work(); Program.Done = true; }); SpinWait.SpinUntil(() => Program.Done);")]
    [InlineData("Task.Run(() => { Work(); Program.Done = true; }); UntilDone();")]
    [InlineData("new Thread(() => { while (true) { Thread.Sleep(1000); Console.Write('.'); } }) { IsBackground = true }.Start();")]
    [InlineData("new Thread(() => { while (!Program.Done) Console.Write('.'); }) { IsBackground = true }.Start();")]
    [InlineData("Task.Run(async () => { while (true) { await Task.Delay(1000); Console.Write('.'); } });")]
    [InlineData("Task.Run(Ticks);")]
    [InlineData("new Thread(() => Spin()) { IsBackground = true }.Start();")]
    [InlineData("var queue = new BlockingCollection<int>(); Task.Run(() => { foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x); });")]
    [InlineData("Task.Run(() => { Console.WriteLine(\"q quits\"); Console.ReadKey(); Environment.Exit(0); });")]
    [InlineData("Task.Run(() => { Thread.Sleep(60_000); Console.WriteLine(\"hangs\"); Environment.Exit(1); });")]
    [InlineData("var stop = new CancellationTokenSource(); Task.Run(async () => { await Task.Delay(5000, stop.Token); Console.WriteLine(\"still busy\"); });")]
    [InlineData("Task.Run(() => Warm());")]
    [InlineData("Task.Run(() => { try { Warm(); } catch (Exception e) { Console.WriteLine(e); } });")]
    [InlineData("Task.Run(() => args.Sum(x => x.Length));")]
    [InlineData("var t = new Thread(Work); t.Start();")]
    [InlineData("new Thread(Work).Start();")]
    [InlineData("new Thread(Work) { IsBackground = false }.Start();")]
    [InlineData("var server = new Thread(() => { while (true) Warm(); }); server.Start(); Task.Run(Work);")]
    [InlineData("Serve(); Task.Run(Work);")]
    [InlineData("var s = new Server(); Task.Run(Work);")]
    [InlineData("Task.Run(Work); Serve();")]
    [InlineData("Task.Run(Work); new Server();")]
    [InlineData("Task.Run(Work); start();", true)]
    [InlineData("start(); Task.Run(Work);", true)]
    [InlineData("using var joiner = new Joiner(Task.Run(Work));")]
    [InlineData("using (new Joiner(Task.Run(Work))) { Console.WriteLine(1); }")]
    [InlineData("var t = Task.Run(Work); AppDomain.CurrentDomain.ProcessExit += (_, _) => t.Wait();")]
    [InlineData("Task t = null!; AppDomain.CurrentDomain.ProcessExit += (_, _) => t.Wait(); t = Task.Run(Work);")]
    [InlineData("await Task.WhenAny(Task.Run(Work), Task.Delay(1000));")]
    [InlineData("Task.Run(Work).ContinueWith(_ => Console.WriteLine(1)).Wait();")]
    [InlineData("Parallel.ForEach(args, x => Console.WriteLine(x));")]
    [InlineData("while (Console.ReadLine() is { } line) Task.Run(() => Console.WriteLine(line));")]
    [InlineData("void Never() { Task.Run(Work); } Action a = Never; Console.WriteLine(a.Method);")]
    [InlineData("Action a = () => Task.Run(Work); Console.WriteLine(a.Method);")]
    [InlineData("Task.Run(Work); throw new Exception();")]
    [InlineData("Task.Run(Work); lock (args) { Monitor.Wait(args); }")]
    [InlineData("return await Task.Run(() => { Work(); return 1; });")]
    [InlineData("var n = 0; Task.Run(() => n = 1);")]
    [InlineData("using var timer = new Timer(_ => Work(), null, 0, 1000);")]
    [InlineData("var host = new Host(); Task.Run(Work); await host.RunAsync();")]
    public Task Innocent(string code, bool takesDelegate = false) => In(takesDelegate ? "Action start = Work; " + code : code);

    [Theory]
    [InlineData("Task.Run(Work); Thread.Sleep(Timeout.Infinite);")]
    [InlineData("Task.Run(Work); Thread.Sleep(-1);")]
    [InlineData("Task.Run(Work); await Task.Delay(-1);")]
    [InlineData("Task.Run(Work); await Task.Delay(Timeout.InfiniteTimeSpan).ConfigureAwait(false);")]
    [InlineData("Task.Run(Work); Task.Delay(Timeout.Infinite).Wait();")]
    [InlineData("Task.Run(Work); void Stay() => Thread.Sleep(Timeout.InfiniteTimeSpan); Stay();")]
    public Task Silent_when_the_program_sleeps_for_ever(string code) => In(code);

    [Theory]
    [InlineData("Task.{|TW1016:Run(Work)|}; Thread.Sleep(1000);")]
    [InlineData("Task.{|TW1016:Run(Work)|}; await Task.Delay(1);")]
    public Task A_sleep_with_an_end(string code) => In(code);

    [Theory]
    [InlineData("using var reader = new StringReader(\"\"); Task.Run(() => { string? line; while ((line = reader.ReadLine()) != null) Console.WriteLine(line); });")]
    [InlineData("Task.Run(Work).ContinueWith(_ => Console.WriteLine(1));")]
    [InlineData("async Task Open() { Task.Run(Work); await Task.Yield(); } await Open();")]
    public Task Misses_loops_over_input_continuations_and_awaited_helpers(string code) => In(code);

    /// <summary>What is read before the join has a report of its own; the join that repairs it repairs this as well.</summary>
    [Theory]
    [InlineData("var n = 0; Task.Run(() => { n = 1; Work(); }); Console.WriteLine({|TW1002:n|});")]
    [InlineData("var n = 0; Task.Run(() => { n = 1; Work(); }); Thread.{|TW1014:Sleep(10)|}; Console.WriteLine(n);")]
    public Task Other_rules_speak_first(string code) => In(code);

    /// <summary>TW1009 speaks of it: a wait for the thread would not be one for the work.</summary>
    [Fact]
    public Task An_async_body_is_another_rules() => In("new Thread(async () => { await Task.Yield(); Work(); }) { IsBackground = true }.Start();");

    [Fact]
    public Task A_main_method_is_a_program() => Verify.Rule("TW1016", """
        internal static class P
        {
            private static async Task<int> Main(string[] args)
            {
                Task.{|TW1016:Run(() => Console.WriteLine(args.Length))|};
                await Task.Delay(10);
                return 0;
            }
        }
        """, static test => test.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    [Fact]
    public Task A_main_method_of_a_library_is_none() => Verify.Rule("TW1016", """
        internal static class P
        {
            private static void Main() => Task.Run(() => Console.WriteLine(1));
            public static void Other() { Task.Run(() => Console.WriteLine(1)); }
        }
        """);

    [Theory]
    [InlineData("Task.{|TW1016:Run(() => Assert.Equal(1, Next()))|};")]
    [InlineData("var t = new Thread(() => Assert.Equal(1, Next())); t.{|TW1016:Start()|};")]
    [InlineData("ThreadPool.{|TW1016:QueueUserWorkItem(_ => { var n = Next(); Check(n); })|};")]
    [InlineData("for (var i = 0; i < 3; i++) { var k = i; Task.{|TW1016:Run(() => Check(k))|}; }")]
    [InlineData("Task.{|TW1016:Run(() => Assert.Equal(1, Next()))|}; Thread.Sleep(100);")]
    public Task Guilty_tests(string code) => InTest(code);

    [Theory]
    [InlineData("var t = new Thread(() => Assert.Equal(1, Next())); t.Start(); t.Join();")]
    [InlineData("Task.Run(() => Assert.Equal(1, Next())).Wait();")]
    [InlineData("Task.Run(() => Console.WriteLine(Next()));")]
    [InlineData("Task.Run(() => Next());")]
    [InlineData("_kept = Task.Run(() => Assert.Equal(1, Next()));")]
    [InlineData("Task.Run(() => { Assert.Equal(1, Next()); _done.Set(); });")]
    [InlineData("new Thread(() => { while (true) Check(1); }).Start();")]
    [InlineData("var t = Task.Run(() => Check(1)); Assert.Equal(true, t.IsCompleted);")]
    public Task Innocent_tests(string code) => InTest(code);

    [Fact]
    public Task Misses_what_a_helper_of_a_test_starts_where_the_test_starts_nothing() => InTest("Begin(); Assert.Equal(1, Next());");

    /// <summary>With the rule off, the pause speaks, and the thread that is never joined.</summary>
    [Theory]
    [InlineData("Task.Run(Work); Thread.{|TW1014:Sleep(1000)|};")]
    [InlineData("var t = new Thread(Work) { IsBackground = true }; t.Start(); Thread.{|TW1014:Sleep(1000)|};")]
    public Task Without_it_the_pause_is_reported(string code) => In(code, isOff: true);

    [Fact]
    public Task Without_it_the_pause_of_a_test_is_reported() => InTest("Task.Run(() => Check(1)); Thread.{|TW1014:Sleep(100)|};", isOff: true);

    private static Task In(string code, bool isOff = false) => Verify.Rule("TW1016", $$"""
        {{code}}

        partial class Program
        {
            internal static Task? Kept;
            internal static volatile bool Done;
            private static readonly List<int> s_cache = new();
            internal static void Work() => Console.WriteLine("work");
            internal static async Task SaveAsync() { await Task.Yield(); await File.WriteAllTextAsync("a", "b"); }
            internal static void Outer() => Inner();
            private static void Inner() { s_cache.Add(1); Work(); }
            internal static void Warm() => s_cache.AddRange(Enumerable.Range(0, 10));
            internal static void Begin() { Console.WriteLine("begin"); BeginOne(); }
            internal static void BeginOne() { var t = new Thread(Work) { IsBackground = true }; t.Start(); }
            internal static Task Given() => Task.Run(Work);
            internal static void Wait(Task t) => t.Wait();
            internal static void Finish() => Kept!.Wait();
            internal static void UntilDone() { while (!Done) Thread.Yield(); }
            internal static void Spin() { for (;;) Work(); }
            internal static async Task Ticks() { using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1)); while (await timer.WaitForNextTickAsync()) Work(); }
            internal static void Serve() => ServeAll();
            private static void ServeAll() { var t = new Thread(() => { while (true) Warm(); }); t.Start(); }
        }
        class Server
        {
            public Server() => new Thread(() => { while (true) Program.Warm(); }).Start();
        }
        class Host
        {
            public async Task RunAsync() => await Task.Delay(-1);
        }
        class Joiner : IDisposable
        {
            private readonly Task _t;
            public Joiner(Task t) => _t = t;
            public void Dispose() => _t.Wait();
        }
        """, test => Switch(test, isOff));

    private static Task InTest(string code, bool isOff = false) => Verify.Rule("TW1016", $$"""
        namespace Xunit
        {
            class FactAttribute : Attribute { }
            static class Assert { public static void Equal<T>(T expected, T actual) { } }
        }
        namespace Tests
        {
            using Xunit;
            class C
            {
                private Task? _kept;
                private readonly ManualResetEvent _done = new(false);
                private static int Next() => 1;
                private static void Check(int n) => Assert.Equal(1, n);
                private static void Begin() => Task.Run(() => Check(1));
                [Fact]
                public void M()
                {
                    {{code}}
                }
                public void NoTest()
                {
                    Task.Run(() => Check(1));
                }
            }
        }
        """, test => Switch(test, isOff));

    private static void Switch(RuleTest test, bool isOff)
    {
        if (isOff)
        {
            test.DisabledDiagnostics.Add("TW1016");
        }
    }
}

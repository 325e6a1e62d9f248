using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Threads;

public class TW1009AsyncThreadBodyTests
{
    private static Task Reports(string members) => Verify.Rule("TW1009", $$"""
        class C
        {
            Task WorkAsync() => Task.Delay(1);
            {{members}}
        }
        """);

    [Fact]
    public Task Thread_with_an_async_lambda() => Reports("""
        int _done;
        void M()
        {
            var t = new Thread({|TW1009:async () =>|} { await WorkAsync(); _done = 1; });
            t.Start();
            t.Join();
            Console.WriteLine(_done);
            new Thread({|TW1009:async state =>|} await WorkAsync()) { IsBackground = true }.Start(1);
            Thread named = new({|TW1009:async () =>|} await WorkAsync(), 1 << 20);
            named.Start();
            new Thread((ThreadStart){|TW1009:async delegate|} { await WorkAsync(); }).Start();
        }
        """);

    [Fact]
    public Task Thread_with_an_anonymous_method() => Reports("""
        void M()
        {
            new Thread({|TW1009:async delegate ()|} { await WorkAsync(); }).Start();
            new Thread({|TW1009:async delegate (object o)|} { await Task.Yield(); }).Start(this);
        }
        """);

    [Fact]
    public Task Thread_with_an_async_void_method() => Verify.Rule("TW1009", """
        class Server
        {
            private readonly Thread _loop;
            public Server() => _loop = new Thread({|TW1009:Run|}) { Name = "server" };
            public void Start() => _loop.Start();
            private async void Run() { while (true) { await Task.Delay(10); } }
            public static void Start(string name) => new Thread({|TW1009:new Server().Serve|}).Start(name);
            private async void Serve(object name) => await Task.Delay(1);
            public void Other() { new Thread({|TW1009:this.Run|}).Start(); new Thread({|TW1009:Generic<int>|}).Start(); }
            private static async void Generic<T>() { await Task.Yield(); }
        }
        """);

    [Fact]
    public Task Method_of_another_file_and_of_another_part() => Verify.Rule("TW1009", """
        partial class A
        {
            void M()
            {
                new Thread({|TW1009:B.Run|}).Start();
                new Thread({|TW1009:Part|}).Start();
                new Thread(B.NoAwait).Start();
                new Thread({|TW1009:Promised|}).Start();
            }
            partial void Promised();
        }
        """, test => test.TestState.Sources.Add("""
        static class B
        {
            public static async void Run() { await Task.Delay(1); }
            #pragma warning disable CS1998
            public static async void NoAwait() { async Task Local() => await Task.Delay(1); Local().Wait(); }
        }
        partial class A
        {
            async void Part() { await foreach (var x in Items()) { } }
            async IAsyncEnumerable<int> Items() { await Task.Yield(); yield return 1; }
            async partial void Promised() { await Task.Yield(); }
        }
        """));

    [Fact]
    public Task Local_function() => Reports("""
        void M()
        {
            new Thread({|TW1009:Run|}).Start();
            ThreadPool.QueueUserWorkItem({|TW1009:Item|});
            async void Run() => await WorkAsync();
            static async void Item(object o) { await using var s = new MemoryStream(); }
        }
        """);

    [Fact]
    public Task Lambda_that_only_calls_an_async_void_method() => Reports("""
        async void Run(int n) => await Task.Delay(n);
        void M(int n)
        {
            new Thread({|TW1009:() =>|} Run(n)).Start();
            new Thread({|TW1009:() =>|} { Run(n); }).Start();
            Task.Run({|TW1009:() =>|} Run(n));
            ThreadPool.QueueUserWorkItem({|TW1009:_ =>|} Run(n));
            new Thread(() => { Run(n); Thread.Sleep(1000); }).Start();
        }
        """);

    [Fact]
    public Task Delegate_that_is_made_explicitly_or_held_in_a_local() => Reports("""
        void M(bool quick)
        {
            ThreadStart body = {|TW1009:async () =>|} await WorkAsync();
            new Thread(body).Start();
            var made = new ThreadStart({|TW1009:async () =>|} await WorkAsync());
            new Thread(made).Start();
            new Thread(new ParameterizedThreadStart({|TW1009:async _ =>|} await WorkAsync())).Start();
            new Thread((ThreadStart)({|TW1009:async () =>|} await WorkAsync())).Start();
            new Thread(quick ? () => { } : {|TW1009:async () =>|} await WorkAsync()).Start();
            Action action = {|TW1009:async () =>|} await WorkAsync();
            new Thread(new ThreadStart(action)).Start();
            Task.Run(action).Wait();
            WaitCallback item = quick switch { true => {|TW1009:async _ =>|} await WorkAsync(), _ => _ => { } };
            ThreadPool.QueueUserWorkItem(item);
        }
        """);

    [Fact]
    public Task Pool_items() => Reports("""
        void M(WaitHandle handle)
        {
            ThreadPool.QueueUserWorkItem({|TW1009:async _ =>|} await WorkAsync());
            ThreadPool.QueueUserWorkItem({|TW1009:async s =>|} { await WorkAsync(); Console.WriteLine(s); }, "state");
            ThreadPool.QueueUserWorkItem<int>({|TW1009:async n =>|} await Task.Delay(n), 5, preferLocal: false);
            ThreadPool.UnsafeQueueUserWorkItem({|TW1009:async _ =>|} await WorkAsync(), null);
            ThreadPool.RegisterWaitForSingleObject(handle, {|TW1009:async (s, timedOut) =>|} await WorkAsync(), null, 1000, true);
            ThreadPool.UnsafeRegisterWaitForSingleObject(handle, {|TW1009:async (s, timedOut) =>|} await WorkAsync(), null, 1000, true);
        }
        """);

    [Fact]
    public Task Parallel_loops() => Reports("""
        void M(string[] urls, List<int> all)
        {
            Parallel.ForEach(urls, {|TW1009:async url =>|} await File.ReadAllTextAsync(url));
            Parallel.ForEach(urls, new ParallelOptions { MaxDegreeOfParallelism = 4 }, {|TW1009:async (url, state, i) =>|} { await WorkAsync(); });
            Parallel.For(0, 10, {|TW1009:async i =>|} await Task.Delay(i));
            Parallel.For(0L, 10, {|TW1009:async (i, state) =>|} await Task.Delay(1));
            Parallel.For(0, 10, () => 0, (i, state, sum) => sum + i, {|TW1009:async sum =>|} { await WorkAsync(); all.Add(sum); });
            Parallel.Invoke({|TW1009:async () =>|} await WorkAsync(), () => { }, {|TW1009:Run|});
            Parallel.Invoke(new Action[] { {|TW1009:async () =>|} await WorkAsync() });
            Parallel.ForEach(Partitioner.Create(0, 10), {|TW1009:async range =>|} await WorkAsync());
        }
        async void Run() => await WorkAsync();
        """);

    [Fact]
    public Task Start_new_whose_result_is_dropped() => Reports("""
        void M(TaskScheduler ui, CancellationToken token)
        {
            Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync());
            _ = Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync(), TaskCreationOptions.LongRunning);
            Task.Factory.StartNew({|TW1009:async s =>|} await WorkAsync(), "state", token, TaskCreationOptions.None, ui);
            new TaskFactory(ui).StartNew({|TW1009:async () =>|} { await WorkAsync(); return 1; });
            Task<Task>.Factory.StartNew({|TW1009:async () =>|} await WorkAsync());
            var unused = Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync());
            Task.Factory.StartNew({|TW1009:RunAsync|});
            Task.Factory.StartNew({|TW1009:() =>|} RunAsync());
        }
        async Task RunAsync() => await WorkAsync();
        """);

    [Fact]
    public Task Start_new_whose_outer_task_alone_is_waited_for() => Reports("""
        async Task M()
        {
            await Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync());
            await Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync()).ConfigureAwait(false);
            Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync()).Wait();
            if (!Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync()).Wait(100)) { throw new TimeoutException(); }
            Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync()).GetAwaiter().GetResult();
            _ = await Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync()).WaitAsync(TimeSpan.FromSeconds(1));
            await Task.Factory.StartNew({|TW1009:RunAsync|});
            await Task.Factory.StartNew({|TW1009:() =>|} RunAsync());
        }
        async ValueTask<int> RunAsync() { await WorkAsync(); return 1; }
        """);

    [Fact]
    public Task Start_new_whose_result_becomes_a_plain_task() => Reports("""
        Task _loop;
        readonly List<Task> _all = new();
        Task Return() => Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync());
        void Field() => _loop = Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync(), TaskCreationOptions.LongRunning);
        void Collected() => _all.Add(Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync()));
        void Passed() => Track(Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync()));
        void Track(Task t) { }
        void Local() { Task t = Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync()); t.Wait(); }
        Task Choose(bool go) => go ? Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync()) : Task.CompletedTask;
        Func<Task> Later() => () => Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync());
        Task Inner() => Task.Run(() => (Task)Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync()));
        Task Property { get; } = Task.Factory.StartNew({|TW1009:async () =>|} await Task.Delay(1));
        """);

    [Fact]
    public Task Start_new_in_a_local_that_only_loses_it() => Reports("""
        async Task M(bool slow)
        {
            var t = Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync());
            while (!t.IsCompleted) { Thread.Yield(); }
            await t;
            Task<Task> u;
            u = Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync());
            var v = u;
            Task.WaitAll(v, Task.CompletedTask);
            Action wait = () => v.Wait();
        }
        """);

    [Fact]
    public Task Groups() => Reports("""
        async Task M(int[] items)
        {
            await Task.WhenAll(items.Select(i => Task.Factory.StartNew({|TW1009:async () =>|} await Task.Delay(i))));
            Task.WaitAll(items.Select(i => Task.Factory.StartNew({|TW1009:async () =>|} await Task.Delay(i))).ToArray());
            var group = items.Select(i => Task.Factory.StartNew({|TW1009:async () =>|} await Task.Delay(i))).ToList();
            await Task.WhenAll(group);
            await Task.WhenAll(Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync()), Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync()));
            Task[] array = { Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync()) };
            array[0] = Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync());
            Task.WaitAll(array);
        }
        """);

    [Fact]
    public Task Cold_task_and_void_delegates_of_other_forks() => Reports("""
        async Task M(Task first)
        {
            var t = new Task({|TW1009:async () =>|} await WorkAsync());
            t.Start();
            await t;
            await Task.Run({|TW1009:Run|});
            Action<Task> next = {|TW1009:async _ =>|} await WorkAsync();
            await first.ContinueWith(next);
            await Task.Factory.StartNew((Action)({|TW1009:async () =>|} await WorkAsync()));
        }
        async void Run() => await WorkAsync();
        """);

    [Fact]
    public Task Continuation_whose_outer_task_alone_is_waited_for() => Reports("""
        Task Return(Task t) => t.ContinueWith({|TW1009:async _ =>|} await WorkAsync());
        async Task M(Task<int> t, Task[] all)
        {
            await t.ContinueWith({|TW1009:async done =>|} await Task.Delay(done.Result), TaskContinuationOptions.OnlyOnRanToCompletion);
            t.ContinueWith({|TW1009:async _ =>|} await WorkAsync()).Wait();
            await Task.Factory.ContinueWhenAll(all, {|TW1009:async _ =>|} await WorkAsync());
        }
        """);

    [Fact]
    public Task Places_that_hold_bodies() => Verify.Rule("TW1009", """
        var t = new Thread({|TW1009:async () =>|} await Task.Delay(1));
        t.Start();

        class Base(Thread thread) { public Thread Thread => thread; }
        class Derived : Base
        {
            static readonly Thread s_field = new(new ThreadStart({|TW1009:async () =>|} await Task.Delay(1)));
            public Derived() : base(new Thread({|TW1009:async () =>|} await Task.Delay(1))) { }
            Task _lazy;
            public Task Lazy => _lazy ??= Task.Factory.StartNew({|TW1009:async () =>|} await Task.Delay(1));
            public event Action Done { add { ThreadPool.QueueUserWorkItem({|TW1009:async _ =>|} await Task.Delay(1)); } remove { } }
            ~Derived() => new Thread({|TW1009:async () =>|} await Task.Delay(1)).Start();
            public static Derived operator +(Derived d, int n) { Parallel.For(0, n, {|TW1009:async i =>|} await Task.Delay(i)); return d; }
        }
        """, test => test.OutputKind = OutputKind.ConsoleApplication);

    [Fact]
    public Task Nested_forks_are_reported_each() => Reports("""
        void M() => new Thread({|TW1009:async () =>|}
        {
            await Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync());
            Parallel.For(0, 3, {|TW1009:async i =>|} await WorkAsync());
        }).Start();
        """);

    [Fact]
    public Task Await_inside_an_await_of_something_finished() => Reports("""
        async Task<int> ValueAsync() { await Task.Yield(); return 1; }
        void M()
        {
            new Thread({|TW1009:async () =>|} Console.WriteLine(await Task.FromResult(await ValueAsync()))).Start();
            new Thread({|TW1009:async () =>|} { if (DateTime.Now.Year > 2000) { await Task.Delay(-1); } }).Start();
        }
        """);

    [Fact]
    public Task Names_without_their_types() => Verify.Rule("TW1009", """
        using static System.Threading.Tasks.Parallel;
        using static System.Threading.ThreadPool;
        using T = System.Threading.Thread;
        class C
        {
            void M()
            {
                ForEach(new[] { 1 }, {|TW1009:async x =>|} await Task.Delay(x));
                QueueUserWorkItem({|TW1009:async _ =>|} await Task.Yield());
                new T({|TW1009:async () =>|} await Task.Yield()).Start();
            }
        }
        """);

    [Fact]
    public Task Generic_members() => Verify.Rule("TW1009", """
        class C<T>
        {
            void M<U>(IEnumerable<U> items, Func<U, Task<T>> load)
            {
                Parallel.ForEach(items, {|TW1009:async item =>|} await load(item));
                new Thread({|TW1009:Run|}).Start();
                var t = Task.Factory.StartNew({|TW1009:async () =>|} await load(items.First()));
                t.Wait();
            }
            async void Run() => await Task.Yield();
        }
        """);

    [Fact]
    public Task Net_framework() => Verify.Rule("TW1009", """
        class C
        {
            void M(string[] xs)
            {
                new Thread({|TW1009:async () =>|} await Task.Delay(1)).Start();
                Parallel.ForEach(xs, {|TW1009:async x =>|} await Task.Delay(1));
                Task.Factory.StartNew({|TW1009:async () =>|} await Task.Delay(1)).Wait();
            }
        }
        """, test => test.References = Frameworks.NetFramework48);

    [Fact]
    public Task Lambda_that_only_calls_an_async_method_and_drops_its_task() => Reports("""
        async Task LoopAsync(int n) { while (n > 0) { await Task.Delay(n); } }
        async ValueTask<int> CountAsync() { await Task.Yield(); return 1; }
        void M(int[] items)
        {
            var t = new Thread({|TW1009:() =>|} LoopAsync(3));
            t.Start();
            new Thread({|TW1009:() =>|} { CountAsync(); }).Start();
            Parallel.ForEach(items, {|TW1009:item =>|} LoopAsync(item));
            Parallel.For(0, 3, {|TW1009:i =>|} { LoopAsync(i); });
            Parallel.Invoke({|TW1009:() =>|} LoopAsync(1), {|TW1009:() =>|} LoopAsync(2));
            var cold = new Task({|TW1009:() =>|} LoopAsync(1));
            cold.Start();
        }
        """);

    [Fact]
    public Task Local_list_of_nested_tasks_waited_for_once() => Reports("""
        async Task M(int[] items)
        {
            var tasks = new List<Task<Task>>();
            tasks.Add(Task.Factory.StartNew({|TW1009:async () =>|} await Task.Delay(1)));
            await Task.WhenAll(tasks);
            var others = new List<Task<Task>>();
            foreach (var item in items) others.Add(Task.Factory.StartNew({|TW1009:async () =>|} await Task.Delay(item)));
            Console.WriteLine(others.Count);
            Task.WaitAll(others.ToArray());
            var more = new List<Task<Task>>();
            more.Add(Task.Factory.StartNew({|TW1009:async () =>|} await Task.Delay(1)));
            foreach (var one in more) one.Wait();
        }
        """);

    [Fact]
    public Task Message_names_the_fork_and_the_rest_shows_the_path() => Verify.Rule("TW1009", """
        class C
        {
            void M() => {|#1:Parallel.For(0, 3, {|#0:async i =>|} {|#2:await|} Task.Delay(i))|};
        }
        """, static test => test.ExpectedDiagnostics.Add(
            new DiagnosticResult("TW1009", DiagnosticSeverity.Warning).WithLocation(0).WithLocation(1).WithLocation(2).WithArguments("Parallel.For")));

    /// <summary>The loop waits for its own count, so only the degree of parallelism is lost; the rule does not follow signals.</summary>
    [Fact]
    public Task Noise_body_that_signals_its_own_end() => Reports("""
        void M(int[] items)
        {
            using var left = new CountdownEvent(items.Length);
            Parallel.ForEach(items, {|TW1009:async item =>|} { try { await Task.Delay(item); } finally { left.Signal(); } });
            left.Wait();
        }
        """);

    [Fact]
    public Task Noise_await_of_a_finished_task_in_a_method_of_another_file() => Verify.Rule("TW1009", """
        class A { void M() => new Thread({|TW1009:B.Run|}).Start(); }
        """, test => test.TestState.Sources.Add("static class B { public static async void Run() { await Task.CompletedTask; } }"));
}

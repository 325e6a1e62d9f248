using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Threads;

/// <summary>Correct code that looks like an async thread body.</summary>
public class TW1009InnocentTests
{
    private static Task Silent(string members) => Verify.Rule("TW1009", $$"""
        class C
        {
            Task WorkAsync() => Task.Delay(1);
            Task<int> ValueAsync() => Task.FromResult(1);
            {{members}}
        }
        """);

    [Fact]
    public Task Task_run_waits_for_the_inner_task() => Silent("""
        async Task M()
        {
            await Task.Run(async () => await WorkAsync());
            Task.Run(async () => { await WorkAsync(); }).Wait();
            _ = await Task.Run(async () => await ValueAsync());
            await Task.Run(WorkAsync);
            Func<Task> body = async () => await WorkAsync();
            await Task.Run(body);
        }
        """);

    [Fact]
    public Task Task_run_of_an_async_lambda_that_returns_a_task() => Silent("""
        async Task<Task> M() => await Task.Run(async () => { await Task.Yield(); return WorkAsync(); });
        """);

    [Fact]
    public Task Unwrapped() => Silent("""
        async Task M(TaskScheduler ui, CancellationToken token)
        {
            await Task.Factory.StartNew(async () => await WorkAsync()).Unwrap();
            await Task.Factory.StartNew(WorkAsync, token, TaskCreationOptions.None, ui).Unwrap();
            Task.Factory.StartNew(async () => await WorkAsync(), TaskCreationOptions.PreferFairness).Unwrap();
            await TaskExtensions.Unwrap(Task.Factory.StartNew(async () => await WorkAsync()));
            int n = await Task.Factory.StartNew(async () => await ValueAsync()).Unwrap().ConfigureAwait(false);
            var t = Task.Factory.StartNew(async s => await WorkAsync(), "state");
            await t.Unwrap();
        }
        """);

    [Fact]
    public Task Awaited_twice() => Silent("""
        async Task<int> M()
        {
            await await Task.Factory.StartNew(async () => await WorkAsync());
            await (await Task.Factory.StartNew(async () => await WorkAsync()).ConfigureAwait(false)).ConfigureAwait(false);
            var inner = await Task.Factory.StartNew(async () => await WorkAsync());
            await inner;
            (await Task.Factory.StartNew(async () => await WorkAsync())).Wait();
            return await await Task.Factory.StartNew(async () => await ValueAsync());
        }
        """);

    [Fact]
    public Task Result_of_the_outer_is_used() => Silent("""
        async Task<int> M()
        {
            await Task.Factory.StartNew(async () => await WorkAsync()).Result;
            Task.Factory.StartNew(async () => await WorkAsync()).Result.Wait();
            Task.Factory.StartNew(async () => await WorkAsync()).GetAwaiter().GetResult().GetAwaiter().GetResult();
            Task inner = Task.Factory.StartNew(async () => await WorkAsync()).Result;
            await inner;
            return Task.Factory.StartNew(async () => await ValueAsync()).Result.Result;
        }
        """);

    [Fact]
    public Task Outer_waited_for_together_and_inner_read_later() => Silent("""
        void M()
        {
            var first = Task.Factory.StartNew(async () => { await Task.Delay(5); return 1; });
            var second = Task.Factory.StartNew(() => 2);
            Task.WaitAll(first, second);
            Console.WriteLine(first.Result.Result + second.Result);
        }
        """);

    [Fact]
    public Task Nested_task_goes_to_unseen_code() => Silent("""
        readonly List<Task<Task>> _running = new();
        Task<Task> _loop;
        event Action<Task<Task>> Started;
        Task<Task> Return() => Task.Factory.StartNew(async () => await WorkAsync());
        void Pass() => Track(Task.Factory.StartNew(async () => await WorkAsync()));
        void Track(Task<Task> t) => _running.Add(t);
        void Generic() => Keep(Task.Factory.StartNew(async () => await WorkAsync()));
        void Keep<T>(T t) { }
        void Object() { object o = Task.Factory.StartNew(async () => await WorkAsync()); Console.WriteLine(o); }
        void Field() => _loop = Task.Factory.StartNew(async () => await WorkAsync());
        void Collected() => _running.Add(Task.Factory.StartNew(async () => await WorkAsync()));
        void Raised() => Started?.Invoke(Task.Factory.StartNew(async () => await WorkAsync()));
        (Task<Task>, int) Pair() => (Task.Factory.StartNew(async () => await WorkAsync()), 1);
        void Out(out Task<Task> t) => t = Task.Factory.StartNew(async () => await WorkAsync());
        IEnumerable<Task<Task>> Yield() { yield return Task.Factory.StartNew(async () => await WorkAsync()); }
        """);

    [Fact]
    public Task Local_of_nested_type_is_unwrapped_in_one_place_of_several() => Silent("""
        async Task M(bool quick)
        {
            Task<Task> t = Task.Factory.StartNew(async () => await WorkAsync());
            if (quick)
            {
                await t;
                return;
            }

            await t.Unwrap();
        }

        Action Later()
        {
            var t = Task.Factory.StartNew(async () => await WorkAsync());
            t.Wait();
            return () => t.Result.Wait();
        }
        """);

    [Fact]
    public Task Groups_of_nested_tasks_that_are_awaited_twice() => Silent("""
        async Task M(int[] items)
        {
            await Task.WhenAll(await Task.WhenAll(items.Select(i => Task.Factory.StartNew(async () => await WorkAsync()))));
            var outer = items.Select(i => Task.Factory.StartNew(async () => await WorkAsync())).ToArray();
            foreach (var task in outer) { await await task; }
            await Task.WhenAll(items.Select(i => Task.Factory.StartNew(async () => await WorkAsync()).Unwrap()));
            var inner = await Task.WhenAll(Task.Factory.StartNew(async () => await WorkAsync()), Task.Factory.StartNew(async () => await WorkAsync()));
            await Task.WhenAll(inner);
        }
        """);

    [Fact]
    public Task Continuation_reads_the_inner_task() => Silent("""
        void M()
        {
            Task.Factory.StartNew(async () => await WorkAsync()).ContinueWith(t => t.Result.ContinueWith(_ => Console.WriteLine("done")));
        }
        """);

    [Fact]
    public Task Body_without_await_runs_to_its_end() => Silent("""
        #pragma warning disable CS1998
        void M()
        {
            new Thread(async () => Console.WriteLine()).Start();
            Parallel.For(0, 3, async i => Console.WriteLine(i));
            Task.Factory.StartNew(async () => { Console.WriteLine(); }).Wait();
            new Thread(Run).Start();
        }

        async void Run() => Console.WriteLine();
        """);

    [Fact]
    public Task Await_of_another_function_inside_does_not_count() => Silent("""
        #pragma warning disable CS1998
        void M() => new Thread(async () =>
        {
            Func<Task> later = async () => await WorkAsync();
            async Task Local() => await WorkAsync();
            Local().Wait();
            later().Wait();
        }).Start();
        """);

    [Fact]
    public Task Await_of_what_is_complete_goes_on_at_once() => Silent("""
        void M()
        {
            new Thread(async () => { Console.WriteLine(); await Task.CompletedTask; }).Start();
            Parallel.For(0, 3, async i => { Console.WriteLine(await Task.FromResult(i)); await Task.CompletedTask.ConfigureAwait(false); });
            Task.Factory.StartNew(async () => { Console.WriteLine(); await ValueTask.CompletedTask; await default(ValueTask); await Task.Delay(0); }).Wait();
            new Thread(Run).Start();
        }

        async void Run() { Console.WriteLine(); await Task.CompletedTask; }
        """);

    [Fact]
    public Task Lambda_that_waits_for_the_task_itself() => Silent("""
        void M()
        {
            new Thread(() => WorkAsync().GetAwaiter().GetResult()).Start();
            new Thread(() => WorkAsync().Wait()).Start();
            ThreadPool.QueueUserWorkItem(_ => WorkAsync().{|TW6002:Wait()|});
            Parallel.For(0, 3, i => WorkAsync().{|TW6002:Wait()|});
            Task.Factory.StartNew(() => WorkAsync().Wait(), TaskCreationOptions.LongRunning);
        }
        """);

    [Fact]
    public Task Plain_bodies() => Silent("""
        void Run() { }
        void Item(object o) { }
        void M()
        {
            new Thread(Run).Start();
            new Thread(new ParameterizedThreadStart(Item)).Start(1);
            new Thread(() => Run()).Start();
            ThreadPool.QueueUserWorkItem(Item);
            Parallel.Invoke(Run, () => Item(1));
            Task.Factory.StartNew(Run).Wait();
        }
        """);

    [Fact]
    public Task Async_work_started_inside_a_plain_body_and_waited_for() => Silent("""
        void M() => new Thread(() =>
        {
            var tasks = new[] { Task.Run(async () => await WorkAsync()), WorkAsync() };
            Task.WaitAll(tasks);
        }).Start();
        """);

    [Fact]
    public Task Parallel_async_loops() => Silent("""
        async Task M(int[] items, CancellationToken token)
        {
            await Parallel.ForEachAsync(items, async (item, ct) => await Task.Delay(item, ct));
            await Parallel.ForEachAsync(items, new ParallelOptions { CancellationToken = token }, async (item, _) => { await WorkAsync(); });
            await Parallel.ForAsync(0, 10, async (i, ct) => await WorkAsync());
        }
        """);

    [Fact]
    public Task Timers_belong_to_another_rule() => Silent("""
        Timer _timer;
        void M() => _timer = new Timer(async _ => await WorkAsync(), null, 1000, Timeout.Infinite);
        """);

    [Fact]
    public Task Cold_task_whose_type_says_that_it_is_nested() => Silent("""
        async Task M()
        {
            var t = new Task<Task>(async () => await WorkAsync());
            t.Start();
            await t.Unwrap();
        }
        """);

    [Fact]
    public Task Async_delegates_that_no_fork_takes() => Silent("""
        event EventHandler Clicked;
        void M(List<int> items)
        {
            Clicked += async (s, e) => await WorkAsync();
            items.ForEach(async i => await WorkAsync());
            Func<Task> f = async () => await WorkAsync();
            Invoke(async () => await WorkAsync());
            For(0, async i => await WorkAsync());
        }
        void Invoke(Func<Task> f) { }
        void For(int i, Action<int> f) { }
        """);

    [Fact]
    public Task Types_of_the_user_with_the_same_names() => Verify.Rule("TW1009", """
        namespace Mine
        {
            class Thread { public Thread(Action a) { } public void Start() { } }
            static class Parallel { public static Task ForEach<T>(IEnumerable<T> xs, Func<T, Task> f) => Task.WhenAll(xs.Select(f)); }
            static class ThreadPool { public static void QueueUserWorkItem(Func<object, Task> f) { } }
            class TaskFactory { public Task StartNew(Func<Task> f) => f(); }
            class C
            {
                async Task M(int[] xs, TaskFactory factory)
                {
                    new Thread(async () => await Task.Yield()).Start();
                    await Parallel.ForEach(xs, async x => await Task.Yield());
                    ThreadPool.QueueUserWorkItem(async _ => await Task.Yield());
                    await factory.StartNew(async () => await Task.Yield());
                }
            }
        }
        """);

    [Fact]
    public Task Virtual_body_may_be_another_one() => Silent("""
        protected virtual async void Run() => await WorkAsync();
        void M() => new Thread(Run).Start();
        """);

    [Fact]
    public Task Delegate_from_elsewhere_is_unknown() => Silent("""
        Action _body;
        void Field() => new Thread(() => _body()).Start();
        void Parameter(ThreadStart body) => new Thread(body).Start();
        void Returned() => new Thread(Make()).Start();
        ThreadStart Make() => () => { };
        void Reassigned(bool quick)
        {
            ThreadStart body = async () => await WorkAsync();
            if (quick) { body = () => WorkAsync().Wait(); }
            new Thread(body).Start();
        }
        """);

    [Fact]
    public Task Continuations_whose_inner_task_is_kept_or_that_nobody_waits_for() => Silent("""
        async Task M(Task t)
        {
            _ = t.ContinueWith(async _ => await WorkAsync());
            t.ContinueWith(async _ => await WorkAsync());
            await t.ContinueWith(async _ => await WorkAsync()).Unwrap();
            await await t.ContinueWith(async _ => await WorkAsync());
        }
        """);

    [Fact]
    public Task Synchronous_lambda_that_returns_a_task_from_unseen_code() => Silent("""
        interface IHandler { Task HandleAsync(); }
        async Task M(IHandler handler, Stream from, Stream to)
        {
            await Task.Factory.StartNew(() => handler.HandleAsync());
            await Task.Factory.StartNew(() => from.CopyToAsync(to));
        }
        """);

    [Fact]
    public Task Lambda_that_drops_a_task_on_purpose_or_has_nobody_to_wait_for_it() => Silent("""
        async Task LoopAsync() { while (true) { await WorkAsync(); } }
        async Task AtOnceAsync() => await Task.CompletedTask;
        Task Plain() => Task.CompletedTask;
        static void Keep(Task t) { }
        void M(int[] items)
        {
            new Thread(() => _ = LoopAsync()).Start();
            new Thread(() => LoopAsync().Wait()).Start();
            new Thread(() => LoopAsync().GetAwaiter().GetResult()).Start();
            new Thread(() => AtOnceAsync()).Start();
            new Thread(() => Plain()).Start();
            ThreadPool.QueueUserWorkItem(_ => LoopAsync());
            Task.Run(() => LoopAsync());
            Parallel.ForEach(items, i => { var t = LoopAsync(); Keep(t); });
        }
        """);

    [Fact]
    public Task Misses_delegate_in_a_field() => Silent("""
        static readonly ThreadStart s_body = async () => await Task.Delay(1);
        void M() => new Thread(s_body).Start();
        """);

    [Fact]
    public Task Local_list_of_nested_tasks_whose_inner_tasks_are_waited_for() => Silent("""
        async Task M(List<Task<Task>> given)
        {
            var tasks = new List<Task<Task>>();
            tasks.Add(Task.Factory.StartNew(async () => await WorkAsync()));
            foreach (var inner in await Task.WhenAll(tasks)) await inner;
            var others = new List<Task<Task>>();
            others.Add(Task.Factory.StartNew(async () => await WorkAsync()));
            foreach (var outer in others) await await outer;
            var unwrapped = new List<Task>();
            unwrapped.Add(Task.Factory.StartNew(async () => await WorkAsync()).Unwrap());
            await Task.WhenAll(unwrapped);
            var kept = new List<Task<Task>>();
            kept.Add(Task.Factory.StartNew(async () => await WorkAsync()));
            Later(kept);
            given.Add(Task.Factory.StartNew(async () => await WorkAsync()));
            await Task.WhenAll(given);
            var byIndex = new List<Task<Task>>();
            byIndex.Add(Task.Factory.StartNew(async () => await WorkAsync()));
            await await byIndex[0];
            var results = new List<Task<Task>>();
            results.Add(Task.Factory.StartNew(async () => await WorkAsync()));
            Task.WaitAll(results.ToArray());
            Task.WaitAll(results.Select(r => r.Result).ToArray());
        }
        static void Later(object o) { }
        """);

    [Fact]
    public Task Misses_nested_task_in_a_private_field_that_is_awaited_once() => Silent("""
        Task<Task> _loop;
        void Start() => _loop = Task.Factory.StartNew(async () => await WorkAsync());
        async Task Stop() => await _loop;
        """);
}

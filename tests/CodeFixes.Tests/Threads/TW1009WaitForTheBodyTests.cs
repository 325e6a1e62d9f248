using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.CodeFixes.Threads;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Threads;

public class TW1009WaitForTheBodyTests
{
    private static Task Fix(string before, string after, System.Action<FixTest<TW1009WaitForTheBody>>? configure = null) =>
        Verify.Fix("TW1009", Wrap(before), Wrap(after), 0, configure);

    private static Task NoFix(string members, System.Action<FixTest<TW1009WaitForTheBody>>? configure = null) =>
        Verify.NoFix("TW1009", Wrap(members), configure);

    private static string Wrap(string members) => $$"""
        class C
        {
            Task WorkAsync() => Task.Delay(1);
        {{members}}
        }
        """;

    [Fact]
    public Task Start_new_becomes_task_run() => Fix("""
            async Task M(CancellationToken token)
            {
                await Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync()); // kept
                Task.Factory.StartNew({|TW1009:async () =>|} { /* body */ await WorkAsync(); return 1; }, token).Wait();
                await System.Threading.Tasks.Task.Factory // factory
                    .StartNew({|TW1009:async () =>|} await WorkAsync())
                    .ConfigureAwait(false);
                Task.Factory.StartNew({|TW1009:RunAsync|});
                _ = Task.Factory.StartNew({|TW1009:() =>|} RunAsync());
                Func<Task> body = {|TW1009:async () =>|} await WorkAsync();
                await Task.Factory.StartNew(body);
            }
            async Task RunAsync() => await WorkAsync();
        """, """
            async Task M(CancellationToken token)
            {
                await Task.Run(async () => await WorkAsync()); // kept
                Task.Run(async () => { /* body */ await WorkAsync(); return 1; }, token).Wait();
                await System.Threading.Tasks.Task // factory
                    .Run(async () => await WorkAsync())
                    .ConfigureAwait(false);
                Task.Run(RunAsync);
                _ = Task.Run(() => RunAsync());
                Func<Task> body = async () => await WorkAsync();
                await Task.Run(body);
            }
            async Task RunAsync() => await WorkAsync();
        """);

    [Fact]
    public Task Stored_and_returned_tasks() => Fix("""
            Task _loop;
            readonly List<Task> _all = new();
            Task Return() => Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync());
            void Store()
            {
                _loop = Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync());
                _all.Add(Task.Factory.StartNew({|TW1009:async () =>|}
                {
                    // one
                    await WorkAsync();
                }));
            }
            async Task Group(int[] items) =>
                await Task.WhenAll(items.Select(i => Task.Factory.StartNew({|TW1009:async () =>|} await Task.Delay(i))));
        """, """
            Task _loop;
            readonly List<Task> _all = new();
            Task Return() => Task.Run(async () => await WorkAsync());
            void Store()
            {
                _loop = Task.Run(async () => await WorkAsync());
                _all.Add(Task.Run(async () =>
                {
                    // one
                    await WorkAsync();
                }));
            }
            async Task Group(int[] items) =>
                await Task.WhenAll(items.Select(i => Task.Run(async () => await Task.Delay(i))));
        """);

    [Fact]
    public Task Declared_type_follows() => Fix("""
            async Task M()
            {
                Task<Task> t = Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync());
                await t;
                Task<Task<int>> u = Task.Factory.StartNew({|TW1009:async () =>|} { await WorkAsync(); return 1; });
                u.Wait();
                System.Threading.Tasks.Task<Task> v = Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync(), TaskCreationOptions.LongRunning);
                await v;
                var w = Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync());
                Task.WaitAll(w, t);
            }
        """, """
            async Task M()
            {
                Task t = Task.Run(async () => await WorkAsync());
                await t;
                Task<int> u = Task.Run(async () => { await WorkAsync(); return 1; });
                u.Wait();
                Task v = Task.Run(async () => await WorkAsync());
                await v;
                var w = Task.Run(async () => await WorkAsync());
                Task.WaitAll(w, t);
            }
        """);

    [Fact]
    public Task Options_scheduler_state_and_own_factories_are_unwrapped() => Fix("""
            Task _loop;
            async Task M(TaskScheduler ui, TaskFactory factory, CancellationToken token)
            {
                _loop = Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync(), TaskCreationOptions.LongRunning);
                await Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync(), token, TaskCreationOptions.None, ui).ConfigureAwait(false);
                await Task.Factory.StartNew({|TW1009:async s =>|} { await WorkAsync(); Console.WriteLine(s); }, "state"); // state
                await factory.StartNew({|TW1009:async () =>|} await WorkAsync());
                await _loop.ContinueWith({|TW1009:async _ =>|} await WorkAsync());
                Task.Factory
                    .StartNew<Task>({|TW1009:async () =>|} await WorkAsync())
                    .Wait();
            }
        """, """
            Task _loop;
            async Task M(TaskScheduler ui, TaskFactory factory, CancellationToken token)
            {
                _loop = Task.Run(async () => await WorkAsync());
                await Task.Factory.StartNew(async () => await WorkAsync(), token, TaskCreationOptions.None, ui).Unwrap().ConfigureAwait(false);
                await Task.Factory.StartNew(async s => { await WorkAsync(); Console.WriteLine(s); }, "state").Unwrap(); // state
                await factory.StartNew(async () => await WorkAsync()).Unwrap();
                await _loop.ContinueWith(async _ => await WorkAsync()).Unwrap();
                Task.Factory
                    .StartNew<Task>(async () => await WorkAsync()).Unwrap()
                    .Wait();
            }
        """);

    [Fact]
    public Task Nested_sites() => Fix("""
            async Task M(int[] items) => await Task.Factory.StartNew({|TW1009:async () =>|}
            {
                // outer
                await Task.Factory.StartNew({|TW1009:async () =>|}
                {
                    Parallel.ForEach(items, {|TW1009:async i =>|} await Task.Delay(i)); // loop
                    await WorkAsync();
                });
            });
        """, """
            async Task M(int[] items) => await Task.Run(async () =>
            {
                // outer
                await Task.Run(async () =>
                {
                    await Parallel.ForEachAsync(items, async (i, _) => await Task.Delay(i)); // loop
                    await WorkAsync();
                });
            });
        """);

    [Fact]
    public Task Loops_in_an_async_function() => Fix("""
            async Task M(string[] urls, Dictionary<string, int> sizes)
            {
                // all of them
                Parallel.ForEach(urls, {|TW1009:async url =>|} { await File.ReadAllTextAsync(url); });
                Parallel.ForEach(urls, new ParallelOptions { MaxDegreeOfParallelism = 4 }, {|TW1009:async (url) =>|} await WorkAsync());
                Parallel.ForEach<object>(urls, {|TW1009:async (object url) =>|} await WorkAsync());
                Parallel.ForEach(urls, {|TW1009:async _ =>|} await WorkAsync());
                Parallel.ForEach(urls, {|TW1009:async delegate (string url)|} { await WorkAsync(); });
                Parallel.ForEach(
                    source: urls,
                    body: {|TW1009:async url =>|}
                    {
                        _ = await File.ReadAllTextAsync(url); // discard
                    });
                Parallel.For(0, urls.Length, {|TW1009:async i =>|} await File.ReadAllTextAsync(urls[i]));
                Func<Task> inner = async () => { Parallel.ForEach(sizes, {|TW1009:async pair =>|} await Task.Delay(pair.Value)); await WorkAsync(); };
            }
        """, """
            async Task M(string[] urls, Dictionary<string, int> sizes)
            {
                // all of them
                await Parallel.ForEachAsync(urls, async (url, _) => { await File.ReadAllTextAsync(url); });
                await Parallel.ForEachAsync(urls, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (url, _) => await WorkAsync());
                await Parallel.ForEachAsync<object>(urls, async (object url, CancellationToken _) => await WorkAsync());
                await Parallel.ForEachAsync(urls, async (_, _) => await WorkAsync());
                await Parallel.ForEachAsync(urls, async delegate (string url, CancellationToken _) { await WorkAsync(); });
                await Parallel.ForEachAsync(
                    source: urls,
                    body: async (url, token) =>
                    {
                        _ = await File.ReadAllTextAsync(url); // discard
                    });
                await Parallel.ForAsync(0, urls.Length, async (i, _) => await File.ReadAllTextAsync(urls[i]));
                Func<Task> inner = async () => { await Parallel.ForEachAsync(sizes, async (pair, _) => await Task.Delay(pair.Value)); await WorkAsync(); };
            }
        """);

    [Fact]
    public Task Loop_in_top_level_statements() => Verify.Fix<TW1009WaitForTheBody>("TW1009", """
        using static System.Threading.Tasks.Parallel;
        var urls = new[] { "a" };
        ForEach(urls, {|TW1009:async url =>|} await File.ReadAllTextAsync(url));
        """, """
        using static System.Threading.Tasks.Parallel;
        var urls = new[] { "a" };
        await ForEachAsync(urls, async (url, _) => await File.ReadAllTextAsync(url));
        """, 0, test => test.OutputKind = OutputKind.ConsoleApplication);

    [Fact]
    public Task No_fix_for_a_loop_outside_an_async_function() => NoFix("""
            void M(int[] items) { Parallel.ForEach(items, {|TW1009:async i =>|} await Task.Delay(i)); }
            Task Lambda(int[] items) => Task.Run(() => { Parallel.ForEach(items, {|TW1009:async i =>|} await Task.Delay(i)); });
            async Task Local(int[] items) { Sync(); await WorkAsync(); void Sync() { Parallel.ForEach(items, {|TW1009:async i =>|} await Task.Delay(i)); } }
            int P { get { Parallel.For(0, 3, {|TW1009:async i =>|} await Task.Delay(i)); return 1; } }
        """);

    [Fact]
    public Task No_fix_for_the_other_overloads_of_a_loop() => NoFix("""
            async Task M(int[] items)
            {
                Parallel.ForEach(items, {|TW1009:async (i, state) =>|} await Task.Delay(i));
                Parallel.ForEach(items, {|TW1009:async (i, state, n) =>|} await Task.Delay(i));
                Parallel.ForEach(Partitioner.Create(0, 10), {|TW1009:async range =>|} await WorkAsync());
                var done = Parallel.ForEach(items, {|TW1009:async i =>|} await Task.Delay(i)).IsCompleted;
                Action<int> body = {|TW1009:async i =>|} await Task.Delay(i);
                Parallel.ForEach(items, body);
                Parallel.ForEach(items, {|TW1009:Run|});
                Parallel.ForEach(items, {|TW1009:async void (int i) =>|} await Task.Delay(i));
                Parallel.Invoke({|TW1009:async () =>|} await WorkAsync());
                lock (this) { Parallel.ForEach(items, {|TW1009:async i =>|} await Task.Delay(i)); }
                await WorkAsync();
            }
            async void Run(int i) => await Task.Delay(i);
        """);

    [Fact]
    public Task No_fix_where_an_await_might_come_under_a_lock_that_a_thread_owns() => NoFix("""
            readonly Mutex _mutex = new();
            async Task M(int[] items)
            {
                _mutex.WaitOne();
                Parallel.ForEach(items, {|TW1009:async i =>|} await Task.Delay(i));
                _mutex.ReleaseMutex();
                await WorkAsync();
            }
        """);

    [Fact]
    public Task A_semaphore_may_be_held_across_the_await() => Fix("""
            readonly SemaphoreSlim _gate = new(1, 1);
            async Task M(int[] items)
            {
                await _gate.WaitAsync();
                try { Parallel.ForEach(items, {|TW1009:async i =>|} await Task.Delay(i)); }
                finally { _gate.Release(); }
            }
        """, """
            readonly SemaphoreSlim _gate = new(1, 1);
            async Task M(int[] items)
            {
                await _gate.WaitAsync();
                try { await Parallel.ForEachAsync(items, async (i, _) => await Task.Delay(i)); }
                finally { _gate.Release(); }
            }
        """);

    [Fact]
    public Task No_fix_where_the_edit_would_not_compile() => NoFix("""
            async Task M(bool go)
            {
                Task<Task> t;
                t = Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync());
                await t;
                _ = await Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync());
            }
        """);

    [Fact]
    public Task No_fix_for_a_dropped_task_with_options_or_an_inner_value_task() => NoFix("""
            async Task M(TaskScheduler ui)
            {
                Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync(), TaskCreationOptions.PreferFairness);
                _ = new TaskFactory(ui).StartNew({|TW1009:async () =>|} await WorkAsync());
                await Task.Factory.StartNew({|TW1009:RunAsync|});
            }
            async ValueTask RunAsync() => await WorkAsync();
        """);

    /// <summary>One file, compiled for .NET 10 and for .NET Framework, whose <c>Parallel</c> has no async loops.</summary>
    [Fact]
    public async Task No_fix_that_another_target_of_the_project_cannot_compile()
    {
        const string Source = """
            using System.Threading.Tasks;
            class C
            {
                async Task M(int[] items)
                {
                    Parallel.ForEach(items, async i => await Task.Delay(i));
                    await Task.Factory.StartNew(async () => await Task.Delay(1));
                }
            }
            """;
        string[] all = ["Await 'Parallel.ForEachAsync'", "Use 'Task.Run', which waits for the inner task"];
        Assert.Equal(all, await LinkedTargets.TitlesAsync(new TW1009WaitForTheBody(), Source, Frameworks.Net100, Frameworks.Net80));
        Assert.Equal(all[1..], await LinkedTargets.TitlesAsync(new TW1009WaitForTheBody(), Source, Frameworks.Net100, Frameworks.NetFramework48));
    }

    [Fact]
    public Task Net_framework_has_no_async_loops() => NoFix("""
            async Task M(int[] items)
            {
                Parallel.ForEach(items, {|TW1009:async i =>|} await Task.Delay(i));
                Parallel.For(0, 3, {|TW1009:async i =>|} await Task.Delay(i));
                await WorkAsync();
            }
        """, static test => test.References = Frameworks.NetFramework48);

    [Fact]
    public Task Net_framework_has_task_run() => Fix("""
            async Task M(int[] items)
            {
                await Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync());
                Task t = Task.Factory.StartNew({|TW1009:async () =>|} await WorkAsync(), TaskCreationOptions.LongRunning);
            }
        """, """
            async Task M(int[] items)
            {
                await Task.Run(async () => await WorkAsync());
                Task t = Task.Run(async () => await WorkAsync());
            }
        """, static test => test.References = Frameworks.NetFramework48);

    [Fact]
    public Task Net_8_has_the_loop_over_indices() => Fix("""
            async Task M()
            {
                Parallel.For(0, 3, {|TW1009:async i =>|} await Task.Delay(i));
            }
        """, """
            async Task M()
            {
                await Parallel.ForAsync(0, 3, async (i, _) => await Task.Delay(i));
            }
        """, static test => test.References = Frameworks.Net80);
}

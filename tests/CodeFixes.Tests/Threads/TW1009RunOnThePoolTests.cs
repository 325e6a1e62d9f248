using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.CodeFixes.Threads;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Threads;

public class TW1009RunOnThePoolTests
{
    private static Task Fix(string before, string after) => Verify.Fix<TW1009RunOnThePool>("TW1009", Wrap(before), Wrap(after));

    private static Task NoFix(string members) => Verify.NoFix<TW1009RunOnThePool>("TW1009", Wrap(members));

    private static string Wrap(string members) => $$"""
        class C
        {
            Task WorkAsync() => Task.Delay(1);
        {{members}}
        }
        """;

    [Fact]
    public void It_has_no_fix_all() => Assert.Null(new TW1009RunOnThePool().GetFixAllProvider());

    [Fact]
    public Task Thread_that_is_started_at_once() => Fix("""
            void M()
            {
                // first
                new Thread({|TW1009:async () =>|} await WorkAsync()).Start(); // started
                new Thread({|TW1009:async () =>|}
                {
                    // body
                    await WorkAsync();
                })
                { IsBackground = true }.Start();
                (new Thread(new ThreadStart({|TW1009:async () =>|} await WorkAsync()))).Start();
                new Thread((ParameterizedThreadStart)({|TW1009:async o =>|} await WorkAsync())).Start();
                new Thread({|TW1009:async delegate ()|} { await WorkAsync(); }).Start();
            }
            void Arrow() => new Thread({|TW1009:async () =>|} await WorkAsync()).Start();
        """, """
            void M()
            {
                // first
                _ = Task.Run(async () => await WorkAsync()); // started
                _ = Task.Run(async () =>
                {
                    // body
                    await WorkAsync();
                });
                _ = Task.Run(async () => await WorkAsync());
                _ = Task.Run(async () => await WorkAsync());
                _ = Task.Run(async delegate () { await WorkAsync(); });
            }
            void Arrow() => _ = Task.Run(async () => await WorkAsync());
        """);

    [Fact]
    public Task Pool_item() => Fix("""
            void M()
            {
                ThreadPool.QueueUserWorkItem({|TW1009:async _ =>|} await WorkAsync());
                ThreadPool.QueueUserWorkItem({|TW1009:async (object state) =>|} { /* body */ await WorkAsync(); });
            }
        """, """
            void M()
            {
                _ = Task.Run(async () => await WorkAsync());
                _ = Task.Run(async () => { /* body */ await WorkAsync(); });
            }
        """);

    [Fact]
    public Task Local_thread_that_is_joined() => Fix("""
            void M()
            {
                // the worker
                var t = new Thread({|TW1009:async () =>|} await WorkAsync());
                t.IsBackground = true;
                // go
                t.Start(); // now
                Console.WriteLine("meanwhile");
                t.Join(); // wait
            }

            async Task Async()
            {
                Thread t = new({|TW1009:async () =>|} await WorkAsync());
                t.Start();
                if (!t.Join(1000)) { throw new TimeoutException(); }
                t.Join();
                Action later = () => t.Join();
                await WorkAsync();
            }
        """, """
            void M()
            {
                // the worker
                var t = Task.Run(async () => await WorkAsync());
                // go
                // now
                Console.WriteLine("meanwhile");
                t.Wait(); // wait
            }

            async Task Async()
            {
                Task t = Task.Run(async () => await WorkAsync());
                if (!t.Wait(1000)) { throw new TimeoutException(); }
                await t;
                Action later = () => t.Wait();
                await WorkAsync();
            }
        """);

    [Fact]
    public Task Cold_task() => Fix("""
            Task _all;
            async Task M()
            {
                Task t = new Task({|TW1009:async () =>|} await WorkAsync());
                t.Start();
                _all = t;
                await t;
                new Task({|TW1009:async () =>|} await WorkAsync()).Start();
            }
        """, """
            Task _all;
            async Task M()
            {
                Task t = Task.Run(async () => await WorkAsync());
                _all = t;
                await t;
                _ = Task.Run(async () => await WorkAsync());
            }
        """);

    [Fact]
    public Task Top_level_statements() => Verify.Fix<TW1009RunOnThePool>("TW1009", """
        new Thread({|TW1009:async () =>|} await Task.Delay(1)).Start();
        """, """
        _ = Task.Run(async () => await Task.Delay(1));
        """, 0, test => test.OutputKind = OutputKind.ConsoleApplication);

    [Fact]
    public Task No_fix_when_something_else_is_known_of_the_thread() => NoFix("""
            Thread _kept;
            void M(int n)
            {
                new Thread({|TW1009:async () =>|} await WorkAsync()) { Name = "worker" }.Start();
                new Thread({|TW1009:async () =>|} await WorkAsync(), 1 << 20).Start();
                new Thread({|TW1009:async o =>|} { await WorkAsync(); Console.WriteLine(o); }).Start();
                new Thread({|TW1009:async o =>|} await WorkAsync()).Start(n);
                _kept = new Thread({|TW1009:async () =>|} await WorkAsync());
                var named = new Thread({|TW1009:async () =>|} await WorkAsync());
                named.Name = "worker";
                named.Start();
                var late = new Thread({|TW1009:async () =>|} await WorkAsync());
                Console.WriteLine();
                late.Start();
                var twice = new Thread({|TW1009:async () =>|} await WorkAsync());
                twice.Start();
                Console.WriteLine(twice.ManagedThreadId);
                var once = new Thread({|TW1009:async () =>|} await WorkAsync());
                Thread a = new Thread({|TW1009:async () =>|} await WorkAsync()), b = a;
                a.Start();
            }
        """);

    [Fact]
    public Task No_fix_for_methods_delegates_in_locals_and_written_types() => NoFix("""
            async void Run() => await WorkAsync();
            void M()
            {
                new Thread({|TW1009:Run|}).Start();
                new Thread({|TW1009:() =>|} Run()).Start();
                ThreadStart body = {|TW1009:async () =>|} await WorkAsync();
                new Thread(body).Start();
                new Thread({|TW1009:async void () =>|} await WorkAsync()).Start();
            }
        """);

    [Fact]
    public Task No_fix_for_a_pool_item_whose_state_or_answer_is_used() => NoFix("""
            void M()
            {
                ThreadPool.QueueUserWorkItem({|TW1009:async s =>|} { await WorkAsync(); Console.WriteLine(s); });
                ThreadPool.QueueUserWorkItem({|TW1009:async _ =>|} await WorkAsync(), "state");
                ThreadPool.QueueUserWorkItem<int>({|TW1009:async _ =>|} await WorkAsync(), 1, true);
                ThreadPool.UnsafeQueueUserWorkItem({|TW1009:async _ =>|} await WorkAsync(), null);
                if (!ThreadPool.QueueUserWorkItem({|TW1009:async _ =>|} await WorkAsync())) { throw new InvalidOperationException(); }
            }
        """);

    [Fact]
    public Task No_fix_where_the_names_mean_something_else() => NoFix("""
            int _;
            void M() => new Thread({|TW1009:async () =>|} await WorkAsync()).Start();
        """);
}

using System.Threading.Tasks;
using Threadwise.CodeFixes.Queues;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Queues;

public class TW4003WaitForItemsTests
{
    [Fact]
    public Task Dropped_tasks_are_collected() => Verify.Fix<TW4003WaitForItems>("TW4003", In("""
                // All of them.
                foreach (var x in items)
                {
                    Task.{|TW4003:Run(() => File.Delete(path + x))|}; // gone
                }

                Console.WriteLine(1);
        """), In("""
                var tasks = new List<Task>();
                // All of them.
                foreach (var x in items)
                {
                    tasks.Add(Task.Run(() => File.Delete(path + x))); // gone
                }

                await Task.WhenAll(tasks);

                Console.WriteLine(1);
        """));

    [Fact]
    public Task Tasks_that_are_collected_are_waited_for() => Verify.Fix<TW4003WaitForItems>("TW4003", In("""
                var all = new Task[items.Length];
                for (var i = 0; i < items.Length; i++)
                    all[i] = Task.{|TW4003:Run(() => File.Delete(path))|};
                Console.WriteLine(1);
        """), In("""
                var all = new Task[items.Length];
                for (var i = 0; i < items.Length; i++)
                    all[i] = Task.Run(() => File.Delete(path));
                await Task.WhenAll(all);
                Console.WriteLine(1);
        """));

    [Fact]
    public Task Tasks_that_a_query_makes_are_waited_for() => Verify.Fix<TW4003WaitForItems>("TW4003", In("""
                var all = items
                    .Select(x => Task.{|TW4003:Run(() => File.Delete(path + x))|})
                    .ToList(); // all of them
                Console.WriteLine(1);
        """), In("""
                var all = items
                    .Select(x => Task.Run(() => File.Delete(path + x)))
                    .ToList(); // all of them
                await Task.WhenAll(all);
                Console.WriteLine(1);
        """));

    [Fact]
    public Task Tasks_that_are_collected_for_each_are_waited_for() => Verify.Fix<TW4003WaitForItems>("TW4003", In("""
                var all = new List<Task>();
                items.ToList().ForEach(x =>
                {
                    all.Add(Task.{|TW4003:Run(() => File.Delete(path + x))|});
                });

                Console.WriteLine(1);
        """), In("""
                var all = new List<Task>();
                items.ToList().ForEach(x =>
                {
                    all.Add(Task.Run(() => File.Delete(path + x)));
                });
                await Task.WhenAll(all);

                Console.WriteLine(1);
        """));

    [Fact]
    public Task Nothing_is_offered_for_what_is_dropped_for_each() =>
        Verify.NoFix<TW4003WaitForItems>("TW4003", In("items.ToList().ForEach(x => Task.{|TW4003:Run(() => File.Delete(path + x))|});"));

    [Fact]
    public Task Items_are_counted_down() => Verify.Fix<TW4003WaitForItems>("TW4003", In("""
                var results = new ConcurrentBag<int>();
                foreach (var x in items)
                {
                    ThreadPool.{|TW4003:QueueUserWorkItem|}(_ =>
                    {
                        // Square it.
                        results.Add(x * x);
                    });
                }
        """), In("""
                var results = new ConcurrentBag<int>();
                using var done = new CountdownEvent(1);
                foreach (var x in items)
                {
                    done.AddCount();
                    ThreadPool.QueueUserWorkItem(_ =>
                    {
                        try
                        {
                            // Square it.
                            results.Add(x * x);
                        }
                        finally
                        {
                            done.Signal();
                        }
                    });
                }

                done.Signal();
                done.Wait();
        """));

    [Theory]
    [InlineData("foreach (var x in items)\n{\n    Task.{|TW4003:Run(() => { lock (items) File.Delete(path + x); })|};\n}")]
    [InlineData("foreach (var x in items)\n{\n    if (x > 1) return;\n    Task.{|TW4003:Run(() => File.Delete(path + x))|};\n}")]
    [InlineData("foreach (var x in items)\n{\n    using var file = new StreamWriter(path + x);\n    Task.{|TW4003:Run(() => file.Write(x))|};\n}")]
    [InlineData("foreach (var x in items)\n{\n    ThreadPool.{|TW4003:QueueUserWorkItem(Item, x)|};\n}")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW4003WaitForItems>("TW4003", In(code));

    private static string In(string code) => $$"""
        class C
        {
            async Task M(string path, int[] items)
            {
                await Task.Yield();
        {{code}}
            }
            static void Item(object? x) { Console.WriteLine(x); }
        }
        """;
}

using System.Threading.Tasks;
using Threadwise.CodeFixes.Queues;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Queues;

public class TW4001CompleteInProducerTests
{
    [Theory]
    [InlineData("var queue = {|TW4001:new BlockingCollection<int>|}(); Task.Run(() => queue.Add(1)); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);",
        "var queue = new BlockingCollection<int>(); Task.Run(() => { try { queue.Add(1); } finally { queue.CompleteAdding(); } }); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    [InlineData("var queue = {|TW4001:new BlockingCollection<int>|}(); Task.Run(() => { queue.Add(1); queue.Add(2); }); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);",
        "var queue = new BlockingCollection<int>(); Task.Run(() => { try { queue.Add(1); queue.Add(2); } finally { queue.CompleteAdding(); } }); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    public Task On_one_line(string before, string after) => Verify.Fix<TW4001CompleteInProducer>("TW4001", In(before), In(after));

    [Fact]
    public Task Behind_the_loop_that_fills_a_channel() => Verify.Fix<TW4001CompleteInProducer>("TW4001", In("""
        var channel = Channel.{|TW4001:CreateUnbounded<int>()|};
                var reader = Drain(channel.Reader);
                foreach (var x in items)
                {
                    await channel.Writer.WriteAsync(x); // one
                }

                // All of them.
                await reader;
        """), In("""
        var channel = Channel.CreateUnbounded<int>();
                var reader = Drain(channel.Reader);
                foreach (var x in items)
                {
                    await channel.Writer.WriteAsync(x); // one
                }
                channel.Writer.Complete();

                // All of them.
                await reader;
        """));

    [Fact]
    public Task Around_the_work_that_fills_it() => Verify.Fix<TW4001CompleteInProducer>("TW4001", In("""
        using var queue = {|TW4001:new BlockingCollection<int>|}();
                var filler = Task.Run(() =>
                {
                    // All of them.
                    foreach (var x in items)
                    {
                        queue.Add(x);
                    }
                });
                foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);
                await filler;
        """), In("""
        using var queue = new BlockingCollection<int>();
                var filler = Task.Run(() =>
                {
                    try
                    {
                        // All of them.
                        foreach (var x in items)
                        {
                            queue.Add(x);
                        }
                    }
                    finally
                    {
                        queue.CompleteAdding();
                    }
                });
                foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);
                await filler;
        """));

    [Theory]
    [InlineData("var queue = {|TW4001:new BlockingCollection<int>|}(); Task.Run(() => queue.Add(1)); Task.Run(() => queue.Add(2)); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    [InlineData("var queue = {|TW4001:new BlockingCollection<int>|}(); foreach (var y in items) { _ = Task.Run(() => queue.Add(y)); } foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    [InlineData("var queue = {|TW4001:new BlockingCollection<int>|}(); foreach (var x in queue.GetConsumingEnumerable()) Console.WriteLine(x);")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW4001CompleteInProducer>("TW4001", In(code));

    private static string In(string code) => $$"""
        using System.Threading.Channels;
        class C
        {
            async Task M(int[] items)
            {
                await Task.Yield();
                {{code}}
            }
            static async Task Drain(ChannelReader<int> reader) { await foreach (var x in reader.ReadAllAsync()) Console.WriteLine(x); }
        }
        """;
}

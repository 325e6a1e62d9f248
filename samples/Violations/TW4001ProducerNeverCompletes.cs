using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace Violations.Queues
{
    /// <summary>Queues that nobody completes, and consumers that wait for that.</summary>
    public static class TW4001ProducerNeverCompletes
    {
        public static int Sum(int[] numbers)
        {
            var queue = new BlockingCollection<int>(); // expect: TW4001
            Task.Run(() =>
            {
                foreach (var number in numbers)
                {
                    queue.Add(number);
                }
            });

            var sum = 0;
            foreach (var number in queue.GetConsumingEnumerable())
            {
                sum += number;
            }

            return sum;
        }

        public static async Task PrintAsync(string[] lines)
        {
            var channel = Channel.CreateUnbounded<string>(); // expect: TW4001
            var printer = PrintAllAsync(channel.Reader);
            foreach (var line in lines)
            {
                await channel.Writer.WriteAsync(line);
            }

            await printer;
        }

        private static async Task PrintAllAsync(ChannelReader<string> reader)
        {
            await foreach (var line in reader.ReadAllAsync())
            {
                Console.WriteLine(line);
            }
        }
    }
}

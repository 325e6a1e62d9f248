using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace Violations.Queues
{
    /// <summary>Looking into a queue again and again.</summary>
    public sealed class TW4007PolledQueue
    {
        private readonly ConcurrentQueue<string> _jobs = new();
        private readonly ConcurrentQueue<string> _letters = new();
        private volatile bool _closed;

        public void Post(string job)
        {
            _jobs.Enqueue(job);
            _letters.Enqueue(job);
        }

        public void Close() => _closed = true;

        public void Work()
        {
            while (true) { if (_jobs.TryDequeue(out var job)) { Console.WriteLine(job); } else Thread.Sleep(10); } // expect: TW4007
        }

        public async Task ReadAsync()
        {
            while (!_closed)
            {
                while (_letters.TryDequeue(out var letter)) // expect: TW4007
                {
                    Console.WriteLine(letter);
                }

                await Task.Delay(50);
            }
        }

        public int WaitForOne(ConcurrentStack<int> numbers)
        {
            int number;
            while (!numbers.TryPop(out number)) // expect: TW4007
            {
            }

            return number;
        }
    }
}

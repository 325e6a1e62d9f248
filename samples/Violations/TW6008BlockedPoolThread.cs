using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace Violations.Placement
{
    /// <summary>Bodies that never give a thread back, on threads of the pool; and a thread of its own for a body that leaves it at once.</summary>
    public sealed class TW6008BlockedPoolThread
    {
        private readonly BlockingCollection<string> _lines = new BlockingCollection<string>();
        private volatile bool _stop;
        private int _rounds;

        public Task Poll() => Task.Run(Loop); // expect: TW6008

        public Task Write() => Task.Factory.StartNew(() => // expect: TW6008
        {
            foreach (var line in _lines.GetConsumingEnumerable())
            {
                System.Console.WriteLine(line);
            }
        });

        public Task Wait() => Task.Factory.StartNew(PauseAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap(); // expect: TW6008

        public void Close()
        {
            _stop = true;
            _lines.CompleteAdding();
        }

        private void Loop()
        {
            while (!_stop)
            {
                Interlocked.Increment(ref _rounds);
                Thread.Sleep(10);
            }
        }

        private async Task PauseAsync() => await Task.Delay(10);
    }
}

using System.Threading;

namespace Violations.Threads
{
    /// <summary>A library's thread that holds the process open.</summary>
    public sealed class TW1017ForegroundLoopThread
    {
        private volatile bool _stop;
        private int _rounds;

        public void Open()
        {
            var thread = new Thread(Run);
            thread.Start(); // expect: TW1017
        }

        public void Close() => _stop = true;

        private void Run()
        {
            while (!_stop)
            {
                Interlocked.Increment(ref _rounds);
            }
        }
    }
}

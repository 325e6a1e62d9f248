using System;
using System.Threading;

namespace Violations.Threads
{
    /// <summary>A thread that is stopped wherever it happens to be.</summary>
    public sealed class TW1012ThreadAbortSuspend
    {
        private readonly Thread _worker = new Thread(Work);

        public void Open() => _worker.Start();

        public void Close()
        {
            _worker.Interrupt(); // expect: TW1012
            _worker.Join();
        }

        private static void Work()
        {
            Thread.Sleep(1000);
            Console.WriteLine("awake");
        }
    }
}

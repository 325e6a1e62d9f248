using System;
using System.Threading;

namespace Violations.Threads
{
    /// <summary>Bodies that wait for themselves, or for each other.</summary>
    public sealed class TW1010SelfJoin
    {
        private Thread? _worker;

        public void Open()
        {
            _worker = new Thread(Work);
            _worker.Start();
        }

        public static void EachOther()
        {
            Thread? second = null;
            var first = new Thread(() => second!.Join()); // expect: TW1010
            second = new Thread(() => first.Join());
            first.Start();
            second.Start();
        }

        private void Work()
        {
            Console.WriteLine("work");
            Close(); // expect: TW1010
        }

        private void Close() => _worker!.Join();
    }
}

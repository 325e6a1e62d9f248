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
            _worker = new Thread(() =>
            {
                Console.WriteLine("work");
                _worker!.Join(); // expect: TW1010
            });
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
    }
}

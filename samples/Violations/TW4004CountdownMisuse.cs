using System;
using System.Threading;

namespace Violations.Queues
{
    /// <summary>Countdowns and barriers that count something else than what is started.</summary>
    public static class TW4004CountdownMisuse
    {
        public static void CountedTooLate(string[] pages)
        {
            using var done = new CountdownEvent(1);
            foreach (var page in pages)
            {
                ThreadPool.QueueUserWorkItem(_ =>
                {
                    done.AddCount(); // expect: TW4004
                    Console.WriteLine(page);
                    done.Signal();
                });
            }

            done.Signal();
            done.Wait();
        }

        public static void OneTooFew()
        {
            using var done = new CountdownEvent(3); // expect: TW4004
            for (var i = 0; i < 4; i++)
            {
                ThreadPool.QueueUserWorkItem(_ =>
                {
                    Console.WriteLine("work");
                    done.Signal();
                });
            }

            done.Wait();
        }

        public static void NobodyElseComes()
        {
            var barrier = new Barrier(3); // expect: TW4004
            for (var i = 0; i < 2; i++)
            {
                new Thread(() =>
                {
                    barrier.SignalAndWait();
                    Console.WriteLine("both are here");
                }).Start();
            }
        }
    }
}

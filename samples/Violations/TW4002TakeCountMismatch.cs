using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace Violations.Queues
{
    /// <summary>Takes that wait for what never comes.</summary>
    public static class TW4002TakeCountMismatch
    {
        public static void OneTooMany(int workers)
        {
            using var results = new BlockingCollection<int>();
            for (var i = 0; i < workers; i++)
            {
                new Thread(() => results.Add(Environment.CurrentManagedThreadId)) { IsBackground = true }.Start();
            }

            for (var i = 0; i <= workers; i++)
            {
                Console.WriteLine(results.Take()); // expect: TW4002
            }
        }

        public static void PerhapsNone(int[] numbers)
        {
            using var found = new BlockingCollection<int>();
            foreach (var number in numbers)
            {
                Task.Run(() =>
                {
                    if (Square(number) > 2)
                    {
                        found.Add(number);
                    }
                });
            }

            foreach (var number in numbers)
            {
                Console.WriteLine(found.Take()); // expect: TW4002
            }
        }

        private static int Square(int number) => number * number;
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Violations.Threads
{
    /// <summary>The results are read before anybody waited for those who make them.</summary>
    public sealed class TW1002ResultReadBeforeJoin
    {
        private readonly int[] _squares = new int[4];

        public static int Sum(int[] values)
        {
            var total = 0;
            var thread = new Thread(() =>
            {
                foreach (var value in values)
                {
                    total += value;
                }
            });
            thread.Start();
            Console.WriteLine("The total is " + total); // expect: TW1002
            thread.Join();
            return total;
        }

        public int SumOfSquares()
        {
            var tasks = new List<Task>();
            for (var i = 0; i < 4; i++)
            {
                var slot = i;
                tasks.Add(Task.Run(() => _squares[slot] = slot * slot));
            }

            var sum = _squares.Sum(); // expect: TW1002
            Task.WaitAll(tasks.ToArray());
            return sum;
        }
    }
}

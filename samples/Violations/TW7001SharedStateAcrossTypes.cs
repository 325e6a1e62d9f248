using System;
using System.Threading;
using System.Threading.Tasks;

namespace Violations.WholeProgram
{
    /// <summary>Threads of one type update what another type holds.</summary>
    public sealed class TW7001SharedStateAcrossTypes
    {
        public static void CountLetters(string[] texts)
        {
            var tally = new Tally();
            Parallel.ForEach(texts, text => tally.Add(text.Length));
            Console.WriteLine(tally.Total);
        }

        public static void CountVisits()
        {
            var first = new Thread(Visits.Enter);
            var second = new Thread(Visits.Enter);
            first.Start();
            second.Start();
            first.Join();
            second.Join();
        }

        private sealed class Tally
        {
            private long _total;

            public long Total => _total;

            public void Add(int letters) => _total += letters; // expect: TW7001
        }

        private static class Visits
        {
            private static int s_count;

            public static void Enter()
            {
                s_count++; // expect: TW7001
            }
        }
    }
}

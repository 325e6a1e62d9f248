using System.Linq;
using System.Threading;

namespace Violations.Threads
{
    /// <summary>Work whose result nobody gets.</summary>
    public static class TW1008ThreadReturnValueLost
    {
        public static void Squares(int[] values)
        {
            var thread = new Thread(() => Square(values)); // expect: TW1008
            thread.Start();
            thread.Join();
        }

        public static void Sum(int[] values) =>
            ThreadPool.QueueUserWorkItem(_ => values.Sum()); // expect: TW1008

        private static int[] Square(int[] values) => values.Select(x => x * x).ToArray();
    }
}

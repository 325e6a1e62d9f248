using System.Threading;

namespace Violations.Threads
{
    /// <summary>Time may be up, and the half of a total is returned as the whole.</summary>
    public static class TW1013TimedJoinIgnored
    {
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
            thread.Join(100); // expect: TW1013
            return total;
        }
    }
}

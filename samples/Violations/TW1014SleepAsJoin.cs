using System.Linq;
using System.Threading;

namespace Violations.Threads
{
    /// <summary>A guess how long the work takes, in the place of a join.</summary>
    public static class TW1014SleepAsJoin
    {
        public static int Sum(int[] values)
        {
            var total = 0;
            var thread = new Thread(() => total = values.Sum());
            thread.Start();
            Thread.Sleep(100); // expect: TW1014
            return total;
        }
    }
}

using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Violations.Queues
{
    /// <summary>Work that loops start and nobody waits for.</summary>
    public static class TW4003WorkItemNotAwaited
    {
        public static void Dropped(string[] files)
        {
            foreach (var file in files)
            {
                Task.Run(() => File.Delete(file)); // expect: TW4003
            }
        }

        public static ConcurrentBag<int> Results(int[] numbers)
        {
            var squares = new ConcurrentBag<int>();
            foreach (var number in numbers)
            {
                ThreadPool.QueueUserWorkItem(_ => squares.Add(number * number)); // expect: TW4003
            }

            return squares;
        }

        public static void Collected(string[] files)
        {
            var tasks = new List<Task>();
            foreach (var file in files)
            {
                tasks.Add(Task.Run(() => File.Delete(file))); // expect: TW4003
            }
        }
    }
}

using System;
using System.Threading;

namespace Violations.Threads
{
    /// <summary>Threads that are started and left to themselves.</summary>
    public static class TW1003ThreadNeverJoined
    {
        public static void Held()
        {
            var thread = new Thread(() => Console.WriteLine("Hello"));
            thread.Start(); // expect: TW1003
        }

        public static void Dropped() =>
            new Thread(() => Console.WriteLine("Hello")).Start(); // expect: TW1003
    }
}

using System;
using System.Collections.Generic;
using System.Threading;

namespace Violations.Threads
{
    /// <summary>All bodies share the variable of the loop, which has gone on when they read it.</summary>
    public static class TW1006SharedLoopVariable
    {
        public static void Count()
        {
            var threads = new List<Thread>();
            for (var i = 0; i < 4; i++)
            {
                var thread = new Thread(() => Console.WriteLine(i)); // expect: TW1006
                thread.Start();
                threads.Add(thread);
            }

            foreach (var thread in threads)
            {
                thread.Join();
            }
        }
    }
}

using System;
using System.Threading;
using System.Threading.Tasks;

namespace Violations.Threads
{
    /// <summary>Calls that are certain to throw.</summary>
    public static class TW1005ThreadStateMisuse
    {
        public static void Twice()
        {
            var thread = new Thread(() => Console.WriteLine("Hello"));
            thread.Start();
            thread.Start(); // expect: TW1005
        }

        public static void TooEarly()
        {
            var thread = new Thread(() => Console.WriteLine("Hello"));
            thread.Join(); // expect: TW1005
            thread.Start();
        }

        public static void Running()
        {
            var task = Task.Run(() => Console.WriteLine("Hello"));
            task.Start(); // expect: TW1005
        }
    }
}

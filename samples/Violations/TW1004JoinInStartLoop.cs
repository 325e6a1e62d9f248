using System;
using System.Threading;

namespace Violations.Threads
{
    /// <summary>Each thread is waited for before the next one is started.</summary>
    public static class TW1004JoinInStartLoop
    {
        public static void Greet()
        {
            foreach (var name in new[] { "Ada", "Grace", "Edsger" })
            {
                var thread = new Thread(() => Console.WriteLine("Hello " + name));
                thread.Start();
                thread.Join(); // expect: TW1004
            }
        }
    }
}

using System;
using System.Threading;

namespace Violations.Threads
{
    /// <summary>A thread is made and forgotten: its body never runs.</summary>
    public static class TW1001ThreadNeverStarted
    {
        public static void Greet(string name)
        {
            var thread = new Thread(() => Console.WriteLine("Hello " + name)); // expect: TW1001
            thread.IsBackground = true;
        }
    }
}

using System;
using System.Threading;

namespace Violations.Processes
{
    /// <summary>A named mutex that nobody is ready to find abandoned.</summary>
    public sealed class TW5007AbandonedMutexUnhandled
    {
        private readonly Mutex _mutex = new(false, "violations");
        private int _value;

        public void Add()
        {
            _mutex.WaitOne(); // expect: TW5007
            try
            {
                _value++;
            }
            finally
            {
                _mutex.ReleaseMutex();
            }
        }

        public static void RunOnce(Action run)
        {
            using var single = new Mutex(false, "violations-single");
            if (!single.WaitOne(0)) // expect: TW5007
            {
                return;
            }

            run();
        }
    }
}

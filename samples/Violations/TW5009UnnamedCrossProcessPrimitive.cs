using System.Diagnostics;
using System.Threading;

namespace Violations.Processes
{
    /// <summary>Locks and signals that are meant for other processes, which cannot get them.</summary>
    public sealed class TW5009UnnamedCrossProcessPrimitive
    {
        public static void Work(string folder)
        {
            using var mutex = new Mutex(false, "violations-" + folder.GetHashCode()); // expect: TW5009
            try
            {
                mutex.WaitOne();
            }
            catch (AbandonedMutexException)
            {
                // Held all the same.
            }

            try
            {
                Thread.Yield();
            }
            finally
            {
                mutex.ReleaseMutex();
            }
        }

        public static void StartChild()
        {
            using var ready = new EventWaitHandle(false, EventResetMode.ManualReset); // expect: TW5009
            using var child = Process.Start("child", ready.SafeWaitHandle.DangerousGetHandle().ToString());
            child.WaitForExit();
        }
    }
}

using System.Threading;

namespace Violations.Processes
{
    /// <summary>A mutex whose last holder died, taken for one that is not held.</summary>
    public sealed class TW5013AbandonedMutexMishandled
    {
        private readonly Mutex _mutex = new(false, "violations");
        private int _value;

        public bool KeepsIt()
        {
            try
            {
                _mutex.WaitOne();
            }
            catch (AbandonedMutexException) // expect: TW5013
            {
                return false;
            }

            try
            {
                _value++;
            }
            finally
            {
                _mutex.ReleaseMutex();
            }

            return true;
        }

        public int TakesItTwice()
        {
            try
            {
                _mutex.WaitOne();
            }
            catch (AbandonedMutexException) // expect: TW5013
            {
                _mutex.WaitOne();
            }

            try
            {
                return _value++;
            }
            finally
            {
                _mutex.ReleaseMutex();
            }
        }
    }
}

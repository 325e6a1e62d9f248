using System.Threading;

namespace Shop
{
    public sealed class Till
    {
        private readonly object _gate = new object();
        private readonly SemaphoreSlim _drawer = new SemaphoreSlim(1, 1);
        private decimal _sum;

        public void Pay(decimal amount)
        {
            // After a second the sum changes without the lock.
            if (Monitor.TryEnter(_gate, 1000)) // expect: TW2006
            {
                try
                {
                    _sum += amount;
                }
                finally
                {
                    Monitor.Exit(_gate);
                }
            }
        }

        public void Empty()
        {
            if (_drawer.Wait(1000)) // expect: TW2006
            {
                _sum = 0; // nothing left
                _drawer.Release();
            }
        }
    }
}

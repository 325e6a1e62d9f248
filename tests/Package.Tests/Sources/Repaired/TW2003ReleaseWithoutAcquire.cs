using System.Threading;
using System.Threading.Tasks;

namespace Shop
{
    public sealed class Stock
    {
        private readonly SemaphoreSlim _gate = new SemaphoreSlim(1, 1);
        private int _items;

        public async Task<int> TakeAsync(int count, CancellationToken cancellation)
        {
            // A cancelled wait takes nothing, yet the finally below gives back.
            await _gate.WaitAsync(cancellation); // expect: TW2003
            try
            {
                _items -= count;
                return _items;
            }
            finally
            {
                _gate.Release();
            }
        }

        public void Put(int count, CancellationToken cancellation)
        {
            _gate.Wait(cancellation); // expect: TW2003
            try
            {
                _items += count;
            }
            finally
            {
                _gate.Release(); /* always */
            }
        }
    }
}

using System.Threading;
using System.Threading.Tasks;

namespace Shop
{
    public sealed class Ledger
    {
        private readonly object _gate = new object(); // expect: TW2107
        private int _entries;

        public async Task AddAsync(Task pending)
        {
            Monitor.Enter(_gate);
            try
            {
                await pending; // expect: TW2007
                _entries++;
            }
            finally
            {
                Monitor.Exit(_gate);
            }
        }
    }
}

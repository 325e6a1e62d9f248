using System.Threading;

namespace Shop
{
    public sealed class Shelf
    {
        private readonly object _gate = new object();
        private int _books;

        public void Add()
        {
            Monitor.Enter(_gate); // expect: TW2013
            try
            {
                _books++; // one more
            }
            finally
            {
                Monitor.Exit(_gate);
            }
        }
    }
}

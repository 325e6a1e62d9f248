using System.Threading;

namespace Shop
{
    public sealed class Shelf
    {
        private readonly object _gate = new object();
        private int _books;

        public void Add()
        {
            try
            {
                Monitor.Enter( // expect: TW2013
                    _gate);
                _books++; // one more
            }
            finally
            {
                Monitor.Exit(_gate);
            }
        }
    }
}

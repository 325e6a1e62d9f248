using System.Threading;

namespace Shop
{
    public sealed class Shelf
    {
        private readonly object _gate = new object();
        private int _books;

        public void Add()
        {
            Monitor.Enter( // expect: TW2013
                _gate);
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

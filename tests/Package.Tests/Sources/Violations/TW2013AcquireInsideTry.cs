using System.Threading;

namespace Shop
{
    public sealed class Shelf
    {
        private readonly ReaderWriterLockSlim _gate = new ReaderWriterLockSlim();
        private int _books;

        public void Add()
        {
            try
            {
                _gate.EnterWriteLock(); // expect: TW2013
                _books++; // one more
            }
            finally
            {
                _gate.ExitWriteLock();
            }
        }
    }
}

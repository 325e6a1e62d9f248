using System.Threading;

namespace Shop
{
    public sealed class Shelf
    {
        private readonly ReaderWriterLockSlim _gate = new ReaderWriterLockSlim();
        private int _books;

        public void Add()
        {
            _gate.EnterWriteLock(); // expect: TW2013
            try
            {
                _books++; // one more
            }
            finally
            {
                _gate.ExitWriteLock();
            }
        }
    }
}

using System.Threading;

namespace Shop
{
    public sealed class Visitors
    {
        private int _count;

        public bool IsHundredth()
        {
            // Another visitor may come in between.
            Interlocked.Increment(ref _count); // expect: TW3013
            return _count == 100;
        }
    }
}

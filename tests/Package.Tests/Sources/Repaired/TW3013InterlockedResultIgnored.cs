using System.Threading;

namespace Shop
{
    public sealed class Visitors
    {
        private int _count;

        public bool IsHundredth()
        {
            // Another visitor may come in between.
            var count = Interlocked.Increment(ref _count); // expect: TW3013
            return count == 100;
        }
    }
}

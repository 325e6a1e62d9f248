using System.Threading;

namespace Shop
{
    public sealed class Visitors
    {
        private int _count;

        public bool IsHundredth()
        {
            // Another visitor may come in between.
            return Interlocked.Increment(ref _count) == 100;
        }
    }
}

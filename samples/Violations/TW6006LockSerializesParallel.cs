using System.Collections.Generic;
using System.Threading.Tasks;

namespace Violations.Placement
{
    /// <summary>Parallel loops whose rounds wait for one another.</summary>
    public sealed class TW6006LockSerializesParallel
    {
        private readonly object _gate = new object();
        private readonly List<string> _names = new List<string>();
        private long _total;

        public void Add(int[] items)
        {
            Parallel.ForEach(items, item =>
            {
                var square = (long)item * item;
                lock (_gate) // expect: TW6006
                {
                    _total += square;
                }
            });
        }

        public void Add(string[] names)
        {
            Parallel.For(0, names.Length, i =>
            {
                lock (_gate) // expect: TW6006
                {
                    _names.Add(names[i].Trim());
                }
            });
        }

        public long Total()
        {
            lock (_gate)
            {
                return _total + _names.Count;
            }
        }
    }
}

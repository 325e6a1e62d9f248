using System;
using System.Collections.Generic;
using System.Linq;

namespace Shop
{
    public sealed class Price
    {
        private readonly List<decimal> _parts = new List<decimal>();

        public decimal Sum => _parts.Sum();

        public void Add(decimal part)
        {
            if (part < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(part));
            }

            _parts.Add(part);
        }
    }
}

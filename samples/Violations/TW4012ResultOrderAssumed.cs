using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace Violations.Queues
{
    /// <summary>Results that come in any order, taken for those of the inputs at the same places.</summary>
    public static class TW4012ResultOrderAssumed
    {
        public static void Print(string[] names)
        {
            var lengths = names.AsParallel().Select(name => name.Length).ToArray();
            for (var i = 0; i < names.Length; i++)
            {
                Console.WriteLine($"{names[i]} {lengths[i]}"); // expect: TW4012
            }
        }

        public static IEnumerable<string> Pair(IReadOnlyList<int> numbers)
        {
            var squares = new ConcurrentBag<int>();
            Parallel.ForEach(numbers, number => squares.Add(number * number));
            return numbers.Zip(squares, (number, square) => $"{number} {square}"); // expect: TW4012
        }
    }
}

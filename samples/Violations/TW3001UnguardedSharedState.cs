using System.Threading;
using System.Threading.Tasks;

namespace Violations.SharedState;

/// <summary>Updates that get lost.</summary>
public sealed class TW3001UnguardedSharedState
{
    private decimal _balance;

    /// <summary>A count that all iterations share.</summary>
    public static int CountLong(string[] words)
    {
        var count = 0;
        Parallel.ForEach(words, word =>
        {
            if (word.Length > 10)
            {
                count++; // expect: TW3001
            }
        });
        return count;
    }

    /// <summary>Two threads, one balance, no atomic operation for its type.</summary>
    public decimal Run()
    {
        var first = new Thread(Deposit);
        var second = new Thread(Deposit);
        first.Start();
        second.Start();
        first.Join();
        second.Join();
        return _balance;
    }

    private void Deposit()
    {
        _balance += 10; // expect: TW3001
    }
}

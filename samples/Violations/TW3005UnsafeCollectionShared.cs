using System.Collections.Generic;
using System.Threading.Tasks;

namespace Violations.SharedState;

/// <summary>Collections for one thread, changed by many.</summary>
public sealed class TW3005UnsafeCollectionShared
{
    private readonly Dictionary<string, int> _lengths = new();

    public static List<int> Squares(int[] numbers)
    {
        var results = new List<int>();
        Parallel.ForEach(numbers, number =>
        {
            results.Add(number * number); // expect: TW3005
        });
        return results;
    }

    public void Build(string[] words)
    {
        var tasks = new List<Task>();
        foreach (var word in words)
        {
            tasks.Add(Task.Run(() =>
            {
                _lengths[word] = word.Length; // expect: TW3005
            }));
        }

        Task.WaitAll(tasks.ToArray());
    }
}

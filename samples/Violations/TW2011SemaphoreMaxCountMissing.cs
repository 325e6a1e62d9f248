using System;
using System.Threading;
using System.Threading.Tasks;

namespace Violations.Locks;

/// <summary>Locks that let two in after one release too many.</summary>
public sealed class TW2011SemaphoreMaxCountMissing : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1); // expect: TW2011
    private int _count;

    public async Task AddAsync()
    {
        await _gate.WaitAsync();
        try
        {
            _count++;
        }
        finally
        {
            _gate.Release();
        }
    }

    public int Sum(int[] numbers)
    {
        var sum = _count;
        using var gate = new SemaphoreSlim(1); // expect: TW2011
        Parallel.ForEach(numbers, number =>
        {
            gate.Wait();
            try
            {
                sum += number;
            }
            finally
            {
                gate.Release();
            }
        });
        return sum;
    }

    public void Dispose() => _gate.Dispose();
}

using System;
using System.Threading;
using System.Threading.Tasks;

namespace Violations.SharedState;

/// <summary>Values of several fields, stored by one thread while another reads them.</summary>
public sealed class TW3007TornAccess
{
    private (decimal Bid, decimal Ask) _quote;
    private int? _level;

    public void Quote(decimal[] bids)
    {
        var writer = new Thread(() =>
        {
            foreach (var bid in bids)
            {
                _quote = (bid, bid + 1); // expect: TW3007
            }
        });
        var reader = new Thread(() => Console.WriteLine(_quote));
        writer.Start();
        reader.Start();
        writer.Join();
        reader.Join();
    }

    public async Task MeasureAsync()
    {
        var measure = Task.Run(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                _level = i; // expect: TW3007
            }
        });
        var show = Task.Run(() => Console.WriteLine(_level));
        await Task.WhenAll(measure, show);
    }
}

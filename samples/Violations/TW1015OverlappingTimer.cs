using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Violations.Threads
{
    /// <summary>Timers whose ticks may come while the last one runs, and get into each other's way.</summary>
    public sealed class TW1015OverlappingTimer : IDisposable
    {
        private readonly List<DateTime> _times = new List<DateTime>();
        private readonly Timer _counter;
        private readonly Timer _reader;
        private readonly Timer _sleeper;
        private int _count;

        public TW1015OverlappingTimer()
        {
            _counter = new Timer(_ => _count++, null, 0, 100); // expect: TW1015
            _reader = new Timer(async _ => await Task.Delay(1000), null, TimeSpan.Zero, TimeSpan.FromSeconds(1)); // expect: TW1015
            _sleeper = new Timer(Note, null, 0, 100); // expect: TW1015
        }

        public int Count => _count;

        public void Dispose()
        {
            _counter.Dispose();
            _reader.Dispose();
            _sleeper.Dispose();
        }

        private void Note(object? state)
        {
            _times.Add(DateTime.UtcNow);
        }
    }
}

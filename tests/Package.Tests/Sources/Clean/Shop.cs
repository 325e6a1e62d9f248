using System;
using System.Threading;
using System.Threading.Tasks;

namespace Shop
{
    public sealed class Mailer
    {
        private readonly string[] _sent = new string[8];

        public void Send(string letter)
        {
            var thread = new Thread(() => _sent[0] = letter);
            thread.Start();
            thread.Join();
        }

        public Task Queue(string letter) => Task.Run(async () =>
        {
            await Task.Delay(10);
            _sent[1] = letter;
        });
    }

    public sealed class Stock : IDisposable
    {
        private readonly SemaphoreSlim _gate = new SemaphoreSlim(1, 1);
        private int _items;

        public async Task<int> TakeAsync(int count, CancellationToken cancellation)
        {
            await _gate.WaitAsync(cancellation);
            try
            {
                _items -= count;
                return _items;
            }
            finally
            {
                _gate.Release();
            }
        }

        public bool TryPut(int count)
        {
            if (!_gate.Wait(1000))
            {
                return false;
            }

            try
            {
                _items += count;
                return true;
            }
            finally
            {
                _gate.Release();
            }
        }

        public void Dispose() => _gate.Dispose();
    }

    public sealed class Till
    {
        private readonly object _gate = new object();
        private decimal _sum;
        private int _visitors;

        public void Pay(decimal amount)
        {
            lock (_gate)
            {
                _sum += amount;
            }
        }

        public bool TryPay(decimal amount)
        {
            var taken = false;
            try
            {
                Monitor.TryEnter(_gate, 1000, ref taken);
                if (taken)
                {
                    _sum += amount;
                }

                return taken;
            }
            finally
            {
                if (taken)
                {
                    Monitor.Exit(_gate);
                }
            }
        }

        public bool IsHundredth() => Interlocked.Increment(ref _visitors) == 100;
    }
}

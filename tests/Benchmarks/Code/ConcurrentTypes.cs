using System.Collections.Immutable;

namespace Threadwise.Benchmarks.Code;

/// <summary>Types with locks, forks and atomics, nearly all correct, as in real code. <c>NN</c> becomes a number.</summary>
internal static class ConcurrentTypes
{
    public static ImmutableArray<string> All { get; } =
    [
        """
        /// <summary>A store behind locks of four kinds.</summary>
        public sealed class StoreNN : IDisposable
        {
            private readonly object _sync = new();
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly ReaderWriterLockSlim _prices = new();
            private readonly Dictionary<string, decimal> _values = new();
            private decimal _sum;

            public void Add(string key, decimal value)
            {
                lock (_sync)
                {
                    _values[key] = value;
                    _sum += value;
                }
            }

            public bool TryAdd(string key, decimal value, int milliseconds)
            {
                var taken = false;
                try
                {
                    Monitor.TryEnter(_sync, milliseconds, ref taken);
                    if (!taken)
                    {
                        return false;
                    }

                    _values[key] = value;
                    return true;
                }
                finally
                {
                    if (taken)
                    {
                        Monitor.Exit(_sync);
                    }
                }
            }

            public async Task SaveAsync(Stream target, CancellationToken cancellation)
            {
                await _gate.WaitAsync(cancellation).ConfigureAwait(false);
                try
                {
                    foreach (var value in _values)
                    {
                        await target.WriteAsync(Encoding.UTF8.GetBytes(value.Key), cancellation).ConfigureAwait(false);
                    }
                }
                finally
                {
                    _gate.Release();
                }
            }

            public decimal Price(string key)
            {
                _prices.EnterReadLock();
                try
                {
                    return _values.TryGetValue(key, out var value) ? value : _sum;
                }
                finally
                {
                    _prices.ExitReadLock();
                }
            }

            public void Reprice(decimal factor)
            {
                if (!_prices.TryEnterWriteLock(100))
                {
                    throw new TimeoutException();
                }

                try
                {
                    _sum *= factor;
                }
                finally
                {
                    _prices.ExitWriteLock();
                }
            }

            public void Dispose()
            {
                _gate.Dispose();
                _prices.Dispose();
            }
        }
        """,
        """
        /// <summary>Workers that are started, joined and counted.</summary>
        public sealed class WorkersNN
        {
            private readonly List<Thread> _threads = new();
            private readonly ConcurrentQueue<int> _results = new();
            private int _done;
            private int _state;

            public int Done => Volatile.Read(ref _done);

            public void Run(int count, Func<int, int> work)
            {
                for (var i = 0; i < count; i++)
                {
                    var item = i;
                    var thread = new Thread(() =>
                    {
                        _results.Enqueue(work(item));
                        Interlocked.Increment(ref _done);
                    });
                    thread.Start();
                    _threads.Add(thread);
                }

                foreach (var thread in _threads)
                {
                    thread.Join();
                }
            }

            public bool TryBegin() => Interlocked.CompareExchange(ref _state, 1, 0) == 0;

            public int Sum(IReadOnlyList<int> items)
            {
                var sum = 0;
                Parallel.ForEach(items, () => 0, (item, _, local) => local + item, local => Interlocked.Add(ref sum, local));
                return sum;
            }

            public async Task<int> InBackgroundAsync(Func<int, int> work, CancellationToken cancellation)
            {
                var tasks = new List<Task<int>>();
                for (var i = 0; i < 4; i++)
                {
                    var item = i;
                    tasks.Add(Task.Run(() => work(item), cancellation));
                }

                var results = await Task.WhenAll(tasks).ConfigureAwait(false);
                return results.Sum();
            }
        }
        """,
        """
        /// <summary>A cache with a mistake or two, as they are found in the wild.</summary>
        public sealed class CacheNN
        {
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly object _sync = new();
            private readonly Dictionary<int, string> _pages = new();
            private int _hits;

            public async Task<string> GetAsync(int id, Func<int, Task<string>> load, CancellationToken cancellation)
            {
                try
                {
                    await _gate.WaitAsync(cancellation).ConfigureAwait(false);
                    if (!_pages.TryGetValue(id, out var page))
                    {
                        _pages[id] = page = await load(id).ConfigureAwait(false);
                    }
                    else
                    {
                        Interlocked.Increment(ref _hits);
                    }

                    return page;
                }
                finally
                {
                    _gate.Release();
                }
            }

            public bool Trim(int size)
            {
                if (!Monitor.TryEnter(_sync))
                {
                    return false;
                }

                try
                {
                    while (_pages.Count > size)
                    {
                        var oldest = _pages.Keys.Min();
                        if (!_pages.Remove(oldest))
                        {
                            break;
                        }
                    }

                    return true;
                }
                finally
                {
                    Monitor.Exit(_sync);
                }
            }

            public void Refresh(IEnumerable<int> ids, Func<int, string> load)
            {
                foreach (var id in ids.ToList())
                {
                    Monitor.Enter(_sync);
                    try
                    {
                        if (_pages.ContainsKey(id))
                        {
                            _pages[id] = load(id);
                        }
                    }
                    finally
                    {
                        Monitor.Exit(_sync);
                    }
                }
            }
        }
        """,
    ];
}

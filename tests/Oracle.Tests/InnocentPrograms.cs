namespace Threadwise.Oracle.Tests;

/// <summary>Twins of the guilty programs that look alike and whose result hangs on no schedule. No rule says anything of them.</summary>
internal static class InnocentPrograms
{
    public static Case[] All { get; } =
    [
        new("OneLock", "TW3001", """
            public sealed class Bank
            {
                private readonly object _gate = new();
                private int _balance;

                public int Run()
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
                    lock (_gate)
                    {
                        _balance += 10;
                    }
                }
            }
            """, "Is(20, new Bank().Run());"),
        new("LockInTheCaller", "TW3001", """
            public sealed class Bank
            {
                private readonly object _gate = new();
                private int _balance;

                public async Task<int> RunAsync()
                {
                    await Task.WhenAll(Task.Run(Deposit), Task.Run(Deposit));
                    return _balance;
                }

                private void Deposit()
                {
                    lock (_gate)
                    {
                        Add(10);
                    }
                }

                private void Add(int amount) => _balance += amount;
            }
            """, "Is(20, await new Bank().RunAsync());"),
        new("AtomicAdd", "TW3001", """
            public sealed class Bank
            {
                private int _balance;

                public async Task<int> RunAsync()
                {
                    await Task.WhenAll(Task.Run(() => Interlocked.Add(ref _balance, 10)), Task.Run(() => Interlocked.Add(ref _balance, 10)));
                    return _balance;
                }
            }
            """, "Is(20, await new Bank().RunAsync());"),
        new("JoinedInBetween", "TW3001", """
            public sealed class Bank
            {
                private int _balance;

                public int Run()
                {
                    var first = new Thread(Deposit);
                    first.Start();
                    first.Join();
                    var second = new Thread(Deposit);
                    second.Start();
                    second.Join();
                    return _balance;
                }

                private void Deposit() => _balance += 10;
            }
            """, "Is(20, new Bank().Run());"),
        new("AwaitedInBetween", "TW3001", """
            public sealed class Bank
            {
                private int _balance;

                public async Task<int> RunAsync()
                {
                    await Task.Run(() => _balance += 10);
                    await Task.Run(() => _balance += 10);
                    return _balance;
                }
            }
            """, "Is(20, await new Bank().RunAsync());"),
        new("SlotsOfAnArray", "TW3001", """
            public static class Squares
            {
                public static int Run()
                {
                    var results = new int[2];
                    var first = new Thread(() => results[0]++);
                    var second = new Thread(() => results[1]++);
                    first.Start();
                    second.Start();
                    first.Join();
                    second.Join();
                    return results[0] + results[1];
                }
            }
            """, "Is(2, Squares.Run());"),
        new("OwnObjectOfEachTask", "TW3001", """
            public sealed class Counter
            {
                private int _count;

                public int Count => _count;

                public void Add() => _count++;
            }

            public static class Counting
            {
                public static async Task<int> RunAsync()
                {
                    var results = await Task.WhenAll(Task.Run(One), Task.Run(One));
                    return results[0] + results[1];
                }

                private static int One()
                {
                    var counter = new Counter();
                    counter.Add();
                    return counter.Count;
                }
            }
            """, "Is(2, await Counting.RunAsync());"),
        new("WrittenBeforeTheStart", "TW3001", """
            public sealed class Setup
            {
                private int _size;

                public int Run()
                {
                    _size = 1;
                    _size++;
                    var seen = 0;
                    var reader = new Thread(() => seen = _size);
                    reader.Start();
                    reader.Join();
                    return seen;
                }
            }
            """, "Is(2, new Setup().Run());"),
        new("SemaphoreOfOne", "TW3001", """
            public sealed class Bank
            {
                private readonly SemaphoreSlim _gate = new(1, 1);
                private int _balance;

                public async Task<int> RunAsync()
                {
                    await Task.WhenAll(Task.Run(DepositAsync), Task.Run(DepositAsync));
                    return _balance;
                }

                private async Task DepositAsync()
                {
                    await _gate.WaitAsync();
                    try
                    {
                        _balance += 10;
                    }
                    finally
                    {
                        _gate.Release();
                    }
                }
            }
            """, "Is(20, await new Bank().RunAsync());"),
        new("LockInAHelper", "TW3001", """
            public sealed class Bank
            {
                private readonly object _gate = new();
                private int _balance;

                public int Run()
                {
                    var other = new Thread(Deposit);
                    other.Start();
                    Deposit();
                    other.Join();
                    return _balance;
                }

                private void Deposit() => Locked(() => _balance += 10);

                private void Locked(Action act)
                {
                    lock (_gate)
                    {
                        act();
                    }
                }
            }
            """, "Is(20, new Bank().Run());"),
        new("ClaimedOnce", "TW3001", """
            public sealed class Once
            {
                private int _claimed;
                private int _runs;

                public int Run()
                {
                    var first = new Thread(Work);
                    var second = new Thread(Work);
                    first.Start();
                    second.Start();
                    first.Join();
                    second.Join();
                    return _runs;
                }

                private void Work()
                {
                    if (Interlocked.Exchange(ref _claimed, 1) == 0)
                    {
                        _runs++;
                    }
                }
            }
            """, "Is(1, new Once().Run());"),
        new("AtomicBothWays", "TW3003", """
            public sealed class Connections
            {
                private int _open;

                public int Open => _open;

                public void Opened() => Interlocked.Increment(ref _open);

                public void Closed() => Interlocked.Decrement(ref _open);
            }
            """, """
            var connections = new Connections();
            await Task.WhenAll(Task.Run(connections.Opened), Task.Run(connections.Closed));
            Is(0, connections.Open);
            """),
        new("VolatileWithOneWriter", "TW3003", """
            public sealed class Progress
            {
                private volatile int _done;

                public int Done => _done;

                public int Run()
                {
                    var worker = new Thread(() =>
                    {
                        _done++;
                        _done++;
                    });
                    worker.Start();
                    worker.Join();
                    return _done;
                }
            }
            """, "Is(2, new Progress().Run());"),
        new("RetryLoop", "TW3003", """
            public sealed class Peak
            {
                private int _greatest;

                public int Greatest => _greatest;

                public void Offer(int value)
                {
                    var seen = _greatest;
                    while (value > seen)
                    {
                        var before = Interlocked.CompareExchange(ref _greatest, value, seen);
                        if (before == seen)
                        {
                            return;
                        }

                        seen = before;
                    }
                }
            }
            """, """
            var peak = new Peak();
            await Task.WhenAll(Task.Run(() => peak.Offer(1)), Task.Run(() => peak.Offer(2)));
            Is(2, peak.Greatest);
            """),
        new("ListUnderALock", "TW3005", """
            public static class Squares
            {
                public static async Task<int> RunAsync()
                {
                    var gate = new object();
                    var results = new List<int>();
                    await Task.WhenAll(Task.Run(() => { lock (gate) { results.Add(1); } }), Task.Run(() => { lock (gate) { results.Add(4); } }));
                    return results.Count;
                }
            }
            """, "Is(2, await Squares.RunAsync());"),
        new("ListReadByAll", "TW3005", """
            public static class Squares
            {
                public static async Task<int> RunAsync()
                {
                    var numbers = new List<int> { 1, 2 };
                    var sums = await Task.WhenAll(Task.Run(() => numbers[0] + numbers[1]), Task.Run(() => numbers.Count));
                    return sums[0] + sums[1];
                }
            }
            """, "Is(5, await Squares.RunAsync());"),
        new("ListFilledAfterTheJoin", "TW3005", """
            public static class Squares
            {
                public static async Task<int> RunAsync()
                {
                    var results = new List<int>();
                    await Task.Run(() => results.Add(1));
                    results.Add(2);
                    return results.Count;
                }
            }
            """, "Is(2, await Squares.RunAsync());"),
        new("ConcurrentBag", "TW3005", """
            public static class Squares
            {
                public static async Task<int> RunAsync()
                {
                    var results = new ConcurrentQueue<int>();
                    await Task.WhenAll(Task.Run(() => results.Enqueue(1)), Task.Run(() => results.Enqueue(4)));
                    return results.Count;
                }
            }
            """, "Is(2, await Squares.RunAsync());"),
        new("BothChecks", "TW3006", """
            public sealed class Registry
            {
                private readonly object _gate = new object();
                private object? _names;

                public object Names()
                {
                    if (_names == null)
                    {
                        lock (_gate)
                        {
                            if (_names == null)
                            {
                                _names = new object();
                            }
                        }
                    }

                    return _names;
                }
            }
            """, """
            var registry = new Registry();
            var first = Task.Run(registry.Names);
            var second = Task.Run(registry.Names);
            await Task.WhenAll(first, second);
            Is(true, ReferenceEquals(first.Result, second.Result));
            """),
        new("FirstOneWins", "TW3006", """
            public sealed class Registry
            {
                private object? _names;

                public object Names()
                {
                    Interlocked.CompareExchange(ref _names, new object(), null);
                    return _names;
                }
            }
            """, """
            var registry = new Registry();
            var first = Task.Run(registry.Names);
            var second = Task.Run(registry.Names);
            await Task.WhenAll(first, second);
            Is(true, ReferenceEquals(first.Result, second.Result));
            """),
        new("LastOneOutByResult", "TW3013", """
            public sealed class Room(Action close)
            {
                private int _inside;

                public void Enter() => Interlocked.Increment(ref _inside);

                public void Leave()
                {
                    if (Interlocked.Decrement(ref _inside) == 0)
                    {
                        close();
                    }
                }
            }
            """, """
            var closed = 0;
            var room = new Room(() => Interlocked.Increment(ref closed));
            room.Enter();
            room.Enter();
            await Task.WhenAll(Task.Run(room.Leave), Task.Run(room.Leave));
            Is(1, closed);
            """),
        new("TicketByResult", "TW3013", """
            public sealed class Tickets
            {
                private int _last;

                public int Next() => Interlocked.Increment(ref _last);
            }
            """, """
            var tickets = new Tickets();
            var first = Task.Run(tickets.Next);
            var second = Task.Run(tickets.Next);
            await Task.WhenAll(first, second);
            Is(3, first.Result + second.Result);
            """),
        new("GuardedEverywhere", "TW3002", """
            public sealed class Counter
            {
                private readonly object _gate = new object();
                private int _count;

                public void Add()
                {
                    lock (_gate)
                    {
                        _count++;
                    }
                }

                public void Double()
                {
                    lock (_gate)
                    {
                        _count *= 2;
                    }
                }

                public int Take()
                {
                    lock (_gate)
                    {
                        return _count--;
                    }
                }
            }
            """, """
            var counter = new Counter();
            counter.Add();
            counter.Add();
            await Task.WhenAll(Task.Run(counter.Add), Task.Run(counter.Double));
            Is(true, counter.Take() is 5 or 6);
            """),
        new("ReadBehindTheJoin", "TW1002", """
            public sealed class Total
            {
                private int _sum;

                public int Run()
                {
                    var worker = new Thread(() => _sum = 42);
                    worker.Start();
                    worker.Join();
                    return _sum;
                }
            }
            """, "Is(42, new Total().Run());"),
        new("ResultOfTheTask", "TW1002", """
            public static class Total
            {
                public static async Task<int> RunAsync()
                {
                    var worker = Task.Run(() => 42);
                    return await worker;
                }
            }
            """, "Is(42, await Total.RunAsync());"),
    ];
}

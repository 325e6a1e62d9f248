namespace Threadwise.Oracle.Tests;

/// <summary>Programs with a result that hangs on the schedule. Each is reported by the rule it names, and the rule's fix repairs it.</summary>
internal static class GuiltyPrograms
{
    private const string TwoThreads = """

            public void Run()
            {
                var first = new Thread(Work);
                var second = new Thread(Work);
                first.Start();
                second.Start();
                first.Join();
                second.Join();
            }

        """;

    public static Case[] All { get; } =
    [
        new("SumOfTwoThreads", "TW3001", $$"""
            public sealed class Bank
            {
                private int _balance;
            {{TwoThreads}}
                public int Balance => _balance;

                private void Work() => _balance += 10;
            }
            """, """
            var bank = new Bank();
            bank.Run();
            Is(20, bank.Balance);
            """),
        new("DecimalOfTwoThreads", "TW3001", $$"""
            public sealed class Bank
            {
                private decimal _balance;
            {{TwoThreads}}
                public decimal Balance => _balance;

                private void Work()
                {
                    _balance += 10;
                }
            }
            """, """
            var bank = new Bank();
            bank.Run();
            Is(20m, bank.Balance);
            """),
        new("CountOfTwoTasks", "TW3001", """
            public sealed class Visits
            {
                private int _count;

                public async Task<int> RunAsync()
                {
                    var first = Task.Run(() => _count++);
                    var second = Task.Run(() => _count++);
                    await Task.WhenAll(first, second);
                    return _count;
                }
            }
            """, "Is(2, await new Visits().RunAsync());"),
        new("CountThroughAHelper", "TW3001", """
            public sealed class Visits
            {
                private int _count;

                public async Task<int> RunAsync()
                {
                    var first = Task.Run(Enter);
                    var second = Task.Run(Enter);
                    await Task.WhenAll(first, second);
                    return _count;
                }

                private void Enter() => Add(2);

                private void Add(int number) => _count += number;
            }
            """, "Is(4, await new Visits().RunAsync());"),
        new("CountOfAListOfTasks", "TW3001", """
            public sealed class Visits
            {
                private int _count;

                public async Task<int> RunAsync()
                {
                    var tasks = new List<Task>();
                    for (var i = 0; i < 3; i++)
                    {
                        tasks.Add(Task.Run(() => { _count++; }));
                    }

                    await Task.WhenAll(tasks);
                    return _count;
                }
            }
            """, "Is(3, await new Visits().RunAsync());"),
        new("CapturedCount", "TW3001", """
            public static class Visits
            {
                public static async Task<int> RunAsync()
                {
                    var count = 0;
                    var first = Task.Run(() => { count++; });
                    var second = Task.Run(() => { count++; });
                    await Task.WhenAll(first, second);
                    return count;
                }
            }
            """, "Is(2, await Visits.RunAsync());"),
        new("ForkerAddsToo", "TW3001", """
            public sealed class Visits
            {
                private int _count;

                public int Run()
                {
                    var other = new Thread(Enter);
                    other.Start();
                    Enter();
                    other.Join();
                    return _count;
                }

                private void Enter() => _count++;
            }
            """, "Is(2, new Visits().Run());"),
        new("GreatestOfTwo", "TW3001", """
            public sealed class Peak
            {
                private int _greatest;

                public int Run()
                {
                    var first = new Thread(() => Offer(1));
                    var second = new Thread(() => Offer(2));
                    first.Start();
                    second.Start();
                    first.Join();
                    second.Join();
                    return _greatest;
                }

                private void Offer(int value)
                {
                    _greatest = Math.Max(_greatest, value);
                }
            }
            """, "Is(2, new Peak().Run());"),
        new("ParameterOfThePrimaryConstructor", "TW3001", """
            public sealed class Visits(long count)
            {
                public async Task<long> RunAsync()
                {
                    await Task.WhenAll(Task.Run(() => { count++; }), Task.Run(() => { count++; }));
                    return count;
                }
            }
            """, "Is(2L, await new Visits(0).RunAsync());"),
        new("TwoLocks", "TW3001", """
            public sealed class Bank
            {
                private readonly object _in = new();
                private readonly object _out = new();
                private int _balance;

                public int Run()
                {
                    var first = new Thread(() => { lock (_in) { _balance += 10; } });
                    var second = new Thread(() => { lock (_out) { _balance -= 4; } });
                    first.Start();
                    second.Start();
                    first.Join();
                    second.Join();
                    return _balance;
                }
            }
            """, "Is(6, new Bank().Run());"),
        new("UnguardedBesideInterlocked", "TW3003", """
            public sealed class Connections
            {
                private int _open;

                public int Open => _open;

                public void Opened() => Interlocked.Increment(ref _open);

                public void Closed() => _open--;
            }
            """, """
            var connections = new Connections();
            await Task.WhenAll(Task.Run(connections.Opened), Task.Run(connections.Closed));
            Is(0, connections.Open);
            """),
        new("VolatileCount", "TW3003", """
            public sealed class Load
            {
                private volatile int _requests;

                public int Requests => _requests;

                public void Begin() => _requests++;

                public void End() => _requests--;
            }
            """, """
            var load = new Load();
            await Task.WhenAll(Task.Run(load.Begin), Task.Run(load.End));
            Is(0, load.Requests);
            """),
        new("ListOfTwoTasks", "TW3005", """
            public static class Squares
            {
                public static async Task<int> RunAsync()
                {
                    var results = new List<int>();
                    await Task.WhenAll(Task.Run(() => results.Add(1)), Task.Run(() => results.Add(4)));
                    return results.Count;
                }
            }
            """, "Is(2, await Squares.RunAsync());"),
        new("DictionaryOfTwoThreads", "TW3005", """
            public sealed class Lengths
            {
                private readonly Dictionary<string, int> _lengths = new();

                public int Run()
                {
                    var first = new Thread(() => _lengths["a"] = 1);
                    var second = new Thread(() => _lengths["bb"] = 2);
                    first.Start();
                    second.Start();
                    first.Join();
                    second.Join();
                    return _lengths.Count;
                }
            }
            """, "Is(2, new Lengths().Run());"),
        new("SetOfTwoThreads", "TW3005", """
            public sealed class Jobs
            {
                private readonly HashSet<int> _jobs = new();

                public int Run()
                {
                    var first = new Thread(() => Fill(1));
                    var second = new Thread(() => Fill(2));
                    first.Start();
                    second.Start();
                    first.Join();
                    second.Join();
                    return _jobs.Count;
                }

                private void Fill(int job)
                {
                    _jobs.Add(job);
                }
            }
            """, "Is(2, new Jobs().Run());"),
        new("NoSecondCheck", "TW3006", """
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
                            _names = new object();
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
        new("PublishedBeforeFilled", "TW3006", """
            public sealed class Rate
            {
                public int Euro;
            }

            public sealed class Rates
            {
                private readonly object _gate = new object();
                private Rate? _rate;

                public Rate Get()
                {
                    if (_rate == null)
                    {
                        lock (_gate)
                        {
                            if (_rate == null)
                            {
                                _rate = new Rate();
                                _rate.Euro = 1;
                            }
                        }
                    }

                    return _rate;
                }
            }
            """, """
            var rates = new Rates();
            var first = Task.Run(() => rates.Get().Euro);
            var second = Task.Run(() => rates.Get().Euro);
            await Task.WhenAll(first, second);
            Is(2, first.Result + second.Result);
            """),
        new("LastOneOut", "TW3013", """
            public sealed class Room(Action close)
            {
                private int _inside;

                public void Enter() => Interlocked.Increment(ref _inside);

                public void Leave()
                {
                    Interlocked.Decrement(ref _inside);
                    if (_inside == 0)
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
        new("TicketReadAgain", "TW3013", """
            public sealed class Tickets
            {
                private int _last;

                public int Next()
                {
                    Interlocked.Increment(ref _last);
                    return _last;
                }
            }
            """, """
            var tickets = new Tickets();
            var first = Task.Run(tickets.Next);
            var second = Task.Run(tickets.Next);
            await Task.WhenAll(first, second);
            Is(3, first.Result + second.Result);
            """),
        new("ClaimNotTested", "TW3013", """
            public sealed class Worker(Action run)
            {
                private const int Idle = 0;
                private const int Running = 1;
                private int _state;

                public void Start()
                {
                    Interlocked.CompareExchange(ref _state, Running, Idle);
                    if (_state == Running)
                    {
                        run();
                    }
                }
            }
            """, """
            var runs = 0;
            var worker = new Worker(() => Interlocked.Increment(ref runs));
            await Task.WhenAll(Task.Run(worker.Start), Task.Run(worker.Start));
            Is(1, runs);
            """),
        new("UpdateNotTested", "TW3013", """
            public sealed class Interest
            {
                private double _balance = 100;

                public double Balance => _balance;

                public void Add(double rate)
                {
                    var old = _balance;
                    Interlocked.CompareExchange(ref _balance, old * (1 + rate), old);
                }
            }
            """, """
            var interest = new Interest();
            await Task.WhenAll(Task.Run(() => interest.Add(1)), Task.Run(() => interest.Add(1)));
            Is(400.0, interest.Balance);
            """),
        new("ResetOutsideTheLock", "TW3002", """
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

                public int Take()
                {
                    lock (_gate)
                    {
                        return _count--;
                    }
                }

                public void Double()
                {
                    _count *= 2;
                }
            }
            """, """
            var counter = new Counter();
            counter.Add();
            counter.Add();
            await Task.WhenAll(Task.Run(counter.Add), Task.Run(counter.Double));
            Is(true, counter.Take() is 5 or 6);
            """),
        new("ReadBeforeTheJoin", "TW1002", """
            public sealed class Total
            {
                private int _sum;

                public int Run()
                {
                    var worker = new Thread(() => _sum = 42);
                    worker.Start();
                    var sum = _sum;
                    worker.Join();
                    return sum;
                }
            }
            """, "Is(42, new Total().Run());"),
        new("ReadBeforeTheTaskEnds", "TW1002", """
            public static class Total
            {
                public static async Task<int> RunAsync()
                {
                    var sum = 0;
                    var worker = Task.Run(() => { sum = 42; });
                    Console.Write(sum == 0 ? "" : "");
                    var seen = sum;
                    await worker;
                    return seen;
                }
            }
            """, "Is(42, await Total.RunAsync());"),
    ];
}

using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.CodeFixes.SharedState;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.SharedState;

public class TW3013Tests
{
    [Fact]
    public Task Inlines_where_the_read_comes_first() => Fix("""
        class C
        {
            private int _n;

            int Next()
            {
                // numbers start at one
                Interlocked.{|TW3013:Increment(ref _n)|};
                return _n; // unique
            }

            void Last()
            {
                Run();

                Interlocked.{|TW3013:Decrement(ref _n)|};
                if (_n == 0)
                {
                    Run();
                }
            }

            void Flipped()
            {
                _ = Interlocked.{|TW3013:Increment(ref _n)|};
                if (5 == _n && _n2 > 0)
                    Run();
            }

            int Copy()
            {
                Interlocked.{|TW3013:Increment(ref _n)|};
                var id = Volatile.Read(ref _n);
                return id;
            }

            string Text()
            {
                Interlocked.{|TW3013:Increment(ref _n)|};

                return _n.ToString("D4");
            }

            int InSwitch()
            {
                switch (_n2)
                {
                    case 1:
                        Interlocked.{|TW3013:Increment(ref _n)|};
                        return _n;
                    default:
                        return 0;
                }
            }

            private int _n2;
            void Run() { }
        }
        """, """
        class C
        {
            private int _n;

            int Next()
            {
                // numbers start at one
                return Interlocked.Increment(ref _n); // unique
            }

            void Last()
            {
                Run();

                if (Interlocked.Decrement(ref _n) == 0)
                {
                    Run();
                }
            }

            void Flipped()
            {
                if (5 == Interlocked.Increment(ref _n) && _n2 > 0)
                    Run();
            }

            int Copy()
            {
                var id = Interlocked.Increment(ref _n);
                return id;
            }

            string Text()
            {
                return Interlocked.Increment(ref _n).ToString("D4");
            }

            int InSwitch()
            {
                switch (_n2)
                {
                    case 1:
                        return Interlocked.Increment(ref _n);
                    default:
                        return 0;
                }
            }

            private int _n2;
            void Run() { }
        }
        """);

    [Fact]
    public Task Takes_a_local_otherwise() => Fix("""
        class C
        {
            private static int s_count;
            private int _n, _event;
            private bool _closing;
            public int Prefix { get; set; }

            int Behind(string count)
            {
                Interlocked.{|TW3013:Increment(ref _n)|}; // counted
                // returned
                return _n;
            }

            string Later()
            {
                Interlocked.{|TW3013:Increment(ref _n)|};
                return Prefix + "-" + _n;
            }

            void Twice()
            {
                Interlocked.{|TW3013:Increment(ref _n)|};
                Console.WriteLine("n is {0}", _n);
                if (_closing && this._n == 3)
                {
                    Run();
                }
            }

            int Taken(int count)
            {
                Interlocked.{|TW3013:Increment(ref s_count)|};
                return count + s_count;
            }

            int Keyword()
            {
                Interlocked.{|TW3013:Increment(ref _event)|};
                return Prefix + _event;
            }

            void Run() { }
        }
        """, """
        class C
        {
            private static int s_count;
            private int _n, _event;
            private bool _closing;
            public int Prefix { get; set; }

            int Behind(string count)
            {
                var n = Interlocked.Increment(ref _n); // counted
                // returned
                return n;
            }

            string Later()
            {
                var n = Interlocked.Increment(ref _n);
                return Prefix + "-" + n;
            }

            void Twice()
            {
                var n = Interlocked.Increment(ref _n);
                Console.WriteLine("n is {0}", n);
                if (_closing && n == 3)
                {
                    Run();
                }
            }

            int Taken(int count)
            {
                var newCount = Interlocked.Increment(ref s_count);
                return count + newCount;
            }

            int Keyword()
            {
                var newEvent = Interlocked.Increment(ref _event);
                return Prefix + newEvent;
            }

            void Run() { }
        }
        """);

    [Fact]
    public Task Captured_locals_and_elements() => Fix("""
        class C
        {
            private readonly int[] _slots = new int[4];

            void Captured()
            {
                var received = 0;
                Task.Run(() =>
                {
                    Interlocked.{|TW3013:Increment(ref received)|};
                    if (Environment.ProcessorCount > 1 && received == 3)
                    {
                        Run();
                    }
                });
            }

            int Slot(int i)
            {
                Interlocked.{|TW3013:Add(ref _slots[i], 2)|};
                return i + _slots[i];
            }

            void Run() { }
        }
        """, """
        class C
        {
            private readonly int[] _slots = new int[4];

            void Captured()
            {
                var received = 0;
                Task.Run(() =>
                {
                    var newReceived = Interlocked.Increment(ref received);
                    if (Environment.ProcessorCount > 1 && newReceived == 3)
                    {
                        Run();
                    }
                });
            }

            int Slot(int i)
            {
                var newValue = Interlocked.Add(ref _slots[i], 2);
                return i + newValue;
            }

            void Run() { }
        }
        """);

    [Fact]
    public Task Top_level_statements() => Fix("""
        Interlocked.{|TW3013:Increment(ref Shared.Count)|};
        if (Shared.Count == 1)
        {
            Console.WriteLine("first");
        }

        static class Shared { public static int Count; }
        """, """
        if (Interlocked.Increment(ref Shared.Count) == 1)
        {
            Console.WriteLine("first");
        }

        static class Shared { public static int Count; }
        """, static test => (test.TestState.OutputKind, test.FixedState.OutputKind) = (OutputKind.ConsoleApplication, OutputKind.ConsoleApplication));

    [Fact]
    public Task Tests_the_claim() => Fix("""
        enum State { Idle, Running }

        class C
        {
            private const int Idle = 0, Running = 1;
            private int _state;

            void Start()
            {
                Interlocked.{|TW3013:CompareExchange(ref _state, Running, Idle)|};
                if (_state == Running)
                {
                    Run();
                }
            }

            void Leave()
            {
                // only one of us
                Interlocked.{|TW3013:CompareExchange(ref _state, (int)State.Running, (int)State.Idle)|};
                if ((int)State.Running != _state)
                {
                    return;
                }

                Run();
            }

            void Commented()
            {
                Interlocked.{|TW3013:CompareExchange(ref _state, 2, Idle | Running)|}; // claim
                if (_state == 2)
                {
                    Run();
                }
            }

            void Run() { }
        }
        """, """
        enum State { Idle, Running }

        class C
        {
            private const int Idle = 0, Running = 1;
            private int _state;

            void Start()
            {
                if (Interlocked.CompareExchange(ref _state, Running, Idle) == Idle)
                {
                    Run();
                }
            }

            void Leave()
            {
                // only one of us
                if ((int)State.Idle != Interlocked.CompareExchange(ref _state, (int)State.Running, (int)State.Idle))
                {
                    return;
                }

                Run();
            }

            void Commented()
            {
                var previous = Interlocked.CompareExchange(ref _state, 2, Idle | Running); // claim
                if (previous == (Idle | Running))
                {
                    Run();
                }
            }

            void Run() { }
        }
        """);

    [Fact]
    public Task Retries_a_lost_update() => Fix("""
        using System.Collections.Immutable;

        class C
        {
            private int _n;
            private double _sum;
            private string _text = "";
            private Action? _handlers;
            private ImmutableList<int> _list = ImmutableList<int>.Empty;

            void Double()
            {
                // twice as much
                var old = _n;
                var next = old * 2;
                // store it
                Interlocked.{|TW3013:CompareExchange(ref _n, next, old)|}; // if nobody else did
                Run();
            }

            void Sum(double x)
            {
                double old = _sum;
                Interlocked.{|TW3013:CompareExchange(ref _sum, old + x, old)|};
            }

            void Append(string s)
            {
                var old = Volatile.Read(ref _text);
                Interlocked.{|TW3013:CompareExchange(ref _text, string.Concat(old, s), old)|};
            }

            void Subscribe(Action handler)
            {
                var old = _handlers;
                Interlocked.{|TW3013:CompareExchange(ref _handlers, old + handler, old)|};
            }

            void Add(int i)
            {
                var old = _list;
                _ = Interlocked.{|TW3013:CompareExchange(ref _list, old.Add(i), old)|};
            }

            void Run() { }
        }
        """, """
        using System.Collections.Immutable;

        class C
        {
            private int _n;
            private double _sum;
            private string _text = "";
            private Action? _handlers;
            private ImmutableList<int> _list = ImmutableList<int>.Empty;

            void Double()
            {
                // twice as much
                while (true)
                {
                    var old = _n;
                    var next = old * 2;
                    // store it
                    if (Interlocked.CompareExchange(ref _n, next, old) == old)
                    {
                        break;
                    }
                } // if nobody else did
                Run();
            }

            void Sum(double x)
            {
                while (true)
                {
                    double old = _sum;
                    if (Interlocked.CompareExchange(ref _sum, old + x, old).Equals(old))
                    {
                        break;
                    }
                }
            }

            void Append(string s)
            {
                while (true)
                {
                    var old = Volatile.Read(ref _text);
                    if (ReferenceEquals(Interlocked.CompareExchange(ref _text, string.Concat(old, s), old), old))
                    {
                        break;
                    }
                }
            }

            void Subscribe(Action handler)
            {
                while (true)
                {
                    var old = _handlers;
                    if (ReferenceEquals(Interlocked.CompareExchange(ref _handlers, old + handler, old), old))
                    {
                        break;
                    }
                }
            }

            void Add(int i)
            {
                while (true)
                {
                    var old = _list;
                    if (Interlocked.CompareExchange(ref _list, old.Add(i), old) == old)
                    {
                        break;
                    }
                }
            }

            void Run() { }
        }
        """);

    [Fact]
    public Task Retries_where_the_comparand_was_read_in_the_call() => Fix("""
        class C
        {
            private int _n;

            void Block(int current)
            {
                // one more
                Interlocked.{|TW3013:CompareExchange(ref _n, _n + 1, _n)|};
            }

            void Embedded(bool more)
            {
                if (more)
                    Interlocked.{|TW3013:CompareExchange(ref _n, _n * (_n + 1), _n)|};
            }
        }
        """, """
        class C
        {
            private int _n;

            void Block(int current)
            {
                // one more
                while (true)
                {
                    var newCurrent = _n;
                    if (Interlocked.CompareExchange(ref _n, newCurrent + 1, newCurrent) == newCurrent)
                    {
                        break;
                    }
                }
            }

            void Embedded(bool more)
            {
                if (more)
                    while (true)
                    {
                        var current = _n;
                        if (Interlocked.CompareExchange(ref _n, current * (current + 1), current) == current)
                        {
                            break;
                        }
                    }
            }
        }
        """);

    [Fact]
    public Task Exchanges_what_does_not_depend_on_the_comparand() => Fix("""
        class C
        {
            private const int Open = 1, Closed = 2;
            private int _state;
            private List<int>? _spare;

            bool Close() => Interlocked.{|TW3013:CompareExchange(ref _state, Closed, _state)|} == Open;
            List<int> Take() => Interlocked.{|TW3013:CompareExchange(ref _spare, null, _spare)|} ?? new List<int>();
            void Set(int state) { Interlocked.{|TW3013:CompareExchange(ref _state, state, _state)|}; }
            void Clear() { Interlocked.{|TW3013:CompareExchange<List<int>?>(ref _spare, default, _spare)|}; }
        }
        """, """
        class C
        {
            private const int Open = 1, Closed = 2;
            private int _state;
            private List<int>? _spare;

            bool Close() => Interlocked.Exchange(ref _state, Closed) == Open;
            List<int> Take() => Interlocked.Exchange(ref _spare, null) ?? new List<int>();
            void Set(int state) { Interlocked.Exchange(ref _state, state); }
            void Clear() { Interlocked.Exchange<List<int>?>(ref _spare, default); }
        }
        """);

    [Fact]
    public Task Offers_nothing_when_unsure() => Verify.NoFix<TW3013UseInterlockedResult>("TW3013", """
        class C
        {
            private int _n;
            private object? _o;

            bool Stale(int next)
            {
                var old = _n;
                return Interlocked.{|TW3013:CompareExchange(ref _n, old + next, _n)|} == old;
            }

            int NeededAfterwards()
            {
                var old = _n;
                Interlocked.{|TW3013:CompareExchange(ref _n, old + 1, old)|};
                return old;
            }

            void SideEffect()
            {
                var old = _n;
                Interlocked.{|TW3013:CompareExchange(ref _n, old + Ask(), old)|};
            }

            void Fresh() { Interlocked.{|TW3013:CompareExchange(ref _o, new object(), _o)|}; }
            void Arrow() => Interlocked.{|TW3013:CompareExchange(ref _n, _n + 1, _n)|};
            void Named() { Interlocked.{|TW3013:CompareExchange(ref _n, comparand: _n, value: 3)|}; }
            void Commented() { Interlocked.{|TW3013:CompareExchange(ref _n, 3, /* whatever it is */ _n)|}; }
            int Discarded() { _ = /* dropped */ Interlocked.{|TW3013:Increment(ref _n)|}; return _n; }
            int Ask() => 1;
        }
        """);

    private static Task Fix(string before, string after, System.Action<FixTest<TW3013UseInterlockedResult>>? configure = null) =>
        Verify.Fix("TW3013", before, after, 0, configure);
}

using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.SharedState;

public class TW3013GuiltyTests
{
    private const string Id = "TW3013";

    [Fact]
    public Task Number_read_again() => Verify.Rule(Id, """
        class Item(int id) { public int Id { get; init; } = id; public int Number { get; set; } }

        class Counted
        {
            private static int s_made;
            private readonly int _id;
            public Counted() { Interlocked.{|TW3013:Increment(ref s_made)|}; _id = s_made; }
            public Counted(string name) { Interlocked.{|TW3013:Increment(ref s_made)|}; Name = name + s_made; }
            public string? Name { get; }
        }

        class C
        {
            private int _n;
            private static long s_ids;
            private uint _unsigned;
            private volatile int _volatile;
            private readonly Item[] _items = new Item[8];
            private readonly List<int> _list = new();

            int Return() { Interlocked.{|TW3013:Increment(ref _n)|}; return _n; }
            long Static() { Interlocked.{|TW3013:Increment(ref s_ids)|}; return s_ids; }
            uint Unsigned() { Interlocked.{|TW3013:Increment(ref _unsigned)|}; return _unsigned; }
            int Volatile() { Interlocked.{|TW3013:Increment(ref _volatile)|}; return _volatile; }
            int This() { Interlocked.{|TW3013:Increment(ref this._n)|}; return _n; }
            int Discarded() { _ = Interlocked.{|TW3013:Increment(ref _n)|}; return _n; }
            int ReadAtomically() { Interlocked.{|TW3013:Increment(ref _n)|}; return System.Threading.Volatile.Read(ref _n); }
            long ReadLong() { Interlocked.{|TW3013:Increment(ref s_ids)|}; return Interlocked.Read(ref s_ids); }
            string Text(string prefix) { Interlocked.{|TW3013:Increment(ref _n)|}; return prefix + _n; }
            string Interpolated() { Interlocked.{|TW3013:Increment(ref _n)|}; return $"item-{_n}"; }
            string Formatted() { Interlocked.{|TW3013:Increment(ref _n)|}; return _n.ToString("D4"); }
            Task<int> Completed() { Interlocked.{|TW3013:Increment(ref _n)|}; return Task.FromResult(_n); }
            Item Created() { Interlocked.{|TW3013:Increment(ref _n)|}; return new Item(_n); }
            Item Initialized() { Interlocked.{|TW3013:Increment(ref _n)|}; var item = new Item(0) { Id = _n }; return item; }
            Item Numbered() { var item = new Item(0); Interlocked.{|TW3013:Increment(ref _n)|}; item.Number = _n; return item; }
            int Range(int length) { Interlocked.{|TW3013:Add(ref _n, length)|}; return _n - length; }
            Item RoundRobin() { Interlocked.{|TW3013:Increment(ref _n)|}; return _items[_n % _items.Length]; }
            void Slot(Item item) { Interlocked.{|TW3013:Increment(ref _n)|}; _items[_n] = item; }
            void Kept() { Interlocked.{|TW3013:Increment(ref _n)|}; _list.Add(_n); }
            int Copied() { Interlocked.{|TW3013:Increment(ref _n)|}; var id = _n; return id; }
            void CopiedAndPassed() { Interlocked.{|TW3013:Increment(ref _n)|}; var id = _n; Register(id); }
            int Assigned() { int id; Interlocked.{|TW3013:Increment(ref _n)|}; id = _n; return id; }
            (int, int) Pair() { Interlocked.{|TW3013:Increment(ref _n)|}; return (_n, 1); }
            IEnumerable<int> Sequence() { while (true) { Interlocked.{|TW3013:Increment(ref _n)|}; yield return _n; } }
            void Register(int id) { }
        }
        """);

    [Fact]
    public Task Decision_by_a_number_read_again() => Verify.Rule(Id, """
        class C
        {
            private const int Max = 5;
            private int _n, _refs, _limit;
            private readonly TaskCompletionSource _done = new();

            void Fifth() { Interlocked.{|TW3013:Increment(ref _n)|}; if (_n == 5) Run(); }
            void Told() { Interlocked.{|TW3013:Increment(ref _n)|}; if (_n == 5) Console.WriteLine("fifth"); }
            void Last() { Interlocked.{|TW3013:Decrement(ref _refs)|}; if (_refs == 0) { Run(); } }
            void LastByPattern() { Interlocked.{|TW3013:Decrement(ref _refs)|}; if (_refs is 0) { Run(); } }
            void NotLast() { Interlocked.{|TW3013:Decrement(ref _refs)|}; if (_refs != 0) return; Run(); }
            void NotLastByPattern() { Interlocked.{|TW3013:Decrement(ref _refs)|}; if (_refs is not 0) { return; } Run(); }
            void AtMostZero() { Interlocked.{|TW3013:Decrement(ref _refs)|}; if (_refs <= 0) Run(); }
            void StillUsed() { Interlocked.{|TW3013:Decrement(ref _refs)|}; if (0 < _refs) { return; } Run(); }
            void NotFirst() { Interlocked.{|TW3013:Increment(ref _n)|}; if (_n > 1) return; Run(); }
            bool IsFirst() { Interlocked.{|TW3013:Increment(ref _n)|}; return _n == 1; }
            bool IsAlone() { Interlocked.{|TW3013:Increment(ref _n)|}; return 2 > _n; }
            void Periodic() { Interlocked.{|TW3013:Increment(ref _n)|}; if (_n % 100 == 0) { Run(); } }
            void Complete() { Interlocked.{|TW3013:Increment(ref _n)|}; if (_n == Max) _done.SetResult(); }
            void Wrap() { Interlocked.{|TW3013:Increment(ref _n)|}; if (_n == Max) _n = 0; }
            void Both(bool closing) { Interlocked.{|TW3013:Decrement(ref _refs)|}; if (closing && _refs == 0) Run(); }
            void Nested(bool closing) { Interlocked.{|TW3013:Decrement(ref _refs)|}; if (closing) { if (_refs == 0) Run(); } }
            void Guarded(object? o) { Interlocked.{|TW3013:Decrement(ref _refs)|}; if (o is null) throw new ArgumentNullException(); if (_refs == 0) Run(); }
            void InTry() { Interlocked.{|TW3013:Decrement(ref _refs)|}; try { if (_refs == 0) Run(); } finally { _limit = 1; } }
            void ByFlag() { Interlocked.{|TW3013:Decrement(ref _refs)|}; var last = _refs == 0; if (last) Run(); }
            void ByCopy() { Interlocked.{|TW3013:Decrement(ref _refs)|}; var left = _refs; if (left == 0) Run(); }
            int Choice() { Interlocked.{|TW3013:Increment(ref _n)|}; return _n == 1 ? 10 : 20; }
            void Switch() { Interlocked.{|TW3013:Increment(ref _n)|}; switch (_n) { case 1: Run(); break; } }
            string Expression() { Interlocked.{|TW3013:Increment(ref _n)|}; return _n switch { 1 => "first", _ => "later" }; }
            void LogThenDecide() { Interlocked.{|TW3013:Increment(ref _n)|}; Console.WriteLine(_n); if (_n == 1) Run(); }
            bool Enter()
            {
                Interlocked.{|TW3013:Increment(ref _n)|};
                if (_n > _limit)
                {
                    Interlocked.Decrement(ref _n);
                    return false;
                }

                return true;
            }
            bool EnterUnlessFull()
            {
                Interlocked.{|TW3013:Increment(ref _n)|};
                if (!(_n > _limit))
                {
                    return true;
                }
                else
                {
                    Interlocked.Decrement(ref _n);
                    return false;
                }
            }
            bool Take()
            {
                Interlocked.{|TW3013:Decrement(ref _n)|};
                if (_n < 0)
                {
                    Interlocked.Increment(ref _n);
                    throw new InvalidOperationException();
                }

                return true;
            }
            void Run() { }
        }
        """);

    [Fact]
    public Task Other_variables_than_fields() => Verify.Rule(Id, """
        class Stats { public int Hits; public readonly int[] Slots = new int[4]; }

        class Primary(int n)
        {
            public int Next() { Interlocked.{|TW3013:Increment(ref n)|}; return n; }
        }

        class C
        {
            private readonly Stats _stats = new();
            private readonly int[] _slots = new int[8];
            private static readonly int[,] s_grid = new int[2, 2];

            int Path() { Interlocked.{|TW3013:Increment(ref _stats.Hits)|}; return _stats.Hits; }
            int Passed(Stats stats) { Interlocked.{|TW3013:Increment(ref stats.Hits)|}; return stats.Hits; }
            int Alias() { var stats = _stats; Interlocked.{|TW3013:Increment(ref stats.Hits)|}; return stats.Hits; }
            int Slot(int i) { Interlocked.{|TW3013:Increment(ref _slots[i])|}; return _slots[i]; }
            int Constant() { Interlocked.{|TW3013:Increment(ref _slots[3])|}; return _slots[3]; }
            int Inner() { Interlocked.{|TW3013:Increment(ref _stats.Slots[0])|}; return this._stats.Slots[0]; }
            int Grid(int x, int y) { Interlocked.{|TW3013:Increment(ref s_grid[x, y])|}; return s_grid[x, y]; }

            void Captured(Action<Action> start)
            {
                var n = 0;
                start(() =>
                {
                    Interlocked.{|TW3013:Increment(ref n)|};
                    if (n == 3)
                    {
                        Run();
                    }
                });
            }
            void CapturedByLocalFunction()
            {
                var n = 0;
                Task.Run(Work);
                int Work()
                {
                    Interlocked.{|TW3013:Increment(ref n)|};
                    return n;
                }
            }
            void CapturedParameter(int n) => Parallel.For(0, 10, i => { Interlocked.{|TW3013:Increment(ref n)|}; if (n == 10) Run(); });
            async Task Async()
            {
                await Task.Yield();
                Interlocked.{|TW3013:Increment(ref _stats.Hits)|};
                if (_stats.Hits == 1) await Task.Delay(1);
            }
            void Run() { }
        }
        """);

    [Fact]
    public Task Members_of_all_kinds() => Verify.Rule(Id, """
        partial class C<T>
        {
            private static int s_n;
            private int _n;
            private readonly Func<int> _next = () => { Interlocked.{|TW3013:Increment(ref s_n)|}; return s_n; };

            public C(Action<Action> subscribe) => subscribe(() => { Interlocked.{|TW3013:Increment(ref _n)|}; if (_n == 2) Run(); });
            public int Next { get { Interlocked.{|TW3013:Increment(ref _n)|}; return _n; } }
            public static C<T> operator ++(C<T> c) { Interlocked.{|TW3013:Increment(ref c._n)|}; if (c._n == 9) c.Run(); return c; }
            ~C() { Interlocked.{|TW3013:Decrement(ref s_n)|}; if (s_n == 0) Run(); }
        }

        partial class C<T>
        {
            public int InPart()
            {
                switch (_n)
                {
                    case 1:
                        Interlocked.{|TW3013:Increment(ref _n)|};
                        return _n;
                    default:
                        return 0;
                }
            }

            public int Generic<U>() { Interlocked.{|TW3013:Increment(ref Holder<U>.Count)|}; return Holder<U>.Count; }
            private static class Holder<U> { public static int Count; }
            private void Run() { }
        }
        """);

    [Fact]
    public Task Top_level_statements() => Verify.Rule(Id, """
        var n = 0;
        Parallel.For(0, 10, _ =>
        {
            Interlocked.{|TW3013:Increment(ref n)|};
            if (n == 10)
            {
                Finish();
            }
        });
        Interlocked.{|TW3013:Increment(ref Shared.Count)|};
        if (Shared.Count == 1)
        {
            Finish();
        }

        static void Finish() { }

        static class Shared { public static int Count; }
        """, static test => test.TestState.OutputKind = OutputKind.ConsoleApplication);

    [Fact]
    public Task Comparand_read_in_the_call() => Verify.Rule(Id, """
        class Node { public Node? Next; }

        class C
        {
            private const int Open = 1, Closed = 2;
            private int _n, _state;
            private Node? _head;
            private string? _text;

            void Count() => Interlocked.{|TW3013:CompareExchange(ref _n, _n + 1, _n)|};
            void Atomically() { Interlocked.{|TW3013:CompareExchange(ref _n, 5, Volatile.Read(ref _n))|}; }
            bool Close() => Interlocked.{|TW3013:CompareExchange(ref _state, Closed, _state)|} == Open;
            void Push(Node node) { node.Next = _head; while (Interlocked.{|TW3013:CompareExchange(ref _head, node, _head)|} != node.Next) { node.Next = _head; } }
            Node? Take() => Interlocked.{|TW3013:CompareExchange(ref _head, null, _head)|} ?? new Node();
            int Named() => Interlocked.{|TW3013:CompareExchange(comparand: _n, value: 3, location1: ref _n)|};
            void Retry()
            {
                int old;
                do
                {
                    old = _n;
                }
                while (Interlocked.{|TW3013:CompareExchange(ref _n, old + 1, _n)|} != old);
            }
            void Append(string s) => Interlocked.{|TW3013:CompareExchange|}(
                ref _text,
                _text + s,
                _text);
        }
        """);

    [Fact]
    public Task Claim_that_is_not_tested() => Verify.Rule(Id, """
        enum State { Idle, Running }

        class C
        {
            private const int Idle = 0, Running = 1;
            private int _state;
            private bool _started;

            void Start() { Interlocked.{|TW3013:CompareExchange(ref _state, Running, Idle)|}; if (_state == Running) Run(); }
            void Leave() { Interlocked.{|TW3013:CompareExchange(ref _state, Running, Idle)|}; if (_state != Running) return; Run(); }
            void Flipped() { Interlocked.{|TW3013:CompareExchange(ref _state, 1, 0)|}; if (1 == _state && !_started) Run(); }
            void Cast() { Interlocked.{|TW3013:CompareExchange(ref _state, (int)State.Running, (int)State.Idle)|}; if (_state == (int)State.Running) Run(); }
            void Atomic() { Interlocked.{|TW3013:CompareExchange(ref _state, 1, 0)|}; if (Volatile.Read(ref _state) == 1) Run(); }
            void Negated() { Interlocked.{|TW3013:CompareExchange(ref _state, 1, 0)|}; if (!(_state == 1)) return; Run(); }
            void Run() { }
        }
        """);

    [Fact]
    public Task Update_that_is_not_tested() => Verify.Rule(Id, """
        using System.Collections.Immutable;

        record Config(int A, int B);

        class C
        {
            private int _n;
            private long _flags;
            private double _sum;
            private string _text = "";
            private Action? _handlers;
            private ImmutableList<int> _list = ImmutableList<int>.Empty;
            private Config _config = new(1, 2);

            void Add() { var old = _n; Interlocked.{|TW3013:CompareExchange(ref _n, old + 1, old)|}; }
            void Discard() { var old = _n; _ = Interlocked.{|TW3013:CompareExchange(ref _n, old + 1, old)|}; }
            void Next() { var old = Volatile.Read(ref _n); var next = old * 2; Interlocked.{|TW3013:CompareExchange(ref _n, next, old)|}; }
            void Flags(long f) { var old = Interlocked.Read(ref _flags); Interlocked.{|TW3013:CompareExchange(ref _flags, old | f, old)|}; }
            void Sum(double x) { double old = _sum; Interlocked.{|TW3013:CompareExchange(ref _sum, old + x, old)|}; }
            void Text(string s) { var old = _text; Interlocked.{|TW3013:CompareExchange(ref _text, old + s, old)|}; }
            void Joined(string s) { var old = _text; Interlocked.{|TW3013:CompareExchange(ref _text, string.Concat(old, s), old)|}; }
            void Handler(Action h) { var old = _handlers; Interlocked.{|TW3013:CompareExchange(ref _handlers, old + h, old)|}; }
            void Combined(Action h) { var old = _handlers; Interlocked.{|TW3013:CompareExchange(ref _handlers, (Action?)Delegate.Combine(old, h), old)|}; }
            void List(int i) { var old = _list; Interlocked.{|TW3013:CompareExchange(ref _list, old.Add(i), old)|}; }
            void Record() { var old = _config; Interlocked.{|TW3013:CompareExchange(ref _config, old with { A = 3 }, old)|}; }
            void Maximum(int n) { var old = _n; Interlocked.{|TW3013:CompareExchange(ref _n, Math.Max(old, n), old)|}; }
            void EachOnce(int[] xs) { foreach (var x in xs) { var old = _n; Interlocked.{|TW3013:CompareExchange(ref _n, old + x, old)|}; } }
        }
        """);

    [Fact]
    public Task Older_frameworks_and_language() => Verify.Rule(Id, """
        class C
        {
            private long _n;
            long Next() { Interlocked.{|TW3013:Increment(ref _n)|}; return Interlocked.Read(ref _n); }
        }
        """, static test => (test.References, test.LanguageVersion) = (Frameworks.NetFramework48, LanguageVersion.CSharp10));

    /// <summary>A record that the exchange may not take, though the value still beats what is there.</summary>
    [Theory]
    [InlineData("private int _max; void Seen(int n) { var max = _max; if (n > max) Interlocked.{|TW3013:CompareExchange(ref _max, n, max)|}; }")]
    [InlineData("private long _min = long.MaxValue; void Seen(long n) { var min = Volatile.Read(ref _min); if (min >= n) { Interlocked.{|TW3013:CompareExchange(ref _min, n, min)|}; } }")]
    [InlineData("private int _max; void Seen(string s) { var n = s.Length; var max = _max; if (max < n) { _ = Interlocked.{|TW3013:CompareExchange(ref _max, n, max)|}; } }")]
    public Task A_record(string code) => Verify.Rule(Id, $"class C {{ {code} }}");

    /// <summary>An element of a linked list that may not get in.</summary>
    [Theory]
    [InlineData("void Push(Node node) { var head = _head; node.Next = head; Interlocked.{|TW3013:CompareExchange(ref _head, node, head)|}; }")]
    [InlineData("void Push(int n) { var node = new Node(); var head = _head; node.Next = head; Interlocked.{|TW3013:CompareExchange(ref _head, node, head)|}; }")]
    [InlineData("void Push(int n) { var head = _head; Interlocked.{|TW3013:CompareExchange(ref _head, new Node(n, head), head)|}; }")]
    [InlineData("void Push(int n) { var head = _head; var node = new Node(n, head); Interlocked.{|TW3013:CompareExchange(ref _head, node, head)|}; }")]
    public Task A_push(string code) => Verify.Rule(Id, $$"""
        #nullable disable
        sealed class Node { public Node Next; public int Value; public Node() { } public Node(int value, Node next) { Value = value; Next = next; } }
        class C { private Node _head; {{code}} }
        """);
}

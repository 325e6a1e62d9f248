using System.Threading.Tasks;
using Threadwise.CodeFixes.SharedState;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.SharedState;

public class TW3002Tests
{
    [Theory]
    [InlineData(
        """
            public bool Has(int x)
            {
                return {|TW3002:_list|}.Contains(x);
            }
        """,
        """
            public bool Has(int x)
            {
                lock (_gate)
                {
                    return _list.Contains(x);
                }
            }
        """)]
    [InlineData(
        """
            public bool Has(int x) => {|TW3002:_list|}.Contains(x);
        """,
        """
            public bool Has(int x)
            {
                lock (_gate)
                {
                    return _list.Contains(x);
                }
            }
        """)]
    [InlineData(
        """
            private decimal _sum;

            public void Put(decimal x) { lock (_gate) _sum = x; }

            public void Drop() { lock (_gate) _sum = 0; }

            public decimal Sum() => {|TW3002:_sum|};
        """,
        """
            private decimal _sum;

            public void Put(decimal x) { lock (_gate) _sum = x; }

            public void Drop() { lock (_gate) _sum = 0; }

            public decimal Sum()
            {
                lock (_gate)
                {
                    return _sum;
                }
            }
        """)]
    [InlineData(
        """
            public bool Any => {|TW3002:_list|}.Any();
        """,
        """
            public bool Any
            {
                get
                {
                    lock (_gate)
                    {
                        return _list.Any();
                    }
                }
            }
        """)]
    [InlineData(
        """
            public int[] All()
            {
                // a copy
                var copy = {|TW3002:_list|}.ToArray();
                return copy;
            }
        """,
        """
            public int[] All()
            {
                // a copy
                int[] copy;
                lock (_gate)
                {
                    copy = _list.ToArray();
                }
                return copy;
            }
        """)]
    [InlineData(
        """
            public void Add(int x)
            {
                if (!_list.Contains(x))
                {
                    {|TW3002:_list|}.Add(x);
                }
            }
        """,
        """
            public void Add(int x)
            {
                lock (_gate)
                {
                    if (!_list.Contains(x))
                    {
                        _list.Add(x);
                    }
                }
            }
        """)]
    [InlineData(
        """
            public void Tell(int x)
            {
                if ({|TW3002:_list|}.Contains(x))
                {
                    Other();
                }
            }
        """,
        """
            public void Tell(int x)
            {
                bool condition;
                lock (_gate)
                {
                    condition = _list.Contains(x);
                }
                if (condition)
                {
                    Other();
                }
            }
        """)]
    public Task The_lock_goes_around_the_access(string before, string after) => Verify.Fix<TW3002TakeLock>("TW3002", In(before), In(after));

    [Theory]
    [InlineData("public void M() { lock (_other) { {|TW3002:_list|}.Add(1); } }")]
    [InlineData("public async Task M() { {|TW3002:_list|}.Add(1); foreach (var x in _list) { await Task.Yield(); } }")]
    [InlineData("public void M() { while ({|TW3002:_list|}.Contains(1)) { } }")]
    [InlineData("public IEnumerable<int> M() { while ({|TW3002:_list|}.Remove(3)) yield return 3; }")]
    public Task Where_no_lock_can_go_nothing_is_offered(string code) => Verify.NoFix<TW3002TakeLock>("TW3002", In(code));

    [Theory]
    [InlineData("Console.WriteLine();", "s_gate")]
    [InlineData("object s_gate = new(); Console.WriteLine(s_gate);", "C.s_gate")]
    public Task A_static_lock_is_named_as_it_is_seen(string before, string gate) => Verify.Fix<TW3002TakeLock>("TW3002", $$"""
        class C
        {
            private static readonly object s_gate = new();
            private static readonly List<int> s_list = new();
            public static void Add(int x) { lock (s_gate) { s_list.Add(x); } }
            public static void Remove(int x) { lock (s_gate) { s_list.Remove(x); } }
            public static void Clear()
            {
                {{before}}
                {|TW3002:s_list|}.Clear();
            }
        }
        """, $$"""
        class C
        {
            private static readonly object s_gate = new();
            private static readonly List<int> s_list = new();
            public static void Add(int x) { lock (s_gate) { s_list.Add(x); } }
            public static void Remove(int x) { lock (s_gate) { s_list.Remove(x); } }
            public static void Clear()
            {
                {{before}}
                lock ({{gate}})
                {
                    s_list.Clear();
                }
            }
        }
        """);

    private static string In(string code) => $$"""
        class C
        {
            private readonly object _gate = new();
            private readonly object _other = new();
            private readonly List<int> _list = new();

            public void A() { lock (_gate) { _list.Add(1); } }

            public void B() { lock (_gate) { _list.Clear(); } }

        {{code}}

            private static void Other() { }
        }
        """;
}

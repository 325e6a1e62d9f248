using System.Threading.Tasks;
using Threadwise.CodeFixes.SharedState;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.SharedState;

public class TW3015Tests
{
    [Theory]
    [InlineData(
        """
            public void Load(string[] all)
            {
                lock (_gate)
                {
                    // anew
                    {|TW3015:_map = new Dictionary<string, int>(2)|};
                    _map.Add("a", 1); // first
                    foreach (var one in all)
                    {
                        this._map[one] = 2;
                    }
                }
            }
        """,
        """
            public void Load(string[] all)
            {
                lock (_gate)
                {
                    // anew
                    var map = new Dictionary<string, int>(2);
                    map.Add("a", 1); // first
                    foreach (var one in all)
                    {
                        map[one] = 2;
                    }
                    _map = map;
                }
            }
        """)]
    [InlineData(
        """
            public C(int size)
            {
                // known from here on
                s_known.{|TW3015:Add(this)|}; // all of them
                _map = new Dictionary<string, int>(size);
            }
        """,
        """
            public C(int size)
            {
                _map = new Dictionary<string, int>(size);
                // known from here on
                s_known.Add(this); // all of them
            }
        """)]
    [InlineData(
        """
            public C(int size)
            {
                {|TW3015:s_last = this|};
                var map = new Dictionary<string, int>(size);
                _map = map;
            }
        """,
        """
            public C(int size)
            {
                var map = new Dictionary<string, int>(size);
                _map = map;
                s_last = this;
            }
        """)]
    public Task The_object_becomes_known_last(string before, string after) => Verify.Fix<TW3015PublishLast>("TW3015", In(before), In(after));

    [Theory]
    [InlineData("public void Load() { lock (_gate) { {|TW3015:_map = new()|}; _map.Add(\"a\", 1); } }")]
    [InlineData("public void Load() { lock (_gate) { {|TW3015:_map = new Dictionary<string, int>()|}; Other(); _map.Add(\"a\", 1); } } void Other() { }")]
    [InlineData("public C() { {|TW3015:s_last = this|}; _map = Make(); } static Dictionary<string, int> Make() => s_last._map;")]
    [InlineData("public C() { {|TW3015:s_last = this|}; if (s_known.IsEmpty) { _map = new Dictionary<string, int>(); } }")]
    [InlineData("public void Load() { lock (_gate) { {|TW3015:_map = new Dictionary<string, int>()|}; Read(); _map.Add(\"a\", 1); } } private void Read() => _map.Add(\"b\", 1);")]
    [InlineData("Dictionary<string, int> _own = new(); public void Load() { var map = new Dictionary<string, int>(); Volatile.{|TW3015:Write(ref _own, map)|}; map.Add(\"a\", 1); } public int Own(string key) => Volatile.Read(ref _own)[key];")]
    public Task It_is_not_offered_where_more_happens_in_between(string code) => Verify.NoFix<TW3015PublishLast>("TW3015", In("    " + code));

    private static string In(string code) => $$"""
        #nullable disable
        public class C
        {
            static readonly ConcurrentBag<C> s_known = new();
            static volatile C s_last;
            readonly object _gate = new();
            Dictionary<string, int> _map = new();

        {{code}}

            public int Get(string key) => _map[key];
        }
        """;
}

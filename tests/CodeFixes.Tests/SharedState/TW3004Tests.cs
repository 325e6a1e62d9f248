using System.Threading.Tasks;
using Threadwise.CodeFixes.SharedState;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.SharedState;

public class TW3004Tests
{
    [Theory]
    [InlineData(
        """
                // once
                if (!_lists.TryGetValue(k, out var list))
                {
                    list = new List<int>(4);
                    {|TW3004:_lists[k]|} = list;
                }

                list.Add(1);
        """,
        """
                // once
                var list = _lists.GetOrAdd(k, _ => new List<int>(4));

                list.Add(1);
        """)]
    [InlineData(
        """
                List<int> list;
                if (!_lists.TryGetValue(k, out list)) {|TW3004:_lists[k]|} = list = new List<int>();
                list.Add(1);
        """,
        """
                List<int> list;
                list = _lists.GetOrAdd(k, _ => new List<int>());
                list.Add(1);
        """)]
    [InlineData(
        """
                if (!_lists.ContainsKey(k))
                {
                    {|TW3004:_lists[k]|} = new List<int>();
                }
        """,
        """
                _lists.GetOrAdd(k, _ => new List<int>());
        """)]
    [InlineData(
        """
                if (!_lists.ContainsKey(k))
                    {|TW3004:_lists[k]|} = given; // the first stays
        """,
        """
                _lists.TryAdd(k, given); // the first stays
        """)]
    [InlineData(
        """
                // only once
                if (_lists.ContainsKey(k))
                {
                    throw new ArgumentException(k);
                }

                {|TW3004:_lists[k]|} = given;
        """,
        """
                // only once
                if (!_lists.TryAdd(k, given))
                {
                    throw new ArgumentException(k);
                }
        """)]
    [InlineData(
        """
                if (!_lists.ContainsKey(k))
                {
                    {|TW3004:_lists[k]|} = given;
                    Use(1);
                }
        """,
        """
                if (_lists.TryAdd(k, given))
                {
                    Use(1);
                }
        """)]
    [InlineData(
        """
                if (_flags.ContainsKey(k)) return;
                _flags.{|TW3004:TryAdd(k, true)|};
                _queue.Enqueue(given);
        """,
        """
                if (!_flags.TryAdd(k, true)) return;
                _queue.Enqueue(given);
        """)]
    [InlineData(
        """
                if (_counts.TryGetValue(k, out var n))
                {
                    {|TW3004:_counts[k]|} = n + 2;
                }
                else
                {
                    _counts[k] = 1;
                }
        """,
        """
                _counts.AddOrUpdate(k, 1, (_, old) => old + 2);
        """)]
    [InlineData(
        """
                if (_counts.ContainsKey(k)) {|TW3004:_counts[k]|}++; else _counts.TryAdd(k, 1);
                {|TW3004:_counts[k]|} = _counts.ContainsKey(k) ? _counts[k] * 2 : 0;
        """,
        """
                _counts.AddOrUpdate(k, 1, (_, old) => old + 1);
                _counts.AddOrUpdate(k, 0, (_, newOld) => newOld * 2);
        """)]
    [InlineData(
        """
                if (_counts.ContainsKey(k) && k.Length > 1)
                {
                    Use({|TW3004:_counts[k]|}); // now
                }

                Use(_counts.ContainsKey(k) ? {|TW3004:_counts[k]|} : 0);
        """,
        """
                if (_counts.TryGetValue(k, out var found) && k.Length > 1)
                {
                    Use(found); // now
                }

                Use(_counts.TryGetValue(k, out var newFound) ? newFound : 0);
        """)]
    [InlineData(
        """
                if (_lists.TryGetValue(k, out var list))
                {
                    _lists.{|TW3004:TryRemove(k, out _)|};
                    list.Clear();
                }
        """,
        """
                if (_lists.TryRemove(k, out var list))
                {
                    list.Clear();
                }
        """)]
    [InlineData(
        """
                while (!_queue.IsEmpty)
                {
                    _queue.{|TW3004:TryDequeue(out var list)|};
                    list.Clear();
                }
        """,
        """
                while (_queue.TryDequeue(out var list))
                {
                    list.Clear();
                }
        """)]
    public Task One_step_takes_the_place_of_two(string before, string after) => Verify.Fix<TW3004UseOneStep>("TW3004", In(before), In(after));

    [Theory]
    [InlineData("{|TW3004:_counts[k]|}++;")]
    [InlineData("_counts.TryGetValue(k, out var n); {|TW3004:_counts[k]|} = n + 1;")]
    [InlineData("if (!_lists.TryGetValue(k, out var list)) { Use(1); list = new List<int>(); {|TW3004:_lists[k]|} = list; }")]
    [InlineData("if (!_lists.TryGetValue(k, out var list)) { /* new */ list = new List<int>(); {|TW3004:_lists[k]|} = list; }")]
    [InlineData("if (!_lists.ContainsKey(k) && k.Length > 1) { {|TW3004:_lists[k]|} = given; Use(1); }")]
    [InlineData("if (_counts.TryGetValue(k, out var n)) { var next = n + 2; {|TW3004:_counts[k]|} = next; } else { _counts[k] = 1; }")]
    [InlineData("var next = _counts.GetOrAdd(k, 0) + 1; if (_counts.TryGetValue(k, out var n)) {|TW3004:_counts[k]|} = next; else _counts[k] = 1;")]
    [InlineData("if (!_queue.IsEmpty && k.Length > 1) { _queue.{|TW3004:TryDequeue(out var list)|}; list.Clear(); }")]
    [InlineData("if (_lists.TryGetValue(k, out var list)) { Use(list.Count); _lists.{|TW3004:TryRemove(k, out _)|}; list.Clear(); }")]
    public Task It_is_not_offered_where_more_hangs_on_the_check(string code) => Verify.NoFix<TW3004UseOneStep>("TW3004", In("        " + code));

    private static string In(string code) => $$"""
        public class C
        {
            readonly ConcurrentDictionary<string, int> _counts = new();
            readonly ConcurrentDictionary<string, List<int>> _lists = new();
            readonly ConcurrentQueue<List<int>> _queue = new();
            readonly ConcurrentDictionary<string, bool> _flags = new();

        #nullable disable
            public void M(string k, List<int> given)
            {
        {{code}}
            }

            void Use(int value) { }
            public void Clear() => _counts.Clear();
        }
        """;
}

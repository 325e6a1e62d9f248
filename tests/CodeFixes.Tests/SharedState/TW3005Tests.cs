using System.Threading.Tasks;
using Threadwise.CodeFixes.SharedState;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.SharedState;

public class TW3005Tests
{
    [Fact]
    public Task A_lambda_with_an_expression_gets_a_block() => Verify.Fix<TW3005IntroduceGate>("TW3005", """
        class C
        {
            List<int> M(int[] xs)
            {
                var results = new List<int>();
                Parallel.ForEach(xs, x => {|TW3005:results|}.Add(Work(x)));
                return results;
            }

            static int Work(int x) => x * 2;
        }
        """, """
        class C
        {
            List<int> M(int[] xs)
            {
                var gate = new object();
                var results = new List<int>();
                Parallel.ForEach(xs, x =>
                {
                    var item = Work(x);
                    lock (gate)
                    {
                        results.Add(item);
                    }
                });
                return results;
            }

            static int Work(int x) => x * 2;
        }
        """);

    /// <summary>Each variable keeps the lock of its own, also where the accesses of two are neighbours.</summary>
    [Fact]
    public Task Two_variables_side_by_side() => Verify.Fix<TW3005IntroduceGate>("TW3005", """
        class Report
        {
            private readonly List<string> _ok = new();
            private readonly List<string> _bad = new();

            public void Run(string[] files) => Parallel.ForEach(files, file =>
            {
                var text = File.ReadAllText(file);
                if (text.Length == 0)
                {
                    {|TW3005:_bad|}.Add(file);
                    return;
                }

                {|TW3005:_ok|}.Add(file);
                _bad.Remove(file);
            });
        }
        """, """
        class Report
        {
            private readonly object _syncGate = new object();
            private readonly object _gate = new object();
            private readonly List<string> _ok = new();
            private readonly List<string> _bad = new();

            public void Run(string[] files) => Parallel.ForEach(files, file =>
            {
                var text = File.ReadAllText(file);
                if (text.Length == 0)
                {
                    lock (_gate)
                    {
                        _bad.Add(file);
                    }
                    return;
                }

                lock (_syncGate)
                {
                    _ok.Add(file);
                }
                lock (_gate)
                {
                    _bad.Remove(file);
                }
            });
        }
        """);

    [Fact]
    public Task Work_inside_a_value_is_done_before_the_lock() => Verify.Fix<TW3005IntroduceGate>("TW3005", """
        class C
        {
            int M(string[] words)
            {
                var lengths = new List<int>();
                Parallel.ForEach(words, word =>
                {
                    {|TW3005:lengths|}.Add(word.Trim().Length);
                });
                return lengths.Count;
            }
        }
        """, """
        class C
        {
            int M(string[] words)
            {
                var gate = new object();
                var lengths = new List<int>();
                Parallel.ForEach(words, word =>
                {
                    var item = word.Trim().Length;
                    lock (gate)
                    {
                        lengths.Add(item);
                    }
                });
                return lengths.Count;
            }
        }
        """);

    [Fact]
    public Task A_dictionary_in_a_field_gets_a_field() => Verify.Fix<TW3005IntroduceGate>("TW3005", """
        class C
        {
            private readonly Dictionary<string, int> _counts = new();

            public void Build(string[] words)
            {
                var tasks = new List<Task>();
                foreach (var word in words)
                {
                    tasks.Add(Task.Run(() => Count(word)));
                }

                Task.WaitAll(tasks.ToArray());
            }

            private void Count(string word)
            {
                var known = _counts.TryGetValue(word, out var count);
                {|TW3005:_counts|}[word] = count + 1;
            }
        }
        """, """
        class C
        {
            private readonly object _gate = new object();
            private readonly Dictionary<string, int> _counts = new();

            public void Build(string[] words)
            {
                var tasks = new List<Task>();
                foreach (var word in words)
                {
                    tasks.Add(Task.Run(() => Count(word)));
                }

                Task.WaitAll(tasks.ToArray());
            }

            private void Count(string word)
            {
                bool known;
                lock (_gate)
                {
                    known = _counts.TryGetValue(word, out var count);
                    _counts[word] = count + 1;
                }
            }
        }
        """);

    [Fact]
    public Task What_is_awaited_is_awaited_before() => Verify.Fix<TW3005IntroduceGate>("TW3005", """
        class C
        {
            async Task M(int[] xs)
            {
                var results = new List<int>();
                await Parallel.ForEachAsync(xs, async (x, ct) =>
                {
                    {|TW3005:results|}.Add(await LoadAsync(x));
                });
            }

            static async Task<int> LoadAsync(int x) { await Task.Yield(); return x; }
        }
        """, """
        class C
        {
            async Task M(int[] xs)
            {
                var gate = new object();
                var results = new List<int>();
                await Parallel.ForEachAsync(xs, async (x, ct) =>
                {
                    var item = await LoadAsync(x);
                    lock (gate)
                    {
                        results.Add(item);
                    }
                });
            }

            static async Task<int> LoadAsync(int x) { await Task.Yield(); return x; }
        }
        """);

    [Theory]
    [InlineData("var q = new Queue<int>(xs); Parallel.ForEach(xs, x => { while (q.Count > 0) { Console.WriteLine({|TW3005:q|}.Dequeue()); } });")]
    public Task Where_no_lock_can_go_nothing_is_offered(string code) => Verify.NoFix<TW3005IntroduceGate>("TW3005", $$"""
        class C
        {
            void M(int[] xs) { {{code}} }
        }
        """);

    [Fact]
    public Task The_lock_is_taken_around_the_call_of_a_helper() => Verify.Fix<TW3005IntroduceGate>("TW3005", """
        class C
        {
            private readonly IList<int> _results = new List<int>();

            void M(int[] xs)
            {
                Parallel.ForEach(xs, x =>
                {
                    var y = Work(x);
                    Keep({|TW3005:_results|}, y);
                });
            }

            static void Keep(IList<int> results, int x) => results.Add(x);

            static int Work(int x) => x * 2;
        }
        """, """
        class C
        {
            private readonly object _gate = new object();
            private readonly IList<int> _results = new List<int>();

            void M(int[] xs)
            {
                Parallel.ForEach(xs, x =>
                {
                    var y = Work(x);
                    lock (_gate)
                    {
                        Keep(_results, y);
                    }
                });
            }

            static void Keep(IList<int> results, int x) => results.Add(x);

            static int Work(int x) => x * 2;
        }
        """);
}

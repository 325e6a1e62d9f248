using System.Threading.Tasks;
using Threadwise.CodeFixes.SharedState;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.SharedState;

public class TW3011Tests
{
    [Fact]
    public Task A_loop_goes_through_a_copy() => Verify.Fix<TW3011EnumerateCopy>("TW3011", In("""
        public void Show()
        {
            // Everybody
            foreach (var name in {|TW3011:_names|}) // in turn
            {
                Print(name);
            }
        }
        """), In("""
        public void Show()
        {
            // Everybody
            string[] snapshot;
            lock (_gate)
            {
                snapshot = _names.ToArray();
            }

            foreach (var name in snapshot) // in turn
            {
                Print(name);
            }
        }
        """));

    [Fact]
    public Task A_local_that_means_the_collection_is_copied() => Verify.Fix<TW3011EnumerateCopy>("TW3011", In("""
        public void Show()
        {
            var names = _names;
            foreach (var name in {|TW3011:names|})
            {
                Print(name);
            }
        }
        """), In("""
        public void Show()
        {
            var names = _names;
            string[] snapshot;
            lock (_gate)
            {
                snapshot = names.ToArray();
            }

            foreach (var name in snapshot)
            {
                Print(name);
            }
        }
        """));

    [Fact]
    public Task A_dictionary_is_copied_into_a_list() => Verify.Fix<TW3011EnumerateCopy>("TW3011", In("""
        public async Task ShowAsync()
        {
            foreach (var (name, age) in {|TW3011:_ages|})
            {
                await Task.Delay(age);
                Print(name);
            }
        }
        """), In("""
        public async Task ShowAsync()
        {
            List<KeyValuePair<string, int>> snapshot;
            lock (_gate)
            {
                snapshot = new List<KeyValuePair<string, int>>(_ages);
            }

            foreach (var (name, age) in snapshot)
            {
                await Task.Delay(age);
                Print(name);
            }
        }
        """));

    [Fact]
    public Task Its_keys_too_in_a_branch_without_braces() => Verify.Fix<TW3011EnumerateCopy>("TW3011", In("""
        public void Show(bool all)
        {
            if (all)
                foreach (var name in {|TW3011:_ages|}.Keys)
                    Print(name);
        }
        """), In("""
        public void Show(bool all)
        {
            if (all)
            {
                List<string> snapshot;
                lock (_gate)
                {
                    snapshot = new List<string>(_ages.Keys);
                }

                foreach (var name in snapshot)
                    Print(name);
            }
        }
        """));

    [Fact]
    public Task A_query_takes_the_lock() => Verify.Fix<TW3011EnumerateCopy>("TW3011", In("""
        public int Sum() => {|TW3011:_ages|}.Values.Sum();
        """), In("""
        public int Sum()
        {
            lock (_gate)
            {
                return _ages.Values.Sum();
            }
        }
        """));

    [Fact]
    public Task A_loop_that_starts_its_own_changes_goes_through_a_copy() => Verify.Fix<TW3011EnumerateCopy>("TW3011", In("""
        public void Prune(List<string> names) => Parallel.ForEach(names, name =>
        {
            if (name.Length > 3)
            {
                lock (_gate)
                {
                    {|TW3011:names|}.Remove(name);
                }
            }
        });
        """), In("""
        public void Prune(List<string> names) => Parallel.ForEach(names.ToArray(), name =>
        {
            if (name.Length > 3)
            {
                lock (_gate)
                {
                    names.Remove(name);
                }
            }
        });
        """));

    [Fact]
    public Task Two_bodies_take_a_new_lock() => Verify.Fix<TW3011EnumerateCopy>("TW3011", In("""
        public void Run()
        {
            var list = new List<int>();
            Parallel.Invoke(
                () => list.Add(1),
                () => Console.WriteLine(string.Join(",", {|TW3011:list|})));
        }
        """), In("""
        public void Run()
        {
            var gate = new object();
            var list = new List<int>();
            Parallel.Invoke(
                () =>
                {
                    lock (gate)
                    {
                        list.Add(1);
                    }
                },
                () =>
                {
                    lock (gate)
                    {
                        Console.WriteLine(string.Join(",", list));
                    }
                });
        }
        """));

    [Theory]
    // A copy leaves the changes without a lock; another lock is held; an iterator with a query; code of unknown length under a new lock
    [InlineData("public void Run(HashSet<int> set) => Parallel.ForEach(set, x => {|TW3011:set|}.Add(x + 1));")]
    [InlineData("public void Run() { lock (_other) { foreach (var name in {|TW3011:_names|}) Print(name); } }")]
    [InlineData("public IEnumerable<string> Run() { foreach (var name in {|TW3011:_names|}.Where(n => n.Length > 3)) yield return name; }")]
    [InlineData("public void Run() { var list = new List<string>(); Parallel.Invoke(() => list.Add(\"a\"), () => { foreach (var name in {|TW3011:list|}) Print(name); }); }")]
    public Task Where_it_does_not_fit_nothing_is_offered(string code) => Verify.NoFix<TW3011EnumerateCopy>("TW3011", In(code));

    private static string In(string code) => $$"""
        class C
        {
            private readonly object _gate = new();
            private readonly object _other = new();
            private readonly List<string> _names = new();
            private readonly Dictionary<string, int> _ages = new();

            public void Add(string name, int age) { lock (_gate) { _names.Add(name); _ages.Add(name, age); } }

            public void Remove(string name) { lock (_gate) { _names.Remove(name); _ages.Remove(name); } }

            private static void Print(string text) => Console.WriteLine(text);

            {{code.Replace("\n", "\n    ", System.StringComparison.Ordinal).Replace("\n    \n", "\n\n", System.StringComparison.Ordinal)}}
        }
        """;
}

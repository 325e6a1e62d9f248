using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Placement;

public class TW6006Tests
{
    [Theory]
    [InlineData("Parallel.For(0, n, i => { {|TW6006:lock (_gate)|} { list.Add(Slow(i)); } });")]
    [InlineData("Parallel.ForEach(xs, x => { {|TW6006:lock (_gate)|} list.Add(x); });")]
    [InlineData("Parallel.ForEach(xs, new ParallelOptions { MaxDegreeOfParallelism = 4 }, x => { {|TW6006:lock (s_gate)|} list.Add(x); });")]
    [InlineData("Parallel.ForEach(xs, (x, state) => { {|TW6006:lock (list)|} { if (x > 3) state.Stop(); list.Add(x); } });")]
    [InlineData("Parallel.ForEach(xs, (x, state, index) => { {|TW6006:lock (this)|} { _total += x * index; } });")]
    [InlineData("var gate = new object(); Parallel.For(0, n, i => { {|TW6006:lock (gate)|} action(i); });")]
    [InlineData("Parallel.For(0, n, i => { {|TW6006:lock (_lock)|} { list.Add(i); } });")]
    [InlineData("Parallel.For(0, n, i => { {|TW6006:lock (_gate)|} _total += i; });")]
    [InlineData("Parallel.For(0, n, i => { {|TW6006:lock (_gate)|} { _total += Slow(i); } });")]
    [InlineData("Parallel.For(0, n, i => { var square = i * i; {|TW6006:lock (_gate)|} _total += square; });")]
    [InlineData("Parallel.ForEach(xs, x => { var y = Math.Abs(x) + Square(x); {|TW6006:lock (_gate)|} { _total += y; } });")]
    [InlineData("var sum = 0.0; Parallel.For(0, n, i => { var v = Math.Sqrt(i); {|TW6006:lock (_gate)|} sum += v; }); Console.WriteLine(sum);")]
    [InlineData("var count = 0; Parallel.For(0, n, i => { if (xs[i] < 3) xs[i] = 3; {|TW6006:lock (_gate)|} count++; });")]
    [InlineData("Parallel.For(0L, 10L, delegate (long i) { {|TW6006:lock (_gate)|} { _total ^= i; } });")]
    [InlineData("void Run(object gate) => Parallel.ForEach(xs, x => { {|TW6006:lock (gate)|} list.Add(x); }); Run(_gate);")]
    public Task Guilty(string code) => In(code);

    [Theory]
    [InlineData("Parallel.For(0, n, () => 0L, (i, _, sum) => sum + i, sum => { lock (_gate) _total += sum; });")]
    [InlineData("Parallel.ForEach(Partitioner.Create(0, n), range => { long sum = 0; for (var i = range.Item1; i < range.Item2; i++) sum += i; lock (_gate) _total += sum; });")]
    [InlineData("Parallel.For(0, Environment.ProcessorCount, p => { long sum = 0; for (var i = p; i < n; i += 8) sum += i; lock (_gate) _total += sum; });")]
    [InlineData("Parallel.For(0, n, i => { if (i % 1000 == 0) { lock (_gate) list.Add(i); } });")]
    [InlineData("Parallel.For(0, n, i => { if (xs[i] < 0) lock (_gate) _total++; });")]
    [InlineData("Parallel.For(0, n, i => { var v = Slow(i); lock (_gate) list.Add(v); });")]
    [InlineData("Parallel.For(0, n, i => { var v = Slow(i); lock (_gate) _total += v; });")]
    [InlineData("Parallel.For(0, n, i => { var v = File.ReadAllText(\"x\").Length; lock (_gate) _total += v; });")]
    [InlineData("Parallel.For(0, n, i => { action(i); lock (_gate) _total += i; });")]
    [InlineData("Parallel.For(0, n, i => { lock (_gates[i % 8]) list.Add(i); });")]
    [InlineData("Parallel.ForEach(names, name => { lock (name) list.Add(name.Length); });")]
    [InlineData("Parallel.ForEach(nodes, node => { lock (node.Gate) node.Value++; });")]
    [InlineData("Parallel.ForEach(names, name => { lock (_byName.GetOrAdd(name, _ => new object())) list.Add(name.Length); });")]
    [InlineData("Parallel.For(0, n, i => { var gate = _gates[i]; lock (gate) list.Add(i); });")]
    [InlineData("Parallel.For(0, n, i => { lock (_gate) list.Add(i); action(i); });")]
    [InlineData("Parallel.For(0, n, i => { var v = i * 2; lock (_gate) { list.Add(v); _total += v; } });")]
    [InlineData("Parallel.For(0, n, i => { var gate = new object(); lock (gate) list.Add(i); });")]
    [InlineData("Parallel.For(0, n, i => Interlocked.Add(ref _total, i));")]
    [InlineData("for (var i = 0; i < n; i++) { lock (_gate) _total += i; }")]
    [InlineData("xs.ToList().ForEach(x => { lock (_gate) _total += x; });")]
    [InlineData("Task.Run(() => { lock (_gate) _total += 1; });")]
    [InlineData("Parallel.Invoke(() => { lock (_gate) _total += 1; }, () => action(1));")]
    [InlineData("await Parallel.ForEachAsync(xs, async (x, token) => { await Task.Delay(x, token); lock (_gate) _total += x; });")]
    [InlineData("Parallel.For(0, n, i => { var v = i * 2; for (var j = 0; j < v; j++) xs[j]++; lock (_gate) _total += v; });")]
    [InlineData("Parallel.For(0, n, i => { string local = \"a\" + i; lock (_gate) text += local; });")]
    public Task Innocent(string code) => In(code);

    [Theory]
    [InlineData("Parallel.For(0, n, i => {|TW6006:Add(i)|});")]
    [InlineData("Parallel.For(0, n, i => { this.{|TW6006:Add(i * 2)|}; });")]
    [InlineData("Parallel.ForEach(xs, {|TW6006:Add|});")]
    [InlineData("Parallel.ForEach(xs, x => {|TW6006:AddStatic(x)|});")]
    [InlineData("void Local(int i) { lock (_gate) { _total += i; } } Parallel.For(0, n, {|TW6006:Local|});")]
    public Task A_method_that_is_all_lock(string code) => In(code);

    [Theory]
    [InlineData("Parallel.For(0, n, i => Add(Slow(i)));")]
    [InlineData("Parallel.For(0, n, i => { var v = Slow(i); Add(v); });")]
    [InlineData("Parallel.For(0, n, i => { if (i % 100 == 0) Add(i); });")]
    [InlineData("Parallel.For(0, n, i => AddSlow(i));")]
    [InlineData("Parallel.For(0, n, i => AddByGate(i));")]
    [InlineData("Parallel.For(0, n, i => AddMaybe(i));")]
    [InlineData("Parallel.ForEach(nodes, node => node.Add());")]
    [InlineData("void Local(int i) { var gate = new object(); lock (gate) { _total += i; } } Parallel.For(0, n, Local);")]
    [InlineData("for (var i = 0; i < n; i++) Add(i);")]
    public Task A_method_that_locks_a_part_or_another_object(string code) => In(code);

    [Fact]
    public Task Parts_and_type_parameters() => Verify.Rule("TW6006", """
        partial class C<T> { private readonly List<T> _all = new(); }
        partial class C<T>
        {
            public C(IEnumerable<T> items) => Parallel.ForEach(items, item =>
            {
                {|TW6006:lock (_all)|}
                {
                    _all.Add(item);
                }
            });
        }
        """);

    private static Task In(string code) => Verify.Rule("TW6006", $$"""
        class Node { public readonly object Gate = new(); public int Value; public void Add() { lock (Gate) Value++; } }
        class C
        {
            private static readonly object s_gate = new();
            private readonly object _gate = new();
            private readonly Lock _lock = new();
            private readonly object[] _gates = new object[1000];
            private readonly ConcurrentDictionary<string, object> _byName = new();
            private long _total;
            private int Slow(int n) { var s = 0; for (var i = 0; i < n; i++) s += i; return s; }
            private static int Square(int n) => n * n;
            private void Add(int n) { lock (_gate) _total += n; }
            private static int s_all;
            private static void AddStatic(int n) { lock (s_gate) { s_all += n; } }
            private void AddSlow(int n) { var v = Slow(n); lock (_gate) _total += v; }
            private void AddByGate(int n) { lock (_gates[n % 8]) _gates.GetHashCode(); }
            private void AddMaybe(int n) { if (n < 0) return; lock (_gate) _total += n; }
            async Task M(int n, int[] xs, List<int> list, string[] names, Node[] nodes, string text, Action<int> action)
            {
                {{code}}
                await Task.Yield();
            }
        }
        """);
}

using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.SharedState;

public class TW3004Tests
{
    [Theory]
    // The key may be gone
    [InlineData("public int M(string k) { if (_counts.ContainsKey(k)) return {|TW3004:_counts[k]|}; return 0; } public void Drop(string k) => _counts.TryRemove(k, out _);")]
    [InlineData("public int M(string k) => _counts.ContainsKey(k) ? {|TW3004:_counts[k]|} : 0; public void Clear() { _counts.Clear(); }")]
    [InlineData("public int M(string k) { if (!_counts.ContainsKey(k)) throw new Exception(); var n = {|TW3004:_counts[k]|}; _counts.TryRemove(k, out _); return n; }")]
    [InlineData("public bool M(Item i) => _counts.ContainsKey(i.Name) && {|TW3004:_counts[i.Name]|} > 0; public void Clear() { _counts.Clear(); }")]
    // Two objects for one key
    [InlineData("public List<int> M(string k) { if (!_lists.TryGetValue(k, out var list)) { list = new List<int>(); {|TW3004:_lists[k]|} = list; } return list; }")]
    [InlineData("public void M(string k, int n) { if (!_lists.ContainsKey(k)) { {|TW3004:_lists[k]|} = new(); } _lists[k].Add(n); }")]
    [InlineData("public List<int> M(string k) { List<int> list; if (_lists.TryGetValue(k, out list)) return list; list = new(); {|TW3004:_lists[k]|} = list; return list; }")]
    [InlineData("public Item M(string k) { if (!_items.TryGetValue(k, out var item)) {|TW3004:_items[k]|} = item = new Item(); return item; }")]
    [InlineData("public object M(string k) { if (!_gates.TryGetValue(k, out var gate)) { gate = new object(); _gates.{|TW3004:TryAdd(k, gate)|}; } lock (gate) return gate; }")]
    [InlineData("public async Task<SemaphoreSlim> M(string k) { if (!_locks.ContainsKey(k)) { await Task.Yield(); {|TW3004:_locks[k]|} = new SemaphoreSlim(1); } return _locks[k]; }")]
    [InlineData("static readonly ConcurrentDictionary<int, List<int>> s_all = new(); public static void M(int k) { Add(k); } static void Add(int k) { Deeper(k); } static void Deeper(int k) { if (!s_all.ContainsKey(k)) {|TW3004:s_all[k]|} = new(); }")]
    // Two claims
    [InlineData("public void M(string k, Item item) { if (!_items.ContainsKey(k)) {|TW3004:_items[k]|} = item; }")]
    [InlineData("public void M(string k, Item item) { if (_items.ContainsKey(k)) throw new ArgumentException(k); {|TW3004:_items[k]|} = item; }")]
    [InlineData("public bool M(string k, Item item) { if (_items.ContainsKey(k)) return false; {|TW3004:_items[k]|} = item; return true; }")]
    [InlineData("int _next; public void M(string k) { if (!_counts.ContainsKey(k)) {|TW3004:_counts[k]|} = Interlocked.Increment(ref _next); }")]
    [InlineData("public int M(string k) { if (_counts.TryGetValue(k, out var n)) return n; n = _counts.Count + 1; {|TW3004:_counts[k]|} = n; return n; }")]
    [InlineData("readonly ConcurrentDictionary<string, Guid> _ids = new(); public Guid M(string k) { if (!_ids.ContainsKey(k)) {|TW3004:_ids[k]|} = Guid.NewGuid(); return _ids[k]; }")]
    // By a helper that gives new ones, and by way of a local that keeps the answer
    [InlineData("public Item M(string k) { if (!_items.TryGetValue(k, out var i)) { i = Make(); {|TW3004:_items[k]|} = i; } return i; } static Item Make() { var made = new Item(); made.Value = 3; return made; }")]
    [InlineData("public void M(string k) { var has = _items.ContainsKey(k); if (!has) {|TW3004:_items[k]|} = new Item(); }")]
    // Two threads both go on
    [InlineData("readonly ConcurrentQueue<string> _urls = new(); public void M(string k) { if (!_flags.ContainsKey(k)) { {|TW3004:_flags[k]|} = true; _urls.Enqueue(k); } }")]
    [InlineData("readonly BlockingCollection<string> _urls = new(); public void M(string k) { if (_flags.ContainsKey(k)) return; _flags.{|TW3004:TryAdd(k, true)|}; _urls.Add(k); }")]
    [InlineData("public void M(string k) { if (_flags.ContainsKey(k)) return; {|TW3004:_flags[k]|} = true; Task.Run(() => Console.WriteLine(k)); }")]
    // Lost updates
    [InlineData("public void M(string k) { {|TW3004:_counts[k]|}++; }")]
    [InlineData("public void M(string k) { {|TW3004:_counts[k]|} += 2; }")]
    [InlineData("public void M(string k) { {|TW3004:_counts[k]|} = _counts[k] + 1; }")]
    [InlineData("public void M(string k) { if (_counts.TryGetValue(k, out var n)) {|TW3004:_counts[k]|} = n + 1; else _counts[k] = 1; }")]
    [InlineData("public void M(string k) { _counts.TryGetValue(k, out var n); {|TW3004:_counts[k]|} = n + 1; }")]
    [InlineData("public void M(string k) { {|TW3004:_counts[k]|} = _counts.ContainsKey(k) ? _counts[k] + 1 : 1; }")]
    [InlineData("public void M(string k) { {|TW3004:_counts[k]|} = _counts.TryGetValue(k, out var n) ? n + 1 : 1; }")]
    [InlineData("public void M(string k) { _counts.TryGetValue(k, out var n); n++; {|TW3004:_counts[k]|} = n; }")]
    [InlineData("public void M(string k) { if (!_counts.TryGetValue(k, out var n)) n = 10; n += 5; {|TW3004:_counts[k]|} = n; }")]
    [InlineData("public void M(string k) { if (_counts.TryGetValue(k, out var n)) { var next = n + 5; {|TW3004:_counts[k]|} = next; } }")]
    [InlineData("public void M(string k) { var n = _counts.GetOrAdd(k, 0); {|TW3004:_counts[k]|} = n + 1; }")]
    [InlineData("public void M(string k) { var n = _counts[k]; {|TW3004:_counts[k]|} = n * 2; }")]
    [InlineData("public void M(string[] words) { var counts = new ConcurrentDictionary<string, int>(); Parallel.ForEach(words, w => { counts.TryAdd(w, 0); {|TW3004:counts[w]|}++; }); }")]
    [InlineData("public void M(string[] words) { var counts = new ConcurrentDictionary<string, int>(); foreach (var w in words) { Task.Run(() => { {|TW3004:counts[w]|} = counts.GetOrAdd(w, 0) + counts[w]; }); } }")]
    // Removed twice
    [InlineData("public void M(string k) { if (_items.TryGetValue(k, out var item)) { _items.{|TW3004:TryRemove(k, out _)|}; item.Run(); } }")]
    // Taken twice
    [InlineData("public void M() { if (!_queue.IsEmpty) { _queue.{|TW3004:TryDequeue(out var item)|}; item.Run(); } }")]
    [InlineData("public void M() { while (_queue.Count > 0) { Item item; _queue.{|TW3004:TryDequeue(out item)|}; item.Run(); } }")]
    [InlineData("public Item M() { if (_stack.IsEmpty) return null; _stack.{|TW3004:TryPop(out var item)|}; item.Run(); return item; }")]
    [InlineData("public void M() { var bag = new ConcurrentBag<Item>(); Parallel.For(0, 9, i => { if (bag.Count != 0) { bag.{|TW3004:TryTake(out var item)|}; item.Run(); } }); }")]
    public Task Two_steps_that_should_be_one_are_reported(string code) => Verify.Rule("TW3004", In(code));

    [Theory]
    // One step
    [InlineData("public int M(string k) => _counts.TryGetValue(k, out var n) ? n : 0; public void Clear() { _counts.Clear(); }")]
    [InlineData("public List<int> M(string k) => _lists.GetOrAdd(k, _ => new List<int>());")]
    [InlineData("public void M(string k) => _counts.AddOrUpdate(k, 1, (_, n) => n + 1);")]
    [InlineData("public void M(string k) { while (true) { if (_counts.TryGetValue(k, out var n)) { if (_counts.TryUpdate(k, n + 1, n)) return; } else if (_counts.TryAdd(k, 1)) return; } }")]
    [InlineData("public void M() { while (_queue.TryDequeue(out var item)) item.Run(); }")]
    [InlineData("public void M() { if (!_queue.IsEmpty && _queue.TryDequeue(out var item)) item.Run(); }")]
    [InlineData("public void M() { if (!_queue.IsEmpty) { if (_queue.TryDequeue(out var item)) item.Run(); } }")]
    [InlineData("public bool M(string k) { if (_items.TryGetValue(k, out var item)) { if (_items.TryRemove(k, out _)) item.Run(); } return true; }")]
    [InlineData("public void M(string k) { if (_items.TryGetValue(k, out var item)) { _items.TryRemove(k, out item); item?.Run(); } }")]
    [InlineData("public void M(string k) { if (_items.ContainsKey(k)) _items.TryRemove(k, out _); }")]
    [InlineData("readonly ConcurrentDictionary<int, TaskCompletionSource<int>> _open = new(); public void M(int k) { if (_open.TryGetValue(k, out var answer)) { _open.TryRemove(k, out _); answer.TrySetResult(1); } }")]
    [InlineData("public void M(string k) { if (!_items.ContainsKey(k)) _items.TryAdd(k, new Item()); }")]
    [InlineData("public Item M(string k) { if (!_items.TryGetValue(k, out var item)) { item = new Item(); if (!_items.TryAdd(k, item)) item = _items[k]; } return item; }")]
    [InlineData("public Item M(string k) { if (!_items.TryGetValue(k, out var item)) { item = _items.GetOrAdd(k, new Item()); } return item; }")]
    // Pure fills of a cache, and nothing that removes
    [InlineData("public int M(string k) { if (!_counts.TryGetValue(k, out var n)) { n = k.Length; _counts[k] = n; } return n; }")]
    [InlineData("public int M(string k) { if (_counts.ContainsKey(k)) return _counts[k]; return 0; }")]
    [InlineData("public int M(string k) { if (_counts.TryGetValue(k, out var n)) return n; return _counts[k] = Compute(k); }")]
    [InlineData("public void M(string k) { if (!_flags.ContainsKey(k)) _flags[k] = true; }")]
    [InlineData("public System.Text.RegularExpressions.Regex M(string k) { if (!_patterns.TryGetValue(k, out var p)) { p = new(k); _patterns[k] = p; } return p; }")]
    [InlineData("public Point M(string k) { if (!_points.TryGetValue(k, out var p)) { p = new Point(1, 2); _points[k] = p; } return p; }")]
    // A store that takes no account of what was there
    [InlineData("public void M(string k, Item item) { _items[k] = item; }")]
    [InlineData("public void M(string k, Item item) { if (_items.TryGetValue(k, out var old)) old.Run(); _items[k] = item; }")]
    [InlineData("public void M(string k, int n) { if (_counts.TryGetValue(k, out var old) && old > 3) _counts[k] = n; }")]
    [InlineData("public void M(string a, string b) { if (_counts.TryGetValue(a, out var n)) _counts[b] = n + 1; }")]
    [InlineData("public void M(string k, string other, Item item) { if (!_items.ContainsKey(k)) _items[other] = item; }")]
    [InlineData("public int M(string k) { if (_counts.ContainsKey(k)) return _flags.Count; return 0; } public void Clear() { _counts.Clear(); }")]
    [InlineData("public int M(string k) { if (_counts.ContainsKey(k)) { k = k + 1; return _counts[k]; } return 0; } public void Clear() { _counts.Clear(); }")]
    [InlineData("public void M() { while (_queue.Count > 10) _queue.TryDequeue(out _); }")]
    [InlineData("public void M() { while (_queue.Count > 10) { _queue.TryDequeue(out var item); } }")]
    [InlineData("public void M(string k) { var n = _counts.GetOrAdd(k, 0); if (n > 3) _counts[k] = 0; }")]
    [InlineData("public void M(string k) { _counts.TryGetValue(k, out var n); n = k.Length; _counts[k] = n + 1; }")]
    [InlineData("public void M(string k) { int n; if (_counts.TryGetValue(k, out var old)) n = 1; else n = 2; _counts[k] = n + 1; }")]
    [InlineData("public int M(string k) { if (!_counts.TryGetValue(k, out var n)) { n = Compute(k) + 1; _counts[k] = n; } return n; }")]
    [InlineData("public void M(string k, string l) { var n = _counts.GetOrAdd(k, 0); _counts[l] = n + 1; }")]
    [InlineData("static readonly Item s_one = new(); public Item M(string k) { if (!_items.TryGetValue(k, out var i)) { i = One(); _items[k] = i; } return i; } static Item One() => s_one;")]
    [InlineData("public void M(string k) { if (!_flags.ContainsKey(k)) { _flags[k] = true; Console.WriteLine(k); } }")]
    [InlineData("readonly ConcurrentQueue<string> _urls = new(); public void M(string k) { if (_flags.TryAdd(k, true)) _urls.Enqueue(k); }")]
    [InlineData("readonly ConcurrentQueue<string> _urls = new(); public void M(string k) { if (!_flags.ContainsKey(k) && _flags.TryAdd(k, true)) { _urls.Enqueue(k); } }")]
    [InlineData("readonly ConcurrentQueue<string> _urls = new(); public void M(string k) { if (!_flags.ContainsKey(k)) _flags[k] = true; _urls.Enqueue(k); }")]
    [InlineData("public void M(string k) { var has = _items.ContainsKey(k); _items.TryAdd(k, new Item()); if (!has) _items[k] = new Item(); }")]
    // Under a lock, of one thread, under construction
    [InlineData("public void M(string k) { lock (_gate) { _counts[k]++; } }")]
    [InlineData("public void M(string k) { lock (_gate) { Up(k); } } private void Up(string k) { Deeper(k); } private void Deeper(string k) { if (!_lists.ContainsKey(k)) _lists[k] = new(); }")]
    [InlineData("public async Task M(string k) { await _one.WaitAsync(); try { if (!_lists.ContainsKey(k)) _lists[k] = new(); } finally { _one.Release(); } }")]
    [InlineData("public C() { if (!_lists.ContainsKey(\"a\")) _lists[\"a\"] = new(); }")]
    [InlineData("static C() { s_counts[\"a\"]++; } static readonly ConcurrentDictionary<string, int> s_counts = new();")]
    [InlineData("private readonly ConcurrentDictionary<string, int> _own = new(); public void Start() { new Thread(Loop).Start(); } private void Loop() { while (true) { Step(\"a\"); } } private void Step(string k) { _own[k]++; }")]
    [InlineData("private readonly ConcurrentQueue<Item> _own = new(); public void Start() { Task.Run(() => { while (!_own.IsEmpty) { _own.TryDequeue(out var item); item.Run(); } }); }")]
    [InlineData("public void M(string[] words) { var counts = new ConcurrentDictionary<string, int>(); foreach (var w in words) counts[w] = counts.TryGetValue(w, out var n) ? n + 1 : 1; }")]
    [InlineData("public void M(string[] words) { var counts = new ConcurrentDictionary<string, int>(); words.ToList().ForEach(w => counts[w]++); }")]
    [InlineData("public void M() { var counts = new ConcurrentDictionary<int, int>(); counts.TryAdd(1, 0); Parallel.For(0, 9, i => { counts[Environment.CurrentManagedThreadId]++; }); }")]
    [InlineData("public void M() { var counts = new ConcurrentDictionary<int, int>(); Parallel.For(0, 9, i => { counts[i] = 0; counts[i] += 3; }); }")]
    [InlineData("private readonly Dictionary<string, int> _bare = new(); public void M(string k) { if (!_bare.ContainsKey(k)) _bare[k] = 1; _bare[k]++; }")]
    // Nobody else takes, nothing is an answer, and a key of the thread's own
    [InlineData("private readonly ConcurrentQueue<Item> _own = new(); public void Post(Item x) => _own.Enqueue(x); public void Start() { new Thread(Loop).Start(); } private void Loop() { while (true) { if (_own.IsEmpty) { Thread.Sleep(5); continue; } _own.TryDequeue(out var x); x.Run(); } }")]
    [InlineData("public Item M() { if (_queue.IsEmpty) return null; _queue.TryDequeue(out var x); return x; }")]
    [InlineData("public Item M() { if (_stack.IsEmpty) return null; _stack.TryPop(out var item); return item; }")]
    [InlineData("public string M() { if (_queue.IsEmpty) return \"\"; _queue.TryDequeue(out var x); return x?.Name; }")]
    [InlineData("readonly ConcurrentQueue<string> _texts = new(); public string M() { if (_texts.IsEmpty) return \"\"; _texts.TryDequeue(out var x); return x ?? \"\"; }")]
    [InlineData("readonly ConcurrentDictionary<int, int> _mine = new(); public void M() { int id = Environment.CurrentManagedThreadId; _mine.TryGetValue(id, out var n); _mine[id] = n + 1; }")]
    // Under a lock that cannot be named, since its type is not known (yet)
    [InlineData("readonly {|CS0246:AsyncGate|} _gates2 = new(); public void M(string k) { _gates2.Take(); try { Add(k); } finally { _gates2.Give(); } } private void Add(string k) { if (!_items.TryGetValue(k, out var item)) { item = new Item(); _items[k] = item; } item.Run(); }")]
    [InlineData("private readonly ConcurrentQueue<Item> _own = new(); public void Stop() { _own.TryDequeue(out var last); } public void Start() { new Thread(Loop).Start(); } private void Loop() { while (true) { if (_own.IsEmpty) { Thread.Sleep(5); continue; } _own.{|TW3004:TryDequeue(out var x)|}; x.Run(); } }")]
    [InlineData("public Item M() { if (_queue.IsEmpty) throw new InvalidOperationException(); _queue.{|TW3004:TryDequeue(out var x)|}; return x; }")]
    public Task One_step_pure_fills_and_locks_are_left_alone(string code) => Verify.Rule("TW3004", In(code));

    [Fact]
    public Task An_actor_is_left_alone() => Verify.Rule("TW3004", """
        namespace Akka.Actor { public abstract class ActorBase { } }
        class Counter : Akka.Actor.ActorBase
        {
            private readonly ConcurrentDictionary<string, int> _counts = new();
            void On(string name) => _counts[name]++;
        }
        """);

    [Theory]
    [InlineData("public void M(string k) { if (_items.TryGetValue(k, out var item) && item.Value > 3) _items.TryRemove(k, out _); }")]
    [InlineData("public Item? M(string k) { if (!_items.TryGetValue(k, out var item)) return null; if (item.Value > 3) { _items.TryRemove(k, out _); return null; } return item; }")]
    [InlineData("public Item M() { if (_queue.Any()) return _queue.First(); return null; }")]
    // A key that is computed may be another one each time.
    [InlineData("public void M(string k) { if (!_items.ContainsKey(k.Trim())) _items[k.Trim()] = new Item(); }")]
    // A helper of a concurrent collection, and a test that holds no lock: what the helper looked at is not compared.
    [InlineData("bool Has(string k) => _items.ContainsKey(k); public void M(string k) { if (!Has(k)) _items[k] = new Item(); }")]
    [InlineData("readonly Queue<int> _left = new(); public int M() { if (_left.Count == 0) return 0; lock (_gate) { return _left.Dequeue(); } } public void Put(int x) { lock (_gate) _left.Enqueue(x); }")]
    // What a member starts each time it is called may run once only.
    [InlineData("readonly Dictionary<string, int> _bare = new(); public Task M(string k) => Task.Run(() => { lock (_gate) { if (_bare.ContainsKey(k)) return; } lock (_gate) { _bare.Add(k, 1); } });")]
    public Task Misses_what_is_told_by_another_shape(string code) => Verify.Rule("TW3004", In(code));

    /// <summary>A test under a lock and an act under the next one.</summary>
    [Theory]
    [InlineData("public bool M() { lock (_gate) { if (_free == 0) return false; } lock (_gate) { {|TW3004:_free|}--; } return true; }")]
    [InlineData("public void M(int n) { lock (_gate) { if (_free < n) { throw new InvalidOperationException(); } } Console.WriteLine(n); lock (_gate) {|TW3004:_free|} -= n; }")]
    [InlineData("public void M(string k) { bool has; lock (_gate) { has = _plain.ContainsKey(k); } if (!has) { lock (_gate) { _plain.{|TW3004:Add(k, 1)|}; } } }")]
    [InlineData("public List<int> M(string k) { lock (_gate) { if (_open.TryGetValue(k, out var l)) return l; } var made = new List<int>(); lock (_gate) { {|TW3004:_open[k]|} = made; } return made; }")]
    [InlineData("public System.IO.Stream M(string k) { lock (_gate) { if (_files.TryGetValue(k, out var f)) return f; } var file = System.IO.File.OpenRead(k); lock (_gate) { {|TW3004:_files[k]|} = file; } return file; }")]
    [InlineData("public void M() { while (true) { lock (_gate) { if (_jobs.Count == 0) break; } int job; lock (_gate) { job = _jobs.{|TW3004:Dequeue()|}; } Console.WriteLine(job); } }")]
    [InlineData("public List<int> M() { lock (_gate) { if (_list != null) return _list; } var made = new List<int>(); lock (_gate) { {|TW3004:_list|} = made; } return made; }")]
    [InlineData("public List<int> M() { List<int> found; lock (_gate) found = _list; if (found == null) { found = new List<int>(); lock (_gate) {|TW3004:_list|} = found; } return found; }")]
    [InlineData("public void M() { int n; lock (_gate) { n = _free; } Console.WriteLine(n); lock (_gate) { {|TW3004:_free|} = n - 1; } }")]
    [InlineData("public void M(string k) { int n; lock (_gate) { _plain.TryGetValue(k, out n); } n += k.Length; lock (_gate) {|TW3004:_plain[k]|} = n; }")]
    // Put back as it was, changed meanwhile on purpose, looked at again
    [InlineData("public void M(int by) { int start; lock (_gate) { start = _free; } var end = start + by; Console.WriteLine(end); lock (_gate) { _free = Math.Max(_free, end); } }")]
    [InlineData("public void M() { int n; lock (_gate) { n = _free; } Console.WriteLine(n); lock (_gate) { _free = n; } }")]
    [InlineData("public void M() { int n; lock (_gate) { n = _free; _free = 0; } Console.WriteLine(n); lock (_gate) { _free = n + 1; } }")]
    [InlineData("public void M() { while (true) { int n; lock (_gate) { n = _free; } Console.WriteLine(n); lock (_gate) { if (_free == n) { _free = n + 1; return; } } } }")]
    [InlineData("public void M(string k, string l) { int n; lock (_gate) { n = _plain[k]; } Console.WriteLine(n); lock (_gate) { _plain[l] = n + 1; } }")]
    // Tested again, claimed with the test, another lock around both, another key or state, one thread
    [InlineData("public bool M() { lock (_gate) { if (_free == 0) return false; } lock (_gate) { if (_free == 0) return false; _free--; } return true; }")]
    [InlineData("public bool M() { lock (_gate) { if (_free == 0) return false; _free--; } Console.WriteLine(1); lock (_gate) { _free++; } return true; }")]
    [InlineData("public bool M() { lock (_gate) { if (_busy) return false; _busy = true; } Console.WriteLine(1); lock (_gate) { _busy = false; } return true; }")]
    [InlineData("public void M() { lock (_gate) { if (_busy) return; } lock (_gate) { _free--; } }")]
    [InlineData("public void M(string k) { lock (_gate) { if (_plain.ContainsKey(k)) return; } lock (_gate) { _plain[k] = k.Length; } }")]
    [InlineData("public void M(string k) { lock (_gate) { if (_plain.ContainsKey(k)) return; } lock (_gate) { _plain.TryAdd(k, 1); } }")]
    [InlineData("public void M(string k, string l) { lock (_gate) { if (_plain.ContainsKey(k)) return; } lock (_gate) { _plain.Add(l, 1); } }")]
    [InlineData("public void M(string k) { lock (_outer) { lock (_gate) { if (_plain.ContainsKey(k)) return; } Console.WriteLine(k); lock (_gate) { _plain.Add(k, 1); } } }")]
    [InlineData("public List<int> M(string k) { lock (_gate) { if (_open.TryGetValue(k, out var l)) return l; } var made = new List<int>(); lock (_gate) { if (!_open.TryGetValue(k, out var l)) _open[k] = l = made; return l; } }")]
    [InlineData("public List<int> M() { lock (_gate) { if (_list != null) return _list; } var made = new List<int>(); lock (_gate) { return _list ??= made; } }")]
    [InlineData("public C() { Task.Run(Loop); } private void Loop() { while (true) { lock (_gate) { if (_jobs.Count == 0) return; } int job; lock (_gate) { job = _jobs.Dequeue(); } Console.WriteLine(job); } } public void Put(int x) { lock (_gate) _jobs.Enqueue(x); }")]
    [InlineData("public void M() { lock (_gate) { if (_jobs.Count == 0) return; } lock (_gate) { _jobs.Clear(); } }")]
    [InlineData("public void M() { lock (_gate) { if (_free == 0) Console.WriteLine(1); } lock (_gate) { _free--; } }")]
    public Task Test_and_act_under_two_locks(string code) => Verify.Rule("TW3004", $$"""
        #nullable disable
        class C
        {
            readonly object _gate = new();
            readonly object _outer = new();
            int _free = 5;
            bool _busy;
            List<int> _list;
            readonly Queue<int> _jobs = new();
            readonly Dictionary<string, int> _plain = new();
            readonly Dictionary<string, List<int>> _open = new();
            readonly Dictionary<string, System.IO.Stream> _files = new();
            {{code}}
        }
        """);

    /// <summary>A member that tests under the lock, one that acts under it, and a third that relies on both.</summary>
    [Theory]
    [InlineData("public int Count { get { lock (_gate) return _jobs.Count; } } public int Pop() { lock (_gate) return _jobs.Dequeue(); } public int Drain() { var s = 0; while (Count > 0) s += {|TW3004:Pop()|}; return s; }")]
    [InlineData("public bool IsEmpty { get { lock (_gate) { return _jobs.Count == 0; } } } public int Pop() { lock (_gate) { return _jobs.Dequeue(); } } public int M() { if (IsEmpty) return -1; return {|TW3004:Pop()|}; }")]
    [InlineData("bool Has(string k) { lock (_gate) return _plain.ContainsKey(k); } void Put(string k, int n) { lock (_gate) _plain.Add(k, n); } public void M(string name) { if (!Has(name)) { {|TW3004:Put(name, 1)|}; } }")]
    [InlineData("bool Room() { lock (_gate) return _free > 0; } void Take() { lock (_gate) _free--; } public bool M() { if (!Room()) return false; {|TW3004:Take()|}; return true; }")]
    [InlineData("List<int> Current() { lock (_gate) return _list; } void Make() { lock (_gate) { _list = new List<int>(); } } public void M() { if (Current() == null) {|TW3004:Make()|}; }")]
    [InlineData("bool Room() { lock (_gate) return _free > 0 && !_busy; } void Take() { lock (_gate) _free--; } public void M(bool wanted) { if (wanted && Room()) { Console.WriteLine(1); {|TW3004:Take()|}; } }")]
    // The act tests again, both are under the lock, another key, state or lock; of one thread, while it is made, no reliance
    [InlineData("public int Count { get { lock (_gate) return _jobs.Count; } } public int Pop() { lock (_gate) return _jobs.Count == 0 ? -1 : _jobs.Dequeue(); } public void Drain() { while (Count > 0) Pop(); }")]
    [InlineData("public int Count { get { lock (_gate) return _jobs.Count; } } public int Pop() { lock (_gate) { if (_jobs.Count == 0) throw new InvalidOperationException(); return _jobs.Dequeue(); } } public void Drain() { while (Count > 0) Pop(); }")]
    [InlineData("public int Count { get { lock (_gate) return _jobs.Count; } } public int Pop() { lock (_gate) return _jobs.Dequeue(); } public void Drain() { lock (_gate) { while (Count > 0) Pop(); } }")]
    [InlineData("public int Count { get { lock (_gate) return _jobs.Count; } } public int Pop() { lock (_gate) return _jobs.Dequeue(); } public void Drain() { lock (_gate) Empty(); } private void Empty() { while (Count > 0) Pop(); }")]
    [InlineData("public int Count { get { lock (_gate) return _jobs.Count; } } public bool Pop(out int x) { lock (_gate) return _jobs.TryDequeue(out x); } public void Drain() { while (Count > 0) Pop(out _); }")]
    [InlineData("bool Has(string k) { lock (_gate) return _plain.ContainsKey(k); } void Put(string k, int n) { lock (_gate) _plain.Add(k, n); } public void M(string name, string other) { if (!Has(name)) { Put(other, 1); } }")]
    [InlineData("bool Has(string k) { lock (_gate) return _plain.ContainsKey(k); } void Put(string k, int n) { lock (_gate) _plain[k] = n; } public void M(string name) { if (!Has(name)) { Put(name, 1); } }")]
    [InlineData("bool Has(string k) { lock (_gate) return _open.ContainsKey(k); } void Put(string k, int n) { lock (_gate) _plain.Add(k, n); } public void M(string name) { if (!Has(name)) { Put(name, 1); } }")]
    [InlineData("bool Room() { lock (_outer) return _free > 0; } void Take() { lock (_gate) _free--; } public void M() { if (Room()) Take(); }")]
    [InlineData("bool Room() { lock (_gate) return _free > 0; } void Take() { lock (_gate) _free--; } public void M() { if (Room()) Console.WriteLine(1); Take(); }")]
    [InlineData("public C() { Task.Run(Loop); } private void Loop() { while (true) { while (Any()) Console.WriteLine(Pop()); } } private bool Any() { lock (_gate) return _jobs.Count > 0; } private int Pop() { lock (_gate) return _jobs.Dequeue(); } public void Put(int x) { lock (_gate) _jobs.Enqueue(x); }")]
    [InlineData("public C() { while (Any()) Pop(); } private bool Any() { lock (_gate) return _jobs.Count > 0; } private int Pop() { lock (_gate) return _jobs.Dequeue(); } public void Put(int x) { lock (_gate) _jobs.Enqueue(x); }")]
    [InlineData("bool Room() { lock (_gate) { _free++; return _free > 0; } } void Take() { lock (_gate) _free--; } void Back() { lock (_gate) _free++; } public void M() { if (Room()) Back(); }")]
    public Task Test_and_act_in_two_members(string code) => Verify.Rule("TW3004", $$"""
        #nullable disable
        class C
        {
            readonly object _gate = new();
            readonly object _outer = new();
            int _free = 5;
            bool _busy;
            List<int> _list;
            readonly Queue<int> _jobs = new();
            readonly Dictionary<string, int> _plain = new();
            readonly Dictionary<string, List<int>> _open = new();
            {{code}}
        }
        """);

    /// <summary>A semaphore for each key keeps apart who has the same key, however it came into the local.</summary>
    [Theory]
    [InlineData("public async Task M(string k) { var gate = _locks.GetOrAdd(k, _ => new SemaphoreSlim(1, 1)); await gate.WaitAsync(); try { if (!_items.ContainsKey(k)) _items[k] = new Item(); } finally { gate.Release(); } }")]
    [InlineData("public async Task M(string k) { SemaphoreSlim gate; lock (_gate) { if (!_plain.TryGetValue(k, out gate)) { gate = new SemaphoreSlim(1, 1); _plain[k] = gate; } } await gate.WaitAsync(); try { if (!_items.ContainsKey(k)) _items[k] = new Item(); } finally { gate.Release(); } }")]
    [InlineData("public async Task M(string k) { SemaphoreSlim gate; lock (_gate) { if (!_plain.TryGetValue(k, out gate)) _plain.Add(k, gate = new(1, 1)); } await gate.WaitAsync(); try { _counts[k]++; } finally { gate.Release(); } }")]
    [InlineData("public void M(string k) { SemaphoreSlim gate = null; if (!_locks.TryGetValue(k, out gate)) { gate = _locks.GetOrAdd(k, new SemaphoreSlim(1, 1)); } gate.Wait(); try { if (!_items.TryGetValue(k, out var item)) { item = new Item(); _items[k] = item; } item.Run(); } finally { gate.Release(); } }")]
    [InlineData("public async Task M(string k) { SemaphoreSlim gate; gate = _locks.GetOrAdd(k, _ => new SemaphoreSlim(1)); await gate.WaitAsync().ConfigureAwait(false); try { _counts[k] = _counts[k] + 1; } finally { gate.Release(); } }")]
    [InlineData("public void M(string k) { object gate; gate = _gates.GetOrAdd(k, _ => new object()); lock (gate) { if (!_lists.ContainsKey(k)) _lists[k] = new(); _lists[k].Add(1); } } public void Clear() { _lists.Clear(); }")]
    [InlineData("public async Task M(string k) { SemaphoreSlim gate; if (!_locks.TryGetValue(k, out gate)) { gate = new SemaphoreSlim(1, 1); if (!_locks.TryAdd(k, gate)) gate = _locks[k]; } await gate.WaitAsync(); gate.Release(); }")]
    [InlineData("public async Task M(string k) { var gate = Gate(k); await gate.WaitAsync(); try { _counts[k]++; } finally { gate.Release(); } } SemaphoreSlim Gate(string k) { lock (_plain) { if (!_plain.TryGetValue(k, out var gate)) { gate = new SemaphoreSlim(1, 1); _plain[k] = gate; } return gate; } }")]
    public Task A_semaphore_for_each_key(string code) => Verify.Rule("TW3004", In(code));

    /// <summary>An object that is changed later, made by whoever comes first.</summary>
    [Theory]
    [InlineData("List<int> _l; public void M(int[] xs) => Parallel.ForEach(xs, x => { if (_l == null) {|TW3004:_l|} = new List<int>(); lock (_gate) _l.Add(x); });")]
    [InlineData("List<int> _l; public void M() => Parallel.Invoke(A, B); private void A() { if (_l == null) {|TW3004:_l|} = new List<int>(); lock (_gate) _l.Add(1); } private void B() { if (_l == null) _l = new List<int>(); lock (_gate) _l.Add(2); }")]
    [InlineData("List<int> _l; public void M() => Parallel.Invoke(() => Get(), () => Get()); private List<int> Get() { if (_l == null) {|TW3004:_l|} = new List<int>(); return _l; }")]
    [InlineData("List<int> _l; public void M() => Parallel.Invoke(new Action[] { A, A }); private void A() { if (_l == null) {|TW3004:_l|} = new List<int>(); lock (_gate) _l.Add(1); }")]
    [InlineData("List<int> _l; public void M(int[] xs) => Parallel.ForEach(xs, x => Add(x)); private void Add(int x) { var l = Get(); lock (l) l.Add(x); } private List<int> Get() => {|TW3004:_l|} ??= new List<int>();")]
    [InlineData("static List<int> s_l; public static void M() { for (var i = 0; i < 4; i++) new Thread(Work).Start(); } static void Work() { if (s_l is null) { {|TW3004:s_l|} = new(); } lock (s_l) s_l.Add(1); }")]
    [InlineData("public async Task M(int[] xs) { List<int> l = null; await Task.WhenAll(xs.Select(x => Task.Run(() => { {|TW3004:l|} ??= new List<int>(); lock (l) l.Add(x); }))); }")]
    [InlineData("List<int> _l; public void M(int x) { if (_l == null) { {|TW3004:_l|} = new List<int>(); } lock (_gate) _l.Add(x); } public void N() { lock (_gate) { _l = null; } }")]
    [InlineData("static List<int> s_l; public static void M(int x) { if (s_l == null) {|TW3004:s_l|} = new List<int>(); lock (s_l) s_l.Add(x); }")]
    [InlineData("List<int> _l; public void M() { new Thread(Work).Start(); new Thread(Work).Start(); } private void Work() { if (_l == null) {|TW3004:_l|} = new List<int>(); lock (_l) _l.Add(1); }")]
    [InlineData("List<int> _l; public void M() { Task.Run(A); Task.Run(B); } private void A() { if (_l == null) {|TW3004:_l|} = Make(); lock (_gate) _l.Add(1); } private void B() { _l ??= Make(); lock (_gate) _l.Add(2); } private static List<int> Make() => new();")]
    // Under a lock, atomic, before the threads, immutable, of one thread
    [InlineData("List<int> _l; public void M() { var t = new Thread(Work); t.Start(); t.Join(); new Thread(Work).Start(); } private void Work() { if (_l == null) _l = new List<int>(); lock (_l) _l.Add(1); }")]
    [InlineData("List<int> _l; public void M() => Parallel.Invoke(A, B); private void A() { var l = _l; if (l != null) lock (_gate) l.Add(1); } private void B() { _l = null; }")]
    [InlineData("List<int> _l; public void M() => Parallel.Invoke(A, B); private void A() { lock (_gate) { _l ??= new(); _l.Add(1); } } private void B() { lock (_gate) { _l ??= new(); _l.Add(2); } }")]
    [InlineData("List<int> _l; public void M(int[] xs) => Parallel.ForEach(xs, x => { lock (_gate) { if (_l == null) _l = new List<int>(); _l.Add(x); } });")]
    [InlineData("List<int> _l; public void M(int[] xs) => Parallel.ForEach(xs, x => { if (_l == null) Interlocked.CompareExchange(ref _l, new List<int>(), null); lock (_l) _l.Add(x); });")]
    [InlineData("List<int> _l; public void M(int[] xs) { _l ??= new List<int>(); Parallel.ForEach(xs, x => { lock (_l) _l.Add(x); }); }")]
    [InlineData("string _s; Type[] _t; public void M(int[] xs) => Parallel.ForEach(xs, x => { _s ??= \"a\" + xs.Length; _t ??= typeof(C).GetInterfaces(); });")]
    [InlineData("sealed record P(int X); P _p; public void M(int[] xs) => Parallel.ForEach(xs, x => { _p ??= new P(xs.Length); });")]
    [InlineData("List<int> _l; public void M(int x) { _l ??= new List<int>(); _l.Add(x); }")]
    [InlineData("[ThreadStatic] static List<int> t_l; public void M(int[] xs) => Parallel.ForEach(xs, x => { t_l ??= new List<int>(); t_l.Add(x); });")]
    [InlineData("public void M(int[] xs) => Parallel.ForEach(xs, x => { List<int> l = null; Action a = () => l ??= new List<int>(); a(); });")]
    [InlineData("sealed class Node { public List<int> Kids; } void M(Node[] ns) => Parallel.ForEach(ns, n => { n.Kids ??= new List<int>(); n.Kids.Add(1); });")]
    [InlineData("List<int> _l; readonly object _other = new(); public void M(int x) { lock (_gate) { _l ??= new List<int>(); _l.Add(x); } } public void N() { lock (_gate) { _l = null; } }")]
    public Task An_object_that_is_made_at_first_use(string code) => Verify.Rule("TW3004", $$"""
        #nullable disable
        class C
        {
            readonly object _gate = new();
            {{code}}
        }
        """);

    [Theory]
    [InlineData("readonly ConcurrentDictionary<string, int>[] _parts = new ConcurrentDictionary<string, int>[4]; public void M(string k) { if (_parts[0].TryGetValue(k, out var n)) _parts[1][k] = n + 1; }")]
    [InlineData("readonly ConcurrentDictionary<string, int>[] _parts = new ConcurrentDictionary<string, int>[4]; public int M(string k) => _parts[0].ContainsKey(k) ? _parts[1][k] : 0; public void Clear() { _parts[1].Clear(); }")]
    [InlineData("readonly ConcurrentQueue<Item>[] _parts = new ConcurrentQueue<Item>[4]; public void M() { if (!_parts[0].IsEmpty) { _parts[1].TryDequeue(out var item); item.Run(); } }")]
    public Task Elements_of_an_array_are_many_collections(string code) => Verify.Rule("TW3004", In(code));

    private static string In(string code) => $$"""
        #nullable disable
        public class C
        {
            public sealed class Item { public string Name { get; set; } public int Value; public void Run() { } }
            public sealed record Point(int X, int Y);
            readonly object _gate = new();
            readonly SemaphoreSlim _one = new(1, 1);
            readonly ConcurrentDictionary<string, int> _counts = new();
            readonly ConcurrentDictionary<string, bool> _flags = new();
            readonly ConcurrentDictionary<string, List<int>> _lists = new();
            readonly ConcurrentDictionary<string, Item> _items = new();
            readonly ConcurrentDictionary<string, Point> _points = new();
            readonly ConcurrentDictionary<string, object> _gates = new();
            readonly ConcurrentDictionary<string, SemaphoreSlim> _locks = new();
            readonly ConcurrentDictionary<string, System.Text.RegularExpressions.Regex> _patterns = new();
            readonly Dictionary<string, SemaphoreSlim> _plain = new();
            readonly ConcurrentQueue<Item> _queue = new();
            readonly ConcurrentStack<Item> _stack = new();
            static int Compute(string k) => k.Length;
            {{code}}
        }
        """;
}

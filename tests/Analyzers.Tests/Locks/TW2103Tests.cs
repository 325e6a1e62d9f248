using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

public class TW2103Tests
{
    [Theory]
    [InlineData("void M() { lock (_gate) _n++; }")]
    [InlineData("void M() { var gate = _gate; lock (gate) _n++; }")]
    [InlineData("void M() { var gate = new object(); Task.Run(() => { lock (gate) _n++; }); lock (gate) _n++; }")]
    [InlineData("void M() { var gate = new object(); Parallel.For(0, 9, i => { lock (gate) _n++; }); }")]
    [InlineData("void M() { var gate = new object(); Add(); void Add() { lock (gate) _n++; } }")]
    [InlineData("object M() { var gate = new object(); lock (gate) { _n++; return gate; } }")]
    [InlineData("void M() { var gate = new object(); _kept = gate; lock (gate) _n++; } private object? _kept;")]
    [InlineData("void M() { var gate = new object(); Use(gate); lock (gate) _n++; } static void Use(object o) { }")]
    [InlineData("void M(string key) { var gate = _locks.GetOrAdd(key, new object()); lock (gate) _n++; } private readonly ConcurrentDictionary<string, object> _locks = new();")]
    [InlineData("void M(string key) { var gate = new object(); if (!_locks.TryAdd(key, gate)) return; lock (gate) _n++; } private readonly ConcurrentDictionary<string, object> _locks = new();")]
    [InlineData("void M(string key) { object gate = new object(); gate = _gate; lock (gate) _n++; }")]
    [InlineData("void M() { var gate = _kept ?? new object(); lock (gate) _n++; } private object? _kept;")]
    [InlineData("void M() { var gate = _kept ??= new object(); lock (gate) _n++; } private object? _kept;")]
    [InlineData("void M() { lock (_kept ??= new object()) _n++; } private object? _kept;")]
    [InlineData("void M() { var list = new List<int>(); var threads = new Thread(() => list.Add(1)); lock (list) list.Add(2); }")]
    [InlineData("void M() { var list = new List<int>(); var all = new[] { list }; lock (list) list.Add(2); }")]
    [InlineData("IEnumerable<int> M() { var list = new List<int>(); lock (list) list.Add(2); return list; }")]
    [InlineData("IEnumerable<int> M() { var list = new List<int>(); lock (list) list.Add(2); return list.Where(x => x > 1); }")]
    [InlineData("void M() { var c = new C(); lock (c) c._n++; }")]
    [InlineData("void M() { lock (Make()) _n++; } static object Make() => new object();")]
    [InlineData("void M(object o) { lock (o) _n++; }")]
    [InlineData("void M() { foreach (var o in _locks2) lock (o) _n++; } private readonly object[] _locks2 = { new object() };")]
    [InlineData("void M(int i) { var o = _locks2[i]; lock (o) _n++; } private readonly object[] _locks2 = { new object() };")]
    [InlineData("void M() { object gate; gate = new object(); _kept = gate; lock (gate) _n++; } private object? _kept;")]
    [InlineData("void M() { var gate = new object(); ref var r = ref gate; r = _gate; lock (gate) _n++; }")]
    [InlineData("void M() { var gate = new object(); Swap(ref gate); lock (gate) _n++; } void Swap(ref object o) => o = _gate;")]
    [InlineData("void M() { var gate = new object(); var box = (gate, 1); lock (gate) _n++; }")]
    [InlineData("void M() { var gate = new object(); var box = new { gate }; lock (gate) _n++; }")]
    [InlineData("async Task M() { var gate = new object(); await Task.WhenAll(Enumerable.Range(0, 3).Select(async i => { await Task.Yield(); lock (gate) _n++; })); lock (gate) _n++; }")]
    [InlineData("void M() { var list = new ArrayList(); var view = ArrayList.Synchronized(list); lock (list) list.Add(1); }")]
    [InlineData("void M() { var list = new List<int>(); var view = list.AsReadOnly(); lock (list) list.Add(1); }")]
    [InlineData("void M() { lock (Array.Empty<int>()) _n++; }")]
    [InlineData("void M() { static object Gate() => new object(); var gate = Gate(); lock (gate) _n++; }")]
    [InlineData("void M() { lock (((ICollection)_locks2).SyncRoot) _n++; } private readonly object[] _locks2 = { new object() };")]
    public Task Innocent(string member) => Verify.Rule("TW2103", Class(member).Replace("lock (Array.Empty<int>())", "lock ({|TW2101:Array.Empty<int>()|})", System.StringComparison.Ordinal));

    [Theory]
    [InlineData("void M() { lock ({|TW2103:new object()|}) _n++; }")]
    [InlineData("void M() { lock ({|TW2103:new List<int>()|}) _n++; }")]
    [InlineData("void M() { lock ({|TW2103:new int[3]|}) _n++; }")]
    [InlineData("void M() { lock ({|TW2103:new { X = 1 }|}) _n++; }")]
    [InlineData("void M() { var gate = new object(); lock ({|TW2103:gate|}) _n++; }")]
    [InlineData("void M() { object gate = new(); lock (({|TW2103:gate|})) { _n++; } lock (gate) { _n--; } }")]
    [InlineData("static int s_m; static void M() { var gate = new object(); lock ({|TW2103:gate|}) s_m++; }")]
    [InlineData("int M() { var list = new List<int>(); lock ({|TW2103:list|}) { list.Add(_n); return list.Count; } }")]
    [InlineData("void M() { var map = new Dictionary<string, int>(); foreach (var x in _names) { lock ({|TW2103:map|}) map[x] = 1; } } private readonly List<string> _names = new();")]
    [InlineData("void M() { var copy = _names.ToList(); lock ({|TW2103:copy|}) _n = copy.Count; } private readonly HashSet<string> _names = new();")]
    [InlineData("void M() { var copy = _list.ToArray(); lock ({|TW2103:copy|}) foreach (var one in copy) _n += one; } private readonly List<int> _list = new();")]
    [InlineData("void M() { lock ({|TW2103:_names.ToList()|}) _n++; } private readonly HashSet<string> _names = new();")]
    [InlineData("void M() { var list = new List<int>(); lock ({|TW2103:list|}) { foreach (var x in list) _n += x; } }")]
    [InlineData("void M() { Task.Run(() => { var gate = new object(); lock ({|TW2103:gate|}) _n++; }); }")]
    [InlineData("void M() { Parallel.For(0, 9, i => { lock ({|TW2103:new object()|}) _n++; }); }")]
    [InlineData("void M() { Add(); void Add() { var gate = new object(); lock ({|TW2103:gate|}) _n++; } }")]
    [InlineData("void M() { var gate = new object(); Monitor.Enter({|TW2103:gate|}); try { _n++; } finally { Monitor.Exit(gate); } }")]
    [InlineData("int P { get { var gate = new object(); lock ({|TW2103:gate|}) return _n; } }")]
    [InlineData("void M() { var gate = new Lock(); lock ({|TW2103:gate|}) _n++; }")]
    [InlineData("public C() { var gate = new object(); lock ({|TW2103:gate|}) _n++; }")]
    [InlineData("async Task M() { await Task.Yield(); var gate = new object(); lock ({|TW2103:gate|}) _n++; }")]
    [InlineData("void M<T>() { var list = new List<T>(); lock ({|TW2103:list|}) { list.Clear(); _n++; } }")]
    public Task Guilty(string member) => Verify.Rule("TW2103", Class(member));

    [Theory]
    [InlineData("sealed class Gate { } void M() { var gate = new Gate(); lock ({|TW2103:gate|}) _n++; }")]
    [InlineData("class Gate { public int N = 3; public object Inner { get; } = new(); } class Door : Gate { } void M() { var door = new Door(); lock ({|TW2103:door|}) _n++; }")]
    [InlineData("class Gate(string name) { public override string ToString() => name; } void M() { var gate = new Gate(\"a\"); Monitor.Enter({|TW2103:gate|}); _n++; Monitor.Exit(gate); }")]
    public Task A_class_of_which_nothing_runs_when_it_is_made(string member) => Verify.Rule("TW2103", Class(member));

    /// <summary>It may store itself somewhere when it is made, or when a member of it is called.</summary>
    [Theory]
    [InlineData("sealed class Gate { public static Gate? Last; public Gate() { Last = this; } } void M() { var gate = new Gate(); lock (gate) _n++; }")]
    [InlineData("class Base { public static Base? Last; protected Base() { Last = this; } } class Gate : Base { } void M() { var gate = new Gate(); lock (gate) _n++; }")]
    [InlineData("class Gate { static Gate? Last; public void Keep() => Last = this; } void M() { var gate = new Gate(); gate.Keep(); lock (gate) _n++; }")]
    [InlineData("class Gate { static Gate? Last; public int Kept { get { Last = this; return 1; } } } void M() { var gate = new Gate(); _n = gate.Kept; lock (gate) _n++; }")]
    [InlineData("class Gate : Stream { public override bool CanRead => true; public override bool CanSeek => true; public override bool CanWrite => true; public override long Length => 0; public override long Position { get; set; } public override void Flush() { } public override int Read(byte[] b, int o, int c) => 0; public override long Seek(long o, SeekOrigin s) => 0; public override void SetLength(long l) { } public override void Write(byte[] b, int o, int c) { } } void M() { var gate = new Gate(); lock (gate) _n++; }")]
    [InlineData("class Gate { } void M() { var gate = new Gate(); Task.Run(() => { lock (gate) _n++; }); lock (gate) _n++; }")]
    [InlineData("class Door { public int N; } void M() { var door = new Door(); lock (door) door.N++; }")]
    [InlineData("class Gate { } static Gate? s_gate; void M() { var gate = new Gate(); s_gate = gate; lock (gate) _n++; }")]
    public Task A_class_that_may_be_known_to_others(string member) => Verify.Rule("TW2103", Class(member));

    /// <summary>Equal texts that are put together are different objects.</summary>
    [Theory]
    [InlineData("void M(int id) { lock ({|TW2103:$\"user-{id}\"|}) _n++; }")]
    [InlineData("void M(int id) { lock ({|TW2103:\"user-\" + id|}) _n++; }")]
    [InlineData("void M(Guid id) { var key = string.Format(\"order:{0}\", id); lock ({|TW2103:key|}) _n++; }")]
    [InlineData("void M(string a, string b) { var key = a + \"/\" + b; Monitor.Enter({|TW2103:key|}); _n++; Monitor.Exit(key); }")]
    [InlineData("void M(string[] parts) { lock ({|TW2103:string.Join(',', parts)|}) _n++; }")]
    [InlineData("void M(string[] all) { lock ({|TW2103:all.ToArray()|}) _n++; }")]
    [InlineData("void M() { object box = _n; lock ({|TW2103:box|}) _n++; }")]
    [InlineData("void M() { var gate = new Lock(); using ({|TW2103:gate|}.EnterScope()) _n++; }")]
    [InlineData("void M() { var gate = new Lock(); var scope = {|TW2103:gate|}.EnterScope(); _n++; scope.Dispose(); }")]
    public Task Texts_boxes_copies_and_scopes(string member) => Verify.Rule("TW2103", Class(member));

    [Theory]
    [InlineData("private readonly Dictionary<string, object> _keys = new(); void M(int id) { var key = $\"user-{id}\"; lock (_keys[key]) _n++; }")]
    [InlineData("private readonly ConcurrentDictionary<string, string> _keys = new(); void M(int id) { var key = \"user-\" + id; lock (_keys.GetOrAdd(key, key)) _n++; }")]
    [InlineData("private readonly ConcurrentDictionary<string, string> _keys = new(); void M(int id) { var key = \"user-\" + id; _keys.TryAdd(key, key); lock (key) _n++; }")]
    [InlineData("void M(int id) { lock (id.ToString()) _n++; }")]
    [InlineData("private readonly string _key = $\"{Environment.ProcessId}\"; void M() { lock (_key) _n++; }")]
    [InlineData("void M() { object box = _n; Parallel.For(0, 9, i => { lock (box) _n++; }); lock (box) _n++; }")]
    [InlineData("void M(Action<object> run) { object box = _n; run(box); lock (box) _n++; }")]
    [InlineData("void M(Lock gate) { using (gate.EnterScope()) _n++; }")]
    [InlineData("void M() { var gate = new Lock(); Parallel.For(0, 9, i => { using (gate.EnterScope()) _n++; }); }")]
    public Task Texts_boxes_and_scopes_that_others_may_have(string member) => Verify.Rule("TW2103", Class(member));

    [Theory]
    [InlineData("void M() { object gate; gate = new object(); lock ({|TW2103:gate|}) _n++; }")]
    [InlineData("void M(int n) { List<int> all; if (n > 3) { all = new List<int>(); lock ({|TW2103:all|}) all.Add(n); } }")]
    [InlineData("void M(int n) { object a, gate; a = this; while (n-- > 0) { gate = new(); lock ({|TW2103:gate|}) _n++; } }")]
    public Task A_local_without_initializer(string member) => Verify.Rule("TW2103", Class(member));

    [Theory]
    [InlineData("void M(int n) { object gate; if (n > 3) gate = new object(); else gate = _gate; lock (gate) _n++; }")]
    [InlineData("void M(int n) { object gate; gate = _gate; lock (gate) _n++; }")]
    [InlineData("void M() { object gate; Make(out gate); lock (gate) _n++; } static void Make(out object o) => o = new object();")]
    [InlineData("void M() { object gate; gate = new object(); Task.Run(() => { lock (gate) _n++; }); lock (gate) _n++; }")]
    [InlineData("object M() { object gate; gate = new object(); lock (gate) _n++; return gate; }")]
    [InlineData("void M(object[] all) { foreach (var gate in all) lock (gate) _n++; }")]
    public Task A_local_without_initializer_that_others_see(string member) => Verify.Rule("TW2103", Class(member));

    private static string Class(string member) => $$"""
        using System.Collections;

        class C
        {
            private readonly object _gate = new();
            private int _n;

            {{member}}
        }
        """;
}

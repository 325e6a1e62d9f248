using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

/// <summary>TW2102 and the rule that it precedes: a field that is never replaced may be readonly (TW2109) or cannot.</summary>
public class TW2102Tests
{
    [Theory]
    [InlineData("private readonly object _gate = new(); void M() { lock (_gate) _n++; }")]
    [InlineData("private readonly object _gate; public C() { _gate = new object(); } void M() { lock (_gate) _n++; }")]
    [InlineData("private object? _gate; object Gate() { Interlocked.CompareExchange(ref _gate, new object(), null); return _gate; } void M() { Gate(); lock (_gate!) _n++; }")]
    [InlineData("private object? _gate; void M() { LazyInitializer.EnsureInitialized(ref _gate, () => new object()); lock (_gate!) _n++; }")]
    [InlineData("private object _gate = new(); [System.Runtime.Serialization.OnDeserialized] void Read(System.Runtime.Serialization.StreamingContext c) { _gate = new object(); } void M() { lock (_gate) _n++; }")]
    [InlineData("private object _gate = new(); [System.Runtime.Serialization.OnDeserialized] void Read(System.Runtime.Serialization.StreamingContext c) => Init(); private void Init() { _gate = new object(); } void M() { lock (_gate) _n++; }")]
    [InlineData("private object _gate = new(); [System.Runtime.Serialization.OnDeserializing] void Read(System.Runtime.Serialization.StreamingContext c) => _gate = new object(); void M() { lock (_gate) _n++; }")]
    [InlineData("private readonly object _gate = new(); private List<int> _list = new(); void M() { lock (_gate) _list = new List<int>(); }")]
    [InlineData("private List<int> _list = new(); void Swap() { _list = new List<int>(); } void M() { lock (_list) _list.Add(1); }")]
    [InlineData("private Stream _stream = Stream.Null; void Open(Stream s) { _stream = s; } void M() { lock (_stream) _stream.Flush(); }")]
    [InlineData("private object _gate = new(); public C() { Init(); } private void Init() { _gate = new object(); } void M() { lock (_gate) _n++; }")]
    [InlineData("private object? _gate; public void Init() { _gate = new object(); } void M() { lock (_gate!) _n++; }")]
    [InlineData("private object? _gate = new(); public void Dispose() { _gate = null; } void M() { lock (_gate!) _n++; }")]
    [InlineData("private object? _gate = new(); public void Dispose() { lock (_gate!) { _gate = null; } }")]
    [InlineData("private object _gate = new(); C Copy() { var c = (C)MemberwiseClone(); c._gate = new object(); return c; } void M() { lock (_gate) _n++; }")]
    [InlineData("private object _gate = new(); static C Make(object gate) => new C { _gate = gate }; void M() { lock (_gate) _n++; }")]
    [InlineData("private object? _gate; private readonly object _outer = new(); void M() { lock (_outer) _gate ??= new object(); lock (_gate) _n++; }")]
    [InlineData("private object _gate = new(); void M() { var gate = _gate; lock (gate) _n++; } void Swap() { _gate = new object(); }")]
    [InlineData("private object _gate = new(); void Swap() { _gate = new object(); } object Get() => _gate;")]
    [InlineData("public object Gate { get; init; } = new(); void M() { lock (Gate) _n++; }")]
    [InlineData("private Timer? _timer; void Start() { lock (this) { _timer = new Timer(_ => { }); } } void Stop() { lock (_timer!) { _timer.Dispose(); } }")]
    [InlineData("private static readonly object s_gate; static C() { s_gate = new object(); } void M() { lock (s_gate) _n++; }")]
    [InlineData("class D { public object _gate = new(); } void M(D d) { d._gate = new object(); lock (d._gate) _n++; }")]
    [InlineData("private object? _gate; void M() { lock (_gate!) _n++; }")]
    [InlineData("private object? _gate; object SyncRoot { get { if (_gate == null) Interlocked.CompareExchange<object?>(ref _gate, new object(), null); return _gate!; } } void M() { lock (_gate!) _n++; }")]
    public Task Innocent(string member) => Verify.Rule("TW2102", Class(member));

    [Theory]
    [InlineData("private object {|TW2102:_gate|} = new(); void Reset() { _gate = new object(); } void M() { lock (_gate) _n++; }")]
    [InlineData("private object {|TW2102:_gate|} = new(); void Reset() { lock (_gate) { _gate = new object(); } }")]
    [InlineData("private object {|TW2102:_gate|} = new(); void Reset() => this._gate = new object(); void M() { lock (this._gate) _n++; }")]
    [InlineData("private object {|TW2102:_gate|}; public C() { _gate = new object(); } void Reset() { _gate = new object(); } void M() { lock (_gate) _n++; }")]
    [InlineData("private static object {|TW2102:s_gate|} = new(); static void Reset() { s_gate = new object(); } static void M() { lock (s_gate) { } }")]
    [InlineData("private static object {|TW2102:s_gate|} = new(); public C() { s_gate = new object(); } static void M() { lock (s_gate) { } }")]
    [InlineData("private object? {|TW2102:_gate|}; void M() { lock (_gate ??= new object()) _n++; }")]
    [InlineData("private object? {|TW2102:_gate|}; void M() { _gate ??= new object(); lock (_gate) _n++; }")]
    [InlineData("private List<int> {|TW2102:_list|} = new(); void Add() { lock (_list) _list.Add(1); } void Take() { lock (_list) { _list = new List<int>(); } }")]
    [InlineData("private Dictionary<int, int> {|TW2102:_map|} = new(); void Take() { lock (_map) { var old = _map.Count; _map = new Dictionary<int, int>(); } }")]
    [InlineData("private Lock {|TW2102:_lock|} = new(); void Reset() { _lock = new Lock(); } void M() { lock (_lock) _n++; }")]
    [InlineData("private object {|TW2102:_gate|} = new(); object Gate { get => _gate; set => _gate = value; } void M() { lock (_gate) _n++; }")]
    [InlineData("private object {|TW2102:_gate|} = new(); void Start() { Task.Run(() => { _gate = new object(); }); } void M() { lock (_gate) _n++; }")]
    [InlineData("private object {|TW2102:_gate|} = new(); void Reset() { _gate = new object(); } void M() { Monitor.Enter(_gate); try { _n++; } finally { Monitor.Exit(_gate); } }")]
    [InlineData("protected object {|TW2102:_gate|} = new(); void Reset() { _gate = new object(); } void M() { lock (_gate) _n++; }")]
    public Task Guilty(string member) => Verify.Rule("TW2102", Class(member));

    [Fact]
    public Task Writes_in_another_part_of_the_type_count() => Verify.Rule("TW2102", """
        partial class C<T>
        {
            private object {|TW2102:_gate|} = new();
            void M() { lock (_gate) { } }
        }

        partial class C<T>
        {
            void Reset() { _gate = new object(); }
        }
        """);

    [Theory]
    [InlineData("private object? {|TW2102:_gate|}; void M() { if (_gate == null) _gate = new object(); lock (_gate) _n++; }")]
    [InlineData("private object? {|TW2102:_gate|}; void M() { if (this._gate is null) { _n--; _gate = new(); } lock (_gate) _n++; }")]
    [InlineData("private static object? {|TW2102:s_gate|}; void M() { if (s_gate is not null) _n--; else s_gate = new object(); lock (s_gate) _n++; }")]
    public Task A_first_use_by_a_test_for_null(string member) => Verify.Rule("TW2102", Class(member));

    [Theory]
    [InlineData("private object? _gate; private readonly object _outer = new(); void M() { lock (_outer) { if (_gate == null) _gate = new object(); } lock (_gate) _n++; }")]
    [InlineData("private object? _gate; void M() { if (_n > 3) _gate = new object(); lock (_gate!) _n++; }")]
    [InlineData("private object? _gate; void Init() { if (_gate == null) _gate = new object(); } void M() { lock (_gate!) _n++; }")]
    [InlineData("private object? _gate; void M() { if (_gate == null) Interlocked.CompareExchange(ref _gate, new object(), null); lock (_gate) _n++; }")]
    [InlineData("private List<int>? _gate; void M() { if (_gate == null) _gate = new(); lock (_gate) _gate.Add(_n); }")]
    public Task A_first_use_that_is_none_or_protected(string member) => Verify.Rule("TW2102", Class(member));

    [Theory]
    [InlineData("private Lock {|TW2102:_lock|} = new(); void M() { using (_lock.EnterScope()) _n++; } void Reset() { _lock = new Lock(); }")]
    [InlineData("private Lock {|TW2102:_lock|} = new(); void M() { using var scope = _lock.EnterScope(); _n++; } void Reset() { _lock = new Lock(); }")]
    [InlineData("private Lock? {|TW2102:_lock|}; void M() { _lock ??= new Lock(); using (_lock.EnterScope()) _n++; }")]
    [InlineData("private Lock {|TW2102:_lock|} = new(); void M() { var scope = _lock.EnterScope(); try { _n++; } finally { scope.Dispose(); } } void Reset() { _lock = new Lock(); }")]
    public Task A_lock_that_is_entered_by_its_scope(string member) => Verify.Rule("TW2102", Class(member));

    [Theory]
    [InlineData("private readonly Lock _lock = new(); void M() { using (_lock.EnterScope()) _n++; }")]
    [InlineData("private Lock? _lock; void Open() { _lock = new Lock(); } void M() { using (_lock!.EnterScope()) _n++; }")]
    public Task A_lock_that_is_entered_by_its_scope_and_stays(string member) => Verify.Rule("TW2102", Class(member));

    /// <summary>That two make the object is said once, by the rule that knows what it is for.</summary>
    [Theory]
    [InlineData("private static object? {|TW2102:s_gate|}; static int s_n; static void M() { s_gate ??= new object(); lock (s_gate) s_n++; }")]
    [InlineData("private static object? {|TW2102:s_gate|}; static int s_n; static void M() { if (s_gate == null) s_gate = new object(); lock (s_gate) s_n++; }")]
    public async Task The_rule_of_late_creations_leaves_it_to_this_one(string member)
    {
        await Verify.Rule("TW2102", Class(member));
        await Verify.Rule("TW3004", Class(member.Replace("{|TW2102:s_gate|}", "s_gate")));
    }

    /// <summary>A member of that name on another object is no call of the method by itself, and neither is a handler that the constructor adds.</summary>
    [Theory]
    [InlineData("private object {|TW2102:_gate|} = new(); private readonly List<int> _all = new(); void Add() { _all.Add(1); _gate = new object(); } void M() { lock (_gate) _n++; }")]
    [InlineData("private object {|TW2102:_gate|} = new(); void Even(int n) { _gate = new object(); if (n > 0) Odd(n - 1); } void Odd(int n) { if (n > 0) Even(n - 1); } void M() { lock (_gate) _n++; }")]
    [InlineData("private object {|TW2102:_gate|} = new(); public C(Timer t) { AppDomain.CurrentDomain.ProcessExit += Reset; } void Reset(object? o, EventArgs e) { _gate = new object(); } void M() { lock (_gate) _n++; }")]
    public Task A_method_that_names_only_itself(string member) => Verify.Rule("TW2102", Class(member));

    [Theory]
    [InlineData("private object _gate = new(); public C() { Even(3); } void Even(int n) { _gate = new object(); if (n > 0) Odd(n - 1); } void Odd(int n) { if (n > 0) Even(n - 1); } void M() { lock (_gate) _n++; }")]
    [InlineData("private object _gate = new(); public C() { Init(3); } void Init(int n) { _gate = new object(); if (n > 0) Init(n - 1); } void M() { lock (_gate) _n++; }")]
    public Task A_method_of_the_constructor_that_calls_itself(string member) => Verify.Rule("TW2102", Class(member));

    /// <summary>Who waited for the old object comes in beside who made the new one.</summary>
    [Theory]
    [InlineData("private List<int>? {|TW2102:_list|}; void Add() { _list ??= new(); lock (_list) _list.Add(1); } void Take() { lock (_list!) { if (_list.Count == 0) _list = null; } }")]
    [InlineData("private List<int>? {|TW2102:_list|}; void Add() { if (_list == null) _list = new(); lock (_list) _list.Add(1); } void Take() { lock (_list!) { _list.Clear(); _list = null; } }")]
    [InlineData("private Dictionary<int, int>? {|TW2102:_map|} = new(); void Open() { _map = new(); } void Take() { lock (_map!) { if (_map.Remove(_n) && _map.Count == 0) this._map = null; } }")]
    [InlineData("private static object? {|TW2102:s_gate|}; static void Open() { s_gate ??= new(); } void M() { lock (s_gate!) { _n++; s_gate.GetHashCode(); s_gate = default; } }")]
    public Task An_object_that_is_taken_away_under_its_own_lock(string member) => Verify.Rule("TW2102", Class(member));

    [Theory]
    [InlineData("private List<int>? _list = new(); void Add() { lock (_list!) _list.Add(1); } void Close() { lock (_list!) { _list.Clear(); _list = null; } }")]
    [InlineData("private List<int>? _list; public C() { _list = new(); } void Close() { lock (_list!) { _list.Clear(); _list = null; } }")]
    [InlineData("private readonly object _outer = new(); private List<int>? _list; void Add() { lock (_outer) { _list ??= new(); lock (_list) _list.Add(1); } } void Take() { lock (_outer) lock (_list!) { _list.Clear(); _list = null; } }")]
    [InlineData("private readonly object _outer = new(); private List<int>? _list; void Add() { lock (_outer) _list ??= new(); } void Take() { lock (_list!) { _list.Clear(); _list = null; } }")]
    [InlineData("private List<int>? _list; void Open() { _list ??= new(); } void Close() { _list = null; } void M() { lock (_list!) _list.Add(1); }")]
    [InlineData("private readonly object _gate = new(); private List<int>? _list; void Open() { _list ??= new(); } void Close() { lock (_gate) { _list?.Clear(); _list = null; } }")]
    public Task An_object_that_is_taken_away_for_good_or_under_another_lock(string member) => Verify.Rule("TW2102", Class(member));

    private static string Class(string member) => $$"""
        #pragma warning disable TW2109
        class C
        {
            private int _n;

            {{member}}
        }
        """;
}

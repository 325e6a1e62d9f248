using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.SharedState;

public class TW3015Tests
{
    private const string Get = "public int Get(string k) => _map[k];";

    [Theory]
    // Readers take no lock
    [InlineData("public void Load() { lock (_gate) { {|TW3015:_map = new Dictionary<string, int>()|}; _map.Add(\"a\", 1); } } public int Get(string k) => _map[k];")]
    [InlineData("public void Load() { lock (_gate) { {|TW3015:_map = new()|}; _map[\"a\"] = 1; } } public int Count() { var map = _map; return map.Count; }")]
    [InlineData("public void Load(string[] all) { lock (_gate) { Read(all); } } private void Read(string[] all) { {|TW3015:_map = new()|}; foreach (var one in all) { _map[one] = one.Length; } } public int Get(string k) => _map[k];")]
    [InlineData("public void Load() { lock (_gate) { {|TW3015:_box = new Box()|}; _box.Value = 1; } } public int Get() => _box.Value;")]
    [InlineData("public void Load() { lock (_gate) { {|TW3015:_all = new int[2]|}; _all[0] = 1; } } public int Get() => _all[0];")]
    [InlineData("public void Load() { lock (_gate) { var map = new Dictionary<string, int>(); {|TW3015:_map = map|}; map.Add(\"a\", 1); } } public int Get(string k) => _map[k];")]
    [InlineData("static Dictionary<string, int> s_map = new(); static readonly object s_gate = new(); public static void Load() { lock (s_gate) { {|TW3015:s_map = new()|}; s_map.Add(\"a\", 1); } } public static int Get(string k) => s_map[k];")]
    // A volatile field
    [InlineData("public void Load() { {|TW3015:_seen = new Box()|}; _seen.Value = 1; } public int Get() => _seen.Value;")]
    [InlineData("public void Load() { {|TW3015:_seen = new Box()|}; var x = 1; _seen.Value = x; } public int Get() { return Deep(); } private int Deep() => Deeper(); private int Deeper() => _seen.Value;")]
    [InlineData("public async Task Load() { await Task.Yield(); {|TW3015:this._seen = new Box()|}; this._seen.Value = 1; } public int Get() => _seen?.Value ?? 0;")]
    // A field that Interlocked uses
    [InlineData("public void Load() { {|TW3015:_box = new Box()|}; _box.Value = 1; } public Box Take() => Interlocked.Exchange(ref _box, null); public int Get() => _box.Value;")]
    // A fork that reads
    [InlineData("public C() { new Thread(Loop).Start(); } private void Loop() { while (true) { if (_box?.Value > 3) return; } } public void Load() { {|TW3015:_box = new Box()|}; _box.Value = 1; }")]
    // A constructor that makes the object known
    [InlineData("static readonly ConcurrentDictionary<int, C> s_known = new(); public C(int id) { {|TW3015:s_known[id] = this|}; _map = new(); }")]
    [InlineData("static readonly ConcurrentBag<C> s_known = new(); public C() { s_known.{|TW3015:Add(this)|}; _map = new(); }")]
    [InlineData("static volatile C s_last; public C() { {|TW3015:s_last = this|}; _box = new Box(); }")]
    [InlineData("static C s_last; static readonly object s_gate = new(); public C() { {|TW3015:s_last = this|}; _box = new Box(); } public static C Last() { lock (s_gate) { return s_last; } }")]
    [InlineData("static C s_last; public C() { Interlocked.{|TW3015:Exchange(ref s_last, this)|}; _box = new Box(); }")]
    // No object before, and readers that reckon with none; one from a constructor
    [InlineData("public void Load() { lock (_gate) { {|TW3015:_late = new()|}; _late.Add(\"a\", 1); } } public int Get(string k) => _late?[k] ?? 0;")]
    [InlineData("public void Load() { lock (_gate) { if (_late == null) { {|TW3015:_late = new()|}; _late.Add(\"a\", 1); } } } public int Get(string k) { var late = _late; return late == null ? 0 : late[k]; }")]
    [InlineData("public void Load() { {|TW3015:_lateSeen = new Box()|}; _lateSeen.Value = 1; } public int Get() { if (_lateSeen is null) return 0; return _lateSeen.Value; }")]
    [InlineData("readonly object _own = new(); Box _shown; public void Load() { {|TW3015:_shown = new Box()|}; _shown.Value = 1; } public int Get() => Volatile.Read(ref _shown)?.Value ?? 0;")]
    [InlineData("Dictionary<string, int> _made; public C() { _made = new(); } public void Load() { lock (_gate) { {|TW3015:_made = new()|}; _made.Add(\"a\", 1); } } public int Get(string k) => _made[k];")]
    // Filled by a helper, on a condition, in a try or using; stored by an atomic call
    [InlineData("public void Load() { lock (_gate) { {|TW3015:_map = new()|}; Read(); } } private void Read() => _map.Add(\"a\", 1); public int Get(string k) => _map[k];")]
    [InlineData("public void Load() { lock (_gate) { {|TW3015:_map = new()|}; Read(\"a\"); } } private void Read(string k) => Put(k); private void Put(string k) { _map[k] = 1; } public int Get(string k) => _map[k];")]
    [InlineData("public void Load(bool all) { lock (_gate) { {|TW3015:_map = new()|}; if (all) { _map.Add(\"a\", 1); } } } public int Get(string k) => _map[k];")]
    [InlineData("public void Load() { lock (_gate) { {|TW3015:_map = new()|}; try { _map.Add(\"a\", 1); } catch (ArgumentException) { } } } public int Get(string k) => _map[k];")]
    [InlineData("public void Load(string path) { lock (_gate) { {|TW3015:_map = new()|}; using (var r = new System.IO.StreamReader(path)) { _map.Add(r.ReadLine(), 1); } } } public int Get(string k) => _map[k];")]
    [InlineData("Box _own = new(); public void Load() { var box = new Box(); Volatile.{|TW3015:Write(ref _own, box)|}; box.Value = 1; } public int Get() => Volatile.Read(ref _own).Value;")]
    [InlineData("Box _own = new(); public void Load() { var box = new Box(); Interlocked.{|TW3015:Exchange(ref _own, box)|}; box.Value = 1; } public int Get() => Volatile.Read(ref _own).Value;")]
    public Task What_is_known_too_early_is_reported(string code) => Verify.Rule("TW3015", In(code));

    [Theory]
    // Filled first
    [InlineData("public void Load() { lock (_gate) { var map = new Dictionary<string, int>(); map.Add(\"a\", 1); _map = map; } } " + Get)]
    [InlineData("public void Load() { lock (_gate) { _map = new Dictionary<string, int> { [\"a\"] = 1 }; } } " + Get)]
    [InlineData("public void Load() { _seen = new Box { Value = 1 }; } public int Get() => _seen.Value;")]
    [InlineData("public void Load() { _seen = new Box(); } public int Get() => _seen.Value;")]
    [InlineData("public void Load() { var box = new Box(); box.Value = 1; _seen = box; } public int Get() => _seen.Value;")]
    [InlineData("public void Load() { _seen = Make(); _seen.Value = 1; } static Box Make() => new(); public int Get() => _seen.Value;")]
    // Readers take the lock
    [InlineData("public void Load() { lock (_gate) { _map = new(); _map.Add(\"a\", 1); } } public int Get(string k) { lock (_gate) { return _map[k]; } }")]
    [InlineData("public void Load() { lock (_gate) { Fill(); } } private void Fill() { _map = new(); _map.Add(\"a\", 1); } public int Get(string k) { lock (_gate) { return Deep(k); } } private int Deep(string k) => _map[k];")]
    [InlineData("readonly ReaderWriterLockSlim _rw = new(); public void Load() { _rw.EnterWriteLock(); try { _map = new(); _map.Add(\"a\", 1); } finally { _rw.ExitWriteLock(); } } public int Get(string k) { _rw.EnterReadLock(); try { return _map[k]; } finally { _rw.ExitReadLock(); } }")]
    [InlineData("public void Load() { lock (_gate) { _map = new(); _map.Add(\"a\", 1); } } public int Get(string k) { using (Guarded()) return _map[k]; } IDisposable Guarded() => null;")]
    // Nothing says that threads share it
    [InlineData("public void Load() { _map = new(); _map.Add(\"a\", 1); } " + Get)]
    [InlineData("public void Load() { _box = new Box(); _box.Value = 1; Task.Run(() => Use(_box)); } void Use(Box box) { }")]
    [InlineData("public C() { _seen = new Box(); _seen.Value = 1; } public int Get() => _seen.Value;")]
    [InlineData("public C() { Init(); } private void Init() { _seen = new Box(); _seen.Value = 1; } public int Get() => _seen.Value;")]
    [InlineData("public void Load() { lock (_gate) { _map = new(); _map.Add(\"a\", 1); } }")]
    [InlineData("public int Load() { lock (_gate) { _map = new(); _map.Add(\"a\", 1); } return _map.Count; }")]
    [InlineData("[ThreadStatic] static Box t_box; public static void Load() { lock (typeof(C)) { t_box = new Box(); t_box.Value = 1; } } public static int Get() => t_box.Value;")]
    [InlineData("public void Start() { new Thread(Loop).Start(); } private void Loop() { while (true) { _seen = new Box(); _seen.Value = 1; Step(); } } private void Step() => Use(_seen.Value); void Use(int value) { }")]
    // A helper with the lock of the readers, that fills something else, that is awaited; a way out in between; filled before the atomic call
    [InlineData("public void Load() { lock (_gate) { _map = new(); Read(); } } private void Read() => _map.Add(\"a\", 1); public int Get(string k) { lock (_gate) return _map[k]; }")]
    [InlineData("public void Load() { lock (_gate) { _map = new(); Read(); } } private void Read() => _late = new() { [\"a\"] = 1 }; public int Get(string k) => _map[k];")]
    [InlineData("readonly SemaphoreSlim _one = new(1, 1); public async Task Load() { await _one.WaitAsync(); try { _map = new(); await Read(); } finally { _one.Release(); } } private async Task Read() { await Task.Yield(); _map.Add(\"a\", 1); } public int Get(string k) => _map[k];")]
    [InlineData("public void Load(bool all) { lock (_gate) { _map = new(); if (!all) { return; } _map.Add(\"a\", 1); } } public int Get(string k) => _map[k];")]
    [InlineData("Box _own = new(); public void Load() { var box = new Box(); box.Value = 1; Volatile.Write(ref _own, box); } public int Get() => Volatile.Read(ref _own).Value;")]
    [InlineData("Box _own = new(); public Box Swap() { var box = new Box(); var old = Interlocked.Exchange(ref _own, box); old.Value = 1; return old; } public int Get() => Volatile.Read(ref _own).Value;")]
    // Changed later, by somebody else
    [InlineData("public void Load() { lock (_gate) { _map = new(); } } public void Add(string k) { lock (_gate) { _map.Add(k, 1); } } public int Get(string k) { lock (_gate) { return _map[k]; } }")]
    [InlineData("public async Task Load() { _seen = new Box(); await Task.Yield(); _seen.Value = 1; } public int Get() => _seen.Value;")]
    [InlineData("public void Load() { _seen = new Box(); _box.Value = 1; } public int Get() => _seen.Value;")]
    // A constructor whose last step it is, or that nobody else looks at
    [InlineData("static readonly ConcurrentBag<C> s_known = new(); public C() { _map = new(); s_known.Add(this); }")]
    [InlineData("static readonly List<C> s_known = new(); public C() { s_known.Add(this); _map = new(); }")]
    [InlineData("static C s_last; public C() { s_last = this; _map = new(); }")]
    [InlineData("readonly ConcurrentBag<C> _own = new(); public C() { _own.Add(this); _map = new(); }")]
    [InlineData("static readonly ConcurrentBag<C> s_known = new(); public C(bool known) { if (known) { s_known.Add(this); return; } _map = new(); }")]
    [InlineData("static readonly ConcurrentBag<object> s_known = new(); public C() { s_known.Add(new object()); _map = new(); }")]
    [InlineData("static volatile C s_last; readonly object _own; public C() { _own = this; _map = new(); s_last = this; }")]
    // The first object, where nobody reckons with none: who reads comes later
    [InlineData("public void Load() { lock (_gate) { _late = new(); _late.Add(\"a\", 1); } } public int Get(string k) => _late[k];")]
    [InlineData("public void Load() { _lateSeen = new Box(); _lateSeen.Value = 1; } public int Get() => _lateSeen.Value;")]
    [InlineData("bool _starting = true; public void Create() { lock (_gate) { if (_starting) { _starting = false; _slots = new object[4]; _slots[0] = _gate; for (var i = 1; i < 4; i++) _slots[i] = new object(); } } } public void Send(int to) => _slots[to].ToString();")]
    [InlineData("public int Get(string k) => _map.TryGetValue(k, out var v) ? v : Add(k); private int Add(string k) { lock (_gate) { if (_map == null) { _map = new(); _map[k] = 1; } else { _map = new(_map) { [k] = 1 }; } return 1; } }")]
    [InlineData("System.Timers.Timer _ping; public void Run() { _ping = new System.Timers.Timer(5); _ping.Elapsed += Tick; _ping.Enabled = true; } void Tick(object s, System.Timers.ElapsedEventArgs e) => _ping.Stop();")]
    [InlineData("volatile System.IO.FileSystemWatcher _w; public void Watch() { _w = new System.IO.FileSystemWatcher(\".\"); _w.Filter = \"*.x\"; _w.EnableRaisingEvents = true; } public void Stop() { _w?.Dispose(); }")]
    public Task Complete_objects_and_locked_readers_are_left_alone(string code) => Verify.Rule("TW3015", In(code));

    [Fact]
    public Task A_double_checked_lock_is_another_rules() => Verify.Rule("TW3015", In("""
        public Dictionary<string, int> Get() { if (_map == null) { lock (_gate) { if (_map == null) { {|TW3006:_map = new()|}; _map.Add("a", 1); } } } return _map; }
        public int Count() => _map.Count;
        """));

    [Theory]
    [InlineData("public void Load() { _seen = new Box(); _seen.Fill(); } public int Get() => _seen.Value;")]
    [InlineData("static volatile C s_last; public C() { s_last = this; Init(); } void Init() { _map = new(); }")]
    // To whom the object is given, and what a factory has made, is not followed.
    [InlineData("static readonly List<object> s_bus = new(); static void Subscribe(object o) { lock (s_bus) s_bus.Add(o); } public C() { Subscribe(this); _map = new(); }")]
    [InlineData("static event Action s_tick; public C() { s_tick += () => _map.Clear(); _map = new(); }")]
    [InlineData("public void Load() { _seen = Make(); _seen.Value = 1; } static Box Make() => new(); public int Get() => _seen.Value;")]
    public Task Misses_what_methods_fill(string code) => Verify.Rule("TW3015", In(code));

    private static string In(string code) => $$"""
        #nullable disable
        public class C
        {
            public sealed class Box { public int Value; public void Fill() => Value = 1; }
            readonly object _gate = new();
            Dictionary<string, int> _map = new();
            Box _box = new();
            int[] _all = new int[1];
            volatile Box _seen = new();
            Dictionary<string, int> _late;
            volatile Box _lateSeen;
            object[] _slots = null!;
            {{code}}
        }
        """;
}

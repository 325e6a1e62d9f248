using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.SharedState;

public class TW3006Tests
{
    [Theory]
    // No second check
    [InlineData("List<int> Get() { if (_x == null) { lock (_gate) { {|TW3006:_x = new List<int>()|}; } } return _x; }")]
    [InlineData("List<int> Get() { if (_x is null) lock (_gate) {|TW3006:_x = Load()|}; return _x; }")]
    [InlineData("List<int> Get() { if (_x != null) return _x; lock (_gate) { {|TW3006:_x = new()|}; return _x; } }")]
    [InlineData("List<int> P { get { if (null == _x || _x == null) { } if (_x == null) { lock (_gate) { var made = Load(); {|TW3006:_x = made|}; } } return _x; } }")]
    [InlineData("static List<int> Get() { if (s_x == null) { lock (s_gate) { {|TW3006:s_x = new List<int>()|}; } } return s_x; }")]
    [InlineData("void Init() { if (!_done) { lock (_gate) { Fill(); {|TW3006:_done = true|}; } } }")]
    [InlineData("void Init() { if (_done) return; lock (_gate) { Fill(); {|TW3006:_done = true|}; } }")]
    [InlineData("void Init() { if (!_ready) { lock (_gate) { Fill(); {|TW3006:_ready = true|}; } } }")]
    // Filled afterwards
    [InlineData("List<int> Get() { if (_x == null) { lock (_gate) { if (_x == null) { {|TW3006:_x = new List<int>()|}; _x.Add(1); } } } return _x; }")]
    [InlineData("List<int> Get() { if (_x == null) { lock (_gate) { if (_x == null) { {|TW3006:_x = new()|}; for (var i = 0; i < 9; i++) _x.Add(i); } } } return _x; }")]
    [InlineData("Dictionary<int, int> Get() { if (_map != null) return _map; lock (_gate) { if (_map == null) { {|TW3006:_map = new()|}; _map[1] = 2; } return _map; } }")]
    [InlineData("Box Get() { if (_box == null) { lock (_gate) { if (_box == null) { {|TW3006:_box = new Box()|}; _box.Value = 1; } } } return _box; }")]
    [InlineData("int[] Get() { if (_all == null) { lock (_gate) { if (_all == null) { {|TW3006:_all = new int[2]|}; _all[0] = 1; } } } return _all; }")]
    // The flag first
    [InlineData("List<int> Get() { if (!_done) { lock (_gate) { if (!_done) { {|TW3006:_done = true|}; _x = Load(); } } } return _x; }")]
    [InlineData("List<int> Get() { if (_done) return _x; lock (_gate) { if (!_done) { {|TW3006:_done = true|}; _x = new(); } return _x; } }")]
    // The flag first, in a helper whose callers read what it stands for
    [InlineData("void Ensure() { if (_done) return; lock (_gate) { if (_done) return; {|TW3006:_done = true|}; _x = Load(); } } List<int> Get() { Ensure(); return _x; }")]
    [InlineData("void Ensure() { if (!_done) { lock (_gate) { if (!_done) { {|TW3006:_done = true|}; _x = Load(); } } } } int Count { get { Ensure(); return _x.Count; } }")]
    [InlineData("readonly Dictionary<int, int> _all2 = new(); void Ensure() { if (_done) return; lock (_gate) { if (_done) return; {|TW3006:_done = true|}; _all2[1] = 2; } } int Get(int k) { Ensure(); return _all2[k]; }")]
    [InlineData("void Ensure() { if (_done) return; lock (_gate) { if (_done) return; {|TW3006:_done = true|}; Read(); } } void Read() => _x = Load(); List<int> Get() { Ensure(); if (_x.Count == 0) return null; return _x; }")]
    [InlineData("List<int> Get() { if (!_done) { lock (_gate) { if (!_done) { {|TW3006:_done = true|}; Read(); } } } return _x; } void Read() => _x = Load();")]
    // More than a word
    [InlineData("decimal Get() { if (_price == null) { lock (_gate) { if (_price == null) {|TW3006:_price = 3m|}; } } return _price.Value; }")]
    [InlineData("decimal Get() { if (!_price.HasValue) { lock (_gate) { if (!_price.HasValue) { {|TW3006:_price = Cost()|}; } } } return _price.Value; }")]
    [InlineData("decimal Get() { if (_price is null) { lock (_gate) { {|TW3006:_price ??= Cost()|}; } } return _price.Value; }")]
    [InlineData("decimal Get() { if (_price == null) lock (_gate) {|TW3006:_price = _price ?? Cost()|}; return _price.Value; }")]
    [InlineData("decimal Get() { if (_price is not null) return _price.Value; lock (_gate) { if (_price is null) {|TW3006:_price = Cost()|}; return _price.Value; } }")]
    [InlineData("decimal Get() { if (_price is { } known) return known; lock (_gate) { return {|TW3006:_price ??= Cost()|}; } }")]
    [InlineData("decimal Get() { if (_price is not { }) { lock (_gate) { if (!_price.HasValue) {|TW3006:_price = Cost()|}; } } return _price.Value; }")]
    [InlineData("decimal Get() { if (!(_price is not null)) { lock (_gate) { if (_price is null) {|TW3006:_price = Cost()|}; } } return _price.Value; }")]
    [InlineData("decimal Get() { if (_price.HasValue) { return _price.Value; } lock (_gate) { if (_price.HasValue) { return _price.Value; } {|TW3006:_price = Cost()|}; return _price.Value; } }")]
    [InlineData("List<int> Get() { if (_x is { } known) return known; lock (_gate) { {|TW3006:_x = Load()|}; return _x; } }")]
    [InlineData("List<int> Get() { if (_x is not { }) { lock (_gate) { {|TW3006:_x = Load()|}; } } return _x; }")]
    public Task Broken_forms_are_reported(string code) => Verify.Rule("TW3006", In(code));

    [Theory]
    [InlineData("List<int> Get() { if (_x == null) { lock (_gate) { if (_x == null) { _x = new List<int>(); } } } return _x; }")]
    [InlineData("List<int> Get() { if (_x == null) lock (_gate) _x ??= new List<int>(); return _x; }")]
    [InlineData("List<int> Get() { if (_x == null) { lock (_gate) { _x = _x ?? new List<int>(); } } return _x; }")]
    [InlineData("List<int> Get() { if (_x == null) { lock (_gate) { _x = _x == null ? new List<int>() : _x; } } return _x; }")]
    [InlineData("List<int> Get() { if (_x != null) return _x; lock (_gate) { if (_x != null) return _x; _x = new(); return _x; } }")]
    [InlineData("List<int> Get() { if (_x != null) return _x; lock (_gate) { if (_x == null) { var made = new List<int>(); made.Add(1); _x = made; } return _x; } }")]
    [InlineData("List<int> Get() { if (_x == null) { lock (_gate) { if (_x == null) { var made = new List<int>(); made.Add(1); Volatile.Write(ref _x, made); } } } return _x; }")]
    [InlineData("List<int> Get() { lock (_gate) { if (_x == null) { _x = new(); _x.Add(1); } return _x; } }")]
    [InlineData("List<int> Get() { lock (_gate) { return _x ??= Load(); } }")]
    [InlineData("void Init() { if (!_ready) { lock (_gate) { if (!_ready) { Fill(); _ready = true; } } } }")]
    [InlineData("void Init() { if (_done) return; lock (_gate) { if (_done) return; Fill(); _done = true; } }")]
    // The flag first, and nobody reads too early: under the lock, before the call, not at all, with an eye on null, in the other branch; or what is called asks for the flag
    [InlineData("void Ensure() { if (_done) return; lock (_gate) { if (_done) return; _x = Load(); _done = true; } } List<int> Get() { Ensure(); return _x; }")]
    [InlineData("void Ensure() { if (_done) return; lock (_gate) { if (_done) return; _done = true; _x = Load(); } } List<int> Get() { Ensure(); lock (_gate) return _x; }")]
    [InlineData("void Ensure() { if (_done) return; lock (_gate) { if (_done) return; _done = true; _x = Load(); } } List<int> Get() { lock (_gate) { Ensure(); return _x; } }")]
    [InlineData("void Ensure() { if (_done) return; lock (_gate) { if (_done) return; _done = true; _x = Load(); } } void Get() { var had = _x; Ensure(); }")]
    [InlineData("void Ensure() { if (_done) return; lock (_gate) { if (_done) return; _done = true; _x = Load(); } } int Get() { Ensure(); return _map.Count; }")]
    [InlineData("void Ensure() { if (_done) return; lock (_gate) { if (_done) return; _done = true; _x = Load(); } } int Get() { Ensure(); return _x?.Count ?? 0; }")]
    [InlineData("void Ensure() { if (_done) return; lock (_gate) { if (_done) return; _done = true; _x = Load(); } } List<int> Get(bool b) { if (b) { Ensure(); return null; } else { return _x; } }")]
    [InlineData("void Ensure() { if (_done) return; lock (_gate) { if (_done) return; _done = true; Read(); } } void Read() { if (_done) _x = Load(); } List<int> Get() { Ensure(); return _x; }")]
    [InlineData("void Ensure() { if (_done) return; lock (_gate) { if (_done) return; _done = true; _x = Load(); } } public C() { Ensure(); _x.Clear(); }")]
    // Of one step: references asked for by a pattern, and nullables under the lock all along
    [InlineData("List<int> Get() { if (_x is { } known) return known; lock (_gate) { return _x ??= Load(); } }")]
    [InlineData("List<int> Get() { if (_x is not { }) { lock (_gate) { if (_x is null) _x = Load(); } } return _x; }")]
    [InlineData("decimal Get() { lock (_gate) { if (_price is null) _price ??= Cost(); return _price.Value; } }")]
    [InlineData("void Drop() { if (_price is not null) { lock (_gate) { _price = null; } } }")]
    [InlineData("void Set(decimal p) { if (_price.HasValue) { lock (_gate) { _price = p; } } }")]
    // Once, and nobody waits for it
    [InlineData("void Start() { if (!_done) { lock (_gate) { if (!_done) { _done = true; Fill(); } } } }")]
    [InlineData("void Stop() { if (!_done) { lock (_gate) { _done = true; } } }")]
    [InlineData("void Stop() { if (_x != null) { lock (_gate) { _x = null; } } }")]
    [InlineData("void Reload() { if (_x != null) { lock (_gate) { _x = Load(); } } }")]
    [InlineData("void Mark() { if (_done) { lock (_gate) { Fill(); _done = false; } } }")]
    // Held by the callers, or owned
    [InlineData("public List<int> Get() { lock (_gate) return Make(); } private List<int> Make() { if (_x == null) { lock (_gate) { _x = new(); } } return _x; }")]
    [InlineData("List<int> Get() { lock (_gate) { if (_x == null) { lock (s_gate) { _x = new(); } } return _x; } }")]
    [InlineData("public C() { if (_x == null) { lock (_gate) { _x = new(); } } }")]
    [InlineData("[ThreadStatic] static List<int> t_x; static List<int> Get() { if (t_x == null) { lock (s_gate) { t_x = new(); } } return t_x; }")]
    [InlineData("void M(List<int> x) { if (x == null) { lock (_gate) { x = new(); } } x.Add(1); }")]
    [InlineData("static List<int> Of(C c) { if (c._x == null) { lock (c._gate) { c._x = new(); } } return c._x; }")]
    // Another condition
    [InlineData("void M(bool force) { if (force) { lock (_gate) { _x = new(); } } }")]
    [InlineData("void M() { if (_x == null) { lock (_gate) { _map = new(); } } }")]
    [InlineData("void M() { if (_x == null) { lock (_gate) { if (Missing()) _x = new(); } } } bool Missing() => _x == null;")]
    [InlineData("readonly Lazy<List<int>> _lazy = new(Load); List<int> Get() => _lazy.Value;")]
    [InlineData("List<int> Get() => LazyInitializer.EnsureInitialized(ref _x, Load);")]
    public Task Right_forms_are_left_alone(string code) => Verify.Rule("TW3006", In(code));

    /// <summary>What is read outside of the lock is a local: the right form for references, and a copy of half a value for others.</summary>
    [Theory]
    [InlineData("decimal Get() { var known = _price; if (known is null) { lock (_gate) { known = _price ??= Cost(); } } return known.Value; }")]
    [InlineData("void Ensure() { if (_done) return; lock (_gate) { if (_done) return; _done = true; try { _x = Load(); } finally { Fill(); } } } List<int> Get() { Ensure(); return _x; }")]
    public Task Misses_tests_of_a_local_and_steps_in_a_try(string code) => Verify.Rule("TW3006", In(code));

    /// <summary>Sections under other locks than a <c>lock</c> statement takes.</summary>
    [Theory]
    [InlineData("readonly SemaphoreSlim _gate = new(1, 1); List<int> _x; async Task<List<int>> Get() { if (_x == null) { await _gate.WaitAsync(); try { {|TW3006:_x = new List<int>()|}; } finally { _gate.Release(); } } return _x; }")]
    [InlineData("readonly SemaphoreSlim _gate = new(1, 1); List<int> _x; async Task<List<int>> Get() { if (_x != null) return _x; await _gate.WaitAsync(); try { {|TW3006:_x = new List<int>()|}; return _x; } finally { _gate.Release(); } }")]
    [InlineData("readonly SemaphoreSlim _gate = new(1, 1); List<int> _x; async Task<List<int>> Get(CancellationToken ct) { if (_x != null) return _x; await _gate.WaitAsync(ct).ConfigureAwait(false); try { {|TW3006:_x = await Load()|}; return _x; } finally { _gate.Release(); } } static Task<List<int>> Load() => Task.FromResult(new List<int>());")]
    [InlineData("readonly SemaphoreSlim _gate = new(1, 1); bool _done; async Task Init() { if (_done) return; await _gate.WaitAsync(); try { await Load(); {|TW3006:_done = true|}; } finally { _gate.Release(); } } static Task Load() => Task.CompletedTask;")]
    [InlineData("readonly SemaphoreSlim _gate = new(1, 1); List<int> _x; List<int> Get() { if (_x == null) { _gate.Wait(); try { {|TW3006:_x = new List<int>()|}; } finally { _gate.Release(); } } return _x; }")]
    [InlineData("readonly object _gate = new(); List<int> _x; List<int> Get() { if (_x == null) { Monitor.Enter(_gate); try { {|TW3006:_x = new List<int>()|}; } finally { Monitor.Exit(_gate); } } return _x; }")]
    [InlineData("readonly object _gate = new(); List<int> _x; List<int> Get() { if (_x == null) { Monitor.Enter(_gate); try { if (_x == null) { {|TW3006:_x = new List<int>()|}; _x.Add(1); } } finally { Monitor.Exit(_gate); } } return _x; }")]
    [InlineData("readonly Lock _gate = new(); List<int> _x; List<int> Get() { if (_x == null) { using (_gate.EnterScope()) { {|TW3006:_x = new List<int>()|}; } } return _x; }")]
    [InlineData("readonly Lock _gate = new(); List<int> _x; List<int> Get() { if (_x == null) { lock (_gate) { {|TW3006:_x = new List<int>()|}; } } return _x; }")]
    [InlineData("readonly Mutex _gate = new(); List<int> _x; List<int> Get() { if (_x == null) { _gate.WaitOne(); try { {|TW3006:_x = new List<int>()|}; } finally { _gate.ReleaseMutex(); } } return _x; }")]
    [InlineData("readonly SemaphoreSlim _gate = new(1, 1); bool _done; List<int> _x; async Task<List<int>> Get() { if (!_done) { await _gate.WaitAsync(); try { if (!_done) { {|TW3006:_done = true|}; _x = await Load(); } } finally { _gate.Release(); } } return _x; } static Task<List<int>> Load() => Task.FromResult(new List<int>());")]
    [InlineData("readonly SemaphoreSlim _gate = new(1, 1); decimal? _x; async Task<decimal> Get() { if (_x == null) { await _gate.WaitAsync(); try { if (_x == null) { {|TW3006:_x = 3m|}; } } finally { _gate.Release(); } } return _x.Value; }")]
    [InlineData("readonly object _gate = new(); (int, int)? _x; int Get() { if (!_x.HasValue) { lock (_gate) { if (!_x.HasValue) { {|TW3006:_x = (1, 2)|}; } } } return _x.Value.Item1; }")]
    [InlineData("static readonly SemaphoreSlim s_gate = new(1, 1); static List<int> s_x; static async Task<List<int>> Get() { if (s_x is null) { await s_gate.WaitAsync(); try { {|TW3006:s_x = new()|}; } finally { s_gate.Release(); } } return s_x; }")]
    [InlineData("readonly ReaderWriterLockSlim _l = new(); List<int> _x; List<int> Get() { if (_x == null) { _l.EnterWriteLock(); try { {|TW3006:_x = new()|}; } finally { _l.ExitWriteLock(); } } return _x; }")]
    [InlineData("readonly Lock _gate = new(); List<int> _x; List<int> Get() { if (_x == null) { using var s = _gate.EnterScope(); {|TW3006:_x = new List<int>()|}; } return _x; }")]
    [InlineData("readonly Lock _gate = new(); List<int> _x; List<int> Get() { if (_x != null) return _x; using var s = _gate.EnterScope(); {|TW3006:_x = new List<int>()|}; return _x; }")]
    [InlineData("readonly Lock _gate = new(); List<int> _x; List<int> Get() { if (_x != null) { return _x; } using var s = _gate.EnterScope(); if (_x != null) { return _x; } {|TW3006:_x = new List<int>()|}; _x.Add(1); return _x; }")]
    [InlineData("readonly Lock _gate = new(); bool _done; List<int> _x; List<int> Get() { if (!_done) { using var s = _gate.EnterScope(); if (!_done) { {|TW3006:_done = true|}; _x = new(); } } return _x; }")]
    // Near misses
    [InlineData("readonly object _gate = new(); readonly string _src = \"\"; string _x; string Get() { if (_x == null) { lock (_gate) { _x = _src.ToUpperInvariant() + 1; } } return _x; }")]
    [InlineData("readonly object _gate = new(); string _x; string Get() { if (_x == null) { lock (_gate) { {|TW3006:_x = Load()|}; } } return _x; } string Load() => \"\";")]
    [InlineData("readonly Lock _gate = new(); List<int> _x; List<int> Get() { if (_x == null) { using var s = _gate.EnterScope(); if (_x == null) { _x = new List<int>(); } } return _x; }")]
    [InlineData("readonly Lock _gate = new(); List<int> _x; List<int> Get() { if (_x == null) { using var s = _gate.EnterScope(); _x ??= new List<int>(); } return _x; }")]
    [InlineData("readonly Lock _gate = new(); List<int> _x; List<int> Get() { if (_x != null) return _x; using var s = _gate.EnterScope(); if (_x != null) return _x; _x = new List<int>(); return _x; }")]
    [InlineData("readonly Lock _gate = new(); List<int> _x; List<int> Get() { using var s = _gate.EnterScope(); if (_x == null) { _x = new List<int>(); } return _x; }")]
    [InlineData("readonly Lock _gate = new(); List<int> _x; List<int> Get() { if (_x == null) { _x = new List<int>(); using var s = _gate.EnterScope(); _x.Clear(); } return _x; }")]
    [InlineData("readonly Lock _gate = new(); bool _done; List<int> _x = new(); List<int> Get() { if (_done) return null; using var s = _gate.EnterScope(); if (_done) return null; _done = true; _x = new(); return _x; }")]
    [InlineData("Stream _x; Stream Get() { if (_x == null) { using var t = File.OpenRead(\"a\"); _x = new MemoryStream(); } return _x; }")]
    [InlineData("readonly SemaphoreSlim _gate = new(1, 1); List<int> _x; async Task<List<int>> Get() { if (_x == null) { await _gate.WaitAsync(); try { if (_x == null) _x = new List<int>(); } finally { _gate.Release(); } } return _x; }")]
    [InlineData("readonly SemaphoreSlim _gate = new(1, 1); List<int> _x; async Task<List<int>> Get() { if (_x != null) return _x; await _gate.WaitAsync(); try { return _x ??= new List<int>(); } finally { _gate.Release(); } }")]
    [InlineData("readonly SemaphoreSlim _gate = new(1, 1); List<int> _x; async Task<List<int>> Get() { if (_x != null) return _x; await _gate.WaitAsync(); try { if (_x != null) return _x; _x = new List<int>(); return _x; } finally { _gate.Release(); } }")]
    [InlineData("readonly SemaphoreSlim _gate = new(4, 4); List<int> _x; async Task<List<int>> Get() { if (_x == null) { await _gate.WaitAsync(); try { _x = new List<int>(); } finally { _gate.Release(); } } return _x; }")]
    [InlineData("readonly SemaphoreSlim _gate = new(0); List<int> _x; async Task<List<int>> Get() { if (_x == null) { await _gate.WaitAsync(); _x = new List<int>(); } return _x; } void Go() => _gate.Release();")]
    [InlineData("readonly object _gate = new(); List<int> _x; List<int> Get() { if (_x == null) { if (Monitor.TryEnter(_gate)) { try { _x = new List<int>(); } finally { Monitor.Exit(_gate); } } } return _x; }")]
    [InlineData("readonly Lock _gate = new(); List<int> _x; List<int> Get() { if (_x == null) { using (_gate.EnterScope()) { _x ??= new List<int>(); } } return _x; }")]
    [InlineData("readonly SemaphoreSlim _gate = new(1, 1); List<int> _x; async Task<List<int>> Get() { await _gate.WaitAsync(); try { if (_x == null) { _x = new List<int>(); _x.Add(1); } return _x; } finally { _gate.Release(); } }")]
    [InlineData("readonly SemaphoreSlim _gate = new(1, 1); List<int> _x; async Task Stop() { if (_x != null) { await _gate.WaitAsync(); try { _x = null; } finally { _gate.Release(); } } }")]
    [InlineData("readonly SemaphoreSlim _gate = new(1, 1); bool _done; async Task Start() { if (_done) return; await _gate.WaitAsync(); try { if (_done) return; await Load(); _done = true; } finally { _gate.Release(); } } static Task Load() => Task.CompletedTask;")]
    [InlineData("readonly SemaphoreSlim _gate = new(1, 1); List<int> _x; public C() { if (_x == null) { _gate.Wait(); try { _x = new(); } finally { _gate.Release(); } } }")]
    [InlineData("readonly object _gate = new(); int? _x; int Get() { lock (_gate) { if (_x == null) _x = 3; return _x.Value; } }")]
    [InlineData("readonly SemaphoreSlim _gate = new(1, 1); List<int> _x; public async Task<List<int>> Get() { await _gate.WaitAsync(); try { return Make(); } finally { _gate.Release(); } } readonly object _g2 = new(); private List<int> Make() { if (_x == null) { lock (_g2) { _x = new(); } } return _x; }")]
    [InlineData("readonly SemaphoreSlim _gate = new(1, 1); List<int> _x; async Task<List<int>> Get() { if (_x == null) { await _gate.WaitAsync(); try { await Ensure(); } finally { _gate.Release(); } } return _x; } async Task Ensure() { if (_x == null) { await Task.Yield(); _x = new(); } }")]
    [InlineData("readonly ReaderWriterLockSlim _l = new(); List<int> _x; List<int> Get() { _l.EnterUpgradeableReadLock(); try { if (_x == null) { _l.EnterWriteLock(); try { _x = new(); } finally { _l.ExitWriteLock(); } } return _x; } finally { _l.ExitUpgradeableReadLock(); } }")]
    [InlineData("Stream _x; Stream Get() { if (_x == null) { using (var t = File.OpenRead(\"a\")) { _x = new MemoryStream(); } } return _x; }")]
    [InlineData("Stream _x; Stream Get() { if (_x == null) { var t = new List<int>(); try { _x = new MemoryStream(); } finally { t.Clear(); } } return _x; }")]
    [InlineData("readonly SemaphoreSlim _gate = new(1, 1); List<int> _x; async Task<List<int>> Get() { if (_x != null) return _x; await _gate.WaitAsync(); try { if (IsMissing()) { _x = new(); } return _x; } finally { _gate.Release(); } } bool IsMissing() => _x == null;")]
    [InlineData("readonly SemaphoreSlim _gate = new(1, 1); bool _started; async Task Start() { if (_started) return; await _gate.WaitAsync(); try { _started = true; } finally { _gate.Release(); } }")]
    [InlineData("readonly SemaphoreSlim _gate; public C(int n) { _gate = new(n); } List<int> _x; async Task<List<int>> Get() { if (_x == null) { await _gate.WaitAsync(); try { _x = new List<int>(); } finally { _gate.Release(); } } return _x; }")]
    public Task Other_locks(string code) => Verify.Rule("TW3006", $$"""
        #nullable disable
        class C
        {
            {{code}}
        }
        """);

    private static string In(string code) => $$"""
        #nullable disable
        class C
        {
            sealed class Box { public int Value; }
            static readonly object s_gate = new();
            static List<int> s_x;
            readonly object _gate = new();
            List<int> _x;
            Dictionary<int, int> _map;
            int[] _all;
            Box _box;
            bool _done;
            volatile bool _ready;
            decimal? _price;
            static List<int> Load() => new();
            static decimal Cost() => 1;
            void Fill() { }
            {{code}}
        }
        """;
}

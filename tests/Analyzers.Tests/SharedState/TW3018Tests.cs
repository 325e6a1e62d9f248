using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.SharedState;

public class TW3018Tests
{
    [Theory]
    // A hosted service and who calls it
    [InlineData("class S : BackgroundService { readonly List<int> _items = new(); public void Add(int x) => _items.Add(x); protected override async Task ExecuteAsync(CancellationToken ct) { while (!ct.IsCancellationRequested) { {|TW3018:_items|}.Clear(); await Task.Delay(100, ct); } } }")]
    [InlineData("class S : BackgroundService { int _done; public void Reset() => _done = 0; protected override async Task ExecuteAsync(CancellationToken ct) { while (true) { {|TW3018:_done|}++; await Task.Delay(100, ct); } } }")]
    [InlineData("class S : BackgroundService { (int, int) _last; public (int, int) Last => _last; protected override async Task ExecuteAsync(CancellationToken ct) { for (var i = 0; ; i++) { {|TW3018:_last|} = (i, -i); await Task.Delay(100, ct); } } }")]
    [InlineData("class S : BackgroundService { readonly Dictionary<int, int> _map = new(); internal int Get(int k) => Look(k); private int Look(int k) => _map[k]; protected override async Task ExecuteAsync(CancellationToken ct) { await Task.Yield(); Fill(); } private void Fill() => Really(); private void Really() { {|TW3018:_map|}[1] = 1; } }")]
    [InlineData("interface IAdd { void Add(int x); } class S : BackgroundService, IAdd { readonly Queue<int> _q = new(); void IAdd.Add(int x) => _q.Enqueue(x); protected override Task ExecuteAsync(CancellationToken ct) { while ({|TW3018:_q|}.TryDequeue(out var x)) Console.WriteLine(x); return Task.CompletedTask; } }")]
    // Timers and watchers that a constructor starts
    [InlineData("class S { readonly Timer _timer; readonly List<int> _items = new(); public S() { _timer = new Timer(_ => Flush(), null, 100, Timeout.Infinite); } public void Add(int x) { {|TW3018:_items|}.Add(x); } private void Flush() { foreach (var x in _items) Console.WriteLine(x); } }")]
    [InlineData("class S { readonly Timer _timer; int _ticks; public S() { _timer = new Timer(OnTick, null, 100, Timeout.Infinite); } public int Take() { var n = _ticks; _ticks = 0; return n; } private void OnTick(object? state) => {|TW3018:_ticks|}++; }")]
    [InlineData("class S { readonly System.Timers.Timer _timer = new(100); readonly StringBuilder _text = new(); public S() { _timer.Elapsed += (s, e) => {|TW3018:_text|}.Clear(); _timer.AutoReset = false; _timer.Start(); } public void Write(string s) => _text.Append(s); }")]
    [InlineData("class S { readonly System.IO.FileSystemWatcher _watcher = new(\".\"); readonly HashSet<string> _changed = new(); public S() { _watcher.Changed += OnChanged; _watcher.EnableRaisingEvents = true; } public bool Has(string n) => _changed.Contains(n); private void OnChanged(object s, System.IO.FileSystemEventArgs e) => {|TW3018:_changed|}.Add(e.Name!); }")]
    // A hosted service that ticks, and one that is started by hand
    [InlineData("class S : BackgroundService { readonly List<int> _items = new(); public void Add(int x) => _items.Add(x); protected override async Task ExecuteAsync(CancellationToken ct) { using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1)); while (await timer.WaitForNextTickAsync(ct)) { {|TW3018:_items|}.Clear(); } } }")]
    [InlineData("class S : BackgroundService { readonly PeriodicTimer _timer = new(TimeSpan.FromSeconds(1)); readonly Dictionary<int, int> _map = new(); public int Get(int k) => _map[k]; protected override async Task ExecuteAsync(CancellationToken ct) { while (await _timer.WaitForNextTickAsync(ct).ConfigureAwait(false) && !ct.IsCancellationRequested) { Fill(); } } private void Fill() => {|TW3018:_map|}[1] = 1; }")]
    [InlineData("class S : IHostedService { Timer? _timer; readonly List<int> _items = new(); public void Add(int x) => {|TW3018:_items|}.Add(x); public Task StartAsync(CancellationToken ct) { _timer = new Timer(Flush, null, 100, Timeout.Infinite); return Task.CompletedTask; } public Task StopAsync(CancellationToken ct) { _timer?.Change(-1, -1); return Task.CompletedTask; } private void Flush(object? state) { foreach (var x in _items) Console.WriteLine(x); } }")]
    [InlineData("class S : IHostedService { readonly System.Timers.Timer _timer = new(100) { AutoReset = false }; (int, int) _last; public (int, int) Last => _last; public Task StartAsync(CancellationToken ct) { _timer.Elapsed += (s, e) => {|TW3018:_last|} = (e.SignalTime.Day, e.SignalTime.Hour); _timer.Start(); return Task.CompletedTask; } public Task StopAsync(CancellationToken ct) { _timer.Stop(); return Task.CompletedTask; } }")]
    [InlineData("class S : IHostedService { Task? _loop; readonly CancellationTokenSource _end = new(); readonly Queue<int> _q = new(); public bool Has(int x) => _q.Contains(x); public Task StartAsync(CancellationToken ct) { _loop = Task.Run(LoopAsync); return Task.CompletedTask; } public async Task StopAsync(CancellationToken ct) { _end.Cancel(); await _loop!; } private async Task LoopAsync() { while (!_end.IsCancellationRequested) { {|TW3018:_q|}.Enqueue(1); await Task.Delay(100); } } }")]
    // A thread or task that the constructor starts and that goes on
    [InlineData("class S { readonly ManualResetEvent _stop = new(false); readonly List<int> _items = new(); public S() { new Thread(Loop).Start(); } public void Add(int x) => _items.Add(x); public void Stop() => _stop.Set(); private void Loop() { while (!_stop.WaitOne(100)) {|TW3018:_items|}.Clear(); } }")]
    [InlineData("class S { readonly CancellationTokenSource _end = new(); readonly List<int> _items = new(); public S() { new Thread(Loop).Start(); } public void Add(int x) => _items.Add(x); public void Stop() => _end.Cancel(); private void Loop() { while (!_end.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(1))) { {|TW3018:_items|}.Clear(); } } }")]
    [InlineData("class S { readonly List<int> _items = new(); public S() { new Thread(Loop) { IsBackground = true }.Start(); } public void Add(int x) => _items.Add(x); private void Loop() { while (true) { {|TW3018:_items|}.Clear(); Thread.Sleep(100); } } }")]
    [InlineData("class S : IDisposable { readonly Thread _thread; volatile bool _stop; readonly Dictionary<int, int> _map = new(); public S() { _thread = new Thread(Loop); _thread.Start(); } public int Get(int k) => _map[k]; public void Dispose() { _stop = true; _thread.Join(); } private void Loop() { while (!_stop) { Fill(); Thread.Sleep(100); } } private void Fill() => {|TW3018:_map|}[1] = 1; }")]
    [InlineData("class S { int _done; public S(CancellationToken ct) { Task.Run(async () => { while (!ct.IsCancellationRequested) { {|TW3018:_done|}++; await Task.Delay(100); } }); } public void Reset() => _done = 0; }")]
    [InlineData("class S { readonly PeriodicTimer _timer = new(TimeSpan.FromSeconds(1)); readonly StringBuilder _text = new(); public S() { _ = Task.Run(() => RunAsync()); } public void Write(string s) => _text.Append(s); private async Task RunAsync() { while (await _timer.WaitForNextTickAsync()) {|TW3018:_text|}.Clear(); } }")]
    [InlineData("static class S { static readonly List<int> s_items = new(); static S() { new Thread(Loop) { IsBackground = true }.Start(); } public static void Add(int x) => s_items.Add(x); private static void Loop() { for (;;) { {|TW3018:s_items|}.Clear(); Thread.Sleep(100); } } }")]
    // A cache beside guarded state
    [InlineData("static class S { static readonly Dictionary<Type, string> s_names = new(); static readonly ConcurrentDictionary<Type, int> s_sizes = new(); public static int Size(Type t) => s_sizes.GetOrAdd(t, x => 1); public static string Name(Type t) { if (!s_names.TryGetValue(t, out var n)) { n = t.Name; {|TW3018:s_names|}.Add(t, n); } return n; } }")]
    [InlineData("static class S { static readonly Dictionary<Type, string> s_names = new(); static readonly object s_gate = new(); static int s_n; public static void Up() { lock (s_gate) s_n++; } public static string Name(Type t) { if (!s_names.ContainsKey(t)) {|TW3018:s_names|}[t] = t.Name; return s_names[t]; } }")]
    [InlineData("class S { private S() { } public static S Instance { get; } = new(); readonly Dictionary<int, string> _texts = new(); readonly ConcurrentQueue<int> _q = new(); public void Put(int x) => _q.Enqueue(x); public string Text(int x) { if (_texts.TryGetValue(x, out var t)) return t; return {|TW3018:_texts|}[x] = x.ToString(); } }")]
    // Made at first use
    [InlineData("class S { readonly object _gate = new(); int _n; decimal? _rate; public void Up() { lock (_gate) _n++; } public decimal Rate() => {|TW3018:_rate|} ??= Load(); static decimal Load() => 1m; }")]
    [InlineData("class S { readonly ConcurrentDictionary<int, int> _map = new(); DateTime? _first; public void Put(int x) => _map[x] = x; public DateTime First() { if (_first == null) {|TW3018:_first|} = DateTime.Now; return _first.Value; } }")]
    [InlineData("class S { readonly object _gate = new(); int _n; bool? _ok; public void Up() { lock (_gate) _n++; } public bool Ok => _ok ?? ({|TW3018:_ok|} = Ask()).Value; static bool? Ask() => Environment.Is64BitProcess; }")]
    // Volatile
    [InlineData("class S { volatile int _n; public void Up() { {|TW3018:_n|}++; } public int N => _n; }")]
    [InlineData("class S { volatile int _flags; public void Mark(int f) => Set(f); private void Set(int f) => {|TW3018:_flags|} |= f; public bool Has(int f) => (_flags & f) != 0; }")]
    // Static state of what is made for each request
    [InlineData("class S : Microsoft.AspNetCore.Mvc.ControllerBase { static int s_hits; public int Get() { {|TW3018:s_hits|}++; return s_hits; } }")]
    [InlineData("class S : Microsoft.AspNetCore.Mvc.ControllerBase { static readonly Dictionary<string, int> s_seen = new(); public int Get(string k) { if (!s_seen.TryGetValue(k, out var n)) Put(k); return n; } private static void Put(string k) => {|TW3018:s_seen|}[k] = 1; }")]
    [InlineData("abstract class Api : Microsoft.AspNetCore.Mvc.ControllerBase { } class S : Api { static List<string> Log { get; } = new(); public async Task Post(string s) { await Task.Yield(); {|TW3018:Log|}.Add(s); } }")]
    [InlineData("class S : Microsoft.AspNetCore.Mvc.ControllerBase { static decimal? s_rate; public decimal? Get() => s_rate; public void Put(decimal rate) { {|TW3018:s_rate|} = rate; } }")]
    // The author's word
    [InlineData("[Threadwise.ThreadSafe] class S { int _n; public int N => _n; public void Up() => Step(); private void Step() => {|TW3018:_n|}++; }")]
    [InlineData("[Threadwise.ThreadSafe] class S<T> { readonly List<T> _all = new(); public int Count => _all.Count; public void Add(T x) { {|TW3018:_all|}.Add(x); } }")]
    [InlineData("[Threadwise.ThreadSafe] partial class S { (int, int) _range; } partial class S { public (int, int) Range => _range; public void Set(int x) { {|TW3018:_range|} = (x, x); } }")]
    public Task State_that_threads_probably_share_is_reported(string code) => Verify.Rule("TW3018", In(code));

    [Theory]
    // Guarded on both sides
    [InlineData("class S : BackgroundService { readonly object _gate = new(); readonly List<int> _items = new(); public void Add(int x) { lock (_gate) _items.Add(x); } protected override async Task ExecuteAsync(CancellationToken ct) { while (true) { lock (_gate) _items.Clear(); await Task.Delay(100, ct); } } }")]
    [InlineData("class S : BackgroundService { readonly ConcurrentQueue<int> _items = new(); public void Add(int x) => _items.Enqueue(x); protected override async Task ExecuteAsync(CancellationToken ct) { while (true) { _items.TryDequeue(out _); await Task.Delay(100, ct); } } }")]
    [InlineData("class S : BackgroundService { int _n; public int N => _n; protected override async Task ExecuteAsync(CancellationToken ct) { while (true) { _n++; await Task.Delay(100, ct); } } }")]
    [InlineData("class S : BackgroundService { int _n; public void Up() => Interlocked.Increment(ref _n); protected override async Task ExecuteAsync(CancellationToken ct) { while (true) { Interlocked.Exchange(ref _n, 0); await Task.Delay(100, ct); } } }")]
    [InlineData("class S : BackgroundService { ImmutableList<int> _items = ImmutableList<int>.Empty; public void Add(int x) => ImmutableInterlocked.Update(ref _items, l => l.Add(x)); protected override async Task ExecuteAsync(CancellationToken ct) { foreach (var x in _items) await Task.Delay(x, ct); } }")]
    // One side only, before the start, behind the end
    [InlineData("class S : BackgroundService { readonly List<int> _items = new(); protected override async Task ExecuteAsync(CancellationToken ct) { while (true) { _items.Add(1); Work(); await Task.Delay(100, ct); } } private void Work() => _items.Clear(); }")]
    [InlineData("class S : BackgroundService { readonly List<int> _items = new(); public S(int x) { _items.Add(x); } protected override async Task ExecuteAsync(CancellationToken ct) { while (true) { _items.Clear(); await Task.Delay(100, ct); } } public override Task StopAsync(CancellationToken ct) { _items.Clear(); return base.StopAsync(ct); } public override void Dispose() { _items.Clear(); base.Dispose(); } }")]
    [InlineData("class S : BackgroundService { readonly List<int> _items = new(); public int Count => _items.Count; public override string ToString() => string.Join(\",\", _items); protected override async Task ExecuteAsync(CancellationToken ct) { while (true) { _items.Add(1); await Task.Delay(100, ct); } } }")]
    [InlineData("class S : BackgroundService { readonly SemaphoreSlim _ready = new(0); readonly List<int> _items = new(); public void Add(int x) { _items.Add(x); _ready.Release(); } protected override async Task ExecuteAsync(CancellationToken ct) { await _ready.WaitAsync(ct); _items.Clear(); } }")]
    [InlineData("class S { Timer? _timer; readonly List<int> _items = new(); public void Add(int x) => _items.Add(x); public void Begin() { _timer = new Timer(_ => Flush(), null, 100, Timeout.Infinite); } private void Flush() => _items.Clear(); }")]
    [InlineData("class S { readonly Timer _timer; readonly List<int> _items = new(); public S() { _timer = {|TW1015:new Timer|}(_ => Flush(), null, Timeout.Infinite, 100); } public void Add(int x) => _items.Add(x); private void Flush() => _items.Clear(); }")]
    [InlineData("class S { readonly System.Timers.Timer _timer = new(100); readonly List<int> _items = new(); public S() { _timer.Elapsed += (s, e) => _items.Clear(); } public void Add(int x) => _items.Add(x); public void Begin() { _timer.AutoReset = false; _timer.Start(); } }")]
    [InlineData("class S { readonly System.Timers.Timer _timer = new(100); readonly List<int> _items = new(); public S(System.ComponentModel.ISynchronizeInvoke ui) { _timer.SynchronizingObject = ui; _timer.Elapsed += (s, e) => _items.Clear(); _timer.AutoReset = false; _timer.Start(); } public void Add(int x) => _items.Add(x); }")]
    [InlineData("class S { readonly Timer _timer; readonly List<int> _items = new(); public S() { _timer = new Timer(_ => Console.WriteLine(1), null, 100, Timeout.Infinite); } public void Add(int x) => _items.Add(x); public void Clear() => _items.Clear(); }")]
    // A hosted service that is started by hand: guarded, told by a flag, or by nobody else's members
    [InlineData("class S : IHostedService { readonly object _gate = new(); Timer? _timer; readonly List<int> _items = new(); public void Add(int x) { lock (_gate) _items.Add(x); } public Task StartAsync(CancellationToken ct) { _timer = new Timer(Flush, null, 100, Timeout.Infinite); return Task.CompletedTask; } public Task StopAsync(CancellationToken ct) { _timer?.Dispose(); return Task.CompletedTask; } private void Flush(object? state) { lock (_gate) _items.Clear(); } }")]
    [InlineData("class S : IHostedService { Timer? _timer; int _n; public Task StartAsync(CancellationToken ct) { _timer = new Timer(Tick, null, 100, Timeout.Infinite); return Task.CompletedTask; } public Task StopAsync(CancellationToken ct) { _n = 0; return Task.CompletedTask; } private void Tick(object? state) { _n++; _timer!.Change(100, -1); } }")]
    [InlineData("class S { Timer? _timer; readonly List<int> _items = new(); public void Add(int x) => _items.Add(x); public Task StartAsync(CancellationToken ct) { _timer = new Timer(Flush, null, 100, Timeout.Infinite); return Task.CompletedTask; } private void Flush(object? state) => _items.Clear(); }")]
    // What a constructor starts: guarded, joined, signalled, told by a flag
    [InlineData("class S { readonly object _gate = new(); readonly List<int> _items = new(); public S() { new Thread(Loop) { IsBackground = true }.Start(); } public void Add(int x) { lock (_gate) _items.Add(x); } private void Loop() { while (true) { lock (_gate) _items.Clear(); Thread.Sleep(100); } } }")]
    [InlineData("class S { readonly ConcurrentQueue<int> _items = new(); public S() { new Thread(Loop) { IsBackground = true }.Start(); } public void Add(int x) => _items.Enqueue(x); private void Loop() { while (true) { _items.Clear(); Thread.Sleep(100); } } }")]
    [InlineData("class S { readonly BlockingCollection<int> _q = new(); readonly List<int> _seen = new(); public S() { new Thread(Loop) { IsBackground = true }.Start(); } public void Add(int x) { _seen.Add(x); _q.Add(x); } private void Loop() { while (true) { _seen.Remove(_q.Take()); } } }")]
    [InlineData("class S { readonly AutoResetEvent _go = new(false); readonly List<int> _items = new(); public S() { new Thread(Loop) { IsBackground = true }.Start(); } public void Add(int x) { _items.Add(x); _go.Set(); } private void Loop() { while (true) { _go.WaitOne(); _items.Clear(); } } }")]
    [InlineData("class S { readonly Dictionary<int, int> _map = new(); volatile bool _full; public S() { new Thread(Loop) { IsBackground = true }.Start(); } public int Get(int k) => _full ? _map[k] : 0; private void Loop() { while (true) { if (!_full) { _map[1] = 1; _full = true; } Thread.Sleep(100); } } }")]
    [InlineData("class S { readonly List<int> _own = new(); int _n; public int N => _n; public S() { new Thread(Loop) { IsBackground = true }.Start(); } private void Loop() { while (true) { _own.Add(_n); _n++; Thread.Sleep(100); } } }")]
    [InlineData("class S { readonly List<int> _items = new(); public S() { _items.Add(1); Add(2); Task.Run(() => { while (true) { Console.WriteLine(_items.Count); Thread.Sleep(100); } }); } private void Add(int x) => _items.Add(x); public int Count => _items.Count; }")]
    // It ends, and who made the object may know; or it is started by a choice, or later
    [InlineData("class S { readonly Task _load; readonly Dictionary<int, int> _map = new(); public S() { _load = Task.Run(Load); } public async Task<int> Get(int k) { await _load; return _map[k]; } private void Load() => _map[1] = 1; }")]
    [InlineData("class S { public Task Loaded { get; } readonly Dictionary<int, int> _map = new(); public S() { Loaded = Task.Run(Load); } public int Get(int k) => _map[k]; private void Load() { foreach (var x in new[] { 1, 2 }) _map[x] = 1; } }")]
    [InlineData("class S { readonly List<int> _items = new(); public S(bool cleans) { if (cleans) new Thread(Loop) { IsBackground = true }.Start(); } public void Add(int x) => _items.Add(x); private void Loop() { while (true) { _items.Clear(); Thread.Sleep(100); } } }")]
    [InlineData("class S { readonly List<int> _items = new(); public void Run() { new Thread(Loop) { IsBackground = true }.Start(); } public void Add(int x) => _items.Add(x); private void Loop() { while (true) { _items.Clear(); Thread.Sleep(100); } } }")]
    [InlineData("class S { readonly List<int> _items = new(); public S(TaskScheduler ui) { Task.Factory.StartNew(Loop, default, default, ui); } public void Add(int x) => _items.Add(x); private void Loop() { while (true) { _items.Clear(); Thread.Sleep(100); } } }")]
    // Its own thread may be the one that calls the members
    [InlineData("class S { readonly List<int> _items = new(); public event Action? Tick; public S() { new Thread(Loop) { IsBackground = true }.Start(); } public void Add(int x) => _items.Add(x); private void Loop() { while (true) { Tick?.Invoke(); _items.Clear(); Thread.Sleep(100); } } }")]
    [InlineData("interface IPart { void Update(S s); } class S { readonly List<int> _items = new(); readonly IPart _part; public S(IPart part) { _part = part; new Thread(Loop) { IsBackground = true }.Start(); } public void Add(int x) => _items.Add(x); private void Loop() { while (true) { _part.Update(this); _items.Clear(); Thread.Sleep(100); } } }")]
    [InlineData("abstract class S { readonly List<int> _items = new(); protected S() { new Thread(Loop) { IsBackground = true }.Start(); } public void Add(int x) => _items.Add(x); protected abstract void Update(); private void Loop() { while (true) { Update(); _items.Clear(); Thread.Sleep(100); } } }")]
    // Types of one thread
    [InlineData("class Control { } class S : Control { readonly System.Timers.Timer _timer = new(100); readonly List<int> _items = new(); public S() { _timer.Elapsed += (s, e) => _items.Clear(); _timer.AutoReset = false; _timer.Start(); } public void Add(int x) => _items.Add(x); }")]
    [InlineData("class S { readonly SynchronizationContext _ui = SynchronizationContext.Current!; readonly Timer _timer; readonly List<int> _items = new(); public S() { _timer = new Timer(_ => Flush(), null, 100, Timeout.Infinite); } public void Add(int x) => _items.Add(x); private void Flush() => _items.Clear(); }")]
    [InlineData("class ControllerBase { } class S : ControllerBase { readonly Dictionary<int, int> _own = new(); readonly ConcurrentDictionary<int, int> _all = new(); public int Get(int k) { if (!_own.TryGetValue(k, out var v)) _own.Add(k, v = _all[k]); return v; } }")]
    // No sign
    [InlineData("static class S { static readonly Dictionary<Type, string> s_names = new(); public static string Name(Type t) { if (!s_names.TryGetValue(t, out var n)) s_names.Add(t, n = t.Name); return n; } }")]
    [InlineData("class S { readonly Dictionary<int, int> _own = new(); readonly ConcurrentDictionary<int, int> _all = new(); public int Get(int k) { if (!_own.TryGetValue(k, out var v)) _own.Add(k, v = _all[k]); return v; } }")]
    [InlineData("class S { decimal? _rate; public decimal Rate() => _rate ??= 1m; }")]
    [InlineData("static class S { static readonly Dictionary<Type, string> s_names = Make(); static readonly ConcurrentDictionary<Type, int> s_sizes = new(); static Dictionary<Type, string> Make() { var d = new Dictionary<Type, string>(); d.Add(typeof(int), \"i\"); return d; } public static string Name(Type t) => s_names[t]; }")]
    [InlineData("static class S { static readonly Dictionary<Type, string> s_names = new(); static readonly ConcurrentDictionary<Type, int> s_sizes = new(); static S() { s_names.Add(typeof(int), \"i\"); } public static string Name(Type t) => s_names[t]; }")]
    [InlineData("static class S { static readonly Dictionary<Type, string> s_names = new(); static readonly ConcurrentDictionary<Type, int> s_sizes = new(); public static void Register(Type t, string n) => s_names.Add(t, n); public static string Name(Type t) => s_names[t]; }")]
    [InlineData("static class S { [ThreadStatic] static Dictionary<Type, string>? t_names; static readonly ConcurrentDictionary<Type, int> s_sizes = new(); public static string Name(Type t) { t_names ??= new(); if (!t_names.TryGetValue(t, out var n)) t_names.Add(t, n = t.Name); return n; } }")]
    [InlineData("static class S { static readonly Dictionary<Type, string> s_names = new(); static readonly object s_gate = new(); static int s_n; public static string Name(Type t) { lock (s_gate) { s_n++; if (!s_names.TryGetValue(t, out var n)) s_names.Add(t, n = t.Name); return n; } } }")]
    [InlineData("class S { readonly object _gate = new(); int _n; string? _name; int _size; public void Up() { lock (_gate) _n++; } public string Name() => _name ??= \"a\"; public int Size() { if (_size == 0) _size = 9; return _size; } }")]
    [InlineData("class S { readonly object _gate = new(); int _n; DateTime? _end; public void Up() { lock (_gate) _n++; } public DateTime? End { get => _end; set => _end = value; } }")]
    [InlineData("class S { readonly object _gate = new(); int _n; decimal? _rate; public S() { _rate ??= 1m; } public void Up() { lock (_gate) _n++; } public decimal? Rate => _rate; }")]
    [InlineData("class S { volatile bool _stop; public void Stop() => _stop = true; public bool Stopped => _stop; }")]
    [InlineData("class S { volatile bool _swapped; int _left = 9; public void Put() { if (Interlocked.Decrement(ref _left) == 0) { _swapped = !_swapped; _left = 9; } } public bool Swapped => _swapped; }")]
    [InlineData("class N { public N? Next; public int Value; } class S { volatile N _first = new(); public void Pop() => _first = _first.Next!; public int Front => _first.Value; }")]
    [InlineData("class S { volatile int _n; readonly object _gate = new(); public void Up() { lock (_gate) _n++; } public int N => _n; }")]
    [InlineData("class S { volatile int _n; public S() { _n++; } public int N => _n; }")]
    [InlineData("class S { volatile int _n; public void Run() { var t = new Thread(() => { for (var i = 0; i < 9; i++) _n++; }); t.Start(); Console.WriteLine(_n); t.Join(); } }")]
    // What each request has for itself, and static state that is guarded, atomic, made once or one for each thread
    [InlineData("class S : Microsoft.AspNetCore.Mvc.ControllerBase { int _hits; readonly List<int> _own = new(); public int Get() { _hits++; _own.Add(1); return _hits; } }")]
    [InlineData("class S : Microsoft.AspNetCore.Mvc.ControllerBase { static int s_hits; static readonly object s_gate = new(); public int Get() { lock (s_gate) { return Up(); } } private static int Up() => ++s_hits; }")]
    [InlineData("class S : Microsoft.AspNetCore.Mvc.ControllerBase { static int s_hits; public int Get() => Interlocked.Increment(ref s_hits); }")]
    [InlineData("class S : Microsoft.AspNetCore.Mvc.ControllerBase { static readonly Dictionary<string, int> s_known = new() { [\"a\"] = 1 }; static readonly ConcurrentDictionary<string, int> s_all = new(); static string? s_name; static S() { s_known.Add(\"b\", 2); } public int Get(string k) { s_name ??= k; s_all[k] = 1; return s_known[k]; } }")]
    [InlineData("class S : Microsoft.AspNetCore.Mvc.ControllerBase { [ThreadStatic] static int t_hits; static bool s_warm; public int Get() { s_warm = true; return t_hits++; } }")]
    [InlineData("class S : Microsoft.AspNetCore.Mvc.ControllerBase { static readonly SemaphoreSlim s_one = new(1, 1); static int s_hits; public async Task Get() { await s_one.WaitAsync(); try { s_hits++; } finally { s_one.Release(); } } }")]
    [InlineData("class ControllerBase { } class S : ControllerBase { static int s_hits; public void Get() => s_hits++; }")]
    [InlineData("[Threadwise.ThreadSafe] class S { readonly object _gate = new(); int _n; readonly List<int> _all = new(); public void Up(int x) { lock (_gate) { _n++; Add(x); } } private void Add(int x) => _all.Add(x); public int N => _n; }")]
    [InlineData("[Threadwise.ThreadSafe] class S { readonly List<int> _all = new(); string _name = \"\"; public S() { _all.Add(1); } public int Count => _all.Count; public string Name { get => _name; set => _name = value; } }")]
    [InlineData("[Threadwise.ThreadConfined] class S { decimal? _rate; readonly ConcurrentDictionary<int, int> _map = new(); public void Put(int x) => _map[x] = x; public decimal Rate() => _rate ??= 1m; }")]
    [InlineData("class ThreadSafeAttribute : Attribute { } [ThreadSafe] class S { int _n; public void Up() => _n++; }")]
    public Task State_of_one_thread_or_without_a_sign_is_left_alone(string code) => Verify.Rule("TW3018", In(code));

    [Theory]
    // What is certain, or the habit of the type, speaks first.
    [InlineData("class S : BackgroundService { int _n; public void Up() => Parallel.For(0, 9, i => {|TW3001:_n|}++); protected override async Task ExecuteAsync(CancellationToken ct) { while (true) { _n++; await Task.Delay(100, ct); } } }")]
    [InlineData("class S : BackgroundService { readonly object _gate = new(); readonly List<int> _items = new(); public void A(int x) { lock (_gate) _items.Add(x); } public void B(int x) { lock (_gate) _items.Remove(x); } protected override async Task ExecuteAsync(CancellationToken ct) { while (true) { {|TW3002:_items|}.Clear(); await Task.Delay(100, ct); } } }")]
    [InlineData("class S { readonly Timer _timer; readonly List<int> _items = new(); public S() { _timer = {|TW1015:new Timer|}(_ => Flush(), null, 0, 100); } public void Add(int x) => _items.Add(x); private void Flush() => _items.Clear(); }")]
    public Task Gives_way_to_what_is_known_better(string code) => Verify.Rule("TW3018", In(code));

    [Theory]
    // Registrations of containers are not seen.
    [InlineData("class S { readonly Dictionary<int, int> _map = new(); public int Get(int k) { if (!_map.TryGetValue(k, out var v)) _map.Add(k, v = k); return v; } }")]
    public Task Misses_what_only_a_container_knows(string code) => Verify.Rule("TW3018", In(code));

    [Theory]
    // Who made the object may wait for the end by a way that the type does not show, a signal may be the order, and an async method that is called goes on wherever it was.
    [InlineData("class S { readonly Dictionary<int, int> _map = new(); public S() { Task.Run(Load); } public int Get(int k) => _map[k]; private void Load() => _map[1] = 1; }")]
    [InlineData("class S { readonly ManualResetEvent _stop = new(false); readonly List<int> _items = new(); public S() { new Thread(Loop).Start(); } public void Add(int x) => _items.Add(x); public void Stop() => _stop.Set(); private void Loop() { while (!_stop.WaitOne(100)) _items.Clear(); _items.Add(0); } }")]
    [InlineData("class S { readonly List<int> _items = new(); public S() { _ = LoopAsync(); } public void Add(int x) => _items.Add(x); private async Task LoopAsync() { while (true) { await Task.Delay(100).ConfigureAwait(false); _items.Clear(); } } }")]
    public Task Misses_what_a_constructor_starts_and_may_order(string code) => Verify.Rule("TW3018", In(code));

    private static string In(string code) => $$"""
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.Collections.Immutable;
        using System.Linq;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.Hosting;
        {{code}}
        namespace Threadwise
        {
            public sealed class ThreadSafeAttribute : Attribute { }
            public sealed class ThreadConfinedAttribute : Attribute { }
        }
        namespace Microsoft.AspNetCore.Mvc
        {
            public abstract class ControllerBase { }
        }
        namespace Microsoft.Extensions.Hosting
        {
            public interface IHostedService
            {
                Task StartAsync(CancellationToken cancellationToken);
                Task StopAsync(CancellationToken cancellationToken);
            }

            public abstract class BackgroundService : IHostedService, IDisposable
            {
                public virtual Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
                protected abstract Task ExecuteAsync(CancellationToken stoppingToken);
                public virtual Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
                public virtual void Dispose() { }
            }
        }
        """;
}

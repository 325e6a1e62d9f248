using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

/// <summary>The rules about the lock object itself on helpers two calls deep, types in parts and generic types.</summary>
public class LockObjectDepthTests
{
    [Theory]
    // TW2103: the object comes from elsewhere, or others have it too
    [InlineData("TW2103", "class C { int _n; void M() { var gate = new object(); Outer(gate); Outer(gate); } void Outer(object gate) => Inner(gate); void Inner(object gate) { lock (gate) _n++; } }")]
    [InlineData("TW2103", "class C { int _n; readonly object _gate = new(); object Outer() => Inner(); object Inner() => _gate; void M() { var gate = Outer(); lock (gate) _n++; } }")]
    [InlineData("TW2103", "class C<T> where T : class, new() { int _n; void M() { var gate = new T(); Share(gate); lock (gate) _n++; } void Share(T gate) => Keep(gate); T? _kept; void Keep(T gate) => _kept = gate; }")]
    [InlineData("TW2103", "partial class C { int _n; void M() { var gate = new object(); Share(gate); lock (gate) _n++; } partial void Share(object gate); } partial class C { object? _kept; partial void Share(object gate) => _kept = gate; }")]
    // TW2104: one static gate, or state of the object
    [InlineData("TW2104", "class C { static readonly object s_gate = new(); static int s_n; public void M() { lock (s_gate) Outer(); } void Outer() => Inner(); void Inner() => s_n++; }")]
    [InlineData("TW2104", "partial class C { readonly object _gate = new(); int _n; public void M() { lock (_gate) Outer(); } } partial class C { void Outer() => Inner(); void Inner() => _n++; }")]
    [InlineData("TW2104", "class C<T> { readonly object _gate = new(); [ThreadStatic] static int s_n; public void M(T x) { lock (_gate) s_n++; } }")]
    [InlineData("TW2104", "class C { readonly object _gate = new(); static int s_n; public void M() { lock (_gate) Outer(); } void Outer() => Inner(); void Inner() => Interlocked.Increment(ref s_n); }")]
    // TW2105: passed by reference all the way down
    [InlineData("TW2105", "class C { SpinLock _lock = new(false); int _n; public void M() => Outer(ref _lock); void Outer(ref SpinLock l) => Inner(ref l); void Inner(ref SpinLock l) { var taken = false; try { l.Enter(ref taken); _n++; } finally { if (taken) l.Exit(); } } }")]
    [InlineData("TW2105", "partial class C { private SpinLock _lock; } partial class C { int _n; public void M() { var taken = false; try { _lock.Enter(ref taken); _n++; } finally { if (taken) _lock.Exit(); } } }")]
    [InlineData("TW2105", "class Box<T> { public SpinLock Gate; public T? Value; } class C<T> { readonly Box<T> _box = new(); public void M(T x) { var taken = false; try { _box.Gate.Enter(ref taken); _box.Value = x; } finally { if (taken) _box.Gate.Exit(); } } }")]
    // TW2106: locks of the type's own
    [InlineData("TW2106", "public class C { readonly object _gate = new(); int _n; public void M() { lock (_gate) Outer(); } void Outer() => Inner(); [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)] void Inner() => _n++; }")]
    [InlineData("TW2106", "public partial class C<T> { readonly object _gate = new(); T? _value; public partial void Set(T value); } public partial class C<T> { public partial void Set(T value) { lock (_gate) _value = value; } }")]
    // TW2108: what is locked stays within
    [InlineData("TW2108", "public class C { private readonly object _gate = new(); int _n; public void M() => Outer(); void Outer() => Inner(); void Inner() { lock (_gate) _n++; } }")]
    [InlineData("TW2108", "internal sealed class C<T> { readonly List<T> _all = new(); public void Add(T x) { lock (Items()) _all.Add(x); } List<T> Items() => Own(); List<T> Own() => _all; }")]
    [InlineData("TW2108", "public partial class C { private readonly object _gate = new(); } public partial class C { int _n; public void M() { lock (_gate) _n++; } }")]
    // TW2109: written somewhere else too
    [InlineData("TW2109", "partial class C { private object {|TW2102:_gate|} = new(); int _n; public void M() { lock (_gate) _n++; } } partial class C { public void Reset() => Outer(); void Outer() => Inner(); void Inner() => _gate = new(); }")]
    [InlineData("TW2109", "class C<T> { private object _gate = new(); T? _value; public void M(T x) { lock (_gate) _value = x; } void Outer() => Inner(ref _gate); static void Inner(ref object gate) => gate = new object(); }")]
    [InlineData("TW2109", "class C { private object? _gate; int _n; object Outer() => Inner(); object Inner() => _gate ??= new object(); public void M() { lock (Outer()) _n++; } }")]
    public Task Innocent(string id, string code) => Verify.Rule(id, code);

    [Theory]
    [InlineData("TW2103", "class C<T> { int _n; void M(T x) { var gate = new List<T>(); lock ({|TW2103:gate|}) { _n++; Outer(x); } } void Outer(T x) => Inner(x); void Inner(T x) => Console.WriteLine(x); }")]
    [InlineData("TW2103", "partial class C { int _n; } partial class C { void M() { var gate = new object(); lock ({|TW2103:gate|}) Outer(); } void Outer() => Inner(); void Inner() => _n++; }")]
    [InlineData("TW2108", "public partial class C<T> { T? _value; public void M(T x) => Outer(x); void Outer(T x) => Inner(x); } public partial class C<T> { void Inner(T x) { lock ({|TW2108:this|}) _value = x; } }")]
    [InlineData("TW2109", "partial class C<T> { private object {|TW2109:_gate|} = new(); } partial class C<T> { T? _value; public void M(T x) => Outer(x); void Outer(T x) => Inner(x); void Inner(T x) { lock (_gate) _value = x; } }")]
    public Task Guilty(string id, string code) => Verify.Rule(id, code);
}

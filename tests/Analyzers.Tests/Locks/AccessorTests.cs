using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

/// <summary>TW2005 through accessors: a property, an indexer or an event that takes the lock which its user holds.</summary>
public class AccessorTests
{
    [Theory]
    [InlineData("void M() { _rw.EnterWriteLock(); try { while ({|TW2005:Count|} > 3) _all.Clear(); } finally { _rw.ExitWriteLock(); } }")]
    [InlineData("string M() { _rw.EnterReadLock(); try { return $\"{{|TW2005:Count|}} items\"; } finally { _rw.ExitReadLock(); } }")]
    [InlineData("void M() { _rw.EnterReadLock(); try { {|TW2005:this[0]|} = 3; } finally { _rw.ExitReadLock(); } }")]
    [InlineData("int M() { _rw.EnterReadLock(); try { return {|TW2005:this[0]|}; } finally { _rw.ExitReadLock(); } }")]
    [InlineData("void M() { _gate.Wait(); try { {|TW2005:N|}++; } finally { _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); try { {|TW2005:N|} = 4; } finally { _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); try { {|TW2005:N|} += 4; } finally { _gate.Release(); } }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { {|TW2005:Changed += Print|}; } finally { _gate.Release(); } }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { {|TW2005:this.Changed -= Print|}; } finally { _gate.Release(); } }")]
    [InlineData("void M() { s_gate.Wait(); try { _all.Add({|TW2005:Shared|}); } finally { s_gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); try { {|TW2005:Inner()|}; } finally { _gate.Release(); } } void Inner() { _all.Add(N); }")]
    [InlineData("int Deep => N + 1; void M() { _gate.Wait(); try { _all.Add({|TW2005:Deep|}); } finally { _gate.Release(); } }")]
    [InlineData("void M() { using (Hold()) { _all.Add({|TW2005:N|}); } }")]
    public Task Guilty(string member) => Verify.Rule("TW2005", Class(member));

    [Theory]
    [InlineData("void M() { _rw.EnterWriteLock(); try { _all.Add(Plain); } finally { _rw.ExitWriteLock(); } }")]
    [InlineData("void M() { _rw.EnterWriteLock(); try { _all.Add(1); } finally { _rw.ExitWriteLock(); } _all.Add(Count); }")]
    [InlineData("void M() { _all.Add(Count); _rw.EnterWriteLock(); try { _all.Add(1); } finally { _rw.ExitWriteLock(); } }")]
    [InlineData("void M(C other) { _gate.Wait(); try { other.N = 4; } finally { _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); try { Console.WriteLine(nameof(N)); } finally { _gate.Release(); } }")]
    [InlineData("C M() { _gate.Wait(); try { return new C { N = 4 }; } finally { _gate.Release(); } }")]
    [InlineData("bool M(object o) { _gate.Wait(); try { return o is C { N: 4 }; } finally { _gate.Release(); } }")]
    [InlineData("Func<int> M() { _gate.Wait(); try { return () => N; } finally { _gate.Release(); } }")]
    [InlineData("void M() { s_gate.Wait(); try { _all.Add(N); } finally { s_gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); try { _all.Add(Tried); } finally { _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); try { _all.Add(Seldom); } finally { _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); try { _all.Add(Other); } finally { _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); try { Stored = 3; } finally { _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); try { Half = 3; } finally { _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); try { foreach (var i in Each) _all.Add(i); } finally { _gate.Release(); } }")]
    [InlineData("void M() { using (Hold()) { _all.Add(Plain); } _all.Add(N); }")]
    public Task Innocent(string member) => Verify.Rule("TW2005", Class(member));

    /// <summary>Tasks that are started under the lock and waited for together.</summary>
    [Theory]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { await Task.WhenAll({|TW2005:AddAsync()|}, Task.Delay(1)); } finally { _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); try { Task.WaitAll({|TW2005:AddAsync()|}); } finally { _gate.Release(); } }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { await Task.WhenAny(AddAsync(), Task.Delay(1)); } finally { _gate.Release(); } }")]
    [InlineData("async Task M() { Task all; await _gate.WaitAsync(); try { all = Task.WhenAll(AddAsync(), Task.Delay(1)); } finally { _gate.Release(); } await all; }")]
    public Task Tasks_that_are_waited_for_together(string member) => Verify.Rule("TW2005", Class(member));

    /// <summary>The constructor makes the lock; a type within the class has a field of that name.</summary>
    [Theory]
    [InlineData("private readonly ReaderWriterLockSlim _late; public C() { _late = new ReaderWriterLockSlim(); } void M() { _late.EnterWriteLock(); {|TW2005:Again()|}; _late.ExitWriteLock(); } void Again() { _late.EnterReadLock(); _late.ExitReadLock(); }")]
    [InlineData("private readonly ReaderWriterLockSlim _late; public C() { _late = new(LockRecursionPolicy.SupportsRecursion); } void M() { _late.EnterWriteLock(); Again(); _late.ExitWriteLock(); } void Again() { _late.EnterReadLock(); _late.ExitReadLock(); }")]
    [InlineData("private readonly ReaderWriterLockSlim _late; public C(ReaderWriterLockSlim late) { _late = late; } void M() { _late.EnterWriteLock(); Again(); _late.ExitWriteLock(); } void Again() { _late.EnterReadLock(); _late.ExitReadLock(); }")]
    [InlineData("private readonly ReaderWriterLockSlim _late; public C(bool deep) { if (deep) _late = new(LockRecursionPolicy.SupportsRecursion); else _late = new(); } void M() { _late.EnterWriteLock(); Again(); _late.ExitWriteLock(); } void Again() { _late.EnterReadLock(); _late.ExitReadLock(); }")]
    [InlineData("private struct W(ReaderWriterLockSlim rw) { private ReaderWriterLockSlim _rw = rw; public void Use(ReaderWriterLockSlim other) { _rw = other; } } void M() { _rw.EnterWriteLock(); try { _all.Add({|TW2005:Count|}); } finally { _rw.ExitWriteLock(); } }")]
    public Task Locks_of_constructors_and_fields_of_nested_types(string member) => Verify.Rule("TW2005", Class(member));

    private static string Class(string member) => $$"""
        class C
        {
            private static readonly SemaphoreSlim s_gate = new(1, 1);
            private readonly ReaderWriterLockSlim _rw = new();
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly SemaphoreSlim _other = new(1, 1);
            private readonly List<int> _all = [];
            private Action? _changed;
            private int _n;

            {{member}}

            public int Count { get { _rw.EnterReadLock(); try { return _all.Count; } finally { _rw.ExitReadLock(); } } }
            public int this[int i]
            {
                get { _rw.EnterReadLock(); try { return _all[i]; } finally { _rw.ExitReadLock(); } }
                set { _rw.EnterWriteLock(); try { _all[i] = value; } finally { _rw.ExitWriteLock(); } }
            }

            public int N
            {
                get { _gate.Wait(); try { return _n; } finally { _gate.Release(); } }
                set { _gate.Wait(); try { _n = value; } finally { _gate.Release(); } }
            }

            public event Action Changed
            {
                add { _gate.Wait(); _changed += value; _gate.Release(); }
                remove { _gate.Wait(); _changed -= value; _gate.Release(); }
            }

            public static int Shared { get { s_gate.Wait(); s_gate.Release(); return 1; } }
            public int Tried { get { if (_gate.Wait(0)) _gate.Release(); return 1; } }
            public int Seldom { get { if (_n > 3) { _gate.Wait(); _gate.Release(); } return 1; } }
            public int Other { get { _other.Wait(); _other.Release(); return 1; } }
            public int Half { get { _gate.Wait(); _gate.Release(); return 1; } set => _n = value; }
            public IEnumerable<int> Each { get { _gate.Wait(); try { yield return 1; } finally { _gate.Release(); } } }
            public int Stored { get; set; }
            public int Plain => _n;

            private Guard Hold() { _gate.Wait(); return new Guard(_gate); }
            private static void Print() => Console.WriteLine();
            private async Task AddAsync() { await _gate.WaitAsync(); try { _n++; } finally { _gate.Release(); } }
        }

        readonly struct Guard(SemaphoreSlim gate) : IDisposable
        {
            public void Dispose() => gate.Release();
        }
        """;
}

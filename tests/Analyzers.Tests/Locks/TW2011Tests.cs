using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

public class TW2011Tests
{
    private const string Pair = "void Add() { s.Wait(); try { n++; } finally { s.Release(); } }";

    /// <summary>It has a maximum, starts at another count, or is not seen whole.</summary>
    [Theory]
    [InlineData("private readonly SemaphoreSlim s = new(1, 1);")]
    [InlineData("private readonly SemaphoreSlim s = new SemaphoreSlim(1, 2);")]
    [InlineData("private readonly SemaphoreSlim s = new(0);")]
    [InlineData("private readonly SemaphoreSlim s = new(4);")]
    [InlineData("private const int Degree = 1; private readonly SemaphoreSlim s = new(Degree);")]
    [InlineData("private readonly SemaphoreSlim s; public C(int degree) => s = new(degree);")]
    [InlineData("private readonly Semaphore s = new(1, 1); ")]
    [InlineData("public readonly SemaphoreSlim s = new(1);")]
    [InlineData("internal readonly SemaphoreSlim s = new(1);")]
    [InlineData("protected readonly SemaphoreSlim s = new(1);")]
    [InlineData("private readonly SemaphoreSlim s; public C(SemaphoreSlim? other) => s = other ?? new(1);")]
    [InlineData("private SemaphoreSlim s = new(1); public C(SemaphoreSlim other) => s = other;")]
    [InlineData("private SemaphoreSlim s = new(1); public void Widen() => s = new(4);")]
    [InlineData("private readonly SemaphoreSlim s = new(1); public SemaphoreSlim Gate => s;")]
    [InlineData("private readonly SemaphoreSlim s = new(1); public object Make() => new Tuple<SemaphoreSlim>(s);")]
    [InlineData("private readonly SemaphoreSlim s = new(1); public void Free() => s.Release(2);")]
    [InlineData("private readonly SemaphoreSlim s = new(1); public WaitHandle Handle => s.AvailableWaitHandle;")]
    [InlineData("private SemaphoreSlim s = new(1); public void Use() => Give(ref s); static void Give(ref SemaphoreSlim x) { }")]
    [InlineData("private readonly SemaphoreSlim s = new(1); public void Use() { var other = s; other.Release(); }")]
    [InlineData("private readonly SemaphoreSlim s = new(1); public void Use() => Task.Run(s.Wait);")]
    public Task Innocent_creations(string members) =>
        Verify.Rule("TW2011", Class(members + (members.Contains("Semaphore s", System.StringComparison.Ordinal) ? "" : Pair)));

    /// <summary>A signal, a throttle, a token: the release comes from elsewhere.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("void Take() { s.Wait(); n++; } void Set() { s.Release(); }")]
    [InlineData("void Enter() => s.Wait(); void Exit() => s.Release();")]
    [InlineData("async Task Ping() { while (true) { await s.WaitAsync(); n++; } } void Set() => s.Release();")]
    [InlineData("void Once() { if (s.Wait(0)) n++; }")]
    [InlineData("void Set() => s.Release();")]
    [InlineData("void Start() { s.Wait(); Task.Run(() => { n++; s.Release(); }); }")]
    [InlineData("Task Start() => s.WaitAsync().ContinueWith(_ => s.Release());")]
    [InlineData("void Free() { s.Release(); try { n++; } finally { s.Wait(); } }")]
    [InlineData("void Add() { s.Wait(); try { n++; } finally { s.Release(); } } void Wake() => s.Release();")]
    [InlineData("void Add() { s.Wait(); try { n++; } finally { s.Release(); } } void Drain() => s.Wait();")]
    [InlineData("void Add() { s.Wait(); try { n++; } finally { s.Release(); } } IDisposable Hold() { s.Wait(); return new Releaser(s); }")]
    [InlineData("void Add() { s.Wait(); void Done() => s.Release(); Done(); }")]
    [InlineData("void Add() { s.Wait(); try { n++; } finally { Monitor.Exit(s); s.Release(); } }")]
    public Task Innocent_uses(string members) =>
        Verify.Rule("TW2011", Class("private readonly SemaphoreSlim s = new(1);" + members + " sealed class Releaser(SemaphoreSlim s) : IDisposable { public void Dispose() => s.Release(); }"));

    [Theory]
    [InlineData("private readonly SemaphoreSlim s = {|TW2011:new(1)|};")]
    [InlineData("private readonly SemaphoreSlim s = {|TW2011:new SemaphoreSlim(1)|};")]
    [InlineData("private readonly SemaphoreSlim s = {|TW2011:new SemaphoreSlim(initialCount: 1)|};")]
    [InlineData("private static readonly SemaphoreSlim s = {|TW2011:new(1)|};")]
    [InlineData("SemaphoreSlim s = {|TW2011:new(1)|};")]
    [InlineData("private SemaphoreSlim s { get; } = {|TW2011:new(1)|};")]
    [InlineData("private readonly SemaphoreSlim s; public C() { s = {|TW2011:new(1)|}; }")]
    [InlineData("private readonly SemaphoreSlim s; public C() { this.s = {|TW2011:new SemaphoreSlim(1)|}; }")]
    [InlineData("private SemaphoreSlim? s; void Init() { s ??= {|TW2011:new(1)|}; }")]
    [InlineData("private readonly SemaphoreSlim s = {|TW2011:new(1)|}; public void Dispose() => s.Dispose();")]
    [InlineData("private SemaphoreSlim? s = {|TW2011:new(1)|}; public void Dispose() { s?.Dispose(); s = null; }")]
    [InlineData("private readonly SemaphoreSlim s = {|TW2011:new(1)|}; public bool IsBusy => s.CurrentCount == 0;")]
    [InlineData("private readonly SemaphoreSlim s = {|TW2011:new(1)|}; public bool Has => s != null && s is not null; string Name => nameof(s);")]
    [InlineData("private readonly SemaphoreSlim s = {|TW2011:new(1)|}; public void Try() { if (!s.Wait(0)) return; try { n++; } finally { s.Release(); } }")]
    [InlineData("private readonly SemaphoreSlim s = {|TW2011:new(1)|}; public async Task M(CancellationToken t) { await s.WaitAsync(t).ConfigureAwait(false); try { n++; } finally { s.Release(1); } }")]
    [InlineData("private readonly SemaphoreSlim s = {|TW2011:new(1)|}; public Task M() => Task.Run(async () => { await s.WaitAsync(); try { n++; } finally { s.Release(); } });")]
    [InlineData("private readonly SemaphoreSlim s = {|TW2011:new(1)|}; class Inner(C c) { void M() { c.s.Wait(); c.s.Release(); } }")]
    [InlineData("private readonly SemaphoreSlim s = {|TW2011:new(1)|}; int Count { get { s.Wait(); try { return n; } finally { s.Release(); } } }")]
    public Task Guilty(string members) => Verify.Rule("TW2011", Class(members + Pair));

    [Theory]
    [InlineData("var x = {|TW2011:new SemaphoreSlim(1)|}; x.Wait(); x.Release();")]
    [InlineData("using var x = {|TW2011:new SemaphoreSlim(1)|}; var all = items.Select(async i => { await x.WaitAsync(); try { n++; } finally { x.Release(); } }); Task.WaitAll([.. all]);")]
    [InlineData("using (SemaphoreSlim x = {|TW2011:new(1)|}) { Add(); Add(); void Add() { x.Wait(); n++; x.Release(); } }")]
    [InlineData("var x = new SemaphoreSlim(1); Keep(x); x.Wait(); x.Release(); static void Keep(object o) { }")]
    [InlineData("var x = new SemaphoreSlim(1); x.Wait(); Task.Run(() => x.Release());")]
    [InlineData("var x = new[] { new SemaphoreSlim(1) }; x[0].Wait(); x[0].Release();")]
    [InlineData("var x = new ConcurrentDictionary<int, SemaphoreSlim>(); var s = x.GetOrAdd(1, _ => new SemaphoreSlim(1)); s.Wait(); s.Release();")]
    public Task Locals(string statements) => Verify.Rule("TW2011", Class($"void M(int[] items) {{ {statements} }}"));

    [Fact]
    public Task Top_level_statements() => Verify.Rule("TW2011", """
        var gate = {|TW2011:new SemaphoreSlim(1)|};
        var n = 0;
        await Task.WhenAll(Enumerable.Range(0, 9).Select(async _ =>
        {
            await gate.WaitAsync();
            try { n++; } finally { gate.Release(); }
        }));
        Console.WriteLine(n);
        """, static test => test.OutputKind = OutputKind.ConsoleApplication);

    [Fact]
    public Task Generic_and_nested_types() => Verify.Rule("TW2011", """
        class Cache<T>
        {
            private readonly SemaphoreSlim _gate = {|TW2011:new(1)|};
            public async Task<T> Get(Func<Task<T>> make) { await _gate.WaitAsync(); try { return await make(); } finally { _gate.Release(); } }

            private sealed class Entry { public readonly SemaphoreSlim Gate = {|TW2011:new(1)|}; }
            void Use(Entry e) { e.Gate.Wait(); try { } finally { e.Gate.Release(); } }
        }
        """);

    [Fact]
    public Task A_part_in_another_file_that_does_not_name_it() => Verify.Rule("TW2011", """
        partial class C
        {
            private readonly SemaphoreSlim _gate = {|TW2011:new(1)|};
            public void Add() { _gate.Wait(); try { } finally { _gate.Release(); } }
        }
        """, static test => test.TestState.Sources.Add(("Other.cs", "partial class C { int _other; }")));

    [Theory]
    [InlineData("void Sub() { _gate.Wait(); try { } finally { _gate.Release(); } }")]
    [InlineData("bool IsBusy => _gate.CurrentCount == 0; void End() => _gate.Dispose();")]
    public Task Used_in_another_part(string other) => Verify.Rule("TW2011", """
        partial class C
        {
            private readonly SemaphoreSlim _gate = {|TW2011:new(1)|};
            public void Add() { _gate.Wait(); try { } finally { _gate.Release(); } }
        }
        """, test => test.TestState.Sources.Add(("Other.cs", $"partial class C {{ {other} }}")));

    [Theory]
    [InlineData("void Sub() { _gate.Wait(); }")]
    [InlineData("void Set() => _gate.Release();")]
    [InlineData("SemaphoreSlim Given() => _gate;")]
    [InlineData("void Sub() { _gate.Wait(); Task.Run(() => _gate.Release()); }")]
    [InlineData("class Inner { public void End(C c) => c._gate.Release(); }")]
    [InlineData("void Widen() => _gate.Release(3);")]
    public Task Used_otherwise_in_another_part(string other) => Verify.Rule("TW2011", """
        partial class C
        {
            private readonly SemaphoreSlim _gate = new(1);
            public void Add() { _gate.Wait(); try { } finally { _gate.Release(); } }
        }
        """, test => test.TestState.Sources.Add(("Other.cs", $"partial class C {{ {other} }}")));

    [Fact]
    public Task Only_made_in_one_part() => Verify.Rule("TW2011", """
        partial class C
        {
            private readonly SemaphoreSlim _gate = {|TW2011:new(1)|};
        }
        """, static test => test.TestState.Sources.Add(("Other.cs", "partial class C { async Task Add() { await _gate.WaitAsync(); try { } finally { _gate.Release(); } } }")));

    [Theory]
    [InlineData("void Add() { Enter(); try { n++; } finally { Leave(); } } private void Enter() => s.Wait(); private void Leave() => s.Release();")]
    [InlineData("async Task Add() { await EnterAsync(); try { n++; } finally { s.Release(); } } private Task EnterAsync() => s.WaitAsync();")]
    [InlineData("void Add() { s.Wait(); n++; Leave(); } void Sub() { Enter(); try { n--; } finally { Leave(); } } private void Enter() { s.Wait(); } private void Leave() { n++; s.Release(); }")]
    public Task Taken_and_given_back_by_private_helpers(string members) => Verify.Rule("TW2011", Class("private readonly SemaphoreSlim s = {|TW2011:new(1)|};" + members));

    [Theory]
    [InlineData("void Add() { Enter(); try { n++; } finally { Leave(); } } public void Enter() => s.Wait(); public void Leave() => s.Release();")]
    [InlineData("void Add() { Enter(); n++; } private void Enter() => s.Wait(); public void Leave() => s.Release();")]
    [InlineData("void Add() { Enter(); n++; } void Done() => Leave(); private void Enter() => s.Wait(); private void Leave() => s.Release();")]
    [InlineData("void Add() { Enter(); try { n++; } finally { Leave(); } } private void Enter() => s.Wait(); private void Leave() => s.Release(); Action Given() => Leave;")]
    [InlineData("void Add() { Leave(); n++; Enter(); } private void Enter() => s.Wait(); private void Leave() => s.Release();")]
    public Task Helpers_that_may_signal(string members) => Verify.Rule("TW2011", Class("private readonly SemaphoreSlim s = new(1);" + members));

    private static string Class(string members) => $$"""
        class C
        {
            private int n;

            {{members}}
        }
        """;
}

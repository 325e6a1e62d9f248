using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

/// <summary>Helpers that take or give back two locks at once, also by two helpers of their own.</summary>
public class TwoLockHelperTests
{
    private const string Direct = """
            private void TakeBoth() { Monitor.Enter(_a); Monitor.Enter(_b); }
            private void ReleaseBoth() { Monitor.Exit(_b); Monitor.Exit(_a); }
        """;

    private const string Deep = """
            private void TakeBoth() { TakeA(); TakeB(); }
            private void TakeA() => Monitor.Enter(_a);
            private void TakeB() { Monitor.Enter(_b); }
            private void ReleaseBoth() => ReleaseCore();
            private void ReleaseCore() { try { Monitor.Exit(_b); } finally { Monitor.Exit(_a); } }
        """;

    private static string Class(string helpers, string members) => $$"""
        class C
        {
            private readonly object _a = new();
            private readonly object _b = new();
            private readonly SemaphoreSlim _first = new(1, 1);
            private readonly SemaphoreSlim _second = new(1, 1);
            private readonly Mutex _mutex = new();
            private int _value;
        {{helpers}}
            {{members}}
        }
        """;

    [Theory]
    [InlineData("void M() { TakeBoth(); try { _value++; } finally { ReleaseBoth(); } }")]
    [InlineData("void M() { TakeBoth(); _value++; ReleaseBoth(); }")]
    [InlineData("void M(int n) { TakeBoth(); if (n > 3) { ReleaseBoth(); return; } _value++; ReleaseBoth(); }")]
    [InlineData("void M() { TakeBoth(); try { _value++; } finally { Monitor.Exit(_a); Monitor.Exit(_b); } }")]
    [InlineData("void M() { Monitor.Enter(_a); Monitor.Enter(_b); try { _value++; } finally { ReleaseBoth(); } }")]
    [InlineData("void M(bool b) { if (b) TakeBoth(); try { _value++; } finally { if (b) ReleaseBoth(); } }")]
    [InlineData("void M() { TakeBoth(); try { Monitor.Exit(_b); _value++; Monitor.Enter(_b); } finally { ReleaseBoth(); } }")]
    [InlineData("public void Begin() { TakeBoth(); _value++; } public void End() { _value--; ReleaseBoth(); }")]
    [InlineData("public void Begin() => TakeBoth(); public void End() => ReleaseBoth();")]
    [InlineData("void M() { Outer(); try { _value++; } finally { ReleaseBoth(); } } private void Outer() { _value++; TakeBoth(); }")]
    [InlineData("void M(C other) { other.TakeBoth(); try { _value++; } finally { other.ReleaseBoth(); } }")]
    [InlineData("void M() { TakeBoth(); Task.Run(ReleaseBoth); }")]
    [InlineData("void M() { TakeBoth(); Action end = ReleaseBoth; try { _value++; } finally { end(); } }")]
    [InlineData("void M(int n) { TakeBoth(); if (n > 3) return; _value++; ReleaseBoth(); } public void End() => ReleaseBoth();")]
    public async Task Innocent(string members)
    {
        foreach (var id in new[] { "TW2001", "TW2002", "TW2003", "TW2004", "TW2005", "TW2007" })
        {
            await Verify.Rule(id, Class(Direct, members));
            await Verify.Rule(id, Class(Deep, members));
        }
    }

    [Theory]
    [InlineData("TW2001", "void M(int n) { {|TW2001:TakeBoth()|}; if (n > 3) return; _value++; ReleaseBoth(); }")]
    [InlineData("TW2001", "void M(int n) { {|TW2001:TakeBoth()|}; if (n > 3) { Monitor.Exit(_a); return; } _value++; ReleaseBoth(); }")]
    [InlineData("TW2001", "void M(int n) { {|TW2001:TakeBoth()|}; if (n > 3) throw new ArgumentException(); _value++; Monitor.Exit(_b); Monitor.Exit(_a); } void N() { TakeBoth(); try { _value++; } finally { ReleaseBoth(); } }")]
    [InlineData("TW2002", "public void M() { {|TW2002:TakeBoth()|}; _value++; Monitor.Exit(_a); } void N() { TakeBoth(); try { _value++; } finally { ReleaseBoth(); } }")]
    [InlineData("TW2002", "public void M() { {|TW2002:TakeBoth()|}; _value++; } void N() { TakeBoth(); try { _value++; } finally { ReleaseBoth(); } }")]
    [InlineData("TW2003", "void M() { TakeBoth(); _value++; ReleaseBoth(); {|TW2003:ReleaseBoth()|}; }")]
    [InlineData("TW2003", "void M() { TakeBoth(); _value++; ReleaseBoth(); Monitor.{|TW2003:Exit(_a)|}; }")]
    [InlineData("TW2012", "void M(Action run) { {|TW2012:TakeBoth()|}; run(); ReleaseBoth(); }")]
    [InlineData("TW2013", "void M() { try { {|TW2013:TakeBoth()|}; _value++; } finally { ReleaseBoth(); } }")]
    [InlineData("TW2007", "async Task M(Task t) { TakeBoth(); try { {|TW2007:await|} t; } finally { ReleaseBoth(); } }")]
    public async Task Guilty(string id, string members)
    {
        await Verify.Rule(id, Class(Direct, members));
        await Verify.Rule(id, Class(Deep, members));
    }

    /// <summary>One helper for one lock, of which one caller forgets the other half.</summary>
    [Theory]
    [InlineData("public void M() { {|TW2002:In()|}; _value++; } void N() { In(); try { _value--; } finally { Out(); } }")]
    [InlineData("public void M() { Monitor.{|TW2002:Enter(_a)|}; _value++; } void N() { In(); try { _value--; } finally { Out(); } }")]
    [InlineData("private void M() { In(); _value++; } void N() { In(); try { _value--; } finally { Out(); } }")]
    [InlineData("public void M() { In(); _value++; } void N() { In(); try { _value--; } finally { Out(); } } public void End() => Out();")]
    [InlineData("public void M() { In(); _value++; } void N() { In(); try { _value--; } finally { Out(); } } Action End() => Out;")]
    public Task A_caller_that_keeps_what_others_give_back(string members) => Verify.Rule("TW2002", Class("private void In() => Monitor.Enter(_a); private void Out() => Monitor.Exit(_a);", members));

    [Theory]
    [InlineData("private async Task TakeBoth() { await _first.WaitAsync(); await _second.WaitAsync(); } private void ReleaseBoth() { _second.Release(); _first.Release(); }")]
    public async Task Awaited(string helpers)
    {
        await Verify.Rule("TW2001", Class(helpers, "async Task M(int n) { await {|TW2001:TakeBoth()|}; if (n > 3) return; _value++; ReleaseBoth(); }"));
        await Verify.Rule("TW2001", Class(helpers, "async Task M(int n) { await TakeBoth(); try { if (n > 3) return; _value++; } finally { ReleaseBoth(); } }"));
        await Verify.Rule("TW2001", Class(helpers, "async Task M(int n) { var task = TakeBoth(); if (n > 3) return; await task; ReleaseBoth(); }"));
        await Verify.Rule("TW2003", Class(helpers, "async Task M() { await TakeBoth(); ReleaseBoth(); {|TW2003:ReleaseBoth()|}; }"));
    }

    /// <summary>Not all of them are taken for certain, or one may fail with the other held.</summary>
    [Theory]
    [InlineData("private void TakeBoth() { Monitor.Enter(_a); if (_value > 3) Monitor.Enter(_b); } private void ReleaseBoth() { if (_value > 3) Monitor.Exit(_b); Monitor.Exit(_a); }")]
    [InlineData("private bool TakeBoth() { if (!Monitor.TryEnter(_a)) return false; if (Monitor.TryEnter(_b)) return true; Monitor.Exit(_a); return false; } private void ReleaseBoth() { Monitor.Exit(_b); Monitor.Exit(_a); }")]
    [InlineData("private void TakeBoth() { Monitor.Enter(_a); Monitor.Exit(_b); } private void ReleaseBoth() { Monitor.Exit(_a); Monitor.Enter(_b); }")]
    [InlineData("private void TakeBoth() { _first.Wait(Token); _second.Wait(Token); } private void ReleaseBoth() { _second.Release(); _first.Release(); } private CancellationToken Token;")]
    [InlineData("private void TakeBoth() { Monitor.Enter(_a); _mutex.WaitOne(); } private void ReleaseBoth() { _mutex.ReleaseMutex(); Monitor.Exit(_a); }")]
    public Task Misses_helpers_of_which_not_all_is_certain(string helpers) => Verify.Rule("TW2001", Class(helpers, "void M(int n) { TakeBoth(); if (n > 3) return; _value++; ReleaseBoth(); }"));
}

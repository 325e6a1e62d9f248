using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Options;

/// <summary>Locks that the user named by the methods that acquire and release them.</summary>
public class LockPairsTests
{
    private const string Pairs =
        "M:Gate.Take => M:Gate.Give | M:Gate.TryTake=>M:Gate.Give | M:Gate.TakeAsync => M:Gate.Give | M:Gate.Share => M:Gate.Unshare | M:Gates.Lock => M:Gates.Unlock";

    private const string Gate = """
        class Gate
        {
            public void Take() { }
            public bool TryTake() => true;
            public Task TakeAsync(CancellationToken token) => Task.CompletedTask;
            public void Give() { }
            public void Share() { }
            public void Unshare() { }
        }

        static class Gates
        {
            public static void Lock(Gate gate) { }
            public static void Unlock(Gate gate) { }
        }
        """;

    [Theory]
    [InlineData("void M() { _gate.Take(); if (_n > 0) return; _n++; _gate.Give(); }", "TW2001")]
    [InlineData("void M() { _gate.Take(); Work(); _gate.Give(); }", "TW2012")]
    [InlineData("async Task M(CancellationToken ct) { try { await _gate.TakeAsync(ct); Work(); } finally { _gate.Give(); } }", "TW2003")]
    [InlineData("async Task M() { try { await _gate.TakeAsync(default); Work(); } finally { _gate.Give(); } }", "TW2013")]
    [InlineData("void M() { try { if (!_gate.TryTake()) return; Work(); } finally { _gate.Give(); } }", "TW2003")]
    [InlineData("void M() { _gate.Share(); try { Work(); } finally { _gate.Give(); } }", "TW2004")]
    [InlineData("void M() { Gates.Lock(_gate); if (_n > 0) return; _n++; Gates.Unlock(_gate); }", "TW2001")]
    [InlineData("void M() { Enter(); if (_n > 0) return; _n++; Leave(); } void Enter() => _gate.Take(); void Leave() => _gate.Give();", "TW2001")]
    public async Task Guilty(string members, string expected)
    {
        Assert.Equal(expected, await ReportsOf(members, Pairs));
        Assert.Equal("", await ReportsOf(members, ""));
    }

    [Theory]
    [InlineData("void M() { _gate.Take(); try { Work(); } finally { _gate.Give(); } }")]
    [InlineData("void M() { if (_gate.TryTake()) { try { Work(); } finally { _gate.Give(); } } }")]
    [InlineData("async Task M(CancellationToken ct) { await _gate.TakeAsync(ct); try { await Task.Delay(1); } finally { _gate.Give(); } }")]
    [InlineData("void M() { _gate.Share(); try { Work(); } finally { _gate.Unshare(); } }")]
    [InlineData("void Enter() => _gate.Take(); void Leave() => _gate.Give();")]
    [InlineData("void M() { Enter(); try { Work(); } finally { Leave(); } } void Enter() => _gate.Take(); void Leave() => _gate.Give();")]
    [InlineData("void M() { _gate.Take(); _gate.Take(); try { Work(); } finally { _gate.Give(); _gate.Give(); } }")]
    public async Task Innocent(string members) => Assert.Equal("", await ReportsOf(members, Pairs));

    [Fact]
    public async Task A_pair_whose_halves_are_in_no_project_is_passed_over() =>
        Assert.Equal("", await ReportsOf("void M() { _gate.Take(); Work(); _gate.Give(); }", "M:Gate.Take => M:Gate.Gone"));

    private static Task<string> ReportsOf(string members, string pairs) => Analysis.Of(
        $$"""
        class C
        {
            private readonly Gate _gate = new();
            private int _n;
            {{members}}
            private void Work() { _n++; Console.WriteLine(_n.ToString(Environment.NewLine)); }
        }
        """,
        Gate).With(".editorconfig", $"[*.cs]\nthreadwise.lock_pairs = {pairs}").IdsAsync();
}

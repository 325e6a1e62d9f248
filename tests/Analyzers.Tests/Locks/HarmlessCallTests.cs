using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

/// <summary>Calls that are seen not to throw: no lock stays held because of one (TW2012), and no release runs without the lock (TW2003, but TW2013).</summary>
public class HarmlessCallTests
{
    [Theory]
    [InlineData("Touch();")]
    [InlineData("this.Twice(_value);")]
    [InlineData("Touch(); TouchTwice();")]
    [InlineData("Inc(ref _value); static void Inc(ref int n) => n++;")]
    [InlineData("_pair = new Pair(_value, 3);")]
    [InlineData("_name = new Name(\"a\").Text;")]
    [InlineData("_done.TrySetResult(_value);")]
    [InlineData("_done = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);")]
    [InlineData("_value = Guid.NewGuid().GetHashCode();")]
    [InlineData("_value = string.Equals(_name, \"a\", StringComparison.Ordinal) ? 1 : 2;")]
    [InlineData("_value = _name.Equals(\"a\") ? _value.CompareTo(3) : 2;")]
    [InlineData("_value = (int)DateTimeOffset.UtcNow.ToUnixTimeSeconds();")]
    [InlineData("_value = (int)BitConverter.DoubleToInt64Bits(0.5);")]
    public async Task Cannot_throw(string statements)
    {
        await Verify.Rule("TW2012", Class($"_gate.Wait(); {statements} _gate.Release();"));
        await Verify.Rule("TW2003", Class($"try {{ {statements} _gate.Wait(); _value++; }} finally {{ _gate.Release(); }}", "TW2003"));
        await Verify.Rule("TW2013", Class($"try {{ {statements} _gate.{{|TW2013:Wait()|}}; _value++; }} finally {{ _gate.Release(); }}"));
    }

    [Theory]
    [InlineData("Fails();")]
    [InlineData("FailsInside();")]
    [InlineData("Keeps();")]
    [InlineData("Virtual();")]
    [InlineData("Checks(_value);")]
    [InlineData("Parse(); void Parse() => _value = int.Parse(_name);")]
    [InlineData("_pair = new Checked(_value).Pair;")]
    [InlineData("_done.SetResult(_value);")]
    [InlineData("_value = _other.CompareTo(_other);")]
    [InlineData("_value = _map.GetHashCode();")]
    public async Task May_throw(string statements)
    {
        await Verify.Rule("TW2012", Class($"_gate.{{|TW2012:Wait()|}}; {statements} _gate.Release();"));
        await Verify.Rule("TW2003", Class($"try {{ {statements} _gate.{{|TW2003:Wait()|}}; _value++; }} finally {{ _gate.Release(); }}"));
    }

    /// <summary>The wait for a member that cannot fail, which comes to its end at once.</summary>
    [Theory]
    [InlineData("await TouchAsync();", false)]
    [InlineData("await FailsAsync();", true)]
    public Task Awaited_members(string statement, bool mayThrow) => Verify.Rule(
        "TW2012", Class($"await _gate.{(mayThrow ? "{|TW2012:WaitAsync()|}" : "WaitAsync()")}; {statement} _gate.Release();", isAsync: true));

    private static string Class(string statements, string? alone = null, bool isAsync = false) => $$"""
        {{(alone is null ? "" : "#pragma warning disable TW2013")}}
        readonly record struct Pair(int A, int B);
        sealed record Name(string Text);
        sealed record Checked(int A) { public Pair Pair { get; } = new(A, int.Parse("1")); }
        sealed class Ordered : IComparable<Ordered> { public int CompareTo(Ordered? other) => other is null ? throw new Exception() : 1; public override int GetHashCode() => int.Parse("1"); }

        class C
        {
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly List<int> _all = [];
            private readonly Ordered _other = new();
            private readonly Ordered _map = new();
            private TaskCompletionSource<int> _done = new();
            private Pair _pair;
            private string _name = "";
            private int _value;

            {{(isAsync ? "async Task" : "void")}} M() { {{statements}} }

            private void Touch() { _value++; if (_value > 3) _value = 0; }
            private void TouchTwice() { Touch(); Twice(3); }
            private int Twice(int n) => n << 1;
            private void Fails() => File.Delete(_name);
            private void FailsInside() { Touch(); Fails(); }
            private void Keeps() => _all.Add(1);
            private void Checks(int n) { if (n > 3) throw new ArgumentException(); }
            protected virtual void Virtual() { }
            private async Task TouchAsync() { await Task.Yield(); _value++; }
            private async Task FailsAsync() { await Task.Yield(); Fails(); }
        }
        """;
}

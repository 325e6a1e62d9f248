using System.Threading.Tasks;
using Threadwise.CodeFixes.SharedState;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.SharedState;

public class TW3003Tests
{
    [Theory]
    [InlineData("void B() { {|TW3003:_n|}++; }", "void B() { Interlocked.Increment(ref _n); }")]
    [InlineData("void B() => {|TW3003:_n|}--;", "void B() => Interlocked.Decrement(ref _n);")]
    [InlineData("int B() => {|TW3003:_n|}++;", "int B() => Interlocked.Increment(ref _n) - 1;")]
    [InlineData("int B() => ++{|TW3003:_n|};", "int B() => Interlocked.Increment(ref _n);")]
    [InlineData("void B(int x) { {|TW3003:this._n|} += x; _n -= x; }", "void B(int x) { Interlocked.Add(ref this._n, x); Interlocked.Add(ref _n, -x); }")]
    [InlineData("void B() { {|TW3003:_n|}++; } void D() { _n--; }", "void B() { Interlocked.Increment(ref _n); } void D() { Interlocked.Decrement(ref _n); }")]
    [InlineData("void B(C other) { {|TW3003:other._n|}++; }", "void B(C other) { Interlocked.Increment(ref other._n); }")]
    [InlineData("C? _next; void B() { {|TW3003:_next!._n|} -= 2; }", "C? _next; void B() { Interlocked.Add(ref _next!._n, -2); }")]
    [InlineData("void B(int x) { {|TW3003:_n|}++; _n |= 4; _n &= ~x; }", "void B(int x) { Interlocked.Increment(ref _n); Interlocked.Or(ref _n, 4); Interlocked.And(ref _n, ~x); }")]
    public Task Each_update_becomes_one_call(string before, string after) => Verify.Fix<TW3003UseInterlocked>("TW3003", In(before), In(after));

    [Theory]
    [InlineData("void B() { {|TW3003:_n|} = _n * 2; }")]
    [InlineData("void B() { {|TW3003:_n|} *= 2; }")]
    [InlineData("void B() { {|TW3003:_n|}++; _n ^= 4; }")]
    [InlineData("int B() { {|TW3003:_n|}++; return _n |= 4; }")]
    public Task What_is_no_count_and_no_sum_gets_no_fix(string code) => Verify.NoFix<TW3003UseInterlocked>("TW3003", In(code));

    private static string In(string code) => $$"""
        class C
        {
            private int _n;
            void A() => Interlocked.Increment(ref _n);
            {{code}}
        }
        """;
}

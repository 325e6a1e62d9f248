using System.Threading.Tasks;
using Threadwise.CodeFixes.Locks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Locks;

public class TW2011Tests
{
    [Theory]
    [InlineData("new(1)", "new(1, 1)")]
    [InlineData("new SemaphoreSlim(1)", "new SemaphoreSlim(1, 1)")]
    [InlineData("new System.Threading.SemaphoreSlim( 1 )", "new System.Threading.SemaphoreSlim( 1, 1 )")]
    [InlineData("new SemaphoreSlim(initialCount: 1)", "new SemaphoreSlim(initialCount: 1, maxCount: 1)")]
    [InlineData("new SemaphoreSlim(/* free */ 1)", "new SemaphoreSlim(/* free */ 1, 1)")]
    [InlineData("new SemaphoreSlim(1 /* free */)", "new SemaphoreSlim(1, 1 /* free */)")]
    public Task The_maximum_is_added(string before, string after) =>
        Verify.Fix<TW2011AddMaximum>("TW2011", Class($"{{|TW2011:{before}|}}"), Class(after));

    [Fact]
    public Task Every_creation_by_fix_all() => Verify.Fix<TW2011AddMaximum>("TW2011", """
        class C
        {
            private SemaphoreSlim? _gate;
            private static readonly SemaphoreSlim s_gate = {|TW2011:new(1)|}; // one at a time

            void Init(bool again)
            {
                _gate = {|TW2011:new SemaphoreSlim(1)|};
                if (again) _gate = {|TW2011:new SemaphoreSlim(1)|};
            }

            void Add() { _gate!.Wait(); s_gate.Wait(); s_gate.Release(); _gate.Release(); }
        }
        """, """
        class C
        {
            private SemaphoreSlim? _gate;
            private static readonly SemaphoreSlim s_gate = new(1, 1); // one at a time

            void Init(bool again)
            {
                _gate = new SemaphoreSlim(1, 1);
                if (again) _gate = new SemaphoreSlim(1, 1);
            }

            void Add() { _gate!.Wait(); s_gate.Wait(); s_gate.Release(); _gate.Release(); }
        }
        """);

    private static string Class(string creation) => $$"""
        class C
        {
            private readonly SemaphoreSlim _gate = {{creation}};
            void Add() { _gate.Wait(); try { } finally { _gate.Release(); } }
        }
        """;
}

using System.Threading.Tasks;
using Threadwise.CodeFixes.Locks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Locks;

public class TW2105Tests
{
    [Theory]
    [InlineData("private readonly SpinLock {|TW2105:_spin|} = new(false); // ours", "private SpinLock _spin = new(false); // ours")]
    [InlineData("private static readonly SpinLock {|TW2105:_spin|};", "private static SpinLock _spin;")]
    [InlineData("readonly SpinLock {|TW2105:_spin|};", "SpinLock _spin;")]
    [InlineData("/* it */ readonly static SpinLock {|TW2105:_spin|};", "/* it */ static SpinLock _spin;")]
    public Task The_field_is_made_writable(string before, string after) => Fix($$"""
        class C
        {
            /// <summary>The lock.</summary>
            {{before}}
            void M() { var t = false; _spin.Enter(ref t); _spin.Exit(); }
        }
        """, $$"""
        class C
        {
            /// <summary>The lock.</summary>
            {{after}}
            void M() { var t = false; _spin.Enter(ref t); _spin.Exit(); }
        }
        """);

    [Theory]
    [InlineData("SpinLock {|TW2105:s|}, int n", "ref SpinLock s, int n", "spin, 1", "ref spin, 1")]
    [InlineData("in SpinLock {|TW2105:s|}, int n", "ref SpinLock s, int n", "in spin, 1", "ref spin, 1")]
    [InlineData("in SpinLock {|TW2105:s|}, int n", "ref SpinLock s, int n", "spin, 1", "ref spin, 1")]
    [InlineData("int n, SpinLock {|TW2105:s|}", "int n, ref SpinLock s", "s: spin, n: 1", "s: ref spin, n: 1")]
    [InlineData("int n, SpinLock {|TW2105:s|}", "int n, ref SpinLock s", "1, all[2] /* this one */", "1, ref all[2] /* this one */")]
    public Task The_parameter_and_its_arguments_go_by_reference(string parameters, string changed, string arguments, string passed) => Fix($$"""
        class C
        {
            private SpinLock spin;
            private SpinLock[] all = new SpinLock[3];
            void M() { Use({{arguments}}); this.Use({{arguments}}); }
            private void Use({{parameters}}) { var t = false; s.Enter(ref t); s.Exit(); }
        }
        """, $$"""
        class C
        {
            private SpinLock spin;
            private SpinLock[] all = new SpinLock[3];
            void M() { Use({{passed}}); this.Use({{passed}}); }
            private void Use({{changed}}) { var t = false; s.Enter(ref t); s.Exit(); }
        }
        """);

    [Fact]
    public Task A_local_function() => Fix("""
        class C
        {
            private SpinLock spin;
            void M() { Use(spin); static void Use(SpinLock {|TW2105:s|}) { var t = false; s.Enter(ref t); } }
        }
        """, """
        class C
        {
            private SpinLock spin;
            void M() { Use(ref spin); static void Use(ref SpinLock s) { var t = false; s.Enter(ref t); } }
        }
        """);

    [Theory]
    [InlineData("readonly struct R { readonly SpinLock {|TW2105:mine|}; }")]
    [InlineData("readonly SpinLock {|TW2105:one|}, {|TW2105:two|};")]
    [InlineData("public void Use(SpinLock {|TW2105:s|}) { var t = false; s.Enter(ref t); }")]
    [InlineData("void Use(SpinLock {|TW2105:s|}) { var t = false; s.Enter(ref t); } void M() { Action<SpinLock> a = Use; }")]
    [InlineData("void Use(SpinLock {|TW2105:s|}) { var t = false; s.Enter(ref t); } void M() { Use(new SpinLock()); }")]
    [InlineData("async Task Use(SpinLock {|TW2105:s|}) { var t = false; s.Enter(ref t); s.Exit(); await Task.Yield(); }")]
    [InlineData("IEnumerable<int> Use(SpinLock {|TW2105:s|}) { var t = false; s.Enter(ref t); yield return 1; }")]
    [InlineData("Action<SpinLock> a = {|TW2105:s|} => { var t = false; s.Enter(ref t); };")]
    [InlineData("void M() { var s = {|TW2105:spin|}; var t = false; s.Enter(ref t); s.Exit(); }")]
    [InlineData("SpinLock Lock { get; set; } void M() { var t = false; {|TW2105:Lock|}.Enter(ref t); }")]
    public Task Nothing_is_offered_where_it_would_not_compile_or_a_caller_is_unseen(string members) => Verify.NoFix<TW2105LockTheVariable>("TW2105", $$"""
        class C
        {
            private SpinLock spin;
            {{members}}
        }
        """);

    private static Task Fix(string before, string after) => Verify.Fix<TW2105LockTheVariable>("TW2105", before, after);
}

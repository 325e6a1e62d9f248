using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

public class TW2008Tests
{
    [Theory]
    [InlineData("using (gate.EnterScope()) { n++; }")]
    [InlineData("using (gate.EnterScope()) n++;")]
    [InlineData("using var s = gate.EnterScope(); n++;")]
    [InlineData("using var _ = gate.EnterScope(); n++;")]
    [InlineData("using (var s = gate.EnterScope()) { n++; return; }")]
    [InlineData("using (Lock.Scope s = gate.EnterScope(), t = peer.EnterScope()) n++;")]
    [InlineData("lock (gate) { n++; }")]
    [InlineData("var s = gate.EnterScope(); n++; s.Dispose();")]
    [InlineData("var s = gate.EnterScope(); try { work.Do(); } finally { s.Dispose(); }")]
    [InlineData("var s = gate.EnterScope(); try { if (n > 0) return; work.Do(); } finally { s.Dispose(); }")]
    [InlineData("var s = gate.EnterScope(); if (n > 0) { s.Dispose(); return; } n++; s.Dispose();")]
    [InlineData("var s = gate.EnterScope(); n++; if (n > 3) { s.Dispose(); throw new InvalidOperationException(); } s.Dispose();")]
    [InlineData("Lock.Scope s = default; try { if (b) s = gate.EnterScope(); n++; } finally { s.Dispose(); }")]
    [InlineData("Lock.Scope s = default; if (b) s = gate.EnterScope(); n++; if (b) s.Dispose();")]
    [InlineData("Lock.Scope s; if (b) s = gate.EnterScope(); else s = peer.EnterScope(); n++; s.Dispose();")]
    [InlineData("var s = gate.EnterScope(); s.Dispose(); s.Dispose();")]
    [InlineData("var s = gate.EnterScope(); n++; s.Dispose(); s = peer.EnterScope(); n--; s.Dispose();")]
    [InlineData("while (n > 0) { var s = gate.EnterScope(); if (n == 3) { s.Dispose(); continue; } n--; s.Dispose(); }")]
    [InlineData("while (true) { var s = gate.EnterScope(); try { if (n == 3) break; n--; } finally { s.Dispose(); } }")]
    [InlineData("gate.EnterScope().Dispose();")]
    [InlineData("var s = gate.EnterScope(); using (s) { n++; }")]
    [InlineData("var s = gate.EnterScope(); Close(ref s);")]
    [InlineData("var s = gate.EnterScope(); Take(s);")]
    [InlineData("Take(gate.EnterScope());")]
    [InlineData("var s = gate.EnterScope(); var t = s; n++; t.Dispose();")]
    [InlineData("var s = gate.EnterScope(); ref var t = ref s; n++; t.Dispose();")]
    [InlineData("var g = new Guard { Scope = gate.EnterScope() }; n++; g.Dispose();")]
    [InlineData("var g = new Guard(); g.Scope = gate.EnterScope(); n++; g.Dispose();")]
    [InlineData("var s = gate.EnterScope(); var g = new Guard { Scope = s }; n++; g.Dispose();")]
    [InlineData("OpenTo(out var s); n++; s.Dispose();")]
    [InlineData("var s = b ? gate.EnterScope() : default; n++; s.Dispose();")]
    [InlineData("var s = Opened(); n++; s.Dispose();")]
    [InlineData("var s = gate.EnterScope(); n++; Environment.FailFast(null); s.Dispose();")]
    [InlineData("var s = gate.EnterScope(); if (n > 0) Environment.Exit(1); s.Dispose();")]
    [InlineData("var s = gate.EnterScope(); switch (n) { case 0: s.Dispose(); break; case 1: s.Dispose(); return; default: s.Dispose(); break; }")]
    [InlineData("peer.EnterScope(); n++; peer.Exit();")]
    [InlineData("_ = peer.EnterScope(); try { n++; } finally { peer.Exit(); }")]
    [InlineData("var s = peer.EnterScope(); if (b) { s.Dispose(); return; } n++; peer.Exit();")]
    [InlineData("Action a = () => { using (gate.EnterScope()) n++; }; a();")]
    [InlineData("Opener o = () => gate.EnterScope(); using (o()) n++;")]
    public Task Innocent(string statements) => Verify.Rule("TW2008", Class($"void M(bool b) {{ {statements} }} void Unlock() => peer.Exit();"));

    [Theory]
    [InlineData("Lock.Scope M() => gate.EnterScope();")]
    [InlineData("Lock.Scope M() { n++; return gate.EnterScope(); }")]
    [InlineData("Lock.Scope M() { var s = gate.EnterScope(); n++; return s; }")]
    [InlineData("void M(out Lock.Scope s) => s = gate.EnterScope();")]
    [InlineData("void M(ref Lock.Scope s) { s = gate.EnterScope(); n++; }")]
    [InlineData("Lock.Scope M { get { n++; return gate.EnterScope(); } }")]
    [InlineData("IEnumerable<int> M() { using (gate.EnterScope()) n++; yield return n; }")]
    [InlineData("async Task M() { { using var s = gate.EnterScope(); n++; } await Task.Yield(); }")]
    public Task Innocent_members(string member) => Verify.Rule("TW2008", Class(member));

    /// <summary>A lock that others can reach: who calls the function may call <c>Exit</c>.</summary>
    [Theory]
    [InlineData("void M() => Open.EnterScope();")]
    [InlineData("void M() { n++; Open.EnterScope(); }")]
    [InlineData("void M(Lock given) { _ = given.EnterScope(); }")]
    [InlineData("void M(Box box) => box.Gate.EnterScope();")]
    [InlineData("void M() { Action a = () => Open.EnterScope(); a(); }")]
    public Task A_helper_that_ends_with_the_acquire(string member) => Verify.Rule("TW2008", Class(member));

    [Theory]
    [InlineData("gate.{|TW2008:EnterScope()|}; n++;")]
    [InlineData("n++; gate.{|TW2008:EnterScope()|};")]
    [InlineData("this.gate.{|TW2008:EnterScope()|}; n++;")]
    [InlineData("gate?.{|TW2008:EnterScope()|}; n++;")]
    [InlineData("Shared.{|TW2008:EnterScope()|}; n++;")]
    [InlineData("Open.{|TW2008:EnterScope()|}; n++;")]
    [InlineData("_ = gate.{|TW2008:EnterScope()|}; n++;")]
    [InlineData("var _ = gate.{|TW2008:EnterScope()|}; n++;")]
    [InlineData("var s = gate.{|TW2008:EnterScope()|}; n++;")]
    [InlineData("scoped var s = gate.{|TW2008:EnterScope()|}; n++;")]
    [InlineData("Lock.Scope s; s = gate.{|TW2008:EnterScope()|}; n++;")]
    [InlineData("if (b) gate.{|TW2008:EnterScope()|}; n++;")]
    [InlineData("peer.EnterScope(); gate.{|TW2008:EnterScope()|}; n++; peer.Exit();")]
    [InlineData("var s = gate.{|TW2008:EnterScope()|}; if (b) return; n++; s.Dispose();")]
    [InlineData("var s = gate.{|TW2008:EnterScope()|}; if (n > 3) return; n++; s.Dispose();")]
    [InlineData("var s = gate.{|TW2008:EnterScope()|}; if (n > 3) throw new InvalidOperationException(); s.Dispose();")]
    [InlineData("var s = gate.{|TW2008:EnterScope()|}; if (n > 3) { n++; s.Dispose(); }")]
    [InlineData("for (var i = 0; i < 9; i++) { var s = gate.{|TW2008:EnterScope()|}; if (n == i) continue; n--; s.Dispose(); }")]
    [InlineData("while (n > 0) { var s = gate.{|TW2008:EnterScope()|}; if (n == 3) break; n--; s.Dispose(); }")]
    [InlineData("var s = gate.{|TW2008:EnterScope()|}; switch (n) { case 0: s.Dispose(); break; case 1: return; default: s.Dispose(); break; }")]
    [InlineData("var s = gate.{|TW2008:EnterScope()|}; if (n > 3) goto end; n++; s.Dispose(); end: n--;")]
    [InlineData("var s = gate.{|TW2008:EnterScope()|}; var t = peer.EnterScope(); n++; t.Dispose();")]
    [InlineData("Action a = () => { gate.{|TW2008:EnterScope()|}; n++; }; a();")]
    [InlineData("Action a = () => gate.{|TW2008:EnterScope()|}; a();")]
    [InlineData("void Inner() { var s = gate.{|TW2008:EnterScope()|}; if (n > 3) return; s.Dispose(); } Inner();")]
    [InlineData("Task.Run(() => { gate.{|TW2008:EnterScope()|}; n++; });")]
    public Task Guilty(string statements) => Verify.Rule("TW2008", Class($"void M(bool b) {{ {statements} }} void Unlock() => peer.Exit();"));

    [Theory]
    [InlineData("C() { gate.{|TW2008:EnterScope()|}; n++; }")]
    [InlineData("int M { get { gate.{|TW2008:EnterScope()|}; return n; } }")]
    [InlineData("int M { set { var s = gate.{|TW2008:EnterScope()|}; n = value; } }")]
    [InlineData("event Action M { add { gate.{|TW2008:EnterScope()|}; n++; } remove { } }")]
    [InlineData("void M() => gate.{|TW2008:EnterScope()|};")]
    [InlineData("async Task M() { await Task.Yield(); gate.{|TW2008:EnterScope()|}; n++; await Task.Yield(); }")]
    [InlineData("void M<T>(T item) where T : IWork { gate.{|TW2008:EnterScope()|}; item.Do(); }")]
    [InlineData("void M() { Enter(); n++; } void Enter() => gate.{|TW2008:EnterScope()|};")]
    [InlineData("void M(Lock given) { given.{|TW2008:EnterScope()|}; n++; }")]
    [InlineData("void M() { all[0].{|TW2008:EnterScope()|}; n++; }")]
    [InlineData("void M() { Find().{|TW2008:EnterScope()|}; n++; }")]
    [InlineData("void M() { var own = new Lock(); Parallel.For(0, 9, i => { own.{|TW2008:EnterScope()|}; n++; }); }")]
    [InlineData("readonly Action m = () => { Shared.{|TW2008:EnterScope()|}; Total++; }; static int Total;")]
    public Task Guilty_members(string member) => Verify.Rule("TW2008", Class(member));

    [Fact]
    public Task An_exit_in_another_part() => Verify.Rule("TW2008", """
        partial class C
        {
            private readonly Lock _lock = new();
            private int _n;
            void Enter() { _lock.EnterScope(); _n++; }
        }

        partial class C
        {
            void Leave() => _lock.Exit();
        }
        """);

    [Fact]
    public Task In_another_part() => Verify.Rule("TW2008", """
        partial class C
        {
            private readonly Lock _lock = new();
        }

        partial class C
        {
            private int _n;
            void Enter() { _lock.{|TW2008:EnterScope()|}; _n++; }
        }
        """);

    [Fact]
    public Task A_nested_type_exits() => Verify.Rule("TW2008", """
        class C
        {
            private readonly Lock _lock = new();
            Guard Enter() { _lock.EnterScope(); return new Guard(this); }

            sealed class Guard(C owner) : IDisposable
            {
                public void Dispose() => owner._lock.Exit();
            }
        }
        """);

    /// <summary>Which <c>Lock</c> an element, a call or an alias gives is not known.</summary>
    [Theory]
    [InlineData("void M() { all[0].EnterScope(); n++; peer.Exit(); }")]
    [InlineData("void M() { gate.EnterScope(); n++; Find().Exit(); }")]
    [InlineData("void M() { gate.EnterScope(); n++; Leave(gate); } static void Leave(Lock taken) => taken.Exit();")]
    [InlineData("void M() { var l = gate; l.EnterScope(); n++; gate.Exit(); }")]
    public Task An_exit_that_may_be_of_this_lock(string members) => Verify.Rule("TW2008", Class(members));

    [Fact]
    public Task In_a_nested_type() => Verify.Rule("TW2008", """
        class C
        {
            class Inner
            {
                private readonly Lock _lock = new();
                private int _n;
                void M() { _lock.{|TW2008:EnterScope()|}; _n++; }
            }
        }
        """);

    [Fact]
    public Task In_a_struct_and_a_generic_type() => Verify.Rule("TW2008", """
        struct S<T>
        {
            private static readonly Lock Gate = new();
            private static T? s_last;
            static void M(T last) { Gate.{|TW2008:EnterScope()|}; s_last = last; }
        }
        """);

    [Fact]
    public Task At_top_level() => Verify.Rule(
        "TW2008", "var gate = new Lock(); var n = 0; Parallel.For(0, 9, i => { var s = gate.{|TW2008:EnterScope()|}; if (i > 3) return; n++; s.Dispose(); });",
        static test => test.OutputKind = OutputKind.ConsoleApplication);

    /// <summary>C# 12 does not know the type's own <c>lock</c>, and <c>EnterScope</c> is a method like others there.</summary>
    [Fact]
    public Task Before_csharp_13() => Verify.Rule("TW2008", Class("void M() { gate.{|TW2008:EnterScope()|}; n++; }"), static test => test.LanguageVersion = LanguageVersion.CSharp12);

    [Fact]
    public Task A_lookalike() => Verify.Rule("TW2008", """
        class Lock { public IDisposable EnterScope() => null!; }
        class C
        {
            private readonly Lock _lock = new();
            void M() { _lock.EnterScope(); }
        }
        """);

    /// <summary>Whichever of the two fits a path without a release, the one that knows scopes speaks.</summary>
    [Fact]
    public Task Speaks_before_TW2001() => Verify.Rule("TW2001", Class("void M() { var s = gate.{|TW2008:EnterScope()|}; if (n > 3) return; n++; s.Dispose(); }"));

    [Fact]
    public Task TW2001_speaks_when_this_is_off() => Verify.Rule(
        "TW2001", Class("void M() { var s = gate.{|TW2001:EnterScope()|}; if (n > 3) return; n++; s.Dispose(); }"), static test => test.DisabledDiagnostics.Add("TW2008"));

    /// <summary>Only an exception leaves the scope open: that is TW2012's.</summary>
    [Fact]
    public Task A_call_that_may_throw_is_not_this_rules() => Verify.Rule("TW2012", Class("void M() { var s = gate.{|TW2012:EnterScope()|}; work.Do(); s.Dispose(); }"));

    [Theory]
    [InlineData("var s = gate.{|TW2008:EnterScope()|}; s = gate.EnterScope(); n++; s.Dispose();")]
    [InlineData("var s = gate.{|TW2008:EnterScope()|}; n++; s = peer.EnterScope(); n--; s.Dispose();")]
    [InlineData("Lock.Scope s; s = gate.{|TW2008:EnterScope()|}; n++; s = default; s.Dispose();")]
    [InlineData("var s = gate.{|TW2008:EnterScope()|}; if (b) { n++; } s = gate.EnterScope(); try { n--; } finally { s.Dispose(); }")]
    [InlineData("var s = gate.{|TW2008:EnterScope()|}; s = new Lock.Scope(); s.Dispose(); void Unlock() => n++;")]
    public Task Another_takes_its_place(string statements) => Verify.Rule("TW2008", Class($"void M(bool b) {{ {statements} }}"));

    [Theory]
    [InlineData("var s = gate.EnterScope(); n++; s.Dispose(); s = peer.EnterScope(); n--; s.Dispose();")]
    [InlineData("Lock.Scope s = default; while (n-- > 0) { s = gate.EnterScope(); n--; s.Dispose(); }")]
    [InlineData("Lock.Scope s = default; if (b) s = gate.EnterScope(); if (!b) s = peer.EnterScope(); n++; s.Dispose();")]
    [InlineData("var s = gate.EnterScope(); if (b) { s.Dispose(); s = peer.EnterScope(); } n++; s.Dispose();")]
    [InlineData("var s = gate.EnterScope(); n++; s.Dispose(); s = default;")]
    [InlineData("var s = gate.EnterScope(); try { n++; } finally { s.Dispose(); s = default; }")]
    [InlineData("var s = gate.EnterScope(); Keep(s); s = gate.EnterScope(); s.Dispose();")]
    public Task Another_takes_its_place_when_it_is_closed(string statements) => Verify.Rule("TW2008", Class($"void M(bool b) {{ {statements} }} static void Keep(Lock.Scope s) => s.Dispose();"));

    [Theory]
    [InlineData("var s = gate.{|TW2008:EnterScope()|}; var t = s; n++;")]
    [InlineData("var s = gate.{|TW2008:EnterScope()|}; var t = s; if (b) return; n++; t.Dispose();")]
    [InlineData("var s = gate.{|TW2008:EnterScope()|}; var t = s; var u = t; if (n > 3) return; n++; u.Dispose();")]
    [InlineData("var s = gate.{|TW2008:EnterScope()|}; var t = s; if (n > 3) { t.Dispose(); return; } if (b) return; s.Dispose();")]
    [InlineData("Lock.Scope s; s = gate.{|TW2008:EnterScope()|}; Lock.Scope t = s; n++;")]
    public Task A_copy_that_nobody_disposes_of(string statements) => Verify.Rule("TW2008", Class($"void M(bool b) {{ {statements} }}"));

    [Theory]
    [InlineData("var s = gate.EnterScope(); var t = s; n++; t.Dispose();")]
    [InlineData("var s = gate.EnterScope(); var t = s; var u = t; n++; u.Dispose();")]
    [InlineData("var s = gate.EnterScope(); var t = s; if (b) { s.Dispose(); return; } n++; t.Dispose();")]
    [InlineData("var s = gate.EnterScope(); using var t = s; n++;")]
    [InlineData("var s = gate.EnterScope(); using (var t = s) { if (b) return; n++; }")]
    [InlineData("var s = gate.EnterScope(); var t = s; Take(t); if (b) return; n++;")]
    [InlineData("var s = gate.EnterScope(); ref var t = ref s; if (b) return; t.Dispose();")]
    [InlineData("var s = gate.EnterScope(); var t = s; s = peer.EnterScope(); n++; s.Dispose(); t.Dispose();")]
    [InlineData("var s = gate.EnterScope(); var t = s; t = default; n++; s.Dispose();")]
    [InlineData("var s = gate.EnterScope(); Lock.Scope t; t = s; n++; t.Dispose();")]
    public Task A_copy_that_is_disposed_of_or_given_away(string statements) => Verify.Rule("TW2008", Class($"void M(bool b) {{ {statements} }}"));

    [Theory]
    [InlineData("void M() { {|TW2008:Opened()|}; n++; }")]
    [InlineData("void M() { _ = {|TW2008:Deeper()|}; n++; } Lock.Scope Deeper() { return Opened(); }")]
    [InlineData("void M() { var s = {|TW2008:Opened()|}; n++; }")]
    [InlineData("void M() { var s = {|TW2008:Opened()|}; if (n > 3) return; n++; s.Dispose(); }")]
    [InlineData("static void M() { {|TW2008:OpenShared()|}; } static Lock.Scope OpenShared() => Shared.EnterScope();")]
    public Task A_scope_that_a_helper_returns(string member) => Verify.Rule("TW2008", Class(member));

    [Theory]
    [InlineData("void M() { using (Opened()) n++; }")]
    [InlineData("void M() { using var s = Opened(); n++; }")]
    [InlineData("void M() { var s = Opened(); try { n++; } finally { s.Dispose(); } }")]
    [InlineData("Lock.Scope M() => Opened();")]
    [InlineData("void M() { Take(Opened()); }")]
    [InlineData("void M() { Opened(); n++; gate.Exit(); }")]
    [InlineData("void M(C other) { other.Opened(); n++; }")]
    [InlineData("void M() { Perhaps(); n++; } Lock.Scope Perhaps() => n > 3 ? gate.EnterScope() : default;")]
    [InlineData("void M() { Nothing(); } Lock.Scope Nothing() => default;")]
    [InlineData("void M() { Find2(); } Lock.Scope Find2() => Find().EnterScope();")]
    public Task A_scope_of_a_helper_that_is_disposed_of_or_unknown(string member) => Verify.Rule("TW2008", Class(member));

    private static string Class(string members) => $$"""
        interface IWork { void Do(); }

        class Box { public readonly Lock Gate = new(); }

        ref struct Guard
        {
            public Lock.Scope Scope;
            public void Dispose() => Scope.Dispose();
        }

        delegate Lock.Scope Opener();

        class C
        {
            public static readonly Lock Open = new();
            private static readonly Lock Shared = new();
            private readonly Lock gate = new();
            private readonly Lock peer = new();
            private readonly Lock[] all = [new()];
            private readonly IWork work = null!;
            private int n;

            {{members}}

            private Lock Find() => all[n];
            private Lock.Scope Opened() => gate.EnterScope();
            private static void Close(ref Lock.Scope s) => s.Dispose();
            private static void Take(Lock.Scope s) => s.Dispose();
            private void OpenTo(out Lock.Scope s) => s = gate.EnterScope();
        }
        """;
}

using System.Linq;
using Xunit;

namespace Threadwise.Analyzers.Tests.Engine;

/// <summary>
/// What the flow engine knows at a point. A probe is asked at the start of its block, so each stands behind a <c>;</c> of its own in a
/// branch or handler where the state is the one before it.
/// </summary>
public class LockFlowTests
{
    [Theory]
    [InlineData("Monitor.Enter(_gate); if (a) { Probe(\"p\"); } Monitor.Exit(_gate);", "this._gate: Held")]
    [InlineData("Monitor.Enter(_gate); Monitor.Enter(_gate); if (a) { Probe(\"p\"); } Monitor.Exit(_gate); Monitor.Exit(_gate);", "this._gate: Held×2")]
    [InlineData("Monitor.Enter(_gate); Monitor.Exit(_gate); if (a) { Probe(\"p\"); }", "this._gate: Released")]
    [InlineData("Monitor.Exit(_gate); if (a) { Probe(\"p\"); }", "this._gate: Unknown")]
    [InlineData("_rw.EnterReadLock(); if (a) { Probe(\"p\"); } _rw.ExitReadLock();", "this._rw:Read: Held")]
    public void A_lock_along_a_line(string statements, string expected) => Assert.Equal([expected], Probes.In(statements).Locks("p"));

    [Fact]
    public void A_try_acquire_splits_the_path()
    {
        var probes = Probes.In("if (Monitor.TryEnter(_gate)) { Probe(\"yes\"); Monitor.Exit(_gate); } else { Probe(\"no\"); }");
        Assert.Equal(["this._gate: Held"], probes.Locks("yes"));
        Assert.Equal(["this._gate: AcquireRefused"], probes.Locks("no"));
    }

    [Theory]
    [InlineData("bool ok = Monitor.TryEnter(_gate); if (ok) { Probe(\"p\"); Monitor.Exit(_gate); }")]
    [InlineData("bool no = !Monitor.TryEnter(_gate); if (!no) { Probe(\"p\"); Monitor.Exit(_gate); }")]
    [InlineData("bool ok = false; Monitor.TryEnter(_gate, ref ok); if (ok) { Probe(\"p\"); Monitor.Exit(_gate); }")]
    [InlineData("bool ok = a && Monitor.TryEnter(_gate); if (ok) { Probe(\"p\"); Monitor.Exit(_gate); }")]
    [InlineData("bool ok = Monitor.TryEnter(_gate), same = ok; if (same == true) { Probe(\"p\"); Monitor.Exit(_gate); }")]
    [InlineData("bool ok = true; ok &= Monitor.TryEnter(_gate); if (ok is true) { Probe(\"p\"); Monitor.Exit(_gate); }")]
    [InlineData("if (!await _slim.WaitAsync(10)) return; if (a) { Probe(\"p\"); } _slim.Release();")]
    [InlineData("if (a) Monitor.Enter(_gate); if (a) { Probe(\"p\"); Monitor.Exit(_gate); }")]
    [InlineData("if (k == 1) Monitor.Enter(_gate); switch (k) { case 1: Probe(\"p\"); Monitor.Exit(_gate); break; }")]
    [InlineData("if (!Monitor.TryEnter(_gate)) Environment.FailFast(\"\"); if (b) { Probe(\"p\"); } Monitor.Exit(_gate);")]
    public void A_fact_goes_with_the_lock(string statements)
    {
        var held = Assert.Single(Probes.In(statements).Locks("p"));
        Assert.EndsWith(": Held", held);
    }

    [Fact]
    public void A_finally_is_entered_as_it_was_left()
    {
        var probes = Probes.In("""
            try { if (a) return; Monitor.Enter(_gate); }
            finally { Probe("f"); if (b) { Monitor.Exit(_gate); } }
            if (b) { Probe("after"); }
            """);
        Assert.Equal(["", "this._gate: AcquireMightThrow", "this._gate: Held"], probes.Locks("f"));
        Assert.Equal(["this._gate: Released"], probes.Locks("after"));
    }

    [Fact]
    public void A_cancelled_wait_reaches_the_handlers_that_can_take_it()
    {
        var probes = Probes.In("""
            try { await _slim.WaitAsync(ct); }
            catch (IOException) { Probe("io"); }
            catch (OperationCanceledException) { Probe("cancelled"); }
            _slim.Release();
            """);
        Assert.Empty(probes.Locks("io"));
        Assert.Equal(["this._slim: AcquireThrew"], probes.Locks("cancelled"));
    }

    [Fact]
    public void An_exception_out_of_a_call_reaches_every_handler_with_the_state_before_it()
    {
        var probes = Probes.In("""
            Monitor.Enter(_gate);
            try { Work(); Monitor.Exit(_gate); Work(); }
            catch (IOException) { Probe("p"); }
            """);
        Assert.Equal(["this._gate: Held", "this._gate: Released"], probes.Locks("p"));
    }

    [Theory]
    [InlineData("var g = _gate; Monitor.Enter(g); if (a) { Probe(\"p\"); } Monitor.Exit(_gate);", "this._gate: Held")]
    [InlineData("Monitor.Enter(_gates[0]); if (a) { Probe(\"p\"); } Monitor.Exit(_gates[0]);", "this._gates[0]: Held")]
    [InlineData("Monitor.Enter(_gates[k]); if (a) { Probe(\"p\"); } Monitor.Exit(_gates[k]);", "this._gates[k]: Held")]
    [InlineData("Monitor.Enter((object)o); if (a) { Probe(\"p\"); } Monitor.Exit(o);", "o: Held")]
    [InlineData("Monitor.Enter(typeof(C)); if (a) { Probe(\"p\"); } Monitor.Exit(typeof(C));", "typeof(C): Held")]
    [InlineData("Monitor.Enter(_next._gate); if (a) { Probe(\"p\"); } Monitor.Exit(_next._gate);", "this._next._gate: Held")]
    [InlineData("Monitor.Enter(_next._gate); _next = null!; if (a) { Probe(\"p\"); }", "this._next._gate: Unknown")]
    [InlineData("Monitor.Enter(_gates[k]); k++; if (a) { Probe(\"p\"); }", "this._gates[k]: Unknown")]
    public void A_lock_is_known_by_its_path(string statements, string expected) => Assert.Equal([expected], Probes.In(statements).Locks("p"));

    [Fact]
    public void A_lambda_is_a_function_of_its_own()
    {
        var probes = Probes.In("""
            Monitor.Enter(_gate);
            Action run = () => { Monitor.Enter(o); if (b) { Probe("inner"); } Monitor.Exit(o); };
            run();
            Monitor.Exit(_gate);
            """);
        Assert.Equal(["o: Held"], probes.Locks("inner"));
    }

    [Fact]
    public void A_body_past_the_bounds_is_unknown()
    {
        var locks = string.Concat(Enumerable.Range(0, Analyzers.Engine.Limits.LocksPerBody + 1)
            .Select(static i => $"Monitor.Enter(_gates[{i}]); Monitor.Exit(_gates[{i}]);"));
        Assert.True(Probes.In(locks).HitBound);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void A_body_with_more_conditions_than_facts_is_unknown(int tooMany, bool hitsBound)
    {
        var conditions = string.Concat(Enumerable.Range(0, Analyzers.Engine.Limits.FactsPerBody + tooMany).Select(static i => $"if (k == {i}) Work();"));
        Assert.Equal(hitsBound, Probes.In(conditions + "Monitor.Enter(_gate); Monitor.Exit(_gate);").HitBound);
    }

    [Fact]
    public void The_graph_prints_itself()
    {
        var dump = Probes.In("if (Monitor.TryEnter(_gate)) Monitor.Exit(_gate);").Dump();
        Assert.Equal("""
            L0 = this._gate
            throw  {L0:AcquireMightThrow}
            entry  {}
                Next -> n3
            exit  {L0:AcquireRefused} | {L0:Released}
            n3  {}
                if Monitor.TryEnter(_gate)
                WhenFalse -> n2
                WhenTrue -> n4
            n4  {L0:Held}
                Monitor.Exit(_gate);
                Next -> n2

            """, dump, ignoreLineEndingDifferences: true);
    }
}

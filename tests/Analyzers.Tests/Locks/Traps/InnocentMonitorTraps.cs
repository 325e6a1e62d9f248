using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks.Traps;

/// <summary>Correct uses of Monitor and of the lock statement.</summary>
public class InnocentMonitorTraps
{
    private static Task Silent(string statements) => Verify.Rule("TW2003", Snippet.Sync(statements));

    [Fact]
    public Task Enter_before_the_try() => Silent("Monitor.Enter(sync); try { work.Do(); } finally { Monitor.Exit(sync); }");

    [Theory]
    [InlineData("bool taken = false; try { Monitor.Enter(sync, ref taken); work.Do(); } finally { if (taken) Monitor.Exit(sync); }")]
    [InlineData("bool taken = false; try { work.Do(); Monitor.Enter(sync, ref taken); work.Do(); } finally { if (taken) { Monitor.Exit(sync); } }")]
    [InlineData("bool taken = false; try { Monitor.TryEnter(sync, ref taken); if (taken) work.Do(); } finally { if (taken) Monitor.Exit(sync); }")]
    [InlineData("bool taken = false; try { Monitor.TryEnter(sync, 100, ref taken); if (!taken) return; work.Do(); } finally { if (taken) Monitor.Exit(sync); }")]
    [InlineData("bool taken = false; try { Monitor.TryEnter(sync, TimeSpan.FromSeconds(1), ref taken); if (!taken) throw new TimeoutException(); work.Do(); } finally { if (taken) Monitor.Exit(sync); }")]
    [InlineData("bool taken = false; Monitor.TryEnter(sync, 100, ref taken); if (!taken) return; try { work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("bool taken = false; Monitor.TryEnter(sync, ref taken); if (taken) { try { work.Do(); } finally { Monitor.Exit(sync); } } else { work.Do(); }")]
    public Task Flag_filled_by_reference(string statements) => Silent(statements);

    [Theory]
    [InlineData("if (Monitor.TryEnter(sync)) { try { work.Do(); } finally { Monitor.Exit(sync); } }")]
    [InlineData("if (Monitor.TryEnter(sync, 100)) try { work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("if (!Monitor.TryEnter(sync, TimeSpan.FromSeconds(1))) return; try { work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("if (!Monitor.TryEnter(sync, 100)) throw new TimeoutException(text); try { work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("if (condition && Monitor.TryEnter(sync)) { try { work.Do(); } finally { Monitor.Exit(sync); } }")]
    [InlineData("if (!condition || !Monitor.TryEnter(sync)) return; try { work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("if (Monitor.TryEnter(sync) == false) return; try { work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("if (Monitor.TryEnter(sync) is true) { try { work.Do(); } finally { Monitor.Exit(sync); } }")]
    [InlineData("if (Monitor.TryEnter(sync) is not true) return; try { work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("if (Monitor.TryEnter(sync) is var ok && !ok) return; try { work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("if (Monitor.TryEnter(sync) != true) { work.Do(); } else { try { work.Do(); } finally { Monitor.Exit(sync); } }")]
    public Task TryEnter_as_a_condition(string statements) => Silent(statements);

    [Fact]
    public Task TryEnter_as_a_condition_within_the_try_of_a_flag() => Silent(
        "bool taken = false; try { if (!(taken = Monitor.TryEnter(sync, 100))) return; work.Do(); } finally { if (taken) Monitor.Exit(sync); }");

    [Fact]
    public Task Monitor_is_reentrant_so_an_inner_pair_stands_in_the_outer_try() => Silent("""
        Monitor.Enter(sync);
        try
        {
            work.Do();
            Monitor.Enter(sync);
            try { work.Do(); }
            finally { Monitor.Exit(sync); }
        }
        finally { Monitor.Exit(sync); }
        """);

    [Fact]
    public Task Entered_twice_and_left_twice() => Silent(
        "Monitor.Enter(sync); Monitor.Enter(sync); try { work.Do(); } finally { Monitor.Exit(sync); Monitor.Exit(sync); }");

    [Fact]
    public Task Explicit_pair_inside_a_lock_on_the_same_object() => Silent(
        "lock (sync) { work.Do(); Monitor.Enter(sync); try { work.Do(); } finally { Monitor.Exit(sync); } work.Do(); }");

    [Fact]
    public Task Lock_left_for_slow_work_and_taken_again() => Silent("""
        lock (sync)
        {
            work.Do();
            Monitor.Exit(sync);
            try { work.Do(); }
            finally { Monitor.Enter(sync); }
            work.Do();
        }
        """);

    [Fact]
    public Task Explicit_lock_left_for_slow_work_and_taken_again_within_its_try() => Silent("""
        Monitor.Enter(sync);
        try
        {
            work.Do();
            Monitor.Exit(sync);
            try { work.Do(); }
            finally { Monitor.Enter(sync); }
            work.Do();
        }
        finally { Monitor.Exit(sync); }
        """);

    [Fact]
    public Task Helper_called_with_the_lock_held_leaves_and_retakes_it() => Verify.Rule("TW2003", Snippet.Class("""
        public void M() { lock (sync) { Slow(); } }
        private void Slow()
        {
            Monitor.Exit(sync);
            try { work.Do(); }
            finally { Monitor.Enter(sync); }
        }
        """));

    [Fact]
    public Task Exit_in_the_catch_that_throws_and_at_the_end() => Silent(
        "Monitor.Enter(sync); try { work.Do(); } catch { Monitor.Exit(sync); throw; } Monitor.Exit(sync);");

    [Fact]
    public Task Exit_in_the_catch_that_returns_and_at_the_end() => Silent(
        "Monitor.Enter(sync); try { work.Do(); } catch (IOException) { Monitor.Exit(sync); return; } Monitor.Exit(sync);");

    [Fact]
    public Task Exit_on_each_branch() => Silent(
        "Monitor.Enter(sync); if (condition) { Monitor.Exit(sync); return; } number++; Monitor.Exit(sync);");

    [Fact]
    public Task Left_early_with_the_flag_cleared() => Silent("""
        bool taken = false;
        try
        {
            Monitor.Enter(sync, ref taken);
            if (condition)
            {
                Monitor.Exit(sync);
                taken = false;
            }
            work.Do();
        }
        finally { if (taken) Monitor.Exit(sync); }
        """);

    [Fact]
    public Task Left_only_if_entered() => Silent("try { Monitor.Enter(sync); work.Do(); } finally { if (Monitor.IsEntered(sync)) Monitor.Exit(sync); }");

    [Fact]
    public Task Wait_and_pulse_give_the_lock_away_and_bring_it_back() => Silent("""
        Monitor.Enter(sync);
        try
        {
            while (!condition) { Monitor.Wait(sync); condition = work.Ask(); }
            Monitor.Wait(sync, 100);
            Monitor.PulseAll(sync);
        }
        finally { Monitor.Exit(sync); }
        """);

    [Theory]
    [InlineData("lock (sync) { if (condition) return; work.Do(); }")]
    [InlineData("lock (sync) lock (peer) { work.Do(); }")]
    [InlineData("try { lock (sync) { work.Do(); } } finally { lock (sync) { number++; } }")]
    [InlineData("foreach (char c in text) { lock (sync) { if (c == 'a') continue; if (c == 'b') break; work.Do(); } }")]
    [InlineData("try { lock (sync) { throw new InvalidOperationException(); } } catch (InvalidOperationException) { lock (sync) { number--; } }")]
    public Task Lock_statements(string statements) => Silent(statements);

    [Fact]
    public Task Static_lock_in_a_static_constructor_and_accessors() => Verify.Rule("TW2003", """
        public static class Registry
        {
            private static readonly object Gate = new();
            private static readonly List<string> Items = new();
            static Registry() { Monitor.Enter(Gate); try { Items.Add(Environment.MachineName); } finally { Monitor.Exit(Gate); } }
            public static int Count { get { Monitor.Enter(Gate); try { return Items.Count; } finally { Monitor.Exit(Gate); } } }
            public static event EventHandler? Changed
            {
                add { bool taken = false; try { Monitor.Enter(Gate, ref taken); Items.Add(value!.Method.Name); } finally { if (taken) Monitor.Exit(Gate); } }
                remove { if (!Monitor.TryEnter(Gate, 100)) return; try { Items.Remove(value!.Method.Name); } finally { Monitor.Exit(Gate); } }
            }
        }
        """);

    [Fact]
    public Task Monitor_held_across_the_yields_of_an_iterator() => Verify.Rule("TW2003", Snippet.Iterator(
        "Monitor.Enter(sync); try { yield return 1; if (condition) yield break; yield return 2; } finally { Monitor.Exit(sync); }"));
}

using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks.Traps;

/// <summary>The release depends on a flag, a condition, a null test or a count that agrees with the acquire.</summary>
public class InnocentFlagTraps
{
    private static Task Silent(string statements) => Verify.Rule("TW2003", Snippet.Async(statements));

    [Theory]
    [InlineData("bool entered = false; try { await gate.WaitAsync(ct); entered = true; await work.DoAsync(); } finally { if (entered) gate.Release(); }")]
    [InlineData("bool entered = false; try { gate.Wait(ct); entered = true; work.Do(); } catch (OperationCanceledException) { } finally { if (entered) { gate.Release(); } }")]
    [InlineData("var entered = false; try { entered = await gate.WaitAsync(100, ct); if (!entered) return; work.Do(); } finally { if (entered) gate.Release(); }")]
    [InlineData("bool missed = true; try { await gate.WaitAsync(ct); missed = false; work.Do(); } finally { if (!missed) gate.Release(); }")]
    [InlineData("bool entered = false; try { await gate.WaitAsync(ct); entered = true; work.Do(); } finally { if (!entered) work.Do(); else gate.Release(); }")]
    [InlineData("bool entered = false; try { await gate.WaitAsync(ct); entered = true; work.Do(); } finally { if (entered is true) gate.Release(); }")]
    [InlineData("bool entered = false; try { await gate.WaitAsync(ct); entered = true; work.Do(); } finally { if (entered == true) gate.Release(); }")]
    [InlineData("bool entered = false; try { await gate.WaitAsync(ct); entered = true; work.Do(); } finally { if (entered && text.Length > 0) gate.Release(); else if (entered) gate.Release(); }")]
    [InlineData("bool entered = false; try { await gate.WaitAsync(ct); entered = true; work.Do(); } finally { _ = entered ? gate.Release() : 0; }")]
    [InlineData("bool entered = false; try { await gate.WaitAsync(ct); entered = true; work.Do(); } finally { switch (entered) { case true: gate.Release(); break; } }")]
    [InlineData("bool? entered = null; try { await gate.WaitAsync(ct); entered = true; work.Do(); } finally { if (entered == true) gate.Release(); }")]
    [InlineData("bool? entered = null; try { await gate.WaitAsync(ct); entered = true; work.Do(); } finally { if (entered.HasValue) gate.Release(); }")]
    [InlineData("bool? entered = null; try { await gate.WaitAsync(ct); entered = true; work.Do(); } finally { if (entered ?? false) gate.Release(); }")]
    public Task Flag_set_after_the_wait(string statements) => Silent(statements);

    [Theory]
    [InlineData("bool entered = false; try { entered |= gate.Wait(0); if (entered) work.Do(); } finally { if (entered) gate.Release(); }")]
    [InlineData("bool entered = true; entered &= gate.Wait(100); if (!entered) return; try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("bool entered = condition && gate.Wait(100); if (entered) try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("bool entered = condition ? gate.Wait(0) : gate.Wait(100); if (!entered) return; try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("bool entered = number switch { 0 => gate.Wait(0), 1 => await gate.WaitAsync(100), _ => false }; try { if (entered) work.Do(); } finally { if (entered) gate.Release(); }")]
    [InlineData("bool missed = !gate.Wait(100); if (missed) return; try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("bool a = gate.Wait(100); bool b = a; if (!b) return; try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("bool a = gate.Wait(100); bool b = other.Wait(100); try { if (a && b) work.Do(); } finally { if (b) other.Release(); if (a) gate.Release(); }")]
    [InlineData("bool a = gate.Wait(100), b = a && other.Wait(100); if (!b) { if (a) gate.Release(); return; } try { work.Do(); } finally { other.Release(); gate.Release(); }")]
    [InlineData("bool entered; if (condition) { await gate.WaitAsync(ct); entered = true; } else entered = gate.Wait(0); if (entered) try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("bool entered; while (!(entered = gate.Wait(100))) { if (ct.IsCancellationRequested) break; } try { if (entered) work.Do(); } finally { if (entered) gate.Release(); }")]
    [InlineData("bool entered = false; for (int i = 0; i < 3 && !entered; i++) entered = gate.Wait(100); if (!entered) return; try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("(bool entered, int tries) = (gate.Wait(100), 1); if (!entered) return; try { number += tries; } finally { gate.Release(); }")]
    public Task Flag_computed(string statements) => Silent(statements);

    [Theory]
    [InlineData("bool entered = false; try { await gate.WaitAsync(ct); entered = true; work.Do(); gate.Release(); entered = false; await work.DoAsync(); } finally { if (entered) gate.Release(); }")]
    [InlineData("await gate.WaitAsync(ct); bool held = true; try { if (condition) { gate.Release(); held = false; } await work.DoAsync(); } finally { if (held) gate.Release(); }")]
    [InlineData("await gate.WaitAsync(ct); bool released = false; try { work.Do(); released = true; gate.Release(); await work.DoAsync(); } finally { if (!released) gate.Release(); }")]
    [InlineData("int held = 0; try { await gate.WaitAsync(ct); held++; work.Do(); } finally { if (held > 0) gate.Release(); }")]
    [InlineData("int held = 0; try { await gate.WaitAsync(ct); held = 1; work.Do(); } finally { if (held == 1) gate.Release(); }")]
    [InlineData("int state = 0; try { state = 1; await gate.WaitAsync(ct); state = 2; work.Do(); } finally { if (state == 2) gate.Release(); }")]
    [InlineData("string state = \"new\"; try { await gate.WaitAsync(ct); state = \"held\"; work.Do(); } finally { if (state == \"held\") gate.Release(); }")]
    [InlineData("await gate.WaitAsync(ct); bool held = true; void Leave() { if (held) { held = false; gate.Release(); } } try { if (condition) Leave(); await work.DoAsync(); } finally { Leave(); }")]
    public Task Flag_follows_the_lock(string statements) => Silent(statements);

    [Theory]
    [InlineData("SemaphoreSlim? held = null; try { await gate.WaitAsync(ct); held = gate; work.Do(); } finally { held?.Release(); }")]
    [InlineData("SemaphoreSlim? held = null; try { await gate.WaitAsync(ct); held = gate; work.Do(); } finally { if (held != null) gate.Release(); }")]
    [InlineData("object? held = null; try { work.Do(); Monitor.Enter(sync); held = sync; work.Do(); } finally { if (held is not null) Monitor.Exit(held); }")]
    [InlineData("object? held = null; try { work.Do(); Monitor.Enter(sync); held = sync; work.Do(); } finally { if (held is { } entered) Monitor.Exit(entered); }")]
    [InlineData("Mutex? held = null; try { if (mutex.WaitOne(100)) held = mutex; work.Do(); } finally { held?.ReleaseMutex(); }")]
    [InlineData("SemaphoreSlim? maybe = condition ? gate : null; maybe?.Wait(); try { work.Do(); } finally { maybe?.Release(); }")]
    [InlineData("SemaphoreSlim? maybe = condition ? gate : null; if (maybe != null) await maybe.WaitAsync(ct); try { work.Do(); } finally { if (maybe is not null) maybe.Release(); }")]
    [InlineData("SemaphoreSlim chosen = condition ? gate : other; await chosen.WaitAsync(ct); try { work.Do(); } finally { chosen.Release(); }")]
    [InlineData("Action leave = () => { }; try { await gate.WaitAsync(ct); leave = () => gate.Release(); work.Do(); } finally { leave(); }")]
    [InlineData("Func<int>? leave = null; try { await gate.WaitAsync(ct); leave = gate.Release; work.Do(); } finally { leave?.Invoke(); }")]
    [InlineData("var held = new Stack<SemaphoreSlim>(); try { await gate.WaitAsync(ct); held.Push(gate); await other.WaitAsync(ct); held.Push(other); work.Do(); } finally { while (held.TryPop(out var top)) top.Release(); }")]
    public Task Null_or_a_delegate_tells_whether_it_is_held(string statements) => Silent(statements);

    [Theory]
    [InlineData("if (condition) await gate.WaitAsync(ct); try { work.Do(); } finally { if (condition) gate.Release(); }")]
    [InlineData("if (!condition) gate.Wait(ct); try { work.Do(); } finally { if (!condition) gate.Release(); }")]
    [InlineData("bool needed = text.Length > 3; if (needed) gate.Wait(); try { work.Do(); } finally { if (needed) gate.Release(); }")]
    [InlineData("bool needed = text.Length > 3; bool skip = !needed; if (needed) gate.Wait(); try { work.Do(); } finally { if (!skip) gate.Release(); }")]
    [InlineData("if (number > 0) gate.Wait(); try { work.Do(); } finally { if (number > 0) gate.Release(); }")]
    [InlineData("if (text is null) gate.Wait(); work.Do(); if (text == null) gate.Release();")]
    [InlineData("if (condition) { gate.Wait(); } else { other.Wait(); } try { work.Do(); } finally { if (condition) { gate.Release(); } else { other.Release(); } }")]
    [InlineData("const bool Locking = true; if (Locking) gate.Wait(); try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("if (!condition) { work.Do(); return; } gate.Wait(); try { work.Do(); } finally { if (condition) gate.Release(); }")]
    [InlineData("bool both = condition && number > 0; if (both) gate.Wait(); try { work.Do(); } finally { if (both is true) gate.Release(); }")]
    [InlineData("if (condition) Monitor.Enter(sync); try { work.Do(); } finally { if (condition) Monitor.Exit(sync); }")]
    public Task Same_condition_on_both_sides(string statements) => Silent(statements);

    [Fact]
    public Task Same_field_or_property_on_both_sides() => Verify.Rule("TW2003", Snippet.Class("""
        private readonly bool threadSafe = Environment.ProcessorCount > 1;
        private bool tracing;
        public bool Synchronized { get; } = true;
        public void Trace(bool on) => tracing = on;
        public void A()
        {
            if (threadSafe) gate.Wait();
            try { work.Do(); }
            finally { if (threadSafe) gate.Release(); }
        }
        public void B()
        {
            if (Synchronized) Monitor.Enter(sync);
            try { work.Do(); }
            finally { if (Synchronized) Monitor.Exit(sync); }
        }
        public void D()
        {
            if (tracing) rw.EnterReadLock();
            try { work.Do(); }
            finally { if (tracing) rw.ExitReadLock(); }
        }
        """));

    [Fact]
    public Task Optional_lock_in_a_field_or_parameter() => Verify.Rule("TW2003", """
        public sealed class Writer(TextWriter target, SemaphoreSlim? gate, object? sync)
        {
            private readonly SemaphoreSlim? _gate = gate;
            public void A(string text)
            {
                _gate?.Wait();
                try { target.Write(text); }
                finally { _gate?.Release(); }
            }
            public async Task B(string text, SemaphoreSlim? own, CancellationToken ct)
            {
                if (own is not null) await own.WaitAsync(ct);
                try { await target.WriteAsync(text); }
                finally { own?.Release(); }
            }
            public void C(string text)
            {
                if (sync != null) Monitor.Enter(sync);
                try { target.Write(text); }
                finally { if (sync != null) Monitor.Exit(sync); }
            }
        }
        """);

    [Fact]
    public Task Flag_in_a_field() => Verify.Rule("TW2003", Snippet.Class("""
        private bool held;
        public void A()
        {
            try { work.Do(); held = gate.Wait(100); work.Do(); }
            finally { if (held) { held = false; gate.Release(); } }
        }
        private bool taken;
        public void Take() { taken = other.Wait(100); }
        public void Leave() { if (taken) other.Release(); taken = false; }
        """));

    [Fact]
    public Task Flag_filled_by_a_helper() => Verify.Rule("TW2003", Snippet.Class("""
        public void A()
        {
            bool taken = false;
            try { work.Do(); Take(ref taken); work.Do(); }
            finally { if (taken) Monitor.Exit(sync); }
        }
        public void B()
        {
            if (!TryTake(out bool taken)) return;
            try { work.Do(); }
            finally { if (taken) gate.Release(); }
        }
        private void Take(ref bool taken) => Monitor.Enter(sync, ref taken);
        private bool TryTake(out bool taken) => taken = gate.Wait(100);
        """));
}

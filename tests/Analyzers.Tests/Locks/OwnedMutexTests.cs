using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

/// <summary>A mutex that is made owned: held from the start, or not, by what another process did. What it was made with is not followed, so nothing is said of it.</summary>
public class OwnedMutexTests
{
    private static string Class(string members) => $$"""
        class C
        {
            private static Mutex? s_single;
            private readonly Mutex _owned = new(true);
            private readonly Mutex _plain = new(false);
            private Mutex? _late;
            private int _value;
        {{members}}
        }
        """;

    [Theory]
    [InlineData("static void Start(Action run) { s_single = new Mutex(true, \"app\", out bool isFirst); if (!isFirst) return; run(); GC.KeepAlive(s_single); }")]
    [InlineData("static void Start(Action run) { using var single = new Mutex(true, \"app\", out bool isFirst); if (!isFirst) return; run(); }")]
    [InlineData("static void Start(Action run) { using var single = new Mutex(true, \"app\", out bool isFirst); if (!isFirst) return; try { run(); } finally { single.ReleaseMutex(); } }")]
    [InlineData("static void Start(Action run) { var single = new Mutex(true, \"app\", out bool isFirst); try { if (isFirst) run(); } finally { if (isFirst) single.ReleaseMutex(); single.Dispose(); } }")]
    [InlineData("static void Start(Action run) { using var single = new Mutex(true, \"app\", out bool isFirst); if (!isFirst && !single.WaitOne(1000)) return; try { run(); } finally { single.ReleaseMutex(); } }")]
    [InlineData("static void Start(Action run) { using var single = new Mutex(false, \"app\"); if (!single.WaitOne(0)) return; run(); }")]
    [InlineData("static void Start(Action run) { using var single = new Mutex(false, \"app\"); if (!single.WaitOne(0)) return; try { run(); } finally { single.ReleaseMutex(); } }")]
    [InlineData("void M() { var made = new Mutex(true); _value++; made.ReleaseMutex(); }")]
    [InlineData("void M() { var made = new Mutex(initiallyOwned: true); try { _value++; } finally { made.ReleaseMutex(); made.Dispose(); } }")]
    [InlineData("void M() { var made = new Mutex(true); made.WaitOne(); _value++; made.ReleaseMutex(); made.ReleaseMutex(); }")]
    [InlineData("void M(bool own) { var made = new Mutex(own); if (!own) made.WaitOne(); _value++; made.ReleaseMutex(); }")]
    [InlineData("void M(bool own) { var made = new Mutex(own); _value++; if (own) made.ReleaseMutex(); }")]
    [InlineData("void Done() { _value++; _owned.ReleaseMutex(); }")]
    [InlineData("void Done() => _owned.ReleaseMutex(); void Again() { _owned.WaitOne(); try { _value++; } finally { _owned.ReleaseMutex(); } }")]
    [InlineData("void Open() { _late = new Mutex(true, \"late\", out bool created); if (!created) _late.WaitOne(); } void Close() { _late?.ReleaseMutex(); _late?.Dispose(); }")]
    [InlineData("void Open() { _late = new Mutex(true); _value++; } void Close() { _late!.ReleaseMutex(); }")]
    [InlineData("bool Open() { _late = new Mutex(true, \"late\", out bool created); return created; }")]
    [InlineData("void M() { _late = new Mutex(true); try { _value++; } finally { _late.ReleaseMutex(); } }")]
    [InlineData("void M() { Mutex made; try { made = Mutex.OpenExisting(\"app\"); } catch (WaitHandleCannotBeOpenedException) { made = new Mutex(true, \"app\"); } made.ReleaseMutex(); }")]
    [InlineData("void M() { using var made = new Mutex(true, \"app\", out _); try { _value++; } finally { made.ReleaseMutex(); } }")]
    [InlineData("void M() { _plain.WaitOne(); try { _value++; } finally { _plain.ReleaseMutex(); } }")]
    [InlineData("void M() { try { _plain.WaitOne(); } catch (AbandonedMutexException) { } try { _value++; } finally { _plain.ReleaseMutex(); } }")]
    [InlineData("void M() { for (var i = 0; i < 3; i++) { var made = new Mutex(true); _value++; made.ReleaseMutex(); } }")]
    public async Task Innocent(string members)
    {
        foreach (var id in new[] { "TW2001", "TW2002", "TW2003", "TW2005" })
        {
            await Verify.Rule(id, Class(members));
        }
    }

    /// <summary>Whether the mutex was made owned decides what a way out leaves behind; only one that was not is followed.</summary>
    [Fact]
    public Task A_mutex_that_is_made_free() => Verify.Rule("TW2001", Class("void M(int n) { _plain.{|TW2001:WaitOne()|}; if (n > 3) return; _value++; _plain.ReleaseMutex(); }"));

    [Theory]
    [InlineData("void M(int n) { var made = new Mutex(true); if (n > 3) return; _value++; made.ReleaseMutex(); }")]
    [InlineData("void M(int n) { using var made = new Mutex(true, \"app\", out bool isFirst); if (!isFirst) return; if (n > 3) return; _value++; made.ReleaseMutex(); }")]
    public Task Misses_a_way_out_with_a_mutex_that_was_made_owned(string members) => Verify.Rule("TW2001", Class(members));

    /// <summary>Which of the two it is, what acquires it knows.</summary>
    [Theory]
    [InlineData("void M() { var made = _value > 3 ? new Mutex(true) : new Mutex(false); if (_value <= 3) made.WaitOne(); made.ReleaseMutex(); }")]
    [InlineData("void M(string? name) { var made = name is null ? new Mutex(true) : new Mutex(true, name, out _); _value++; made.ReleaseMutex(); made.WaitOne(); made.ReleaseMutex(); }")]
    [InlineData("void M(bool late) { Mutex made = Made(); if (late) made.WaitOne(); _value++; made.ReleaseMutex(); } static Mutex Made() => new Mutex(true);")]
    public Task A_mutex_that_one_way_of_a_choice_makes_owned(string members) => Verify.Rule("TW2003", Class(members));
}

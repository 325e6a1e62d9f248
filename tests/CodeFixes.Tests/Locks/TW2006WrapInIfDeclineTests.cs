using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.CodeFixes.Locks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Locks;

/// <summary>Where the edit would not compile, would change what the code behind it does, or would have to guess.</summary>
public class TW2006WrapInIfDeclineTests
{
    private static Task Declined(string members) => Verify.NoFix<TW2006WrapInIf>("TW2006", TW2006WrapInIfTests.Class(members));

    [Theory]
    [InlineData("int M() { gate.{|TW2006:Wait(100)|}; try { return value; } finally { gate.Release(); } }")]
    [InlineData("int M() { gate.{|TW2006:Wait(100)|}; var copy = value; gate.Release(); return copy; }")]
    [InlineData("void M(out int n) { gate.{|TW2006:Wait(100)|}; n = value; gate.Release(); }")]
    [InlineData("int M() { int n; gate.{|TW2006:Wait(100)|}; n = value; gate.Release(); return n; }")]
    [InlineData("void M(int n) { switch (n) { case 1: gate.{|TW2006:Wait(100)|}; try { Work(); return; } finally { gate.Release(); } } }")]
    [InlineData("int P { get { gate.{|TW2006:Wait(100)|}; try { return value; } finally { gate.Release(); } } }")]
    public Task A_value_would_be_missing(string members) => Declined(members);

    [Theory]
    [InlineData("void M() { gate.{|TW2006:Wait(100)|}; int value = 1; gate.Release(); value++; }")]
    [InlineData("void M() { gate.{|TW2006:Wait(100)|}; void Work() { } gate.Release(); Work(); }")]
    [InlineData("void M() { Work(); gate.{|TW2006:Wait(100)|}; void Work() { } gate.Release(); }")]
    [InlineData("void M(string s) { gate.{|TW2006:Wait(100)|}; int.TryParse(s, out var value); gate.Release(); this.value = value; }")]
    [InlineData("void M(object o) { gate.{|TW2006:Wait(100)|}; var (a, value) = (1, 2); gate.Release(); this.value = value; }")]
    [InlineData("void M(int n) { switch (n) { case 1: gate.{|TW2006:Wait(100)|}; int value = 1; gate.Release(); break; case 2: value = 2; break; } }")]
    public Task A_name_is_used_behind_it(string members) => Declined(members);

    [Theory]
    [InlineData("void M() { gate.{|TW2006:Wait(100)|}; using var file = File.OpenRead(\"x\"); gate.Release(); Work(); }")]
    [InlineData("void M() { gate.{|TW2006:Wait(100)|}; again: Work(); if (value++ < 3) goto again; gate.Release(); }")]
    [InlineData("void M() { if (value > 3) goto again; again: gate.{|TW2006:Wait(100)|}; Work(); gate.Release(); }")]
    public Task Its_end_means_something(string members) => Declined(members);

    [Theory]
    [InlineData("void M() { if (value > 0) { Monitor.{|TW2006:TryEnter(sync, 100)|}; } Work(); Monitor.{|TW2003:Exit(sync)|}; }")]
    [InlineData("void M() { if (value > 0) Monitor.{|TW2006:TryEnter(sync, 100)|}; Work(); Monitor.{|TW2003:Exit(sync)|}; }")]
    [InlineData("void M() { Monitor.{|TW2006:TryEnter(sync, 100)|}; Work(); }")]
    [InlineData("void M() { while (value > 0) { gate.Release(); Work(); gate.{|TW2006:Wait(100)|}; } }")]
    [InlineData("void M() { for (gate.{|TW2006:Wait(100)|}; value < 3; value++) { } gate.Release(); }")]
    [InlineData("void M() { Action enter = () => Monitor.{|TW2006:TryEnter(sync, 100)|}; enter(); Monitor.Exit(sync); }")]
    public Task Its_end_is_elsewhere(string members) => Declined(members);

    [Theory]
    [InlineData("void M() { bool a = gate.{|TW2006:Wait(100)|}, b = other.{|TW2006:Wait(100)|}; Work(); other.Release(); gate.Release(); }")]
    [InlineData("void M() { try { gate.{|TW2006:Wait(100)|}; Work(); gate.Release(); } catch { gate.Release(); throw; } }")]
    public Task It_is_not_clear_whose_the_release_is(string members) => Declined(members);

    /// <summary>Hand over hand: the other lock would be left, or given back, by half.</summary>
    [Theory]
    [InlineData("void M() { gate.{|TW2006:Wait(100)|}; other.Wait(); gate.Release(); try { Work(); } finally { other.Release(); } }")]
    [InlineData("void M() { gate.{|TW2006:Wait(100)|}; try { Monitor.Enter(sync); } finally { gate.Release(); } Work(); Monitor.Exit(sync); }")]
    [InlineData("void M() { other.Wait(); gate.{|TW2006:Wait(100)|}; other.Release(); try { Work(); } finally { gate.Release(); } }")]
    [InlineData("async Task M() { await other.WaitAsync(); await gate.{|TW2006:WaitAsync(100)|}; other.Release(); await WorkAsync(); gate.Release(); }")]
    [InlineData("void M() { try { gate.{|TW2006:Wait(100)|}; other.Wait(); } finally { gate.Release(); } Work(); other.Release(); }")]
    [InlineData("Action M() => () => { rw.EnterReadLock(); gate.{|TW2006:Wait(100)|}; rw.ExitReadLock(); Work(); gate.Release(); };")]
    public Task Another_lock_overlaps_it(string members) => Declined(members);

    [Theory]
    [InlineData("void M() { try { gate.{|TW2006:Wait(100)|}; Work(); } catch (IOException) { value++; } finally { gate.Release(); } }")]
    [InlineData("void M() { try { gate.{|TW2006:Wait(100)|}; Work(); } finally { value++; gate.Release(); } }")]
    [InlineData("void M() { try { Monitor.{|TW2006:TryEnter(sync, 100)|}; Work(); } finally { if (value > 0) Monitor.Exit(sync); } }")]
    [InlineData("void M() { other.Wait(); try { gate.{|TW2006:Wait(100)|}; Work(); } finally { gate.Release(); other.Release(); } }")]
    [InlineData("void M() { try { value++; gate.{|TW2006:Wait(100)|}; Work(); } finally { gate.Release(); } }")]
    [InlineData("void M() { if (value > 0) try { gate.{|TW2006:Wait(100)|}; Work(); } finally { gate.Release(); } else Work(); }")]
    [InlineData("int M() { try { gate.{|TW2006:Wait(100)|}; return value; } finally { gate.Release(); } }")]
    public Task Inside_its_own_try(string members) => Declined(members);

    [Theory]
    [InlineData("void M() { _ = /* patience */ gate.{|TW2006:Wait(100)|}; Work(); gate.Release(); }")]
    [InlineData("void M() { object entered = gate.{|TW2006:Wait(100)|}; Work(); gate.Release(); }")]
    public Task The_answer_is_not_plain(string members) => Declined(members);

    [Theory]
    [InlineData("gate.{|TW2006:Wait(100)|};\n#if DEBUG\nWork();\n#endif\ngate.Release();")]
    [InlineData("#if DEBUG\ngate.Wait();\n#else\ngate.{|TW2006:Wait(100)|};\n#endif\nWork();\ngate.Release();")]
    [InlineData("try {\n#if DEBUG\n#endif\ngate.{|TW2006:Wait(100)|};\nWork();\n} finally { gate.Release(); }")]
    public Task Another_configuration_has_other_statements(string statements) => Declined($"void M()\n{{\n{statements}\n}}");

    [Fact]
    public Task A_top_level_name_is_used_behind_it() => Verify.NoFix<TW2006WrapInIf>("TW2006", """
        using var mutex = new Mutex(false, "Global\\Only");
        mutex.{|TW2006:WaitOne(1000)|};
        var count = args.Length;
        mutex.ReleaseMutex();
        Console.WriteLine(count);
        """, static test => test.TestState.OutputKind = OutputKind.ConsoleApplication);
}

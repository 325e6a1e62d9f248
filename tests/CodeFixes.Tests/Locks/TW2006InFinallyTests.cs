using System.Threading.Tasks;
using Threadwise.CodeFixes.Locks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Locks;

/// <summary>Where an exception would leave the lock held, so that the edit releases it in a <c>finally</c>; TW2012 would speak of the bare <c>if</c>.</summary>
public class TW2006InFinallyTests
{
    private static Task Fix(string before, string after) => Verify.Fix<TW2006WrapInIf>("TW2006", TW2006WrapInIfTests.Class(before), TW2006WrapInIfTests.Class(after), 0, TellingOfExceptions);

    private static Task Declined(string members) => Verify.NoFix<TW2006WrapInIf>("TW2006", TW2006WrapInIfTests.Class(members), TellingOfExceptions);

    private static void TellingOfExceptions(FixTest<TW2006WrapInIf> test) => test.Also = ["TW2012"];

    [Theory]
    [InlineData(
        "void M() { mutex.{|TW2006:WaitOne(2000)|}; Throw(); mutex.ReleaseMutex(); }",
        "void M() { if (mutex.WaitOne(2000)) { try { Throw(); } finally { mutex.ReleaseMutex(); } } }")]
    [InlineData(
        "void M() { var got = mutex.{|TW2006:WaitOne(2000)|}; Throw(); mutex.ReleaseMutex(); Work(); }",
        "void M() { var got = mutex.WaitOne(2000); if (got) { try { Throw(); } finally { mutex.ReleaseMutex(); } } Work(); }")]
    [InlineData(
        "void M(bool skip) { gate.{|TW2006:Wait(100)|}; if (skip) { gate.Release(); return; } Throw(); gate.Release(); }",
        "void M(bool skip) { if (gate.Wait(100)) { try { if (skip) { return; } Throw(); } finally { gate.Release(); } } }")]
    [InlineData(
        "void M(bool skip) { gate.{|TW2006:Wait(100)|}; if (skip) { value++; gate.Release(); } else { Throw(); gate.Release(); } }",
        "void M(bool skip) { if (gate.Wait(100)) { try { if (skip) { value++; } else { Throw(); } } finally { gate.Release(); } } }")]
    [InlineData(
        "void M() { gate.{|TW2006:Wait(100)|}; other.{|TW2006:Wait(100)|}; Throw(); other.Release(); gate.Release(); }",
        "void M() { if (gate.Wait(100)) { try { if (other.Wait(100)) { try { Throw(); } finally { other.Release(); } } } finally { gate.Release(); } } }")]
    public Task On_one_line(string before, string after) => Fix(before, after);

    [Fact]
    public Task On_lines() => Fix("""
            async Task M()
            {
                // one at a time
                await gate.{|TW2006:WaitAsync(100)|}; // patience

                // the work
                await WorkAsync();
                gate.Release(); // next

                Work();
            }
        """, """
            async Task M()
            {
                // one at a time
                if (await gate.WaitAsync(100)) // patience
                {
                    try
                    {
                        // the work
                        await WorkAsync();
                    }
                    finally
                    {
                        gate.Release(); // next
                    }
                }

                Work();
            }
        """);

    [Theory]
    [InlineData("void M() { gate.{|TW2006:Wait(100)|}; using var file = File.OpenRead(\"x\"); gate.Release(); }")]
    [InlineData("void M() { gate.{|TW2006:Wait(100)|}; Throw(); try { Work(); } finally { gate.Release(); } }")]
    [InlineData("void M(bool skip) { gate.{|TW2006:Wait(100)|}; if (skip) { gate.Release(); Throw(); return; } Throw(); gate.Release(); }")]
    [InlineData("void M() { while (true) { mutex.{|TW2006:WaitOne(100)|}; if (value == 0) break; Throw(); mutex.ReleaseMutex(); } mutex.ReleaseMutex(); }")]
    public Task Nothing_is_offered_where_the_release_cannot_stand_there(string members) => Declined(members);

    /// <summary>What belongs under the lock does not end where one path releases it.</summary>
    [Theory]
    [InlineData("object? M(bool skip) { mutex.{|TW2006:WaitOne(100)|}; if (skip) { mutex.ReleaseMutex(); return null; } return mutex; }")]
    [InlineData("void M(bool skip) { mutex.{|TW2006:WaitOne(100)|}; if (skip) return; Work(); mutex.ReleaseMutex(); }")]
    public Task Nor_where_a_path_keeps_the_lock(string members) => Declined(members);
}

using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks.Traps;

/// <summary>A timed acquire whose result nobody asks, while the protected code runs and the lock is released after it.</summary>
public class GuiltyDroppedResultTraps
{
    private static Task Reported(string statements) =>
        Verify.Rule("TW2003", statements.Contains("await") ? Snippet.Async(statements) : Snippet.Sync(statements));

    [Theory]
    [InlineData("gate.{|TW2006:Wait(100)|}; try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("gate.{|TW2006:Wait(TimeSpan.FromSeconds(1))|}; work.Do(); gate.Release();")]
    [InlineData("await gate.{|TW2006:WaitAsync(100)|}; try { await work.DoAsync(); } finally { gate.Release(); }")]
    [InlineData("await gate.{|TW2006:WaitAsync(TimeSpan.FromSeconds(1), ct)|}.ConfigureAwait(false); try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("gate.{|TW2006:WaitAsync(100)|}.GetAwaiter().GetResult(); try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("Monitor.{|TW2006:TryEnter(sync)|}; try { work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("Monitor.{|TW2006:TryEnter(sync, 100)|}; number++; Monitor.Exit(sync);")]
    [InlineData("Monitor.{|TW2006:TryEnter(sync, TimeSpan.FromSeconds(1))|}; try { work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("mutex.{|TW2006:WaitOne(100)|}; try { work.Do(); } finally { mutex.ReleaseMutex(); }")]
    [InlineData("mutex.{|TW2006:WaitOne(TimeSpan.FromSeconds(1), false)|}; number++; mutex.ReleaseMutex();")]
    [InlineData("kernel.{|TW2006:WaitOne(100)|}; try { work.Do(); } finally { kernel.Release(); }")]
    [InlineData("rw.{|TW2006:TryEnterReadLock(100)|}; try { work.Do(); } finally { rw.ExitReadLock(); }")]
    [InlineData("rw.{|TW2006:TryEnterWriteLock(TimeSpan.FromSeconds(1))|}; try { work.Do(); } finally { rw.ExitWriteLock(); }")]
    [InlineData("rw.{|TW2006:TryEnterUpgradeableReadLock(100)|}; try { work.Do(); } finally { rw.ExitUpgradeableReadLock(); }")]
    [InlineData("modern.{|TW2006:TryEnter()|}; try { number++; } finally { modern.Exit(); }")]
    [InlineData("modern.{|TW2006:TryEnter(100)|}; number++; modern.Exit();")]
    public Task Expression_statement(string statements) => Reported(statements);

    [Theory]
    [InlineData("_ = gate.{|TW2006:Wait(100)|}; try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("_ = await gate.{|TW2006:WaitAsync(100)|}; try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("_ = Monitor.{|TW2006:TryEnter(sync, 100)|}; try { work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("var _ = mutex.{|TW2006:WaitOne(100)|}; try { work.Do(); } finally { mutex.ReleaseMutex(); }")]
    [InlineData("_ = modern.{|TW2006:TryEnter(TimeSpan.FromSeconds(1))|}; number++; modern.Exit();")]
    [InlineData("bool entered = gate.{|TW2006:Wait(100)|}; try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("bool entered = await gate.{|TW2006:WaitAsync(100)|}; try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("bool entered; entered = rw.{|TW2006:TryEnterWriteLock(100)|}; try { work.Do(); } finally { rw.ExitWriteLock(); }")]
    [InlineData("var entered = Monitor.{|TW2006:TryEnter(sync)|}; number++; Monitor.Exit(sync);")]
    public Task Discard_and_unread_local(string statements) => Reported(statements);

    [Theory]
    [InlineData("try { gate.{|TW2006:Wait(100)|}; work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { await gate.{|TW2006:WaitAsync(100)|}; work.Do(); } finally { gate.Release(); }")]
    [InlineData("try { _ = Monitor.{|TW2006:TryEnter(sync, 100)|}; work.Do(); } finally { Monitor.Exit(sync); }")]
    [InlineData("try { mutex.{|TW2006:WaitOne(100)|}; work.Do(); } catch (IOException) { number++; } finally { mutex.ReleaseMutex(); }")]
    [InlineData("try { bool entered = rw.{|TW2006:TryEnterReadLock(100)|}; work.Do(); } finally { rw.ExitReadLock(); }")]
    public Task Inside_its_own_try_it_is_one_report(string statements) => Reported(statements);

    [Theory]
    [InlineData("for (int i = 0; i < 3; i++) { gate.{|TW2006:Wait(100)|}; try { work.Do(); } finally { gate.Release(); } }")]
    [InlineData("if (condition) { Monitor.{|TW2006:TryEnter(sync, 100)|}; try { work.Do(); } finally { Monitor.Exit(sync); } }")]
    [InlineData("gate.Wait(); try { other.{|TW2006:Wait(100)|}; try { work.Do(); } finally { other.Release(); } } finally { gate.Release(); }")]
    [InlineData("Action a = () => { gate.{|TW2006:Wait(100)|}; try { work.Do(); } finally { gate.Release(); } }; a();")]
    [InlineData("Local(); void Local() { rw.{|TW2006:TryEnterReadLock(100)|}; try { work.Do(); } finally { rw.ExitReadLock(); } }")]
    [InlineData("Func<Task> a = async () => { await gate.{|TW2006:WaitAsync(100)|}; try { await work.DoAsync(); } finally { gate.Release(); } }; await a();")]
    [InlineData("switch (number) { case 1: mutex.{|TW2006:WaitOne(100)|}; try { work.Do(); } finally { mutex.ReleaseMutex(); } break; }")]
    [InlineData("const int Patience = 100; gate.{|TW2006:Wait(Patience)|}; try { work.Do(); } finally { gate.Release(); }")]
    [InlineData("gate.{|TW2006:Wait(millisecondsTimeout: 100)|}; try { work.Do(); } finally { gate.Release(); }")]
    public Task In_other_surroundings(string statements) => Reported(statements);

    [Fact]
    public Task In_constructors_accessors_and_iterators() => Verify.Rule("TW2003", """
        public sealed class C
        {
            private readonly object _sync = new();
            private readonly SemaphoreSlim _gate = new(1, 1);
            private int _value;
            public C(Action act) { Monitor.{|TW2006:TryEnter(_sync, 100)|}; try { act(); } finally { Monitor.Exit(_sync); } }
            public int Value
            {
                get { _gate.{|TW2006:Wait(100)|}; try { return _value; } finally { _gate.Release(); } }
                set { _ = _gate.{|TW2006:Wait(100)|}; _value = value; _gate.Release(); }
            }
            public IEnumerable<int> All() { _gate.{|TW2006:Wait(100)|}; try { yield return _value; } finally { _gate.Release(); } }
        }
        """);

    [Fact]
    public Task In_top_level_statements() => Verify.Rule("TW2003", """
        using var mutex = new Mutex(false, "Global\\Only");
        mutex.{|TW2006:WaitOne(1000)|};
        try { Console.WriteLine(args.Length); }
        finally { mutex.ReleaseMutex(); }
        """, static test => test.TestState.OutputKind = OutputKind.ConsoleApplication);
}

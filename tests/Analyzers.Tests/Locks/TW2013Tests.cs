using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

/// <summary>The plain shapes, and what a report says. The look-alikes are in <c>Traps</c>.</summary>
public class TW2013Tests
{
    [Fact]
    public Task A_service_that_takes_its_gate_inside() => Verify.Rule("TW2013", """
        public sealed class Service
        {
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly object _sync = new();
            private readonly ReaderWriterLockSlim _lock = new();

            public async Task RunAsync(Func<Task> work)
            {
                try
                {
                    await _gate.{|TW2013:WaitAsync()|}.ConfigureAwait(false);
                    await work();
                }
                finally
                {
                    _gate.Release();
                }
            }

            public async Task RunWithTokenAsync(Func<Task> work, CancellationToken token)
            {
                try
                {
                    await _gate.{|TW2003:WaitAsync(token)|};
                    await work();
                }
                finally
                {
                    _gate.Release();
                }
            }

            public void Write(Action work)
            {
                try
                {
                    _lock.{|TW2013:EnterWriteLock()|};
                    work();
                }
                finally
                {
                    _lock.ExitWriteLock();
                }
            }

            public async Task RightAsync(Func<Task> work)
            {
                await _gate.WaitAsync();
                try
                {
                    await work();
                }
                finally
                {
                    _gate.Release();
                }
            }
        }
        """);

    /// <summary>A flag makes it right wherever it stands; a mutex that was abandoned throws and is held; a comment says that it is meant.</summary>
    [Fact]
    public Task Near_misses() => Verify.Rule("TW2013", """
        class C
        {
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly object _sync = new();
            private readonly Mutex _mutex = new();

            void Flag(Action work)
            {
                var taken = false;
                try { Monitor.Enter(_sync, ref taken); work(); }
                finally { if (taken) Monitor.Exit(_sync); }
            }

            void Released(Action work)
            {
                try
                {
                    _gate.Wait();
                    try { work(); }
                    finally { _gate.Release(); }
                }
                finally
                {
                    work();
                }
            }

            void Meant(Action work)
            {
                try
                {
                    // Nothing comes before it, and nothing may.
                    _gate.Wait();
                    work();
                }
                finally { _gate.Release(); }
            }

            void ByAnother(Action work)
            {
                try { _gate.Wait(); work(); }
                catch { _gate.Release(); throw; }
            }
        }
        """);

    private static Task Check(string members) => Verify.Rule("TW2013", $$"""
        class C
        {
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly object _sync = new();
            private readonly ReaderWriterLockSlim _rw = new();
            private readonly Lock _lock = new();
            private int _count;
            private void Work() => _count++;
            private void Enter() => Monitor.Enter(_sync);
            {{members}}
        }
        """);

    [Theory]
    [InlineData("void M() { try { _gate.{|TW2013:Wait()|}; Work(); } finally { _gate.Release(); } }")]
    [InlineData("void M() { try { _rw.{|TW2013:EnterReadLock()|}; Work(); } finally { _rw.ExitReadLock(); } }")]
    [InlineData("void M() { try { _rw.{|TW2013:EnterUpgradeableReadLock()|}; Work(); } finally { _rw.ExitUpgradeableReadLock(); } }")]
    [InlineData("void M() { try { Monitor.{|TW2013:Enter(_sync)|}; Work(); } finally { Monitor.Exit(_sync); } }")]
    [InlineData("void M() { try { _lock.{|TW2013:Enter()|}; Work(); } finally { _lock.Exit(); } }")]
    [InlineData("async Task M() { try { await _gate.{|TW2013:WaitAsync(CancellationToken.None)|}; Work(); } finally { _gate.Release(); } }")]
    [InlineData("async Task M() { try { await _gate.{|TW2013:WaitAsync()|}; Work(); } catch (IOException) { _count = 0; } finally { _gate.Release(); } }")]
    [InlineData("int P { get { try { _gate.{|TW2013:Wait()|}; return _count; } finally { _gate.Release(); } } }")]
    [InlineData("C() { try { _gate.{|TW2013:Wait()|}; Work(); } finally { _gate.Release(); } }")]
    [InlineData("void M() { Action a = () => { try { _gate.{|TW2013:Wait()|}; Work(); } finally { _gate.Release(); } }; a(); }")]
    [InlineData("void M() { void Local() { try { _gate.{|TW2013:Wait()|}; Work(); } finally { _gate.Release(); } } Local(); }")]
    [InlineData("void M(int[] a) { foreach (var i in a) { try { _gate.{|TW2013:Wait()|}; _count += i; } finally { _gate.Release(); } } }")]
    [InlineData("void M() { try { var n = 0; n++; _gate.{|TW2013:Wait()|}; _count += n; } finally { _gate.Release(); } }")]
    public Task Inside(string member) => Check(member);

    [Theory]
    [InlineData("void M() { _gate.Wait(); try { Work(); } finally { _gate.Release(); } }")]
    [InlineData("async Task M() { await _gate.WaitAsync(); try { Work(); } finally { _gate.Release(); } }")]
    [InlineData("void M() { try { _gate.Wait(); Work(); } catch { _gate.Release(); throw; } }")]
    [InlineData("void M() { try { _gate.Wait(); Work(); _gate.Release(); } finally { _count = 0; } }")]
    [InlineData("void M() { var taken = false; try { _gate.Wait(); taken = true; Work(); } finally { if (taken) _gate.Release(); } }")]
    [InlineData("void M() { var taken = false; try { _lock.Enter(); taken = true; Work(); } finally { if (taken) { _lock.Exit(); } } }")]
    [InlineData("void M() { var taken = false; try { Monitor.Enter(_sync, ref taken); Work(); } finally { if (taken) Monitor.Exit(_sync); } }")]
    [InlineData("void M() { var taken = false; try { taken = _gate.Wait(10); if (taken) Work(); } finally { if (taken) _gate.Release(); } }")]
    [InlineData("void M() { try { Monitor.Enter(_sync); Work(); } finally { if (Monitor.IsEntered(_sync)) Monitor.Exit(_sync); } }")]
    [InlineData("void M() { try { _rw.EnterWriteLock(); Work(); } finally { if (_rw.IsWriteLockHeld) _rw.ExitWriteLock(); } }")]
    [InlineData("void M() { try { try { Work(); } finally { _count = 0; } } finally { _count = 1; } }")]
    [InlineData("void M() { try { Work(); } finally { _gate.Wait(); _count = 0; _gate.Release(); } }")]
    [InlineData("void M() { try { _gate.Wait(); Work(); } finally { _rw.EnterReadLock(); _rw.ExitReadLock(); } } void N() => _gate.Release();")]
    [InlineData("void M() { lock (_sync) { try { Work(); } finally { _count = 0; } } }")]
    [InlineData("void M() { using (_lock.EnterScope()) { try { Work(); } finally { _count = 0; } } }")]
    [InlineData("void M() { try { lock (_sync) { Work(); } } finally { _count = 0; } }")]
    [InlineData("void M() { _gate.Wait(); try { _gate.Release(); Work(); _gate.Wait(); } finally { _gate.Release(); } }")]
    [InlineData("void M(SemaphoreSlim other) { try { other.Wait(); Work(); } finally { _gate.Release(); } } void N() => _gate.Wait();")]
    [InlineData("void M() { try { Enter(); Work(); } finally { _count = 0; } } void N() => Monitor.Exit(_sync);")]
    [InlineData("void M() { Monitor.Enter(_sync); try { Monitor.Wait(_sync); Work(); } finally { Monitor.Exit(_sync); } }")]
    [InlineData("void M() { _gate.Wait(); try { try { _rw.EnterReadLock(); } finally { Work(); } _rw.ExitReadLock(); } finally { _gate.Release(); } }")]
    [InlineData("void M() { _gate.Wait(); var t = Task.Run(() => { try { Work(); } finally { _gate.Release(); } }); t.Wait(); }")]
    [InlineData("void M() { try { var taken = Monitor.TryEnter(_sync); if (!taken) return; try { Work(); } finally { Monitor.Exit(_sync); } } finally { _count = 0; } }")]
    public Task Innocent(string member) => Check(member);

    /// <summary>The next node is locked before the last one is let go, and the handler lets go of the one it is at.</summary>
    [Fact]
    public Task Hand_over_hand() => Verify.Rule("TW2013", """
        class Node { public readonly SemaphoreSlim Gate = new(1, 1); public readonly object Sync = new(); public Node? Next; public int Value; }
        class C
        {
            private readonly Node _head = new();
            async Task<int> Sum()
            {
                var sum = 0;
                var node = _head;
                await node.Gate.WaitAsync();
                try
                {
                    while (node.Next != null)
                    {
                        sum += node.Value;
                        var last = node;
                        node = node.Next;
                        await node.Gate.WaitAsync();
                        last.Gate.Release();
                    }
                    return sum;
                }
                finally { node.Gate.Release(); }
            }
            void Found(int value)
            {
                var node = _head;
                Monitor.Enter(node.Sync);
                Monitor.Exit(node.Sync);
                try
                {
                    Monitor.{|TW2013:Enter(node.Sync)|};
                    node.Value = value;
                }
                finally { Monitor.Exit(node.Sync); }
            }
        }
        """);

    [Fact]
    public async Task Names_the_lock_and_shows_the_release()
    {
        var report = Assert.Single(await Analysis.Of("""
            class C
            {
                private static readonly object s_sync = new();
                void M(Action work)
                {
                    try
                    {
                        Monitor.Enter(s_sync);
                        work();
                    }
                    finally
                    {
                        Monitor.Exit(s_sync);
                    }
                }
            }
            """).ReportsAsync());

        Assert.Equal("TW2013", report.Id);
        Assert.Equal(DiagnosticSeverity.Info, report.Severity);
        Assert.Equal("'C.s_sync' is acquired inside the try whose finally releases it; acquire it before the try", report.GetMessage());
        Assert.Equal("Enter(s_sync)", Text(report.Location));
        Assert.Equal("Exit(s_sync)", Text(Assert.Single(report.AdditionalLocations)));
        Assert.Equal("MoveBeforeTry", report.Properties["edit"]);
    }

    /// <summary>What cannot throw may come before the acquire; what can makes it the greater mistake.</summary>
    [Theory]
    [InlineData("", "TW2003")]
    [InlineData("threadwise.nonthrowing_methods = M:C.Count", "TW2013")]
    public async Task A_call_before_it_that_is_known_not_to_throw(string line, string expected) => Assert.Equal(expected, await Analysis.Of("""
        class C
        {
            private readonly SemaphoreSlim _gate = new(1, 1);
            void M()
            {
                try
                {
                    Count();
                    _gate.Wait();
                }
                finally
                {
                    _gate.Release();
                }
            }

            void Count() => File.Delete("x");
        }
        """).With(".editorconfig", $"[*.cs]\n{line}").IdsAsync());

    private static string Text(Location location) => location.SourceTree!.GetText().ToString(location.SourceSpan);
}

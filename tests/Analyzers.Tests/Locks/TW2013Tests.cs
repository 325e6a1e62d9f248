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

using System.Threading.Tasks;
using Threadwise.CodeFixes.Processes;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Processes;

public class TW5013CountAsAcquiredTests
{
    private const string Work = " try { Use(1); } finally { _mutex.ReleaseMutex(); }";

    [Theory]
    [InlineData("void M() { try { _mutex.WaitOne(); } {|TW5013:catch (AbandonedMutexException)|} { return; }" + Work + " }",
        "void M() { try { _mutex.WaitOne(); } catch (AbandonedMutexException) { }" + Work + " }")]
    [InlineData("void M() { try { _mutex.WaitOne(); } {|TW5013:catch (AbandonedMutexException e)|} { Use(e); throw new InvalidOperationException(\"x\"); }" + Work + " }",
        "void M() { try { _mutex.WaitOne(); } catch (AbandonedMutexException e) { Use(e); }" + Work + " }")]
    [InlineData("void M() { try { _mutex.WaitOne(); } {|TW5013:catch (AbandonedMutexException e)|} { throw new InvalidOperationException(\"x\", e); }" + Work + " }",
        "void M() { try { _mutex.WaitOne(); } catch (AbandonedMutexException) { }" + Work + " }")]
    [InlineData("bool M() { try { if (!_mutex.WaitOne(100)) return false; } {|TW5013:catch (AbandonedMutexException)|} { return false; }" + Work + " return true; }",
        "bool M() { try { if (!_mutex.WaitOne(100)) return false; } catch (AbandonedMutexException) { }" + Work + " return true; }")]
    [InlineData("void M() { bool owned; try { owned = _mutex.WaitOne(100); } {|TW5013:catch (AbandonedMutexException)|} { owned = false; } if (!owned) return;" + Work + " }",
        "void M() { bool owned; try { owned = _mutex.WaitOne(100); } catch (AbandonedMutexException) { owned = true; } if (!owned) return;" + Work + " }")]
    [InlineData("void M() { var owned = false; try { owned = _mutex.WaitOne(100); } {|TW5013:catch (AbandonedMutexException e)|} { Use(e); } if (!owned) return;" + Work + " }",
        "void M() { var owned = false; try { owned = _mutex.WaitOne(100); } catch (AbandonedMutexException e) { Use(e); owned = true; } if (!owned) return;" + Work + " }")]
    [InlineData("void M() { try { _mutex.WaitOne(); } {|TW5013:catch (AbandonedMutexException)|} { _mutex.WaitOne(); }" + Work + " }",
        "void M() { try { _mutex.WaitOne(); } catch (AbandonedMutexException) { }" + Work + " }")]
    [InlineData("void M() { while (true) { try { _mutex.WaitOne(); break; } {|TW5013:catch (AbandonedMutexException)|} { } }" + Work + " }",
        "void M() { while (true) { try { _mutex.WaitOne(); break; } catch (AbandonedMutexException) { break; } }" + Work + " }")]
    [InlineData("bool TryEnter() { try { return _mutex.WaitOne(100); } {|TW5013:catch (AbandonedMutexException)|} { return false; } } void Leave() => _mutex.ReleaseMutex();",
        "bool TryEnter() { try { return _mutex.WaitOne(100); } catch (AbandonedMutexException) { return true; } } void Leave() => _mutex.ReleaseMutex();")]
    [InlineData("bool TryEnter() { try { _mutex.WaitOne(); return true; } {|TW5013:catch (AbandonedMutexException)|} { Use(2); return false; } } void Leave() => _mutex.ReleaseMutex();",
        "bool TryEnter() { try { _mutex.WaitOne(); return true; } catch (AbandonedMutexException) { Use(2); return true; } } void Leave() => _mutex.ReleaseMutex();")]
    [InlineData("bool _owned; void Enter() { try { _owned = _mutex.WaitOne(100); } {|TW5013:catch (AbandonedMutexException)|} { _owned = false; } } void Leave() { if (_owned) _mutex.ReleaseMutex(); }",
        "bool _owned; void Enter() { try { _owned = _mutex.WaitOne(100); } catch (AbandonedMutexException) { _owned = true; } } void Leave() { if (_owned) _mutex.ReleaseMutex(); }")]
    public Task It_counts_as_acquired(string before, string after) => Verify.Fix<TW5013CountAsAcquired>("TW5013", In(before), In(after));

    [Fact]
    public Task On_lines_of_its_own() => Verify.Fix<TW5013CountAsAcquired>("TW5013", In("""
        void M()
            {
                try
                {
                    _mutex.WaitOne();
                }
                {|TW5013:catch (AbandonedMutexException)|}
                {
                    return;
                }

                try { Use(1); } finally { _mutex.ReleaseMutex(); }
            }
        """), In("""
        void M()
            {
                try
                {
                    _mutex.WaitOne();
                }
                catch (AbandonedMutexException)
                {
                    // Its holder died. The mutex is held now as after any other wait.
                }

                try { Use(1); } finally { _mutex.ReleaseMutex(); }
            }
        """));

    [Fact]
    public Task What_else_the_handler_does_stays() => Verify.Fix<TW5013CountAsAcquired>("TW5013", In("""
        bool M()
            {
                bool owned;
                try
                {
                    owned = _mutex.WaitOne(100);
                }
                {|TW5013:catch (AbandonedMutexException)|}
                {
                    // Somebody died.
                    Use("abandoned");
                    return false;
                }

                if (!owned) return false;
                try { Use(1); } finally { _mutex.ReleaseMutex(); }
                return true;
            }
        """), In("""
        bool M()
            {
                bool owned;
                try
                {
                    owned = _mutex.WaitOne(100);
                }
                catch (AbandonedMutexException)
                {
                    // Somebody died.
                    Use("abandoned");
                    owned = true;
                }

                if (!owned) return false;
                try { Use(1); } finally { _mutex.ReleaseMutex(); }
                return true;
            }
        """));

    [Theory]
    [InlineData("void M() { try { _mutex.WaitOne(); Use(1); _mutex.ReleaseMutex(); } {|TW5013:catch (AbandonedMutexException e)|} { Use(e); } }")]
    [InlineData("void M(int n) { try { _mutex.WaitOne(); } {|TW5013:catch (AbandonedMutexException)|} { if (n > 3) return; }" + Work + " }")]
    [InlineData("void M(int n) { try { _mutex.WaitOne(); } {|TW5013:catch (AbandonedMutexException)|} when (n > 3) { return; }" + Work + " }")]
    [InlineData("bool IsBusy() { try { return !_mutex.WaitOne(0); } {|TW5013:catch (AbandonedMutexException)|} { return true; } } void Leave() => _mutex.ReleaseMutex();")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW5013CountAsAcquired>("TW5013", In(code));

    private static string In(string code) => $$"""
        class C
        {
            private readonly Mutex _mutex = new(false, "shared");
            static void Use(object? o) { }
            {{code}}
        }
        """;
}

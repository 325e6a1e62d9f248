using System.Threading.Tasks;
using Threadwise.CodeFixes.Processes;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Processes;

public class TW5007HandleAbandonedTests
{
    private const string Work = " try { Use(1); } finally { _mutex.ReleaseMutex(); }";

    [Theory]
    [InlineData("_mutex.{|TW5007:WaitOne()|};" + Work, "try { _mutex.WaitOne(); } catch (AbandonedMutexException) { }" + Work)]
    [InlineData("if (!_mutex.{|TW5007:WaitOne(100)|}) return;" + Work, "try { if (!_mutex.WaitOne(100)) return; } catch (AbandonedMutexException) { }" + Work)]
    [InlineData("bool owned; owned = _mutex.{|TW5007:WaitOne(100)|}; if (!owned) return;" + Work, "bool owned; try { owned = _mutex.WaitOne(100); } catch (AbandonedMutexException) { owned = true; } if (!owned) return;" + Work)]
    [InlineData("var owned = _mutex.{|TW5007:WaitOne(100)|}; if (!owned) return;" + Work, "bool owned; try { owned = _mutex.WaitOne(100); } catch (AbandonedMutexException) { owned = true; } if (!owned) return;" + Work)]
    public Task The_exception_is_handled(string before, string after) => Verify.Fix<TW5007HandleAbandoned>("TW5007", In("void M() { " + before + " }"), In("void M() { " + after + " }"));

    [Fact]
    public Task On_lines_of_its_own() => Verify.Fix<TW5007HandleAbandoned>("TW5007", In("""
        void M()
            {
                // One at a time.
                _mutex.{|TW5007:WaitOne()|}; // Waits.
                try
                {
                    Use(1);
                }
                finally
                {
                    _mutex.ReleaseMutex();
                }
            }
        """), In("""
        void M()
            {
                // One at a time.
                try
                {
                    _mutex.WaitOne(); // Waits.
                }
                catch (AbandonedMutexException)
                {
                    // Its holder died. The mutex is held now as after any other wait.
                }
                try
                {
                    Use(1);
                }
                finally
                {
                    _mutex.ReleaseMutex();
                }
            }
        """));

    [Fact]
    public Task With_its_refusal() => Verify.Fix<TW5007HandleAbandoned>("TW5007", In("""
        bool M()
            {
                if (!_mutex.{|TW5007:WaitOne(100)|})
                {
                    return false;
                }

                try
                {
                    Use(1);
                }
                finally
                {
                    _mutex.ReleaseMutex();
                }

                return true;
            }
        """), In("""
        bool M()
            {
                try
                {
                    if (!_mutex.WaitOne(100))
                    {
                        return false;
                    }
                }
                catch (AbandonedMutexException)
                {
                    // Its holder died. The mutex is held now as after any other wait.
                }

                try
                {
                    Use(1);
                }
                finally
                {
                    _mutex.ReleaseMutex();
                }

                return true;
            }
        """));

    [Theory]
    [InlineData("if (_mutex.{|TW5007:WaitOne(100)|})" + Work)]
    [InlineData("while (!_mutex.{|TW5007:WaitOne(100)|}) Use(2);" + Work)]
    [InlineData("if (!_mutex.{|TW5007:WaitOne(100)|}) { Use(2); return; } else Use(3);" + Work)]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW5007HandleAbandoned>("TW5007", In("void M() { " + code + " }"));

    private static string In(string code) => $$"""
        class C
        {
            private readonly Mutex _mutex = new(false, "shared");
            static void Use(object? o) { }
            {{code}}
        }
        """;
}

using System.Threading.Tasks;
using Threadwise.CodeFixes.Processes;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Processes;

public class TW5009Tests
{
    [Theory]
    [InlineData("{|TW5009:new|}()", "new(false, \"shared-lock\")", "\"shared\"")]
    [InlineData("{|TW5009:new Mutex|}()", "new Mutex(false, \"shared-lock\")", "\"shared\"")]
    [InlineData("{|TW5009:new|}(false)", "new(false, \"shared-lock\")", "\"shared\"")]
    [InlineData("{|TW5009:new|}()", "new(false, @\"Global\\shared-lock\")", "@\"Global\\shared\"")]
    public Task The_mutex_gets_a_name(string before, string after, string map) => Verify.Fix<TW5009NameMutex>("TW5009", Code(before, "_mutex.WaitOne();", map), Code(after, """
        try
                {
                    _mutex.WaitOne();
                }
                catch (AbandonedMutexException)
                {
                    // Its holder died. The mutex is held now as after any other wait.
                }
        """, map));

    [Fact]
    public Task A_wait_that_is_ready_stays() => Verify.Fix<TW5009NameMutex>("TW5009", Code("{|TW5009:new|}()", "try { _mutex.WaitOne(); } catch (AbandonedMutexException) { }"),
        Code("new(false, \"shared-lock\")", "try { _mutex.WaitOne(); } catch (AbandonedMutexException) { }"));

    [Theory]
    [InlineData("{|TW5009:new|}(false, null)", "_mutex.WaitOne();")]
    [InlineData("{|TW5009:new|}()", "while (!_mutex.WaitOne(100)) { }")]
    public Task Nothing_is_offered(string creation, string wait) => Verify.NoFix<TW5009NameMutex>("TW5009", Code(creation, wait));

    [Fact]
    public Task Nothing_is_offered_for_a_map_whose_name_is_not_constant() => Verify.NoFix<TW5009NameMutex>("TW5009", Code("{|TW5009:new|}()", "_mutex.WaitOne();", "Environment.MachineName"));

    [Fact]
    public Task Nothing_is_offered_for_a_name_of_its_own() => Verify.NoFix<TW5009NameMutex>("TW5009", """
        class C { readonly Mutex _mutex = {|TW5009:new|}(false, "x" + Guid.NewGuid()); }
        """);

    private static string Code(string creation, string wait, string map = "\"shared\"") => $$"""
        using System.IO.MemoryMappedFiles;
        class C
        {
            private readonly Mutex _mutex = {{creation}};
            private readonly MemoryMappedViewAccessor _view = MemoryMappedFile.CreateOrOpen({{map}}, 64).CreateViewAccessor();
            void Add()
            {
                {{wait}}
                try
                {
                    _view.Write(0, _view.ReadInt32(0) + 1);
                }
                finally
                {
                    _mutex.ReleaseMutex();
                }
            }
        }
        """;
}

using System.Threading.Tasks;
using Threadwise.CodeFixes.Queues;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Queues;

public class TW4011SignalInFinallyTests
{
    [Theory]
    [InlineData("var done = new ManualResetEventSlim(); Task.Run(() => { Work(1); done.{|TW4011:Set()|}; }); done.Wait();",
        "var done = new ManualResetEventSlim(); Task.Run(() => { try { Work(1); } finally { done.Set(); } }); done.Wait();")]
    [InlineData("var done = new ManualResetEventSlim(); Task.Run(() => { Console.WriteLine(); Work(1); Work(2); done.{|TW4011:Set()|}; Work(3); }); done.Wait();",
        "var done = new ManualResetEventSlim(); Task.Run(() => { Console.WriteLine(); try { Work(1); Work(2); } finally { done.Set(); } Work(3); }); done.Wait();")]
    public Task On_one_line(string before, string after) => Verify.Fix<TW4011SignalInFinally>("TW4011", In(before), In(after));

    [Fact]
    public Task On_lines_of_their_own() => Verify.Fix<TW4011SignalInFinally>("TW4011", """
        class C
        {
            void M(string[] files)
            {
                using var done = new CountdownEvent(files.Length);
                foreach (var file in files)
                {
                    Task.Run(() =>
                    {
                        // Gone for good.
                        File.Delete(file);

                        done.{|TW4011:Signal()|}; // one less
                    });
                }

                done.Wait();
            }
        }
        """, """
        class C
        {
            void M(string[] files)
            {
                using var done = new CountdownEvent(files.Length);
                foreach (var file in files)
                {
                    Task.Run(() =>
                    {
                        try
                        {
                            // Gone for good.
                            File.Delete(file);
                        }
                        finally
                        {
                            done.Signal(); // one less
                        }
                    });
                }

                done.Wait();
            }
        }
        """);

    [Theory]
    [InlineData("var done = new ManualResetEventSlim(); Task.Run(() => { Work(1); if (s_flag) { done.{|TW4011:Set()|}; } }); done.Wait();")]
    [InlineData("var done = new ManualResetEventSlim(); Task.Run(() => { using var file = File.OpenRead(\"x\"); Work(1); done.{|TW4011:Set()|}; }); done.Wait();")]
    [InlineData("Task.{|TW4011:Run(Item)|}; s_ready.Wait();")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW4011SignalInFinally>("TW4011", In(code));

    private static string In(string code) => $$"""
        class C
        {
            private static bool s_flag = Environment.TickCount > 5;
            private static readonly ManualResetEventSlim s_ready = new();
            void M()
            {
                {{code}}
            }
            static void Work(int i) => File.Delete(i.ToString());
            static void Item() { Work(1); s_ready.Set(); }
        }
        """;
}

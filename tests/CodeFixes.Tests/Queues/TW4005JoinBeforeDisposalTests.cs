using System.Threading.Tasks;
using Threadwise.CodeFixes.Queues;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Queues;

public class TW4005JoinBeforeDisposalTests
{
    [Theory]
    [InlineData("{|TW4005:using|} var file = File.OpenRead(path); var t = Task.Run(() => file.ReadByte()); Console.WriteLine(1);",
        "using var file = File.OpenRead(path); var t = Task.Run(() => file.ReadByte()); Console.WriteLine(1);\n        await t;")]
    [InlineData("{|TW4005:using|} (var file = File.OpenRead(path)) { var t = new Thread(() => file.ReadByte()); t.Start(); }",
        "using (var file = File.OpenRead(path)) { var t = new Thread(() => file.ReadByte()); t.Start(); t.Join(); }")]
    [InlineData("{|TW4005:using|} (var file = File.OpenRead(path)) { Task.Run(() => file.ReadByte()); }",
        "using (var file = File.OpenRead(path)) { var task = Task.Run(() => file.ReadByte()); await task; }")]
    [InlineData("var file = File.OpenRead(path); var t = Task.Run(() => file.ReadByte()); file.{|TW4005:Dispose()|};",
        "var file = File.OpenRead(path); var t = Task.Run(() => file.ReadByte()); await t; file.Dispose();")]
    [InlineData("{|TW4005:using|} var file = new StreamWriter(path); var ts = items.Select(x => Task.Run(() => file.Write(x))).ToList(); Console.WriteLine(1);",
        "using var file = new StreamWriter(path); var ts = items.Select(x => Task.Run(() => file.Write(x))).ToList(); Console.WriteLine(1);\n        await Task.WhenAll(ts);")]
    [InlineData("{|TW4005:using|} (var file = new StreamWriter(path)) { _kept = Task.Run(() => file.Write(1)); }",
        "using (var file = new StreamWriter(path)) { _kept = Task.Run(() => file.Write(1)); await _kept; }")]
    public Task On_one_line(string before, string after) => Verify.Fix<TW4005JoinBeforeDisposal>("TW4005", In(before), In(after));

    [Fact]
    public Task On_lines_of_their_own() => Verify.Fix<TW4005JoinBeforeDisposal>("TW4005", """
        class C
        {
            int M(string path)
            {
                {|TW4005:using|} var file = new StreamWriter(path); // the log

                var threads = new List<Thread>();
                for (var i = 0; i < 4; i++)
                {
                    var n = i;
                    threads.Add(new Thread(() => file.WriteLine(n)));
                }

                foreach (var thread in threads)
                    thread.Start();

                // How many.
                return 4;
            }
            void N(string path)
            {
                var file = new StreamWriter(path);
                var t = Task.Run(() => file.WriteLine(1));

                // No more.
                file.{|TW4005:Close()|};
            }
        }
        """, """
        class C
        {
            int M(string path)
            {
                using var file = new StreamWriter(path); // the log

                var threads = new List<Thread>();
                for (var i = 0; i < 4; i++)
                {
                    var n = i;
                    threads.Add(new Thread(() => file.WriteLine(n)));
                }

                foreach (var thread in threads)
                    thread.Start();

                foreach (var newThread in threads)
                {
                    newThread.Join();
                }
                // How many.
                return 4;
            }
            void N(string path)
            {
                var file = new StreamWriter(path);
                var t = Task.Run(() => file.WriteLine(1));

                t.Wait();
                // No more.
                file.Close();
            }
        }
        """);

    [Theory]
    // The work may wait for its starter, is more than one, has no handle, or the join would not always be come to.
    [InlineData("{|TW4005:using|} var gate = new SemaphoreSlim(0); var t = Task.Run(() => gate.Wait());")]
    [InlineData("{|TW4005:using|} var file = new StreamWriter(path); var a = Task.Run(() => file.Write(1)); var b = Task.Run(() => file.Write(2));")]
    [InlineData("{|TW4005:using|} var file = new StreamWriter(path); ThreadPool.QueueUserWorkItem(_ => file.Write(1));")]
    [InlineData("{|TW4005:using|} var file = new StreamWriter(path); if (n > 1) { var t = Task.Run(() => file.Write(1)); }")]
    [InlineData("{|TW4005:using|} var file = new StreamWriter(path); var t = Task.Run(() => file.Write(1)); if (n > 1) return; await t;")]
    [InlineData("{|TW4005:using|} (var file = new StreamWriter(path)) _kept = Task.Run(() => file.Write(1));")]
    [InlineData("{|TW4005:using|} var file = new StreamWriter(path); Begin(file);")]
    [InlineData("foreach (var x in items) { {|TW4005:using|} var file = new StreamWriter(path); var t = Task.Run(() => file.Write(1)); }")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW4005JoinBeforeDisposal>("TW4005", In(code));

    private static string In(string code) => $$"""
        class C
        {
            private Task? _kept;
            async Task M(string path, int n, int[] items)
            {
                await Task.Yield();
                {{code}}
            }
            static void Begin(StreamWriter file) { Task.Run(() => file.Write(1)); }
        }
        """;
}

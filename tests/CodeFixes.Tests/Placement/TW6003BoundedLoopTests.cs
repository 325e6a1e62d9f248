using System.Threading.Tasks;
using Threadwise.CodeFixes.Placement;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Placement;

public class TW6003BoundedLoopTests
{
    [Fact]
    public Task A_list_of_threads() => Verify.Fix<TW6003BoundedLoop>("TW6003", In("""
                // All files.
                var threads = new List<Thread>();
                foreach (var file in files)
                {
                    var t = {|TW6003:new Thread|}(() => Load(file));
                    t.Start();
                    threads.Add(t);
                }

                foreach (var t in threads)
                {
                    t.Join();
                }
        """), In("""
                // All files.
                Parallel.ForEach(files, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, file => Load(file));
        """));

    [Fact]
    public Task An_array_of_threads() => Verify.Fix<TW6003BoundedLoop>("TW6003", In("""
                var threads = new Thread[files.Length];
                for (var i = 0; i < files.Length; i++)
                {
                    var k = i;
                    threads[i] = {|TW6003:new Thread|}(() => Load(files[k]));
                    threads[i].Start();
                }

                foreach (var t in threads) t.Join();
        """), In("""
                Parallel.For(0, files.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
                {
                    var k = i;
                    Load(files[k]);
                });
        """));

    [Theory]
    [InlineData("foreach (var file in files) {|TW6003:new Thread|}(() => Load(file)).Start();")]
    [InlineData("foreach (var file in files) System.Diagnostics.Process.{|TW6003:Start(\"convert\", file)|};")]
    [InlineData("foreach (var file in files) Task.Factory.{|TW6003:StartNew(() => Load(file), TaskCreationOptions.LongRunning)|};")]
    [InlineData("var threads = new List<Thread>();\n        foreach (var file in files)\n        {\n            var t = {|TW6003:new Thread|}(() => { Load(file); unknown(file); });\n            t.Start();\n            threads.Add(t);\n        }\n        foreach (var t in threads) t.Join();")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW6003BoundedLoop>("TW6003", In("        " + code));

    private static string In(string code) => $$"""
        class C
        {
            private static void Load(string file) => File.ReadAllText(file);
            void M(string[] files, Action<string> unknown)
            {
        {{code}}
            }
        }
        """;
}

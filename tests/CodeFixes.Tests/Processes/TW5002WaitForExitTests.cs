using System.Threading.Tasks;
using Threadwise.CodeFixes.Processes;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Processes;

public class TW5002WaitForExitTests
{
    [Theory]
    [InlineData("Use(p.{|TW5002:ExitCode|});", "p.WaitForExit();\n        Use(p.ExitCode);")]
    [InlineData("p.Kill(); Use(p.{|TW5002:ExitCode|});", "p.Kill(); p.WaitForExit(); Use(p.ExitCode);")]
    [InlineData("if (!p.WaitForExit(1000)) p.Kill(); Use(p.{|TW5002:ExitCode|});", "if (!p.WaitForExit(1000)) p.Kill(); p.WaitForExit(); Use(p.ExitCode);")]
    [InlineData("var s = p.StandardOutput.ReadToEnd(); if (p.{|TW5002:ExitCode|} != 0 && s == null) throw new Exception();", "var s = p.StandardOutput.ReadToEnd(); p.WaitForExit(); if (p.ExitCode != 0 && s == null) throw new Exception();")]
    [InlineData("switch (p.{|TW5002:ExitCode|}) { case 0: Use(0); break; default: Use(p.ExitCode); break; }", "p.WaitForExit();\n        switch (p.ExitCode) { case 0: Use(0); break; default: Use(p.ExitCode); break; }")]
    public Task The_exit_is_waited_for(string before, string after) => Verify.Fix<TW5002WaitForExit>("TW5002", In(before), In(after));

    [Fact]
    public Task On_lines_of_their_own() => Verify.Fix<TW5002WaitForExit>("TW5002", """
        using System.Diagnostics;
        class C
        {
            int Run(ProcessStartInfo info)
            {
                using var p = Process.Start(info)!;

                // what it says
                return p.{|TW5002:ExitCode|}; // 0 is good
            }

            int Timed(ProcessStartInfo info)
            {
                using var p = Process.Start(info)!;
                p.WaitForExit(1000); // long enough
                return p.{|TW5002:ExitCode|};
            }

            async Task<int> RunAsync(ProcessStartInfo info)
            {
                using var p = Process.Start(info)!;
                await p.StandardOutput.ReadToEndAsync();
                return p.{|TW5002:ExitCode|};
            }
        }
        """, """
        using System.Diagnostics;
        class C
        {
            int Run(ProcessStartInfo info)
            {
                using var p = Process.Start(info)!;

                p.WaitForExit();
                // what it says
                return p.ExitCode; // 0 is good
            }

            int Timed(ProcessStartInfo info)
            {
                using var p = Process.Start(info)!;
                if (!p.WaitForExit(1000)) // long enough
                {
                    throw new TimeoutException();
                }
                return p.ExitCode;
            }

            async Task<int> RunAsync(ProcessStartInfo info)
            {
                using var p = Process.Start(info)!;
                await p.StandardOutput.ReadToEndAsync();
                await p.WaitForExitAsync();
                return p.ExitCode;
            }
        }
        """);

    [Fact]
    public Task A_comment_stays_with_the_wait() => Verify.Fix<TW5002WaitForExit>("TW5002", """
        using System.Diagnostics;
        class C {
            int Run(ProcessStartInfo info) {
                using var p = Process.Start(info)!;
                // not for ever
                p.WaitForExit(1000); // one second

                return p.{|TW5002:ExitCode|};
            }
        }
        """, """
        using System.Diagnostics;
        class C {
            int Run(ProcessStartInfo info) {
                using var p = Process.Start(info)!;
                // not for ever
                if (!p.WaitForExit(1000)) { // one second
                    throw new TimeoutException();
                }

                return p.ExitCode;
            }
        }
        """);

    [Theory]
    [InlineData("lock (this) p.WaitForExit(1000); Use(p.{|TW5002:ExitCode|});", "lock (this) { if (!p.WaitForExit(1000)) throw new TimeoutException(); } Use(p.ExitCode);")]
    [InlineData("lock (this)\n            p.WaitForExit(1000); // one second\n        Use(p.{|TW5002:ExitCode|});",
        "lock (this)\n        {\n            if (!p.WaitForExit(1000)) // one second\n            {\n                throw new TimeoutException();\n            }\n        }\n        Use(p.ExitCode);")]
    public Task A_governed_wait_gets_a_block(string before, string after) => Verify.Fix<TW5002WaitForExit>("TW5002", In(before), In(after));

    /// <summary>A wait there would keep a thread of the pool.</summary>
    [Theory]
    [InlineData("var code = await Task.Run(() => { using var q = Process.Start(info)!; return q.{|TW5002:ExitCode|}; });",
        "var code = await Task.Run(async () => { using var q = Process.Start(info)!; await q.WaitForExitAsync(); return q.ExitCode; });")]
    [InlineData("Task.Run(delegate { using var q = Process.Start(info)!; Use(q.{|TW5002:ExitCode|}); }).Wait();",
        "Task.Run(async delegate { using var q = Process.Start(info)!; await q.WaitForExitAsync(); Use(q.ExitCode); }).Wait();")]
    [InlineData("await Task.Run(async () => { using var q = Process.Start(info)!; await Task.Yield(); Use(q.{|TW5002:ExitCode|}); });",
        "await Task.Run(async () => { using var q = Process.Start(info)!; await Task.Yield(); await q.WaitForExitAsync(); Use(q.ExitCode); });")]
    [InlineData("var t = new Thread(() => { using var q = Process.Start(info)!; Use(q.{|TW5002:ExitCode|}); }); t.Start(); t.Join();",
        "var t = new Thread(() => { using var q = Process.Start(info)!; q.WaitForExit(); Use(q.ExitCode); }); t.Start(); t.Join();")]
    [InlineData("await Task.Run(() => { using var q = Process.Start(info)!; lock (this) { Use(q.{|TW5002:ExitCode|}); } });",
        "await Task.Run(() => { using var q = Process.Start(info)!; lock (this) { q.WaitForExit(); Use(q.ExitCode); } });")]
    public Task Work_of_the_pool_awaits_the_exit(string before, string after) => Verify.Fix<TW5002WaitForExit>("TW5002", InWork(before), InWork(after), configure: static test => test.Also = ["TW6002"]);

    [Theory]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => { using var q = Process.Start(info)!; Use(q.{|TW5002:ExitCode|}); });")]
    [InlineData("Parallel.For(0, 9, i => { using var q = Process.Start(info)!; Use(q.{|TW5002:ExitCode|}); });")]
    [InlineData("await Task.Factory.StartNew(() => { using var q = Process.Start(info)!; Use(q.{|TW5002:ExitCode|}); });")]
    [InlineData("await Task.Run(() => { using var q = Process.Start(info)!; Use(q.{|TW5002:ExitCode|}); return Task.CompletedTask; });")]
    [InlineData("Action work = () => { using var q = Process.Start(info)!; Use(q.{|TW5002:ExitCode|}); }; await Task.Run(work);")]
    [InlineData("await Task.Run(new Action(() => { using var q = Process.Start(info)!; Use(q.{|TW5002:ExitCode|}); }));")]
    [InlineData("await Task.Run(() => { using var q = Process.Start(info)!; ReadOnlySpan<char> name = \"a\"; Use(q.{|TW5002:ExitCode|}); Use(name.Length); });")]
    public Task Nothing_is_offered_in_work_of_the_pool_that_cannot_await(string code) => Verify.NoFix<TW5002WaitForExit>("TW5002", InWork(code), static test => test.Also = ["TW6002"]);

    /// <summary>.NET Framework has no wait that can be awaited.</summary>
    [Fact]
    public Task Async_without_an_async_wait() => Verify.Fix<TW5002WaitForExit>("TW5002", """
        using System.Diagnostics;
        class C
        {
            async Task<int> M(ProcessStartInfo info)
            {
                var p = Process.Start(info);
                await Task.Yield();
                return p.{|TW5002:ExitCode|};
            }
        }
        """, """
        using System.Diagnostics;
        class C
        {
            async Task<int> M(ProcessStartInfo info)
            {
                var p = Process.Start(info);
                await Task.Yield();
                p.WaitForExit();
                return p.ExitCode;
            }
        }
        """, configure: static test => test.References = Frameworks.NetFramework48);

    [Theory]
    [InlineData("if (!p.HasExited) Console.WriteLine(1); Use(p.{|TW5002:ExitCode|});")]
    [InlineData("if (!p.WaitForExit(1000)) throw new TimeoutException($\"{p.{|TW5002:ExitCode|}}\");")]
    [InlineData("Use({|TW5002:CodeOf(p)|});")]
    [InlineData("if (p.Id > 0 && p.{|TW5002:ExitCode|} == 0) Use(0);")]
    [InlineData("Use(p.{|TW5002:ExitCode|}); Use(p.StandardOutput.ReadToEnd());")]
    [InlineData("Use(p.StandardOutput.ReadToEnd() + p.{|TW5002:ExitCode|});")]
    [InlineData("if (p.Id > 0) Use(p.{|TW5002:ExitCode|});")]
    [InlineData("var q = Process.Start(p.StartInfo); Use(q?.{|TW5002:ExitCode|}); p.WaitForExit();")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW5002WaitForExit>("TW5002", In(code));

    private static string InWork(string code) => $$"""
        using System.Diagnostics;
        class C
        {
            async Task M(ProcessStartInfo info)
            {
                {{code}}
                await Task.Yield();
            }
            static void Use(object? o) { }
        }
        """;

    private static string In(string code) => $$"""
        using System.Diagnostics;
        class C
        {
            void M(ProcessStartInfo info)
            {
                using var p = Process.Start(info)!;
                {{code}}
            }
            static void Use(object? o) { }
            static int CodeOf(Process p) => p.ExitCode;
        }
        """;
}

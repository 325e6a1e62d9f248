using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Processes;

public class TW5010Tests
{
    [Theory]
    [InlineData("Process.{|TW5010:Start(Environment.ProcessPath!)|};")]
    [InlineData("Process.{|TW5010:Start(Environment.ProcessPath!, \"--child\")|};")]
    [InlineData("using var p = Process.{|TW5010:Start(new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false })|}!; p.WaitForExit();")]
    [InlineData("var self = Process.GetCurrentProcess().MainModule!.FileName; Process.{|TW5010:Start(self)|};")]
    [InlineData("var self = Process.GetCurrentProcess().MainModule?.FileName; var info = new ProcessStartInfo { FileName = self, Arguments = \"x\" }; Process.{|TW5010:Start(info)|};")]
    [InlineData("Process.{|TW5010:Start(System.Reflection.Assembly.GetEntryAssembly()!.Location.Replace(\".dll\", \".exe\"))|};")]
    [InlineData("Process.{|TW5010:Start(\"dotnet\", typeof(Program).Assembly.Location)|};")]
    [InlineData("Process.{|TW5010:Start(\"dotnet\", $\"exec {System.Reflection.Assembly.GetExecutingAssembly().Location} child\")|};")]
    [InlineData("Process.{|TW5010:Start(Environment.GetCommandLineArgs()[0])|};")]
    [InlineData("var p = new Process(); p.StartInfo.FileName = Environment.ProcessPath ?? throw new InvalidOperationException(); p.{|TW5010:Start()|}; p.WaitForExit();")]
    [InlineData("for (var i = 0; i < 4; i++) { Process.{|TW5010:Start(Environment.ProcessPath!, i.ToString())|}; }")]
    [InlineData("for (var i = 0; i < Environment.ProcessorCount; i++) Process.{|TW5010:Start(Environment.ProcessPath!)|};")]
    [InlineData("Console.WriteLine(\"main\"); var verbose = false; if (args.Length > 0) verbose = true; try { Process.{|TW5010:Start(Environment.ProcessPath!)|}; } catch (Exception e) { Console.WriteLine(e); } Console.WriteLine(verbose);")]
    [InlineData("Thread.Sleep(100); Process.{|TW5010:Start(Environment.ProcessPath!)|}; if (args.Length > 0) return;")]
    [InlineData("await Task.Delay(10); Process.{|TW5010:Start(Environment.ProcessPath!)|};")]
    [InlineData("foreach (var n in new[] { 1, 2 }) Process.{|TW5010:Start(Environment.ProcessPath!, n.ToString())|};")]
    [InlineData("var kinds = new[] { \"a\", \"b\" }; foreach (var kind in kinds) { using var p = Process.{|TW5010:Start(Environment.ProcessPath!, kind)|}; p.WaitForExit(); }")]
    [InlineData("var info = new ProcessStartInfo(Environment.ProcessPath!); info.ArgumentList.Add(\"worker\"); info.Environment.Add(\"A\", \"1\"); Process.{|TW5010:Start(info)|};")]
    [InlineData("var info = new ProcessStartInfo(\"dotnet\") { ArgumentList = { typeof(Program).Assembly.Location, \"worker\" } }; Process.{|TW5010:Start(info)|};")]
    public Task Guilty(string code) => In(code);

    [Theory]
    [InlineData("if (args.Length == 0) Process.Start(Environment.ProcessPath!, \"child\");")]
    [InlineData("if (args.Length > 0) { Console.WriteLine(\"child\"); return; } Process.Start(Environment.ProcessPath!, \"child\");")]
    [InlineData("if (args is [\"child\"]) Environment.Exit(0); Process.Start(Environment.ProcessPath!, \"child\");")]
    [InlineData("if (Environment.GetEnvironmentVariable(\"CHILD\") == null) Process.Start(Environment.ProcessPath!);")]
    [InlineData("if (Environment.GetEnvironmentVariable(\"CHILD\") is not null) { Console.WriteLine(1); return; } Process.Start(Environment.ProcessPath!);")]
    [InlineData("using var mutex = new Mutex(true, \"one\", out var isFirst); if (!isFirst) return; Process.Start(Environment.ProcessPath!);")]
    [InlineData("using var mutex = new Mutex(false, \"one\"); mutex.WaitOne(); Process.Start(Environment.ProcessPath!);")]
    [InlineData("foreach (var arg in args) Process.Start(Environment.ProcessPath!);")]
    [InlineData("foreach (var n in new int[0]) Process.Start(Environment.ProcessPath!);")]
    [InlineData("foreach (var n in new[] { 1, 2 }) { if (args.Length > n) return; Process.Start(Environment.ProcessPath!); }")]
    [InlineData("foreach (var n in new[] { 1, 2 }.Take(args.Length)) Process.Start(Environment.ProcessPath!);")]
    [InlineData("var info = new ProcessStartInfo(Environment.ProcessPath!); info.ArgumentList.Add(args.Single()); if (args.Length > 0) return; Process.Start(info);")]
    [InlineData("for (var i = 0; i < args.Length; i++) Process.Start(Environment.ProcessPath!);")]
    [InlineData("for (var i = 0; i < Count(args); i++) Process.Start(Environment.ProcessPath!);")]
    [InlineData("while (args.Length == 0) Process.Start(Environment.ProcessPath!, \"child\");")]
    [InlineData("switch (args.Length) { case 0: Process.Start(Environment.ProcessPath!, \"child\"); break; }")]
    [InlineData("switch (args.Length) { case 1: return; } Process.Start(Environment.ProcessPath!, \"child\");")]
    [InlineData("_ = args.Length > 0 ? null : Process.Start(Environment.ProcessPath!, \"child\");")]
    [InlineData("_ = args.Length == 0 && Process.Start(Environment.ProcessPath!, \"child\") != null;")]
    [InlineData("Guard(args); Process.Start(Environment.ProcessPath!, \"child\");")]
    [InlineData("Helper.Check(args); Process.Start(Environment.ProcessPath!, \"child\");")]
    [InlineData("Other.Run(args); Process.Start(Environment.ProcessPath!, \"child\");")]
    [InlineData("LaunchIfFirst(args);")]
    [InlineData("if (args.Length == 0) Launch();")]
    [InlineData("Process.Start(\"tool\");")]
    [InlineData("Process.Start(args[0]);")]
    [InlineData("Process.Start(\"dotnet\", \"build\");")]
    [InlineData("Process.Start(Path.Combine(AppContext.BaseDirectory, \"worker\"));")]
    [InlineData("Console.ReadLine(); Process.Start(Environment.ProcessPath!);")]
    [InlineData("Action restart = () => Process.Start(Environment.ProcessPath!); Console.CancelKeyPress += (_, _) => restart();")]
    [InlineData("void Restart() => Process.Start(Environment.ProcessPath!); Console.WriteLine(args.Length); if (args.Length == 7) Restart();")]
    [InlineData("try { Console.WriteLine(1); } catch (IOException) { Process.Start(Environment.ProcessPath!); }")]
    [InlineData("try { Guard(args); } catch (Exception) { return; } Process.Start(Environment.ProcessPath!);")]
    [InlineData("AppDomain.CurrentDomain.ProcessExit += (_, _) => Process.Start(Environment.ProcessPath!);")]
    [InlineData("await Helper.ServeAsync(); Process.Start(Environment.ProcessPath!);")]
    [InlineData("if (args.Length > 0) { Helper.Work(); } else { Process.Start(Environment.ProcessPath!, \"child\"); }")]
    [InlineData("return; Process.Start(Environment.ProcessPath!);")]
    [InlineData("Console.WriteLine(Environment.ProcessPath);")]
    public Task Innocent(string code) => In(code);

    [Fact]
    public Task A_main_method() => Verify.Rule("TW5010", """
        using System.Diagnostics;
        internal static class P
        {
            private static int Main()
            {
                Go(1);
                return 0;
            }
            private static void Go(int n) { Console.WriteLine(n); Process.{|TW5010:Start(Environment.ProcessPath!)|}; }
        }
        """, static test => test.OutputKind = OutputKind.ConsoleApplication);

    [Theory]
    [InlineData("Launch();")]
    [InlineData("Console.WriteLine(args.Length); Outer();")]
    public Task Through_helpers(string code) => Verify.Rule("TW5010", $$"""
        using System.Diagnostics;
        {{code}}

        void Launch() => Process.{|TW5010:Start(Environment.ProcessPath!)|};
        void Outer() { Console.WriteLine(1); Launch(); }
        """);

    [Fact]
    public Task Through_an_object_and_its_async_member() => Verify.Rule("TW5010", """
        using System.Diagnostics;
        return await new Host().Run();

        class Host
        {
            public async Task<int> Run()
            {
                var info = new ProcessStartInfo(Environment.ProcessPath!);
                info.ArgumentList.Add("worker");
                using var p = new Process { StartInfo = info };
                p.{|TW5010:Start()|};
                await p.WaitForExitAsync();
                return p.ExitCode;
            }
        }
        """);

    /// <summary>A host may start it; any other method of a library may be called under whatever condition.</summary>
    [Fact]
    public Task A_main_method_of_a_library() => Verify.Rule("TW5010", """
        using System.Diagnostics;
        internal static class P
        {
            public static void Main(string[] args) => Process.{|TW5010:Start(Environment.ProcessPath!)|};
            public static void Main(int count) => Process.Start(Environment.ProcessPath!);
            public static void Restart() => Process.Start(Environment.ProcessPath!);
        }
        """);

    [Theory]
    [InlineData("foreach (var n in new[] { 1, 2 }) Process.{|TW5010:Start(Environment.ProcessPath!)|};")]
    [InlineData("foreach (var n in Enumerable.Range(0, 4)) { var p = Process.{|TW5010:Start(Environment.ProcessPath!, $\"worker {n}\")|}; }")]
    [InlineData("foreach (var n in Enumerable.Range(0, args.Length)) Process.Start(Environment.ProcessPath!);")]
    [InlineData("foreach (var n in args) Process.Start(Environment.ProcessPath!, n)!.WaitForExit();")]
    [InlineData("foreach (var n in new[] { 1, 2 }) { if (args.Length > 0) break; Process.Start(Environment.ProcessPath!); }")]
    public Task Once_for_each_element(string code) => In(code);

    /// <summary>What is given may not be run, or not by a program that is a child.</summary>
    [Theory]
    [InlineData("Keep(() => Process.Start(Environment.ProcessPath!));")]
    [InlineData("RunIf(args.Length == 0, () => Process.Start(Environment.ProcessPath!));")]
    [InlineData("Other.Take(() => Process.Start(Environment.ProcessPath!));")]
    [InlineData("Run(args.Length > 0 ? Helper.Work : Launch);")]
    [InlineData("Action act = Helper.Work; if (args.Length == 0) act = Launch; Run(act);")]
    [InlineData("Run(() => { if (args.Length > 0) Environment.Exit(0); Process.Start(Environment.ProcessPath!); });")]
    [InlineData("Parallel.For(0, args.Length, i => Process.Start(Environment.ProcessPath!));")]
    [InlineData("Parallel.ForEach(args, arg => Process.Start(Environment.ProcessPath!, arg));")]
    [InlineData("args.ToList().ForEach(arg => Process.Start(Environment.ProcessPath!));")]
    [InlineData("_ = Task.Run(() => { Thread.Sleep(5000); Process.Start(Environment.ProcessPath!); });")]
    [InlineData("Run(() => Process.Start(\"tool\"));")]
    [InlineData("Action? none = null; Process.Start(\"tool\"); none?.Invoke();")]
    public Task Silent_on_delegates_that_may_not_be_run(string code) => In(code);

    [Theory]
    [InlineData("Run(() => Process.{|TW5010:Start(Environment.ProcessPath!)|});")]
    [InlineData("Action act = () => Process.{|TW5010:Start(Environment.ProcessPath!)|}; act();")]
    [InlineData("Action act = () => Process.{|TW5010:Start(Environment.ProcessPath!)|}; Run(act);")]
    [InlineData("Deep(() => { Console.WriteLine(1); Process.{|TW5010:Start(Environment.ProcessPath!)|}; });")]
    [InlineData("Run(() => Launch());", true)]
    [InlineData("Run(Launch);", true)]
    [InlineData("Deep(Launch);", true)]
    [InlineData("Maybe(Launch);", true)]
    [InlineData("Parallel.Invoke(Helper.Work, Launch);", true)]
    [InlineData("Parallel.For(0, 4, i => Process.{|TW5010:Start(Environment.ProcessPath!)|});")]
    [InlineData("Parallel.For(0, Environment.ProcessorCount, i => Process.{|TW5010:Start(Environment.ProcessPath!, i.ToString())|});")]
    [InlineData("Parallel.ForEach(new[] { 1, 2 }, i => Process.{|TW5010:Start(Environment.ProcessPath!)|});")]
    [InlineData("Array.ForEach(new[] { 1, 2 }, i => Process.{|TW5010:Start(Environment.ProcessPath!)|});")]
    [InlineData("var all = Enumerable.Range(0, 4).Select(i => Process.{|TW5010:Start(Environment.ProcessPath!)|}).ToList(); all.ForEach(p => p.WaitForExit());")]
    [InlineData("var all = Enumerable.Range(0, 4).Select(i => Process.Start(Environment.ProcessPath!)); if (args.Length > 0) return; foreach (var p in all) p.WaitForExit();")]
    [InlineData("var all = args.Select(i => Process.Start(Environment.ProcessPath!)).ToList(); all.ForEach(p => p.WaitForExit());")]
    [InlineData("var all = Enumerable.Range(0, 4).Select(i => Process.{|TW5010:Start(Environment.ProcessPath!)|}).ToArray(); Array.ForEach(all, p => p.WaitForExit());")]
    [InlineData("var all = new[] { \"a\", \"b\" }.Select(kind => Process.{|TW5010:Start(Environment.ProcessPath!, kind)|}!).Where(p => p.Id > 0).ToArray(); Array.ForEach(all, p => p.WaitForExit());")]
    [InlineData("var all = (from i in Enumerable.Range(0, 4) select Process.{|TW5010:Start(Environment.ProcessPath!)|}).ToArray(); Array.ForEach(all, p => p.WaitForExit());")]
    [InlineData("Process[] all = [.. Enumerable.Range(0, 4).Select(i => Process.{|TW5010:Start(Environment.ProcessPath!)|})]; Array.ForEach(all, p => p.WaitForExit());")]
    [InlineData("foreach (var p in Enumerable.Range(0, 4).Select(i => Process.{|TW5010:Start(Environment.ProcessPath!)|}!)) p.WaitForExit();")]
    [InlineData("foreach (var name in Enumerable.Range(0, 4).Select(i => $\"worker {i}\").ToArray()) Process.{|TW5010:Start(Environment.ProcessPath!, name)|};")]
    [InlineData("await Task.WhenAll(Enumerable.Range(0, 4).Select(async i => { using var p = Process.{|TW5010:Start(Environment.ProcessPath!)|}!; await p.WaitForExitAsync(); }));")]
    [InlineData("Task.WaitAll(Enumerable.Range(0, 4).Select(i => Process.{|TW5010:Start(Environment.ProcessPath!)|}!.WaitForExitAsync()).ToArray());")]
    [InlineData("foreach (var p in Enumerable.Range(0, args.Length).Select(i => Process.Start(Environment.ProcessPath!)!)) p.WaitForExit();")]
    [InlineData("var all = Enumerable.Range(0, 4).Where(i => i < args.Length).Select(i => Process.Start(Environment.ProcessPath!)).ToArray(); Array.ForEach(all, p => p.WaitForExit());")]
    [InlineData("var all = Enumerable.Range(0, 4).Select(i => Process.Start(Environment.ProcessPath!)).Take(args.Length).ToArray(); Array.ForEach(all, p => p.WaitForExit());")]
    [InlineData("var all = Enumerable.Range(0, 4).Select(i => args.Length > 0 ? null : Process.Start(Environment.ProcessPath!)).ToArray(); Console.WriteLine(all.Length);")]
    [InlineData("await Task.WhenAll(args.Select(async i => { using var p = Process.Start(Environment.ProcessPath!)!; await p.WaitForExitAsync(); }));")]
    [InlineData("await Task.WhenAll(Enumerable.Range(0, 4).Select(async i => { await Helper.ServeAsync(); Process.Start(Environment.ProcessPath!); }));")]
    [InlineData("await Task.Run(() => Process.{|TW5010:Start(Environment.ProcessPath!)|});")]
    [InlineData("Task.Run(Launch).Wait();", true)]
    public Task Delegates_and_method_groups(string code, bool isInLaunch = false) => In(code, isInLaunch);

    /// <summary>Which of the many things that a member returns is started there, and what a condition on something else keeps away, is known to the program and not to its text.</summary>
    [Theory]
    [InlineData("var p = Kept(); p.Start();")]
    [InlineData("if (Helper.Flag) Console.WriteLine(1); else throw new Exception(); Process.Start(Environment.ProcessPath!);")]
    public Task Misses_what_is_made_elsewhere_and_conditions_of_other_things(string code) => In(code);

    private static Task In(string code, bool isInLaunch = false) => Verify.Rule("TW5010", $$"""
        #pragma warning disable CS0162, CS1998, CS8321
        using System.Diagnostics;
        {{code}}

        partial class Program
        {
            static void Launch() => Process.{{(isInLaunch ? "{|TW5010:Start(Environment.ProcessPath!)|}" : "Start(Environment.ProcessPath!)")}};
            static void LaunchIfFirst(string[] args) { if (args.Length > 0) return; Launch(); }
            static void Guard(string[] args) { if (args.Length > 0) Environment.Exit(0); }
            static int Count(string[] args) => args.Length == 0 ? 1 : 0;
            static Process Kept() => new() { StartInfo = new(Environment.ProcessPath!) };
            static void Run(Action action) => action();
            static void Deep(Action action) => Run(action);
            static void Maybe(Action? action) => action?.Invoke();
            static void RunIf(bool isFirst, Action action) { if (isFirst) action(); }
            static void Keep(Action action) => AppDomain.CurrentDomain.ProcessExit += (_, _) => action();
        }
        static class Helper
        {
            public static bool Flag;
            public static void Outer() { Console.WriteLine(1); Inner(); }
            private static void Inner() { Process.Start(Environment.ProcessPath!); }
            public static void Check(string[] args) { if (args.Length > 0) throw new Exception(); }
            public static void Work() { }
            public static async Task ServeAsync() { await new TaskCompletionSource().Task; }
        }
        static class Other { public static extern void Run(string[] args); public static extern void Take(Action action); }
        """);
}

using System.Threading.Tasks;
using Threadwise.CodeFixes.Threads;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Threads;

public class TW1016JoinAtEndTests
{
    [Theory]
    // A thread, a task, several of each.
    [InlineData("var t = new Thread(Work) { IsBackground = true };\nt.{|TW1016:Start()|}; // go\nConsole.WriteLine(1);", "var t = new Thread(Work) { IsBackground = true };\nt.Start(); // go\nConsole.WriteLine(1);\nt.Join();")]
    [InlineData("var t = Task.{|TW1016:Run(Work)|};\nConsole.WriteLine(1); // so far", "var t = Task.Run(Work);\nConsole.WriteLine(1); // so far\nawait t;")]
    [InlineData("var t = Task.{|TW1016:Run(Work)|};\n\n// The end.\nreturn 0;", "var t = Task.Run(Work);\n\nawait t;\n// The end.\nreturn 0;")]
    [InlineData("var t = new Task(Work);\nt.{|TW1016:Start()|};", "var t = new Task(Work);\nt.Start();\nawait t;")]
    [InlineData("var ts = new List<Task>();\nforeach (var x in args)\n    ts.Add(Task.{|TW1016:Run(Work)|});", "var ts = new List<Task>();\nforeach (var x in args)\n    ts.Add(Task.Run(Work));\nawait Task.WhenAll(ts);")]
    [InlineData("var ts = args.Select(x => Task.{|TW1016:Run(() => Console.WriteLine(x))|}).ToArray();", "var ts = args.Select(x => Task.Run(() => Console.WriteLine(x))).ToArray();\nawait Task.WhenAll(ts);")]
    [InlineData("var ts = new List<Thread> { new Thread(Work) { IsBackground = true } };\nforeach (var t in ts) t.{|TW1016:Start()|};", "var ts = new List<Thread> { new Thread(Work) { IsBackground = true } };\nforeach (var t in ts) t.Start();\nforeach (var thread in ts) thread.Join();")]
    // Nobody keeps it.
    [InlineData("Task.{|TW1016:Run(Work)|}; // save\nConsole.WriteLine(1);", "var task = Task.Run(Work); // save\nConsole.WriteLine(1);\nawait task;")]
    [InlineData("_ = Task.{|TW1016:Run|}(() =>\n{\n    // Save.\n    Work();\n});", "var task = Task.Run(() =>\n{\n    // Save.\n    Work();\n});\nawait task;")]
    [InlineData("Task.{|TW1016:Run(Work)|};\nTask.{|TW1016:Run(Work)|};", "var task = Task.Run(Work);\nvar newTask = Task.Run(Work);\nawait task;\nawait newTask;")]
    // In a block of its own.
    [InlineData("if (args.Length > 0)\n{\n    var t = Task.{|TW1016:Run(Work)|};\n    Console.WriteLine(1);\n}\nConsole.WriteLine(2);", "if (args.Length > 0)\n{\n    var t = Task.Run(Work);\n    Console.WriteLine(1);\n    await t;\n}\nConsole.WriteLine(2);")]
    [InlineData("Program.Kept = Task.{|TW1016:Run(Work)|};\nThread.Sleep(100);", "Program.Kept = Task.Run(Work);\nThread.Sleep(100);\nawait Kept;")]
    public Task It_is_waited_for_at_the_end(string before, string after) => Verify.Fix<TW1016JoinAtEnd>("TW1016", In(before), In(after));

    [Theory]
    // No handle, or one that may stand for nothing.
    [InlineData("ThreadPool.{|TW1016:QueueUserWorkItem(_ => Work())|};")]
    [InlineData("new Thread(Work) { IsBackground = true }.{|TW1016:Start()|};")]
    [InlineData("foreach (var x in args) Task.{|TW1016:Run(Work)|};")]
    [InlineData("if (args.Length > 0) Task.{|TW1016:Run(Work)|};")]
    [InlineData("Task? t = null; if (args.Length > 0) t = Task.{|TW1016:Run(Work)|};")]
    [InlineData("foreach (var x in args) { var t = Task.{|TW1016:Run(Work)|}; Console.WriteLine(t.Id); }")]
    [InlineData("var ts = new List<Thread> { new Thread(Work) { IsBackground = true } }; foreach (var t in ts) if (args.Length > 0) t.{|TW1016:Start()|};")]
    // The join could wait for ever, or is gone by.
    [InlineData("var gate = new object(); var t = Task.{|TW1016:Run(() => { lock (gate) Work(); })|};")]
    [InlineData("var t = Task.{|TW1016:Run(Work)|}; if (args.Length > 0) return; Console.WriteLine(1);")]
    [InlineData("{|TW1016:Begin()|};")]
    public Task Where_no_join_is_certain_nothing_is_offered(string code) => Verify.NoFix<TW1016JoinAtEnd>("TW1016", In(code));

    [Fact]
    public Task Where_nothing_can_be_awaited_the_task_is_waited_for() => Verify.Fix<TW1016JoinAtEnd>("TW1016",
        InTest("Task.{|TW1016:Run(() => Xunit.Assert.True(false))|};"),
        InTest("var task = Task.Run(() => Xunit.Assert.True(false));\n        task.Wait();"));

    private static string In(string code) => code + """


        partial class Program
        {
            internal static Task? Kept;
            internal static void Work() => Console.WriteLine("work");
            internal static void Begin() => Task.Run(Work);
        }
        """;

    private static string InTest(string code) => $$"""
        namespace Xunit
        {
            class FactAttribute : Attribute { }
            static class Assert { public static void True(bool condition) { } }
        }
        class C
        {
            [Xunit.Fact]
            public void M()
            {
                {{code}}
            }
        }
        """;
}

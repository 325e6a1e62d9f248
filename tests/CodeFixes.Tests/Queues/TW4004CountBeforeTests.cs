using System.Threading.Tasks;
using Threadwise.CodeFixes.Queues;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Queues;

public class TW4004CountBeforeTests
{
    [Theory]
    [InlineData("using var done = new CountdownEvent(1); foreach (var x in items) { Task.Run(() => { done.{|TW4004:AddCount()|}; Work(x); done.Signal(); }); } done.Signal(); done.Wait();",
        "using var done = new CountdownEvent(1); foreach (var x in items) { done.AddCount(); Task.Run(() => { Work(x); done.Signal(); }); } done.Signal(); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(1); var task = Task.Run(() => { done.{|TW4004:AddCount()|}; Work(1); done.Signal(); }); done.Signal(); done.Wait();",
        "using var done = new CountdownEvent(1); done.AddCount(); var task = Task.Run(() => { Work(1); done.Signal(); }); done.Signal(); done.Wait();")]
    public Task The_count_is_added_before(string before, string after) => Verify.Fix<TW4004CountBefore>("TW4004", In(before), In(after));

    [Theory]
    [InlineData("var done = {|TW4004:new CountdownEvent|}(3); for (var i = 0; i < 4; i++) Task.Run(() => done.Signal()); done.Wait();",
        "var done = new CountdownEvent(4); for (var i = 0; i < 4; i++) Task.Run(() => done.Signal()); done.Wait();")]
    [InlineData("var done = {|TW4004:new CountdownEvent|}(items.Length); foreach (var x in items) Task.Run(() => { Work(x); done.Signal(); }); done.Signal(); done.Wait();",
        "var done = new CountdownEvent(items.Length + 1); foreach (var x in items) Task.Run(() => { Work(x); done.Signal(); }); done.Signal(); done.Wait();")]
    [InlineData("var done = {|TW4004:new CountdownEvent|}(items.Length + 1 /* all */); foreach (var x in items) Task.Run(() => { Work(x); done.Signal(); }); done.Wait();",
        "var done = new CountdownEvent(items.Length /* all */); foreach (var x in items) Task.Run(() => { Work(x); done.Signal(); }); done.Wait();")]
    [InlineData("var done = {|TW4004:new CountdownEvent|}(1); foreach (var x in new[] { 1, 2 }) { done.AddCount(); Task.Run(() => { Work(x); done.Signal(); }); } done.Signal(); done.Signal(); done.Wait();",
        "var done = new CountdownEvent(2); foreach (var x in new[] { 1, 2 }) { done.AddCount(); Task.Run(() => { Work(x); done.Signal(); }); } done.Signal(); done.Signal(); done.Wait();")]
    [InlineData("var barrier = {|TW4004:new Barrier|}(3, b => Work(1)); for (var i = 0; i < 2; i++) Task.Run(() => { Work(i); barrier.SignalAndWait(); });",
        "var barrier = new Barrier(2, b => Work(1)); for (var i = 0; i < 2; i++) Task.Run(() => { Work(i); barrier.SignalAndWait(); });")]
    [InlineData("var done = {|TW4004:new CountdownEvent|}(items.Length + 1); for (var i = 1; i < items.Length; i++) Task.Run(() => done.Signal()); done.Signal(); done.Wait();",
        "var done = new CountdownEvent(items.Length); for (var i = 1; i < items.Length; i++) Task.Run(() => done.Signal()); done.Signal(); done.Wait();")]
    [InlineData("var done = {|TW4004:new CountdownEvent|}(items.Length - 2); for (var i = 1; i < items.Length; i++) Task.Run(() => done.Signal()); done.Wait();",
        "var done = new CountdownEvent(items.Length - 1); for (var i = 1; i < items.Length; i++) Task.Run(() => done.Signal()); done.Wait();")]
    [InlineData("var done = {|TW4004:new CountdownEvent|}(Environment.ProcessorCount); for (var i = 1; i < Environment.ProcessorCount; i++) Task.Run(() => done.Signal()); done.Wait();",
        "var done = new CountdownEvent(Environment.ProcessorCount - 1); for (var i = 1; i < Environment.ProcessorCount; i++) Task.Run(() => done.Signal()); done.Wait();")]
    public Task The_count_fits(string before, string after) => Verify.Fix<TW4004CountBefore>("TW4004", In(before), In(after));

    [Fact]
    public Task On_lines_of_their_own() => Verify.Fix<TW4004CountBefore>("TW4004", """
        class C
        {
            void M(int[] items)
            {
                using var done = new CountdownEvent(1);
                foreach (var item in items)
                {
                    // One for each.
                    ThreadPool.QueueUserWorkItem(_ =>
                    {
                        done.{|TW4004:AddCount()|};
                        Console.WriteLine(item); // slow
                        done.Signal();
                    });
                }

                done.Signal();
                done.Wait();
            }
        }
        """, """
        class C
        {
            void M(int[] items)
            {
                using var done = new CountdownEvent(1);
                foreach (var item in items)
                {
                    done.AddCount();
                    // One for each.
                    ThreadPool.QueueUserWorkItem(_ =>
                    {
                        Console.WriteLine(item); // slow
                        done.Signal();
                    });
                }

                done.Signal();
                done.Wait();
            }
        }
        """);

    [Theory]
    [InlineData("using var done = new CountdownEvent(1); foreach (var x in items) Task.Run(() => { done.{|TW4004:AddCount()|}; Work(x); done.Signal(); }); done.Signal(); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(1); foreach (var x in items) { Task.Run(() => { Work(x); done.{|TW4004:AddCount()|}; Work(x); done.Signal(); }); } done.Signal(); done.Wait();")]
    [InlineData("using var done = new CountdownEvent(1); foreach (var x in items) { Task.Run(() => { done.{|TW4004:AddCount()|}; /* first */ Work(x); done.Signal(); }); } done.Signal(); done.Wait();")]
    [InlineData("const int Workers = 3; var done = {|TW4004:new CountdownEvent|}(Workers); for (var i = 0; i < 4; i++) Task.Run(() => done.Signal()); done.Wait();")]
    [InlineData("var done = {|TW4004:new CountdownEvent|}(items.Length); for (var i = 1; i < items.Length; i++) Task.Run(() => done.Signal()); done.Wait();")]
    [InlineData("var done = {|TW4004:new CountdownEvent|}(items.Length + 1); for (var i = 2; i < items.Length; i++) Task.Run(() => done.Signal()); done.Wait();")]
    [InlineData("var done = {|TW4004:new CountdownEvent|}(Environment.ProcessorCount); for (var i = 2; i < Environment.ProcessorCount; i++) Task.Run(() => done.Signal()); done.Wait();")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW4004CountBefore>("TW4004", In(code));

    private static string In(string code) => $$"""
        class C
        {
            void M(int[] items)
            {
                {{code}}
            }
            static void Work(int i) { }
        }
        """;
}

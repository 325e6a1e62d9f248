using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Threadwise.Proving.Mutation;
using Threadwise.Proving.Running;
using Threadwise.Proving.Snippets;
using Threadwise.Proving.Tests.Planted;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Proving.Tests;

public class MutationTests
{
    [Fact]
    public async Task The_right_blocks_are_silent_and_what_breaks_them_is_reported()
    {
        var result = await RunAsync(Subject.Threadwise);

        Assert.Empty(result.Crashes);

        // A right block may still be told that there is a shorter way to write it (TW2009): no operator is about that.
        var asked = result.Operators.Select(static o => o.Rule).ToHashSet();
        Assert.DoesNotContain(result.Reported, report => asked.Contains(report.Split(' ')[0]));
        Assert.Empty(result.Operators.SelectMany(static o => o.Missed.Select(place => $"{o.Operator.Name}: {o.Rule} misses {place}")));
        Assert.All(result.Operators, static o => Assert.True(o.NotCompiling <= o.Judged, $"{o.Operator.Name} mostly makes code that does not compile"));
    }

    [Fact]
    public async Task Each_rule_is_asked()
    {
        var result = await RunAsync(Subject.Threadwise);

        Assert.All(result.Operators.GroupBy(static o => o.Rule), static rule => Assert.True(rule.Sum(static o => o.Judged) > 0, $"{rule.Key} is not asked"));
    }

    [Fact]
    public async Task A_rule_that_does_not_exist_is_named_and_not_asked()
    {
        var result = await RunAsync(Planted.Planted.Subject(new LoudAnalyzer("TW2003", isSilent: true)));

        Assert.All(result.Operators, static o => Assert.Equal("TW2003", o.Rule));
        Assert.Equal(Operator.All.SelectMany(static o => o.Rules).Where(static id => id != "TW2003"), result.NotBuilt.SelectMany(static o => o.Ids));
    }

    [Fact]
    public async Task A_rule_that_sees_nothing_is_found()
    {
        var result = await RunAsync(Planted.Planted.Subject(new LoudAnalyzer("TW2003", isSilent: true)));

        Assert.Equal(0, result.Operators.Sum(static o => o.Seen));
        Assert.True(result.Operators.Sum(static o => o.Missed.Length) > 10);
    }

    [Fact]
    public async Task A_rule_that_reports_whatever_stands_there_is_found()
    {
        var result = await RunAsync(Planted.Planted.Subject(new LoudAnalyzer("TW2003")));

        Assert.NotEmpty(result.Reported);
        Assert.Equal(0, result.Operators.Sum(static o => o.Seen));
    }

    [Fact]
    public async Task A_rule_that_throws_is_found()
    {
        var result = await RunAsync(new Subject([new ThrowingAnalyzer(), new LoudAnalyzer("TW2012", isSilent: true)], []), "class C { object _o = new(); void M() { Monitor.Enter(_o); try { M(); } finally { Monitor.Exit(_o); } try { } } }");

        Assert.Contains("neither caught nor cleaned up", Assert.Single(result.Crashes));
    }

    /// <summary>Operators whose rules do not exist yet are tried too: each breaks something, and what it makes compiles.</summary>
    [Fact]
    public async Task Operators_that_wait_for_their_rules_work()
    {
        var subject = new Subject([.. Operator.All.SelectMany(static o => o.Rules).Distinct().Select(static id => new LoudAnalyzer(id, isSilent: true))], []);
        var result = await RunAsync(subject, """
            class C
            {
                private readonly object _sync = new(), _other = new();
                private readonly Lock _lock = new();
                private int _n;
                public async Task M(Action work)
                {
                    var n = 0;
                    var t = new Thread(() => n = 1);
                    t.Start();
                    t.Join();
                    Console.WriteLine(n);
                    var background = new Thread(() => work());
                    background.Start();
                    lock (_sync) { _n++; }
                    using (_lock.EnterScope()) { _n++; }
                    Monitor.Enter(_sync);
                    try { work(); } finally { Monitor.Exit(_sync); }
                    using var owned = new Mutex(true);
                    try { work(); } finally { owned.ReleaseMutex(); }
                    await Task.Delay(1);
                    await Task.Run(async () => await Task.Delay(1));
                    await Parallel.ForEachAsync(new[] { 1 }, async (i, token) => await Task.Delay(i));
                    await Task.Factory.StartNew(async () => await Task.Delay(1)).Unwrap();
                    await Task.Factory.StartNew(work, TaskCreationOptions.LongRunning);
                    var child = System.Diagnostics.Process.Start("child");
                    Console.WriteLine(child.StandardOutput.ReadToEnd());
                    child.WaitForExit();
                    var events = System.Diagnostics.Process.Start("child");
                    events.OutputDataReceived += (_, line) => Console.WriteLine(line.Data);
                    events.BeginOutputReadLine();
                    var done = new CountdownEvent(1);
                    ThreadPool.QueueUserWorkItem(_ => done.Signal());
                    done.Wait();
                    _ = Task.Run(() => { try { work(); } finally { done.Signal(); } });
                    var queue = new BlockingCollection<int>();
                    queue.Add(1);
                    queue.CompleteAdding();
                    var taken = queue.Take();
                }
            }
            """);

        var idle = result.Operators.Where(static o => o.Judged == 0).Select(static o => o.Operator.Name).Distinct();
        Assert.Equal(
            [
                "move an acquire that can fail into its try", "move a tested acquire into its try", "drop the answer of a tested acquire",
                "take a Monitor for a semaphore held over an await", "sleep for a delay on the pool", "read a counter again instead of its result",
                "test the variable instead of a claim's result", "compare with a fresh read", "update in two steps in a tick",
                "update in two steps in another type than the threads", "remove the lock in another type than the threads",
                "remove the join of another object's method", "remove the last wait of a program", "drop the result of a thread",
                "join without asking for oneself", "start before the fields are assigned", "raw threads for parallel calls", "take once more",
                "a parallel query in any order", "a thread for each element", "lock each round of a reduction",
                "join each thread before the next is made", "capture the counter for its copy", "keep a looping thread in the foreground",
                "remove the lock around an update", "remove one lock of three", "update in two steps for an atomic one",
                "remove the lock around a collection", "remove the second test", "remove the lock around a wide value",
                "look before the object of a key is made", "make an object known before it is complete", "test an event and read it again",
                "a random object for the shared one", "go through the collection for its copy", "take the locks of a timer's state away",
                "drop the using of a guard", "run a helper with a lock within itself", "reset a flag that keeps others out without a finally",
                "throw before the reset of a flag that keeps others out", "remove a finally of a lock class", "remove a finally of a lock class and throw before the release",
                "lock the object for a static gate", "take a lock again that cannot be", "drop a semaphore's maximum", "swap the locked object",
                "make a spin lock readonly", "synchronize a member instead of locking", "synchronize a static member instead of locking",
                "lock the object itself", "drop the readonly of a lock field",
                "remove the wait before an exit code", "do not redirect a pipe that is used", "redirect through the shell",
                "do not raise the event of the exit", "do not expect an abandoned mutex", "give up an abandoned mutex",
                "leave the input of a child open", "remove the wait for a child's file", "begin to read when the input is written",
                "start oneself without a question", "read no output that is redirected", "update shared memory without its mutex", "take the name of a mutex away",
                "write behind the end of a view", "read a part of a number", "leave the layout of a shared struct to the compiler",
                "complete no queue", "wait for no task of a loop", "dispose of what a task still uses", "set a result that may be set",
            ],
            idle);
    }

    [Fact]
    public async Task A_folder_is_one_compilation()
    {
        var originals = Originals.AtPath(Subject.Threadwise, Repository.PathOf("tests", "Proving", "Mutation")).ToList();
        var result = await new MutationRun(Subject.Threadwise, Operator.All, 5).RunAsync(originals, TestContext.Current.CancellationToken);

        Assert.Equal(Directory.GetFiles(Repository.PathOf("tests", "Proving", "Mutation"), "*.cs", SearchOption.AllDirectories).Length, result.Originals);
        Assert.Contains("Operators/LockCalls.cs", originals.Select(static o => o.Name.Replace('\\', '/')));
        Assert.Empty(result.Reported);
    }

    private static Task<MutationResult> RunAsync(Subject subject) => RunAsync(subject, SnippetLibrary.RightBlocks);

    private static Task<MutationResult> RunAsync(Subject subject, string code) => RunAsync(subject, [Planted.Planted.Snippet(code)]);

    private static Task<MutationResult> RunAsync(Subject subject, IEnumerable<Snippet> snippets) =>
        new MutationRun(subject, Operator.All, 200).RunAsync([.. Originals.Of(subject, snippets)], TestContext.Current.CancellationToken);
}

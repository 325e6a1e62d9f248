using System.Threading.Tasks;
using Threadwise.CodeFixes.Queues;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Queues;

public class TW4007TakeFromBlockingCollectionTests
{
    [Theory]
    [InlineData("while (true) { if (_queue.{|TW4007:TryDequeue(out var x)|}) { Work(x); } else Thread.Sleep(10); }", "while (true) { var x = _queue.Take(); Work(x); }")]
    [InlineData("for (;;) { if (!_queue.{|TW4007:TryDequeue(out int x)|}) { Thread.Sleep(10); continue; } Work(x); }", "for (;;) { int x = _queue.Take(); Work(x); }")]
    [InlineData("int x; while (!_queue.{|TW4007:TryDequeue(out x)|}) { } Work(x);", "int x; x = _queue.Take(); Work(x);")]
    [InlineData("while (true) if (_queue.{|TW4007:TryDequeue(out var x)|}) { Work(x); _queue.Enqueue(x); }", "while (true) { var x = _queue.Take(); Work(x); _queue.Add(x); }")]
    public Task A_private_field(string before, string after) => Verify.Fix<TW4007TakeFromBlockingCollection>("TW4007", In("ConcurrentQueue", "Enqueue", before), In("BlockingCollection", "Add", after));

    [Fact]
    public Task On_lines_of_their_own() => Verify.Fix<TW4007TakeFromBlockingCollection>("TW4007", """
        class C
        {
            void Run(Action<int> work)
            {
                // What is to be done.
                var jobs = new ConcurrentQueue<int>();
                new Thread(() =>
                {
                    while (true)
                    {
                        if (jobs.{|TW4007:TryDequeue(out var job)|})
                        {
                            // One at a time.
                            work(job);
                        }
                        else
                        {
                            Thread.Sleep(10);
                        }
                    }
                }).Start();
                jobs.Enqueue(1);
                Console.WriteLine(jobs.Count);
            }
        }
        """, """
        class C
        {
            void Run(Action<int> work)
            {
                // What is to be done.
                var jobs = new BlockingCollection<int>();
                new Thread(() =>
                {
                    while (true)
                    {
                        var job = jobs.Take();
                        // One at a time.
                        work(job);
                    }
                }).Start();
                jobs.Add(1);
                Console.WriteLine(jobs.Count);
            }
        }
        """);

    [Theory]
    [InlineData("while (!_stop) { if (_queue.{|TW4007:TryDequeue(out var x)|}) { Work(x); } else Thread.Sleep(10); }")]
    [InlineData("while (true) { if (_queue.{|TW4007:TryDequeue(out var x)|}) { Work(x); } else Thread.Sleep(10); /* idle */ }")]
    [InlineData("while (true) { if (_queue.{|TW4007:TryDequeue(out var x)|}) { Work(x); } else { Thread.Sleep(10); /* idle */ } }")]
    [InlineData("while (true) { if (_queue.{|TW4007:TryDequeue(out _)|}) { Work(1); } else Thread.Sleep(10); }")]
    [InlineData("while ({|TW4007:_queue.IsEmpty|}) Thread.Sleep(10);")]
    [InlineData("Keep(_queue); while (true) { if (_queue.{|TW4007:TryDequeue(out var x)|}) { Work(x); } else Thread.Sleep(10); }")]
    [InlineData("_queue.TryPeek(out var y); while (true) { if (_queue.{|TW4007:TryDequeue(out var x)|}) { Work(x + y); } else Thread.Sleep(10); }")]
    [InlineData("while (true) { while (_queue.{|TW4007:TryDequeue(out var x)|}) { Work(x); } Thread.Sleep(10); }")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW4007TakeFromBlockingCollection>("TW4007", In("ConcurrentQueue", "Enqueue", code));

    private static string In(string type, string put, string code) => $$"""
        class C
        {
            private readonly {{type}}<int> _queue = new();
            private volatile bool _stop;
            void M()
            {
                {{code}}
            }
            public void Put(int i) { _queue.{{put}}(i); _stop = i > 1; }
            public int Count => _queue.Count;
            static void Work(int i) { }
            static void Keep(object o) { }
        }
        """;
}

using System.Threading.Tasks;
using Threadwise.CodeFixes.SharedState;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.SharedState;

public class TW3007Tests
{
    [Fact]
    public Task Both_bodies_take_a_new_lock() => Verify.Fix<TW3007IntroduceGate>("TW3007", """
        class C
        {
            // The last one seen
            private Guid _last;

            async Task M()
            {
                var write = Task.Run(() => {|TW3007:_last|} = Guid.NewGuid());
                var read = Task.Run(() => Console.WriteLine(_last)); // shows it
                await Task.WhenAll(write, read);
            }
        }
        """, """
        class C
        {
            private readonly object _gate = new object();
            // The last one seen
            private Guid _last;

            async Task M()
            {
                var write = Task.Run(() =>
                {
                    lock (_gate)
                    {
                        return _last = Guid.NewGuid();
                    }
                });
                var read = Task.Run(() =>
                {
                    lock (_gate)
                    {
                        Console.WriteLine(_last);
                    }
                }); // shows it
                await Task.WhenAll(write, read);
            }
        }
        """);

    [Fact]
    public Task A_test_and_its_use_are_one_step() => Verify.Fix<TW3007IntroduceGate>("TW3007", """
        class C
        {
            private int? _level;

            void M()
            {
                var a = new Thread(Set);
                var b = new Thread(Show);
                a.Start();
                b.Start();
                a.Join();
                b.Join();
            }

            private void Set() => {|TW3007:_level|} = 5;

            private void Show()
            {
                if (_level.HasValue)
                {
                    Console.WriteLine(_level.Value);
                }
            }
        }
        """, """
        class C
        {
            private readonly object _gate = new object();
            private int? _level;

            void M()
            {
                var a = new Thread(Set);
                var b = new Thread(Show);
                a.Start();
                b.Start();
                a.Join();
                b.Join();
            }

            private void Set()
            {
                lock (_gate)
                {
                    _level = 5;
                }
            }

            private void Show()
            {
                lock (_gate)
                {
                    if (_level.HasValue)
                    {
                        Console.WriteLine(_level.Value);
                    }
                }
            }
        }
        """);

    [Fact]
    public Task A_local_gets_a_lock_in_front_of_it() => Verify.Fix<TW3007IntroduceGate>("TW3007", """
        class C
        {
            (int, int) M(int[] xs)
            {
                (int, int) last = default;
                Parallel.ForEach(xs, x =>
                {
                    Console.WriteLine(x);
                    if (x > 3)
                    {
                        {|TW3007:last|} = (x, -x);
                    }
                });
                return last;
            }
        }
        """, """
        class C
        {
            (int, int) M(int[] xs)
            {
                var gate = new object();
                (int, int) last = default;
                Parallel.ForEach(xs, x =>
                {
                    Console.WriteLine(x);
                    if (x > 3)
                    {
                        lock (gate)
                        {
                            last = (x, -x);
                        }
                    }
                });
                return last;
            }
        }
        """);

    [Theory]
    // A loop condition, an await in the statement, a lock that would be the whole round, a local that belongs into it
    [InlineData("decimal _d; async Task M() { var a = Task.Run(() => { {|TW3007:_d|} = 2m; }); var b = Task.Run(() => { while (_d < 2m) Console.WriteLine(1); }); await Task.WhenAll(a, b); }")]
    [InlineData("decimal _d; async Task M() { var a = Task.Run(() => { {|TW3007:_d|} = 2m; }); var b = Task.Run(async () => { Console.WriteLine(_d + await Task.FromResult(1m)); }); await Task.WhenAll(a, b); }")]
    [InlineData("(int, int) _p; void M(int[] xs) { Parallel.ForEach(xs, x => { {|TW3007:_p|} = (x, x); }); Console.WriteLine(_p); }")]
    [InlineData("void M(int[] xs, string[] r) { (int, int) pair; Parallel.For(0, xs.Length, i => { {|TW3007:pair|} = (xs[i], i); r[i] = pair.ToString(); }); }")]
    public Task Where_no_lock_can_go_nothing_is_offered(string code) => Verify.NoFix<TW3007IntroduceGate>("TW3007", $$"""
        class C
        {
            {{code}}
        }
        """);
}

using System.Threading.Tasks;
using Threadwise.CodeFixes.SharedState;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.SharedState;

public class TW3001Tests
{
    [Theory]
    [InlineData("var n = 0; Parallel.ForEach(xs, x => { {|TW3001:n|}++; });", "var n = 0; Parallel.ForEach(xs, x => { Interlocked.Increment(ref n); });")]
    [InlineData("var n = 0; Parallel.ForEach(xs, x => { --{|TW3001:n|}; });", "var n = 0; Parallel.ForEach(xs, x => { Interlocked.Decrement(ref n); });")]
    [InlineData("var n = 0; Parallel.ForEach(xs, x => { {|TW3001:n|} += x; });", "var n = 0; Parallel.ForEach(xs, x => { Interlocked.Add(ref n, x); });")]
    [InlineData("var n = 0; Parallel.ForEach(xs, x => { {|TW3001:n|} -= x + 1; });", "var n = 0; Parallel.ForEach(xs, x => { Interlocked.Add(ref n, -(x + 1)); });")]
    [InlineData("long n = 0; Parallel.ForEach(xs, x => {|TW3001:n|} += x);", "long n = 0; Parallel.ForEach(xs, x => Interlocked.Add(ref n, x));")]
    [InlineData("var n = 0; Parallel.ForEach(xs, x => {|TW3001:n|}++);", "var n = 0; Parallel.ForEach(xs, x => Interlocked.Increment(ref n));")]
    [InlineData("var n = 0; Parallel.ForEach(xs, x => { var id = {|TW3001:n|}++; Console.WriteLine(id); });", "var n = 0; Parallel.ForEach(xs, x => { var id = Interlocked.Increment(ref n) - 1; Console.WriteLine(id); });")]
    [InlineData("var n = 0; Parallel.ForEach(xs, x => { Console.WriteLine(xs[{|TW3001:n|}++] * 2); });", "var n = 0; Parallel.ForEach(xs, x => { Console.WriteLine(xs[Interlocked.Increment(ref n) - 1] * 2); });")]
    [InlineData("var n = 0; Parallel.ForEach(xs, x => { if (x > 0) {|TW3001:n|}++; else n--; });", "var n = 0; Parallel.ForEach(xs, x => { if (x > 0) Interlocked.Increment(ref n); else Interlocked.Decrement(ref n); });")]
    [InlineData("var h = new int[10]; Parallel.ForEach(xs, x => {|TW3001:h[x % 10]|}++);", "var h = new int[10]; Parallel.ForEach(xs, x => Interlocked.Increment(ref h[x % 10]));")]
    [InlineData("Parallel.ForEach(xs, x => { {|TW3001:_n|}++; /* one */ });", "Parallel.ForEach(xs, x => { Interlocked.Increment(ref _n); /* one */ });")]
    [InlineData("Parallel.ForEach(xs, x => Up()); void Up() => {|TW3001:_n|}++;", "Parallel.ForEach(xs, x => Up()); void Up() => Interlocked.Increment(ref _n);")]
    public Task Counts_and_sums_become_atomic(string before, string after) => Verify.Fix<TW3001GuardSharedState>("TW3001", In(before), In(after));

    [Fact]
    public Task A_total_behind_a_short_step_is_kept_for_each_thread() => Verify.Fix<TW3001GuardSharedState>("TW3001", """
        class C
        {
            double M(double[] xs)
            {
                double sum = 0;
                Parallel.ForEach(xs, x =>
                {
                    var twice = x * 2;
                    {|TW3001:sum|} += twice;
                });
                return sum;
            }
        }
        """, """
        class C
        {
            double M(double[] xs)
            {
                var gate = new object();
                double sum = 0;
                Parallel.ForEach(xs, () => 0D, (x, _, subtotal) =>
                {
                    var twice = x * 2;
                    subtotal += twice;
                    return subtotal;
                }, subtotal =>
                {
                    lock (gate)
                    {
                        sum += subtotal;
                    }
                });
                return sum;
            }
        }
        """);

    [Fact]
    public Task A_local_gets_a_local_gate() => Verify.Fix<TW3001GuardSharedState>("TW3001", """
        class C
        {
            double M(double[] xs)
            {
                // the total
                double sum = 0;
                Parallel.ForEach(xs, x =>
                {
                    File.Delete(x.ToString());

                    // adds
                    {|TW3001:sum|} += x; // unordered
                });
                return sum;
            }
        }
        """, """
        class C
        {
            double M(double[] xs)
            {
                var gate = new object();
                // the total
                double sum = 0;
                Parallel.ForEach(xs, x =>
                {
                    File.Delete(x.ToString());

                    // adds
                    lock (gate)
                    {
                        sum += x; // unordered
                    }
                });
                return sum;
            }
        }
        """);

    [Fact]
    public Task A_total_is_kept_for_each_thread() => Verify.Fix<TW3001GuardSharedState>("TW3001", """
        class C
        {
            double M(double[] xs)
            {
                double sum = 0;
                Parallel.ForEach(xs, x =>
                {
                    {|TW3001:sum|} += x;
                });
                return sum;
            }
        }
        """, """
        class C
        {
            double M(double[] xs)
            {
                var gate = new object();
                double sum = 0;
                Parallel.ForEach(xs, () => 0D, (x, _, subtotal) =>
                {
                    subtotal += x;
                    return subtotal;
                }, subtotal =>
                {
                    lock (gate)
                    {
                        sum += subtotal;
                    }
                });
                return sum;
            }
        }
        """);

    [Fact]
    public Task A_field_gets_a_field() => Verify.Fix<TW3001GuardSharedState>("TW3001", """
        class C
        {
            private decimal _balance;

            public void Run()
            {
                var a = new Thread(Deposit);
                var b = new Thread(Deposit);
                a.Start();
                b.Start();
                a.Join();
                b.Join();
            }

            private void Deposit()
            {
                {|TW3001:_balance|} += 10;
                _balance *= 2;
            }
        }
        """, """
        class C
        {
            private readonly object _gate = new object();
            private decimal _balance;

            public void Run()
            {
                var a = new Thread(Deposit);
                var b = new Thread(Deposit);
                a.Start();
                b.Start();
                a.Join();
                b.Join();
            }

            private void Deposit()
            {
                lock (_gate)
                {
                    _balance += 10;
                    _balance *= 2;
                }
            }
        }
        """);

    [Fact]
    public Task An_expression_body_is_opened() => Verify.Fix<TW3001GuardSharedState>("TW3001", """
        class C
        {
            private double _sum;

            public void Run(double[] xs) => Parallel.ForEach(xs, Add);

            private void Add(double x) => {|TW3001:_sum|} += x;
        }
        """, """
        class C
        {
            private readonly object _gate = new object();
            private double _sum;

            public void Run(double[] xs) => Parallel.ForEach(xs, Add);

            private void Add(double x)
            {
                lock (_gate)
                {
                    _sum += x;
                }
            }
        }
        """);

    [Fact]
    public Task A_test_and_its_act_are_one_step() => Verify.Fix<TW3001GuardSharedState>("TW3001", """
        class C
        {
            void M(double[] xs)
            {
                double max = 0;
                Parallel.ForEach(xs, x =>
                {
                    Console.WriteLine(x);
                    if (x + max > 10)
                    {
                        {|TW3001:max|} *= x;
                    }
                });
            }
        }
        """, """
        class C
        {
            void M(double[] xs)
            {
                var gate = new object();
                double max = 0;
                Parallel.ForEach(xs, x =>
                {
                    Console.WriteLine(x);
                    lock (gate)
                    {
                        if (x + max > 10)
                        {
                            max *= x;
                        }
                    }
                });
            }
        }
        """);

    [Fact]
    public Task What_the_project_computes_is_computed_before() => Verify.Fix<TW3001GuardSharedState>("TW3001", """
        class C
        {
            void M(double[] xs)
            {
                double sum = 0;
                Parallel.ForEach(xs, x =>
                {
                    {|TW3001:sum|} += Work(x);
                });
            }

            double Work(double x) { File.Delete(x.ToString()); return x; }
        }
        """, """
        class C
        {
            void M(double[] xs)
            {
                var gate = new object();
                double sum = 0;
                Parallel.ForEach(xs, x =>
                {
                    var result = Work(x);
                    lock (gate)
                    {
                        sum += result;
                    }
                });
            }

            double Work(double x) { File.Delete(x.ToString()); return x; }
        }
        """);

    [Theory]
    [InlineData("double n = 0; Parallel.ForEach(xs, x => { while (n < 5) {|TW3001:n|}++; });")]
    [InlineData("double n = 0; Parallel.ForEach(xs, x => { {|TW3001:n|} = Other(n); }); static double Other(double d) => d;")]
    [InlineData("foreach (var y in xs) { } double n = 0, m = 0; Parallel.ForEach(xs, x => { for ({|TW3001:n|} += x; n < 3;) { } });")]
    // A lock would let one round run at a time
    [InlineData("double n = 0; Parallel.ForEach(xs, x => { {|TW3001:n|} = n + x; });")]
    [InlineData("int n = 0; Parallel.ForEach(xs, x => { {|TW3001:n|} = Math.Max(n, x); });")]
    [InlineData("double n = 0; Parallel.ForEach(xs, x => {|TW3001:n|} += _n + x);")]
    [InlineData("double n = 0; Parallel.ForEach(xs, x => { var y = _n * x; {|TW3001:n|} += y; Console.WriteLine(); n += _n; });")]
    public Task Where_no_lock_can_go_nothing_is_offered(string code) => Verify.NoFix<TW3001GuardSharedState>("TW3001", In(code));

    private static string In(string code) => $$"""
        class C
        {
            private int _n;
            void M(int[] xs) { {{code}} }
        }
        """;
}

using System.Threading.Tasks;
using Threadwise.CodeFixes.Placement;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Placement;

public class TW6006ThreadLocalTotalTests
{
    [Theory]
    [InlineData("Parallel.For(0, n, i => { {|TW6006:lock (_gate)|} _total += i; });", "Parallel.For(0, n, () => 0L, (i, _, subtotal) => { subtotal += i; return subtotal; }, subtotal => { lock (_gate) _total += subtotal; });")]
    [InlineData("Parallel.ForEach(xs, x => { var y = x * 2.5; {|TW6006:lock (_gate)|} { sum += y; } });", "Parallel.ForEach(xs, () => 0D, (x, _, subtotal) => { var y = x * 2.5; subtotal += y; return subtotal; }, subtotal => { lock (_gate) { sum += subtotal; } });")]
    [InlineData("Parallel.ForEach(xs, x => { {|TW6006:lock (_gate)|} product *= Square(x); });", "Parallel.ForEach(xs, () => 1, (x, _, subtotal) => { subtotal *= Square(x); return subtotal; }, subtotal => { lock (_gate) product *= subtotal; });")]
    [InlineData("Parallel.ForEach(xs, x => { {|TW6006:lock (_gate)|} _total++; });", "Parallel.ForEach(xs, () => 0L, (x, _, subtotal) => { subtotal++; return subtotal; }, subtotal => { lock (_gate) _total += subtotal; });")]
    [InlineData("Parallel.ForEach(xs, options, (x) => { {|TW6006:lock (_gate)|} _total ^= x; });", "Parallel.ForEach(xs, options, () => 0L, (x, _, subtotal) => { subtotal ^= x; return subtotal; }, subtotal => { lock (_gate) _total ^= subtotal; });")]
    public Task A_total_for_each_thread(string before, string after) => Verify.Fix<TW6006ThreadLocalTotal>("TW6006", In("        " + before), In("        " + after));

    [Fact]
    public Task Over_several_lines() => Verify.Fix<TW6006ThreadLocalTotal>("TW6006", In("""
                Parallel.For(0, n, i =>
                {
                    // The square.
                    var square = Math.Sqrt(xs[i]);

                    // The sum.
                    {|TW6006:lock (_gate)|}
                    {
                        // All of them.
                        sum += square;
                    }
                }); // done
        """), In("""
                Parallel.For(0, n, () => 0D, (i, _, subtotal) =>
                {
                    // The square.
                    var square = Math.Sqrt(xs[i]);

                    // The sum.
                    subtotal += square;
                    return subtotal;
                }, subtotal =>
                {
                    lock (_gate)
                    {
                        // All of them.
                        sum += subtotal;
                    }
                }); // done
        """));

    [Theory]
    [InlineData("Parallel.ForEach(xs, x => { {|TW6006:lock (_gate)|} list.Add(x); });")]
    [InlineData("Parallel.ForEach(xs, x => { {|TW6006:lock (_gate)|} _total += _factor * x; });")]
    [InlineData("Parallel.ForEach(xs, x => { {|TW6006:lock (_gate)|} _total += Next(); });")]
    [InlineData("Parallel.ForEach(xs, (x, state) => { {|TW6006:lock (_gate)|} _total += x; });")]
    [InlineData("Parallel.ForEach(xs, x => { if (x < 3) return; {|TW6006:lock (_gate)|} _total += x; });")]
    [InlineData("Parallel.ForEach(xs, (int x) => { {|TW6006:lock (_gate)|} _total += x; });")]
    [InlineData("Parallel.ForEach(xs, x => { {|TW6006:lock (_gate)|} _total += x; /* all */ });")]
    [InlineData("Parallel.ForEach(xs, x => { {|TW6006:lock (_gate)|} _total += _total; });")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW6006ThreadLocalTotal>("TW6006", In("        " + code));

    private static string In(string code) => $$"""
        class C
        {
            private readonly object _gate = new();
            private long _total;
            private int _factor = 2;
            private int Next() => _factor++;
            private static int Square(int n) => n * n;
            void M(int n, int[] xs, List<int> list, ParallelOptions options)
            {
                double sum = 0;
                var product = 1;
        {{code}}
                Console.WriteLine(sum + product);
            }
        }
        """;
}

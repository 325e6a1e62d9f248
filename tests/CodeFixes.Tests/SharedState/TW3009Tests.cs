using System.Threading.Tasks;
using Threadwise.CodeFixes.SharedState;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.SharedState;

public class TW3009Tests
{
    [Theory]
    [InlineData("void M(int[] xs) { var random = new Random(); Parallel.For(0, xs.Length, i => xs[i] = {|TW3009:random|}.Next()); }", "void M(int[] xs) { var random = Random.Shared; Parallel.For(0, xs.Length, i => xs[i] = random.Next()); }")]
    [InlineData("private readonly Random _r = new(); // dice\n    void M(int[] xs) => Parallel.For(0, xs.Length, i => xs[i] = {|TW3009:_r|}.Next(6));", "private readonly Random _r = Random.Shared; // dice\n    void M(int[] xs) => Parallel.For(0, xs.Length, i => xs[i] = _r.Next(6));")]
    [InlineData("private readonly System.Random _r; public C() { _r = new System.Random(); } void M(int[] xs) => Parallel.For(0, xs.Length, i => xs[i] = {|TW3009:_r|}.Next(6));", "private readonly System.Random _r; public C() { _r = Random.Shared; } void M(int[] xs) => Parallel.For(0, xs.Length, i => xs[i] = _r.Next(6));")]
    public Task Random_numbers_are_shared_safely(string before, string after) => Verify.Fix<TW3009ShareSafely>("TW3009", In(before), In(after));

    [Fact]
    public Task A_writer_gets_a_gate() => Verify.Fix<TW3009ShareSafely>("TW3009", """
        class C
        {
            void M(string[] xs)
            {
                using var file = new System.IO.StreamWriter("a");
                Parallel.ForEach(xs, x =>
                {
                    var line = x.Trim();
                    {|TW3009:file|}.WriteLine(line);
                });
            }
        }
        """, """
        class C
        {
            void M(string[] xs)
            {
                var gate = new object();
                using var file = new System.IO.StreamWriter("a");
                Parallel.ForEach(xs, x =>
                {
                    var line = x.Trim();
                    lock (gate)
                    {
                        file.WriteLine(line);
                    }
                });
            }
        }
        """);

    [Theory]
    [InlineData("void M(string[] xs) { using var file = new System.IO.StreamWriter(\"a\"); Parallel.ForEach(xs, x => {|TW3009:file|}.WriteLine(x)); }")]
    public Task A_lock_that_is_the_whole_round_is_not_offered(string code) => Verify.NoFix<TW3009ShareSafely>("TW3009", In(code));

    private static string In(string code) => $$"""
        class C
        {
            {{code}}
        }
        """;
}

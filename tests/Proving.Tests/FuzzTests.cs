using System.Linq;
using System.Threading.Tasks;
using Threadwise.Proving.Fuzz;
using Threadwise.Proving.Running;
using Threadwise.Proving.Snippets;
using Threadwise.Proving.Tests.Planted;
using Xunit;

namespace Threadwise.Proving.Tests;

public class FuzzTests
{
    private static readonly Snippet s_guarded = Planted.Planted.Snippet("""
        class C
        {
            private readonly object _sync = new();
            public void M()
            {
                Monitor.Enter(_sync);
                try
                {
                    Console.WriteLine();
                    Console.WriteLine();
                    Console.WriteLine();
                }
                finally
                {
                    Monitor.Exit(_sync);
                }
            }
        }
        """);

    [Fact]
    public async Task Broken_text_is_borne()
    {
        var result = await new FuzzRun(Subject.Threadwise).RunAsync(FuzzInput.Of(SnippetLibrary.All, seed: 1, count: 3000), TestContext.Current.CancellationToken);

        Assert.True(result.Failures.IsEmpty, string.Join("\n\n", result.Failures.Select(static f => $"{f.Input}: {f.What}\n{f.Input.Text}")));
        Assert.Equal(3000, result.Inputs);
        Assert.InRange(result.Compiling, 300, 2000);
        Assert.True(result.Fixes > 300, $"only {result.Fixes} fixes were tried");
    }

    [Fact]
    public async Task An_analyzer_that_throws_at_code_being_typed_is_found_with_its_input()
    {
        var result = await new FuzzRun(Planted.Planted.Subject(new ThrowingAnalyzer()))
            .RunAsync(FuzzInput.Of([s_guarded], seed: 1, count: 200), TestContext.Current.CancellationToken);

        Assert.NotEmpty(result.Failures);
        Assert.All(result.Failures, static failure => Assert.Contains("neither caught nor cleaned up", failure.What));
        Assert.True(result.Failures.Select(static f => f.Input.Number).Distinct().Count() is > 1 and < 200);
    }

    [Fact]
    public async Task A_fix_that_does_not_compile_is_found()
    {
        var result = await new FuzzRun(Planted.Planted.Subject(new LoudAnalyzer("TW9003"), new BadFix("TW9003", isThrowing: false)))
            .RunAsync(FuzzInput.Of([s_guarded], seed: 1, count: 50), TestContext.Current.CancellationToken);

        Assert.NotEmpty(result.Failures);
        Assert.True(result.Failures.Length < result.Fixes, "a fix of a file that did not compile before is not to blame");
        Assert.All(result.Failures, static failure => Assert.StartsWith("BadFix: 'Break it' breaks a file that compiles", failure.What));
    }

    [Fact]
    public async Task A_fix_that_throws_is_found()
    {
        var result = await new FuzzRun(Planted.Planted.Subject(new LoudAnalyzer("TW9003"), new BadFix("TW9003", isThrowing: true)))
            .RunAsync(FuzzInput.Of([s_guarded], seed: 1, count: 20), TestContext.Current.CancellationToken);

        Assert.Equal(result.Reports, result.Failures.Length);
        Assert.All(result.Failures, static failure => Assert.Contains("no such node", failure.What));
    }

    [Fact]
    public void The_same_seed_damages_alike_and_another_otherwise()
    {
        var texts = FuzzInput.Of(SnippetLibrary.All, seed: 7, count: 100).Select(static i => i.Text).ToList();

        Assert.Equal(texts, FuzzInput.Of(SnippetLibrary.All, seed: 7, count: 200).Take(100).Select(static i => i.Text));
        Assert.NotEqual(texts, FuzzInput.Of(SnippetLibrary.All, seed: 8, count: 100).Select(static i => i.Text));
    }

    [Fact]
    public void Nearly_every_text_is_damaged() =>
        Assert.True(FuzzInput.Of(SnippetLibrary.All, seed: 1, count: 300).Count(static i => i.Text != i.Snippet.Code) > 270);
}

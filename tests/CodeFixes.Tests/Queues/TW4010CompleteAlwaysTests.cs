using System.Threading.Tasks;
using Threadwise.CodeFixes.Queues;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Queues;

public class TW4010CompleteAlwaysTests
{
    [Theory]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); _ = Task.Run(() => done.SetResult(Compute(1))); return await done.Task;",
        "var done = new TaskCompletionSource<int>(); _ = Task.Run(() => { try { done.SetResult(Compute(1)); } catch (Exception e) { done.TrySetException(e); } }); return await done.Task;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); var t = Task.Run(async () => { var x = await ComputeAsync(1); done.SetResult(x); }); return await done.Task;",
        "var done = new TaskCompletionSource<int>(); var t = Task.Run(async () => { try { var x = await ComputeAsync(1); done.SetResult(x); } catch (Exception e) { done.TrySetException(e); throw; } }); return await done.Task;")]
    [InlineData("var done = new TaskCompletionSource<int>(); token.Register(() => done.{|TW4010:SetCanceled()|}); Changed += (_, _) => done.{|TW4010:SetResult(1)|}; return await done.Task;",
        "var done = new TaskCompletionSource<int>(); token.Register(() => done.TrySetCanceled()); Changed += (_, _) => done.TrySetResult(1); return await done.Task;")]
    public Task On_one_line(string before, string after) => Verify.Fix<TW4010CompleteAlways>("TW4010", In(before), In(after));

    [Fact]
    public Task On_lines_of_their_own() => Verify.Fix<TW4010CompleteAlways>("TW4010", In("""
        var done = {|TW4010:new TaskCompletionSource<int>|}();
                _ = Task.Run(() =>
                {
                    // Take your time.
                    var x = Compute(1);
                    done.SetResult(x); // here it is
                });
                return await done.Task;
        """), In("""
        var done = new TaskCompletionSource<int>();
                _ = Task.Run(() =>
                {
                    try
                    {
                        // Take your time.
                        var x = Compute(1);
                        done.SetResult(x); // here it is
                    }
                    catch (Exception e)
                    {
                        done.TrySetException(e);
                    }
                });
                return await done.Task;
        """));

    [Theory]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); _ = Task.Run(() => { if (n > 1) return; done.SetResult(1); }); return await done.Task;")]
    [InlineData("var done = {|TW4010:new TaskCompletionSource<int>|}(); void Body() { var x = Compute(1); done.SetResult(x); } _ = Task.Run(Body); return await done.Task;")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW4010CompleteAlways>("TW4010", In(code));

    private static string In(string code) => $$"""
        class C
        {
            private event EventHandler? Changed;
            async Task<int> M(int n, CancellationToken token)
            {
                await Task.Yield();
                {{code}}
            }
            static int Compute(int i) => int.Parse(File.ReadAllText(i.ToString()));
            static async Task<int> ComputeAsync(int i) => int.Parse(await File.ReadAllTextAsync(i.ToString()));
        }
        """;
}

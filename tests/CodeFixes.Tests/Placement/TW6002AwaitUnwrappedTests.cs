using System.Threading.Tasks;
using Threadwise.CodeFixes.Placement;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Placement;

public class TW6002AwaitUnwrappedTests
{
    [Theory]
    [InlineData("_text = await Task.Run(() => client.GetStringAsync(\"a\").{|TW6002:Result|});", "_text = await Task.Run(async () => await client.GetStringAsync(\"a\"));")]
    [InlineData("_length = await Task.Run(() => client.GetStringAsync(\"a\").{|TW6002:Result|}.Length);", "_length = await Task.Run(async () => (await client.GetStringAsync(\"a\")).Length);")]
    [InlineData("await Task.Run(() => { Thread.{|TW6002:Sleep(100)|}; Task.Delay(9).Wait(); Task.WaitAll(Task.Delay(1), Task.Delay(2)); });", "await Task.Run(async () => { await Task.Delay(100); await Task.Delay(9); await Task.WhenAll(Task.Delay(1), Task.Delay(2)); });")]
    [InlineData("Parallel.ForEach(pages, page => Thread.{|TW6002:Sleep(100)|});", "await Parallel.ForEachAsync(pages, async (page, _) => await Task.Delay(100));")]
    [InlineData("""
        // All of them.
                Parallel.ForEach(pages, new ParallelOptions { MaxDegreeOfParallelism = 4 }, page =>
                {
                    // One of them.
                    using var response = client.{|TW6002:Send(new HttpRequestMessage(HttpMethod.Get, page))|};
                    client.GetStringAsync(page).Wait(); // kept
                });
        """, """
        // All of them.
                await Parallel.ForEachAsync(pages, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (page, _) =>
                {
                    // One of them.
                    using var response = await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, page));
                    await client.GetStringAsync(page); // kept
                });
        """)]
    [InlineData("Parallel.For(0, 9, i => { Thread.{|TW6002:Sleep(i)|}; });", "await Parallel.ForAsync(0, 9, async (i, _) => { await Task.Delay(i); });")]
    public Task The_work_awaits(string before, string after) => Verify.Fix<TW6002AwaitUnwrapped>("TW6002", In(before), In(after));

    [Theory]
    [InlineData("void Sync() { Parallel.ForEach(pages, page => Thread.{|TW6002:Sleep(100)|}); } Sync();")]
    [InlineData("var result = Parallel.ForEach(pages, page => Thread.{|TW6002:Sleep(100)|}); Console.WriteLine(result.IsCompleted);")]
    [InlineData("Parallel.ForEach(pages, (page, state) => Thread.{|TW6002:Sleep(100)|});")]
    [InlineData("Parallel.ForEach(pages, () => 0, (page, state, sum) => { Thread.{|TW6002:Sleep(100)|}; return sum; }, sum => { });")]
    [InlineData("Parallel.ForEach(Partitioner.Create(pages), page => Thread.{|TW6002:Sleep(100)|});")]
    [InlineData("Parallel.Invoke(() => Thread.{|TW6002:Sleep(100)|});")]
    [InlineData("pages.AsParallel().ForAll(page => Thread.{|TW6002:Sleep(100)|});")]
    [InlineData("await Task.Run(() => Thread.{|TW6002:Sleep(100)|});")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW6002AwaitUnwrapped>("TW6002", In(code));

    private static string In(string code) => $$"""
        using System.Net.Http;
        class C
        {
            private string _text = "";
            private int _length;
            async Task M(List<string> pages, HttpClient client)
            {
                {{code}}
                await Task.Yield();
            }
        }
        """;
}

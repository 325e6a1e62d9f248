using System.Threading.Tasks;
using Threadwise.CodeFixes.Placement;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Placement;

public class TW6002AwaitTwinsTests
{
    [Theory]
    [InlineData("Task.Run(() => Thread.{|TW6002:Sleep(100)|}); // go", "Task.Run(async () => await Task.Delay(100)); // go")]
    [InlineData("_text = await Task.Run(() => File.{|TW6002:ReadAllText(\"a\", Encoding.UTF8)|}, token);", "_text = await Task.Run(async () => await File.ReadAllTextAsync(\"a\", Encoding.UTF8), token);")]
    [InlineData("_text = await Task.Run(() => File.{|TW6002:ReadAllText(\"a\")|}.Trim());", "_text = await Task.Run(async () => (await File.ReadAllTextAsync(\"a\")).Trim());")]
    [InlineData("_text = await Task.Run(() => File.{|TW6002:ReadAllLines(\"a\")|}[0]);", "_text = await Task.Run(async () => (await File.ReadAllLinesAsync(\"a\"))[0]);")]
    [InlineData("_text = await Task.Run(() => client.GetStringAsync(\"a\").ConfigureAwait(false).GetAwaiter().{|TW6002:GetResult()|});", "_text = await Task.Run(async () => await client.GetStringAsync(\"a\").ConfigureAwait(false));")]
    [InlineData("""
        await Task.Run(() => // soon
                {
                    // First.
                    Thread.{|TW6002:Sleep(100)|}; // a pause
                    using var response = client.Send(new HttpRequestMessage(HttpMethod.Get, "a"));
                    if (response.IsSuccessStatusCode) return 1;
                    File.AppendAllText("log", File.ReadAllText("a"));
                    return 0;
                });
        """, """
        await Task.Run(async () => // soon
                {
                    // First.
                    await Task.Delay(100); // a pause
                    using var response = await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "a"));
                    if (response.IsSuccessStatusCode) return 1;
                    await File.AppendAllTextAsync("log", await File.ReadAllTextAsync("a"));
                    return 0;
                });
        """)]
    [InlineData("await Task.Run(async () => { await Task.Yield(); Thread.{|TW6002:Sleep(100)|}; });", "await Task.Run(async () => { await Task.Yield(); await Task.Delay(100); });")]
    [InlineData("await Task.Run(delegate { Thread.{|TW6002:Sleep|}(\n            100); });", "await Task.Run(async delegate { await Task.Delay(\n            100); });")]
    public Task The_work_awaits(string before, string after) => Verify.Fix<TW6002AwaitTwins>("TW6002", In(before), In(after));

    [Theory]
    [InlineData("Task.Run(() => {|TW6002:Pause()|});")]
    [InlineData("Task.Run({|TW6002:Pause|});")]
    [InlineData("Action pause = () => Thread.{|TW6002:Sleep(100)|}; Task.Run(pause);")]
    [InlineData("Task.Run(() => { Thread.{|TW6002:Sleep(100)|}; Pause(); });")]
    [InlineData("Task.Run(() => { Thread.{|TW6002:Sleep(100)|}; return Task.CompletedTask; });")]
    [InlineData("Task.Run(() => { Span<int> few = stackalloc int[3]; Thread.{|TW6002:Sleep(100)|}; few[0] = 1; });")]
    [InlineData("Task.Run(() => { foreach (ref var one in new[] { 1 }.AsSpan()) { Thread.{|TW6002:Sleep(100)|}; one++; } });")]
    [InlineData("Task.Run(() => new[] { \"a\" }.Select(page => client.GetStringAsync(page).GetAwaiter().{|TW6002:GetResult()|}).ToList());")]
    [InlineData("Task.Factory.StartNew(() => Thread.{|TW6002:Sleep(100)|});")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => Thread.{|TW6002:Sleep(100)|});")]
    [InlineData("Task.Run(() => client.GetStringAsync(\"a\").{|TW6002:Result|});")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW6002AwaitTwins>("TW6002", In(code));

    private static string In(string code) => $$"""
        using System.Net.Http;
        using System.Text;
        class C
        {
            private string _text = "";
            private static void Pause() => Thread.Sleep(100);
            async Task M(HttpClient client, CancellationToken token)
            {
                {{code}}
                await Task.Yield();
            }
        }
        """;
}

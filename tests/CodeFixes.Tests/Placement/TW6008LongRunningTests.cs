using System.Threading.Tasks;
using Threadwise.CodeFixes.Placement;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Placement;

public class TW6008LongRunningTests
{
    [Theory]
    [InlineData("Task.{|TW6008:Run(Loop)|}; // go", "Task.Factory.StartNew(Loop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default); // go")]
    [InlineData("_task = Task.{|TW6008:Run(() => { while (true) Step(); }, token)|};", "_task = Task.Factory.StartNew(() => { while (true) Step(); }, token, TaskCreationOptions.LongRunning, TaskScheduler.Default);")]
    [InlineData("_task = Task.{|TW6008:Run|}(() =>\n        {\n            // For ever.\n            while (!_stop) Step();\n        });", "_task = Task.Factory.StartNew(() =>\n        {\n            // For ever.\n            while (!_stop) Step();\n        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);")]
    [InlineData("_task = Task.Factory.{|TW6008:StartNew(Loop)|};", "_task = Task.Factory.StartNew(Loop, TaskCreationOptions.LongRunning);")]
    [InlineData("_task = Task.Factory.{|TW6008:StartNew(Loop, token)|};", "_task = Task.Factory.StartNew(Loop, token, TaskCreationOptions.LongRunning, TaskScheduler.Current);")]
    [InlineData("_task = Task.Factory.{|TW6008:StartNew(Loop, TaskCreationOptions.None)|};", "_task = Task.Factory.StartNew(Loop, TaskCreationOptions.LongRunning);")]
    [InlineData("_task = Task.Factory.{|TW6008:StartNew(Loop, token, TaskCreationOptions.PreferFairness, TaskScheduler.Default)|};", "_task = Task.Factory.StartNew(Loop, token, TaskCreationOptions.PreferFairness | TaskCreationOptions.LongRunning, TaskScheduler.Default);")]
    [InlineData("_task = Task.Factory.{|TW6008:StartNew(async () => await AgainAsync(), token, TaskCreationOptions.LongRunning, TaskScheduler.Default)|}.Unwrap();", "_task = Task.Run(async () => await AgainAsync(), token);")]
    [InlineData("_task = Task.Factory.{|TW6008:StartNew(AgainAsync, TaskCreationOptions.LongRunning)|}.Unwrap();", "_task = Task.Run(AgainAsync);")]
    [InlineData("_task = await Task.Factory.{|TW6008:StartNew(AgainAsync, TaskCreationOptions.LongRunning)|};", "_task = await Task.Factory.StartNew(AgainAsync);")]
    [InlineData("_task = await Task.Factory.{|TW6008:StartNew(AgainAsync, TaskCreationOptions.LongRunning | TaskCreationOptions.PreferFairness)|};", "_task = await Task.Factory.StartNew(AgainAsync, TaskCreationOptions.PreferFairness);")]
    [InlineData("_task = await Task.Factory.{|TW6008:StartNew(AgainAsync, token, TaskCreationOptions.LongRunning, TaskScheduler.Default)|};", "_task = await Task.Factory.StartNew(AgainAsync, token, TaskCreationOptions.None, TaskScheduler.Default);")]
    public Task The_thread_fits_the_body(string before, string after) => Verify.Fix<TW6008LongRunning>("TW6008", In(before), In(after));

    [Theory]
    [InlineData("Task.{|TW6008:Run(Served)|};")]
    [InlineData("Task.{|TW6008:Run(cancellationToken: token, action: Loop)|};")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW6008LongRunning>("TW6008", In(code));

    private static string In(string code) => $$"""
        class C
        {
            private Task? _task;
            private volatile bool _stop;
            private void Step() { }
            private void Loop() { while (!_stop) Step(); }
            private Task Served() { while (!_stop) Step(); return Task.CompletedTask; }
            private async Task AgainAsync() => await Task.Delay(1);
            async Task M(CancellationToken token)
            {
                {{code}}
                await Task.Yield();
            }
        }
        """;
}

using System.Threading.Tasks;
using Threadwise.CodeFixes.Threads;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Threads;

public class TW1015UseInterlockedTests
{
    [Theory]
    [InlineData("{|TW1015:new Timer|}(Tick, null, 0, 100)", "_count++; // one more", "new Timer(Tick, null, 0, 100)", "Interlocked.Increment(ref _count); // one more")]
    [InlineData("{|TW1015:new Timer|}(_ => _count += 2, null, 0, 100)", "_count--;", "new Timer(_ => Interlocked.Add(ref _count, 2), null, 0, 100)", "Interlocked.Decrement(ref _count);")]
    [InlineData("{|TW1015:new|}(_ => { lock (this) { _other++; } Tick(null); }, null, TimeSpan.Zero, TimeSpan.FromSeconds(1))", "Console.WriteLine(++_count); _count -= 3;", "new(_ => { lock (this) { _other++; } Tick(null); }, null, TimeSpan.Zero, TimeSpan.FromSeconds(1))", "Console.WriteLine(Interlocked.Increment(ref _count)); Interlocked.Add(ref _count, -3);")]
    public Task Each_update_is_atomic(string timer, string tick, string fixedTimer, string fixedTick) => Verify.Fix<TW1015UseInterlocked>("TW1015", In(timer, tick), In(fixedTimer, fixedTick));

    [Theory]
    [InlineData("{|TW1015:new Timer|}(Tick, null, 0, 100)", "_count = _count * 2;")]
    [InlineData("{|TW1015:new Timer|}(Tick, null, 0, 100)", "_count++; if (_count > 9) _count = 0;")]
    [InlineData("{|TW1015:new Timer|}(Tick, null, 0, 100)", "_items.Add(1);")]
    [InlineData("{|TW1015:new Timer|}(async _ => await Task.Delay(10), null, 0, 100)", "")]
    public Task Nothing_is_offered(string timer, string tick) => Verify.NoFix<TW1015UseInterlocked>("TW1015", In(timer, tick));

    private static string In(string timer, string tick) => $$"""
        class C
        {
            private readonly List<int> _items = new();
            private Timer? _timer;
            private int _count, _other;
            void M() => _timer = {{timer}};
            void Tick(object? state)
            {
                {{tick}}
            }
        }
        """;
}

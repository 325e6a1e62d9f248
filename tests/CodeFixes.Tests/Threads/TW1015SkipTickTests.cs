using System.Threading.Tasks;
using Threadwise.CodeFixes.Threads;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Threads;

public class TW1015SkipTickTests
{
    [Fact]
    public Task An_async_callback_in_the_style_of_its_file() => Verify.Fix<TW1015SkipTick>("TW1015", """
        class C
        {
            private Timer? _timer;

            void M() => _timer = {|TW1015:new Timer|}(TickAsync, null, 0, 100);

            async void TickAsync(object? state)
            {
                // First.
                await Task.Delay(10); // a pause

                Console.WriteLine(@"a
            b");
            }
        }
        """, """
        class C
        {
            private int _running;
            private Timer? _timer;

            void M() => _timer = new Timer(TickAsync, null, 0, 100);

            async void TickAsync(object? state)
            {
                if (Interlocked.Exchange(ref _running, 1) != 0)
                {
                    return;
                }

                try
                {
                    // First.
                    await Task.Delay(10); // a pause

                    Console.WriteLine(@"a
            b");
                }
                finally
                {
                    Volatile.Write(ref _running, 0);
                }
            }
        }
        """);

    [Fact]
    public Task A_static_callback_with_braces_at_the_ends_of_lines() => Verify.Fix<TW1015SkipTick>("TW1015", """
        static class C {
          private static readonly List<int> s_running = new();
          private static readonly Timer s_timer = {|TW1015:new Timer|}(Tick, null, 0, 100);
          static void Tick(object? state) {
            s_running.Add(1);
          }
        }
        """, """
        static class C {
          private static int s_staticRunning;
          private static readonly List<int> s_running = new();
          private static readonly Timer s_timer = new Timer(Tick, null, 0, 100);
          static void Tick(object? state) {
            if (Interlocked.Exchange(ref s_staticRunning, 1) != 0) {
              return;
            }

            try {
              s_running.Add(1);
            } finally {
              Volatile.Write(ref s_staticRunning, 0);
            }
          }
        }
        """);

    [Theory]
    [InlineData("_timer = {|TW1015:new Timer|}(async _ => await Task.Delay(10), null, 0, 100);")]
    [InlineData("_timer = {|TW1015:new Timer|}(Short, null, 0, 100);")]
    [InlineData("_timer = {|TW1015:new Timer|}(OneLine, null, 0, 100);")]
    [InlineData("_timer = {|TW1015:new Timer|}(_ => OneLine(null), null, 0, 100);")]
    [InlineData("_timer = {|TW1015:new Timer|}(_ => _count++, null, 0, 100);")]
    public Task Nothing_is_offered(string code) => Verify.NoFix<TW1015SkipTick>("TW1015", $$"""
        class C
        {
            private readonly List<int> _items = new();
            private Timer? _timer;
            private int _count;
            private async void Short(object? state) => await Task.Delay(10);
            private void OneLine(object? state) { _items.Add(1); }
            void M()
            {
                {{code}}
            }
        }
        """);
}

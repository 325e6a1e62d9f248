using System.Threading.Tasks;
using Threadwise.CodeFixes.SharedState;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.SharedState;

public class TW3018Tests
{
    [Fact]
    public Task Both_sides_take_a_new_lock() => Verify.Fix<TW3018GuardState>("TW3018", """
        class C
        {
            private readonly Timer _timer;
            private readonly List<string> _lines = new(); // not written yet

            public C() => _timer = new Timer(_ => Flush(), null, 100, Timeout.Infinite);

            public void Write(string line) => _lines.Add(line);

            private void Flush()
            {
                // All at once
                {|TW3018:_lines|}.Clear();
            }
        }
        """, """
        class C
        {
            private readonly object _gate = new object();
            private readonly Timer _timer;
            private readonly List<string> _lines = new(); // not written yet

            public C() => _timer = new Timer(_ => Flush(), null, 100, Timeout.Infinite);

            public void Write(string line)
            {
                lock (_gate)
                {
                    _lines.Add(line);
                }
            }

            private void Flush()
            {
                // All at once
                lock (_gate)
                {
                    _lines.Clear();
                }
            }
        }
        """);

    [Fact]
    public Task A_volatile_count_becomes_atomic() => Verify.Fix<TW3018GuardState>("TW3018", """
        class C
        {
            private volatile int _count;

            public int Count => _count;

            public void Up() => {|TW3018:_count|}++;
        }
        """, """
        class C
        {
            private volatile int _count;

            public int Count => _count;

            public void Up() => Interlocked.Increment(ref _count);
        }
        """);

    [Fact]
    public Task Volatile_flags_become_atomic() => Verify.Fix<TW3018GuardState>("TW3018", """
        class C
        {
            private volatile int _flags;

            public bool Has(int flag) => (_flags & flag) != 0;

            public void Mark(int flag)
            {
                {|TW3018:_flags|} |= flag;
            }
        }
        """, """
        class C
        {
            private volatile int _flags;

            public bool Has(int flag) => (_flags & flag) != 0;

            public void Mark(int flag)
            {
                Interlocked.Or(ref _flags, flag);
            }
        }
        """);

    [Theory]
    // A loop condition, bits of a volatile field, a test that declares what is used behind it
    [InlineData("readonly Timer _timer; readonly List<int> _items = new(); public C() { _timer = new Timer(_ => {|TW3018:_items|}.Clear(), null, 100, Timeout.Infinite); } public void Show(int x) { while (_items.Contains(x)) Console.WriteLine(x); }")]
    [InlineData("static readonly ConcurrentDictionary<Type, int> s_sizes = new(); static readonly Dictionary<Type, string> s_names = new(); public static string Name(Type type) { if (!s_names.TryGetValue(type, out var name)) { name = type.Name; {|TW3018:s_names|}.Add(type, name); } return name; }")]
    public Task Where_it_does_not_fit_nothing_is_offered(string code) => Verify.NoFix<TW3018GuardState>("TW3018", $$"""
        class C
        {
            {{code}}
        }
        """);
}

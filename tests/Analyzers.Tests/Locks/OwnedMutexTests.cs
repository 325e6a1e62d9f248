using System.Threading.Tasks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

/// <summary>A mutex that is made owned: held from the start, or not, by what another process did. It is followed in a local of the function that releases it.</summary>
public class OwnedMutexTests
{
    private static string Class(string members) => $$"""
        class C
        {
            private static Mutex? s_single;
            private readonly Mutex _owned = new(true);
            private readonly Mutex _plain = new(false);
            private Mutex? _late;
            private int _value;
        {{members}}
        }
        """;

    [Theory]
    [InlineData("static void Start(Action run) { s_single = new Mutex(true, \"app\", out bool isFirst); if (!isFirst) return; run(); GC.KeepAlive(s_single); }")]
    [InlineData("static void Start(Action run) { using var single = new Mutex(true, \"app\", out bool isFirst); if (!isFirst) return; run(); }")]
    [InlineData("static void Start(Action run) { using var single = new Mutex(true, \"app\", out bool isFirst); if (!isFirst) return; try { run(); } finally { single.ReleaseMutex(); } }")]
    [InlineData("static void Start(Action run) { var single = new Mutex(true, \"app\", out bool isFirst); try { if (isFirst) run(); } finally { if (isFirst) single.ReleaseMutex(); single.Dispose(); } }")]
    [InlineData("static void Start(Action run) { using var single = new Mutex(true, \"app\", out bool isFirst); if (!isFirst && !single.WaitOne(1000)) return; try { run(); } finally { single.ReleaseMutex(); } }")]
    [InlineData("static void Start(Action run) { using var single = new Mutex(false, \"app\"); if (!single.WaitOne(0)) return; run(); }")]
    [InlineData("static void Start(Action run) { using var single = new Mutex(false, \"app\"); if (!single.WaitOne(0)) return; try { run(); } finally { single.ReleaseMutex(); } }")]
    [InlineData("void M() { var made = new Mutex(true); _value++; made.ReleaseMutex(); }")]
    [InlineData("void M() { var made = new Mutex(initiallyOwned: true); try { _value++; } finally { made.ReleaseMutex(); made.Dispose(); } }")]
    [InlineData("void M() { var made = new Mutex(true); made.WaitOne(); _value++; made.ReleaseMutex(); made.ReleaseMutex(); }")]
    [InlineData("void M(bool own) { var made = new Mutex(own); if (!own) made.WaitOne(); _value++; made.ReleaseMutex(); }")]
    [InlineData("void M(bool own) { var made = new Mutex(own); _value++; if (own) made.ReleaseMutex(); }")]
    [InlineData("void Done() { _value++; _owned.ReleaseMutex(); }")]
    [InlineData("void Done() => _owned.ReleaseMutex(); void Again() { _owned.WaitOne(); try { _value++; } finally { _owned.ReleaseMutex(); } }")]
    [InlineData("void Open() { _late = new Mutex(true, \"late\", out bool created); if (!created) _late.WaitOne(); } void Close() { _late?.ReleaseMutex(); _late?.Dispose(); }")]
    [InlineData("void Open() { _late = new Mutex(true); _value++; } void Close() { _late!.ReleaseMutex(); }")]
    [InlineData("bool Open() { _late = new Mutex(true, \"late\", out bool created); return created; }")]
    [InlineData("void M() { _late = new Mutex(true); try { _value++; } finally { _late.ReleaseMutex(); } }")]
    [InlineData("void M() { Mutex made; try { made = Mutex.OpenExisting(\"app\"); } catch (WaitHandleCannotBeOpenedException) { made = new Mutex(true, \"app\"); } made.ReleaseMutex(); }")]
    [InlineData("void M() { using var made = new Mutex(true, \"app\", out _); try { _value++; } finally { made.ReleaseMutex(); } }")]
    [InlineData("void M() { _plain.WaitOne(); try { _value++; } finally { _plain.ReleaseMutex(); } }")]
    [InlineData("void M() { try { _plain.WaitOne(); } catch (AbandonedMutexException) { } try { _value++; } finally { _plain.ReleaseMutex(); } }")]
    [InlineData("void M() { for (var i = 0; i < 3; i++) { var made = new Mutex(true); _value++; made.ReleaseMutex(); } }")]
    public async Task Innocent(string members)
    {
        foreach (var id in new[] { "TW2001", "TW2002", "TW2003", "TW2005" })
        {
            await Verify.Rule(id, Class(members));
        }
    }

    /// <summary>It is meant to stay held, somebody else has it, or it is not known to be owned on the way out.</summary>
    [Theory]
    [InlineData("void M(int n) { var made = new Mutex(true); if (n > 3) { GC.KeepAlive(made); return; } _value++; made.ReleaseMutex(); }")]
    [InlineData("Mutex? M(int n) { var made = new Mutex(true); if (n > 3) return made; _value++; made.ReleaseMutex(); return null; }")]
    [InlineData("void M(int n) { var made = new Mutex(true); _late = made; if (n > 3) return; _value++; made.ReleaseMutex(); }")]
    [InlineData("void M(int n) { var made = _late = new Mutex(true); if (n > 3) return; _value++; made.ReleaseMutex(); }")]
    [InlineData("void M(int n, List<Mutex> all) { var made = new Mutex(true); all.Add(made); if (n > 3) return; _value++; made.ReleaseMutex(); }")]
    [InlineData("void M(int n) { var made = new Mutex(true); var same = made; if (n > 3) { same.ReleaseMutex(); return; } _value++; made.ReleaseMutex(); }")]
    [InlineData("void M(int n) { var made = new Mutex(true); Action end = () => made.ReleaseMutex(); if (n > 3) { end(); return; } _value++; made.ReleaseMutex(); }")]
    [InlineData("void M(int n) { var made = new Mutex(true); if (n > 3) { End(); return; } _value++; made.ReleaseMutex(); void End() => made.ReleaseMutex(); }")]
    [InlineData("static void M(int n, Action run) { using var made = new Mutex(true, \"app\"); if (n > 3) return; run(); made.ReleaseMutex(); }")]
    [InlineData("static void M(int n, Action run) { using var made = new Mutex(true, \"app\", out _); if (n > 3) return; run(); made.ReleaseMutex(); }")]
    [InlineData("static void M(int n) { using var made = new Mutex(true, \"app\", out var isFirst); if (!isFirst) made.WaitOne(); try { if (n > 3) return; s_count++; } finally { made.ReleaseMutex(); } } static int s_count;")]
    [InlineData("static void M(int n) { using var made = new Mutex(true, \"app\", out var isFirst); if (isFirst) { s_count++; made.ReleaseMutex(); return; } if (n > 3) return; s_count--; } static int s_count;")]
    [InlineData("static void M(int n) { using var made = new Mutex(true, \"app\", out var isFirst); var owned = isFirst; if (n > 3) s_count++; if (owned) made.ReleaseMutex(); } static int s_count;")]
    [InlineData("static bool M() { using var made = new Mutex(true, \"app\", out var isFirst); if (!isFirst) throw new InvalidOperationException(); s_count++; made.ReleaseMutex(); return true; } static int s_count;")]
    [InlineData("static void M(Action run) { using var made = new Mutex(true, \"app\", out var isFirst); try { if (isFirst) run(); } finally { if (isFirst) made.ReleaseMutex(); } }")]
    [InlineData("static void M(Action run) { Mutex? made = null; try { run(); made = new Mutex(true); run(); } finally { made?.ReleaseMutex(); } }")]
    [InlineData("static void M(Action run) { Mutex? made = null; try { run(); made = new Mutex(true); run(); } finally { if (made != null) made.ReleaseMutex(); } }")]
    [InlineData("static void M(Action run) { using var made = new Mutex(true, \"app\", out var isFirst); try { run(); } finally { made.ReleaseMutex(); } if (!isFirst) return; }")]
    [InlineData("void M(int n) { var made = new Mutex(true); _value++; made.ReleaseMutex(); made.WaitOne(); _value--; made.ReleaseMutex(); if (n > 3) return; made.Dispose(); }")]
    [InlineData("void M(bool own, int n) { var made = new Mutex(own); if (n > 3) return; _value++; if (own) made.ReleaseMutex(); }")]
    [InlineData("void M(int n) { var made = new Mutex(false); if (n > 3) return; made.WaitOne(); _value++; made.ReleaseMutex(); }")]
    [InlineData("void M(int n) { for (var i = 0; i < n; i++) { var made = new Mutex(true); if (i == 3) { made.ReleaseMutex(); continue; } _value++; made.ReleaseMutex(); } }")]
    [InlineData("void M(int n) { var made = new Mutex(true); if (n > 3) Environment.Exit(1); _value++; made.ReleaseMutex(); }")]
    public async Task Meant_to_stay_held_or_not_known_to_be(string members)
    {
        foreach (var id in new[] { "TW2001", "TW2002", "TW2003", "TW2004", "TW2005", "TW2007", "TW2012", "TW2013", "TW5013" })
        {
            await Verify.Rule(id, Class(members));
        }
    }

    /// <summary>What the program holds when it ends, the system gives back.</summary>
    [Theory]
    [InlineData("class Program { static void Main(string[] args) { using var single = new Mutex(true, \"app\", out var isFirst); if (!isFirst) return; if (args.Length == 0) return; Console.WriteLine(); single.ReleaseMutex(); } }")]
    [InlineData("using var single = new Mutex(true, \"app\", out var isFirst); if (!isFirst) return; if (args.Length == 0) return; Console.WriteLine(); Environment.ProcessPath!.ToString(); single.ReleaseMutex();")]
    public async Task The_entry_point(string source)
    {
        await Verify.Rule("TW2001", source, static test => test.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);
        await Verify.Rule("TW2012", source, static test => test.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);
    }

    /// <summary>The same where members do it that the entry point calls once, by whatever acquire.</summary>
    [Theory]
    [InlineData("static Mutex? s_mutex; static void Main(string[] args) { if (IsFirst(args)) Console.ReadLine(); } static bool IsFirst(string[] args) { s_mutex = new Mutex(false, \"app\"); if (!s_mutex.WaitOne(100)) return false; if (args.Length == 0) { s_mutex.ReleaseMutex(); return false; } return true; }")]
    [InlineData("static readonly Mutex s_mutex = new(false, \"app\"); static void Main(string[] args) { if (IsFirst(args)) Console.ReadLine(); } static bool IsFirst(string[] args) { s_mutex.WaitOne(); if (args.Length > 0) return true; s_mutex.ReleaseMutex(); return false; }")]
    [InlineData("static void Main(string[] args) { Hold(args); Console.ReadLine(); } static void Hold(string[] args) { var made = new Mutex(true, \"app\", out var isFirst); if (!isFirst) Environment.Exit(1); if (args.Length > 0) return; Console.WriteLine(); made.ReleaseMutex(); }")]
    [InlineData("static void Main(string[] args) { Begin(args); Console.ReadLine(); } static void Begin(string[] args) { Console.WriteLine(); Hold(args); } static void Hold(string[] args) { var made = new Mutex(true, \"app\", out var isFirst); if (!isFirst) Environment.Exit(1); if (args.Length > 0) return; made.ReleaseMutex(); }")]
    [InlineData("static void Main(string[] args) { Hold(); Console.ReadLine(); void Hold() { var made = new Mutex(false, \"app\"); made.WaitOne(); if (args.Length > 0) return; made.ReleaseMutex(); } }")]
    [InlineData("static void Main(string[] args) { var made = new Mutex(false, \"app\"); made.WaitOne(); if (args.Length > 0) return; File.Delete(args[0]); made.ReleaseMutex(); }")]
    public async Task The_entry_point_by_a_helper(string members)
    {
        await Verify.Rule("TW2001", $"static class Program {{ {members} }}", static test => test.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);
        await Verify.Rule("TW2012", $"static class Program {{ {members} }}", static test => test.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);
    }

    /// <summary>It comes to the acquire again, others come to it too, or the mutex is nobody's but the program's own.</summary>
    [Theory]
    [InlineData("static readonly Mutex s_mutex = new(false, \"app\"); static void Main(string[] args) { foreach (var arg in args) { Add(arg); } } static void Add(string arg) { s_mutex.{|TW2001:WaitOne()|}; if (arg.Length == 0) return; s_count++; s_mutex.ReleaseMutex(); } static int s_count;")]
    [InlineData("static readonly Mutex s_mutex = new(false, \"app\"); static void Main(string[] args) { Add(args[0]); Add(args[1]); } static void Add(string arg) { s_mutex.{|TW2001:WaitOne()|}; if (arg.Length == 0) return; s_count++; s_mutex.ReleaseMutex(); } static int s_count;")]
    [InlineData("static readonly Mutex s_mutex = new(false); static void Main(string[] args) { Add(args[0]); } static void Add(string arg) { s_mutex.{|TW2001:WaitOne()|}; if (arg.Length == 0) return; s_count++; s_mutex.ReleaseMutex(); } static int s_count;")]
    [InlineData("static readonly Mutex s_mutex = new(false, \"app\"); static void Main(string[] args) { Task.Run(() => Add(args[0])).Wait(); } static void Add(string arg) { s_mutex.{|TW2001:WaitOne()|}; if (arg.Length == 0) return; s_count++; s_mutex.ReleaseMutex(); } static int s_count;")]
    [InlineData("static readonly Mutex s_mutex = new(false, \"app\"); static void Main(string[] args) { foreach (var arg in args) { s_mutex.{|TW2001:WaitOne()|}; if (arg.Length == 0) continue; s_count++; s_mutex.ReleaseMutex(); } } static int s_count;")]
    [InlineData("static readonly Mutex s_mutex = new(false, \"app\"); static void Main() { } public static void Add(string arg) { s_mutex.{|TW2001:WaitOne()|}; if (arg.Length == 0) return; s_count++; s_mutex.ReleaseMutex(); } static int s_count;")]
    public Task Not_once_for_all(string members) =>
        Verify.Rule("TW2001", $"static class Program {{ {members} }}", static test => test.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    /// <summary>Whether the mutex was made owned decides what a way out leaves behind.</summary>
    [Fact]
    public Task A_mutex_that_is_made_free() => Verify.Rule("TW2001", Class("void M(int n) { _plain.{|TW2001:WaitOne()|}; if (n > 3) return; _value++; _plain.ReleaseMutex(); }"));

    [Theory]
    [InlineData("void M(int n) { var made = {|TW2001:new Mutex|}(true); if (n > 3) return; _value++; made.ReleaseMutex(); }")]
    [InlineData("void M(int n) { var made = {|TW2001:new Mutex|}(initiallyOwned: true); if (n > 3) throw new ArgumentException(); _value++; made.ReleaseMutex(); made.Dispose(); }")]
    [InlineData("void M(int n) { Mutex made = {|TW2001:new|}(true); while (n-- > 0) { if (n == 7) return; _value++; } made.ReleaseMutex(); }")]
    [InlineData("void M(int n) { Mutex made; made = {|TW2001:new Mutex|}(true, null); if (n > 3) return; _value++; made.ReleaseMutex(); }")]
    [InlineData("void M(int n) { using (var made = {|TW2001:new Mutex|}(true)) { if (n > 3) return; _value++; made.ReleaseMutex(); } }")]
    [InlineData("void M(int n) { using var made = {|TW2001:new Mutex|}(true, \"app\", out bool isFirst); if (!isFirst) return; if (n > 3) return; _value++; made.ReleaseMutex(); }")]
    [InlineData("void M(int n) { bool isFirst; using var made = {|TW2001:new Mutex|}(initiallyOwned: true, name: \"app\", createdNew: out isFirst); if (isFirst) { if (n > 3) return; _value++; made.ReleaseMutex(); } }")]
    [InlineData("void M(int n) { for (var i = 0; i < n; i++) { var made = {|TW2001:new Mutex|}(true); if (i == 3) continue; _value++; made.ReleaseMutex(); } }")]
    [InlineData("void M(int n) { Action a = () => { var made = {|TW2001:new Mutex|}(true); if (n > 3) return; _value++; made.ReleaseMutex(); }; a(); }")]
    [InlineData("void M(int n) { var made = {|TW2001:new Mutex|}(true); new Thread(() => { made.WaitOne(); _value--; made.ReleaseMutex(); }).Start(); if (n > 3) return; _value++; made.ReleaseMutex(); }")]
    public Task A_way_out_with_a_mutex_that_was_made_owned(string members) => Verify.Rule("TW2001", Class(members));

    [Theory]
    [InlineData("TW2012", "void M(Action run) { var made = {|TW2012:new Mutex|}(true); run(); made.ReleaseMutex(); }")]
    [InlineData("TW2012", "void M(Action run) { using var made = {|TW2012:new Mutex|}(true, \"app\", out var isFirst); if (!isFirst) return; run(); made.ReleaseMutex(); }")]
    [InlineData("TW2003", "void M() { var made = new Mutex(true); _value++; made.ReleaseMutex(); made.{|TW2003:ReleaseMutex()|}; }")]
    [InlineData("TW2007", "async Task M(Task t) { using var made = new Mutex(true, \"app\", out var isFirst); if (!isFirst) return; {|TW2007:await|} t; made.ReleaseMutex(); }")]
    public Task An_owned_mutex_is_a_lock_like_others(string id, string members) => Verify.Rule(id, Class(members));

    [Fact]
    public Task Misses_a_way_out_of_a_field() => Verify.Rule("TW2001", Class("void M(int n) { _late = new Mutex(true); if (n > 3) return; _value++; _late.ReleaseMutex(); }"));

    /// <summary>Which of the two it is, what acquires it knows.</summary>
    [Theory]
    [InlineData("void M() { var made = _value > 3 ? new Mutex(true) : new Mutex(false); if (_value <= 3) made.WaitOne(); made.ReleaseMutex(); }")]
    [InlineData("void M(string? name) { var made = name is null ? new Mutex(true) : new Mutex(true, name, out _); _value++; made.ReleaseMutex(); made.WaitOne(); made.ReleaseMutex(); }")]
    [InlineData("void M(bool late) { Mutex made = Made(); if (late) made.WaitOne(); _value++; made.ReleaseMutex(); } static Mutex Made() => new Mutex(true);")]
    public Task A_mutex_that_one_way_of_a_choice_makes_owned(string members) => Verify.Rule("TW2003", Class(members));
}

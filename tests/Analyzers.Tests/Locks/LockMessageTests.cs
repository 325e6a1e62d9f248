using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Locks;

/// <summary>What the messages say beside the name of the lock: where it stays held, and how.</summary>
public class LockMessageTests
{
    private static readonly CultureInfo s_chinese = CultureInfo.GetCultureInfo("zh-Hans");

    /// <summary>One statement a line, from line 10 on.</summary>
    private static async Task<Diagnostic> Report(string id, params string[] statements) => (await Analysis.Of($$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        class C
        {
            private readonly object _sync = new();
            private readonly ReaderWriterLockSlim _rw = new();
            private int _value;
            int M(int n, Action act) {
        {{string.Join("\n", statements)}}
            }
            private static void Fail() => throw new InvalidOperationException();
            private void Locked() { _rw.EnterWriteLock(); try { _value++; } finally { _rw.ExitWriteLock(); } }
        }
        """).ReportsAsync()).Single(report => report.Id == id);

    private static string Place(Location location) =>
        $"{location.GetLineSpan().StartLinePosition.Line + 1}: {location.SourceTree!.GetText().ToString(location.SourceSpan)}";

    /// <summary>The jump, wherever the condition that leads there stands.</summary>
    [Theory]
    [InlineData(13, "Monitor.Enter(_sync);", "if (n > 3)", "{", "return 1;", "}", "Monitor.Exit(_sync);", "return 0;")]
    [InlineData(12, "Monitor.Enter(_sync);", "if (n > 3)", "throw new InvalidOperationException();", "Monitor.Exit(_sync);", "return 0;")]
    [InlineData(12, "Monitor.Enter(_sync);", "if (n > 3)", "Fail();", "Monitor.Exit(_sync);", "return 0;")]
    [InlineData(15, "Monitor.Enter(_sync);", "if (n > 3) {", "Monitor.Exit(_sync);", "_value++;", "}", "return 0;")]
    [InlineData(15, "Monitor.Enter(_sync);", "if (n > 3) {", "Monitor.Exit(_sync);", "return 1;", "} else {", "return 2; }")]
    [InlineData(14, "Monitor.Enter(_sync);", "if (n > 3) {", "if (n > 4) { Monitor.Exit(_sync); return 1; }", "_value++;", "return 2; }", "Monitor.Exit(_sync);", "return 0;")]
    [InlineData(14, "Monitor.Enter(_sync);", "switch (n) {", "case 1: Monitor.Exit(_sync); return 1;", "default: _value++;", "return 2; }")]
    [InlineData(13, "Monitor.Enter(_sync);", "var found = n switch {", "1 => 2,", "_ => throw new InvalidOperationException(),", "};", "Monitor.Exit(_sync);", "return found;")]
    [InlineData(13, "while (n-- > 0) {", "Monitor.Enter(_sync);", "if (n == 5)", "break;", "Monitor.Exit(_sync);", "}", "return 0;")]
    [InlineData(12, "Monitor.Enter(_sync);", "_value = (act ??", "throw new InvalidOperationException()).GetHashCode();", "Monitor.Exit(_sync);", "return 0;")]
    [InlineData(12, "Monitor.Enter(_sync);", "if (n > 3 && _value > 2)", "return 1;", "Func<int> ask = () => { return 1; };", "Monitor.Exit(_sync);", "return 0;")]
    public async Task TW2001_names_the_line_that_leaves(int line, params string[] statements)
    {
        var report = await Report("TW2001", statements);
        Assert.Equal($"'_sync' is released on one path and stays held on another: line {line} leaves without releasing it", report.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal($"“_sync”在一条路径上被释放，而在另一条路径上仍被持有：第 {line} 行离开时没有释放它", report.GetMessage(s_chinese));
    }

    [Fact]
    public async Task TW2001_names_the_condition_where_the_function_just_ends()
    {
        var report = await Report("TW2001", "act(); return 0; }", "void Other(int n) {", "Monitor.Enter(_sync);", "if (n > 3) {", "_value++;", "Monitor.Exit(_sync); }");
        Assert.Equal("'_sync' is released on one path and stays held on another: the condition on line 13 leads past the release", report.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal("“_sync”在一条路径上被释放，而在另一条路径上仍被持有：第 13 行的条件绕过了释放语句", report.GetMessage(s_chinese));
        Assert.Equal(["15: Exit(_sync)", "13: n > 3"], report.AdditionalLocations.Select(Place));
    }

    /// <summary>Of several calls the first.</summary>
    [Theory]
    [InlineData("12: act()", "Monitor.Enter(_sync);", "_value++;", "act();", "Locked();", "Monitor.Exit(_sync);", "return 0;")]
    [InlineData("11: new Timer", "Monitor.Enter(_sync);", "using var timer = new Timer(_ => act(), null, 1, 1);", "Monitor.Exit(_sync);", "return 0;")]
    [InlineData("12: Invoke(", "Monitor.Enter(_sync);", "if (n > 3)", "Func(_value).Invoke(1);", "Monitor.Exit(_sync);", "return 0;", "static Action<int> Func(int n) => _ => Fail();")]
    public async Task TW2012_names_what_may_throw(string thrower, params string[] statements)
    {
        var report = await Report("TW2012", statements);
        var line = thrower[..2];
        Assert.Equal($"'_sync' stays held when line {line} throws: its release does not stand in a finally", report.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal($"如果第 {line} 行抛出异常，“_sync”将仍被持有：释放语句不在 finally 中", report.GetMessage(s_chinese));
        Assert.StartsWith(thrower, Place(report.AdditionalLocations[^1]));
    }

    [Theory]
    [InlineData("it cannot be entered twice", "它不能重入", "_rw.EnterReadLock();", "_rw.EnterReadLock();")]
    [InlineData("it cannot be entered twice", "它不能重入", "_rw.EnterWriteLock();", "Locked();")]
    [InlineData("who holds it for reading cannot enter it for writing as well", "持有读锁者不能再进入写锁", "_rw.EnterReadLock();", "_rw.EnterWriteLock();")]
    [InlineData("who holds it for reading cannot enter it for writing as well", "持有读锁者不能再进入写锁", "_rw.EnterReadLock();", "Locked();")]
    [InlineData("who holds it for reading cannot enter it in upgradeable mode as well", "持有读锁者不能再进入可升级模式", "_rw.EnterReadLock();", "_rw.EnterUpgradeableReadLock();")]
    [InlineData("who holds it for writing cannot enter it for reading as well", "持有写锁者不能再进入读锁", "_rw.EnterWriteLock();", "_rw.EnterReadLock();")]
    [InlineData("who holds it for writing cannot enter it in upgradeable mode as well", "持有写锁者不能再进入可升级模式", "_rw.EnterWriteLock();", "_rw.EnterUpgradeableReadLock();")]
    [InlineData("it cannot be entered twice", "它不能重入", "_rw.EnterUpgradeableReadLock();", "_rw.EnterUpgradeableReadLock();")]
    [InlineData("the work that is waited for under it needs it too", "在持有它时所等待的工作也需要它", "_rw.EnterReadLock();", "Task.Run(Locked).Wait();", "_rw.ExitReadLock();")]
    public async Task TW2005_says_why_it_cannot_be_entered(string reason, string chinese, params string[] statements)
    {
        var report = await Report("TW2005", [.. statements, "return _value;"]);
        Assert.Equal("'_rw' (ReaderWriterLockSlim) is held here already: " + reason, report.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal("此处已经持有“_rw”（ReaderWriterLockSlim）：" + chinese, report.GetMessage(s_chinese));
    }
}

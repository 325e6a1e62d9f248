using System.Threading.Tasks;
using Threadwise.CodeFixes.Locks;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.CodeFixes.Tests.Locks;

public class TW2010Tests
{
    [Theory]
    [InlineData("{|TW2010:lock (sync)|} { }")]
    [InlineData("{|TW2010:lock (sync)|};")]
    [InlineData("Monitor.{|TW2010:Enter(sync)|};\nMonitor.Exit(sync);")]
    [InlineData("gate.{|TW2010:Wait()|};\n\ngate.Release();")]
    [InlineData("rw.{|TW2010:EnterReadLock()|};\ntry\n{\n}\nfinally\n{\n    rw.ExitReadLock();\n}")]
    [InlineData("var taken = false;\ntry\n{\n    Monitor.{|TW2010:Enter(sync, ref taken)|};\n}\nfinally\n{\n    if (taken) Monitor.Exit(sync);\n}")]
    public Task The_section_goes(string section) => Verify.Fix<TW2010RemoveSection>("TW2010", LockSnippet.Sync($"""
        // first
        count++;
        {section}
        // last
        count--;
        """), LockSnippet.Sync("""
        // first
        count++;
        // last
        count--;
        """));

    [Fact]
    public Task What_stands_on_the_same_line_stays() => Verify.Fix<TW2010RemoveSection>(
        "TW2010", LockSnippet.Sync("if (condition) { {|TW2010:lock (sync)|} { } count++; }"), LockSnippet.Sync("if (condition) { count++; }"));

    [Fact]
    public Task What_follows_on_its_line_takes_its_place() => Verify.Fix<TW2010RemoveSection>(
        "TW2010", LockSnippet.Sync("count--;\n{|TW2010:lock (sync)|} ; count++;"), LockSnippet.Sync("count--;\ncount++;"));

    [Theory]
    [InlineData("{|TW2010:using (modern.EnterScope())|}\n{\n}")]
    [InlineData("{|TW2010:using (var scope = modern.EnterScope())|} { }")]
    public Task A_scope_goes(string section) => Verify.Fix<TW2010RemoveSection>("TW2010", LockSnippet.Sync($"""
        {section}
        count--;
        """), LockSnippet.Sync("""
        count--;
        """));

    [Theory]
    [InlineData("if (condition) {|TW2010:lock (sync)|} { }")]
    [InlineData("{|TW2010:lock (text.ToString())|} { }")]
    [InlineData("{|TW2010:lock (new object())|} { }")]
    public Task Nothing_is_offered_where_something_would_be_missing(string statements) =>
        Verify.NoFix<TW2010RemoveSection>("TW2010", LockSnippet.Sync(statements));

    [Fact]
    public Task A_program_keeps_its_last_statement() => Verify.NoFix<TW2010RemoveSection>(
        "TW2010", "{|TW2010:lock (typeof(C))|} { }\nclass C { }", static test => test.TestState.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);
}

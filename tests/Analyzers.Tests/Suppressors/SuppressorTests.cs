#pragma warning disable RS1036, RS1038, RS1041, RS2008 // An analyzer of the tests is not shipped.
using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Analyzers.Suppressors;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Analyzers.Tests.Suppressors;

/// <summary>What other packages say of each condition of an <c>if</c> and of each field, and what is left of it.</summary>
public class SuppressorTests
{
    [Theory]
    [InlineData("CA1508")]
    [InlineData("S2583")]
    [InlineData("S2589")]
    public async Task The_inner_test_of_a_double_checked_lock_is_taken_back(string id) =>
        Assert.Equal(id, await Tested(id, "object Get() { if (_x == null) { lock (_gate) { if (_x == null) { _x = new(); } } } return _x; }").IdsAsync());

    [Theory]
    [InlineData("object Get() { if (_x != null) return _x; lock (_gate) { if (_x != null) return _x; return _x = new(); } }")]
    [InlineData("object Get() { if (_x is null) lock (_gate) if (_x is null) _x = new(); return _x; }")]
    [InlineData("void Init() { if (!_done) { lock (_gate) { if (!_done) { _done = true; } } } }")]
    // Volatile, static, read by Volatile, asked for by patterns, of a value
    [InlineData("volatile object _v; object Get() { if (_v == null) { lock (_gate) { if (_v == null) { _v = new(); } } } return _v; }")]
    [InlineData("static readonly object s_gate = new(); static object s_x; static object Get() { if (s_x == null) { lock (s_gate) { if (s_x == null) { s_x = new(); } } } return s_x; }")]
    [InlineData("object Get() { if (Volatile.Read(ref _x) == null) { lock (_gate) { if (_x == null) { Volatile.Write(ref _x, new object()); } } } return _x; }")]
    [InlineData("object Get() { if (Volatile.Read(ref _x) == null) { lock (_gate) { if (Volatile.Read(ref _x) == null) { Volatile.Write(ref _x, new object()); } } } return _x; }")]
    [InlineData("void Init() { if (Volatile.Read(ref _done)) return; lock (_gate) { if (Volatile.Read(ref _done)) return; Volatile.Write(ref _done, true); } }")]
    [InlineData("object Get() { if (_x is not { }) { lock (_gate) { if (_x is not { }) { _x = new(); } } } return _x; }")]
    [InlineData("int? _n; int Get() { if (!_n.HasValue) { lock (_gate) { if (!_n.HasValue) { _n = 1; } } } return _n.Value; }")]
    // What is there is ended once
    [InlineData("void Close() { if (_x != null) { lock (_gate) { if (_x != null) { _x = null; } } } }")]
    [InlineData("void Close() { if (_x == null) return; lock (_gate) { if (_x == null) return; _x = null; } }")]
    public async Task So_it_is_in_other_forms(string code) => Assert.Equal("CA1508", await Tested("CA1508", code).IdsAsync());

    [Theory]
    [InlineData("object Get() { lock (_gate) { if (_x == null) { if (_x == null) { _x = new(); } } return _x; } }")]
    [InlineData("object Get() { if (_x == null) { if (_x == null) { _x = new(); } } return _x; }")]
    [InlineData("object Get() { if (_x == null) { lock (_gate) { _x = null; if (_x == null) { _x = new(); } } } return _x; }")]
    [InlineData("object Get(object y) { if (_x == null) { lock (_gate) { if (y == null) { _x = new(); } } } return _x; }")]
    [InlineData("object Get() { if (_x == null) { lock (_gate) { if (_done) { _x = new(); } } } return _x; }")]
    // Set by Volatile before, of another object, one for each thread
    [InlineData("object Get() { if (_x == null) { lock (_gate) { Volatile.Write(ref _x, new object()); if (_x == null) { return null; } } } return _x; }")]
    [InlineData("object Get(C other) { if (_x == null) { lock (_gate) { if (other._x == null) { other._x = new(); } } } return _x; }")]
    [InlineData("object Get(C other) { if (other._x == null) { lock (_gate) { if (_x == null) { _x = new(); } } } return _x; }")]
    [InlineData("[ThreadStatic] static object t_x; object Get() { if (t_x == null) { lock (_gate) { if (t_x == null) { t_x = new(); } } } return t_x; }")]
    [InlineData("object Get() { var x = _x; if (x == null) { lock (_gate) { if (x == null) { x = new(); } } } return x; }")]
    public async Task Other_tests_stay(string code) => Assert.Equal("CA1508 CA1508", await Tested("CA1508", code).IdsAsync());

    [Theory]
    [InlineData("SpinLock _lock;", "")]
    [InlineData("SpinLock _lock = new(false), _other;", "")]
    [InlineData("object _gate = new();", "RCS1169")]
    [InlineData("int _count;", "RCS1169")]
    [InlineData("static SpinLock s_lock;", "")]
    [InlineData("System.Threading.SpinLock _lock = new System.Threading.SpinLock(true);", "")]
    [InlineData("SpinLock[] _locks = new SpinLock[4];", "RCS1169")]
    [InlineData("SpinLock? _lock;", "RCS1169")]
    [InlineData("Own.SpinLock _lock; static class Own { public struct SpinLock { } }", "RCS1169")]
    [InlineData("ReaderWriterLockSlim _lock = new();", "RCS1169")]
    public async Task A_spin_lock_is_not_to_be_made_readonly(string field, string left) => Assert.Equal(
        left, await (Analysis.Of("class C { private " + field + " }") with { Analyzers = [new OtherPackage("RCS1169"), new ReadonlySpinLockSuppressor()] }).IdsAsync());

    /// <summary>Other locks than a <c>lock</c> statement takes, and a test of a local in between.</summary>
    [Theory]
    [InlineData("object Get() { if (_x == null) { Monitor.Enter(_gate); try { if (_x == null) { _x = new(); } } finally { Monitor.Exit(_gate); } } return _x; }")]
    [InlineData("object Get() { var x = _x; if (x == null) { lock (_gate) { x = _x; if (x == null) { _x = x = new(); } } } return x; }")]
    public async Task Misses_other_locks_and_locals(string code) => Assert.Equal("CA1508 CA1508", await Tested("CA1508", code).IdsAsync());

    private static Analysis Tested(string id, string code) => Analysis.Of($$"""
        #nullable disable
        class C
        {
            readonly object _gate = new();
            object _x;
            bool _done;
            {{code}}
        }
        """) with
    { Analyzers = [new OtherPackage(id), new DoubleCheckSuppressor()] };

    /// <summary>Reports each condition of an <c>if</c>, or each declaration of fields.</summary>
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class OtherPackage(string id) : DiagnosticAnalyzer
    {
        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [new DiagnosticDescriptor(id, "Title", "Message", "Category", DiagnosticSeverity.Warning, isEnabledByDefault: true)];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSyntaxNodeAction(
                node =>
                {
                    if (node.Node is IfStatementSyntax choice && SupportedDiagnostics[0].Id != "RCS1169")
                    {
                        node.ReportDiagnostic(Diagnostic.Create(SupportedDiagnostics[0], choice.Condition.GetLocation()));
                    }
                    else if (node.Node is FieldDeclarationSyntax field && SupportedDiagnostics[0].Id == "RCS1169")
                    {
                        node.ReportDiagnostic(Diagnostic.Create(SupportedDiagnostics[0], field.GetLocation()));
                    }
                },
                SyntaxKind.IfStatement, SyntaxKind.FieldDeclaration);
        }
    }
}

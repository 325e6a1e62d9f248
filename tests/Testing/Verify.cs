using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Testing;

/// <summary>
/// Checks a rule over snippets with markup: <c>{|TW2003:code|}</c> is reported, everything else is not. All analyzers of the
/// package run; only the rule under test and those the precedence table ties to it are on, so that a snippet stays true when rules are added.
/// </summary>
public static class Verify
{
    /// <summary>The usings every snippet gets by a second file, so that snippets show code and not headers.</summary>
    public const string GlobalUsings = """
        global using System;
        global using System.Collections.Concurrent;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>Expects exactly the reports that the markup shows.</summary>
    public static Task Rule(string id, string source, Action<RuleTest>? configure = null)
    {
        var test = new RuleTest(id) { TestCode = source, OutputKind = KindOf(source) };
        configure?.Invoke(test);
        return test.RunAsync();
    }

    /// <summary>
    /// Expects the reports shown in <paramref name="before"/> and that the fix at <paramref name="action"/> turns it into
    /// <paramref name="after"/>: one by one, by Fix All in document, project and solution, compiling, and offering nothing the second time.
    /// </summary>
    public static Task Fix<TFix>(string id, string before, string after, int action = 0, Action<FixTest<TFix>>? configure = null)
        where TFix : CodeFixProvider, new()
    {
        var test = new FixTest<TFix>(id) { TestCode = before, FixedCode = after, CodeActionIndex = action, OutputKind = KindOf(before) };
        configure?.Invoke(test);
        return test.RunAsync();
    }

    /// <summary>Expects the reports shown and that no fix is offered for any of them.</summary>
    public static Task NoFix<TFix>(string id, string source, Action<FixTest<TFix>>? configure = null)
        where TFix : CodeFixProvider, new() => Fix(id, source, source, 0, configure);

    /// <summary>Top-level statements make a program, everything else a library.</summary>
    private static OutputKind KindOf(string markup)
    {
        TestFileMarkupParser.GetPositionsAndSpans(markup, out var code, out _, out ImmutableDictionary<string, ImmutableArray<TextSpan>> _);
        return CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.Preview)).GetCompilationUnitRoot().Members.Any(static member => member.IsKind(SyntaxKind.GlobalStatement))
            ? OutputKind.ConsoleApplication
            : OutputKind.DynamicallyLinkedLibrary;
    }

    /// <summary>The shared set-up of a test of one rule.</summary>
    internal static void Prepare(AnalyzerTest<DefaultVerifier> test, ImmutableArray<MetadataReference> references, string id)
    {
        var family = ThreadwiseRules.Family(id);
        test.ReferenceAssemblies = new ReferenceAssemblies("none");
        test.TestState.AdditionalReferences.AddRange(references);
        test.TestState.Sources.Add(("GlobalUsings.cs", GlobalUsings));
        test.DisabledDiagnostics.AddRange(ThreadwiseRules.Descriptors.Select(static d => d.Id).Where(other => !family.Contains(other)));
        test.CompilerDiagnostics = CompilerDiagnostics.Errors;
    }

    internal static CompilationOptions Options(CompilationOptions options) =>
        ((CSharpCompilationOptions)options).WithAllowUnsafe(true).WithNullableContextOptions(NullableContextOptions.Enable);
}

/// <summary>A test of one rule; change its properties before it runs.</summary>
public sealed class RuleTest : CSharpAnalyzerTest<EmptyDiagnosticAnalyzer, DefaultVerifier>
{
    private readonly string _id;

    public RuleTest(string id) => _id = id;

    public ImmutableArray<MetadataReference> References { get; set; } = Frameworks.Net100;

    public LanguageVersion LanguageVersion { get; set; } = LanguageVersion.Preview;

    public OutputKind OutputKind
    {
        get => TestState.OutputKind ?? OutputKind.DynamicallyLinkedLibrary;
        set => TestState.OutputKind = value;
    }

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => ThreadwiseRules.Analyzers;

    protected override ParseOptions CreateParseOptions() => new CSharpParseOptions(LanguageVersion, DocumentationMode.Diagnose);

    protected override CompilationOptions CreateCompilationOptions() => Threadwise.Testing.Verify.Options(base.CreateCompilationOptions());

    protected override Task RunImplAsync(System.Threading.CancellationToken cancellationToken)
    {
        Threadwise.Testing.Verify.Prepare(this, References, _id);
        TestState.OutputKind = OutputKind;
        return base.RunImplAsync(cancellationToken);
    }
}

/// <summary>A test of one fix; change its properties before it runs.</summary>
public sealed class FixTest<TFix> : CSharpCodeFixTest<EmptyDiagnosticAnalyzer, TFix, DefaultVerifier>
    where TFix : CodeFixProvider, new()
{
    private readonly string _id;

    public FixTest(string id)
    {
        _id = id;
        if (ThreadwiseRules.Descriptors.Any(d => d.Id == id && d.CustomTags.Contains(WellKnownDiagnosticTags.CompilationEnd)))
        {
            // Reports of the build world come at the end of the compilation; whoever has them may take the fix.
            CodeFixTestBehaviors |= CodeFixTestBehaviors.SkipLocalDiagnosticCheck;
        }
    }

    public ImmutableArray<MetadataReference> References { get; set; } = Frameworks.Net100;

    public LanguageVersion LanguageVersion { get; set; } = LanguageVersion.Preview;

    /// <summary>Rules that are on as well, though the precedence table does not tie them to the one under test: the repaired code must be silent under them.</summary>
    public ImmutableArray<string> Also { get; set; } = [];

    public OutputKind OutputKind
    {
        get => TestState.OutputKind ?? OutputKind.DynamicallyLinkedLibrary;
        set => TestState.OutputKind = value;
    }

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => ThreadwiseRules.Analyzers;

    protected override ParseOptions CreateParseOptions() => new CSharpParseOptions(LanguageVersion, DocumentationMode.Diagnose);

    protected override CompilationOptions CreateCompilationOptions() => Threadwise.Testing.Verify.Options(base.CreateCompilationOptions());

    protected override Task RunImplAsync(System.Threading.CancellationToken cancellationToken)
    {
        Threadwise.Testing.Verify.Prepare(this, References, _id);
        DisabledDiagnostics.RemoveAll(Also.Contains);
        TestState.OutputKind = OutputKind;
        FixedState.Sources.Add(("GlobalUsings.cs", Threadwise.Testing.Verify.GlobalUsings));
        return base.RunImplAsync(cancellationToken);
    }
}

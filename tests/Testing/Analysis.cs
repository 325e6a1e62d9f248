using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Threadwise.Testing;

/// <summary>
/// One run of analyzers over sources and configuration files as the command-line compiler does it, for tests of what lies around the
/// rules. Tests of a rule use <see cref="Verify"/>.
/// </summary>
public sealed record Analysis
{
    /// <summary>Where the files of an analysis lie; configuration files apply by it.</summary>
    private static readonly string s_folder = Path.Combine(Path.GetTempPath(), "threadwise");

    private static readonly CSharpCompilationOptions s_library = new(
        OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);

    /// <summary>Source texts by file name.</summary>
    public ImmutableArray<(string Name, string Text)> Sources { get; init; } = [];

    /// <summary>Configuration files by name: <c>.editorconfig</c> files, and global ones by their <c>is_global</c> line.</summary>
    public ImmutableArray<(string Name, string Text)> Configuration { get; init; } = [];

    public ImmutableArray<MetadataReference> References { get; init; } = Frameworks.Net100;

    public ImmutableArray<DiagnosticAnalyzer> Analyzers { get; init; } = ThreadwiseRules.Analyzers;

    /// <summary>Severities of the project: <c>NoWarn</c>, <c>WarningsAsErrors</c>.</summary>
    public ImmutableDictionary<string, ReportDiagnostic> Project { get; init; } = ImmutableDictionary<string, ReportDiagnostic>.Empty;

    public LanguageVersion LanguageVersion { get; init; } = LanguageVersion.Preview;

    public OutputKind OutputKind { get; init; } = OutputKind.DynamicallyLinkedLibrary;

    public static Analysis Of(params string[] sources) =>
        new() { Sources = [.. sources.Select(static (text, i) => ($"File{i}.cs", text)), ("GlobalUsings.cs", Verify.GlobalUsings)] };

    public Analysis With(string configurationFile, string text) => this with { Configuration = Configuration.Add((configurationFile, text)) };

    /// <summary>Every id with its severity switched on, those that are off by default too.</summary>
    public Analysis WithEveryRule() =>
        this with { Project = Project.SetItems(ThreadwiseRules.Descriptors.Select(static d => KeyValuePair.Create(d.Id, ReportDiagnostic.Warn))) };

    public CSharpCompilation Compile()
    {
        var trees = Sources.Select(source =>
            CSharpSyntaxTree.ParseText(source.Text, new CSharpParseOptions(LanguageVersion), Path.Combine(s_folder, source.Name))).ToList();
        return CSharpCompilation.Create("Subject", trees, References, s_library.WithOutputKind(OutputKind)
            .WithSpecificDiagnosticOptions(Project).WithSyntaxTreeOptionsProvider(new Severities(Configured())));
    }

    public AnalyzerOptions AnalyzerOptions() => new([], new Provider(Configured()));

    /// <summary>What the analyzers report, in the order they report it; an exception of an analyzer fails the test.</summary>
    public async Task<ImmutableArray<Diagnostic>> ReportsAsync(bool concurrent = false)
    {
        var thrown = new List<string>();
        var options = new CompilationWithAnalyzersOptions(
            AnalyzerOptions(), (e, analyzer, _) => { lock (thrown) { thrown.Add($"{analyzer}: {e}"); } }, concurrent, logAnalyzerExecutionTime: false);
        var reports = await Compile().WithAnalyzers(Analyzers, options).GetAnalyzerDiagnosticsAsync(CancellationToken.None);
        return thrown.Count == 0 ? reports : throw new InvalidOperationException(string.Join("\n", thrown));
    }

    /// <summary>The ids that are reported and not suppressed, ordered.</summary>
    public async Task<string> IdsAsync() =>
        string.Join(" ", (await ReportsAsync()).Where(static d => !d.IsSuppressed).Select(static d => d.Id).Order(StringComparer.Ordinal));

    /// <summary>The errors of the compiler.</summary>
    public ImmutableArray<Diagnostic> Errors() => [.. Compile().GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error)];

    private AnalyzerConfigSet Configured() =>
        AnalyzerConfigSet.Create(Configuration.Select(static file => AnalyzerConfig.Parse(file.Text, Path.Combine(s_folder, file.Name))).ToList());

    private sealed class Severities(AnalyzerConfigSet configured) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) =>
            configured.GetOptionsForSourcePath(tree.FilePath).AnalyzerOptions.TryGetValue("generated_code", out var value)
                ? value == "true" ? GeneratedKind.MarkedGenerated : GeneratedKind.NotGenerated
                : GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            configured.GetOptionsForSourcePath(tree.FilePath).TreeOptions.TryGetValue(diagnosticId, out severity);

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            configured.GlobalConfigOptions.TreeOptions.TryGetValue(diagnosticId, out severity);
    }

    private sealed class Provider(AnalyzerConfigSet configured) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Section(configured.GlobalConfigOptions.AnalyzerOptions);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Section(configured.GetOptionsForSourcePath(tree.FilePath).AnalyzerOptions);

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Section(ImmutableDictionary<string, string>.Empty);
    }

    private sealed class Section(ImmutableDictionary<string, string> lines) : AnalyzerConfigOptions
    {
        public override IEnumerable<string> Keys => lines.Keys;

        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => lines.TryGetValue(key, out value);
    }
}

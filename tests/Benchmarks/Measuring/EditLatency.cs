using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Benchmarks.Code;
using Threadwise.Hosts.Editor;

namespace Threadwise.Benchmarks.Measuring;

/// <summary>From a keystroke to the squiggles of the document, in milliseconds.</summary>
internal readonly record struct Latency(double Median, double Percentile95)
{
    public static Latency Of(IEnumerable<double> times)
    {
        var sorted = times.Order().ToList();
        return new Latency(sorted[sorted.Count / 2], sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(sorted.Count * 0.95) - 1)]);
    }
}

/// <summary>
/// One method of a type of a thousand lines changes, then the editor asks for the diagnostics of its document: in a project with the
/// analyzers and in the same project without, in turns.
/// </summary>
internal sealed class EditLatency : IDisposable
{
    private const int WarmUp = 16;
    private const int LinesAround = 20_000;

    /// <summary>What an editor itself brings along: the compiler's own diagnostics.</summary>
    private static readonly AnalyzerReference s_compiler = new AnalyzerImageReference([(DiagnosticAnalyzer)Activator.CreateInstance(
        Internals.Type("Microsoft.CodeAnalysis.CSharp", "Microsoft.CodeAnalysis.Diagnostics.CSharp.CSharpCompilerDiagnosticAnalyzer"))!]);

    private readonly EditorServices _services;
    private readonly DocumentId _document;
    private readonly SourceText _text;

    private EditLatency(AnalyzerReference? analyzers)
    {
        var workspace = new AdhocWorkspace(EditorServices.Parts);
        var around = GeneratedCode.OfLines(LinesAround);
        var project = ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Create(), "Project", "Project", LanguageNames.CSharp,
            compilationOptions: around.Options, parseOptions: CSharpParseOptions.Default, metadataReferences: around.References,
            analyzerReferences: analyzers is null ? [] : [analyzers]);
        _document = DocumentId.CreateNewId(project.Id);
        _text = SourceText.From(GeneratedCode.OneTypeText(MethodsOfThousandLines));
        var documents = around.SyntaxTrees.Select(t => Document(DocumentId.CreateNewId(project.Id), t.FilePath, t.GetText()))
            .Append(Document(_document, "Wide.cs", _text));
        workspace.AddSolution(SolutionInfo.Create(
            SolutionId.CreateNewId(), VersionStamp.Create(), projects: [project.WithDocuments(documents)], analyzerReferences: [s_compiler]));
        _services = EditorServices.Over(workspace);
    }

    private static int MethodsOfThousandLines { get; } =
        Enumerable.Range(1, 1_000).First(static n => GeneratedCode.OneTypeText(n).AsSpan().Count('\n') >= 1_000);

    /// <summary>The request in one project for each of <paramref name="references"/>, over as many edits.</summary>
    public static async Task<ImmutableArray<(Latency Wall, Latency Cpu, int Reports)>> MeasureAsync(
        IReadOnlyList<AnalyzerReference?> references, int edits, CancellationToken cancellation)
    {
        var projects = references.Select(static r => new EditLatency(r)).ToList();
        var (wall, cpu) = (projects.Select(static _ => new List<double>()).ToList(), projects.Select(static _ => new List<double>()).ToList());
        var reports = new int[projects.Count];
        for (var i = 0; i < WarmUp + edits; i++)
        {
            for (var turn = 0; turn < projects.Count; turn++)
            {
                var which = (i + turn) % projects.Count;
                var edit = await projects[which].EditAsync(i, cancellation);
                if (i >= WarmUp)
                {
                    wall[which].Add(edit.Wall);
                    cpu[which].Add(edit.Cpu);
                    reports[which] += edit.Reports;
                }
            }
        }

        projects.ForEach(static p => p.Dispose());
        return [.. projects.Select((_, i) => (Latency.Of(wall[i]), Latency.Of(cpu[i]), reports[i]))];
    }

    public void Dispose() => _services.Dispose();

    private async Task<(double Wall, double Cpu, int Reports)> EditAsync(int round, CancellationToken cancellation)
    {
        // Each edit starts from the same text and changes another of the methods with a monitor: every tenth, from the second on.
        var method = (round % ((MethodsOfThousandLines + 8) / 10) * 10) + 1;
        var number = method.ToString(CultureInfo.InvariantCulture);
        var statement = $"_count += a + {number};";
        var at = _text.ToString().IndexOf(statement, StringComparison.Ordinal);
        var mistake = round % 2 == 0 ? "" : " Monitor.Exit(_sync);";
        var edited = _text.WithChanges(new TextChange(new TextSpan(at, statement.Length), $"_count += a + {number} + {round.ToString(CultureInfo.InvariantCulture)};{mistake}"));

        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        _services.Workspace.TryApplyChanges(_services.Workspace.CurrentSolution.WithDocumentText(_document, edited));
        var document = _services.Workspace.CurrentSolution.GetDocument(_document)!;
        var diagnostics = await _services.DiagnosticsAsync(document, span: null, cancellation);
        var wall = clock.Elapsed.TotalMilliseconds;
        process.Refresh();
        return (wall, (process.TotalProcessorTime - cpu).TotalMilliseconds, diagnostics.Count(static d => d.Id.StartsWith("TW", StringComparison.Ordinal)));
    }

    private static DocumentInfo Document(DocumentId id, string name, SourceText text) =>
        DocumentInfo.Create(id, name, loader: TextLoader.From(TextAndVersion.Create(text, VersionStamp.Create())), filePath: name);
}

using System;
using System.Collections.Generic;
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
    private const int WarmUp = 15;
    private const int LinesAround = 20_000;
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
        workspace.AddProject(project.WithDocuments(documents));
        _services = EditorServices.Over(workspace);
    }

    private static int MethodsOfThousandLines { get; } =
        Enumerable.Range(1, 1_000).First(static n => GeneratedCode.OneTypeText(n).AsSpan().Count('\n') >= 1_000);

    /// <summary>The request without and with the analyzers, over as many edits.</summary>
    public static async Task<(Latency Without, Latency With, int Reports)> MeasureAsync(AnalyzerReference analyzers, int edits, CancellationToken cancellation)
    {
        using var without = new EditLatency(null);
        using var with = new EditLatency(analyzers);
        var (plain, analysed) = (new List<double>(), new List<double>());
        var reports = 0;
        for (var i = 0; i < WarmUp + edits; i++)
        {
            var (first, second) = i % 2 == 0 ? (without, with) : (with, without);
            var (a, b) = (await first.EditAsync(i, cancellation), await second.EditAsync(i, cancellation));
            var (w, t) = first == without ? (a, b) : (b, a);
            if (i >= WarmUp)
            {
                plain.Add(w.Milliseconds);
                analysed.Add(t.Milliseconds);
                reports += t.Reports;
            }
        }

        return (Latency.Of(plain), Latency.Of(analysed), reports);
    }

    public void Dispose() => _services.Dispose();

    private async Task<(double Milliseconds, int Reports)> EditAsync(int round, CancellationToken cancellation)
    {
        // Each edit starts from the same text and changes another method; every fourth method holds a lock pair, and it begins with the second.
        var method = ((round * 4) + 1) % MethodsOfThousandLines / 4 * 4 + 1;
        var number = method.ToString(CultureInfo.InvariantCulture);
        var statement = $"_count += a + {number};";
        var at = _text.ToString().IndexOf(statement, StringComparison.Ordinal);
        var mistake = round % 2 == 0 ? "" : " Monitor.TryEnter(_sync, 10);";
        var edited = _text.WithChanges(new TextChange(new TextSpan(at, statement.Length), $"_count += a + {number} + {round.ToString(CultureInfo.InvariantCulture)};{mistake}"));

        var clock = Stopwatch.StartNew();
        _services.Workspace.TryApplyChanges(_services.Workspace.CurrentSolution.WithDocumentText(_document, edited));
        var document = _services.Workspace.CurrentSolution.GetDocument(_document)!;
        var diagnostics = await _services.DiagnosticsAsync(document, span: null, cancellation);
        return (clock.Elapsed.TotalMilliseconds, diagnostics.Count(static d => d.Id.StartsWith("TW", StringComparison.Ordinal)));
    }

    private static DocumentInfo Document(DocumentId id, string name, SourceText text) =>
        DocumentInfo.Create(id, name, loader: TextLoader.From(TextAndVersion.Create(text, VersionStamp.Create())), filePath: name);
}

using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Proving.Running;

namespace Threadwise.Proving.Fuzz;

/// <summary>
/// Analyzes damaged texts and applies what the fixes offer for them. No analyzer and no fix may throw, and no fix may break a file that
/// compiles.
/// </summary>
internal sealed class FuzzRun(Subject subject)
{
    /// <summary>How many inputs are analyzed together, each a file in a namespace of its own. What one breaks may change what another means; neither may throw.</summary>
    private const int Together = 50;

    private readonly List<FuzzFailure> _failures = [];
    private int _compiling;
    private int _reports;
    private int _fixes;

    public async Task<FuzzResult> RunAsync(IEnumerable<FuzzInput> inputs, CancellationToken cancellation)
    {
        var count = 0;
        foreach (var chunk in inputs.Chunk(Together))
        {
            count += chunk.Length;
            await RunTogetherAsync([.. chunk.Where(static input => !input.Snippet.IsProgram)], cancellation);
            foreach (var program in chunk.Where(static input => input.Snippet.IsProgram))
            {
                await RunTogetherAsync([program], cancellation);
            }
        }

        return new FuzzResult(count, _compiling, _reports, _fixes, [.. _failures]);
    }

    private async Task RunTogetherAsync(FuzzInput[] group, CancellationToken cancellation)
    {
        using var workspace = new AdhocWorkspace();
        var project = Project(workspace, group);
        var compilation = (await project.GetCompilationAsync(cancellation))!;
        var found = await Findings.InAsync(compilation, subject, cancellation);
        if (!found.Crashes.IsEmpty)
        {
            await BlameAsync(group, found.Crashes, cancellation);
        }

        foreach (var (input, document) in group.Zip(project.Documents))
        {
            var tree = (await document.GetSyntaxTreeAsync(cancellation))!;
            var compiles = !found.Broken.Contains(tree);
            _compiling += compiles ? 1 : 0;
            foreach (var report in found.Reports[tree])
            {
                _reports++;
                var trial = new FixTrial(subject, document, report, compiles);
                _failures.AddRange((await trial.RunAsync(cancellation)).Select(what => new FuzzFailure(input, what)));
                _fixes += trial.Applied;
            }
        }
    }

    /// <summary>Which input it is that an analyzer cannot bear; if it is none of them alone, the first stands for all.</summary>
    private async Task BlameAsync(FuzzInput[] group, ImmutableArray<string> crashes, CancellationToken cancellation)
    {
        var before = _failures.Count;
        foreach (var input in group.Length > 1 ? group : [])
        {
            using var workspace = new AdhocWorkspace();
            var alone = await Findings.InAsync((await Project(workspace, [input]).GetCompilationAsync(cancellation))!, subject, cancellation);
            _failures.AddRange(alone.Crashes.Select(what => new FuzzFailure(input, what)));
        }

        if (_failures.Count == before)
        {
            _failures.AddRange(crashes.Select(what => new FuzzFailure(group[0], what)));
        }
    }

    private Project Project(AdhocWorkspace workspace, IReadOnlyCollection<FuzzInput> inputs)
    {
        var kind = inputs.Any(static input => input.Snippet.IsProgram) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
        var id = ProjectId.CreateNewId();
        var solution = workspace.CurrentSolution.AddProject(ProjectInfo.Create(
            id, VersionStamp.Default, "Subject", "Subject", LanguageNames.CSharp,
            compilationOptions: Compiling.Options(subject, kind), parseOptions: Compiling.Parsing, metadataReferences: Testing.Frameworks.Net100));
        foreach (var input in inputs)
        {
            // A namespace for the rest of the file: a text that is cut off stays cut off.
            var text = input.Snippet.IsProgram ? input.Text : $"namespace S{input.Number};\n{input.Text}";
            solution = solution.AddDocument(DocumentId.CreateNewId(id), $"{input.Number}.cs", SourceText.From(text), filePath: $"/{input.Number}.cs");
        }

        return solution.AddDocument(DocumentId.CreateNewId(id), "GlobalUsings.cs", SourceText.From(Testing.Verify.GlobalUsings)).GetProject(id)!;
    }
}

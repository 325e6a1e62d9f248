using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Corpus.Analysis;
using Threadwise.Corpus.Packaging;
using Threadwise.Corpus.Reports;
using Threadwise.Corpus.Sources;

namespace Threadwise.Corpus.History;

/// <summary>What the user asked of the history; paths are absolute.</summary>
internal sealed record HistoryRequest(ImmutableArray<string> Repositories, string Pairs, string? Package, ImmutableHashSet<string> Ids);

/// <summary>
/// Judges rules by bugs that repositories had and got rid of: reported at the commit that has the bug, silent at the one that does not.
/// The whole source tree of a commit is one compilation, as with <c>--sources</c>; the rules run over the pair's file alone. That leaves out
/// what only the whole compilation can tell (family 7). A report that the code silences counts: the question is what the rule sees.
/// </summary>
internal sealed class HistoryCheck(PackageRules rules)
{
    /// <summary>Where the files of a commit would lie; none does.</summary>
    private static readonly string s_root = Path.Combine(Path.GetTempPath(), "commit");

    private readonly InProcess _analysis = new(rules);

    private readonly HashSet<string> _built = [.. rules.Analyzers.SelectMany(static a => a.SupportedDiagnostics).Select(static d => d.Id)];

    public static async Task<int> RunAsync(HistoryRequest request, TextWriter output, CancellationToken cancellation)
    {
        var pairs = PairFile.Read(request.Pairs).Where(p => request.Ids.IsEmpty || request.Ids.Contains(p.Id)).ToList();
        using var work = new WorkFolder();
        var package = AnalyzerPackage.Open(request.Package ?? await AnalyzerPackage.PackAsync(work, cancellation), work);
        var check = new HistoryCheck(PackageRules.Load(package));
        var judgements = new List<Judgement>();
        foreach (var folder in request.Repositories)
        {
            judgements.AddRange(await check.JudgeAsync(new GitRepository(folder), pairs, cancellation));
        }

        await output.WriteLineAsync($"{package.Name} over {request.Pairs}");
        await output.WriteLineAsync();
        Print(judgements, pairs.Count, output);
        foreach (var crash in check._analysis.Crashes)
        {
            await output.WriteLineAsync($"An analyzer threw: {crash}");
        }

        return judgements.All(static j => j.IsExpected) && check._analysis.Crashes.Count == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }

    /// <summary>The pairs of this repository: those whose commits it holds.</summary>
    private async Task<IReadOnlyList<Judgement>> JudgeAsync(GitRepository repository, List<Pair> pairs, CancellationToken cancellation)
    {
        var commits = await repository.WithAsync(pairs.SelectMany(static p => new[] { p.Before, p.After }).Distinct(), cancellation);
        var names = pairs.Where(p => commits.Contains(p.Before) || commits.Contains(p.After)).Select(static p => p.Repository).ToHashSet();
        var here = pairs.Where(p => names.Contains(p.Repository)).ToList();
        if (here.Find(p => !commits.Contains(p.Before) || !commits.Contains(p.After)) is { } lost)
        {
            throw CorpusException.Usage($"{lost.Repository} has no commit {(commits.Contains(lost.Before) ? lost.After : lost.Before)}.");
        }

        // One commit at a time: a whole source tree is large, and several pairs share one.
        var sights = new Dictionary<(Pair, string), Sight>();
        foreach (var commit in here.SelectMany(static p => new[] { p.Before, p.After }).Distinct())
        {
            var asked = here.Where(p => p.Before == commit || p.After == commit).ToLookup(p => _built.Contains(p.Id));
            if (asked[true].Any())
            {
                var sources = await repository.SourcesAsync(commit, only: null, cancellation);
                var project = SourceFolder.Of(s_root, sources.Where(static s => s.Text is not null)!).Solution.Projects.Single();
                foreach (var pair in asked[true])
                {
                    sights[(pair, commit)] = await LookAsync(pair, commit, sources, project, cancellation);
                }
            }

            // A rule that is still to come must find its pairs in order.
            foreach (var pair in asked[false])
            {
                sights[(pair, commit)] = await LookAsync(pair, commit, await repository.SourcesAsync(commit, pair.File, cancellation), project: null, cancellation);
            }
        }

        return [.. here.Select(p => new Judgement(p, _built.Contains(p.Id), sights[(p, p.Before)], sights[(p, p.After)]))];
    }

    private async Task<Sight> LookAsync(
        Pair pair, string commit, IReadOnlyList<(string Path, SourceText? Text)> sources, Project? project, CancellationToken cancellation)
    {
        var source = sources.FirstOrDefault(s => s.Path == pair.File);
        if (source is { Path: not null, Text: null })
        {
            throw CorpusException.Failed($"The clone of {pair.Repository} does not hold the text of {pair.File} at {commit}.");
        }

        var root = source.Text is null ? null : await CSharpSyntaxTree.ParseText(source.Text, SourceFolder.Parsing, cancellationToken: cancellation).GetRootAsync(cancellation);
        var member = pair.MemberAt(commit);
        if (root is null || !Members.Declares(root, member))
        {
            return commit == pair.After && !pair.IsRenamed
                ? new Sight(false, [])
                : throw CorpusException.Usage($"{pair.Repository} has no {member} in {pair.File} at {commit}.");
        }

        if (project is null)
        {
            return new Sight(true, []);
        }

        var document = project.Documents.Single(d => d.FilePath == Path.Combine(s_root, pair.File));
        var reports = await _analysis.DocumentWithSuppressedAsync(SwitchedOn(document, pair.Id), cancellation);
        return new Sight(
            true,
            [.. reports.Where(d => d.Id == pair.Id && Members.Holds(root, d.Location.SourceSpan, member))
                .Select(static d => d.Location.GetLineSpan().StartLinePosition.Line + 1).Distinct().Order()]);
    }

    /// <summary>The document where a rule that is off by default runs too.</summary>
    private static Document SwitchedOn(Document document, string id)
    {
        var options = document.Project.CompilationOptions!;
        return document.Project
            .WithCompilationOptions(options.WithSpecificDiagnosticOptions(options.SpecificDiagnosticOptions.SetItem(id, ReportDiagnostic.Warn)))
            .GetDocument(document.Id)!;
    }

    private static void Print(IReadOnlyList<Judgement> judgements, int listed, TextWriter output)
    {
        var grid = new Grid("repository", "file", "member", "id", "before", "after", "verdict");
        foreach (var judgement in judgements)
        {
            var pair = judgement.Pair;
            grid.Add(pair.Repository, pair.File, pair.Member, pair.Id, judgement.BeforeText, judgement.AfterText, judgement.Word);
        }

        grid.Print(output);
        output.WriteLine();
        output.WriteLine(string.Join(", ", judgements.GroupBy(static j => j.Word).Select(static g => $"{g.Count()} {g.Key}")
            .Append($"{listed - judgements.Count} of repositories that were not given")) + ".");
    }
}

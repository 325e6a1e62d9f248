using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Threadwise.Corpus.Analysis;
using Threadwise.Corpus.Fixes;
using Threadwise.Corpus.Labels;
using Threadwise.Corpus.Packaging;
using Threadwise.Corpus.Reports;
using Threadwise.Corpus.Targets;

namespace Threadwise.Corpus;

/// <summary>One run of the program: package, code, reports, then the checks that were asked for.</summary>
internal static class Runner
{
    public static async Task<int> RunAsync(Request request, TextWriter output, CancellationToken cancellation)
    {
        Refuse(request);
        var target = Target.Resolve(request.Path, request.Sources);
        var origin = await Origin.OfAsync(request, target, cancellation);
        using var work = new WorkFolder();
        var package = AnalyzerPackage.Open(request.Package ?? await AnalyzerPackage.PackAsync(work, cancellation), work);
        var rules = PackageRules.Load(package);
        await output.WriteLineAsync($"{package.Name} over {request.Path}");

        var found = await Examination.RunAsync(request, target, package, rules, work, cancellation);
        foreach (var note in found.Notes)
        {
            await output.WriteLineAsync(note);
        }

        await output.WriteLineAsync();
        var files = found.Code.Files;
        ReportTable.Print(found.Reports, origin, request.Messages, output);
        ReportTable.PrintSummary(found.Reports, files.Length, Code.LinesIn(files), output);

        var isFine = !found.BuildFailed;
        if (request.Labels is not null)
        {
            isFine &= LabelCheck.Run(request, found.Reports, origin, output);
        }

        if (request.Fixes)
        {
            isFine &= await new FixCheck(request, origin, rules, found.Analysis, output).RunAsync(found.Code, found.Reports, cancellation);
        }

        foreach (var crash in found.Analysis.Crashes)
        {
            await output.WriteLineAsync($"An analyzer threw: {crash}");
            isFine = false;
        }

        return isFine ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static void Refuse(Request request)
    {
        if (request.Labels is null && (request.WriteLabels || request.FailOnUnlabelled))
        {
            throw CorpusException.Usage("--write-labels and --fail-on-unlabelled need --labels <file>.");
        }

        if (request.Write is not null && !request.Fixes)
        {
            throw CorpusException.Usage("--write needs --fixes.");
        }

        if (request.Write is not null && Directory.Exists(request.Write) && Directory.GetFileSystemEntries(request.Write).Length > 0)
        {
            throw CorpusException.Usage($"'{request.Write}' is not empty; repaired files go to a folder of their own.");
        }
    }
}

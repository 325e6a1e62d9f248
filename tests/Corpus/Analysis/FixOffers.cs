using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Corpus.Packaging;

namespace Threadwise.Corpus.Analysis;

/// <summary>One entry of the light bulb.</summary>
internal sealed record Offer(CodeFixProvider Provider, CodeAction Action)
{
    /// <summary>What makes two entries the same edit at two places.</summary>
    public string Key => Action.EquivalenceKey ?? Action.Title;
}

/// <summary>Asks the package's providers what they offer for a report.</summary>
internal static class FixOffers
{
    public static async Task<ImmutableArray<Offer>> ForAsync(Finding finding, PackageRules rules, CancellationToken cancellation)
    {
        if (finding.Document is not { } document)
        {
            return [];
        }

        var offers = ImmutableArray.CreateBuilder<Offer>();
        foreach (var provider in rules.Fixes.Where(p => p.FixableDiagnosticIds.Contains(finding.Diagnostic.Id)))
        {
            await provider.RegisterCodeFixesAsync(new CodeFixContext(
                document, finding.Diagnostic, (action, _) => offers.Add(new Offer(provider, action)), cancellation));
        }

        return offers.ToImmutable();
    }
}

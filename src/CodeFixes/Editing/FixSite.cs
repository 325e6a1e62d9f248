using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.CodeFixes.Editing;

/// <summary>
/// The places of one diagnostic as nodes of the document at hand. Fix All edits a document many times, so places are found
/// again by annotation, not by span.
/// </summary>
/// <param name="Target">The node at the diagnostic's location.</param>
/// <param name="Others">The nodes at its additional locations that lie in this document; null for a place in another file.</param>
/// <param name="Properties">The edit facts.</param>
internal sealed record FixSite(SyntaxNode Target, ImmutableArray<SyntaxNode?> Others, ImmutableDictionary<string, string?> Properties)
{
    /// <summary>The site in the document that the diagnostic was reported in, or null when its places are not there.</summary>
    public static FixSite? Of(Diagnostic diagnostic, SyntaxNode root)
    {
        var target = Find(diagnostic.Location, root);
        return target is null
            ? null
            : new FixSite(target, ImmutableArray.CreateRange(diagnostic.AdditionalLocations.Select(l => Find(l, root))), diagnostic.Properties);
    }

    /// <summary>The other places that give back what the acquire at the target took.</summary>
    public IEnumerable<InvocationExpressionSyntax> OwnReleases() => Properties.TryGetValue(FixProperties.Releases, out var places) && places is { Length: > 0 }
        ? places.Split(',').Select(place => Others[int.Parse(place, CultureInfo.InvariantCulture)]?.FirstAncestorOrSelf<InvocationExpressionSyntax>()).OfType<InvocationExpressionSyntax>()
        : [];

    private static SyntaxNode? Find(Location location, SyntaxNode root)
    {
        var inThisFile = location.SourceTree is null || location.SourceTree == root.SyntaxTree || location.SourceTree.FilePath == root.SyntaxTree.FilePath;
        return inThisFile && root.FullSpan.Contains(location.SourceSpan)
            ? root.FindNode(location.SourceSpan, getInnermostNodeForTie: true)
            : null;
    }
}

using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Threadwise.Proving.Metamorphic;

/// <summary>
/// Follows the tokens of a file through a transformation: each is numbered, keeps its number wherever its node is moved, and is found
/// again in the text that comes out. So a report is the same report when it has the same id at the same token.
/// </summary>
internal static class Origins
{
    private const string Kind = "origin";

    /// <summary>The tree with its tokens numbered. One with syntax errors stays as it is: rewriting would lose them.</summary>
    public static SyntaxTree Numbered(SyntaxTree tree)
    {
        if (tree.GetDiagnostics().Any(static d => d.Severity == DiagnosticSeverity.Error))
        {
            return tree;
        }

        var number = 0;
        var root = tree.GetRoot();
        return tree.WithRootAndOptions(
            root.ReplaceTokens(root.DescendantTokens(), (_, token) => token.WithAdditionalAnnotations(new SyntaxAnnotation(Kind, $"{number++}"))), tree.Options);
    }

    /// <summary>
    /// The text of a transformed root, and where in it the numbered tokens begin. New tokens carry no blanks; a blank is put on both
    /// sides of each.
    /// </summary>
    public static (string Text, IReadOnlyDictionary<int, string> Places) Write(SyntaxNode root)
    {
        var text = new StringBuilder();
        var places = new Dictionary<int, string>();
        var wasNew = false;
        foreach (var token in root.DescendantTokens())
        {
            var origin = Of(token);
            if (wasNew || origin is null)
            {
                text.Append(' ');
            }

            text.Append(token.LeadingTrivia.ToFullString());
            if (origin is not null)
            {
                places[text.Length] = origin;
            }

            text.Append(token.Text).Append(token.TrailingTrivia.ToFullString());
            wasNew = origin is null;
        }

        return (text.ToString(), places);
    }

    /// <summary>The number of the token at which a report in a numbered tree begins.</summary>
    public static string? Of(Diagnostic report) => Of(report.Location.SourceTree!.GetRoot().FindToken(report.Location.SourceSpan.Start));

    /// <summary>The token under another name, with the number it had.</summary>
    public static SyntaxToken Renamed(SyntaxToken token, string name) =>
        token.CopyAnnotationsTo(SyntaxFactory.Identifier(token.LeadingTrivia, name, token.TrailingTrivia));

    private static string? Of(SyntaxToken token) => token.GetAnnotations(Kind).FirstOrDefault()?.Data;
}

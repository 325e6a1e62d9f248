using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Proving.Mutation;

/// <summary>One defect, planted at one place of a file.</summary>
/// <param name="Place">Where.</param>
/// <param name="Changes">The edits of the text.</param>
internal sealed record Mutant(TextSpan Place, ImmutableArray<TextChange> Changes)
{
    /// <summary>Replaces a node's text.</summary>
    public static Mutant Replace(SyntaxNode node, string text) => new(node.Span, [new TextChange(node.Span, text)]);

    /// <summary>Removes <paramref name="moved"/> and puts its text in front of <paramref name="place"/>.</summary>
    public static Mutant Move(SyntaxNode moved, int place) =>
        new(moved.Span, [new TextChange(moved.Span, ""), new TextChange(new TextSpan(place, 0), $"{moved} ")]);

    public static Mutant Insert(SyntaxNode about, int place, string text) => new(about.Span, [new TextChange(new TextSpan(place, 0), text)]);

    public Mutant And(Mutant other) => this with { Changes = Changes.AddRange(other.Changes) };

    public Mutant And(int place, string text) => this with { Changes = Changes.Add(new TextChange(new TextSpan(place, 0), text)) };
}

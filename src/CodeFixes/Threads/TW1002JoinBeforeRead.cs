using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Threads;

namespace Threadwise.CodeFixes.Threads;

/// <summary>Puts the join right before the statement that reads the result.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW1002JoinBeforeRead() : ThreadwiseFix("TW1002")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var semantics = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || semantics is null || site.Target.FirstAncestorOrSelf<StatementSyntax>() is not { } read)
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        if (JoinStatement.For(site, read, semantics, layout) is not { } join)
        {
            return null;
        }

        // A comment above the read speaks of it and stays with it; a blank line goes above the join.
        var leading = read.GetLeadingTrivia();
        var startsLine = layout.StartsLine(read);
        var own = leading.WithoutBlankLines();
        var blank = SyntaxFactory.TriviaList(leading.Take(leading.Count - own.Count));
        join = join.WithLeadingTrivia(startsLine ? blank.AddRange(Trivia.Indent(layout.IndentOf(read))) : leading)
            .WithTrailingTrivia(startsLine ? SyntaxFactory.TriviaList(layout.NewLine) : Trivia.Space);
        var changed = read.WithLeadingTrivia(startsLine ? own : default);
        return StatementLists.PutBefore(root, read, [join], changed) is { } repaired ? document.WithSyntaxRoot(repaired) : null;
    }
}

using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Reporting;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Threads;

namespace Threadwise.CodeFixes.Threads;

/// <summary>
/// Waits for the work at the end of the block that declares its handle, before a <c>return</c> that stands there. A task that nobody keeps gets a local first.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW1016JoinAtEnd() : ThreadwiseFix("TW1016")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || site.Target.FirstAncestorOrSelf<StatementSyntax>() is not { } start)
        {
            return null;
        }

        if (site.Properties[FixProperties.Edit] == "JoinAtEnd")
        {
            var semantics = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
            return semantics is null || !site.Properties.TryGetValue(FixProperties.Handle, out var handle) || HomeOf(handle, start, semantics, cancellation) is not { } home ? null
                : await JoinAtEnd.Async(document, root, home, start, (last, layout) => JoinStatement.For(site, last, semantics, layout), cancellation).ConfigureAwait(false);
        }

        return start is ExpressionStatementSyntax dropped ? await JoinAtEnd.KeepAsync(document, root, dropped, cancellation).ConfigureAwait(false) : null;
    }

    /// <summary>A statement of the list at whose end the handle is joined: the declaration of a local; for a field, the statement of the function that the start stands in.</summary>
    private static StatementSyntax? HomeOf(string? handle, StatementSyntax start, SemanticModel semantics, CancellationToken cancellation) => semantics.LookupSymbols(start.SpanStart, name: handle).FirstOrDefault() switch
    {
        ILocalSymbol { DeclaringSyntaxReferences.Length: 1 } local => local.DeclaringSyntaxReferences[0].GetSyntax(cancellation).FirstAncestorOrSelf<StatementSyntax>(),
        IFieldSymbol => start.AncestorsAndSelf().OfType<StatementSyntax>().FirstOrDefault(static s => s.Parent is GlobalStatementSyntax or BlockSyntax { Parent: MemberDeclarationSyntax or LocalFunctionStatementSyntax }),
        _ => null,
    };
}

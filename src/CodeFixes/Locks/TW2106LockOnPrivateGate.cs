using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Locks;

namespace Threadwise.CodeFixes.Locks;

/// <summary>
/// Gives all synchronized methods of a type that share a lock (its instance methods, or its static ones) one private gate, in one edit: with two
/// locks they would no longer keep each other out. Nothing is offered where one of them cannot be rewritten, or where other code of the
/// compilation locks the same object. Code of other assemblies is not seen.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW2106LockOnPrivateGate() : ThreadwiseFix("TW2106")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || model is null || site.Target.FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute ||
            SynchronizedMembers.Around(attribute, model, cancellation) is not { } members ||
            IdentityLocks.MayBeTaken(members.Type, members.AreStatic, model.Compilation, [], cancellation) ||
            attribute.FirstAncestorOrSelf<ClassDeclarationSyntax>() is not { } part)
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        var gate = GateField.NameFor(members.Type, members.AreStatic, model, part.OpenBraceToken.Span.End, cancellation);
        var tracked = root.TrackNodes<SyntaxNode>([part, .. members.Nodes]);
        foreach (var (node, attributes) in members.Each)
        {
            if (members.Rewrite(node, attributes, gate, layout) is not { } rewritten)
            {
                return null;
            }

            tracked = tracked.ReplaceNode(tracked.GetCurrentNode(node)!, rewritten);
        }

        var now = tracked.GetCurrentNode(part)!;
        return document.WithSyntaxRoot(tracked.ReplaceNode(now, GateField.AddTo(now, part, gate, members.AreStatic, layout)));
    }
}

using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using Threadwise.Analyzers.Reporting;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Threads;

namespace Threadwise.CodeFixes.Queues;

/// <summary>Gives the exception of the work to the task of the source, or sets a result only where there is none yet.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW4010CompleteAlways() : ThreadwiseFix("TW4010")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null)
        {
            return null;
        }

        if (site.Properties[FixProperties.Edit] == "Try")
        {
            return site.Target.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { Expression: MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name } }
                ? document.WithSyntaxRoot(root.ReplaceToken(name.Identifier, SyntaxFactory.Identifier("Try" + name.Identifier.ValueText).WithTriviaFrom(name.Identifier)))
                : null;
        }

        if (site.Others.FirstOrDefault()?.FirstAncestorOrSelf<LambdaExpressionSyntax>() is not { } work || !site.Properties.TryGetValue(FixProperties.Argument, out var source))
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        var failure = FreshName.For("e", work);
        var told = $"{source}.TrySetException({failure});";

        // Whoever looks at the task of the work still finds its exception there.
        string[] statements = site.Properties.ContainsKey(FixProperties.Kept) ? [told, "throw;"] : [told];
        var guarded = GuardedBody.Of(work, $"catch (global::System.Exception {failure})", layout, statements);
        guarded = guarded.ReplaceNodes(guarded.DescendantNodes().OfType<QualifiedNameSyntax>().Where(static n => n.ToString() == "global::System.Exception"), static (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation));
        return await Simplifier.ReduceAsync(document.WithSyntaxRoot(root.ReplaceNode(work, guarded)), Simplifier.Annotation, cancellationToken: cancellation).ConfigureAwait(false);
    }
}

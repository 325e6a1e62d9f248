using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Reporting;
using Threadwise.Analyzers.Rules.SharedState;
using Threadwise.CodeFixes.Editing;

namespace Threadwise.CodeFixes.SharedState;

/// <summary>Makes the variable hold the random numbers that threads may share, or takes a new lock around each use of another object.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW3009ShareSafely() : ThreadwiseFix(TW3009UnsafeInstanceShared.Id)
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        if (site.Properties[FixProperties.Edit] == TW3009UnsafeInstanceShared.IntroduceGate)
        {
            return await StateFix.IntroduceGateAsync(document, site, cancellation).ConfigureAwait(false);
        }

        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || model is null || site.Others.LastOrDefault()?.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is not { } creation || creation.HasInnerComments() ||
            model.GetTypeInfo(creation, cancellation).Type is not INamedTypeSymbol type || !type.GetMembers("Shared").OfType<IPropertySymbol>().Any(static p => p.IsStatic))
        {
            return null;
        }

        return document.WithSyntaxRoot(root.ReplaceNode(creation, SyntaxFactory.ParseExpression(type.ToMinimalDisplayString(model, creation.SpanStart) + ".Shared").WithTriviaFrom(creation)));
    }
}

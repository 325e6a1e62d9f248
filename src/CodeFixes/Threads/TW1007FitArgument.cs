using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Reporting;
using Threadwise.CodeFixes.Editing;

namespace Threadwise.CodeFixes.Threads;

/// <summary>Takes away an argument that the body does not take, or passes the one variable that the start forgot.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW1007FitArgument() : ThreadwiseFix("TW1007")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || site.Target.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { ArgumentList: { } list } || list.HasInnerComments())
        {
            return null;
        }

        var arguments = site.Properties[FixProperties.Edit] == "PassArgument" && site.Properties.TryGetValue(FixProperties.Argument, out var name) && name is not null
            ? SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(SyntaxFactory.ParseExpression(name)))
            : default;
        return document.WithSyntaxRoot(root.ReplaceNode(list, list.WithArguments(arguments)));
    }

    /// <inheritdoc/>
    private protected override string Title(Diagnostic diagnostic, string edit) =>
        diagnostic.Properties.TryGetValue(FixProperties.Argument, out var name) && name is not null ? FixTexts.Title($"TW1007_{edit}", name) : base.Title(diagnostic, edit);
}

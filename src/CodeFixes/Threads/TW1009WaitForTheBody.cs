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

namespace Threadwise.CodeFixes.Threads;

/// <summary>
/// Makes the fork's end the end of its async body: <c>Task.Run</c> for a plain <c>Task.Factory.StartNew</c>, <c>.Unwrap()</c> for one with
/// options, an awaited <c>Parallel.ForEachAsync</c> for a loop in an async function.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW1009WaitForTheBody() : ThreadwiseFix("TW1009")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || site.Others.FirstOrDefault() is not InvocationExpressionSyntax call)
        {
            return null;
        }

        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var repaired = site.Properties[FixProperties.Edit] switch
        {
            "TaskRun" => model?.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol startNew ? PoolRun.Of(call, startNew) : null,
            "Unwrap" => Unwrap(call),
            "ForEachAsync" or "ForAsync" when call.Parent is ExpressionStatementSyntax && AsyncContext.Allows(call) => AwaitedLoop.Of(call),
            _ => null,
        };
        if (repaired is null)
        {
            return null;
        }

        var changed = document.WithSyntaxRoot(Replace(root, call, repaired));
        return await Simplifier.ReduceAsync(changed, Simplifier.Annotation, cancellationToken: cancellation).ConfigureAwait(false);
    }

    private static ExpressionSyntax Unwrap(InvocationExpressionSyntax call) =>
        SyntaxFactory.InvocationExpression(SyntaxFactory.MemberAccessExpression(
                SyntaxKind.SimpleMemberAccessExpression, call.WithoutTrailingTrivia(), SyntaxFactory.IdentifierName("Unwrap")))
            .WithTrailingTrivia(call.GetTrailingTrivia());

    /// <summary>A local that is declared as a task of a task becomes one of the inner type.</summary>
    private static SyntaxNode Replace(SyntaxNode root, ExpressionSyntax call, ExpressionSyntax repaired) =>
        call.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration } } &&
        NestedType(declaration.Type) is { } inner
            ? root.ReplaceNodes(
                new SyntaxNode[] { declaration.Type, call },
                (old, _) => old == call ? repaired : inner.WithTriviaFrom(declaration.Type))
            : root.ReplaceNode(call, repaired);

    private static TypeSyntax? NestedType(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => NestedType(qualified.Right),
        AliasQualifiedNameSyntax alias => NestedType(alias.Name),
        GenericNameSyntax { TypeArgumentList.Arguments: { Count: 1 } arguments } => arguments[0],
        _ => null,
    };
}

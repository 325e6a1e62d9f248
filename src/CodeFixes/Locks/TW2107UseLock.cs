using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Editing;

namespace Threadwise.CodeFixes.Locks;

/// <summary>
/// Makes the field a <c>System.Threading.Lock</c>, and its calls of <c>Monitor</c> calls of the lock. The rule has seen that nothing else is done with it.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW2107UseLock() : ThreadwiseFix("TW2107")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || model is null || site.Target.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is not { Parent: VariableDeclarationSyntax declaration } declarator ||
            model.GetDeclaredSymbol(declarator, cancellation) is not IFieldSymbol field || declarator.Initializer?.Value is not BaseObjectCreationExpressionSyntax creation)
        {
            return null;
        }

        var name = SyntaxFactory.ParseTypeName(IsInScope(model, declaration.SpanStart) ? "Lock" : "System.Threading.Lock");
        var places = new List<SyntaxNode> { declaration.Type };
        if (creation is ObjectCreationExpressionSyntax { Type: var made })
        {
            places.Add(made);
        }

        places.AddRange(root.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => Locked(call) is { } locked &&
            SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(locked, cancellation).Symbol?.OriginalDefinition, field.OriginalDefinition)));
        return document.WithSyntaxRoot(root.ReplaceNodes(places, (old, _) => old is InvocationExpressionSyntax call ? OnLock(call) : name.WithTriviaFrom(old)));
    }

    private static bool IsInScope(SemanticModel model, int position) =>
        model.LookupNamespacesAndTypes(position, name: "Lock").Where(static s => s is not INamedTypeSymbol { Arity: > 0 }).ToList() is { Count: 1 } found &&
        found[0].ToDisplayString() == "System.Threading.Lock";

    /// <summary>The object in <c>Monitor.Enter(object)</c> and <c>Monitor.Exit(object)</c>; that they are the framework's the rule has seen.</summary>
    private static ExpressionSyntax? Locked(InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments.Count == 1 && ((call.Expression as MemberAccessExpressionSyntax)?.Name ?? call.Expression) is IdentifierNameSyntax { Identifier.ValueText: "Enter" or "Exit" }
            ? call.ArgumentList.Arguments[0].Expression
            : null;

    private static InvocationExpressionSyntax OnLock(InvocationExpressionSyntax call)
    {
        var method = (SimpleNameSyntax)((call.Expression as MemberAccessExpressionSyntax)?.Name ?? call.Expression);
        var locked = Locked(call)!;
        return call.WithExpression(SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, locked.WithoutTrivia(), method.WithoutTrivia()).WithTriviaFrom(call.Expression))
            .WithArgumentList(SyntaxFactory.ArgumentList().WithTriviaFrom(call.ArgumentList));
    }
}

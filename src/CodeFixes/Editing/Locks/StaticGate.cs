using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>
/// Gives a static field a static gate of its own in place of the instance locks around it, in one edit: every <c>lock</c> of the class that holds a use of the field, and those that hold a
/// use of another static field which these touch. Nothing comes out where one of them also touches the object, calls code of the project, stands within or around another lock, or
/// locks something else, so that the new lock can be held while nothing else is waited for.
/// </summary>
internal static class StaticGate
{
    /// <param name="document">The document.</param>
    /// <param name="target">A use of the field.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static async Task<Document?> TakeAsync(Document document, SyntaxNode target, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || model?.GetSymbolInfo(target, cancellation).Symbol is not IFieldSymbol { IsStatic: true } field ||
            target.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not ClassDeclarationSyntax { OpenBraceToken.IsMissing: false } part ||
            model.GetDeclaredSymbol(part, cancellation) is not { DeclaringSyntaxReferences.Length: 1 } type || type.IsFileLocal ||
            !SymbolEqualityComparer.Default.Equals(field.ContainingType, type) || !SynchronizedMembers.CanHaveGate(type, isStatic: true, cancellation) ||
            LocksAround(field, part, model, cancellation) is not { Count: > 0 } locks)
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        var gate = GateField.NameFor(type, isStatic: true, model, part.OpenBraceToken.Span.End, cancellation);
        var tracked = root.TrackNodes<SyntaxNode>([part, .. locks.Select(static l => l.Expression)]);
        foreach (var operand in locks.Select(static l => l.Expression))
        {
            tracked = tracked.ReplaceNode(tracked.GetCurrentNode(operand)!, SyntaxFactory.IdentifierName(gate).WithTriviaFrom(operand));
        }

        var now = tracked.GetCurrentNode(part)!;
        return document.WithSyntaxRoot(tracked.ReplaceNode(now, GateField.AddTo(now, part, gate, isStatic: true, layout)));
    }

    /// <summary>The locks that go along, or null where one of them cannot.</summary>
    private static List<LockStatementSyntax>? LocksAround(IFieldSymbol field, ClassDeclarationSyntax part, SemanticModel model, CancellationToken cancellation)
    {
        var locks = new List<LockStatementSyntax>();
        var fields = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var pending = new Queue<ISymbol>([field]);
        while (pending.Count > 0)
        {
            var next = pending.Dequeue();
            if (!fields.Add(next))
            {
                continue;
            }

            foreach (var use in part.DescendantNodes().OfType<IdentifierNameSyntax>().Where(n => n.Identifier.ValueText == next.Name))
            {
                var around = use.Ancestors().TakeWhile(a => a != part).OfType<LockStatementSyntax>().ToList();
                if (around.Count == 0 || locks.Contains(around[0]) || !SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(use, cancellation).Symbol, next))
                {
                    continue;
                }

                if (around.Count > 1 || around[0].Expression.Span.Contains(use.Span) || TouchedBy(around[0], field.ContainingType, model, cancellation) is not { } touched)
                {
                    return null;
                }

                locks.Add(around[0]);
                touched.ForEach(pending.Enqueue);
            }
        }

        return locks;
    }

    /// <summary>The static fields of the class that the body of the lock touches; null where it does more than that.</summary>
    private static List<ISymbol>? TouchedBy(LockStatementSyntax statement, INamedTypeSymbol type, SemanticModel model, CancellationToken cancellation)
    {
        if (!IsOfInstance(model.GetSymbolInfo(statement.Expression, cancellation).Symbol, statement.Expression, type) ||
            statement.Expression.DescendantTrivia().Any(static t => t.IsComment() || t.IsDirective))
        {
            return null;
        }

        var touched = new List<ISymbol>();
        foreach (var node in statement.Statement.DescendantNodes())
        {
            switch (node)
            {
                case LockStatementSyntax or InstanceExpressionSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax:
                case BaseObjectCreationExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax when !IsOfFramework(model.GetSymbolInfo(node, cancellation).Symbol, node):
                    return null;
                case SimpleNameSyntax name:
                    switch (model.GetSymbolInfo(name, cancellation).Symbol)
                    {
                        case IFieldSymbol { IsStatic: true, IsConst: false } used when SymbolEqualityComparer.Default.Equals(used.ContainingType, type):
                            touched.Add(used);
                            break;
                        case IFieldSymbol { IsStatic: false } or IEventSymbol when name.Parent is not MemberAccessExpressionSyntax access || access.Expression == name:
                        case IPropertySymbol property when !IsOfFramework(property, node):
                        case IMethodSymbol method when !IsOfFramework(method, node):
                        case null:
                            return null;
                    }

                    break;
            }
        }

        return touched;
    }

    private static bool IsOfInstance(ISymbol? locked, ExpressionSyntax expression, INamedTypeSymbol type) => expression is ThisExpressionSyntax ||
        (locked is IFieldSymbol { IsStatic: false } && SymbolEqualityComparer.Default.Equals(locked.ContainingType, type));

    /// <summary>A delegate may lead to any code; an element of an array to none.</summary>
    private static bool IsOfFramework(ISymbol? symbol, SyntaxNode node) =>
        symbol is { Locations: { Length: > 0 } locations } ? locations[0].IsInMetadata && symbol is not IMethodSymbol { MethodKind: MethodKind.DelegateInvoke }
            : node is ElementAccessExpressionSyntax && symbol is null;
}

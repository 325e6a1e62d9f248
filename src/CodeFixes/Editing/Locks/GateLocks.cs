using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>
/// Gives all locks of a class on one object a private gate instead, in one edit: <c>lock</c> statements and every <c>Monitor</c> call on it. Understood are
/// <c>this</c>, <c>typeof(T)</c>, constant strings and boxed fields of the class. Nothing comes out where other code of the compilation locks the same
/// object, or may; code of other assemblies is not seen.
/// </summary>
internal static class GateLocks
{
    /// <param name="document">The document.</param>
    /// <param name="target">A locked expression.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static async Task<Document?> MoveAsync(Document document, SyntaxNode target, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || model is null || target.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not ClassDeclarationSyntax { OpenBraceToken.IsMissing: false } part ||
            model.GetDeclaredSymbol(part, cancellation) is not { DeclaringSyntaxReferences.Length: 1 } type || type.IsFileLocal ||
            OperandAt(target, part) is not { } operand || Plan(operand, part, type, model, cancellation) is not { } plan ||
            !SynchronizedMembers.CanHaveGate(type, plan.IsStatic, cancellation) || plan.Own.Any(static o => HasComment(Whole(o))))
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        var gate = GateField.NameFor(type, plan.IsStatic, model, part.OpenBraceToken.Span.End, cancellation);
        var places = plan.Own.Select(Whole).ToList();
        var tracked = root.TrackNodes<SyntaxNode>([part, .. places]);
        foreach (var place in places)
        {
            tracked = tracked.ReplaceNode(tracked.GetCurrentNode(place)!, SyntaxFactory.IdentifierName(gate).WithTriviaFrom(place));
        }

        var now = tracked.GetCurrentNode(part)!;
        return document.WithSyntaxRoot(tracked.ReplaceNode(now, GateField.AddTo(now, part, gate, plan.IsStatic, layout)));
    }

    private static ExpressionSyntax? OperandAt(SyntaxNode target, SyntaxNode part) =>
        IdentityLocks.OperandsIn(part).FirstOrDefault(o => o == target || o.Span == target.Span);

    /// <summary>The locked expressions that go along, and whether one gate stands for all objects of the class; null where some cannot go along.</summary>
    private static (List<ExpressionSyntax> Own, bool IsStatic)? Plan(
        ExpressionSyntax operand, ClassDeclarationSyntax part, INamedTypeSymbol type, SemanticModel model, CancellationToken cancellation)
    {
        if (operand is ThisExpressionSyntax)
        {
            var own = IdentityLocks.OperandsIn(part).Where(o => o is ThisExpressionSyntax && o.FirstAncestorOrSelf<TypeDeclarationSyntax>() == part).ToList();
            return HasSynchronized(type, isStatic: false) || IdentityLocks.MayBeTaken(type, false, model.Compilation, own, cancellation) ? null : (own, false);
        }

        if (operand is TypeOfExpressionSyntax known)
        {
            var own = IdentityLocks.OperandsIn(part).Where(o => o is TypeOfExpressionSyntax other && Same(TypeOf(other), TypeOf(known))).ToList();
            return IsGeneric(type) || TypeOf(known) is not INamedTypeSymbol { IsGenericType: false } locked || HasSynchronized(locked, isStatic: true) ||
                IdentityLocks.MayBeTaken(locked, true, model.Compilation, own, cancellation) ? null : (own, true);
        }

        if (model.GetConstantValue(operand, cancellation) is { HasValue: true, Value: string text })
        {
            var own = IdentityLocks.OperandsIn(part).Where(o => model.GetConstantValue(o, cancellation) is { HasValue: true, Value: string other } && other == text).ToList();
            return IsGeneric(type) || model.Compilation.SyntaxTrees.Any(tree => MayBeText(tree, own, model.Compilation, cancellation)) ? null : (own, true);
        }

        if (model.GetSymbolInfo(operand, cancellation).Symbol is IFieldSymbol { DeclaredAccessibility: Accessibility.Private, Type.IsValueType: true } field && Same(field.ContainingType, type))
        {
            var own = IdentityLocks.OperandsIn(part).Where(o => Same(model.GetSymbolInfo(o, cancellation).Symbol, field)).ToList();
            var uses = part.DescendantNodes().OfType<IdentifierNameSyntax>().Count(n => n.Identifier.ValueText == field.Name);

            // A member of another object, or a static one for its own gate: the gate is that of the object at hand.
            return uses > own.Count && own.All(o => o is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } &&
                o.FirstAncestorOrSelf<TypeDeclarationSyntax>() == part) && !own.Any(o => IsUnderLock(o, own)) ? (own, field.IsStatic) : null;
        }

        return null;

        ITypeSymbol? TypeOf(TypeOfExpressionSyntax expression) => model.GetTypeInfo(expression.Type, cancellation).Type;
    }

    /// <summary>A lock that kept nobody out begins to; under or around another lock that could be a deadlock.</summary>
    private static bool IsUnderLock(ExpressionSyntax operand, List<ExpressionSyntax> own) => Whole(operand).Parent switch
    {
        LockStatementSyntax statement => statement.Ancestors().OfType<LockStatementSyntax>().Any() || statement.Statement.DescendantNodes().OfType<LockStatementSyntax>().Any() ||
            IdentityLocks.OperandsIn(statement.Statement).Any(o => !own.Contains(o)),
        _ => true,
    };

    private static bool MayBeText(SyntaxTree tree, List<ExpressionSyntax> own, Compilation compilation, CancellationToken cancellation)
    {
        var others = IdentityLocks.OperandsOf(tree, cancellation).Where(o => !own.Contains(o)).ToList();
        var model = others.Count == 0 ? null : compilation.GetSemanticModel(tree);
        return others.Any(o => model!.GetTypeInfo(o, cancellation).Type is null or { SpecialType: SpecialType.System_String } or { TypeKind: TypeKind.TypeParameter or TypeKind.Dynamic });
    }

    private static bool HasSynchronized(INamedTypeSymbol type, bool isStatic) =>
        type.GetMembers().OfType<IMethodSymbol>().Any(m => m.IsStatic == isStatic && SynchronizedMembers.IsSynchronized(m));

    private static bool IsGeneric(INamedTypeSymbol type)
    {
        for (var at = type; at is not null; at = at.ContainingType)
        {
            if (at.IsGenericType)
            {
                return true;
            }
        }

        return false;
    }

    private static ExpressionSyntax Whole(ExpressionSyntax operand)
    {
        while (operand.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax)
        {
            operand = (ExpressionSyntax)operand.Parent;
        }

        return operand;
    }

    private static bool HasComment(SyntaxNode node) => node.DescendantTrivia().Any(static t => t.IsComment() || t.IsDirective);

    private static bool Same(ISymbol? one, ISymbol? other) => SymbolEqualityComparer.Default.Equals(one, other);
}

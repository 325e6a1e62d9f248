using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>
/// Whether code of the compilation may lock the objects of a class, or the class itself, other than by what an edit rewrites. A lock on
/// something of a type that such an object cannot have is another lock; one on a plain <c>object</c> counts where the class stores its <c>this</c> as one.
/// </summary>
internal static class IdentityLocks
{
    /// <param name="type">The class.</param>
    /// <param name="isStatic">Whether it is about the class itself.</param>
    /// <param name="compilation">All code that is looked at.</param>
    /// <param name="own">Locked expressions that the edit rewrites.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static bool MayBeTaken(INamedTypeSymbol type, bool isStatic, Compilation compilation, ICollection<ExpressionSyntax> own, CancellationToken cancellation) =>
        (!isStatic && (Relatives(type, compilation).Any(static t => t.GetMembers().OfType<IMethodSymbol>().Any(static m => !m.IsStatic && SynchronizedMembers.IsSynchronized(m))) ||
                       StoresItself(type, compilation, own, cancellation))) ||
        compilation.SyntaxTrees.Any(tree => MayTake(tree, type, isStatic, compilation, own, cancellation));

    /// <summary>Base classes, and the classes of the compilation that derive from <paramref name="type"/>.</summary>
    private static IEnumerable<INamedTypeSymbol> Relatives(INamedTypeSymbol type, Compilation compilation)
    {
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            yield return ancestor;
        }

        if (type.IsSealed)
        {
            yield break;
        }

        var pending = new Stack<INamespaceOrTypeSymbol>();
        pending.Push(compilation.Assembly.GlobalNamespace);
        while (pending.Count > 0)
        {
            foreach (var member in pending.Pop().GetMembers().OfType<INamespaceOrTypeSymbol>())
            {
                pending.Push(member);
                if (member is INamedTypeSymbol derived && !SymbolEqualityComparer.Default.Equals(derived, type) && Inherits(derived, type))
                {
                    yield return derived;
                }
            }
        }
    }

    private static bool StoresItself(INamedTypeSymbol type, Compilation compilation, ICollection<ExpressionSyntax> own, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellation)).Any(part =>
            part.DescendantNodes().OfType<ThisExpressionSyntax>().Where(self => !own.Contains(self)).Any(self =>
                self.Parent is EqualsValueClauseSyntax or AssignmentExpressionSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax or BinaryExpressionSyntax or CastExpressionSyntax &&
                compilation.GetSemanticModel(part.SyntaxTree).GetTypeInfo(self.Parent is CastExpressionSyntax cast ? cast : self, cancellation) is
                    { ConvertedType.SpecialType: SpecialType.System_Object }));

    private static bool MayTake(SyntaxTree tree, INamedTypeSymbol type, bool isStatic, Compilation compilation, ICollection<ExpressionSyntax> own, CancellationToken cancellation)
    {
        SemanticModel? model = null;
        foreach (var operand in OperandsOf(tree, cancellation).Where(operand => !own.Contains(operand)))
        {
            model ??= compilation.GetSemanticModel(tree);
            if (isStatic ? MayBeType(operand, type, model, cancellation) : MayBeInstance(operand, type, model, cancellation))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>All that a file locks; nothing where its text cannot hold a lock.</summary>
    public static IEnumerable<ExpressionSyntax> OperandsOf(SyntaxTree tree, CancellationToken cancellation)
    {
        var text = tree.GetText(cancellation).ToString();
        return text.IndexOf("lock", StringComparison.Ordinal) < 0 && text.IndexOf("Monitor", StringComparison.Ordinal) < 0 ? [] : OperandsIn(tree.GetRoot(cancellation));
    }

    /// <summary>All that a piece of code locks, without brackets and casts.</summary>
    public static IEnumerable<ExpressionSyntax> OperandsIn(SyntaxNode node) => node.DescendantNodes().Select(Operand).OfType<ExpressionSyntax>();

    /// <summary>What a <c>lock</c> statement, or a call that has the name of a method of <c>Monitor</c>, locks.</summary>
    private static ExpressionSyntax? Operand(SyntaxNode node)
    {
        var operand = node switch
        {
            LockStatementSyntax statement => statement.Expression,
            InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } call when
                LockUses.NameOf(call) is "Enter" or "TryEnter" or "Exit" or "Wait" or "Pulse" or "PulseAll" or "IsEntered" => arguments[0].Expression,
            _ => null,
        };
        while (operand is ParenthesizedExpressionSyntax or CastExpressionSyntax)
        {
            operand = operand is ParenthesizedExpressionSyntax parenthesized ? parenthesized.Expression : ((CastExpressionSyntax)operand).Expression;
        }

        return operand;
    }

    private static bool MayBeType(ExpressionSyntax operand, INamedTypeSymbol type, SemanticModel model, CancellationToken cancellation) =>
        operand is TypeOfExpressionSyntax known
            ? Is(model.GetTypeInfo(known.Type, cancellation).Type, type)
            : model.GetTypeInfo(operand, cancellation).Type is { Name: "Type" or "TypeInfo" or "MemberInfo" };

    private static bool MayBeInstance(ExpressionSyntax operand, INamedTypeSymbol type, SemanticModel model, CancellationToken cancellation)
    {
        var its = model.GetTypeInfo(operand, cancellation).Type;
        return its switch
        {
            null or { SpecialType: SpecialType.System_Object } or { IsReferenceType: false, TypeKind: not TypeKind.TypeParameter } => false,
            { TypeKind: TypeKind.TypeParameter or TypeKind.Dynamic } => true,
            { TypeKind: TypeKind.Interface } => !type.IsSealed || type.AllInterfaces.Any(i => Is(i, its)),
            _ => Inherits(its, type) || Inherits(type, its),
        };
    }

    private static bool Inherits(ITypeSymbol type, ITypeSymbol from)
    {
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (Is(ancestor, from))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Is(ITypeSymbol? one, ITypeSymbol other) => SymbolEqualityComparer.Default.Equals(one?.OriginalDefinition, other.OriginalDefinition);
}

using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>
/// The synchronized methods and accessors of a class that share a lock: all its instance ones, or all its static ones. They are one unit, and where one
/// of them cannot be rewritten there is none.
/// </summary>
/// <param name="Type">The class.</param>
/// <param name="AreStatic">Which of its two locks they share.</param>
/// <param name="Each">The declarations, each with its attribute.</param>
internal sealed record SynchronizedMembers(INamedTypeSymbol Type, bool AreStatic, IReadOnlyList<(SyntaxNode Node, AttributeSyntax Attribute)> Each)
{
    private const string Attribute = "System.Runtime.CompilerServices.MethodImplAttribute";

    public IEnumerable<SyntaxNode> Nodes => Each.Select(static each => each.Node);

    public static SynchronizedMembers? Around(AttributeSyntax attribute, SemanticModel model, CancellationToken cancellation)
    {
        if (attribute.Parent?.Parent is not { } declaration || declaration.FirstAncestorOrSelf<ClassDeclarationSyntax>() is null ||
            model.GetDeclaredSymbol(declaration, cancellation) is not IMethodSymbol method || !CanHaveGate(method.ContainingType, method.IsStatic, cancellation))
        {
            return null;
        }

        var type = method.ContainingType;
        var each = new List<(SyntaxNode, AttributeSyntax)>();
        foreach (var member in type.GetMembers().OfType<IMethodSymbol>().Where(m => m.IsStatic == method.IsStatic && IsSynchronized(m)))
        {
            var data = member.GetAttributes().FirstOrDefault(static a => a.AttributeClass?.ToDisplayString() == Attribute);
            if (member.PartialDefinitionPart is not null || member.PartialImplementationPart is not null || member.DeclaringSyntaxReferences.Length != 1 ||
                member.DeclaringSyntaxReferences[0].GetSyntax(cancellation) is not { } node || node.SyntaxTree != attribute.SyntaxTree ||
                data?.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax its || its.Parent?.Parent != node || !CanBeLocked(node))
            {
                return null;
            }

            each.Add((node, its));
        }

        return each.Count == 0 ? null : new SynchronizedMembers(type, method.IsStatic, each.OrderBy(static e => e.Item1.SpanStart).ToList());
    }

    public static bool IsSynchronized(IMethodSymbol method) => (method.MethodImplementationFlags & MethodImplAttributes.Synchronized) != 0;

    /// <summary>The declaration without the option and with its body under a <c>lock</c>, or null.</summary>
    public SyntaxNode? Rewrite(SyntaxNode node, AttributeSyntax attribute, string gate, Layout layout)
    {
        var returns = node switch
        {
            MethodDeclarationSyntax { ReturnType: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } } or DestructorDeclarationSyntax => false,
            AccessorDeclarationSyntax accessor => accessor.IsKind(SyntaxKind.GetAccessorDeclaration),
            _ => true,
        };
        return SynchronizedOption.Remove(node, attribute) is not { } bare ? null : (node, bare) switch
        {
            (BaseMethodDeclarationSyntax { Body: { } body }, BaseMethodDeclarationSyntax method) => method.WithBody(LockBlock.Around(body, gate, layout)),
            (AccessorDeclarationSyntax { Body: { } body }, AccessorDeclarationSyntax accessor) => accessor.WithBody(LockBlock.Around(body, gate, layout)),
            (BaseMethodDeclarationSyntax { ExpressionBody: { } arrow } old, BaseMethodDeclarationSyntax method) =>
                Plain(method).WithExpressionBody(null).WithSemicolonToken(default).WithBody(LockBlock.Of(arrow, old.SemicolonToken, returns, node, gate, layout)),
            (AccessorDeclarationSyntax { ExpressionBody: { } arrow } old, AccessorDeclarationSyntax accessor) =>
                (arrow.Parent!.Parent is AccessorListSyntax list && layout.IsOnOneLine(list) ? accessor : accessor.WithKeyword(accessor.Keyword.WithTrailingTrivia()))
                    .WithExpressionBody(null).WithSemicolonToken(default).WithBody(LockBlock.Of(arrow, old.SemicolonToken, returns, node, gate, layout)),
            _ => null,
        };
    }

    /// <summary>Without the space or line that stood before the arrow.</summary>
    private static BaseMethodDeclarationSyntax Plain(BaseMethodDeclarationSyntax method)
    {
        var last = method.ExpressionBody!.ArrowToken.GetPreviousToken();
        return method.ReplaceToken(last, last.WithTrailingTrivia());
    }

    /// <summary>
    /// A new field must not change what the class is: a record compares its fields, a serializer may write them or leave them null, a
    /// clone would share the gate, a fixed layout would move. Static fields of a class in several files have no order of initialization.
    /// </summary>
    public static bool CanHaveGate(INamedTypeSymbol type, bool isStatic, CancellationToken cancellation)
    {
        var parts = type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellation)).ToList();
        return type is { TypeKind: TypeKind.Class, IsRecord: false } &&
            (isStatic
                ? parts.Select(static p => p.SyntaxTree).Distinct().Count() == 1
                : !type.IsSerializable && !type.GetAttributes().Any(static a => a.AttributeClass?.ToDisplayString() is
                      "System.Runtime.InteropServices.StructLayoutAttribute" or "System.Runtime.Serialization.DataContractAttribute") &&
                  !parts.SelectMany(static p => p.DescendantTokens()).Any(static t => t.ValueText == nameof(MemberwiseClone))) &&
            !parts.SelectMany(static p => p.DescendantNodes()).OfType<AttributeSyntax>()
                .Any(static a => a.Parent?.Parent is LocalFunctionStatementSyntax or LambdaExpressionSyntax && a.Name.ToString().Contains("MethodImpl"));
    }

    /// <summary>
    /// An iterator is locked while its object is made and not while it runs; a constructor is locked before the base class is. An empty body would
    /// become an empty lock.
    /// </summary>
    private static bool CanBeLocked(SyntaxNode node)
    {
        var (body, arrow) = node switch
        {
            ConstructorDeclarationSyntax => (null, null),
            BaseMethodDeclarationSyntax method => (method.Body, method.ExpressionBody),
            AccessorDeclarationSyntax accessor => (accessor.Body, accessor.ExpressionBody),
            _ => (null, null),
        };
        return (body is { Statements.Count: > 0 } && !HasYield(body)) || (arrow is not null && !arrow.ArrowToken.LeadingTrivia.Concat(arrow.ArrowToken.TrailingTrivia)
            .Concat(arrow.GetTrailingTrivia()).Concat(arrow.ArrowToken.GetPreviousToken().TrailingTrivia).Any(static t => t.IsComment() || t.IsDirective));
    }

    private static bool HasYield(BlockSyntax body) =>
        body.DescendantNodes(static n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(static n => n is YieldStatementSyntax);
}

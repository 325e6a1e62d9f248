using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Threadwise.Proving.Metamorphic.Transformations;

/// <summary>
/// Moves the whole body of every method into a private helper that the method calls. An <c>async</c> method awaits its helper, and stays as
/// it is when it awaits nothing itself: then it only looks like one. So does a <c>readonly</c> method, whose locks are copies.
/// </summary>
internal static class BodyToHelper
{
    public static SyntaxNode? Apply(SemanticModel model, SyntaxNode root)
    {
        var replaced = new Dictionary<SyntaxNode, SyntaxNode>();
        var added = new List<(TypeDeclarationSyntax Type, MemberDeclarationSyntax Helper)>();
        foreach (var method in root.DescendantNodes().OfType<MethodDeclarationSyntax>())
        {
            if ((method.Body is not null || method.ExpressionBody is not null) && Helpers.Home(method) is { } type && type == method.Parent &&
                model.GetDeclaredSymbol(method) is { ReturnsByRef: false, ReturnsByRefReadonly: false, IsReadOnly: false, PartialImplementationPart: null, PartialDefinitionPart: null } symbol &&
                (!symbol.IsAsync || IsIterator(symbol) || method.DescendantNodes().Any(static n => n is AwaitExpressionSyntax)))
            {
                var name = $"Whole{replaced.Count}";
                replaced.Add(method, Caller(method, name, symbol.IsAsync && !IsIterator(symbol)));
                added.Add((type, Helper(method, name, symbol.IsStatic)));
            }
        }

        return replaced.Count == 0 || root.ContainsDirectives ? null : Helpers.Add(root, replaced, added.ToLookup(static a => a.Type, static a => a.Helper));
    }

    private static MethodDeclarationSyntax Helper(MethodDeclarationSyntax method, string name, bool isStatic) => method
        .WithAttributeLists([])
        .WithExplicitInterfaceSpecifier(null)
        .WithModifiers(Helpers.Modifiers(isStatic, method.Modifiers.Any(SyntaxKind.AsyncKeyword), method.Modifiers.Any(SyntaxKind.UnsafeKeyword)))
        .WithReturnType(method.Modifiers.Any(SyntaxKind.AsyncKeyword) && method.ReturnType.ToString() == "void" ? IdentifierName("Task") : method.ReturnType)
        .WithIdentifier(Identifier(name))
        .WithParameterList(ParameterList(SeparatedList(method.ParameterList.Parameters.Select(static p => p
            .WithAttributeLists([]).WithDefault(null).WithModifiers([.. p.Modifiers.Where(static m => !m.IsKind(SyntaxKind.ThisKeyword) && !m.IsKind(SyntaxKind.ParamsKeyword))])))));

    private static MethodDeclarationSyntax Caller(MethodDeclarationSyntax method, string name, bool awaits)
    {
        SimpleNameSyntax target = method.TypeParameterList is not { } generic ? IdentifierName(name)
            : GenericName(name).WithTypeArgumentList(TypeArgumentList(SeparatedList<TypeSyntax>(generic.Parameters.Select(static p => IdentifierName(p.Identifier.Text)))));
        var call = InvocationExpression(target, ArgumentList(SeparatedList(method.ParameterList.Parameters.Select(Argument))));
        return MethodDeclaration(
            method.AttributeLists,
            [.. method.Modifiers.Where(m => awaits || !m.IsKind(SyntaxKind.AsyncKeyword))],
            method.ReturnType,
            method.ExplicitInterfaceSpecifier!,
            method.Identifier,
            method.TypeParameterList!,
            method.ParameterList,
            method.ConstraintClauses,
            null!,
            ArrowExpressionClause(awaits ? AwaitExpression(call) : call),
            Token(SyntaxKind.SemicolonToken));
    }

    private static bool IsIterator(IMethodSymbol method) => method.ReturnType.Name is "IAsyncEnumerable" or "IAsyncEnumerator";

    private static ArgumentSyntax Argument(ParameterSyntax parameter)
    {
        var passing = parameter.Modifiers.FirstOrDefault(static m => m.Kind() is SyntaxKind.RefKeyword or SyntaxKind.OutKeyword or SyntaxKind.InKeyword);
        return SyntaxFactory.Argument(null, Token(passing.Kind() is SyntaxKind.None ? SyntaxKind.None : passing.Kind()), IdentifierName(parameter.Identifier.Text));
    }
}

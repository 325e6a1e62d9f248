using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Threadwise.Proving.Metamorphic.Transformations;

/// <summary>
/// Moves every statement that calls or creates something into a private helper of its own, its locals as parameters. Statements that
/// await, or write a local of the method, stay.
/// </summary>
internal static class StatementsToHelpers
{
    public static SyntaxNode? Apply(SemanticModel model, SyntaxNode root)
    {
        var replaced = new Dictionary<SyntaxNode, SyntaxNode>();
        var added = new List<(TypeDeclarationSyntax Type, MemberDeclarationSyntax Helper)>();
        foreach (var statement in root.DescendantNodes().OfType<ExpressionStatementSyntax>())
        {
            if (statement.Expression is InvocationExpressionSyntax or ObjectCreationExpressionSyntax or AssignmentExpressionSyntax { Right: InvocationExpressionSyntax } &&
                !statement.Ancestors().Any(replaced.ContainsKey) && Helpers.Home(statement) is { } type && Parameters(model, statement) is { } parameters)
            {
                var name = $"Part{replaced.Count}";
                var isStatic = model.GetEnclosingSymbol(statement.SpanStart) is { IsStatic: true };
                replaced.Add(statement, ExpressionStatement(InvocationExpression(
                    IdentifierName(name), ArgumentList(SeparatedList(parameters.Select(static p => Argument(IdentifierName(p.Name))))))));
                added.Add((type, MethodDeclaration(PredefinedType(Token(SyntaxKind.VoidKeyword)), name)
                    .WithModifiers(Helpers.Modifiers(isStatic, isAsync: false, isUnsafe: false))
                    .WithParameterList(ParameterList(SeparatedList(parameters.Select(static p => Parameter(Identifier(p.Name)).WithType(ParseTypeName(p.Type))))))
                    .WithBody(Block(statement))));
            }
        }

        return replaced.Count == 0 || root.ContainsDirectives ? null : Helpers.Add(root, replaced, added.ToLookup(static a => a.Type, static a => a.Helper));
    }

    /// <summary>The locals that the statement reads; null when it cannot leave its method.</summary>
    private static List<(string Name, string Type)>? Parameters(SemanticModel model, ExpressionStatementSyntax statement)
    {
        var flow = model.AnalyzeDataFlow(statement);
        if (flow is not { Succeeded: true } || Awaits(statement))
        {
            return null;
        }

        var outer = flow.ReadInside.Concat(flow.WrittenInside).Distinct(SymbolEqualityComparer.Default).OfType<ISymbol>()
            .Where(symbol => !flow.VariablesDeclared.Contains(symbol) && symbol is not IParameterSymbol { IsThis: true }).ToList();
        var mayLeave = flow.WrittenInside.All(symbol => flow.VariablesDeclared.Contains(symbol) || symbol is IParameterSymbol { IsThis: true }) &&
            outer.All(static symbol => Type(symbol) is { IsRefLikeType: false, IsAnonymousType: false } && !IsGenericOfMethod(Type(symbol)!)) &&
            !CallsLocalFunction(model, statement);
        return mayLeave ? [.. outer.Select(static symbol => (symbol.Name, Type(symbol)!.ToDisplayString(NullableFlowState.None, SymbolDisplayFormat.FullyQualifiedFormat)))] : null;
    }

    private static bool Awaits(SyntaxNode statement) =>
        statement.DescendantNodes(static n => n is not AnonymousFunctionExpressionSyntax).Any(static n => n is AwaitExpressionSyntax);

    private static bool CallsLocalFunction(SemanticModel model, SyntaxNode statement) => statement.DescendantNodes().OfType<SimpleNameSyntax>()
        .Any(name => model.GetSymbolInfo(name).Symbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction });

    private static ITypeSymbol? Type(ISymbol symbol) => symbol switch
    {
        ILocalSymbol { IsRef: false } local => local.Type,
        IParameterSymbol { RefKind: RefKind.None } parameter => parameter.Type,
        _ => null,
    };

    private static bool IsGenericOfMethod(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol parameter => parameter.TypeParameterKind == TypeParameterKind.Method,
        INamedTypeSymbol named => named.TypeArguments.Any(IsGenericOfMethod),
        IArrayTypeSymbol array => IsGenericOfMethod(array.ElementType),
        _ => false,
    };
}

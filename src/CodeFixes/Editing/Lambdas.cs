using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Threadwise.CodeFixes.Editing;

/// <summary>Edits of a lambda's parameters.</summary>
internal static class Lambdas
{
    /// <summary>The lambda in <c>(ThreadStart)(…)</c> or <c>new ThreadStart(…)</c>, or <paramref name="value"/> itself when it is one.</summary>
    public static AnonymousFunctionExpressionSyntax? WithoutDelegateType(ExpressionSyntax? value) => value switch
    {
        AnonymousFunctionExpressionSyntax lambda => lambda,
        ParenthesizedExpressionSyntax parenthesized => WithoutDelegateType(parenthesized.Expression),
        CastExpressionSyntax cast => WithoutDelegateType(cast.Expression),
        ObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } => WithoutDelegateType(arguments[0].Expression),
        _ => null,
    };

    /// <summary>The lambda, async.</summary>
    public static AnonymousFunctionExpressionSyntax Async(AnonymousFunctionExpressionSyntax lambda) => lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword) ? lambda
        : lambda.WithoutLeadingTrivia().AddModifiers(SyntaxFactory.Token(default, SyntaxKind.AsyncKeyword, Trivia.Space)).WithLeadingTrivia(lambda.GetLeadingTrivia());

    /// <summary>The lambda without parameters, or null when its body uses one, or when its return type is written out.</summary>
    public static AnonymousFunctionExpressionSyntax? WithoutParameters(AnonymousFunctionExpressionSyntax lambda)
    {
        var empty = SyntaxFactory.ParameterList();
        switch (lambda)
        {
            case SimpleLambdaExpressionSyntax simple when !Uses(simple.Body, simple.Parameter):
                return SyntaxFactory.ParenthesizedLambdaExpression(
                    simple.AttributeLists, simple.Modifiers, null, empty.WithTriviaFrom(simple.Parameter), simple.ArrowToken, simple.Block, simple.ExpressionBody);
            case ParenthesizedLambdaExpressionSyntax { ReturnType: null } full when !full.ParameterList.Parameters.Any(p => Uses(full.Body, p)):
                return full.ParameterList.Parameters.Count == 0 ? full : full.WithParameterList(empty.WithTriviaFrom(full.ParameterList));
            case AnonymousMethodExpressionSyntax method when method.ParameterList is not { } list || !list.Parameters.Any(p => Uses(method.Body, p)):
                return method.ParameterList is null ? method : method.WithParameterList(empty.WithTriviaFrom(method.ParameterList));
            default:
                return null;
        }
    }

    /// <summary>The lambda with a cancellation token as its last parameter, which the body need not use; null when it cannot take one.</summary>
    public static AnonymousFunctionExpressionSyntax? WithToken(AnonymousFunctionExpressionSyntax lambda)
    {
        // Parsed as a whole, because only the parser makes the name "_" a discard.
        var token = ((ParenthesizedLambdaExpressionSyntax)SyntaxFactory.ParseExpression($"({FreeName(lambda)}) => 0")).ParameterList.Parameters[0];
        switch (lambda)
        {
            case SimpleLambdaExpressionSyntax simple:
                var both = SyntaxFactory.ParameterList(List(simple.Parameter.WithoutTrivia(), token)).WithTriviaFrom(simple.Parameter);
                return SyntaxFactory.ParenthesizedLambdaExpression(
                    simple.AttributeLists, simple.Modifiers, null, both, simple.ArrowToken, simple.Block, simple.ExpressionBody);
            case ParenthesizedLambdaExpressionSyntax { ReturnType: null, ParameterList.Parameters: { Count: 1 } parameters } full:
                return full.WithParameterList(full.ParameterList.WithParameters(List(parameters[0], Typed(token, parameters[0]))));
            case AnonymousMethodExpressionSyntax { ParameterList: { Parameters: { Count: 1 } parameters } list } method:
                return method.WithParameterList(list.WithParameters(List(parameters[0], Typed(token, parameters[0]))));
            default:
                return null;
        }
    }

    private static ParameterSyntax Typed(ParameterSyntax token, ParameterSyntax first) => first.Type is null
        ? token
        : token.WithType(SyntaxFactory.ParseTypeName("global::System.Threading.CancellationToken")
            .WithAdditionalAnnotations(Simplifier.Annotation).WithTrailingTrivia(SyntaxFactory.Space));

    private static SeparatedSyntaxList<ParameterSyntax> List(ParameterSyntax first, ParameterSyntax second) =>
        SyntaxFactory.SeparatedList(new[] { first, second }, new[] { SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space) });

    /// <summary>A discard, unless the lambda has a use for that name.</summary>
    private static string FreeName(AnonymousFunctionExpressionSyntax lambda) =>
        new[] { "_", "token", "cancellationToken" }.FirstOrDefault(name => !Names(lambda.Body, name)) ?? "bodyToken";

    private static bool Uses(SyntaxNode body, ParameterSyntax parameter) => Names(body, parameter.Identifier.ValueText);

    private static bool Names(SyntaxNode body, string name) =>
        body.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name);
}

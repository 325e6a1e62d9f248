using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Threads;

/// <summary>
/// A collection that a parallel loop fills, one element a round, becomes an array with a slot for each input: <c>results[i] = …</c> for <c>results.Add(…)</c>. It must be declared right before the loop, so that its length
/// is that of the inputs.
/// </summary>
internal static class SlotArray
{
    /// <summary>The root with the array for the collection that <paramref name="add"/> fills; null where the code is of another form.</summary>
    public static SyntaxNode? Of(SyntaxNode root, InvocationExpressionSyntax add, string count)
    {
        if (add is not { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var name } results }, ArgumentList.Arguments: { Count: 1 } given } ||
            add.FirstAncestorOrSelf<LambdaExpressionSyntax>() is not { AsyncKeyword.RawKind: 0 } work || work.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { Expression: MemberAccessExpressionSyntax { Name: var method } } loop ||
            loop.FirstAncestorOrSelf<StatementSyntax>() is not { } started || Siblings.Around(started) is not { } list || list.Statements.TakeWhile(s => s != started).LastOrDefault() is not LocalDeclarationStatementSyntax { Declaration: { Variables: { Count: 1 } variables } declaration } || variables[0].Identifier.ValueText != name || variables[0].Initializer is not { } made || ElementOf(declaration.Type, made.Value) is not { } element)
        {
            return null;
        }

        var isNumbered = method.Identifier.ValueText == "For";
        var length = isNumbered ? loop.ArgumentList.Arguments[1].Expression.WithoutTrivia().ToString() : $"{loop.ArgumentList.Arguments[0].Expression.WithoutTrivia()}.{count}";
        if (ParameterOf(work) is not { } own || isNumbered && loop.ArgumentList.Arguments[0].Expression.ToString() != "0")
        {
            return null;
        }

        var slot = isNumbered ? own.Identifier.ValueText : FreshName.For("index", work);
        var changes = new Dictionary<SyntaxNode, SyntaxNode>
        {
            [add] = SyntaxFactory.ParseExpression($"{results.WithoutTrivia()}[{slot}] = {given[0].Expression.WithoutTrivia()}").WithTriviaFrom(add),
            [made.Value] = SyntaxFactory.ParseExpression($"new {element}[{length}]").WithTriviaFrom(made.Value),
        };
        if (!declaration.Type.IsVar)
        {
            changes[declaration.Type] = SyntaxFactory.ParseTypeName($"{element}[]").WithTriviaFrom(declaration.Type);
        }

        if (!isNumbered)
        {
            // A list of parameters by itself is parsed as that of a method, with types.
            SyntaxNode parameters = work is ParenthesizedLambdaExpressionSyntax full ? full.ParameterList : own;
            changes[parameters] = ((ParenthesizedLambdaExpressionSyntax)SyntaxFactory.ParseExpression($"({own.Identifier.ValueText}, _, {slot}) => {slot}")).ParameterList.WithTriviaFrom(parameters);
        }

        foreach (var asked in list.Scope.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Where(a => a is { Expression: IdentifierNameSyntax { Identifier.ValueText: var of }, Name.Identifier.ValueText: "Count", Parent: not InvocationExpressionSyntax } && of == name))
        {
            changes[asked.Name] = SyntaxFactory.IdentifierName("Length").WithTriviaFrom(asked.Name);
        }

        return work is SimpleLambdaExpressionSyntax simple && !isNumbered ? WithParameters(root, simple, changes) : root.ReplaceNodes(changes.Keys, (node, _) => changes[node]);
    }

    /// <summary>A lambda with one parameter and no parentheses is another kind of node than one with three.</summary>
    private static SyntaxNode WithParameters(SyntaxNode root, SimpleLambdaExpressionSyntax simple, Dictionary<SyntaxNode, SyntaxNode> changes)
    {
        var parameters = (ParameterListSyntax)changes[simple.Parameter];
        changes.Remove(simple.Parameter);
        var inside = changes.Keys.Where(node => simple.Span.Contains(node.Span)).ToList();
        var body = inside.Contains(simple.Body) ? changes[simple.Body] : simple.Body.ReplaceNodes(inside, (node, _) => changes[node]);
        foreach (var node in inside)
        {
            changes.Remove(node);
        }

        changes[simple] = SyntaxFactory.ParenthesizedLambdaExpression(simple.Modifiers, parameters, simple.ArrowToken, body as BlockSyntax, body as ExpressionSyntax).WithTriviaFrom(simple);
        return root.ReplaceNodes(changes.Keys, (node, _) => changes[node]);
    }

    private static ParameterSyntax? ParameterOf(LambdaExpressionSyntax work) => work switch
    {
        SimpleLambdaExpressionSyntax simple => simple.Parameter,
        ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: { Count: 1 } only } when only[0].Type is null => only[0],
        _ => null,
    };

    /// <summary>The type of the elements, as the collection is written.</summary>
    private static TypeSyntax? ElementOf(TypeSyntax declared, ExpressionSyntax made) =>
        (made as ObjectCreationExpressionSyntax)?.Type.DescendantNodesAndSelf().OfType<GenericNameSyntax>().FirstOrDefault()?.TypeArgumentList.Arguments[0].WithoutTrivia() ??
        (made is ImplicitObjectCreationExpressionSyntax ? declared.DescendantNodesAndSelf().OfType<GenericNameSyntax>().FirstOrDefault()?.TypeArgumentList.Arguments[0].WithoutTrivia() : null);
}

using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Proving.Mutation.Operators;

/// <summary>The answer of an atomic call is thrown away and the variable read again.</summary>
internal static class AtomicOperators
{
    public static IEnumerable<Mutant> ReadAgain(SemanticModel model, SyntaxNode root)
    {
        foreach (var call in Calls(model, root).Where(static c => Name(c) is "Increment" or "Decrement" or "Add"))
        {
            var variable = Variable(call);
            if (call.FirstAncestorOrSelf<ArrowExpressionClauseSyntax>() is { Expression: var body, Parent: MethodDeclarationSyntax { ReturnType: var type, SemicolonToken.Span.End: var end } } arrow && body == call && type.ToString() != "void")
            {
                yield return new Mutant(call.Span, [new TextChange(TextSpan.FromBounds(arrow.SpanStart, end), $"{{ {call}; return {variable}; }}")]);
            }
            else if (Whole(call) is { } statement)
            {
                yield return Mutant.Insert(call, statement.SpanStart, $"{call}; ").With(new TextChange(call.Span, variable));
            }
        }
    }

    public static IEnumerable<Mutant> TestVariable(SemanticModel model, SyntaxNode root)
    {
        foreach (var call in Calls(model, root).Where(static c => Name(c) == "CompareExchange"))
        {
            if (call.Parent is BinaryExpressionSyntax { Parent: IfStatementSyntax { Parent: BlockSyntax } test } comparison && comparison.Left == call &&
                comparison.Right.ToString() == call.ArgumentList.Arguments[2].ToString())
            {
                var replaced = $"{Variable(call)} {comparison.OperatorToken} {call.ArgumentList.Arguments[1]}";
                yield return Mutant.Insert(call, test.SpanStart, $"{call}; ").With(new TextChange(comparison.Span, replaced));
            }
        }
    }

    public static IEnumerable<Mutant> FreshComparand(SemanticModel model, SyntaxNode root) =>
        from call in Calls(model, root)
        where Name(call) == "CompareExchange" && model.GetSymbolInfo(call.ArgumentList.Arguments[2].Expression).Symbol is ILocalSymbol { IsConst: false }
        select Mutant.Replace(call.ArgumentList.Arguments[2], Variable(call));

    private static Mutant With(this Mutant mutant, TextChange change) => mutant with { Changes = mutant.Changes.Add(change) };

    /// <summary>The statement that uses the result, when the call is the first thing that it evaluates.</summary>
    private static StatementSyntax? Whole(InvocationExpressionSyntax call)
    {
        var statement = call.FirstAncestorOrSelf<StatementSyntax>();
        var isUsed = statement switch
        {
            ReturnStatementSyntax => true,
            LocalDeclarationStatementSyntax => true,

            // A threshold holds for every later value, so that another thread's is as good; an exact number does not.
            IfStatementSyntax => call.Parent.IsKind(SyntaxKind.EqualsExpression) || call.Parent.IsKind(SyntaxKind.NotEqualsExpression),
            ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } => assignment.Right.Span.Contains(call.Span),
            _ => false,
        };
        return isUsed && statement!.Parent is BlockSyntax && !call.Ancestors().TakeWhile(n => n != statement).Any(static n => n is AnonymousFunctionExpressionSyntax) ? statement : null;
    }

    private static IEnumerable<InvocationExpressionSyntax> Calls(SemanticModel model, SyntaxNode root) =>
        root.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call =>
            call.Expression is MemberAccessExpressionSyntax && call.ArgumentList.Arguments is [{ RefOrOutKeyword.RawKind: (int)SyntaxKind.RefKeyword }, ..] &&
            model.GetSymbolInfo(call).Symbol is IMethodSymbol { ContainingType: { Name: "Interlocked", ContainingNamespace.Name: "Threading" } });

    private static string Name(InvocationExpressionSyntax call) => ((MemberAccessExpressionSyntax)call.Expression).Name.Identifier.Text;

    private static string Variable(InvocationExpressionSyntax call) => call.ArgumentList.Arguments[0].Expression.ToString();
}

using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Threadwise.CodeFixes.Editing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Threadwise.CodeFixes.SharedState;

/// <summary>
/// The loop around a read, what is computed from it, and the exchange that stores it: it goes on until nobody came in between. Only for what may
/// run again: declarations without side effects, whose variables nobody needs afterwards.
/// </summary>
internal static class InterlockedRetry
{
    /// <param name="root">The root of the document.</param>
    /// <param name="call">The exchange, a statement of its own.</param>
    /// <param name="places">The declarator that holds the earlier read; or the reads inside the call, the comparand last.</param>
    /// <param name="model">The document's semantic model.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static SyntaxNode? Wrap(
        SyntaxNode root, InvocationExpressionSyntax call, ImmutableArray<SyntaxNode?> places, SemanticModel model, CancellationToken cancellation)
    {
        if (TW3013UseInterlockedResult.StatementOf(call) is not { } statement || Comparand(call) is not { } comparand || Stored(call) is not { } stored ||
            !MayRunAgain(stored) || model.GetTypeInfo(call, cancellation).Type is not { } type)
        {
            return null;
        }

        return places[0] is VariableDeclaratorSyntax declarator
            ? WrapDeclarations(root, call, statement, declarator, comparand, type)
            : WrapReads(root, call, statement, places, comparand, type);
    }

    /// <summary>The argument that the variable is compared with.</summary>
    public static ExpressionSyntax? Comparand(InvocationExpressionSyntax call) => Argument(call, 2, "comparand");

    private static ExpressionSyntax? Stored(InvocationExpressionSyntax call) => Argument(call, 1, "value");

    private static ExpressionSyntax? Argument(InvocationExpressionSyntax call, int position, string name)
    {
        var arguments = call.ArgumentList.Arguments;
        return arguments.Any(static a => a.NameColon is not null)
            ? arguments.FirstOrDefault(a => a.NameColon?.Name.Identifier.ValueText == name)?.Expression
            : arguments.ElementAtOrDefault(position)?.Expression;
    }

    private static SyntaxNode? WrapDeclarations(
        SyntaxNode root, InvocationExpressionSyntax call, ExpressionStatementSyntax statement, VariableDeclaratorSyntax declarator,
        ExpressionSyntax comparand, ITypeSymbol type)
    {
        var statements = statement.Parent switch
        {
            BlockSyntax block => block.Statements,
            SwitchSectionSyntax section => section.Statements,
            _ => default,
        };
        var last = statements.IndexOf(statement);
        var first = declarator.Parent?.Parent is LocalDeclarationStatementSyntax read ? statements.IndexOf(read) : -1;
        if (first < 0 || last < first)
        {
            return null;
        }

        var declarations = statements.Skip(first).Take(last - first).OfType<LocalDeclarationStatementSyntax>().ToImmutableArray();
        if (declarations.Length != last - first ||
            !declarations.All(d => d.UsingKeyword.RawKind == 0 && d.Declaration.Variables.All(v => v == declarator || v.Initializer is not { Value: { } value } || MayRunAgain(value))))
        {
            return null;
        }

        var names = declarations.SelectMany(static d => d.Declaration.Variables).Select(static v => v.Identifier.ValueText).ToImmutableHashSet();
        if (statements.Skip(last + 1).SelectMany(static s => s.DescendantTokens()).Any(t => t.IsKind(SyntaxKind.IdentifierToken) && names.Contains(t.ValueText)))
        {
            return null;
        }

        var body = declarations.Select((d, i) => i == 0 ? (StatementSyntax)d.WithoutLeadingTrivia() : d).ToList();
        body.Add(LeaveIf(IsStored(call.WithoutTrivia(), comparand.WithoutTrivia(), type)).WithLeadingTrivia(statement.GetLeadingTrivia().Where(static t => !t.IsKind(SyntaxKind.WhitespaceTrivia))));
        var loop = Loop(body).WithLeadingTrivia(declarations[0].GetLeadingTrivia()).WithTrailingTrivia(statement.GetTrailingTrivia());
        var kept = statements.Take(first).Append(loop).Concat(statements.Skip(last + 1));
        return statement.Parent is BlockSyntax parent
            ? root.ReplaceNode(parent, parent.WithStatements(List(kept)))
            : root.ReplaceNode(statement.Parent!, ((SwitchSectionSyntax)statement.Parent!).WithStatements(List(kept)));
    }

    private static SyntaxNode? WrapReads(
        SyntaxNode root, InvocationExpressionSyntax call, ExpressionStatementSyntax statement, ImmutableArray<SyntaxNode?> reads,
        ExpressionSyntax comparand, ITypeSymbol type)
    {
        // A conversion of the comparand would have to be made again.
        if (reads[reads.Length - 1] != comparand)
        {
            return null;
        }

        var name = FreshName.For("current", statement);
        var exchange = call.ReplaceNodes(reads.Select(static r => r!), (read, _) => IdentifierName(name).WithTriviaFrom(read)).WithoutTrivia();
        var read = LocalDeclarationStatement(VariableDeclaration(
            IdentifierName(Identifier(TriviaList(), SyntaxKind.VarKeyword, "var", "var", TriviaList(Space))),
            SingletonSeparatedList(VariableDeclarator(name).WithInitializer(EqualsValueClause(comparand.WithoutTrivia())))));
        return root.ReplaceNode(statement, Loop([read, LeaveIf(IsStored(exchange, IdentifierName(name), type))]).WithTriviaFrom(statement));
    }

    private static WhileStatementSyntax Loop(System.Collections.Generic.List<StatementSyntax> body) =>
        WhileStatement(LiteralExpression(SyntaxKind.TrueLiteralExpression), Block(body)).WithAdditionalAnnotations(Formatter.Annotation);

    private static IfStatementSyntax LeaveIf(ExpressionSyntax condition) => IfStatement(condition, Block(BreakStatement()));

    /// <summary>
    /// The exchange compares bits or references, and so must its test: an overloaded <c>==</c> would compare contents, and that of
    /// floating-point numbers takes no NaN for itself.
    /// </summary>
    private static ExpressionSyntax IsStored(ExpressionSyntax exchange, ExpressionSyntax old, ITypeSymbol type)
    {
        if (type.SpecialType is SpecialType.System_Single or SpecialType.System_Double)
        {
            return InvocationExpression(
                MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, exchange, IdentifierName("Equals")), Arguments(old));
        }

        return type.IsReferenceType && HasOwnEquality(type)
            ? InvocationExpression(IdentifierName("ReferenceEquals"), Arguments(exchange, old))
            : BinaryExpression(SyntaxKind.EqualsExpression, exchange, old);
    }

    private static bool HasOwnEquality(ITypeSymbol type)
    {
        for (ITypeSymbol? up = type; up is not null; up = up.BaseType)
        {
            if (up.TypeKind == TypeKind.Delegate || !up.GetMembers(WellKnownMemberNames.EqualityOperatorName).IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    private static ArgumentListSyntax Arguments(params ExpressionSyntax[] arguments) => ArgumentList(SeparatedList(arguments.Select(static a => SyntaxFactory.Argument(a))));

    /// <summary>No await, creation, write or lambda, and no call but the outermost one, which the rule knows to compute only.</summary>
    private static bool MayRunAgain(ExpressionSyntax value)
    {
        while (value is ParenthesizedExpressionSyntax or CastExpressionSyntax)
        {
            value = value is CastExpressionSyntax cast ? cast.Expression : ((ParenthesizedExpressionSyntax)value).Expression;
        }

        return value.DescendantNodesAndSelf().All(node => node switch
        {
            InvocationExpressionSyntax => node == value,
            AwaitExpressionSyntax or AssignmentExpressionSyntax or AnonymousFunctionExpressionSyntax or BaseObjectCreationExpressionSyntax => false,
            PrefixUnaryExpressionSyntax unary => !unary.IsKind(SyntaxKind.PreIncrementExpression) && !unary.IsKind(SyntaxKind.PreDecrementExpression),
            PostfixUnaryExpressionSyntax unary => unary.IsKind(SyntaxKind.SuppressNullableWarningExpression),
            _ => true,
        });
    }
}

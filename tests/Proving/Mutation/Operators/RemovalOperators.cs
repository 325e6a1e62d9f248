using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Proving.Mutation.Operators;

/// <summary>What keeps threads apart is taken away.</summary>
internal static class RemovalOperators
{
    /// <summary>Joins that something depends on: the only one of their handle, before a use of what a lambda of the member writes.</summary>
    public static IEnumerable<Mutant> Join(SemanticModel model, SyntaxNode root) =>
        from statement in Calls(model, root, ("Thread", "Join"), ("Task", "Wait"), ("Task", "WaitAll"))
        let member = statement.Ancestors().OfType<MemberDeclarationSyntax>().First()
        where member.DescendantNodes().OfType<ExpressionStatementSyntax>().Count(s => s.Expression.ToString() == statement.Expression.ToString()) == 1
        let written = member.DescendantNodes().OfType<AnonymousFunctionExpressionSyntax>().SelectMany(static l => l.DescendantNodes()).OfType<AssignmentExpressionSyntax>().Select(static a => a.Left.ToString()).ToHashSet()
        where member.DescendantNodes(static n => n is not AnonymousFunctionExpressionSyntax).OfType<IdentifierNameSyntax>().Any(n => n.SpanStart > statement.Span.End && written.Contains(n.Identifier.ValueText))
        select Mutant.Replace(statement, "");

    /// <summary>Joins of the only thread or task of a member that runs a method of an object in a local, before a use of that object.</summary>
    public static IEnumerable<Mutant> JoinOfOther(SemanticModel model, SyntaxNode root) =>
        from statement in Calls(model, root, ("Thread", "Join"), ("Task", "Wait"))
        let member = statement.Ancestors().OfType<MemberDeclarationSyntax>().First()
        where Calls(model, member, ("Thread", "Join"), ("Task", "Wait")).Count() == 1
        let objects = member.DescendantNodes().OfType<ArgumentSyntax>().Select(static a => a.Expression).OfType<MemberAccessExpressionSyntax>()
            .Where(a => model.GetSymbolInfo(a.Expression).Symbol is ILocalSymbol && model.GetSymbolInfo(a).Symbol is IMethodSymbol).Select(static a => a.Expression.ToString()).ToHashSet()
        where member.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(a => a.SpanStart > statement.Span.End && objects.Contains(a.Expression.ToString()))
        select Mutant.Replace(statement, "");

    /// <summary>Starts without a join of the same thread in the same block, which would throw.</summary>
    public static IEnumerable<Mutant> Start(SemanticModel model, SyntaxNode root) =>
        Calls(model, root, ("Thread", "Start"), ("Task", "Start")).Where(start => !IsJoined(model, start)).Select(static start => Mutant.Replace(start, ""));

    public static IEnumerable<Mutant> StartBeforeJoin(SemanticModel model, SyntaxNode root) =>
        Calls(model, root, ("Thread", "Start")).Where(start => IsJoined(model, start)).Select(static start => Mutant.Replace(start, ""));

    private static bool IsJoined(SemanticModel model, ExpressionStatementSyntax start) =>
        Calls(model, start.Parent!, ("Thread", "Join")).Any(join => join.Parent == start.Parent && ReceiverOf(join) == ReceiverOf(start));

    /// <summary>The object that a call is made on, as text.</summary>
    public static string? ReceiverOf(ExpressionStatementSyntax call) => ((call.Expression as InvocationExpressionSyntax)?.Expression as MemberAccessExpressionSyntax)?.Expression.ToString();

    public static IEnumerable<Mutant> Await(SemanticModel model, SyntaxNode root) =>
        from awaited in root.DescendantNodes().OfType<AwaitExpressionSyntax>()
        where awaited is { Expression: InvocationExpressionSyntax, Parent: ExpressionStatementSyntax }
        select new Mutant(awaited.Span, [new TextChange(awaited.AwaitKeyword.Span, "")]);

    /// <summary>Statements of a block that call one of the members.</summary>
    public static IEnumerable<ExpressionStatementSyntax> Calls(SemanticModel model, SyntaxNode root, params (string Type, string Method)[] calls) =>
        from statement in root.DescendantNodes().OfType<ExpressionStatementSyntax>()
        where statement.Parent is BlockSyntax && statement.Expression is InvocationExpressionSyntax
        where model.GetSymbolInfo(statement.Expression).Symbol is IMethodSymbol method && calls.Contains((method.ContainingType.Name, method.Name))
        select statement;
}

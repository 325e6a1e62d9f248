using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Proving.Mutation.Operators;

/// <summary>What is wrong about a mutex between processes, or one that is made owned.</summary>
internal static class MutexOperators
{
    /// <summary>A handler that counts the mutex as held throws instead, where no <c>finally</c> gives the mutex back.</summary>
    public static IEnumerable<Mutant> GiveUpAbandoned(SemanticModel model, SyntaxNode root) =>
        from handler in root.DescendantNodes().OfType<CatchClauseSyntax>()
        where handler is { Filter: null, Declaration.Type: { } type, Parent: TryStatementSyntax { Finally: null } tried } && model.GetTypeInfo(type).Type?.Name == "AbandonedMutexException" &&
            tried.Block.Statements.Count == 1 && !handler.Block.DescendantNodes().Any(static n => n is ReturnStatementSyntax or ThrowStatementSyntax or BreakStatementSyntax or IdentifierNameSyntax { Identifier.Text: "ReleaseMutex" }) &&
            !tried.Ancestors().OfType<TryStatementSyntax>().Any(static outer => outer.Finally is not null)
        select Mutant.Insert(handler.Block, handler.Block.CloseBraceToken.SpanStart, "throw new System.InvalidOperationException(\"abandoned\"); ");

    /// <summary>The handler of an abandoned mutex goes, and with it the <c>try</c> around nothing but the wait.</summary>
    public static IEnumerable<Mutant> WithoutHandler(SemanticModel model, SyntaxNode root) =>
        from handler in root.DescendantNodes().OfType<CatchClauseSyntax>()
        where handler is { Filter: null, Declaration.Type: { } type, Parent: TryStatementSyntax { Finally: null, Catches.Count: 1, Block.Statements.Count: 1 } } && model.GetTypeInfo(type).Type?.Name == "AbandonedMutexException"
        let tried = (TryStatementSyntax)handler.Parent!
        where tried.Block.Statements[0] is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "WaitOne", Expression: IdentifierNameSyntax waited } } } &&
            !tried.Ancestors().OfType<TryStatementSyntax>().Any() && IsNamed(model, waited) &&
            tried.Parent!.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(a => a.Name.Identifier.Text == "ReleaseMutex" && a.Expression.ToString() == waited.ToString())
        select Mutant.Replace(tried, tried.Block.Statements[0].ToString());

    /// <summary>The <c>try</c> whose <c>finally</c> gives back a mutex that was made owned keeps its statements, the release follows them: a call that throws leaves the mutex held.</summary>
    public static IEnumerable<Mutant> OwnedWithoutFinally(SemanticModel model, SyntaxNode root) =>
        from tried in Owned(model, root)
        where tried.Block.DescendantNodes().Any(static n => n is InvocationExpressionSyntax)
        select Unwrapped(tried);

    /// <summary>The same, with a written way out before the release.</summary>
    public static IEnumerable<Mutant> OwnedThrow(SemanticModel model, SyntaxNode root) =>
        from tried in Owned(model, root)
        select Unwrapped(tried).And(tried.Block.OpenBraceToken.Span.End, " if (System.Environment.ProcessorCount > 64) throw new System.InvalidOperationException(); ");

    private static Mutant Unwrapped(TryStatementSyntax tried) => new(tried.Span, [new TextChange(tried.TryKeyword.Span, ""), new TextChange(tried.Finally!.FinallyKeyword.Span, "")]);

    private static IEnumerable<TryStatementSyntax> Owned(SemanticModel model, SyntaxNode root) =>
        from tried in root.DescendantNodes().OfType<TryStatementSyntax>()
        where tried is { Catches.Count: 0, Finally.Block.Statements: [ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "ReleaseMutex" } } }] }
        let released = ((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)((ExpressionStatementSyntax)tried.Finally!.Block.Statements[0]).Expression).Expression).Expression
        where model.GetSymbolInfo(released).Symbol is ILocalSymbol { DeclaringSyntaxReferences: [var declared] } && declared.GetSyntax() is VariableDeclaratorSyntax
        {
            Initializer.Value: BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax { Token.Text: "true" } }, ..] },
        }
        where model.AnalyzeControlFlow(tried.Block) is { Succeeded: true, EndPointIsReachable: true } flow && !flow.ReturnStatements.Any()
        select tried;

    private static bool IsNamed(SemanticModel model, IdentifierNameSyntax mutex) =>
        model.GetSymbolInfo(mutex).Symbol?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: > 1 } };
}

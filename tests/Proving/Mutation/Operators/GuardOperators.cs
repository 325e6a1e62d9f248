using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Proving.Mutation.Operators;

/// <summary>Defects of locks that an object, a helper or a flag holds.</summary>
internal static class GuardOperators
{
    /// <summary>The guard is made, and nothing disposes of it.</summary>
    public static IEnumerable<Mutant> WithoutUsing(SemanticModel model, SyntaxNode root)
    {
        foreach (var made in root.DescendantNodes().OfType<ExpressionSyntax>().Where(e => e is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax && IsGuard(model, e)))
        {
            var resource = made.Parent is AwaitExpressionSyntax awaited ? awaited : made;
            if (resource.Parent is UsingStatementSyntax { Declaration: null } block)
            {
                yield return new Mutant(block.Span, [new TextChange(block.UsingKeyword.Span, "_ ="), new TextChange(block.OpenParenToken.Span, ""), new TextChange(block.CloseParenToken.Span, ";")]);
            }
            else if (resource.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is { UsingKeyword: var keyword, Declaration.Variables: [{ Initializer.Value: var value }] } declaration && keyword.IsKind(SyntaxKind.UsingKeyword) && value == resource)
            {
                yield return Mutant.Replace(declaration, $"_ = {resource};");
            }
        }
    }

    /// <summary>A helper that runs a function under its lock is called by that function.</summary>
    public static IEnumerable<Mutant> RunWithinItself(SemanticModel model, SyntaxNode root) =>
        from call in root.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where call.ArgumentList.Arguments is [{ Expression: ParenthesizedLambdaExpressionSyntax { Block: not null, AsyncKeyword.RawKind: 0, ParameterList.Parameters.Count: 0 } }]
        where model.GetSymbolInfo(call).Symbol is IMethodSymbol { ReturnsVoid: true, DeclaringSyntaxReferences: [var declared] } && declared.GetSyntax() is MethodDeclarationSyntax runner &&
            runner.SyntaxTree == root.SyntaxTree && LockCalls.GuardedBlocks(model, runner).Any(pair => LockCalls.TypeOf(model, pair.Acquire) is "SemaphoreSlim" or "ReaderWriterLockSlim")
        let block = ((ParenthesizedLambdaExpressionSyntax)call.ArgumentList.Arguments[0].Expression).Block
        select Mutant.Insert(call, block.OpenBraceToken.Span.End, $" {call.Expression}(() => {{ }}); ");

    /// <summary>A flag that keeps others out is reset behind the <c>try</c> in place of its <c>finally</c>: a call that throws leaves it set.</summary>
    public static IEnumerable<Mutant> ResetBehind(SemanticModel model, SyntaxNode root) =>
        from tried in TryGuards(model, root)
        where tried.Block.DescendantNodes().Any(static n => n is InvocationExpressionSyntax)
        select Unwrapped(tried);

    /// <summary>The same, with a written way out before the reset.</summary>
    public static IEnumerable<Mutant> ThrowBeforeReset(SemanticModel model, SyntaxNode root) =>
        from tried in TryGuards(model, root)
        select Unwrapped(tried).And(tried.Block.OpenBraceToken.Span.End, " if (System.Environment.ProcessorCount > 64) throw new System.InvalidOperationException(); ");

    private static Mutant Unwrapped(TryStatementSyntax tried) => new(tried.Span, [new TextChange(tried.TryKeyword.Span, ""), new TextChange(tried.Finally!.FinallyKeyword.Span, "")]);

    /// <summary>A <c>try</c> right behind the question whether a flag was set already, whose <c>finally</c> resets that flag and does nothing else.</summary>
    private static IEnumerable<TryStatementSyntax> TryGuards(SemanticModel model, SyntaxNode root) =>
        from tried in root.DescendantNodes().OfType<TryStatementSyntax>()
        where tried is { Catches.Count: 0, Finally.Block.Statements.Count: 1, Parent: BlockSyntax } && model.AnalyzeControlFlow(tried.Block) is { Succeeded: true, EndPointIsReachable: true, ReturnStatements.Length: 0 }
        let around = (BlockSyntax)tried.Parent!
        let at = around.Statements.IndexOf(tried)
        where at > 0 && around.Statements[at - 1] is IfStatementSyntax
        let asked = ((IfStatementSyntax)around.Statements[at - 1]).Condition.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .FirstOrDefault(call => model.GetSymbolInfo(call).Symbol is IMethodSymbol { Name: "Exchange" or "CompareExchange", ContainingType.Name: "Interlocked" })
        where asked is not null && tried.Finally!.Block.DescendantNodes().OfType<IdentifierNameSyntax>().Any(n => n.ToString() == asked.ArgumentList.Arguments[0].Expression.ToString())
        select tried;

    /// <summary>What a member or constructor in source gives releases a lock when it is disposed of.</summary>
    private static bool IsGuard(SemanticModel model, ExpressionSyntax made)
    {
        var type = model.GetTypeInfo(made.Parent is AwaitExpressionSyntax awaited ? awaited : made).Type;
        return model.GetSymbolInfo(made).Symbol is IMethodSymbol { DeclaringSyntaxReferences.IsEmpty: false } && type is { DeclaringSyntaxReferences.IsEmpty: false } &&
            type.GetMembers("Dispose").SelectMany(static m => m.DeclaringSyntaxReferences).Select(static r => r.GetSyntax()).SelectMany(static node => node.DescendantNodes().OfType<InvocationExpressionSyntax>())
                .Any(call => call.SyntaxTree == model.SyntaxTree && LockCalls.IsRelease(model, call));
    }
}

using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Proving.Mutation.Operators;

/// <summary>
/// Acquires and releases by the framework's names for them. It is written anew and not taken from the engine, so that a hole in the
/// engine's model shows as a miss.
/// </summary>
internal static class LockCalls
{
    private static readonly string[] s_acquires =
    [
        "Enter", "TryEnter", "Wait", "WaitAsync", "WaitOne", "EnterReadLock", "EnterWriteLock", "EnterUpgradeableReadLock", "TryEnterReadLock",
        "TryEnterWriteLock", "TryEnterUpgradeableReadLock", "AcquireReaderLock", "AcquireWriterLock",
    ];

    private static readonly string[] s_releases =
    [
        "Exit", "Release", "ReleaseMutex", "ExitReadLock", "ExitWriteLock", "ExitUpgradeableReadLock", "ReleaseReaderLock", "ReleaseWriterLock",
    ];

    private static readonly string[] s_locks =
        ["Monitor", "Lock", "SemaphoreSlim", "Semaphore", "Mutex", "SpinLock", "ReaderWriterLock", "ReaderWriterLockSlim"];

    /// <summary>The acquire in an expression, past <c>await</c>, <c>ConfigureAwait</c> and a negation.</summary>
    public static InvocationExpressionSyntax? Acquire(SemanticModel model, ExpressionSyntax? expression) => Call(model, expression, s_acquires);

    public static InvocationExpressionSyntax? Release(SemanticModel model, StatementSyntax statement) =>
        statement is ExpressionStatementSyntax { Expression: var expression } ? Call(model, expression, s_releases) : null;

    public static bool IsRelease(SemanticModel model, InvocationExpressionSyntax call) => Call(model, call, s_releases) is not null;

    /// <summary>Whether it opens a lock's scope, which its disposal closes.</summary>
    public static bool Opens(SemanticModel model, ExpressionSyntax expression) => model.GetSymbolInfo(expression).Symbol is IMethodSymbol { Name: "EnterScope", ContainingType.Name: "Lock" } or IMethodSymbol { ReturnType: { Name: "Scope", ContainingType.Name: "Lock" } };

    /// <summary>What is acquired or released, as text.</summary>
    public static string Of(SemanticModel model, InvocationExpressionSyntax call) => TypeOf(model, call) == "Monitor"
        ? call.ArgumentList.Arguments[0].Expression.ToString()
        : call.Expression is MemberAccessExpressionSyntax access ? access.Expression.ToString() : "";

    public static string? TypeOf(SemanticModel model, InvocationExpressionSyntax call) =>
        model.GetSymbolInfo(call).Symbol is IMethodSymbol { ContainingType: var type }
            ? type.Name == "WaitHandle" ? model.GetTypeInfo(((MemberAccessExpressionSyntax)call.Expression).Expression).Type?.Name : type.Name
            : null;

    public static bool ReturnsAnswer(SemanticModel model, InvocationExpressionSyntax call) =>
        model.GetSymbolInfo(call).Symbol is IMethodSymbol { ReturnType: var type } &&
        (type.SpecialType == SpecialType.System_Boolean || type is INamedTypeSymbol { Name: "Task", TypeArguments: [{ SpecialType: SpecialType.System_Boolean }] });

    /// <summary>The blocks of <see cref="GuardedBlocks"/> that are guarded by members of a lock class in source, each of which does nothing but acquire or release.</summary>
    public static IEnumerable<Guarded> WrappedBlocks(SemanticModel model, SyntaxNode root) =>
        from tried in root.DescendantNodes().OfType<TryStatementSyntax>()
        where tried is { Finally.Block.Statements: [ExpressionStatementSyntax { Expression: InvocationExpressionSyntax }] }
        let before = Before(tried) as ExpressionStatementSyntax
        let acquire = (before?.Expression is AwaitExpressionSyntax awaited ? awaited.Expression : before?.Expression) as InvocationExpressionSyntax
        let release = (InvocationExpressionSyntax)((ExpressionStatementSyntax)tried.Finally!.Block.Statements[0]).Expression
        where acquire is not null && Of(model, acquire) is { Length: > 0 } gate && gate == Of(model, release)
        where Wraps(model, acquire, s_acquires) && Wraps(model, release, s_releases)
        select new Guarded(before!, acquire, tried, tried.Finally!.Block.Statements[0]);

    private static bool Wraps(SemanticModel model, InvocationExpressionSyntax call, string[] names) =>
        model.GetSymbolInfo(call).Symbol is IMethodSymbol { DeclaringSyntaxReferences: [var declared] } && declared.GetSyntax() is MethodDeclarationSyntax { ExpressionBody.Expression: { } only } && only.SyntaxTree == model.SyntaxTree &&
        Call(model, only, names) is not null;

    /// <summary>Each acquire that stands right before the <c>try</c> whose <c>finally</c> releases it.</summary>
    public static IEnumerable<Guarded> GuardedBlocks(SemanticModel model, SyntaxNode root)
    {
        foreach (var tried in root.DescendantNodes().OfType<TryStatementSyntax>().Where(static t => t.Finally is not null))
        {
            var before = Before(tried);
            var acquire = before switch
            {
                ExpressionStatementSyntax statement => Acquire(model, statement.Expression),
                IfStatementSyntax test => Acquire(model, test.Condition),
                _ => null,
            };
            var release = acquire is null ? null
                : tried.Finally!.Block.Statements.FirstOrDefault(s => Release(model, s) is { } call && Of(model, call) == Of(model, acquire));
            if (acquire is not null && release is not null)
            {
                yield return new Guarded(before!, acquire, tried, release);
            }
        }
    }

    private static InvocationExpressionSyntax? Call(SemanticModel model, ExpressionSyntax? expression, string[] names) => expression switch
    {
        AwaitExpressionSyntax awaited => Call(model, awaited.Expression, names),
        PrefixUnaryExpressionSyntax negated when negated.IsKind(SyntaxKind.LogicalNotExpression) => Call(model, negated.Operand, names),
        ParenthesizedExpressionSyntax inner => Call(model, inner.Expression, names),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "ConfigureAwait", Expression: var awaited } } => Call(model, awaited, names),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: var name } } call
            when names.Contains(name) && TypeOf(model, call) is { } type && s_locks.Contains(type) => call,
        _ => null,
    };

    private static StatementSyntax? Before(StatementSyntax statement)
    {
        var siblings = (statement.Parent as BlockSyntax)?.Statements ?? [];
        var at = siblings.IndexOf(statement);
        return at > 0 ? siblings[at - 1] : null;
    }
}

/// <summary>An acquire and the <c>try</c> that releases it.</summary>
internal sealed record Guarded(StatementSyntax Statement, InvocationExpressionSyntax Acquire, TryStatementSyntax Try, StatementSyntax Release)
{
    public int Inside => Try.Block.OpenBraceToken.Span.End;
}

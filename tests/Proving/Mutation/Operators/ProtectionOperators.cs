using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Proving.Mutation.Operators;

/// <summary>
/// Whatever keeps threads and processes apart or in order is taken away, wherever it stands: unlike the other operators these do not ask first whether a rule
/// could see it. An <c>await</c> is not taken from a call: of that the compiler tells (CS4014).
/// </summary>
internal static class ProtectionOperators
{
    private static readonly (string Type, string Method)[] s_joins = [("Thread", "Join"), ("Task", "Wait"), ("Task", "WaitAll"), ("Task", "WhenAll")];

    private static readonly (string Type, string Method)[] s_waits =
    [
        ("Process", "WaitForExit"), ("Process", "WaitForExitAsync"), ("CountdownEvent", "Wait"), ("ManualResetEventSlim", "Wait"), ("SemaphoreSlim", "Wait"), ("SemaphoreSlim", "WaitAsync"),
        ("Barrier", "SignalAndWait"), ("WaitHandle", "WaitOne"), ("WaitHandle", "WaitAll"), ("Monitor", "Wait"),
    ];

    private static readonly (string Type, string Method)[] s_completions =
    [
        ("BlockingCollection", "CompleteAdding"), ("ChannelWriter", "Complete"), ("ChannelWriter", "TryComplete"), ("CountdownEvent", "Signal"), ("ManualResetEventSlim", "Set"), ("EventWaitHandle", "Set"),
        ("TaskCompletionSource", "SetResult"), ("TaskCompletionSource", "TrySetResult"), ("TaskCompletionSource", "SetException"), ("TaskCompletionSource", "TrySetException"), ("Monitor", "Pulse"), ("Monitor", "PulseAll"),
    ];

    /// <summary><c>lock</c>, and every other acquire with its release: the code that they guard stays.</summary>
    public static IEnumerable<Mutant> Lock(SemanticModel model, SyntaxNode root)
    {
        foreach (var locked in root.DescendantNodes().OfType<LockStatementSyntax>())
        {
            yield return new Mutant(locked.Span, [new TextChange(TextSpan.FromBounds(locked.SpanStart, locked.Statement.SpanStart), "")]);
        }

        foreach (var scope in root.DescendantNodes().OfType<UsingStatementSyntax>().Where(u => u.Expression is { } opened && LockCalls.Opens(model, opened)))
        {
            yield return new Mutant(scope.Span, [new TextChange(TextSpan.FromBounds(scope.SpanStart, scope.Statement.SpanStart), "")]);
        }

        foreach (var held in root.DescendantNodes().OfType<TryStatementSyntax>())
        {
            if (held.Finally?.Block.Statements.FirstOrDefault(s => Release(model, s) is not null) is { } release && Acquire(model, held, Release(model, release)!) is { } acquire)
            {
                yield return new Mutant(acquire.Span, [new TextChange(acquire.Span, ""), new TextChange(release.Span, "")]);
            }
        }
    }

    /// <summary>The statement that waits for a thread or for tasks, or for each of a list.</summary>
    public static IEnumerable<Mutant> Join(SemanticModel model, SyntaxNode root) => Statements(model, root, call => Is(model, call, s_joins) && !WaitsForProcess(model, call));

    /// <summary>The statement that waits for a process, an event, a count or a place; the acquire of a lock belongs to the locks.</summary>
    public static IEnumerable<Mutant> Wait(SemanticModel model, SyntaxNode root)
    {
        var acquires = Lock(model, root).Select(static m => m.Place).ToHashSet();
        return Statements(model, root, call => Is(model, call, s_waits) || (Is(model, call, s_joins) && WaitsForProcess(model, call)))
            .Where(m => !acquires.Any(acquire => acquire.Contains(m.Place)));
    }

    /// <summary>The statement that says that no more comes, that something is done or may go on, or closes the input of a child.</summary>
    public static IEnumerable<Mutant> Completion(SemanticModel model, SyntaxNode root) =>
        Statements(model, root, call => Is(model, call, s_completions) ||
            (call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "Close", Expression: var stream } && model.GetSymbolInfo(stream).Symbol is IPropertySymbol { Name: "StandardInput", ContainingType.Name: "Process" }));

    /// <summary>
    /// What stands in a <c>finally</c> stands behind the <c>try</c>, where an exception or a return passes it by. A <c>try</c> that nothing can leave is no place: one with nothing in it but acquires, a yield, and calls
    /// of the very object that the <c>finally</c> is about.
    /// </summary>
    public static IEnumerable<Mutant> Finally(SemanticModel model, SyntaxNode root) =>
        from tried in root.DescendantNodes().OfType<TryStatementSyntax>()
        where tried.Finally is not null && tried.Block.DescendantNodes().Any(node => MayLeave(model, node, tried.Finally))
        select new Mutant(tried.Finally!.Span, [.. tried.Catches.Count == 0 ? new[] { new TextChange(tried.TryKeyword.Span, "") } : [], new TextChange(tried.Finally.FinallyKeyword.Span, "")]);

    private static bool MayLeave(SemanticModel model, SyntaxNode node, FinallyClauseSyntax made) => node switch
    {
        InvocationExpressionSyntax call => LockCalls.Acquire(model, call) is null && !Is(model, call, [("Task", "Yield")]) &&
            !(call.Expression is MemberAccessExpressionSyntax { Expression: var target } && made.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(end => end.Expression.ToString() == target.ToString())),
        BaseObjectCreationExpressionSyntax or ThrowExpressionSyntax or ThrowStatementSyntax or ReturnStatementSyntax => true,
        _ => false,
    };

    /// <summary>The statement that makes the call: alone, awaited, as the test of an <c>if</c> whose only branch gives up, or in the lambda that a list runs for each of its elements.</summary>
    private static IEnumerable<Mutant> Statements(SemanticModel model, SyntaxNode root, Func<InvocationExpressionSyntax, bool> takes)
    {
        foreach (var call in root.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(takes))
        {
            var whole = (ExpressionSyntax)call;
            if (call.Parent is LambdaExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "ForEach" } } each } })
            {
                whole = each;
            }

            if (whole.Parent is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Parent: IfStatementSyntax { Else: null, Parent: BlockSyntax } test })
            {
                yield return Mutant.Replace(test, "");
            }
            else if ((whole.Parent is AwaitExpressionSyntax awaited ? awaited : whole).Parent is ExpressionStatementSyntax { Parent: BlockSyntax } statement)
            {
                yield return Mutant.Replace(statement, "");
            }
        }
    }

    private static bool WaitsForProcess(SemanticModel model, InvocationExpressionSyntax call) =>
        call.ArgumentList.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(inner => Is(model, inner, [("Process", "WaitForExitAsync")]));

    private static bool Is(SemanticModel model, InvocationExpressionSyntax call, (string Type, string Method)[] calls) =>
        model.GetSymbolInfo(call).Symbol is IMethodSymbol method && calls.Contains((method.ContainingType.Name, method.Name));

    /// <summary>What is released, as text: a lock's release, one under a flag, or the write that frees a variable which an atomic exchange has taken.</summary>
    private static string? Release(SemanticModel model, StatementSyntax statement) => statement switch
    {
        IfStatementSyntax { Else: null, Statement: BlockSyntax { Statements: [var only] } } => Release(model, only),
        ExpressionStatementSyntax { Expression: InvocationExpressionSyntax write } when Is(model, write, [("Volatile", "Write"), ("Interlocked", "Exchange")]) => Variable(write),
        _ => LockCalls.Release(model, statement) is { } call ? LockCalls.Of(model, call) : null,
    };

    /// <summary>The statement that takes what the <c>finally</c> gives back: right before the <c>try</c>, alone, as a test or loop, or in a <c>try</c> of its own; or the first inside.</summary>
    private static StatementSyntax? Acquire(SemanticModel model, TryStatementSyntax held, string released)
    {
        var before = (held.Parent as BlockSyntax)?.Statements is { } siblings && siblings.IndexOf(held) is > 0 and var at ? siblings[at - 1] : null;
        return new[] { before, held.Block.Statements.FirstOrDefault() }.FirstOrDefault(statement => statement is not null && Taken(model, statement) == released);
    }

    private static string? Taken(SemanticModel model, StatementSyntax statement) => statement switch
    {
        ExpressionStatementSyntax { Expression: var call } => LockCalls.Acquire(model, call) is { } acquire ? LockCalls.Of(model, acquire) : null,
        IfStatementSyntax test => LockCalls.Acquire(model, test.Condition) is { } acquire ? LockCalls.Of(model, acquire) : null,
        WhileStatementSyntax spin => spin.Condition.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault(call => Is(model, call, [("Interlocked", "Exchange"), ("Interlocked", "CompareExchange")])) is { } taken ? Variable(taken) : null,
        TryStatementSyntax { Finally: null, Block.Statements: [var only] } => Taken(model, only),
        _ => null,
    };

    private static string Variable(InvocationExpressionSyntax call) => call.ArgumentList.Arguments[0].Expression.ToString();
}

using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Proving.Mutation.Operators;

/// <summary>An <c>await</c> comes to stand where a lock of a thread is held.</summary>
internal static class AwaitOperators
{
    private const string Await = " await System.Threading.Tasks.Task.Yield(); ";

    /// <summary>In an <c>async</c> or <c>void</c> method: behind the acquire, or in a <c>lock</c> that is written out for it.</summary>
    public static IEnumerable<Mutant> UnderLock(SemanticModel model, SyntaxNode root)
    {
        foreach (var pair in LockCalls.GuardedBlocks(model, root))
        {
            if (LockCalls.TypeOf(model, pair.Acquire) is not ("SemaphoreSlim" or "Semaphore") && pair.Statement is ExpressionStatementSyntax &&
                InAsync(pair.Try, Mutant.Insert(pair.Acquire, pair.Inside, Await)) is { } mutant)
            {
                yield return mutant;
            }
        }

        foreach (var locked in root.DescendantNodes().OfType<LockStatementSyntax>())
        {
            var (enter, exit) = model.GetTypeInfo(locked.Expression).Type is { Name: "Lock" }
                ? ($"{locked.Expression}.Enter();", $"{locked.Expression}.Exit();")
                : ($"System.Threading.Monitor.Enter({locked.Expression});", $"System.Threading.Monitor.Exit({locked.Expression});");
            var written = new Mutant(locked.Span,
            [
                new TextChange(TextSpan.FromBounds(locked.SpanStart, locked.Statement.SpanStart), $"{enter} try {{{Await}"),
                new TextChange(new TextSpan(locked.Span.End, 0), $" }} finally {{ {exit} }}"),
            ]);
            if (locked.Parent is BlockSyntax && !locked.DescendantNodes().Any(static n => n is LockStatementSyntax) && InAsync(locked, written) is { } mutant)
            {
                yield return mutant;
            }
        }
    }

    public static IEnumerable<Mutant> SemaphoreToMonitor(SemanticModel model, SyntaxNode root) =>
        from pair in LockCalls.GuardedBlocks(model, root)
        where LockCalls.TypeOf(model, pair.Acquire) == "SemaphoreSlim" && pair.Statement is ExpressionStatementSyntax && Awaits(pair.Try.Block)
        let gate = LockCalls.Of(model, pair.Acquire)
        select new Mutant(pair.Statement.Span,
        [
            new TextChange(pair.Statement.Span, $"System.Threading.Monitor.Enter({gate});"),
            new TextChange(pair.Release.Span, $"System.Threading.Monitor.Exit({gate});"),
        ]);

    private static bool Awaits(SyntaxNode block) =>
        block.DescendantNodes(static n => n is not AnonymousFunctionExpressionSyntax and not LocalFunctionStatementSyntax).Any(static n => n is AwaitExpressionSyntax);

    /// <summary>The mutant in a function that may await, made <c>async</c> where that needs no other change.</summary>
    private static Mutant? InAsync(SyntaxNode node, Mutant mutant)
    {
        var function = node.Ancestors().FirstOrDefault(static n => n is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax);
        return function switch
        {
            MethodDeclarationSyntax method when method.Modifiers.Any(SyntaxKind.AsyncKeyword) => mutant,
            MethodDeclarationSyntax method when method.ReturnType.ToString() == "void" => mutant.And(method.ReturnType.SpanStart, "async "),
            LocalFunctionStatementSyntax local when local.Modifiers.Any(SyntaxKind.AsyncKeyword) => mutant,
            AnonymousFunctionExpressionSyntax lambda when lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword) => mutant,
            _ => null,
        };
    }
}

using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>
/// Where the code that an acquire protects ends, told by where its releases stand. The rule names every release of the lock in the function,
/// and a function may take a lock twice: the code ends at the first statement that releases on each way through it.
/// </summary>
internal static class HeldRegion
{
    /// <summary>The index of the last statement of the region that the statement at <paramref name="start"/> opens, or null.</summary>
    public static int? EndOf(Siblings list, int start, DroppedAcquire acquire, IReadOnlyCollection<InvocationExpressionSyntax> releases)
    {
        var later = releases.Where(r => r.SpanStart > acquire.Statement.Span.End).ToList();
        if (later.Any(r => IsInHandlerAround(r, acquire.Statement)))
        {
            return null;
        }

        int? end = null;
        for (var i = start + 1; i < list.Statements.Count; i++)
        {
            var statement = list.Statements[i];
            if (AcquiresAgain(statement, acquire, releases))
            {
                return null;
            }

            if (ReleasesAlways(statement, later))
            {
                return i;
            }

            end = later.Any(r => statement.Span.Contains(r.Span)) ? i : end;
        }

        // Conditional releases only: they must all be there, or one outside would run without the lock.
        return end is { } last && later.All(r => r.SpanStart < list.Statements[last].Span.End) ? end : null;
    }

    /// <summary>The <c>try</c> that the acquire opens and whose <c>finally</c> does nothing but release, or null.</summary>
    public static TryStatementSyntax? OwnTry(DroppedAcquire acquire, IReadOnlyCollection<InvocationExpressionSyntax> releases) =>
        acquire.Statement.Parent is BlockSyntax { Parent: TryStatementSyntax { Catches.Count: 0, Finally.Block: { Statements.Count: > 0 } ending } own } block &&
        own.Block == block && block.Statements[0] == acquire.Statement && !AcquiresAgain(own, acquire, releases) &&
        ending.Statements.All(s => s is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax release } && releases.Contains(release)) &&
        !releases.Any(r => block.Span.Contains(r.Span))
            ? own
            : null;

    private static bool IsInHandlerAround(SyntaxNode release, StatementSyntax acquire) => release.Ancestors()
        .Any(a => a is CatchClauseSyntax or FinallyClauseSyntax && a.Parent is TryStatementSyntax around && around.Block.Span.Contains(acquire.Span));

    /// <summary>Whether the statement releases whenever it ends by itself.</summary>
    private static bool ReleasesAlways(StatementSyntax? statement, List<InvocationExpressionSyntax> releases) => statement switch
    {
        ExpressionStatementSyntax or LocalDeclarationStatementSyntax or ReturnStatementSyntax => releases.Any(r => r.FirstAncestorOrSelf<StatementSyntax>() == statement),
        BlockSyntax block => block.Statements.Any(s => ReleasesAlways(s, releases)),
        TryStatementSyntax guarded => ReleasesAlways(guarded.Finally?.Block, releases) || ReleasesAlways(guarded.Block, releases),
        IfStatementSyntax choice => ReleasesAlways(choice.Statement, releases) && ReleasesAlways(choice.Else?.Statement, releases),
        UsingStatementSyntax block => ReleasesAlways(block.Statement, releases),
        LockStatementSyntax block => ReleasesAlways(block.Statement, releases),
        _ => false,
    };

    /// <summary>
    /// Another acquire of the same lock in the same mode, which makes it unclear whose a release is. The lock is compared as written: the same
    /// lock by another name costs nothing where each acquire has its own block.
    /// </summary>
    private static bool AcquiresAgain(SyntaxNode node, DroppedAcquire acquire, IReadOnlyCollection<InvocationExpressionSyntax> releases) =>
        node.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call =>
            call != acquire.Call && !releases.Contains(call) && VerbOf(call) == VerbOf(acquire.Call) && IsSameLock(call, acquire));

    /// <summary><c>TryEnter</c> and <c>Enter</c>, <c>WaitAsync</c> and <c>Wait</c> take the same lock.</summary>
    private static string VerbOf(InvocationExpressionSyntax call) => LockUses.NameOf(call).Replace("Try", "").Replace("Async", "");

    private static bool IsSameLock(InvocationExpressionSyntax call, DroppedAcquire acquire) => acquire.IsStatic
        ? SyntaxFactory.AreEquivalent(call.ArgumentList.Arguments.FirstOrDefault(), acquire.Call.ArgumentList.Arguments.FirstOrDefault())
        : SyntaxFactory.AreEquivalent((call.Expression as MemberAccessExpressionSyntax)?.Expression, (acquire.Call.Expression as MemberAccessExpressionSyntax)?.Expression);
}

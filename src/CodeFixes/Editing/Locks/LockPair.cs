using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>An acquire in the block of a <c>try</c> whose finally holds the release, in a shape that can be edited with certainty.</summary>
/// <param name="Try">The <c>try</c> that both belong to.</param>
/// <param name="Unit">The statements behind which the lock is held; somewhere in the block.</param>
/// <param name="Release">The statement that releases; somewhere in the finally, under no condition.</param>
/// <param name="IsMutex">The acquire can throw with the lock held, which no other lock's does.</param>
/// <param name="LockName">The name of the lock, where it has one.</param>
internal sealed record LockPair(TryStatementSyntax Try, AcquireUnit Unit, ExpressionStatementSyntax Release, bool IsMutex, string? LockName)
{
    /// <summary>How many statements of the block stand before the unit, or null when it stands deeper.</summary>
    public int? Before => Unit.First.Parent == Try.Block ? Try.Block.Statements.IndexOf(Unit.First) : null;

    /// <summary>How many statements of the block it takes to hold the lock; asked only where <see cref="Before"/> is known.</summary>
    public int UpToUnit => Try.Block.Statements.IndexOf(Unit.Last) + 1;

    public SyntaxList<StatementSyntax> Cleanup => Try.Finally!.Block.Statements;

    public bool ReleasesFirst => Cleanup[0] == Release;

    public bool OnlyReleases => ReleasesFirst && Cleanup.Count == 1;

    /// <summary>The pair of a report, or null when it has another shape.</summary>
    public static LockPair? Of(FixSite site, SemanticModel model)
    {
        if (site.Target.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } acquire ||
            site.Others.FirstOrDefault()?.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } release ||
            TryAround(acquire, release) is not { Finally: not null } around ||
            StatementOf(release) is not { } statement || !IsUnconditional(statement, around.Finally) ||
            AcquireUnit.Of(acquire, model) is not { } unit || !IsReachedOnce(unit.First, around.Block) ||
            LockUses.HasOthers(around, acquire, release, model))
        {
            return null;
        }

        // Code that another target or configuration sees may stand in these directives.
        return unit.First.ContainsDirectives || unit.Last.ContainsDirectives || statement.ContainsDirectives
            ? null
            : new LockPair(around, unit, statement, LockUses.IsMutex(acquire, model), LockUses.NameOfLock(acquire, model));
    }

    private static TryStatementSyntax? TryAround(SyntaxNode acquire, SyntaxNode release) => release.Ancestors()
        .Where(static node => node is FinallyClauseSyntax or CatchClauseSyntax)
        .Select(static node => (TryStatementSyntax)node.Parent!)
        .FirstOrDefault(around => around.Block.Span.Contains(acquire.Span));

    private static ExpressionStatementSyntax? StatementOf(InvocationExpressionSyntax release)
    {
        SyntaxNode whole = release;
        while (whole.Parent is ParenthesizedExpressionSyntax ||
               (whole.Parent is ConditionalAccessExpressionSyntax access && access.WhenNotNull == whole) ||
               whole.Parent is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } })
        {
            whole = whole.Parent;
        }

        return whole.Parent as ExpressionStatementSyntax;
    }

    /// <summary>The release runs once whenever the finally does: no condition, loop or function stands between.</summary>
    private static bool IsUnconditional(StatementSyntax release, FinallyClauseSyntax cleanup) => release.Parent is BlockSyntax &&
        release.Ancestors().TakeWhile(node => node != cleanup).All(static node =>
            node is BlockSyntax or FinallyClauseSyntax or UsingStatementSyntax or LockStatementSyntax ||
            node is TryStatementSyntax { Catches.Count: 0 });

    /// <summary>No loop, label or function stands between the acquire and its <c>try</c>, so it is passed once at most.</summary>
    private static bool IsReachedOnce(StatementSyntax acquire, BlockSyntax block) => acquire.Parent is BlockSyntax or SwitchSectionSyntax &&
        acquire.Ancestors().TakeWhile(node => node != block).All(static node =>
            node is BlockSyntax or IfStatementSyntax or ElseClauseSyntax or TryStatementSyntax or UsingStatementSyntax or LockStatementSyntax or
                SwitchStatementSyntax or SwitchSectionSyntax) &&
        !block.DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .Any(node => node is LabeledStatementSyntax && node.SpanStart < acquire.SpanStart);
}

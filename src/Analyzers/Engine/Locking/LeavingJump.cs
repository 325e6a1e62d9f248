using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>
/// Where a path leaves with a lock held, as the text shows it: the graph knows no jumps, only where they lead. It is the first jump behind the condition that decides, in what that
/// chooses or else behind it, with no release before it in its own block or one around. Asked for reports only.
/// </summary>
internal static class LeavingJump
{
    /// <param name="decision">The condition behind which no release comes any more.</param>
    /// <param name="releases">The releases of the lock in the function.</param>
    /// <param name="fatal">The calls that do not come back.</param>
    /// <returns>The jump, or null when the path comes to the end of the function, or of a loop.</returns>
    public static SyntaxNode? Of(SyntaxNode decision, ImmutableArray<LockSite> releases, HashSet<SyntaxNode> fatal)
    {
        for (var at = decision; at.Parent is { } around && !IsFunction(at); at = around)
        {
            var found = (IsChoice(at) ? JumpIn(at, decision, releases, fatal) : null) ?? (at is StatementSyntax statement && StatementsOf(around) is { } list
                ? list.Skip(list.IndexOf(statement) + 1).Select(next => JumpIn(next, decision, releases, fatal)).FirstOrDefault(static jump => jump is not null)
                : null);
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    private static SyntaxNode? JumpIn(SyntaxNode scope, SyntaxNode decision, ImmutableArray<LockSite> releases, HashSet<SyntaxNode> fatal) =>
        scope.DescendantNodesAndSelf(static node => !IsFunction(node)).FirstOrDefault(node =>
            node.SpanStart >= decision.SpanStart && (IsJump(node, scope) || fatal.Contains(node)) && !releases.Any(release => IsBefore(release.Syntax, node)));

    private static bool IsJump(SyntaxNode node, SyntaxNode scope) => node switch
    {
        ReturnStatementSyntax or ThrowStatementSyntax or ThrowExpressionSyntax or GotoStatementSyntax => true,
        YieldStatementSyntax yield => yield.IsKind(SyntaxKind.YieldBreakStatement),
        ContinueStatementSyntax => !scope.Contains(node.Ancestors().First(IsLoop)),
        BreakStatementSyntax => node.Ancestors().First(static a => IsLoop(a) || a is SwitchStatementSyntax) is var left && IsLoop(left) && !scope.Contains(left),
        _ => false,
    };

    /// <summary>The release is a statement of a block around the jump, and stands above it there; or in the jump itself.</summary>
    private static bool IsBefore(SyntaxNode release, SyntaxNode jump) => jump.Contains(release) ||
        (release.SpanStart < jump.SpanStart && release.FirstAncestorOrSelf<StatementSyntax>()?.Parent is { } block && block.Contains(jump));

    private static bool IsChoice(SyntaxNode node) => node is IfStatementSyntax or SwitchSectionSyntax or SwitchStatementSyntax or SwitchExpressionArmSyntax or SwitchExpressionSyntax or ConditionalExpressionSyntax or
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } || IsLoop(node);

    public static bool IsLoop(SyntaxNode node) => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax;

    /// <summary>Whether a body of its own begins at the node.</summary>
    public static bool IsFunction(SyntaxNode node) => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax;

    private static SyntaxList<StatementSyntax>? StatementsOf(SyntaxNode node) => node switch
    {
        BlockSyntax block => block.Statements,
        SwitchSectionSyntax section => section.Statements,
        _ => null,
    };
}

using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Threadwise.CodeFixes.Editing.State;

/// <summary>
/// Takes a lock around each of some accesses, in one edit: around the statement that holds the access, neighbours together, with calls of unseen length computed before. Null where one of
/// the accesses stands where no lock can go (a loop condition, an iterator, around an <c>await</c>), or where other locks or unknown code would run under the new one.
/// </summary>
internal static class GuardedAccesses
{
    /// <param name="root">The root of the document.</param>
    /// <param name="accesses">The accesses, as nodes of <paramref name="root"/>.</param>
    /// <param name="gate">The lock object, as it is written at each of them.</param>
    /// <param name="model">The semantic model of <paramref name="root"/>.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static SyntaxNode? Guard(SyntaxNode root, IReadOnlyList<SyntaxNode> accesses, string gate, SemanticModel model, CancellationToken cancellation)
    {
        var found = new Dictionary<SyntaxNode, SyntaxNode>();
        foreach (var access in accesses.Where(a => !IsGuarded(a, gate)))
        {
            if (UnitOf(access, accesses) is not { } unit)
            {
                return null;
            }

            found[unit] = access;
        }

        var units = found.Keys.Where(u => !found.Keys.Any(other => other != u && other.Span.Contains(u.Span))).OrderBy(static u => u.SpanStart).ToList();
        var tracked = root.TrackNodes(units);
        foreach (var unit in units)
        {
            cancellation.ThrowIfCancellationRequested();
            if (new GuardedUnit(accesses, gate, model, cancellation).Rewrite(unit) is not { } changed || Replace(tracked, tracked.GetCurrentNode(unit)!, changed) is not { } next)
            {
                return null;
            }

            tracked = next;
        }

        return units.Count == 0 ? null : Merged(tracked);
    }

    /// <summary>What the lock goes around: the statement, or the expression that is a whole body.</summary>
    private static SyntaxNode? UnitOf(SyntaxNode access, IReadOnlyList<SyntaxNode> all)
    {
        for (var at = access; at.Parent is { } parent; at = parent)
        {
            switch (parent)
            {
                case ArrowExpressionClauseSyntax arrow:
                    return arrow;
                case LambdaExpressionSyntax lambda when lambda.ExpressionBody == at:
                    return at;
                case IfStatementSyntax choice when choice.Condition == at:
                    return choice;
                case ExpressionStatementSyntax or ReturnStatementSyntax or LocalDeclarationStatementSyntax:
                    // A test of the variable and what is done behind it are one step.
                    var tested = parent.Ancestors().TakeWhile(static a => a is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax)).OfType<IfStatementSyntax>()
                        .LastOrDefault(choice => all.Any(a => choice.Condition.Span.Contains(a.Span)));
                    return tested ?? parent;
                case ForEachStatementSyntax loop when loop.Expression == at:
                    return loop;
                case StatementSyntax or ConstructorInitializerSyntax or EqualsValueClauseSyntax { Parent: not VariableDeclaratorSyntax } or AttributeSyntax or MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    private static bool IsGuarded(SyntaxNode access, string gate) => access.Ancestors().TakeWhile(static a => a is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax))
        .Any(a => a is LockStatementSyntax statement && statement.Expression.WithoutTrivia().ToString() == gate);

    private static SyntaxNode? Replace(SyntaxNode root, SyntaxNode unit, IReadOnlyList<StatementSyntax> changed)
    {
        switch (unit)
        {
            case ArrowExpressionClauseSyntax arrow:
                return BlockBodies.Of(arrow, Block(changed)) is { } member ? root.ReplaceNode(arrow.Parent!, member) : null;
            case ExpressionSyntax body when body.Parent is LambdaExpressionSyntax lambda:
                var trailing = lambda.GetTrailingTrivia();
                var line = TriviaList(ElasticCarriageReturnLineFeed);
                var block = Block(Token(line, SyntaxKind.OpenBraceToken, line), List(changed), Token(line, SyntaxKind.CloseBraceToken, trailing)).WithAdditionalAnnotations(Formatter.Annotation);
                return root.ReplaceNode(lambda, lambda.WithExpressionBody(null).WithBlock(block));
            case StatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax }:
                return root.ReplaceNode(unit, changed);
            case StatementSyntax { Parent: GlobalStatementSyntax global }:
                return root.ReplaceNode(global, changed.Select(GlobalStatement));
            case StatementSyntax:
                return root.ReplaceNode(unit, changed.Count == 1 ? changed[0] : Block(changed).WithAdditionalAnnotations(Formatter.Annotation));
            default:
                return null;
        }
    }

    /// <summary>New locks on one object that follow each other directly become one; those that an edit before this one has taken may be on another.</summary>
    private static SyntaxNode Merged(SyntaxNode root)
    {
        while (root.GetAnnotatedNodes(GuardedUnit.New).OfType<LockStatementSyntax>().FirstOrDefault(l => Next(l) is not null) is { } first)
        {
            var second = Next(first)!;
            var block = (BlockSyntax)first.Parent!;
            var at = block.Statements.IndexOf(first);
            var inner = ((BlockSyntax)first.Statement).Statements.AddRange(((BlockSyntax)second.Statement).Statements);
            var both = first.WithStatement(((BlockSyntax)first.Statement).WithStatements(inner)).WithTrailingTrivia(second.GetTrailingTrivia());
            root = root.ReplaceNode(block, block.WithStatements(block.Statements.RemoveAt(at + 1).RemoveAt(at).Insert(at, both)));
        }

        return root;

        static LockStatementSyntax? Next(LockStatementSyntax statement) => statement.Parent is BlockSyntax around && around.Statements.IndexOf(statement) + 1 is var next && next < around.Statements.Count &&
            around.Statements[next] is LockStatementSyntax second && second.HasAnnotation(GuardedUnit.New) && AreEquivalent(statement.Expression, second.Expression) && !second.GetLeadingTrivia().Any(static t => t.IsComment() || t.IsDirective) ? second : null;
    }
}

using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Editing;

namespace Threadwise.CodeFixes.Threads;

/// <summary>
/// A thread or cold task in a local made a running task. Its <c>Start</c>, which must follow the declaration, goes; a <c>Join</c> becomes an
/// <c>await</c>, or a <c>Wait</c> where none may stand.
/// </summary>
internal static class HeldThread
{
    /// <summary>The new root, or null when <paramref name="fork"/> is not held so or the thread is used in any other way.</summary>
    public static SyntaxNode? Rewrite(ExpressionSyntax fork, ExpressionSyntax run, SyntaxNode root, SemanticModel model, CancellationToken cancellation)
    {
        if (fork.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } ||
            declarator.Parent is not VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax block } statement } declaration ||
            model.GetDeclaredSymbol(declarator, cancellation) is not ILocalSymbol local ||
            UpToStart(block, statement, local.Name) is not { } gone)
        {
            return null;
        }

        var replaced = new Dictionary<SyntaxNode, SyntaxNode> { [fork] = run.WithTriviaFrom(fork) };
        if (local.Type.Name == "Thread")
        {
            if (!declaration.Type.IsVar)
            {
                replaced.Add(declaration.Type, SyntaxFactory.IdentifierName("Task").WithTriviaFrom(declaration.Type));
            }

            // A task has no counterpart of the rest of what a thread can do.
            foreach (var use in Uses(local, block, model, cancellation).Where(use => !gone.Any(line => line.Contains(use))))
            {
                if (use.Parent is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Join", Parent: InvocationExpressionSyntax join } access)
                {
                    return null;
                }

                replaced.Add(join, Awaited(join, access));
            }
        }
        else if (Uses(local, declarator, model, cancellation).Any())
        {
            return null;
        }

        var tracked = root.TrackNodes(replaced.Keys.Concat(gone));
        foreach (var pair in replaced)
        {
            tracked = tracked.ReplaceNode(tracked.GetCurrentNode(pair.Key)!, pair.Value);
        }

        return gone.Aggregate(tracked, static (now, line) => Without(now, now.GetCurrentNode(line)!));
    }

    public static bool IsStart(InvocationExpressionSyntax call, ExpressionSyntax receiver) =>
        call is { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Start" } access } &&
        access.Expression == receiver;

    /// <summary>The statements from the declaration to the start of the local, <c>t.IsBackground = true;</c> between; null when others stand there.</summary>
    private static List<StatementSyntax>? UpToStart(BlockSyntax block, StatementSyntax declaration, string name)
    {
        var gone = new List<StatementSyntax>();
        foreach (var next in block.Statements.SkipWhile(s => s != declaration).Skip(1))
        {
            gone.Add(next);
            switch (next)
            {
                case ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax receiver } } start }
                    when receiver.Identifier.ValueText == name && IsStart(start, receiver):
                    return gone;
                case ExpressionStatementSyntax
                {
                    Expression: AssignmentExpressionSyntax
                    {
                        Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsBackground", Expression: IdentifierNameSyntax owner },
                        Right: { } value,
                    },
                } when owner.Identifier.ValueText == name && value.IsKind(SyntaxKind.TrueLiteralExpression):
                    continue;
                default:
                    return null;
            }
        }

        return null;
    }

    private static IEnumerable<IdentifierNameSyntax> Uses(ILocalSymbol local, SyntaxNode scope, SemanticModel model, CancellationToken cancellation) =>
        scope.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == local.Name &&
            SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, local));

    private static ExpressionSyntax Awaited(InvocationExpressionSyntax join, MemberAccessExpressionSyntax access) =>
        join is { ArgumentList.Arguments.Count: 0, Parent: ExpressionStatementSyntax } && AsyncContext.Allows(join)
            ? SyntaxFactory.AwaitExpression(
                SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), access.Expression.WithoutTrivia()).WithTriviaFrom(join)
            : join.WithExpression(access.WithName(SyntaxFactory.IdentifierName("Wait")));

    /// <summary>The root without the statement, whose comments go to what follows it.</summary>
    private static SyntaxNode Without(SyntaxNode root, StatementSyntax line)
    {
        var leading = line.GetLeadingTrivia();
        var indent = leading.LastOrDefault(static t => t.IsKind(SyntaxKind.WhitespaceTrivia));
        var kept = leading.Any(IsComment) ? leading.Take(leading.Count - (leading.Last().IsKind(SyntaxKind.WhitespaceTrivia) ? 1 : 0)) : [];
        if (line.GetTrailingTrivia().Any(IsComment))
        {
            kept = kept.Append(indent).Concat(line.GetTrailingTrivia().SkipWhile(static t => t.IsKind(SyntaxKind.WhitespaceTrivia)));
        }

        var after = line.GetLastToken().GetNextToken();
        root = root.TrackNodes(line);
        root = root.ReplaceToken(root.GetCurrentNode(line)!.GetLastToken().GetNextToken(), after.WithLeadingTrivia(kept.Concat(after.LeadingTrivia)));
        return root.RemoveNode(root.GetCurrentNode(line)!, SyntaxRemoveOptions.KeepNoTrivia)!;
    }

    private static bool IsComment(SyntaxTrivia trivia) => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia);
}

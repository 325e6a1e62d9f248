using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Processes;

/// <summary>Members added to an object's initializer, in the way that it is laid out.</summary>
internal static class InitializerEdit
{
    /// <summary>The creation with <paramref name="members"/> (<c>A = true</c>) at the end of its initializer, which it gets where it has none.</summary>
    public static BaseObjectCreationExpressionSyntax Add(Layout layout, BaseObjectCreationExpressionSyntax creation, IEnumerable<string> members)
    {
        if (creation.Initializer is not { } initializer)
        {
            var made = (BaseObjectCreationExpressionSyntax)SyntaxFactory.ParseExpression($"{creation.WithoutTrivia().ToFullString()} {{ {string.Join(", ", members)} }}");
            return made.WithTriviaFrom(creation);
        }

        return creation.WithInitializer(Add(layout, initializer, members));
    }

    public static InitializerExpressionSyntax Add(Layout layout, InitializerExpressionSyntax initializer, IEnumerable<string> members)
    {
        var added = members.Select(static m => SyntaxFactory.ParseExpression(m)).ToList();
        if (initializer.Expressions.Count == 0)
        {
            var filled = SyntaxFactory.SeparatedList(added, Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), added.Count - 1));
            return initializer.WithExpressions(filled).WithOpenBraceToken(initializer.OpenBraceToken.WithTrailingTrivia(SyntaxFactory.Space))
                .WithCloseBraceToken(initializer.CloseBraceToken.WithLeadingTrivia(SyntaxFactory.Space));
        }

        // What stands behind the last member, a comment maybe, stays behind it; the comma goes in between.
        var last = initializer.Expressions.Last();
        var hasComma = initializer.Expressions.SeparatorCount == initializer.Expressions.Count;
        var isOneLine = !layout.StartsLine(last);
        var nodes = initializer.Expressions.GetWithSeparators().ToList();
        var behind = hasComma ? nodes[nodes.Count - 1].AsToken().TrailingTrivia : last.GetTrailingTrivia();
        if (!hasComma)
        {
            nodes[nodes.Count - 1] = last.WithTrailingTrivia();
            nodes.Add(SyntaxFactory.Token(SyntaxKind.CommaToken));
        }

        nodes[nodes.Count - 1] = nodes[nodes.Count - 1].AsToken().WithTrailingTrivia(isOneLine ? Trivia.Space : behind.EndingLine(layout));
        for (var i = 0; i < added.Count; i++)
        {
            var isLast = i == added.Count - 1;
            var end = isOneLine ? Trivia.Space : SyntaxFactory.TriviaList(layout.NewLine);
            var member = added[i].WithLeadingTrivia(isOneLine ? default : Trivia.Indent(layout.IndentOf(last)));
            nodes.Add(isLast && !hasComma ? member.WithTrailingTrivia(isOneLine ? behind : end) : member);
            if (!isLast || hasComma)
            {
                nodes.Add(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(isLast && isOneLine ? behind : end));
            }
        }

        return initializer.WithExpressions(SyntaxFactory.SeparatedList<ExpressionSyntax>(nodes));
    }
}

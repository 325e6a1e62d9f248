using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>Bodies that become one <c>lock</c> statement, on the lines they have.</summary>
internal static class LockBlock
{
    /// <summary>A body whose statements go under a <c>lock</c>, one level further in.</summary>
    public static BlockSyntax Around(BlockSyntax body, string gate, Layout layout)
    {
        var header = SyntaxFactory.ParseStatement($"lock ({gate}) {{ }}") as LockStatementSyntax;
        if (layout.IsOnOneLine(body))
        {
            var inner = SyntaxFactory.Block(
                SyntaxFactory.Token(default, SyntaxKind.OpenBraceToken, Trivia.Space), body.Statements,
                SyntaxFactory.Token(default, SyntaxKind.CloseBraceToken, Trivia.Space));
            return body.WithOpenBraceToken(body.OpenBraceToken.WithTrailingTrivia(Trivia.Space))
                .WithStatements(SyntaxFactory.SingletonList<StatementSyntax>(header!.WithStatement(inner)));
        }

        var indent = layout.IndentOf(body.CloseBraceToken);
        var deeper = indent + Layout.Step(indent, layout.IndentOf(body.Statements[0]));
        var ownLine = layout.StartsLine(body.OpenBraceToken);
        var line = SyntaxFactory.TriviaList(layout.NewLine);
        var shifted = layout.Shift(body, indent, deeper);
        shifted = shifted
            .WithOpenBraceToken(shifted.OpenBraceToken.WithLeadingTrivia(ownLine ? Trivia.Indent(deeper) : default)
                .WithTrailingTrivia(shifted.OpenBraceToken.TrailingTrivia.EndingLine(layout)))
            .WithCloseBraceToken(shifted.CloseBraceToken.WithTrailingTrivia(line));
        if (!shifted.CloseBraceToken.LeadingTrivia.Any(SyntaxKind.WhitespaceTrivia))
        {
            shifted = shifted.WithCloseBraceToken(shifted.CloseBraceToken.WithLeadingTrivia(shifted.CloseBraceToken.LeadingTrivia.AddRange(Trivia.Indent(deeper))));
        }

        var locked = header!.WithLeadingTrivia(Trivia.Indent(deeper))
            .WithCloseParenToken(SyntaxFactory.Token(default, SyntaxKind.CloseParenToken, ownLine ? line : Trivia.Space))
            .WithStatement(shifted);
        return SyntaxFactory.Block(
            body.OpenBraceToken.WithTrailingTrivia(line), SyntaxFactory.SingletonList<StatementSyntax>(locked),
            SyntaxFactory.Token(Trivia.Indent(indent), SyntaxKind.CloseBraceToken, body.CloseBraceToken.TrailingTrivia));
    }

    /// <summary>A block for what was an expression body; <paramref name="member"/> is the member or accessor that has it.</summary>
    public static BlockSyntax Of(ArrowExpressionClauseSyntax arrow, SyntaxToken semicolon, bool returns, SyntaxNode member, string gate, Layout layout)
    {
        var space = Trivia.Space;
        var oneLine = member.Parent is AccessorListSyntax list && layout.IsOnOneLine(list);
        var indent = layout.IndentOf(member);
        var outer = member.Parent is { } parent ? layout.IndentOf(parent is AccessorListSyntax accessors ? accessors.CloseBraceToken : parent.GetFirstToken()) : indent;
        var step = Layout.Step(outer, indent);
        var line = SyntaxFactory.TriviaList(layout.NewLine);
        var expression = layout.Shift(arrow.Expression, indent, indent + step).WithoutLeadingTrivia().WithoutTrailingTrivia();
        var end = SyntaxFactory.Token(default, SyntaxKind.SemicolonToken, oneLine ? space : line);
        StatementSyntax statement = expression is ThrowExpressionSyntax thrown
            ? SyntaxFactory.ThrowStatement(thrown.ThrowKeyword, thrown.Expression, end)
            : returns
                ? SyntaxFactory.ReturnStatement(SyntaxFactory.Token(default, SyntaxKind.ReturnKeyword, space), expression, end)
                : SyntaxFactory.ExpressionStatement(expression, end);
        var header = (LockStatementSyntax)SyntaxFactory.ParseStatement($"lock ({gate}) {{ }}");
        if (oneLine)
        {
            var inline = SyntaxFactory.Block(
                SyntaxFactory.Token(default, SyntaxKind.OpenBraceToken, space), SyntaxFactory.SingletonList(statement), SyntaxFactory.Token(default, SyntaxKind.CloseBraceToken, space));
            return SyntaxFactory.Block(
                SyntaxFactory.Token(default, SyntaxKind.OpenBraceToken, space), SyntaxFactory.SingletonList<StatementSyntax>(header.WithStatement(inline)),
                SyntaxFactory.Token(default, SyntaxKind.CloseBraceToken, semicolon.TrailingTrivia));
        }

        var (one, two) = (indent + step, indent + step + step);
        var inner = SyntaxFactory.Block(
            SyntaxFactory.Token(Trivia.Indent(one), SyntaxKind.OpenBraceToken, line),
            SyntaxFactory.SingletonList(statement.WithLeadingTrivia(Trivia.Indent(two))),
            SyntaxFactory.Token(Trivia.Indent(one), SyntaxKind.CloseBraceToken, line));
        var locked = header.WithLeadingTrivia(Trivia.Indent(one)).WithCloseParenToken(SyntaxFactory.Token(default, SyntaxKind.CloseParenToken, line)).WithStatement(inner);
        return SyntaxFactory.Block(
            SyntaxFactory.Token(SyntaxFactory.TriviaList(layout.NewLine).AddRange(Trivia.Indent(indent)), SyntaxKind.OpenBraceToken, line),
            SyntaxFactory.SingletonList<StatementSyntax>(locked),
            SyntaxFactory.Token(Trivia.Indent(indent), SyntaxKind.CloseBraceToken, semicolon.TrailingTrivia));
    }
}

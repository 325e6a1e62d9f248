using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Editing;

namespace Threadwise.CodeFixes.Queues;

/// <summary>Makes a private queue a blocking collection, from which the loop takes: the take waits, and wakes as soon as there is something.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW4007TakeFromBlockingCollection() : ThreadwiseFix("TW4007")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || site.Others.Any(static o => o is null) || site.Others[0]!.FirstAncestorOrSelf<VariableDeclarationSyntax>() is not { Variables.Count: 1 } declaration ||
            site.Target.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { Expression: MemberAccessExpressionSyntax { Expression: var queue, Name.Identifier.Text: "TryDequeue" }, ArgumentList.Arguments: { Count: 1 } arguments } look ||
            TakeOf(queue, arguments[0]) is not { } take || look.FirstAncestorOrSelf<StatementSyntax>() is not { } statement)
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        if (Taken(statement, look, take, layout) is not { } taken)
        {
            return null;
        }

        var types = declaration.DescendantNodes().OfType<GenericNameSyntax>().Where(static name => name.Identifier.Text == "ConcurrentQueue");
        var names = site.Others.Skip(1).OfType<SimpleNameSyntax>().ToList();
        var outside = names.Where(name => !taken.Old.Span.Contains(name.Span));
        var changed = root.ReplaceNodes(types.Concat<SyntaxNode>(outside).Append(taken.Old), (original, _) => original switch
        {
            GenericNameSyntax type => type.WithIdentifier(Named(type.Identifier, "BlockingCollection")),
            SimpleNameSyntax name when original != taken.Old => name.WithIdentifier(Named(name.Identifier, "Add")),
            _ => taken.New(names),
        });
        return document.WithSyntaxRoot(changed);
    }

    private static SyntaxToken Named(SyntaxToken old, string name) => SyntaxFactory.Identifier(old.LeadingTrivia, name, old.TrailingTrivia);

    /// <summary>The statement that takes: <c>var x = queue.Take();</c>.</summary>
    private static StatementSyntax? TakeOf(ExpressionSyntax queue, ArgumentSyntax argument) => argument.Expression switch
    {
        DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax name, Type: var type } => SyntaxFactory.ParseStatement($"{type} {name} = {queue}.Take();"),
        IdentifierNameSyntax { Identifier.Text: not "_" } name => SyntaxFactory.ParseStatement($"{name} = {queue}.Take();"),
        _ => null,
    };

    /// <summary>The node that the take replaces, and what it becomes, given the names of calls that put something in.</summary>
    private static (SyntaxNode Old, Func<IReadOnlyList<SimpleNameSyntax>, SyntaxNode> New)? Taken(StatementSyntax statement, SyntaxNode look, StatementSyntax take, Layout layout)
    {
        switch (statement)
        {
            // while (!queue.TryDequeue(out x)) pause;
            case WhileStatementSyntax { Condition: PrefixUnaryExpressionSyntax not } loop when not.Operand == look && take is ExpressionStatementSyntax && !loop.HasInnerComments():
                return (loop, _ => take.WithTriviaFrom(loop));

            // if (!queue.TryDequeue(out var x)) { pause; continue; }
            case IfStatementSyntax { Condition: PrefixUnaryExpressionSyntax not, Else: null } skip when not.Operand == look && !skip.HasInnerComments():
                return (skip, _ => take.WithTriviaFrom(skip));

            // if (queue.TryDequeue(out var x)) { … } else pause;
            case IfStatementSyntax { Statement: BlockSyntax { Statements.Count: > 0 } work } choice when choice.Condition == look:
                var old = choice.Parent is BlockSyntax { Statements.Count: 1 } outer ? outer : (SyntaxNode)choice;
                var isLoop = old.Parent is WhileStatementSyntax or ForStatementSyntax;
                return isLoop && !old.DescendantTrivia().Any(t => t.IsComment() && old.Span.Contains(t.Span) && !work.Span.Contains(t.Span)) ? (old, names => Moved(old, work, take, names, layout)) : null;
            default:
                return null;
        }
    }

    /// <summary>The block of the loop: the take, and the work on one level less.</summary>
    private static SyntaxNode Moved(SyntaxNode old, BlockSyntax work, StatementSyntax take, IReadOnlyList<SimpleNameSyntax> names, Layout layout)
    {
        var first = work.Statements[0];
        var (from, to) = (layout.IndentOf(work), layout.IndentOf(old));
        var hasLines = layout.StartsLine(first) && layout.StartsLine(old);
        var block = hasLines ? layout.Shift(work, from, to) : work;
        var (before, now) = (work.DescendantNodes().ToList(), block.DescendantNodes().ToList());
        block = block.ReplaceNodes(names.Where(name => work.Span.Contains(name.Span)).Select(name => now[before.IndexOf(name)]), static (original, _) => original is SimpleNameSyntax name ? name.WithIdentifier(Named(name.Identifier, "Add")) : original);
        var indent = layout.IndentOf(first);
        take = hasLines
            ? take.WithLeadingTrivia(Trivia.Indent(indent.StartsWith(from, StringComparison.Ordinal) ? to + indent.Substring(from.Length) : indent)).WithTrailingTrivia(layout.NewLine)
            : take.WithLeadingTrivia(first.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.Space);
        var rest = hasLines ? block.Statements : block.Statements.Replace(block.Statements[0], block.Statements[0].WithLeadingTrivia());
        block = block.WithStatements(rest.Insert(0, take));
        return old is BlockSyntax outer ? block.WithOpenBraceToken(outer.OpenBraceToken).WithCloseBraceToken(outer.CloseBraceToken) : block.WithTriviaFrom(old);
    }
}

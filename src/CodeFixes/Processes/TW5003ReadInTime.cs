using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Reporting;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Processes;

namespace Threadwise.CodeFixes.Processes;

/// <summary>
/// Puts the wait for the exit behind the reads, and begins to read the second pipe before the first is read. A read inside a larger statement becomes a local of
/// its own first.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW5003ReadInTime() : ThreadwiseFix("TW5003")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || site.Target.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } target ||
            site.Others.Select(static o => o?.FirstAncestorOrSelf<InvocationExpressionSyntax>()).ToList() is not { Count: > 0 } others || others.Contains(null))
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        var changed = site.Properties[FixProperties.Edit] == "ReadBoth" ? BegunRead.Before(root, layout, others[0]!, target) : ReadFirst(root, layout, target, others!);
        return changed is null ? null : document.WithSyntaxRoot(changed);
    }

    private static SyntaxNode? ReadFirst(SyntaxNode root, Layout layout, InvocationExpressionSyntax wait, List<InvocationExpressionSyntax> reads)
    {
        if (wait.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { } waits || !IsPlainWait(waits.Expression, wait) || Siblings.Around(waits) is not { } list ||
            waits.HasInnerComments() || reads.Any(static r => r.HasInnerComments()))
        {
            return null;
        }

        // Two pipes one after the other would be the next trap.
        if (reads.Count > 1)
        {
            var marks = root.TrackNodes(reads.Cast<SyntaxNode>().Append(wait));
            var both = BegunRead.Before(marks, layout, marks.GetCurrentNode(reads[0])!, marks.GetCurrentNode(reads[1])!);
            return both?.GetCurrentNode(reads[0]) is { } left && both.GetCurrentNode(wait) is { } stays ? ReadFirst(both, new Layout(both.GetText()), stays, [left]) : null;
        }

        var at = list.Statements.IndexOf(waits);
        var behind = list.Statements.FindIndex(s => s.Span.Contains(reads[0].Span));
        if (behind <= at || ConditionalCode.IsBetween(waits, list.Statements[behind]))
        {
            return null;
        }

        return Enumerable.Range(at + 1, behind - at).All(i => IsPlainRead(list.Statements[i])) ? Swap(root, layout, list, at, behind) : Hoist(root, layout, waits, reads[0]);
    }

    /// <summary>The wait goes behind the read; each statement keeps the comments that are its own.</summary>
    private static SyntaxNode? Swap(SyntaxNode root, Layout layout, Siblings list, int at, int behind)
    {
        var wait = list.Statements[at];
        var reads = list.Statements.GetRange(at + 1, behind - at);
        if (!layout.StartsLine(wait) || reads.Any(read => !layout.StartsLine(read)))
        {
            var order = reads.Select((read, i) => read.WithTriviaFrom(list.Statements[at + i])).Append(wait.WithTriviaFrom(list.Statements[behind]));
            return wait.HasComments() || reads.Any(static r => r.HasComments()) ? null : list.Replace(root, at, reads.Count + 1, [.. order]);
        }

        var blank = wait.GetLeadingTrivia().Take(wait.GetLeadingTrivia().Count - wait.GetLeadingTrivia().WithoutBlankLines().Count).ToList();
        reads[0] = reads[0].WithLeadingTrivia(SyntaxFactory.TriviaList(blank).AddRange(reads[0].GetLeadingTrivia().WithoutBlankLines()));
        return list.Replace(root, at, reads.Count + 1, [.. reads, wait.WithLeadingTrivia(wait.GetLeadingTrivia().WithoutBlankLines())]);
    }

    /// <summary><c>var output = p.StandardOutput.ReadToEnd();</c> before the wait, and <c>output</c> where it was read.</summary>
    private static SyntaxNode? Hoist(SyntaxNode root, Layout layout, ExpressionStatementSyntax wait, InvocationExpressionSyntax read)
    {
        if (BegunRead.PipeOf(read) is not { } pipe || read.Ancestors().TakeWhile(static a => a is not StatementSyntax).Any(static a => a is AnonymousFunctionExpressionSyntax))
        {
            return null;
        }

        // What stands around the read until it is text: `await …`, `.ConfigureAwait(false)`, `.GetAwaiter().GetResult()`.
        ExpressionSyntax value = read;
        while (value.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" or "ConfigureAwait" or "GetAwaiter" or "GetResult" } access && access.Expression == value)
        {
            value = access.Parent is InvocationExpressionSyntax call ? call : access;
        }

        value = value.Parent is AwaitExpressionSyntax awaited ? awaited : value;
        ExpressionSyntax whole = value.Parent is ParenthesizedExpressionSyntax parenthesized ? parenthesized : value;
        var name = FreshName.For(pipe, read);
        var taken = SyntaxFactory.ParseStatement($"var {name} = x;");
        taken = taken.ReplaceNode(taken.DescendantNodes().OfType<EqualsValueClauseSyntax>().Single().Value, value.WithoutTrivia());
        var tracked = root.TrackNodes(wait, whole);
        tracked = tracked.ReplaceNode(tracked.GetCurrentNode(whole)!, SyntaxFactory.IdentifierName(name).WithTriviaFrom(whole));
        return StatementLists.PutOnLineBefore(tracked, layout, tracked.GetCurrentNode(wait)!, taken);
    }

    /// <summary><c>p.WaitForExit()</c> or an await of <c>p.WaitForExitAsync()</c>, and nothing else.</summary>
    private static bool IsPlainWait(ExpressionSyntax expression, InvocationExpressionSyntax wait) =>
        expression == wait || expression is AwaitExpressionSyntax awaits && IsAwaitOf(awaits, wait);

    private static bool IsAwaitOf(AwaitExpressionSyntax awaits, InvocationExpressionSyntax call) => awaits.Expression == call ||
        awaits.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Expression: var task } } && task == call;

    /// <summary><c>var s = p.StandardOutput.ReadToEnd();</c>, <c>s = …</c>: the value is the read, possibly waited for or trimmed, and nothing in it asks for the exit.</summary>
    private static bool IsPlainRead(StatementSyntax statement)
    {
        var value = statement switch
        {
            LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } => variables[0].Initializer?.Value,
            ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } } assignment } => assignment.Right,
            _ => null,
        };
        var names = value?.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Select(static n => n.Identifier.ValueText).ToList() ?? [];
        return (value is AwaitExpressionSyntax { Expression: IdentifierNameSyntax } || names.Any(static n => n is "ReadToEnd" or "ReadToEndAsync" or "GetResult")) &&
            !names.Any(static n => n is "ExitCode" or "ExitTime" or "HasExited") && value!.DescendantNodesAndSelf().All(static n => n is MemberAccessExpressionSyntax or InvocationExpressionSyntax
                or SimpleNameSyntax or ArgumentListSyntax or ArgumentSyntax or LiteralExpressionSyntax or AwaitExpressionSyntax or ParenthesizedExpressionSyntax);
    }
}

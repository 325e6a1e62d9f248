using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Processes;

/// <summary>The read of a pipe to its end begun earlier, and its result taken where it was read.</summary>
internal static class BegunRead
{
    /// <summary>
    /// The root with <c>var errorTask = p.StandardError.ReadToEndAsync();</c> before the statement that has <paramref name="first"/>, and the result of it in place of
    /// <paramref name="read"/>, which stands in a later statement of the same list; null where that cannot be.
    /// </summary>
    public static SyntaxNode? Before(SyntaxNode root, Layout layout, SyntaxNode first, InvocationExpressionSyntax read)
    {
        var at = first.AncestorsAndSelf().OfType<StatementSyntax>().FirstOrDefault(s => Siblings.Around(s)?.Statements.Exists(other => other.Span.Contains(read.Span)) == true);
        if (at is null || Siblings.Around(at)!.Statements.Find(s => s.Span.Contains(read.Span)) is not { } behind || at == behind || ConditionalCode.IsBetween(at, behind) ||
            !read.ArgumentList.Arguments.All(static a => a.Expression is IdentifierNameSyntax) || PipeOf(read) is not { } pipe || read.HasInnerComments())
        {
            return null;
        }

        // After `ReadToEndAsync` the code at hand already waits in its way: `await …`, `.Result`.
        var reader = (MemberAccessExpressionSyntax)read.Expression;
        var name = FreshName.For(pipe + "Task", read);
        var task = SyntaxFactory.IdentifierName(name);
        var begun = SyntaxFactory.ParseStatement($"var {name} = {reader.Expression.WithoutTrivia()}.ReadToEndAsync{read.ArgumentList.WithoutTrivia()};");
        ExpressionSyntax result = reader.Name.Identifier.ValueText == "ReadToEndAsync" ? task
            : AsyncContext.Allows(read) ? Awaited.Of(task, read)
            : SyntaxFactory.ParseExpression($"{name}.GetAwaiter().GetResult()");
        var tracked = root.TrackNodes(at, read);
        tracked = tracked.ReplaceNode(tracked.GetCurrentNode(read)!, result.WithTriviaFrom(read));
        return StatementLists.PutOnLineBefore(tracked, layout, tracked.GetCurrentNode(at)!, begun);
    }

    /// <summary><c>output</c> or <c>error</c>, for the local that gets the text; null where the read is no plain call.</summary>
    public static string? PipeOf(InvocationExpressionSyntax read) => read.Expression is MemberAccessExpressionSyntax { Expression: var pipe, Name.Identifier.ValueText: "ReadToEnd" or "ReadToEndAsync" }
        ? pipe is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax, Name.Identifier.ValueText: "StandardError" } ? "error"
        : pipe is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax, Name.Identifier.ValueText: "StandardOutput" } ? "output"
        : null
        : null;
}

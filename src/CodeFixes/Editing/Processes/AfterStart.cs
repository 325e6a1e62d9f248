using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.CodeFixes.Editing.Processes;

/// <summary>Puts a statement for each pipe of a report behind the statement that starts the process.</summary>
internal static class AfterStart
{
    /// <param name="start">The call that starts the process.</param>
    /// <param name="other">A place that the statement must be behind too.</param>
    /// <param name="statement">The statement, of the process and a pipe.</param>
    public static async Task<Document?> InsertAsync(
        Document document, FixSite site, InvocationExpressionSyntax? start, SyntaxNode other, Func<string, string, string> statement, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || start?.FirstAncestorOrSelf<StatementSyntax>() is not { } starts || Siblings.Around(starts) is not { } list || NameOf(start, starts, model, cancellation) is not { } name ||
            !site.Properties.TryGetValue(FixProperties.Pipes, out var pipes) || pipes is null)
        {
            return null;
        }

        var index = Math.Max(list.Statements.IndexOf(starts), list.Statements.FindIndex(s => s.Span.Contains(other.Span)));
        var at = list.Statements[index];
        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        var added = pipes.Split(',').Select(pipe => SyntaxFactory.ParseStatement(statement(name, pipe))).ToList();
        var hasOwnLine = layout.StartsLine(at) && at.GetTrailingTrivia().EndsLine();
        var statements = hasOwnLine
            ? added.Select(s => s.WithLeadingTrivia(Trivia.Indent(layout.IndentOf(at))).WithTrailingTrivia(layout.NewLine)).Prepend(at)
            : added.Select((s, i) => s.WithTrailingTrivia(i == added.Count - 1 ? at.GetTrailingTrivia() : Trivia.Space)).Prepend(at.WithTrailingTrivia(at.GetTrailingTrivia().Separating()));
        return document.WithSyntaxRoot(list.Replace(root, index, 1, [.. statements]));
    }

    /// <summary>The local of <c>p.Start();</c> or <c>var p = Process.Start(…)!;</c>; null where the start may have given null, or stands in something larger.</summary>
    public static string? NameOf(InvocationExpressionSyntax start, StatementSyntax at, SemanticModel? model, CancellationToken cancellation) => at switch
    {
        ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax local } } call } when call == start => local.Identifier.Text,
        LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } when variables[0].Initializer?.Value is PostfixUnaryExpressionSyntax or BinaryExpressionSyntax => variables[0].Identifier.Text,
        LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } when variables[0].Initializer?.Value == start &&
            model?.GetSymbolInfo(start, cancellation).Symbol is IMethodSymbol { ReturnType.NullableAnnotation: NullableAnnotation.NotAnnotated } => variables[0].Identifier.Text,
        _ => null,
    };
}

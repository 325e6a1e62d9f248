using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Threadwise.Analyzers.Reporting;
using Threadwise.Analyzers.Rules.SharedState;
using Threadwise.CodeFixes.Editing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Threadwise.CodeFixes.SharedState;

/// <summary>Reads the field or event once: a call behind a test becomes one by <c>?.</c>, and else a local takes the value that is tested and used.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW3014ReadOnce() : ThreadwiseFix(TW3014SharedFieldReadTwice.Id)
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || StateFix.Accesses(site) is not { Count: > 1 } reads)
        {
            return null;
        }

        if (site.Properties[FixProperties.Edit] == TW3014SharedFieldReadTwice.ConditionalCall)
        {
            return ConditionalCall(root, reads[0], reads[1]) is { } called
                ? await Formatter.FormatAsync(document.WithSyntaxRoot(called), Formatter.Annotation, cancellationToken: cancellation).ConfigureAwait(false)
                : null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        if (reads[1].FirstAncestorOrSelf<StatementSyntax>() is not { } statement || statement is LocalFunctionStatementSyntax)
        {
            return null;
        }

        var name = NameFor(reads[0], statement);
        var mark = new SyntaxAnnotation();
        var local = LocalDeclarationStatement(VariableDeclaration(
            IdentifierName(Identifier(TriviaList(), SyntaxKind.VarKeyword, "var", "var", TriviaList(Space))),
            SingletonSeparatedList(VariableDeclarator(Identifier(name).WithTrailingTrivia(Space), null, EqualsValueClause(Token(default, SyntaxKind.EqualsToken, TriviaList(Space)), (ExpressionSyntax)reads[1].WithoutTrivia())))));
        var tracked = root.ReplaceNodes(reads.Distinct(), (_, read) => read.WithAdditionalAnnotations(mark));
        return tracked.FindNode(statement.Span).FirstAncestorOrSelf<StatementSyntax>(s => s.Span == statement.Span) is { } current && StatementLists.PutOnLineBefore(tracked, layout, current, local) is { } changed
            ? document.WithSyntaxRoot(changed.ReplaceNodes(changed.GetAnnotatedNodes(mark), (old, _) => IdentifierName(name).WithTriviaFrom(old)))
            : null;
    }

    /// <summary><c>if (x != null) x.Call();</c> as <c>x?.Call();</c>.</summary>
    private static SyntaxNode? ConditionalCall(SyntaxNode root, SyntaxNode use, SyntaxNode test)
    {
        if (test.FirstAncestorOrSelf<IfStatementSyntax>() is not { Else: null } choice || choice.ContainsDirectives || use.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { } call || !choice.Span.Contains(call.Span))
        {
            return null;
        }

        var leading = call.GetLeadingTrivia().Any(static t => t.IsComment());
        var trailing = call.GetTrailingTrivia().Any(static t => t.IsComment());
        if (choice.DescendantTrivia().Any(t => t.IsComment() && choice.Span.Contains(t.Span) && !call.FullSpan.Contains(t.Span)) || (trailing && choice.GetTrailingTrivia().Any(static t => t.IsComment()) && choice.Statement != call))
        {
            return null;
        }

        var text = call.WithoutTrivia().ToString();
        var changed = ParseStatement(text.Insert(use.Span.End - call.SpanStart, use.Parent is InvocationExpressionSyntax invocation && invocation.Expression == use ? "?.Invoke" : "?"));
        return root.ReplaceNode(choice, changed
            .WithLeadingTrivia(leading ? choice.GetLeadingTrivia().WithoutIndent().AddRange(call.GetLeadingTrivia()) : choice.GetLeadingTrivia())
            .WithTrailingTrivia(trailing ? call.GetTrailingTrivia() : choice.GetTrailingTrivia())
            .WithAdditionalAnnotations(Formatter.Annotation));
    }

    private static string NameFor(SyntaxNode read, StatementSyntax statement)
    {
        var variable = read switch
        {
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            IdentifierNameSyntax simple => simple.Identifier.ValueText,
            _ => "",
        };
        var wanted = FreshName.After(variable);
        return FreshName.For(wanted.Length == 0 || wanted == variable ? "current" : wanted, statement);
    }
}

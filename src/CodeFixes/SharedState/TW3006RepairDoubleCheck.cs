using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Threadwise.Analyzers.Reporting;
using Threadwise.Analyzers.Rules.SharedState;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.State;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Threadwise.CodeFixes.SharedState;

/// <summary>Makes the test again under the lock, fills an object before it is stored, or sets the flag behind what it stands for.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW3006RepairDoubleCheck() : ThreadwiseFix(TW3006UnsafeDoubleCheckedLocking.Id)
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        if (root is null || site.Target.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is not { Parent: ExpressionStatementSyntax statement } || site.Others.FirstOrDefault()?.FirstAncestorOrSelf<IfStatementSyntax>() is not { } test)
        {
            return null;
        }

        var changed = site.Properties[FixProperties.Edit] switch
        {
            TW3006UnsafeDoubleCheckedLocking.CheckAgain => CheckAgain(root, statement, test, layout),
            TW3006UnsafeDoubleCheckedLocking.SetFlagLast => SetFlagLast(root, statement),
            TW3006UnsafeDoubleCheckedLocking.PublishLast => StoredLast.Of(root, statement),
            _ => null,
        };
        return changed is null
            ? null
            : await Formatter.FormatAsync(document.WithSyntaxRoot(changed), Formatter.Annotation, cancellationToken: cancellation).ConfigureAwait(false);
    }

    /// <summary>The same <c>if</c> around all that the lock holds; or the same early exit in front of it.</summary>
    private static SyntaxNode? CheckAgain(SyntaxNode root, StatementSyntax statement, IfStatementSyntax test, Layout layout)
    {
        // A name that the test gives its value can be given once.
        if (SectionOf(statement) is not { } section || BodyOf(section) is not { } body || test.Condition.HasComments() || test.Condition.DescendantNodes().Any(static n => n is SingleVariableDesignationSyntax))
        {
            return null;
        }

        // What comes before the lock is taken: nothing, but for a declaration that guards what follows it in its list.
        var before = section is BlockSyntax list ? list.Statements.LastIndexOf(s => s.SpanStart < statement.SpanStart && IsScope(s)) + 1 : 0;
        if (!test.Span.Contains(section.Span))
        {
            return body is BlockSyntax guarded && !test.HasComments()
                ? root.ReplaceNode(guarded, guarded.WithStatements(guarded.Statements.Insert(before, test.WithoutTrivia().WithTrailingTrivia(layout.NewLine).WithAdditionalAnnotations(Formatter.Annotation))))
                : null;
        }

        var inner = body as BlockSyntax ?? Block(body.WithTrailingTrivia(ElasticMarker));
        if (inner.Statements.Any(static s => s is LocalFunctionStatementSyntax or LabeledStatementSyntax))
        {
            return null;
        }

        var again = IfStatement(test.Condition.WithoutTrivia(), Block(inner.Statements.Skip(before))).WithAdditionalAnnotations(Formatter.Annotation);
        var block = body is BlockSyntax kept
            ? kept.WithStatements(List(kept.Statements.Take(before).Append(again)))
            : Block(again).WithTrailingTrivia(body.GetTrailingTrivia());
        return root.ReplaceNode(body, block.WithAdditionalAnnotations(Formatter.Annotation));
    }

    /// <summary>The statement that holds the lock around <paramref name="statement"/>, or the list in which a declaration takes it.</summary>
    private static StatementSyntax? SectionOf(StatementSyntax statement) => statement.Ancestors().OfType<StatementSyntax>().FirstOrDefault(a => a is LockStatementSyntax or UsingStatementSyntax or TryStatementSyntax { Finally: not null } ||
        (a is BlockSyntax block && block.Statements.Any(s => s.SpanStart < statement.SpanStart && IsScope(s))));

    private static bool IsScope(StatementSyntax statement) => statement is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 };

    /// <summary>What is done under the lock.</summary>
    private static StatementSyntax? BodyOf(StatementSyntax section) => section switch
    {
        LockStatementSyntax statement => statement.Statement,
        UsingStatementSyntax scope => scope.Statement,
        TryStatementSyntax attempt => attempt.Block,
        _ => section as BlockSyntax,
    };

    /// <summary>The flag behind the last statement of its list; nothing in between may ask for it.</summary>
    private static SyntaxNode? SetFlagLast(SyntaxNode root, ExpressionStatementSyntax statement)
    {
        if (statement.Parent is not BlockSyntax block || StoredLast.Name(((AssignmentExpressionSyntax)statement.Expression).Left) is not { } flag)
        {
            return null;
        }

        var at = block.Statements.IndexOf(statement);
        var later = block.Statements.Skip(at + 1).ToList();
        if (later.Count == 0 || later.Any(s => s is not ExpressionStatementSyntax || s.DescendantTokens().Any(t => t.ValueText == flag) || s.DescendantNodes().Any(static n => n is AwaitExpressionSyntax)))
        {
            return null;
        }

        // Each statement keeps the trivia of its place, comments go along with what they speak of.
        var moved = later.Append(statement).ToList();
        if (moved.Any(static s => s.GetLeadingTrivia().Any(static t => t.IsDirective)))
        {
            return null;
        }

        return root.ReplaceNode(block, block.WithStatements(List(block.Statements.Take(at).Concat(moved))));
    }
}

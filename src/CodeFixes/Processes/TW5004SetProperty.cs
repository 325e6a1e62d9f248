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
/// Sets the property that is missing: the wrong value is turned round where one is written, else it goes to the others of the start information, in front of the
/// start, or behind the handler.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW5004SetProperty() : ThreadwiseFix("TW5004")
{
    private const string Shell = "UseShellExecute";

    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || site.Others.IsEmpty)
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var changed = site.Others.Length > 1 ? Turned(root, site.Others[1])
            : site.Properties[FixProperties.Edit] switch
            {
                "WithoutShell" => BesideRedirection(root, layout, site.Target),
                "RaiseEvent" => BehindHandler(root, layout, site.Target),
                _ => Redirected(root, layout, site.Others[0]?.FirstAncestorOrSelf<InvocationExpressionSyntax>(), site.Properties[FixProperties.Flags]!.Split(','), model),
            };
        return changed is null ? null : document.WithSyntaxRoot(changed);
    }

    /// <summary><c>true</c> for <c>false</c> and the other way round, where it is written as such.</summary>
    private static SyntaxNode? Turned(SyntaxNode root, SyntaxNode? wrong) =>
        wrong?.FirstAncestorOrSelf<AssignmentExpressionSyntax>()?.Right is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.TrueLiteralExpression or (int)SyntaxKind.FalseLiteralExpression } literal
            ? root.ReplaceNode(literal, SyntaxFactory.LiteralExpression(literal.IsKind(SyntaxKind.TrueLiteralExpression) ? SyntaxKind.FalseLiteralExpression : SyntaxKind.TrueLiteralExpression).WithTriviaFrom(literal))
            : null;

    private static SyntaxNode? BesideRedirection(SyntaxNode root, Layout layout, SyntaxNode target) => target.FirstAncestorOrSelf<AssignmentExpressionSyntax>() switch
    {
        { Parent: InitializerExpressionSyntax initializer } => root.ReplaceNode(initializer, InitializerEdit.Add(layout, initializer, [$"{Shell} = false"])),
        { Left: MemberAccessExpressionSyntax { Expression: var info }, Parent: ExpressionStatementSyntax statement } when Siblings.Around(statement) is { } list =>
            StatementLists.PutOnLineAfter(root, layout, list, statement, SyntaxFactory.ParseStatement($"{info.WithoutTrivia()}.{Shell} = false;")),
        _ => null,
    };

    private static SyntaxNode? BehindHandler(SyntaxNode root, Layout layout, SyntaxNode target) =>
        target.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is { Left: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax process }, Parent: ExpressionStatementSyntax statement } &&
        Siblings.Around(statement) is { } list
            ? StatementLists.PutOnLineAfter(root, layout, list, statement, SyntaxFactory.ParseStatement($"{process.Identifier.Text}.EnableRaisingEvents = true;"))
            : null;

    private static SyntaxNode? Redirected(SyntaxNode root, Layout layout, InvocationExpressionSyntax? start, IReadOnlyList<string> flags, SemanticModel? model)
    {
        var members = flags.Select(static flag => $"{flag} = {(flag == Shell ? "false" : "true")}").ToList();
        return start switch
        {
            // p.Start();
            { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax process }, Parent: ExpressionStatementSyntax statement } =>
                Before(root, layout, statement, members, $"{process.Identifier.Text}.StartInfo"),

            // Process.Start(info), Process.Start(new ProcessStartInfo("x") { … })
            { ArgumentList.Arguments: { Count: 1 } only } when only[0].Expression is IdentifierNameSyntax info && model?.GetTypeInfo(info).Type?.Name == "ProcessStartInfo" && start.FirstAncestorOrSelf<StatementSyntax>() is { } statement =>
                Before(root, layout, statement, members, info.Identifier.Text),
            { ArgumentList.Arguments: { Count: 1 } only } when only[0].Expression is BaseObjectCreationExpressionSyntax creation => root.ReplaceNode(creation, InitializerEdit.Add(layout, creation, members)),

            // Process.Start("x"), Process.Start("x", "y")
            { ArgumentList.Arguments.Count: 1 or 2, Expression: MemberAccessExpressionSyntax { Expression: var type } } when !start.ArgumentList.HasComments() => root.ReplaceNode(
                start.ArgumentList, SyntaxFactory.ParseArgumentList($"(new {type.WithoutTrivia()}StartInfo{start.ArgumentList.WithoutTrivia().ToFullString()} {{ {string.Join(", ", members)} }})").WithTriviaFrom(start.ArgumentList)),
            _ => null,
        };
    }

    private static SyntaxNode? Before(SyntaxNode root, Layout layout, StatementSyntax statement, List<string> members, string info)
    {
        var mark = new SyntaxAnnotation();
        foreach (var member in members)
        {
            var at = root.GetAnnotatedNodes(mark).OfType<StatementSyntax>().FirstOrDefault() ?? statement;
            var changed = StatementLists.PutOnLineBefore(root, layout, at, SyntaxFactory.ParseStatement($"{info}.{member};"), at.WithAdditionalAnnotations(mark));
            if (changed is null)
            {
                return null;
            }

            root = changed;
            layout = new Layout(root.GetText());
        }

        return root;
    }
}

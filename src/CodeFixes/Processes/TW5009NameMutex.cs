using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Reporting;
using Threadwise.Analyzers.Rules.Processes;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Locks;

namespace Threadwise.CodeFixes.Processes;

/// <summary>
/// Gives a name to a mutex that guards shared memory, and a handler to each wait for it, since another process may die with it from then on. Nothing is offered where a wait has no place for a handler.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW5009NameMutex() : ThreadwiseFix(TW5009UnnamedCrossProcessPrimitive.Id)
{
    private protected override string Title(Diagnostic diagnostic, string edit) => FixTexts.Title($"{TW5009UnnamedCrossProcessPrimitive.Id}_{edit}", diagnostic.Properties[FixProperties.Gate] ?? "");

    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || model is null || site.Properties[FixProperties.Gate] is not { } name || site.Target.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is not { } creation || HolderOf(creation, model, cancellation) is not { } holder ||
            creation.ArgumentList is { Arguments.Count: > 1 } || creation.Initializer is not null || holder.ContainingType.DeclaringSyntaxReferences.Length != 1)
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        var waits = root.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WaitOne" } access &&
            SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(access.Expression, cancellation).Symbol, holder) && !IsReady(call)).ToList();
        var mark = new SyntaxAnnotation();
        var changed = root.ReplaceNode(creation, creation.WithAdditionalAnnotations(mark));

        // From the last on, so that what stands before keeps its place.
        foreach (var wait in waits.OrderByDescending(static w => w.SpanStart))
        {
            if (changed.FindNode(wait.Span, getInnermostNodeForTie: true).FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } now || AbandonedTry.Around(changed, now, layout) is not { } handled)
            {
                return null;
            }

            changed = handled;
        }

        var made = (BaseObjectCreationExpressionSyntax)changed.GetAnnotatedNodes(mark).Single();
        var owned = creation.ArgumentList?.Arguments.FirstOrDefault()?.Expression.ToString() ?? "false";
        var arguments = SyntaxFactory.ParseArgumentList($"({owned}, {NamedMutexText.Of(name)})").WithTrailingTrivia(made.GetTrailingTrivia());
        return document.WithSyntaxRoot(changed.ReplaceNode(made, made switch
        {
            ObjectCreationExpressionSyntax full => full.WithType(full.Type.WithoutTrailingTrivia()).WithArgumentList(arguments),
            _ => made.WithArgumentList(arguments),
        }));
    }

    private static IFieldSymbol? HolderOf(BaseObjectCreationExpressionSyntax creation, SemanticModel model, CancellationToken cancellation) => creation.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declaration } => model.GetDeclaredSymbol(declaration, cancellation) as IFieldSymbol,
        AssignmentExpressionSyntax assignment when assignment.Right == creation => model.GetSymbolInfo(assignment.Left, cancellation).Symbol as IFieldSymbol,
        _ => null,
    };

    /// <summary>A <c>try</c> around the wait takes the exception, by its name or with all others.</summary>
    private static bool IsReady(InvocationExpressionSyntax wait) => wait.Ancestors().TakeWhile(static a => a is not MemberDeclarationSyntax).OfType<TryStatementSyntax>().Any(tried => tried.Block.Span.Contains(wait.Span) &&
        tried.Catches.Any(static handler => handler.Declaration is null || handler.Declaration.Type.GetLastToken().ValueText is "AbandonedMutexException" or "Exception" or "SystemException"));
}

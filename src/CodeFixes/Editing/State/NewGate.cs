using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Threadwise.CodeFixes.Editing.Locks;

namespace Threadwise.CodeFixes.Editing.State;

/// <summary>A new lock object for a variable, taken around its accesses: a private field beside a field, a local in front of a local.</summary>
internal static class NewGate
{
    /// <param name="document">The document.</param>
    /// <param name="accesses">The accesses; the first one tells the variable.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <param name="mayBeWhole">Whether the lock may be all that a round of a parallel loop does.</param>
    public static async Task<Document?> TakeAsync(Document document, IReadOnlyList<SyntaxNode> accesses, CancellationToken cancellation, bool mayBeWhole = false)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || model is null)
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        var changed = Root(accesses[0], model, cancellation) switch
        {
            ILocalSymbol or IParameterSymbol => Local(root, accesses, layout, model, cancellation),
            IFieldSymbol or IPropertySymbol => Field(root, accesses, layout, model, cancellation),
            _ => null,
        };
        return changed is null || (!mayBeWhole && RoundBody.AreSerialized(root, accesses, changed, model, cancellation))
            ? null
            : await Formatter.FormatAsync(document.WithSyntaxRoot(changed), Formatter.Annotation, cancellationToken: cancellation).ConfigureAwait(false);
    }

    /// <summary>What the access starts from: the local of <c>totals.Sum</c>, the field of <c>_counts[i]</c>.</summary>
    private static ISymbol? Root(SyntaxNode access, SemanticModel model, CancellationToken cancellation) => access switch
    {
        ElementAccessExpressionSyntax element => Root(element.Expression, model, cancellation),
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or TypeSyntax and not SimpleNameSyntax } member => model.GetSymbolInfo(member, cancellation).Symbol,
        MemberAccessExpressionSyntax member => model.GetSymbolInfo(member.Expression, cancellation).Symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol
            ? Root(member.Expression, model, cancellation)
            : model.GetSymbolInfo(member, cancellation).Symbol,
        _ => model.GetSymbolInfo(access, cancellation).Symbol,
    };

    private static SyntaxNode? Field(SyntaxNode root, IReadOnlyList<SyntaxNode> accesses, Layout layout, SemanticModel model, CancellationToken cancellation)
    {
        if (Root(accesses[0], model, cancellation) is not { } variable || accesses[0].FirstAncestorOrSelf<TypeDeclarationSyntax>() is not ClassDeclarationSyntax { OpenBraceToken.IsMissing: false } part ||
            model.GetDeclaredSymbol(part, cancellation) is not { } type || !SymbolEqualityComparer.Default.Equals(variable.ContainingType, type) ||
            accesses.Any(a => a.FirstAncestorOrSelf<TypeDeclarationSyntax>() != part) || !SynchronizedMembers.CanHaveGate(type, variable.IsStatic, cancellation))
        {
            return null;
        }

        var name = GateField.NameFor(type, variable.IsStatic, model, part.OpenBraceToken.Span.End, cancellation);
        if (GuardedAccesses.Guard(root, accesses, name, model, cancellation) is not { } guarded)
        {
            return null;
        }

        // The class is found again by its place among the classes: the edits lie within it and add no class.
        var at = root.DescendantNodes().OfType<ClassDeclarationSyntax>().ToList().IndexOf(part);
        var now = guarded.DescendantNodes().OfType<ClassDeclarationSyntax>().ElementAt(at);
        return guarded.ReplaceNode(now, GateField.AddTo(now, part, name, variable.IsStatic, layout));
    }

    private static SyntaxNode? Local(SyntaxNode root, IReadOnlyList<SyntaxNode> accesses, Layout layout, SemanticModel model, CancellationToken cancellation)
    {
        if (Root(accesses[0], model, cancellation) is not { DeclaringSyntaxReferences: { Length: 1 } declarations } variable || Scope(variable, declarations[0].GetSyntax(cancellation)) is not { } statement)
        {
            return null;
        }

        var name = FreshName.For("gate", accesses[0]);
        if (GuardedAccesses.Guard(root, accesses, name, model, cancellation) is not { } guarded)
        {
            return null;
        }

        // The statement stands before every edit but one in itself, so it is found by where it begins.
        var now = guarded.FindToken(statement.SpanStart).Parent?.AncestorsAndSelf().OfType<StatementSyntax>().LastOrDefault(s => s.SpanStart == statement.SpanStart);
        return now is null ? null : StatementLists.PutOnLineBefore(guarded, layout, now, SyntaxFactory.ParseStatement($"var {name} = new object();"));
    }

    /// <summary>The statement in front of which the gate is declared, so that all that see the variable see it.</summary>
    private static StatementSyntax? Scope(ISymbol variable, SyntaxNode declaration) => variable switch
    {
        ILocalSymbol => declaration.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>(),
        IParameterSymbol { ContainingSymbol: IMethodSymbol } => declaration.Parent?.Parent switch
        {
            BaseMethodDeclarationSyntax { Body.Statements: { Count: > 0 } statements } => statements[0],
            LocalFunctionStatementSyntax { Body.Statements: { Count: > 0 } statements } => statements[0],
            _ => null,
        },
        _ => null,
    };
}

using System.Collections.Generic;
using System.Globalization;
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

namespace Threadwise.CodeFixes.Processes;

/// <summary>
/// Moves a value of shared memory behind the one that it begins in, at each place that reads or writes it: the number that they give, or the private constant that stands for it and for nothing else. Other programs
/// that share the memory must do the same, so this is no edit for a batch.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW5008MoveValue() : ChangingFix(TW5008SharedMemoryLayout.Id, TW5008SharedMemoryLayout.Move)
{
    private protected override string Title(Diagnostic diagnostic, string edit) => FixTexts.Title($"{TW5008SharedMemoryLayout.Id}_{edit}", diagnostic.Properties[FixProperties.Argument] ?? "");

    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || model is null || site.Properties[FixProperties.Edit] != TW5008SharedMemoryLayout.Move || site.Properties[FixProperties.Argument] is not { } place)
        {
            return null;
        }

        var accesses = SharedAccesses.Of(site);
        var positions = accesses?.Select(access => PositionOf(access, model, cancellation)).ToList();
        if (positions is null || positions.Any(static p => p is null) || positions.Select(p => model.GetConstantValue(p!, cancellation).Value).Distinct().Count() != 1)
        {
            return null;
        }

        var written = positions.Select(p => p is LiteralExpressionSyntax literal ? literal : Constant((ExpressionSyntax)p!, positions!, root, model, cancellation)).ToList();
        return written.All(static w => w is not null)
            ? document.WithSyntaxRoot(root.ReplaceNodes(written.OfType<LiteralExpressionSyntax>().Distinct(), (old, _) => old.WithToken(Number(old.Token, place))))
            : null;
    }

    private static SyntaxToken Number(SyntaxToken old, string place) =>
        SyntaxFactory.Literal(old.LeadingTrivia, place, int.Parse(place, CultureInfo.InvariantCulture), old.TrailingTrivia);

    private static ExpressionSyntax? PositionOf(InvocationExpressionSyntax access, SemanticModel model, CancellationToken cancellation) =>
        model.GetOperation(access, cancellation) is Microsoft.CodeAnalysis.Operations.IInvocationOperation call
            ? call.Arguments.FirstOrDefault(static a => a.Parameter?.Name == "position")?.Syntax is ArgumentSyntax argument ? argument.Expression : null
            : null;

    /// <summary>The number that a private constant is, where the accesses are all that name it.</summary>
    private static LiteralExpressionSyntax? Constant(ExpressionSyntax position, List<ExpressionSyntax?> positions, SyntaxNode root, SemanticModel model, CancellationToken cancellation)
    {
        if (position is not IdentifierNameSyntax || model.GetSymbolInfo(position, cancellation).Symbol is not (ILocalSymbol { IsConst: true } or IFieldSymbol { IsConst: true, DeclaredAccessibility: Accessibility.Private }) ||
            model.GetSymbolInfo(position, cancellation).Symbol is not { DeclaringSyntaxReferences: { Length: 1 } references } constant || references[0].GetSyntax(cancellation) is not VariableDeclaratorSyntax declaration ||
            declaration.SyntaxTree != root.SyntaxTree || declaration.Initializer?.Value is not LiteralExpressionSyntax literal || constant is IFieldSymbol { ContainingType.DeclaringSyntaxReferences.Length: > 1 })
        {
            return null;
        }

        var uses = root.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == constant.Name && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, constant));
        return uses.All(positions.Contains) ? literal : null;
    }
}

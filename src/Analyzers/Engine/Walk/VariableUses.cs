using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>
/// Every use of a variable that nobody outside can name: a local, or a field or property that accessibility keeps within one type. Code of
/// another file cannot be bound from here, so a variable whose name occurs in another part of its type is unknown.
/// </summary>
internal static class VariableUses
{
    /// <summary>The uses in source order, without declarations; null when some may be out of sight.</summary>
    public static IReadOnlyList<IOperation>? All(ISymbol variable, SemanticModel model, CancellationToken cancellation)
    {
        if (ScopeOf(variable, cancellation) is not { } scope)
        {
            return null;
        }

        var uses = new List<IOperation>();
        foreach (var part in scope)
        {
            if (part.SyntaxTree != model.SyntaxTree)
            {
                if (part.DescendantTokens().Any(t => t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText == variable.Name))
                {
                    return null;
                }

                continue;
            }

            foreach (var name in part.DescendantNodes().OfType<IdentifierNameSyntax>().Where(n => n.Identifier.ValueText == variable.Name))
            {
                cancellation.ThrowIfCancellationRequested();
                var info = model.GetSymbolInfo(name, cancellation);
                if (info.Symbol is null && !info.CandidateSymbols.IsEmpty)
                {
                    return null;
                }

                if (SymbolEqualityComparer.Default.Equals(info.Symbol?.OriginalDefinition, variable.OriginalDefinition))
                {
                    SyntaxNode whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access
                        : name.Parent is MemberBindingExpressionSyntax binding ? binding
                        : name;
                    if (model.GetOperation(whole, cancellation) is not { } use)
                    {
                        return null;
                    }

                    uses.Add(use);
                }
            }
        }

        return uses;
    }

    private static IEnumerable<SyntaxNode>? ScopeOf(ISymbol variable, CancellationToken cancellation) => variable switch
    {
        ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } references } => references[0].GetSyntax(cancellation).Ancestors()
            .FirstOrDefault(static a => a is CompilationUnitSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax) is { } member ? [member] : null,
        IFieldSymbol or IPropertySymbol => (variable.DeclaredAccessibility, variable.ContainingType) switch
        {
            (Accessibility.Private, { } type) => Parts(type),
            (_, { DeclaredAccessibility: Accessibility.Private, ContainingType: { } outer }) => Parts(outer),
            _ => null,
        },
        _ => null,
    };

    private static IEnumerable<SyntaxNode> Parts(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Select(static r => r.GetSyntax());
}

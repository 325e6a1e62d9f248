using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>
/// Every use of a variable that nobody outside can name: a local or local function, or a field, property or method that accessibility keeps within one type. Code of
/// another file cannot be bound from here, so a variable whose name occurs in another part of its type is unknown. A use of a method is the call, or the reference to it.
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

            if (!Add(uses, part, variable, model, cancellation))
            {
                return null;
            }
        }

        return uses;
    }

    /// <summary>The uses of a member in the type that declares it, as far as they stand in the file that <paramref name="model"/> knows: there may be others anywhere.</summary>
    public static IReadOnlyList<IOperation> Seen(ISymbol member, SemanticModel model, CancellationToken cancellation)
    {
        var uses = new List<IOperation>();
        foreach (var part in Parts(member.ContainingType).Where(part => part.SyntaxTree == model.SyntaxTree))
        {
            Add(uses, part, member, model, cancellation);
        }

        return uses;
    }

    /// <summary>Adds the uses in one part; false when one of them is not understood.</summary>
    private static bool Add(List<IOperation> uses, SyntaxNode part, ISymbol variable, SemanticModel model, CancellationToken cancellation)
    {
        foreach (var name in part.DescendantNodes().OfType<IdentifierNameSyntax>().Where(n => n.Identifier.ValueText == variable.Name))
        {
            cancellation.ThrowIfCancellationRequested();
            var info = model.GetSymbolInfo(name, cancellation);
            if (info.Symbol is null && !info.CandidateSymbols.IsEmpty)
            {
                return false;
            }

            if (SymbolEqualityComparer.Default.Equals(info.Symbol?.OriginalDefinition, variable.OriginalDefinition))
            {
                SyntaxNode whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access
                    : name.Parent is MemberBindingExpressionSyntax binding ? binding
                    : name;
                whole = variable is IMethodSymbol && whole.Parent is InvocationExpressionSyntax call && call.Expression == whole ? call : whole;
                if (model.GetOperation(whole, cancellation) is not { } use)
                {
                    return false;
                }

                uses.Add(use);
            }
        }

        return true;
    }

    private static IEnumerable<SyntaxNode>? ScopeOf(ISymbol variable, CancellationToken cancellation) => variable switch
    {
        ILocalSymbol or IMethodSymbol { MethodKind: MethodKind.LocalFunction } when variable.DeclaringSyntaxReferences is { Length: 1 } references => references[0].GetSyntax(cancellation).Ancestors()
            .FirstOrDefault(static a => a is CompilationUnitSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax) is { } member ? [member] : null,
        IFieldSymbol or IPropertySymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary } => (variable.DeclaredAccessibility, variable.ContainingType) switch
        {
            (Accessibility.Private, { } type) => Parts(type),
            (_, { DeclaredAccessibility: Accessibility.Private, ContainingType: { } outer }) => Parts(outer),
            _ => null,
        },
        _ => null,
    };

    private static IEnumerable<SyntaxNode> Parts(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Select(static r => r.GetSyntax());
}

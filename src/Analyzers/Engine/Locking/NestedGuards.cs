using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>
/// Types within a type that give back a lock of the type around them, which they hold (<c>public void Dispose() => _owner._gate.Release();</c>). Read by words, since their bodies are judged apart: a wrong "yes" costs a report
/// and never makes one.
/// </summary>
internal static class NestedGuards
{
    /// <summary>Whether the operation, or a member of the type that it calls, makes an object that may give back the lock in <paramref name="holder"/>.</summary>
    public static bool MayTake(IOperation operation, ISymbol holder, BodyFacts body) => operation switch
    {
        IObjectCreationOperation { Type: { } made } => Of(body.Owner.ContainingType, holder, body.Model.Locks.Words).Any(guard => SymbolEqualityComparer.Default.Equals(guard, made.OriginalDefinition)),
        IInvocationOperation { TargetMethod: { } called } => SymbolEqualityComparer.Default.Equals(called.ContainingType, body.Owner.ContainingType) &&
            Of(body.Owner.ContainingType, holder, body.Model.Locks.Words).Select(static guard => guard.Name).ToList() is { Count: > 0 } names &&
            called.DeclaringSyntaxReferences.Select(static part => part.GetSyntax()).Any(member => member.DescendantNodes().Any(static n => n is ImplicitObjectCreationExpressionSyntax) || Words(member).Any(names.Contains)),
        _ => false,
    };

    private static IEnumerable<INamedTypeSymbol> Of(INamedTypeSymbol? type, ISymbol holder, LockWords words)
    {
        if (type is null || type.GetTypeMembers().IsEmpty)
        {
            return [];
        }

        // A property that gives the lock out is another name of it.
        var names = new HashSet<string>(type.GetMembers().OfType<IPropertySymbol>().Where(p => p.DeclaringSyntaxReferences.Any(part => Words(part.GetSyntax()).Contains(holder.Name))).Select(static p => p.Name)) { holder.Name };
        return All(type).Where(nested => nested.GetMembers().OfType<IMethodSymbol>().SelectMany(static m => m.DeclaringSyntaxReferences).Select(static part => part.GetSyntax())
            .Any(member => member is not TypeDeclarationSyntax && Words(member).ToList() is var said && said.Exists(names.Contains) && said.Exists(words.IsRelease) && !said.Exists(words.IsAcquire)));
    }

    private static IEnumerable<INamedTypeSymbol> All(INamedTypeSymbol type) => type.GetTypeMembers().SelectMany(static nested => All(nested).Prepend(nested));

    private static IEnumerable<string> Words(SyntaxNode node) => node.DescendantTokens().Where(static t => t.IsKind(SyntaxKind.IdentifierToken)).Select(static t => t.ValueText);
}

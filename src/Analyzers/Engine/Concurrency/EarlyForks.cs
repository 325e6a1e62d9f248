using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>A start in a constructor that is too early.</summary>
/// <param name="Start">The start.</param>
/// <param name="Member">What is not ready: a field or auto-property, or the member that a derived class overrides.</param>
/// <param name="Use">Where the body reads or calls it.</param>
/// <param name="Ready">The assignment that comes too late; null for an overridden member.</param>
internal sealed record EarlyFork(ForkStart Start, ISymbol Member, IOperation Use, IOperation? Ready);

/// <summary>Compares what the bodies that a constructor starts use with what the constructor has made by then.</summary>
internal static class EarlyForks
{
    public static IEnumerable<EarlyFork> In(BodyFacts body)
    {
        if (body.Owner is not IMethodSymbol { MethodKind: MethodKind.Constructor } constructor)
        {
            yield break;
        }

        // What another constructor has assigned before is not looked at.
        var isChained = constructor.DeclaringSyntaxReferences.Any(r => r.GetSyntax(body.Cancellation) is ConstructorDeclarationSyntax { Initializer: { } initializer } && initializer.ThisOrBaseKeyword.IsKind(SyntaxKind.ThisKeyword));
        foreach (var start in ForkStart.All(body).Where(static s => s.At.FunctionAround() is null))
        {
            if ((isChained ? null : ByField(start, body)) is { } early)
            {
                yield return early;
            }
            else if (ByOverride(start, constructor.ContainingType, body) is { } overridden)
            {
                yield return overridden;
            }
        }
    }

    private static EarlyFork? ByField(ForkStart start, BodyFacts body)
    {
        foreach (var (member, at) in start.Bodies.SelectMany(b => ForkReads.Of(b, body).Reads))
        {
            if (LateAssignment(member, start.At, body) is { } ready)
            {
                return new EarlyFork(start, member, at, ready);
            }
        }

        return null;
    }

    private static EarlyFork? ByOverride(ForkStart start, INamedTypeSymbol type, BodyFacts body)
    {
        var named = ForkModels.PartsOf(start.Creation).Arguments.Select(static a => a.Value).OfType<IDelegateCreationOperation>().Select(static d => d.Target).OfType<IMethodReferenceOperation>()
            .Where(static m => m.Instance is IInstanceReferenceOperation).Select(static m => (Method: m.Method.OriginalDefinition, At: (IOperation)m));
        foreach (var (method, at) in start.Bodies.SelectMany(b => ForkReads.Of(b, body).VirtualCalls).Concat(named))
        {
            if (IsOverridden(method, type))
            {
                return new EarlyFork(start, method, at, null);
            }
        }

        return null;
    }

    /// <summary>The first assignment of the member behind the start, where nothing can have assigned it before.</summary>
    private static IOperation? LateAssignment(ISymbol member, IOperation start, BodyFacts body)
    {
        if (!SymbolEqualityComparer.Default.Equals(member.ContainingType, body.Owner.ContainingType.OriginalDefinition) || member.DeclaringSyntaxReferences.Length != 1 ||
            member.DeclaringSyntaxReferences[0].GetSyntax(body.Cancellation) is var declaration && Assignments.Initializer(declaration) is not null)
        {
            return null;
        }

        var targets = body.Root.Descendants().Where(o => IsOf(o, member) && StraightLine.IsTarget(o)).ToList();
        if (targets.Any(t => t.Syntax.SpanStart < start.Syntax.SpanStart) || (IsAssignedByOthers(member, declaration) && CallsOwnMembers(start, body)))
        {
            return null;
        }

        return targets.FirstOrDefault(t => t.Syntax.SpanStart > start.Syntax.Span.End && t.FunctionAround() is null);
    }

    private static bool IsOf(IOperation operation, ISymbol member) => operation is IMemberReferenceOperation { Instance: IInstanceReferenceOperation } reference &&
        SymbolEqualityComparer.Default.Equals(reference.Member.OriginalDefinition, member);

    private static bool IsAssignedByOthers(ISymbol member, SyntaxNode declaration) =>
        Assignments.After(member, declaration).Any(static value => value.Ancestors().OfType<MemberDeclarationSyntax>().FirstOrDefault() is not ConstructorDeclarationSyntax);

    /// <summary>Whether the constructor has called a member of the object before the start, which may have assigned anything.</summary>
    private static bool CallsOwnMembers(IOperation start, BodyFacts body) => body.Root.Descendants().Any(o => o.Syntax.SpanStart < start.Syntax.SpanStart && o is IInvocationOperation { Instance: IInstanceReferenceOperation });

    /// <summary>Whether a class of the source overrides the method that has a constructor of its own, which runs only after this one. The derived classes of a private one are all within its outer class.</summary>
    private static bool IsOverridden(IMethodSymbol method, INamedTypeSymbol type) =>
        (type is { DeclaredAccessibility: Accessibility.Private, ContainingType: { } outer } ? Within(outer) : Within(type.ContainingAssembly.GlobalNamespace)).Any(derived => DerivesFrom(derived, type) && derived.InstanceConstructors.Any(static c => !c.IsImplicitlyDeclared) &&
            derived.GetMembers(method.Name).OfType<IMethodSymbol>().Any(m => Overrides(m, method)));

    private static IEnumerable<INamedTypeSymbol> Within(INamespaceOrTypeSymbol outer) => outer.GetTypeMembers().SelectMany(static nested => Within(nested).Prepend(nested))
        .Concat(outer is INamespaceSymbol space ? space.GetNamespaceMembers().SelectMany(Within) : []);

    private static bool DerivesFrom(INamedTypeSymbol derived, INamedTypeSymbol type)
    {
        for (var up = derived.BaseType; up is not null; up = up.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(up.OriginalDefinition, type.OriginalDefinition))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Overrides(IMethodSymbol method, IMethodSymbol overridden)
    {
        for (var up = method.OverriddenMethod; up is not null; up = up.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(up.OriginalDefinition, overridden))
            {
                return true;
            }
        }

        return false;
    }
}

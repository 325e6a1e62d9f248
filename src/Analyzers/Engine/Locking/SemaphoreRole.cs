using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>
/// Whether a semaphore is used as a lock: each function that releases it has acquired it before, each that acquires it releases it, and nothing else is done
/// with it than dispose of it or look at it. A release in another function than the acquire may be a signal, and one of several counts a throttle.
/// </summary>
internal static class SemaphoreRole
{
    private const int Never = int.MaxValue;

    /// <summary>Whether every use of <paramref name="holder"/> is seen and is that of a lock.</summary>
    public static bool IsLock(ISymbol holder, SemanticModel semantics, Model model, CancellationToken cancellation) =>
        VariableUses.All(holder, semantics, cancellation) is { } uses && Functions(uses, [], model) is { } functions && IsLock(functions);

    /// <summary>
    /// The same, where the bodies of the type are judged together: all its parts are seen, and what a private helper takes or gives back belongs to those that call it.
    /// </summary>
    public static bool IsLock(ISymbol holder, BodyFacts body, TypeFacts type)
    {
        var uses = body.Root.SemanticModel is { } semantics ? VariableUses.All(holder, semantics, body.Cancellation) ?? InParts(holder, type) : null;
        if (uses is null)
        {
            return false;
        }

        var helpers = type.Once(LockHelpers.Of);
        var made = type.Bodies().Select(static b => b.Owner).OfType<IMethodSymbol>().Where(owner => helpers.IsOnlyCalled(owner) && IsFor(helpers.EffectOf(owner), holder))
            .SelectMany(static owner => owner.DeclaringSyntaxReferences).Select(static reference => reference.GetSyntax()).ToList();
        if (Functions(uses, made, body.Model) is not { } functions)
        {
            return false;
        }

        var called = type.Bodies().SelectMany(static b => b.LockFlows()).SelectMany(flow => flow.Table.Sites.Where(site => site.Action.IsThroughHelper && SymbolEqualityComparer.Default.Equals(flow.Table.Places[site.Place].Path.Holder, holder)));
        foreach (var site in called.Where(site => !made.Contains(FunctionAround(site.Syntax))))
        {
            Add(functions, site.Syntax, site.Action.IsAcquire);
        }

        return IsLock(functions);
    }

    /// <summary>The uses in the bodies of the type, whatever part they stand in; null for a member that others can name.</summary>
    private static IReadOnlyList<IOperation>? InParts(ISymbol holder, TypeFacts type) =>
        holder is { DeclaredAccessibility: Accessibility.Private, Kind: SymbolKind.Field or SymbolKind.Property } && SymbolEqualityComparer.Default.Equals(holder.ContainingType?.OriginalDefinition, type.Type) &&
        !type.IsNamedByNestedTypes(holder.Name) && !type.IsNamedInDisabledCode(holder.Name)
            ? type.AllBodies().SelectMany(static b => b.Root.DescendantsAndSelf()).Where(o => o is IMemberReferenceOperation use && SymbolEqualityComparer.Default.Equals(use.Member.OriginalDefinition, holder.OriginalDefinition)).ToList()
            : null;

    private static bool IsFor(HelperEffect? effect, ISymbol holder)
    {
        while (effect is not null && !SymbolEqualityComparer.Default.Equals(effect.Place?.Path.Holder, holder))
        {
            effect = effect.Next;
        }

        return effect is not null;
    }

    private static bool IsLock(Dictionary<SyntaxNode, (int Acquire, int Release)> functions) =>
        functions.Count > 0 && functions.Values.All(static f => f.Release != Never && f.Acquire < f.Release);

    /// <summary>Where each function first acquires and releases, those in <paramref name="leftOut"/> apart; null when some use is another one.</summary>
    private static Dictionary<SyntaxNode, (int Acquire, int Release)>? Functions(IReadOnlyList<IOperation> uses, List<SyntaxNode> leftOut, Model model)
    {
        var functions = new Dictionary<SyntaxNode, (int Acquire, int Release)>();
        foreach (var use in uses)
        {
            if (CallOn(use) is not { } call)
            {
                if (!IsNeutral(use, model))
                {
                    return null;
                }
            }
            else if (model.Locks.MeaningOf(call) is not { } action)
            {
                if (call.TargetMethod.Name != "Dispose")
                {
                    return null;
                }
            }
            else if (action.Verb == LockVerb.Other)
            {
                return null;
            }
            else if (!leftOut.Contains(FunctionAround(call.Syntax)))
            {
                Add(functions, call.Syntax, action.IsAcquire);
            }
        }

        return functions;
    }

    private static void Add(Dictionary<SyntaxNode, (int Acquire, int Release)> functions, SyntaxNode call, bool isAcquire)
    {
        var function = FunctionAround(call);
        var (acquire, release) = functions.TryGetValue(function, out var known) ? known : (Never, Never);
        functions[function] = isAcquire ? (System.Math.Min(acquire, call.SpanStart), release) : (acquire, System.Math.Min(release, call.SpanStart));
    }

    /// <summary>The method that is called on the semaphore, by <c>.</c> or by <c>?.</c>.</summary>
    private static IInvocationOperation? CallOn(IOperation use) => use.Parent switch
    {
        IInvocationOperation call when call.Instance == use => call,
        IConditionalAccessOperation { WhenNotNull: IInvocationOperation { Instance: IConditionalAccessInstanceOperation } call } access when access.Operation == use => call,
        _ => null,
    };

    /// <summary>A use that neither acquires nor releases nor hands it on.</summary>
    private static bool IsNeutral(IOperation use, Model model) => use.Parent switch
    {
        INameOfOperation or IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation } => true,
        IPropertyReferenceOperation { Property.Name: "CurrentCount" } => true,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } => true,
        IConversionOperation { Parent: IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } } => true,
        ISimpleAssignmentOperation { IsRef: false } assignment when assignment.Target == use => IsOwn(assignment.Value, model),
        ICoalesceAssignmentOperation { Parent: IExpressionStatementOperation } assignment when assignment.Target == use => IsOwn(assignment.Value, model),
        _ => false,
    };

    /// <summary>A fresh semaphore of one, or none.</summary>
    private static bool IsOwn(IOperation value, Model model) => Conversions.WithoutBuiltIn(value) switch
    {
        ILiteralOperation { ConstantValue: { HasValue: true, Value: null } } => true,
        IObjectCreationOperation { Arguments: { Length: > 0 } arguments } creation => KnownType.Is(creation.Type, model.Types.SemaphoreSlim) &&
            arguments.First(static a => a.Parameter?.Ordinal == 0).Value.ConstantValue is { HasValue: true, Value: 1 },
        _ => false,
    };

    private static SyntaxNode FunctionAround(SyntaxNode syntax) => syntax.Ancestors().First(static a => a is
        AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or CompilationUnitSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax);
}

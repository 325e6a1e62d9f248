using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// What is done with the local or private field that keeps a thread or task, or a group of them. Each use is known, or the variable is: a handle that goes elsewhere
/// may be started or joined there.
/// </summary>
internal static class HandleUses
{
    /// <summary>The uses of <paramref name="variable"/> in source order, without its declaration; null when some are out of sight.</summary>
    public static IReadOnlyList<IOperation>? Of(ISymbol variable, BodyFacts body) => variable switch
    {
        ILocalSymbol local when Locals.IsDeclaredIn(local, body.Root) => Locals.Uses(local, body.Root).ToList(),
        // A local of another body, such as that of a loop over a field.
        ILocalSymbol or IFieldSymbol { DeclaredAccessibility: Accessibility.Private } when body.Root.SemanticModel is { } semantics => VariableUses.All(variable, semantics, body.Cancellation),
        _ => null,
    };

    /// <summary>What may have made the thread or task that <paramref name="receiver"/> names, by a constant index only what may stand there; empty when any of it is out of sight.</summary>
    public static ImmutableArray<IOperation> CreationsOf(IOperation receiver, BodyFacts body)
    {
        receiver = Conversions.WithoutBuiltIn(receiver)!;
        if (ForkModels.KindOf(receiver, body.Model.Types) is ForkKind.Thread or ForkKind.ColdTask)
        {
            return ImmutableArray.Create(receiver);
        }

        if (Kept(receiver, body) is not { } kept || Of(kept.Variable, body) is not { } uses)
        {
            return ImmutableArray<IOperation>.Empty;
        }

        // Nothing moves from slot to slot where all that is done with the group is seen.
        var slot = kept.IsGroup && IsClosedGroup(kept.Variable, body) ? Slots.Named(receiver) : null;
        var found = ImmutableArray.CreateBuilder<IOperation>();
        foreach (var value in Values(kept.Variable, uses, body, slot))
        {
            if (!AddCreations(value, kept.IsGroup, slot, found, body, 0))
            {
                return ImmutableArray<IOperation>.Empty;
            }
        }

        return found.ToImmutable();
    }

    /// <summary>The variable that keeps what <paramref name="handle"/> names: itself, or for an element or a <c>foreach</c> variable its group.</summary>
    public static (ISymbol Variable, bool IsGroup)? Kept(IOperation handle, BodyFacts body) => Conversions.WithoutBuiltIn(handle) switch
    {
        ILocalReferenceOperation local => GroupOf(local.Local, body) is { } group ? (group, true) : (local.Local, false),
        IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.LambdaMethod } lambda } => EachOf(lambda, body) is { } group ? (group, true) : null,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => (field.Field, false),
        IArrayElementReferenceOperation { ArrayReference: { } array } => Kept(array, body) is { IsGroup: false } group ? (group.Variable, true) : null,
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } list } => Kept(list, body) is { IsGroup: false } group ? (group.Variable, true) : null,
        _ => null,
    };

    /// <summary>The group whose elements a <c>foreach</c> local runs over.</summary>
    private static ISymbol? GroupOf(ILocalSymbol local, BodyFacts body) => body.Root.Descendants().OfType<IForEachLoopOperation>()
        .FirstOrDefault(loop => loop.Locals.Any(l => SymbolEqualityComparer.Default.Equals(l, local))) is { } found ? VariableOf(found.Collection) : null;

    /// <summary>The list whose <c>ForEach</c> the lambda is given to.</summary>
    private static ISymbol? EachOf(IMethodSymbol lambda, BodyFacts body) => body.Root.Descendants().OfType<IInvocationOperation>()
        .FirstOrDefault(call => call.TargetMethod.Name == "ForEach" && call.Arguments.Any(a => a.Value is IDelegateCreationOperation { Target: IAnonymousFunctionOperation given } && SymbolEqualityComparer.Default.Equals(given.Symbol, lambda))) is { } found
            ? VariableOf(found.Instance ?? found.Arguments[0].Value)
            : null;

    /// <summary>The call that the handle or group is an argument of, alone or as an element of an array or span.</summary>
    public static IInvocationOperation? GivenTo(IOperation handle)
    {
        var up = handle.Parent;
        while (up is IConversionOperation or IArrayInitializerOperation or IArrayCreationOperation or IArgumentOperation or IInvocationOperation { TargetMethod.Name: "ToArray" } or { Type.Name: "ReadOnlySpan" })
        {
            up = up.Parent;
        }

        return up as IInvocationOperation;
    }

    /// <summary>The local or field that holds the collection which the handle is put into.</summary>
    public static ISymbol? GroupOf(IOperation handle) =>
        handle.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Add" or "Enqueue" or "Push", Instance: { } group } } ? VariableOf(group) : null;

    /// <summary>The local or field that the operation reads.</summary>
    public static ISymbol? VariableOf(IOperation? operation) => Conversions.WithoutBuiltIn(operation) switch
    {
        ILocalReferenceOperation local => local.Local,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field,
        _ => null,
    };

    /// <summary>Whether the variable never holds anything but what <paramref name="creation"/> makes, apart from a null that its declaration gives it.</summary>
    public static bool HoldsOnly(ISymbol variable, IOperation creation, BodyFacts body) => Of(variable, body) is { } uses && Values(variable, uses, body).All(value =>
        Conversions.WithoutBuiltIn(value) is { } made && (made.Syntax == creation.Syntax || (made.ConstantValue is { HasValue: true, Value: null } && value!.Parent is not IAssignmentOperation)));

    /// <summary>Whether each use of an array or list is one that puts nothing unseen into it.</summary>
    public static bool IsClosedGroup(ISymbol group, BodyFacts body) => Of(group, body) is { } uses && uses.All(use => use.Parent switch
    {
        ISimpleAssignmentOperation assignment => assignment.Target == use,
        IArrayElementReferenceOperation element => !StraightLine.IsTarget(element) || element.Parent is ISimpleAssignmentOperation,
        IPropertyReferenceOperation or IForEachLoopOperation or IConversionOperation { Parent: IForEachLoopOperation } => true,
        IInvocationOperation { TargetMethod.Name: "Add" or "Clear" or "Contains" or "Enqueue" or "Push" or "ForEach" } call => call.Instance == use,
        _ => GivenTo(use) is { TargetMethod: var waits } && (WaitModels.IsWaitForAll(waits, body.Model.Types) || WaitModels.IsWaitForAny(waits, body.Model.Types)),
    });

    /// <summary>All that is put into the variable or group, but for what goes by a constant into another slot than <paramref name="slot"/>.</summary>
    private static IEnumerable<IOperation?> Values(ISymbol variable, IReadOnlyList<IOperation> uses, BodyFacts body, object? slot = null)
    {
        if (variable is ILocalSymbol local)
        {
            foreach (var declarator in body.Root.Descendants().OfType<IVariableDeclaratorOperation>().Where(d => SymbolEqualityComparer.Default.Equals(d.Symbol, local)))
            {
                if (declarator.GetVariableInitializer() is { } initializer)
                {
                    yield return initializer.Value;
                }
            }
        }
        else if (Assignments.InitializerOf(variable, body.Root.SemanticModel!, body.Cancellation) is { } initial)
        {
            yield return initial;
        }

        foreach (var use in uses)
        {
            switch (use.Parent)
            {
                case ISimpleAssignmentOperation assignment when assignment.Target == use:
                    yield return assignment.Value;
                    break;
                case { Parent: ISimpleAssignmentOperation store } other when store.Target == other && Slots.AreApart(slot, Slots.Named(other)):
                    break;
                case IArrayElementReferenceOperation { Parent: ISimpleAssignmentOperation element } place when element.Target == place:
                    yield return element.Value;
                    break;
                case IPropertyReferenceOperation { Property.IsIndexer: true, Parent: ISimpleAssignmentOperation item } place when item.Target == place:
                    yield return item.Value;
                    break;
                case IInvocationOperation { TargetMethod.Name: "Add" or "Enqueue" or "Push", Arguments: { Length: 1 } added } call when call.Instance == use:
                    yield return added[0].Value;
                    break;
                case ICoalesceAssignmentOperation assignment when assignment.Target == use:
                    yield return assignment.Value;
                    break;
                default:
                    if (StraightLine.IsTarget(use))
                    {
                        yield return null;
                    }

                    break;
            }
        }
    }

    /// <summary>The call that a query expression stands for.</summary>
    private static IOperation? Queried(IOperation value) => Conversions.WithoutBuiltIn(value) is var plain && plain is ITranslatedQueryOperation query ? Conversions.WithoutBuiltIn(query.Operation) : plain;

    /// <summary>Adds the creations that a value stands for; false when it may be another one.</summary>
    private static bool AddCreations(IOperation? value, bool isGroup, object? slot, ImmutableArray<IOperation>.Builder found, BodyFacts body, int depth)
    {
        value = Conversions.WithoutBuiltIn(value);
        switch (value)
        {
            case null:
                return false;
            case { ConstantValue: { HasValue: true, Value: null } }:
                return true;
            case var fork when ForkModels.KindOf(fork, body.Model.Types) is ForkKind.Thread or ForkKind.ColdTask or ForkKind.TaskRun or ForkKind.StartNew:
                found.Add(fork);
                return true;
            case IArrayCreationOperation array when isGroup:
                return array.Initializer is null || AddAll(array.Initializer.ElementValues, array.Type);
            case IArrayInitializerOperation elements when isGroup:
                return AddAll(elements.ElementValues, elements.Parent?.Type);
            case { Syntax: CollectionExpressionSyntax } collection when isGroup:
                return AddAll(collection.ChildOperations, (collection.Parent as IConversionOperation ?? collection).Type);
            case IObjectCreationOperation { Arguments: var arguments, Initializer: var initializer } when isGroup:
                return arguments.All(static a => a.Value.Type?.SpecialType == SpecialType.System_Int32) &&
                       (initializer is null || AddAll(initializer.Initializers.Select(static i => i is IInvocationOperation { Arguments: { Length: 1 } added } ? added[0].Value : i), value.Type));
            case IInvocationOperation { TargetMethod: { Name: "ToList" or "ToArray", ContainingType.Name: "Enumerable" }, Arguments: { Length: 1 } source } when isGroup:
                return Queried(source[0].Value) is IInvocationOperation { TargetMethod: { Name: "Select", ContainingType.Name: "Enumerable" }, Arguments: { Length: 2 } select } &&
                       Conversions.WithoutBuiltIn(select[1].Value) is IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } &&
                       Operations.OfFunction(lambda).OfType<IReturnOperation>().ToList() is { Count: 1 } only && AddCreations(only[0].ReturnedValue, false, null, found, body, depth);
            case ILocalReferenceOperation local when depth < 2 && Of(local.Local, body) is { } uses:
                return Values(local.Local, uses, body).ToList() is { Count: > 0 } values && values.All(v => AddCreations(v, isGroup, null, found, body, depth + 1));
            default:
                return false;
        }

        bool AddAll(IEnumerable<IOperation> elements, ITypeSymbol? collection) =>
            elements.All(e => Slots.AreApart(slot, Slots.Among(elements, e, collection)) || AddCreations(e, true, null, found, body, depth));
    }
}

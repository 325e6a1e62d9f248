using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>
/// The guard objects of a body that a local keeps and that no <c>using</c> disposes of (<c>var held = _lock.Lock(); … held.Dispose();</c>): who has the guard holds the lock. A local that is only
/// given one guard, or none, and disposed of tells all that happens to it; one that is returned, passed on, copied or stored is its new owner's and not among them.
/// </summary>
internal sealed class GuardLocals
{
    private Dictionary<SyntaxNode, (LockAction Action, AccessPath Path)>? _meanings;

    private GuardLocals(BodyFacts body)
    {
        if (body.KeptGuards.IsEmpty)
        {
            return;
        }

        foreach (var ofOne in body.KeptGuards.GroupBy<IOperation, ISymbol?>(guard => HolderOf(guard).Local, SymbolEqualityComparer.Default))
        {
            if (ofOne.Key is ILocalSymbol { RefKind: RefKind.None } local && ofOne.Count() == 1)
            {
                Read(ofOne.First(), local, body);
            }
        }
    }

    public static GuardLocals Of(BodyFacts body) => new(body);

    /// <summary>Whether the body may have such guards; asked before all bodies of the type are known.</summary>
    public static bool MayBeIn(BodyFacts body) => body.KeptGuards.Any(guard => GuardOpening.Of(GuardScope.MethodOf(guard), body.Model) is not null);

    /// <summary>Whether nothing is done with the local that is given the guard.</summary>
    public static bool IsForgotten(IOperation guard, BodyFacts body) =>
        HolderOf(guard) is { Given: IVariableDeclaratorOperation, Local: { } local, IsAwaited: var isAwaited } && isAwaited == IsTask(guard, body.Model) && !Locals.Uses(local, body.Root).Any();

    /// <summary>What the assignment of a guard, or the call that disposes of one, does to its lock; the guard's local stands for it.</summary>
    public (LockAction Action, AccessPath Path)? At(SyntaxNode use) => _meanings is not null && _meanings.TryGetValue(use, out var meaning) ? meaning : null;

    private void Read(IOperation guard, ILocalSymbol local, BodyFacts body)
    {
        var (given, isAwaited, _) = HolderOf(guard);
        var uses = Locals.Uses(local, body.Root).ToList();
        var closes = uses.Select(CloseOf).OfType<IInvocationOperation>().ToList();
        if (GuardOpening.Of(GuardScope.MethodOf(guard), body.Model) is not { } opening || closes.Count == 0 || isAwaited != IsTask(guard, body.Model) ||
            !uses.All(use => CloseOf(use) is not null || IsNeutral(use, given)))
        {
            return;
        }

        var path = new AccessPath(PathRoot.Local, local, ImmutableArray<PathStep>.Empty);
        var action = new LockAction(opening.Kind, opening.Mode, LockVerb.Acquire, closes[0], LockOf(opening, guard), IsScope: true, Making: guard);
        _meanings ??= [];
        _meanings[given.Syntax] = (action, path);
        foreach (var close in closes)
        {
            _meanings[close.Syntax] = (action with { Verb = LockVerb.Release, Call = close, Making = null }, path);
        }
    }

    private static bool IsTask(IOperation guard, Model model) => guard is IInvocationOperation call && TaskModels.IsTask(call.TargetMethod.ReturnType, model.Types);

    /// <summary>The lock as it is written at the guard, for a message.</summary>
    private static IOperation LockOf(GuardOpening opening, IOperation guard)
    {
        var arguments = guard is IInvocationOperation call ? call.Arguments : ((IObjectCreationOperation)guard).Arguments;
        return arguments.FirstOrDefault(a => opening.Field is null && a.Parameter?.Ordinal == opening.Parameter)?.Value ?? (guard as IInvocationOperation)?.Instance ?? guard;
    }

    /// <summary>The declarator or assignment that gives a local the guard, and whether it was awaited before.</summary>
    private static (IOperation Given, bool IsAwaited, ILocalSymbol? Local) HolderOf(IOperation guard)
    {
        var value = guard;
        var isAwaited = false;
        while (value.Parent is IConversionOperation or IAwaitOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" })
        {
            value = value.Parent;
            isAwaited |= value is IAwaitOperation;
        }

        return value.Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => (declarator, isAwaited, declarator.Symbol),
            ISimpleAssignmentOperation { IsRef: false, Target: ILocalReferenceOperation target } assignment => (assignment, isAwaited, target.Local),
            _ => (guard, isAwaited, null),
        };
    }

    private static IInvocationOperation? CloseOf(ILocalReferenceOperation use)
    {
        IOperation value = use;
        while (value.Parent is IConversionOperation { OperatorMethod: null })
        {
            value = value.Parent;
        }

        var call = value.Parent switch
        {
            IInvocationOperation plain when plain.Instance == value => plain,
            IConditionalAccessOperation { WhenNotNull: IInvocationOperation { Instance: IConditionalAccessInstanceOperation } conditional } access when access.Operation == value => conditional,
            _ => null,
        };
        return call is { TargetMethod: { Name: "Dispose" or "DisposeAsync", Parameters.IsEmpty: true } } ? call : null;
    }

    /// <summary>It is compared with nothing, or given the guard or nothing.</summary>
    private static bool IsNeutral(ILocalReferenceOperation use, IOperation given) => use.Parent switch
    {
        ISimpleAssignmentOperation { IsRef: false } assignment when assignment.Target == use => assignment == given || Conversions.WithoutBuiltIn(assignment.Value) is { ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } => true,
        IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } } => true,
        _ => false,
    };
}

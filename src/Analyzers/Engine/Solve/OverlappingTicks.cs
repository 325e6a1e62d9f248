using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>Why it matters that a tick comes while the last one runs.</summary>
internal enum TickFault
{
    /// <summary>The callback is async, so it counts as done at its first <c>await</c>.</summary>
    Async,

    /// <summary>It pauses for longer than the time between two ticks.</summary>
    Long,

    /// <summary>It changes a variable with no lock.</summary>
    State,
}

/// <summary>A timer that ticks again and again, and whose ticks get into each other's way.</summary>
/// <param name="Timer">What makes it.</param>
/// <param name="Callback">What it calls.</param>
/// <param name="Fault">Why the ticks must not overlap.</param>
/// <param name="At">The place in the callback: the await, the pause, the change.</param>
/// <param name="Place">For a change, the variable.</param>
/// <param name="Changes">For a change, each change of the variable in the type, in source order.</param>
internal sealed record OverlappingTicks(IOperation Timer, ForkBody Callback, TickFault Fault, Location At, AccessPath? Place, ImmutableArray<Access> Changes)
{
    /// <summary>
    /// The timers of a type whose callbacks are functions of it. One that keeps its ticks apart is silent: by a flag that it exchanges or tests and sets, by a lock that it tries, or because
    /// it stops or changes a timer, or waits for another thread.
    /// </summary>
    public static ImmutableArray<OverlappingTicks> Of(TypeFacts type) => type.Once(static type => In(type).ToImmutableArray());

    private static IEnumerable<OverlappingTicks> In(TypeFacts type)
    {
        if (!type.HasTimers || type.Type.TypeKind == TypeKind.Struct)
        {
            yield break;
        }

        var accesses = TypeAccesses.Of(type);
        foreach (var (timer, period, callback, body) in Periodic(type))
        {
            body.Cancellation.ThrowIfCancellationRequested();
            var symbol = callback.Named is IAnonymousFunctionOperation lambda ? lambda.Symbol : callback.Function;
            if (callback.Named is not IMethodReferenceOperation { Instance: not (null or IInstanceReferenceOperation) } && accesses.FunctionOf(symbol) is { } function && accesses.Around(timer, body) is { } around &&
                new Ticks(Side.Of(function, accesses), new ThreadSource(timer, ImmutableArray.Create(function), null, true, null, around), body).Find(timer, period, callback, accesses) is { } found)
            {
                yield return found;
            }
        }
    }

    private static IEnumerable<(IOperation Timer, IOperation? Period, ForkBody Callback, BodyFacts Body)> Periodic(TypeFacts type)
    {
        foreach (var body in type.AllBodies())
        {
            foreach (var timer in body.ForkCalls.Where(f => ForkModels.KindOf(f, body.Model.Types) == ForkKind.Timer))
            {
                if (PeriodOf(timer, type) is { } period && ForkModels.PartsOf(timer).Arguments.FirstOrDefault(static a => a.Parameter?.Type.TypeKind == TypeKind.Delegate) is { } given && ForkBodies.Of(given, body.Root) is { Length: 1 } callbacks)
                {
                    yield return (timer, period.Value, callbacks[0], body);
                }
            }

            foreach (var assignment in body.TimerHandlers)
            {
                if (HandleUses.VariableOf(((IEventReferenceOperation)assignment.EventReference).Instance) is { } variable && Made(variable, type) is { } made && FunctionIn(assignment.HandlerValue) is { } callback)
                {
                    yield return (made, null, callback, body);
                }
            }
        }
    }

    /// <summary>How often the timer ticks: as its creation says, or the one call that sets it going.</summary>
    private static IArgumentOperation? PeriodOf(IOperation timer, TypeFacts type)
    {
        if (TimerModels.PeriodOf(timer) is { } period || VariableOf(timer) is not { } variable || Made(variable, type)?.Syntax != timer.Syntax)
        {
            return TimerModels.PeriodOf(timer);
        }

        var changes = type.AllBodies().SelectMany(static b => b.Root.DescendantsAndSelf().OfType<IInvocationOperation>().Where(static c => c.TargetMethod.Name == "Change").Select(c => (Call: c, b.Model.Types)))
            .Where(c => TimerModels.Controls(c.Call, c.Types) && SymbolEqualityComparer.Default.Equals(HandleUses.VariableOf(c.Call.Instance)?.OriginalDefinition, variable.OriginalDefinition)).Select(static c => TimerModels.PeriodOf(c.Call)).ToList();
        return changes.OfType<IArgumentOperation>().Take(2).ToList() is { Count: 1 } only ? only[0] : null;
    }

    /// <summary>The local or field that the creation is put into.</summary>
    private static ISymbol? VariableOf(IOperation creation) => ForkHandle.Of(creation) is { Home: HandleHome.Variable, Variable: { } variable } ? variable : null;

    private static ForkBody? FunctionIn(IOperation handler) => Conversions.WithoutBuiltIn(handler) is IDelegateCreationOperation { Target: var target } ? target switch
    {
        IAnonymousFunctionOperation lambda => new ForkBody(lambda, lambda.Symbol, true),
        IMethodReferenceOperation method when !ForkBodies.MayBeOverridden(method.Method) => new ForkBody(method, method.Method.OriginalDefinition, false),
        _ => null,
    }
    : null;

    /// <summary>The one creation that the variable of the type gets, if nothing keeps its ticks apart.</summary>
    private static IOperation? Made(ISymbol variable, TypeFacts type)
    {
        IOperation? made = null;
        foreach (var body in type.AllBodies())
        {
            foreach (var operation in body.Root.DescendantsAndSelf())
            {
                var value = operation switch
                {
                    ISimpleAssignmentOperation assignment when Is(HandleUses.VariableOf(assignment.Target)) => assignment.Value,
                    IVariableDeclaratorOperation declarator when Is(declarator.Symbol) => declarator.GetVariableInitializer()?.Value,
                    IFieldInitializerOperation initializer when initializer.InitializedFields.Any(Is) => initializer.Value,
                    _ => null,
                };
                if (operation is IPropertyReferenceOperation { Instance: { } timer } setting && TimerModels.KeepsApart(setting, body.Model.Types) && Is(HandleUses.VariableOf(timer)))
                {
                    return null;
                }

                if (value is not null && value.ConstantValue is not { HasValue: true, Value: null })
                {
                    if (made is not null || Conversions.WithoutBuiltIn(value) is not IObjectCreationOperation creation || creation.Initializer?.Descendants().Any(o => o is IPropertyReferenceOperation property && TimerModels.KeepsApart(property, body.Model.Types)) == true)
                    {
                        return null;
                    }

                    made = creation;
                }
            }
        }

        return made;

        bool Is(ISymbol? symbol) => SymbolEqualityComparer.Default.Equals(symbol?.OriginalDefinition, variable.OriginalDefinition);
    }

    /// <summary>What the ticks of one timer do.</summary>
    private sealed class Ticks(Side side, ThreadSource source, BodyFacts body)
    {
        private readonly WellKnownTypes _types = body.Model.Types;

        public OverlappingTicks? Find(IOperation timer, IOperation? period, ForkBody callback, TypeAccesses accesses)
        {
            if (IsKeptApart())
            {
                return null;
            }

            if (callback.Function.IsAsync && FirstAwait.Of(callback, body) is { } wait)
            {
                return new OverlappingTicks(timer, callback, TickFault.Async, wait, null, ImmutableArray<Access>.Empty);
            }

            if (Pause(period) is { } pause)
            {
                return new OverlappingTicks(timer, callback, TickFault.Long, pause.Syntax.GetLocation(), null, ImmutableArray<Access>.Empty);
            }

            var change = side.Waits ? null : side.Accesses.Where(a => Sharing.IsShared(a.Access, source) && !Sharing.IsGuard(a.Held, source) && Sharing.MeetsItself(a.Access, side.Function, source) &&
                    (a.Access.Kind == AccessKind.Update || (a.Access.Kind == AccessKind.Change && a.Access.Collection is not null)) && a.Access.Place.Holder is not IFieldSymbol { IsVolatile: true })
                .Select(static a => a.Access).OrderBy(static a => a.At.Syntax.SpanStart).FirstOrDefault();
            return change is null ? null : new OverlappingTicks(timer, callback, TickFault.State, change.At.Syntax.GetLocation(), change.Place, accesses.Functions.SelectMany(static f => f.Accesses)
                .Where(a => a.Changes && a.Place.Equals(change.Place)).OrderBy(a => a != change).ThenBy(static a => a.At.Syntax.SpanStart).ToImmutableArray());
        }

        private bool IsKeptApart()
        {
            var all = side.Functions.SelectMany(static f => f.Inner.Append(f)).SelectMany(static f => Operations.OfFunction(f.Root)).ToList();
            return all.Any(o => TimerModels.Controls(o, _types) || (o is IInvocationOperation call && (body.Model.Locks.MeaningOf(call) is { IsAcquire: true } || Exposure.IsTryGuard(call, _types) ||
                (KnownType.Is(call.TargetMethod.ContainingType, _types.Interlocked) && call.Parent is IBinaryOperation))) || (o is IConditionalOperation choice && AsksOwnFlag(choice.Condition, all)));
        }

        /// <summary>A field or property that the ticks test and set.</summary>
        private static bool AsksOwnFlag(IOperation condition, List<IOperation> all) => condition.DescendantsAndSelf().OfType<IMemberReferenceOperation>().Any(flag => flag.Type?.SpecialType == SpecialType.System_Boolean &&
            all.Any(o => o is ISimpleAssignmentOperation { Target: IMemberReferenceOperation target } && SymbolEqualityComparer.Default.Equals(target.Member, flag.Member)));

        /// <summary>A pause of the callback itself that is as long as the time between two ticks.</summary>
        private IOperation? Pause(IOperation? period) => period is { ConstantValue: { HasValue: true, Value: { } value } } && System.Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture) is var between
            ? Operations.OfFunction(side.Function.Root).FirstOrDefault(o => o is IInvocationOperation { TargetMethod.Name: "Sleep", Arguments: { Length: 1 } times } call && times[0].Value.ConstantValue is { HasValue: true, Value: int time } && KnownType.Is(call.TargetMethod.ContainingType, _types.Thread) && time >= between)
            : null;
    }
}

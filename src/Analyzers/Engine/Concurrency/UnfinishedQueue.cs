using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// A blocking collection or channel of one body whose consumer goes on until it is completed and is waited for, and which nobody completes. Only where every use is in sight: in the body, in
/// work that it starts, in helpers of the file that are given the queue or one of its ends. A queue that is filled for as long as the program lives, by events, ticks or an endless loop, is not unfinished.
/// </summary>
/// <param name="Queue">The local or private field that holds it.</param>
/// <param name="Creation">What makes it; null for the field of an object whose disposal takes what is left.</param>
/// <param name="Consumer">Where the consumer takes until the end: the loop, or the call of the helper that has it.</param>
/// <param name="Puts">Where something is put in, in the body.</param>
/// <param name="IsInBehindPuts">Where the code goes on behind <paramref name="Puts"/>, all is in: none of them is a task that nobody has waited for there, or a helper that starts the work.</param>
internal sealed partial record UnfinishedQueue(ISymbol Queue, IOperation? Creation, IOperation Consumer, ImmutableArray<IOperation> Puts, bool IsInBehindPuts)
{
    public static IEnumerable<UnfinishedQueue> In(BodyFacts body)
    {
        foreach (var queue in body.Root.Descendants().OfType<IVariableDeclaratorOperation>().Select(static d => d.Symbol))
        {
            var types = body.Model.Types;
            if ((BlockingCollectionModels.Is(queue.Type, types) || ChannelModels.Is(queue.Type, types)) && Conversions.WithoutBuiltIn(Locals.OnlyValue(queue, body.Root)) is { } creation && IsQueue(creation, types) &&
                new Search(body).Of(queue, creation) is { } found)
            {
                yield return found;
            }
        }

        foreach (var (field, creation) in FieldCreations.In(body, IsQueue))
        {
            if (new Search(body).Of(field, creation) is { } found)
            {
                yield return found;
            }
        }

        if (body.Owner is IMethodSymbol { Name: "Dispose" or "DisposeAsync" })
        {
            foreach (var loop in body.Root.Descendants().OfType<IForEachLoopOperation>())
            {
                if (FieldTakenBy(loop) is { } field && new Search(body).Of(field, loop) is { } found)
                {
                    yield return found;
                }
            }
        }
    }

    private static bool IsQueue(IOperation creation, WellKnownTypes types) => creation switch
    {
        IObjectCreationOperation => BlockingCollectionModels.Is(creation.Type, types),
        IInvocationOperation call => ChannelModels.IsCreation(call.TargetMethod, types),
        _ => false,
    };

    /// <summary>The private field whose queue the loop takes from until it is completed.</summary>
    private static IFieldSymbol? FieldTakenBy(IForEachLoopOperation loop)
    {
        var taken = Conversions.WithoutBuiltIn(loop.Collection);
        taken = taken is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } configured ? Conversions.WithoutBuiltIn(configured.Instance ?? configured.Arguments[0].Value) : taken;
        return taken is IInvocationOperation { TargetMethod.Name: "ReadAllAsync" or "GetConsumingEnumerable", Instance: var queue } && HandleUses.VariableOf(queue is IPropertyReferenceOperation { Property.Name: "Reader", Instance: var channel } ? channel : queue)
            is IFieldSymbol { DeclaredAccessibility: Accessibility.Private, IsReadOnly: true } field ? field : null;
    }

    /// <summary>A helper that is given the queue or one of its ends.</summary>
    /// <param name="Call">The call in the body, through which it is come to.</param>
    /// <param name="Method">The helper.</param>
    /// <param name="Depth">How many calls deep it is.</param>
    /// <param name="IsOver">What it does itself is over where the code behind <paramref name="Call"/> goes on.</param>
    private sealed record Helper(IInvocationOperation Call, IMethodSymbol Method, int Depth, bool IsOver);

    private sealed partial class Search(BodyFacts body)
    {
        private readonly List<(IOperation At, IOperation Consuming)> _consumers = [];
        private readonly List<IOperation> _puts = [];
        private readonly HashSet<ISymbol> _followed = new(SymbolEqualityComparer.Default);
        private bool _isCompleted;
        private bool _isInBehindPuts = true;

        public UnfinishedQueue? Of(ILocalSymbol queue, IOperation creation)
        {
            body.Cancellation.ThrowIfCancellationRequested();
            if (!Locals.Uses(queue, body.Root).All(use => Take(use, null)) || _isCompleted || !_puts.All(put => ComesToAnEnd(put, creation.FunctionAround())))
            {
                return null;
            }

            var waiting = _consumers.FirstOrDefault(c => !MayBreakOff(c.Consuming) && IsWaitedFor(c.At, creation.FunctionAround()));
            return waiting.At is null ? null : new UnfinishedQueue(queue, creation, waiting.At, _puts.ToImmutableArray(), _isInBehindPuts);
        }

        /// <summary>A disposal takes until the queue is completed.</summary>
        public UnfinishedQueue? Of(IFieldSymbol queue, IForEachLoopOperation loop) =>
            HandleUses.Of(queue, body) is { } uses && uses.All(use => IsMade(use) || Take(use, null)) && !_isCompleted && _consumers.Exists(c => c.Consuming == loop || c.Consuming.Syntax == loop.Syntax) && !MayBreakOff(loop)
                ? new UnfinishedQueue(queue, null, loop, _puts.ToImmutableArray(), _isInBehindPuts)
                : null;

        private bool IsMade(IOperation use) => use.Parent is ISimpleAssignmentOperation assignment && assignment.Target == use && Conversions.WithoutBuiltIn(assignment.Value) is { } made &&
            (made is IObjectCreationOperation { Arguments.Length: 0 or 1 } || (made is IInvocationOperation call && ChannelModels.IsCreation(call.TargetMethod, body.Model.Types)));

        /// <summary>Takes one mention of the queue, or of one of its ends; false when it goes out of sight, or the consumer may be ended in another way.</summary>
        private bool Take(IOperation use, Helper? helper)
        {
            while (use.Parent is IConversionOperation conversion)
            {
                use = conversion;
            }

            switch (use.Parent)
            {
                case IInvocationOperation call when call.Instance == use:
                    return TakeCall(call, helper);
                case IPropertyReferenceOperation { Property.Name: "Writer" or "Reader" } end when end.Instance == use:
                    return Take(end, helper);
                case IPropertyReferenceOperation { Property.Name: "Completion" } end when end.Instance == use:
                    _consumers.Add(((IOperation?)helper?.Call ?? end, end));
                    return true;
                case IPropertyReferenceOperation property when property.Instance == use:
                    return property.Property.Name is "Count" or "BoundedCapacity" or "IsCompleted" or "IsAddingCompleted" or "CanCount";
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var alias } } when helper is null && Locals.OnlyValue(alias, body.Root) is not null:
                    return Locals.Uses(alias, body.Root).All(again => Take(again, null));
                case IArgumentOperation { Parameter: { RefKind: RefKind.None } parameter, Parent: IInvocationOperation call } when (helper?.Depth ?? 0) < Limits.CallDepth && ForkWrites.SourceOf(call.TargetMethod, body) is { } source:
                    var own = call.TargetMethod.OriginalDefinition.Parameters[parameter.Ordinal];
                    var inner = new Helper(helper?.Call ?? call, call.TargetMethod.OriginalDefinition, (helper?.Depth ?? 0) + 1, IsOver(call, helper));
                    return source.Descendants().OfType<IParameterReferenceOperation>().Where(p => SymbolEqualityComparer.Default.Equals(p.Parameter, own)).All(p => Take(p, inner));
                default:
                    return use.Parent is IUsingOperation or INameOfOperation;
            }
        }

        /// <summary>Whether what a call does is over where the code behind it goes on, in the code itself or in a helper whose own call is.</summary>
        private bool IsOver(IInvocationOperation call, Helper? helper) =>
            (helper is null || (helper.IsOver && (call.FunctionAround() is not { } around || SymbolEqualityComparer.Default.Equals(around.OriginalDefinition, helper.Method)))) &&
            (call.TargetMethod.ReturnsVoid ? !call.TargetMethod.IsAsync
            : TaskModels.IsTask(call.Type, body.Model.Types) ? TaskModels.IsWaitedFor(call)
            : call.Type is { IsValueType: true } or { SpecialType: SpecialType.System_String });

        private bool TakePut(IInvocationOperation call, Helper? helper)
        {
            _puts.Add(helper?.Call ?? call);
            _isInBehindPuts &= IsOver(call, helper);
            return true;
        }

        private bool TakeCall(IInvocationOperation call, Helper? helper)
        {
            switch (QueueModels.ActionOf(call, body.Model.Types))
            {
                case QueueAction.Complete or QueueAction.CompleteOnce:
                    _isCompleted = true;
                    return true;
                case QueueAction.Put:
                    return TakePut(call, helper);
            }

            switch (call.TargetMethod.Name)
            {
                case "GetConsumingEnumerable" or "ReadAllAsync" or "WaitToReadAsync":
                    // Whoever has a token to stop by needs no completion.
                    if (call.Arguments.Any(static a => a.ArgumentKind == ArgumentKind.Explicit) || LoopOf(call) is not { } loop)
                    {
                        return false;
                    }

                    _consumers.Add((helper?.Call ?? call, loop));
                    return true;
                case "WriteAsync" or "TryWrite" or "WaitToWriteAsync":
                    return TakePut(call, helper);
                default:
                    return call.TargetMethod.Name is "Take" or "TryTake" or "ToArray" or "CopyTo" or "Dispose" or "ReadAsync" or "TryRead" or "TryPeek";
            }
        }

        /// <summary>The loop that takes what the call gives until there is no more.</summary>
        private static ILoopOperation? LoopOf(IInvocationOperation call)
        {
            IOperation up = call;
            while (up.Parent is IConversionOperation or IAwaitOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } or IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } })
            {
                up = up.Parent;
            }

            return up.Parent is ILoopOperation loop && (loop is IForEachLoopOperation each ? each.Collection == up : loop is IWhileLoopOperation { Condition: var condition } && condition == up) ? loop : null;
        }

        /// <summary>Whether the work that puts something in has an end, at which the queue could be completed: that of the maker itself, or of a fork or function of it that is seen.</summary>
        private bool ComesToAnEnd(IOperation put, IMethodSymbol? maker)
        {
            for (var up = put.Parent; up is not null; up = up.Parent)
            {
                switch (up)
                {
                    case IWhileLoopOperation { Condition.ConstantValue: { HasValue: true, Value: true } } or IForLoopOperation { Condition: null } when !MayBreakOff(up):
                        return false;
                    case IAnonymousFunctionOperation lambda when SymbolEqualityComparer.Default.Equals(lambda.Symbol, maker):
                        return true;
                    case IAnonymousFunctionOperation { Parent: IDelegateCreationOperation { Parent: var given } }:
                        // Handlers of events and callbacks of others come for as long as these live.
                        if (!IsRun(given))
                        {
                            return false;
                        }

                        break;
                    case ILocalFunctionOperation { Symbol: var function } when !SymbolEqualityComparer.Default.Equals(function, maker):
                        return !_followed.Add(function) || body.Root.Descendants().All(use => use switch
                        {
                            IInvocationOperation call when SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, function) => ComesToAnEnd(call, maker),
                            IMethodReferenceOperation reference when SymbolEqualityComparer.Default.Equals(reference.Method.OriginalDefinition, function) => IsRun(reference.Parent?.Parent) && ComesToAnEnd(reference, maker),
                            _ => true,
                        });
                }
            }

            return true;
        }

        /// <summary>The delegate is given to a start of work that runs once, or to a loop or query.</summary>
        private bool IsRun(IOperation? given)
        {
            while (given is IConversionOperation)
            {
                given = given.Parent;
            }

            return given is IArgumentOperation { Parent: { } user } && (ForkModels.KindOf(user, body.Model.Types) is not (ForkKind.None or ForkKind.Timer or ForkKind.RegisteredWait) ||
                user is IInvocationOperation { TargetMethod.Name: "ForEach" or "Select" or "SelectMany" or "Where" });
        }

        private static bool MayBreakOff(IOperation consuming) => consuming is ILoopOperation loop && Operations.OfFunction(loop.Body).Any(static o =>
            o is IReturnOperation { IsImplicit: false } or IThrowOperation or IBranchOperation { BranchKind: BranchKind.Break or BranchKind.GoTo } or IInvocationOperation { TargetMethod.Name: "ThrowIfCancellationRequested" });

        /// <summary>Whether the code that makes the queue comes to the consumer itself, or waits for the work or call that has it.</summary>
        private bool IsWaitedFor(IOperation at, IMethodSymbol? starter)
        {
            if (SymbolEqualityComparer.Default.Equals(Rounds.MakerOf(at), starter))
            {
                return at is IInvocationOperation { TargetMethod: { IsAsync: true } or { ReturnsVoid: false } } call && TaskModels.IsTask(call.Type, body.Model.Types) && call.TargetMethod.Name is not "WaitToReadAsync" ? IsAwaited(call)
                    : at is IPropertyReferenceOperation ? IsAwaited(at)
                    : true;
            }

            return body.Forks().Starts.Where(s => s.Bodies.Length == 1 && SymbolEqualityComparer.Default.Equals(s.Maker, starter) && s.Bodies[0].Named.IsAround(at)).ToList() is { Count: 1 } starts &&
                (starts[0].Handle.Home == HandleHome.Joined || starts[0].Handle.Variable is { } handle && IsJoined(handle));
        }

        private bool IsAwaited(IOperation task)
        {
            while (task.Parent is IConversionOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" })
            {
                task = task.Parent;
            }

            return task.Parent switch
            {
                IAwaitOperation => true,
                IInvocationOperation { TargetMethod: { Name: "Wait", Parameters.IsEmpty: true } } => true,
                IInvocationOperation { TargetMethod.Name: "GetAwaiter" } => true,
                _ => ForkHandle.Of(task) is { Home: HandleHome.Variable or HandleHome.Group, Variable: { } kept } ? IsJoined(kept) : EndlessWait.IsOfAll(task),
            };
        }

        /// <summary>Whether the thread or task in the variable, or those in the array or list, are waited for without a limit.</summary>
        private bool IsJoined(ISymbol handle) =>
            body.HandleCalls.Any(call => call.Arguments.IsEmpty && WaitModels.ActionOf(call.TargetMethod, body.Model.Types) == HandleAction.Join && SymbolEqualityComparer.Default.Equals(HandleUses.Kept(call.Instance!, body)?.Variable, handle)) ||
            HandleUses.Of(handle, body) is { } uses && uses.Any(use => EndlessWait.Of(use) is not null ||
                HandleUses.GroupOf(use) is { } group && !SymbolEqualityComparer.Default.Equals(group, handle) && IsJoined(group));
    }
}

using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>How a call on a thread or task is certain to throw.</summary>
internal enum StateMisuse
{
    /// <summary>Started a second time.</summary>
    StartedTwice,

    /// <summary>Joined before it was started.</summary>
    JoinedBeforeStart,

    /// <summary>Started although it was born running.</summary>
    AlreadyRunning,
}

/// <summary>A call that throws.</summary>
/// <param name="Misuse">Why.</param>
/// <param name="Call">The call.</param>
/// <param name="Other">The call that makes it wrong: the first start, the start that comes too late, the creation.</param>
internal readonly record struct BadCall(StateMisuse Misuse, IInvocationOperation Call, IOperation Other);

/// <summary>
/// Follows a thread or task in a local, or in a field of this object, through the statements of one block, in order. A statement that does anything else with it than a plain call or property
/// makes its state unknown, so what is found is certain for every run that comes so far.
/// </summary>
internal static class ThreadStates
{
    public static IEnumerable<BadCall> Misused(BodyFacts body)
    {
        foreach (var list in body.HandleCalls.Select(static call => call.Parent).OfType<IExpressionStatementOperation>().Select(static s => StraightLine.Siblings(s)).Where(static l => !l.IsEmpty).Distinct())
        {
            foreach (var bad in InList(list, body))
            {
                yield return bad;
            }
        }
    }

    private static IEnumerable<BadCall> InList(ImmutableArray<IOperation> list, BodyFacts body)
    {
        var states = new Dictionary<ISymbol, State>(SymbolEqualityComparer.Default);
        for (var i = 0; i < list.Length; i++)
        {
            switch (list[i])
            {
                case IVariableDeclarationGroupOperation group:
                    Forget(group);
                    foreach (var declarator in group.Declarations.SelectMany(static d => d.Declarators))
                    {
                        Assigned(declarator.Symbol, declarator.GetVariableInitializer()?.Value);
                    }

                    break;
                case IExpressionStatementOperation { Operation: ISimpleAssignmentOperation assignment } when HandleUses.VariableOf(assignment.Target) is { } variable:
                    Forget(assignment.Value);
                    Assigned(variable, assignment.Value);
                    break;
                case IExpressionStatementOperation { Operation: IAwaitOperation { Operation: ILocalReferenceOperation } }:
                    break;
                case IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: ILocalReferenceOperation or IFieldReferenceOperation }, Value: var value } }:
                    Forget(value);
                    break;
                case IExpressionStatementOperation { Operation: IInvocationOperation { Instance: { } receiver } call } when HandleUses.VariableOf(receiver) is { } handle && (states.ContainsKey(handle) || IsHandleField(handle)):
                    if (call.Arguments.Any(static a => a.DescendantsAndSelf().Any(static o => o is ILocalReferenceOperation { Local.Type.Name: "Thread" })))
                    {
                        Forget(call);
                        break;
                    }

                    var isKnown = states.TryGetValue(handle, out var state);
                    var action = WaitModels.ActionOf(call.TargetMethod, body.Model.Types);
                    if (action == HandleAction.Start && isKnown && state.IsBornRunning)
                    {
                        yield return new BadCall(StateMisuse.AlreadyRunning, call, state.Creation);
                        states.Remove(handle);
                    }
                    else if (action == HandleAction.Start && state.Started is { } first)
                    {
                        yield return new BadCall(StateMisuse.StartedTwice, call, first);
                    }
                    else if (action == HandleAction.Start)
                    {
                        // Whatever a field held before: once this call has come back, the thread in it is started.
                        states[handle] = isKnown ? state with { Started = call } : new State(call, call, false);
                    }
                    else if (action is HandleAction.Join or HandleAction.TimedJoin && isKnown && state is { Started: null, IsBornRunning: false } && KnownType.Is(receiver.Type, body.Model.Types.Thread))
                    {
                        var late = list.Skip(i + 1).OfType<IExpressionStatementOperation>().Select(static s => s.Operation).OfType<IInvocationOperation>()
                            .FirstOrDefault(c => WaitModels.ActionOf(c.TargetMethod, body.Model.Types) == HandleAction.Start && SymbolEqualityComparer.Default.Equals(HandleUses.VariableOf(c.Instance), handle));
                        yield return new BadCall(StateMisuse.JoinedBeforeStart, call, late ?? state.Creation);
                        states.Remove(handle);
                    }

                    break;
                default:
                    Forget(list[i]);
                    break;
            }
        }

        bool IsHandleField(ISymbol variable) => variable is IFieldSymbol { Type: var type } && (KnownType.Is(type, body.Model.Types.Thread) || TaskModels.IsReferenceTask(type, body.Model.Types));

        void Assigned(ISymbol variable, IOperation? value)
        {
            states.Remove(variable);
            value = Conversions.WithoutBuiltIn(value);
            var kind = value is null ? ForkKind.None : ForkModels.KindOf(value, body.Model.Types);
            if (kind is ForkKind.Thread or ForkKind.ColdTask or ForkKind.TaskRun or ForkKind.StartNew or ForkKind.Continuation)
            {
                states[variable] = new State(value!, null, kind is not (ForkKind.Thread or ForkKind.ColdTask));
            }
        }

        // What the operation mentions in any way may have been started or joined by it; code that is not known may put another thread into a field.
        void Forget(IOperation operation)
        {
            if (states.Count == 0)
            {
                return;
            }

            foreach (var part in operation.DescendantsAndSelf())
            {
                if (HandleUses.VariableOf(part) is { } variable)
                {
                    states.Remove(variable);
                }

                if (part is IAwaitOperation || (part is IInvocationOperation call && !WaitModels.IsQuiet(call.TargetMethod, body.Model.Types)) || part is IObjectCreationOperation { Constructor.DeclaringSyntaxReferences.IsEmpty: false } or IPropertyReferenceOperation { Property.DeclaringSyntaxReferences.IsEmpty: false })
                {
                    foreach (var field in states.Keys.Where(static v => v is IFieldSymbol).ToList())
                    {
                        states.Remove(field);
                    }
                }
            }
        }
    }

    /// <summary>What is known of a thread or task: what made it, or showed it first; the call that started it; whether it was born running.</summary>
    private readonly record struct State(IOperation Creation, IInvocationOperation? Started, bool IsBornRunning);
}

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
/// Follows a local thread or task through the statements of one block, in order. A statement that does anything else with it than a plain call or property
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
        var states = new Dictionary<ILocalSymbol, (IOperation Creation, IInvocationOperation? Started, bool IsBornRunning)>(SymbolEqualityComparer.Default);
        for (var i = 0; i < list.Length; i++)
        {
            switch (list[i])
            {
                case IVariableDeclarationGroupOperation group:
                    Forget(group, states);
                    foreach (var declarator in group.Declarations.SelectMany(static d => d.Declarators))
                    {
                        Assigned(declarator.Symbol, declarator.GetVariableInitializer()?.Value);
                    }

                    break;
                case IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } assignment }:
                    Forget(assignment.Value, states);
                    Assigned(local, assignment.Value);
                    break;
                case IExpressionStatementOperation { Operation: IAwaitOperation { Operation: ILocalReferenceOperation } }:
                    break;
                case IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: ILocalReferenceOperation }, Value: var value } }:
                    Forget(value, states);
                    break;
                case IExpressionStatementOperation { Operation: IInvocationOperation { Instance: ILocalReferenceOperation { Local: var handle } } call } when states.TryGetValue(handle, out var state):
                    if (call.Arguments.Any(static a => a.DescendantsAndSelf().Any(static o => o is ILocalReferenceOperation { Local.Type.Name: "Thread" })))
                    {
                        Forget(call, states);
                        break;
                    }

                    var action = WaitModels.ActionOf(call.TargetMethod, body.Model.Types);
                    if (action == HandleAction.Start && state.IsBornRunning)
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
                        states[handle] = state with { Started = call };
                    }
                    else if (action is HandleAction.Join or HandleAction.TimedJoin && state is { Started: null, IsBornRunning: false } && KnownType.Is(handle.Type, body.Model.Types.Thread))
                    {
                        var late = list.Skip(i + 1).OfType<IExpressionStatementOperation>().Select(static s => s.Operation).OfType<IInvocationOperation>()
                            .FirstOrDefault(c => WaitModels.ActionOf(c.TargetMethod, body.Model.Types) == HandleAction.Start && SymbolEqualityComparer.Default.Equals(HandleUses.VariableOf(c.Instance), handle));
                        yield return new BadCall(StateMisuse.JoinedBeforeStart, call, late ?? state.Creation);
                        states.Remove(handle);
                    }

                    break;
                default:
                    Forget(list[i], states);
                    break;
            }
        }

        void Assigned(ILocalSymbol local, IOperation? value)
        {
            states.Remove(local);
            value = Conversions.WithoutBuiltIn(value);
            var kind = value is null ? ForkKind.None : ForkModels.KindOf(value, body.Model.Types);
            if (kind is ForkKind.Thread or ForkKind.ColdTask or ForkKind.TaskRun or ForkKind.StartNew or ForkKind.Continuation)
            {
                states[local] = (value!, null, kind is not (ForkKind.Thread or ForkKind.ColdTask));
            }
        }
    }

    /// <summary>What the operation mentions in any way may have been started or joined by it.</summary>
    private static void Forget(IOperation operation, Dictionary<ILocalSymbol, (IOperation Creation, IInvocationOperation? Started, bool IsBornRunning)> states)
    {
        foreach (var local in operation.DescendantsAndSelf().OfType<ILocalReferenceOperation>())
        {
            states.Remove(local.Local);
        }
    }
}

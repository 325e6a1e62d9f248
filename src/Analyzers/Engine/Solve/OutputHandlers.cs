using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>
/// The handlers of both outputs of a child that one body adds and sets going: each pipe is read on threads of the pool, one line after the other, so that a handler of the one may run beside a handler of the other, and
/// never beside itself unless it handles both. A process that hands its events to somebody's thread (<c>SynchronizingObject</c>) has none.
/// </summary>
internal static class OutputHandlers
{
    public static IEnumerable<ThreadSource> Of(BodyFacts body, TypeAccesses accesses)
    {
        foreach (var begin in body.ErrorEvents)
        {
            if (HolderOf(begin.Instance) is not { } process || accesses.Around(begin, body) is not { } around ||
                !body.Root.Descendants().Any(o => o is IInvocationOperation call && ProcessModels.BeginsEvents(call.TargetMethod, ProcessPipe.Output, body.Model.Types) && SymbolEqualityComparer.Default.Equals(HolderOf(call.Instance), process)) ||
                body.Root.Descendants().Any(static o => o is IPropertyReferenceOperation { Property: { Name: "SynchronizingObject", ContainingType.Name: "Process" } }))
            {
                continue;
            }

            var (output, error) = (Handlers(ProcessPipe.Output), Handlers(ProcessPipe.Error));
            foreach (var one in output)
            {
                foreach (var other in error)
                {
                    yield return one == other ? new ThreadSource(begin, ImmutableArray.Create(one), null, true, null, around) : new ThreadSource(begin, ImmutableArray.Create(one, other), null, false, null, around);
                }
            }

            ImmutableArray<CodeFunction> Handlers(ProcessPipe pipe) => body.Root.Descendants().OfType<IEventAssignmentOperation>()
                .Where(a => a is { Adds: true, EventReference: IEventReferenceOperation named } && ProcessModels.MeaningOf(named.Event) == (ProcessAction.AddHandler, pipe) && KnownType.Is(named.Event.ContainingType, body.Model.Types.Process) &&
                    SymbolEqualityComparer.Default.Equals(HolderOf(named.Instance), process))
                .SelectMany(a => ThreadSource.FunctionsOf(ForkBodies.Of(a.HandlerValue, body.Root), accesses)).Distinct().ToImmutableArray();
        }
    }

    private static ISymbol? HolderOf(IOperation? process) => Conversions.WithoutBuiltIn(process) switch
    {
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field,
        var variable => Locals.VariableOf(variable),
    };
}

using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// A completion source of a local whose task is waited for, and which nothing completes. Nothing but its task is used, and that goes nowhere but to waits without a limit, in the body or in helpers of the file: a task
/// that is meant never to end is raced against others, or given to code that is tested.
/// </summary>
internal static class OpenSources
{
    /// <summary>Each with its first wait.</summary>
    public static IEnumerable<(ILocalSymbol Source, IObjectCreationOperation Creation, IOperation Wait)> In(BodyFacts body)
    {
        foreach (var source in body.Root.Descendants().OfType<IVariableDeclaratorOperation>().Select(static d => d.Symbol))
        {
            if (ResultModels.Is(source.Type, body.Model.Types) && Conversions.WithoutBuiltIn(Locals.OnlyValue(source, body.Root)) is IObjectCreationOperation { Initializer: null } creation)
            {
                var waits = Locals.Uses(source, body.Root).Select(use => use.Parent is IPropertyReferenceOperation { Property.Name: "Task" } task ? WaitFor(task, body) : null).ToList();
                if (waits.Count > 0 && waits.TrueForAll(static wait => wait is not null))
                {
                    yield return (source, creation, waits[0]!);
                }
            }
        }
    }

    private static IOperation? WaitFor(IOperation task, BodyFacts body)
    {
        while (task.Parent is IConversionOperation)
        {
            task = task.Parent;
        }

        if (IsWaitedFor(task))
        {
            return task;
        }

        return task.Parent is IArgumentOperation { Parameter: { RefKind: RefKind.None } given, Parent: IInvocationOperation call } && ForkWrites.SourceOf(call.TargetMethod, body) is { } helper &&
            helper.Descendants().OfType<IParameterReferenceOperation>().Where(p => SymbolEqualityComparer.Default.Equals(p.Parameter, call.TargetMethod.OriginalDefinition.Parameters[given.Ordinal])).ToList() is { Count: > 0 } uses &&
            uses.TrueForAll(IsWaitedFor) ? uses[0] : null;
    }

    private static bool IsWaitedFor(IOperation task) => task.Parent switch
    {
        IAwaitOperation => true,
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Parent: IAwaitOperation } configured => configured.Instance == task,
        IInvocationOperation { TargetMethod: { Name: "Wait", Parameters.IsEmpty: true } } wait => wait.Instance == task,
        IPropertyReferenceOperation { Property.Name: "Result" } => true,
        _ => false,
    };
}

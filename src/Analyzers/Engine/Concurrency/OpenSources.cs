using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// A completion source of a local or private field whose task is waited for, and which nothing completes. Nothing but its task is used, and that goes nowhere but to waits without a limit, in the body or in helpers of the file: a task
/// that is meant never to end is raced against others, or given to code that is tested.
/// </summary>
internal static class OpenSources
{
    /// <summary>Each with its first wait.</summary>
    public static IEnumerable<(ISymbol Source, IObjectCreationOperation Creation, IOperation Wait)> In(BodyFacts body)
    {
        foreach (var source in body.Root.Descendants().OfType<IVariableDeclaratorOperation>().Select(static d => d.Symbol))
        {
            if (ResultModels.Is(source.Type, body.Model.Types) && Conversions.WithoutBuiltIn(Locals.OnlyValue(source, body.Root)) is IObjectCreationOperation { Initializer: null } creation)
            {
                if (OnlyWait(Locals.Uses(source, body.Root), body) is { } wait)
                {
                    yield return (source, creation, wait);
                }
            }
        }

        foreach (var (source, made) in FieldCreations.In(body, static (value, types) => ResultModels.Is(value.Type, types)))
        {
            if (made is IObjectCreationOperation { Initializer: null } creation && HandleUses.Of(source, body) is { } uses && OnlyWait(uses.Where(use => !FieldCreations.Is(use, creation)), body) is { } wait)
            {
                yield return (source, creation, wait);
            }
        }
    }

    /// <summary>The first of the waits, where the uses are nothing but that.</summary>
    private static IOperation? OnlyWait(IEnumerable<IOperation> uses, BodyFacts body)
    {
        var waits = uses.Select(use => use.Parent is IPropertyReferenceOperation { Property.Name: "Task" } task ? WaitFor(task, body) : null).ToList();
        return waits.Count > 0 && waits.TrueForAll(static wait => wait is not null) ? waits[0] : null;
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

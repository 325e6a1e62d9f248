using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Protocols;

/// <summary>A child process that a body starts and every use of which is in sight: the process is in a local that is written once, or in none, and goes nowhere but to helpers of the file.</summary>
/// <param name="Start">The call that starts it.</param>
/// <param name="Uses">What is done with it, in source order, with the uses in helpers that are given it.</param>
/// <param name="Infos">What its start information is made by, in source order; empty where nothing but names is given.</param>
/// <param name="Creation">The creation of a process that is started later, else null.</param>
internal sealed record StartedProcess(IInvocationOperation Start, ImmutableArray<ProcessUse> Uses, ImmutableArray<IOperation> Infos, IObjectCreationOperation? Creation)
{
    /// <summary>The processes that the body starts, without those that anything unknown happens to.</summary>
    public static ImmutableArray<StartedProcess> In(BodyFacts body) => body.Once(static b => new All(ImmutableArray.CreateRange(Find(b)))).Processes;

    /// <summary>Whether <paramref name="pipe"/> is read, or given to somebody who may read it.</summary>
    public bool IsTaken(ProcessPipe pipe) => Uses.Any(use => use.Pipe == pipe && (use.Reads || use.Drains));

    /// <summary>Whether somebody waits for the lines of <paramref name="pipe"/>.</summary>
    public bool HasHandler(ProcessPipe pipe) => Uses.Any(use => use.Pipe == pipe && use.Action == ProcessAction.AddHandler);

    private static IEnumerable<StartedProcess> Find(BodyFacts body)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var start in body.ProcessStarts)
        {
            body.Cancellation.ThrowIfCancellationRequested();
            var uses = new ProcessUses(body);
            if (LocalOf(start) is not { } local)
            {
                var held = start.TargetMethod.IsStatic ? Value(start) : start.Instance;
                var made = held as IObjectCreationOperation;
                if (start.TargetMethod.IsStatic ? uses.TakeProcess(held!, ImmutableArray<IOperation>.Empty) : made is not null && uses.TakeInitializer(made) && uses.TakeProcess(made, ImmutableArray<IOperation>.Empty))
                {
                    yield return new StartedProcess(start, uses.All, uses.Infos(start), made);
                }

                continue;
            }

            if (!seen.Add(local) || OnlyCreation(local, body.Root) is not { } created)
            {
                continue;
            }

            uses.TakeDeclaration(local);
            var isKnown = created is IObjectCreationOperation creation && Is(creation, body) ? uses.TakeInitializer(creation) : created is IInvocationOperation { TargetMethod.IsStatic: true } call && ProcessModels.IsStart(call.TargetMethod, body.Model.Types);
            if (isKnown && Locals.Uses(local, body.Root).All(use => uses.TakeProcess(use, ImmutableArray<IOperation>.Empty)) &&
                uses.Starts(body.Model.Types) + (created is IInvocationOperation ? 1 : 0) == 1)
            {
                yield return new StartedProcess(start, uses.All, uses.Infos(start), created as IObjectCreationOperation);
            }
        }
    }

    private static bool Is(IObjectCreationOperation creation, BodyFacts body) => KnownType.Is(creation.Type, body.Model.Types.Process);

    /// <summary>The local that is started, or that gets what <c>Process.Start</c> returns.</summary>
    private static ILocalSymbol? LocalOf(IInvocationOperation start)
    {
        if (!start.TargetMethod.IsStatic)
        {
            return (Conversions.WithoutBuiltIn(start.Instance) as ILocalReferenceOperation)?.Local;
        }

        return Value(start).Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } => target.Local,
            _ => null,
        };
    }

    /// <summary>What a start gives, once it is sure to have given something.</summary>
    private static IOperation Value(IOperation start)
    {
        while (start.Parent is IConversionOperation or ICoalesceOperation { WhenNull: IThrowOperation or IConversionOperation { Operand: IThrowOperation } })
        {
            start = start.Parent;
        }

        return start;
    }

    /// <summary>The one value that the local ever gets, null at its declaration apart; null where there may be another.</summary>
    private static IOperation? OnlyCreation(ILocalSymbol local, IOperation root)
    {
        IOperation? only = null;
        var values = root.Descendants().OfType<IVariableDeclaratorOperation>().Where(d => SymbolEqualityComparer.Default.Equals(d.Symbol, local)).Select(static d => d.GetVariableInitializer()?.Value)
            .Concat(Locals.Uses(local, root).Select(static use => use.Parent is ISimpleAssignmentOperation assignment && assignment.Target == use ? assignment.Value : null));
        foreach (var value in values.Select(Plain).Where(static v => v is not null && !(v.ConstantValue is { HasValue: true, Value: null })))
        {
            if (only is not null)
            {
                return null;
            }

            only = value;
        }

        return local.RefKind == RefKind.None ? only : null;
    }

    private static IOperation? Plain(IOperation? value)
    {
        value = Conversions.WithoutBuiltIn(value);
        return value is ICoalesceOperation { WhenNull: IThrowOperation or IConversionOperation { Operand: IThrowOperation } } orThrow ? Conversions.WithoutBuiltIn(orThrow.Value) : value;
    }

    private sealed record All(ImmutableArray<StartedProcess> Processes);
}

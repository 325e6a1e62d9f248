using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Protocols;

/// <summary>Why it matters that nothing waits for a child.</summary>
internal enum UnwaitedReason
{
    /// <summary>Its exit code or exit time is read.</summary>
    ExitCode,

    /// <summary>A file that it is given the name of is used behind the start.</summary>
    File,

    /// <summary>Handlers get its lines, and the process is disposed of.</summary>
    Lines,

    /// <summary>One is started for each element of some data.</summary>
    Batch,
}

/// <summary>A child that the program drops or lets go of without having waited for it, though it uses what the child makes or has started one of many.</summary>
/// <param name="Process">The child.</param>
/// <param name="Reason">Why that matters.</param>
/// <param name="Use">What is used of it too early; the loop of a batch.</param>
internal sealed record UnwaitedProcess(StartedProcess Process, UnwaitedReason Reason, IOperation Use)
{
    public static UnwaitedProcess? Of(StartedProcess process, BodyFacts body)
    {
        if (EarlyExitRead.Of(process, body).FirstOrDefault(static early => early.Unsure.IsEmpty && !early.IsKilled) is { } early)
        {
            return new UnwaitedProcess(process, UnwaitedReason.ExitCode, early.Read.Site);
        }

        // A child that goes through the shell is the user's: a page, a document, an installer that asks.
        var flags = StartInfoFlags.Of(process, body);
        if (!process.Uses.All(IsNoWait) || flags.UsesShell != false)
        {
            return null;
        }

        if (ChildFiles.Of(process, flags, body) is { } file)
        {
            return new UnwaitedProcess(process, UnwaitedReason.File, file);
        }

        // Another member may wait for a child that a field keeps.
        if (process.IsKept)
        {
            return null;
        }

        if (process.Uses.FirstOrDefault(use => use.Action == ProcessAction.BeginEvents && process.HasHandler(use.Pipe)) is { Path.Length: 1 } lines && process.Uses.FirstOrDefault(static use => use.Action == ProcessAction.Release) is { } release &&
            UseOrder.IsBehind(lines, release) && QuietCode.Behind(lines.Site, release.At, body))
        {
            return new UnwaitedProcess(process, UnwaitedReason.Lines, lines.Site);
        }

        return Batch(process, flags, body) is { } loop ? new UnwaitedProcess(process, UnwaitedReason.Batch, loop) : null;
    }

    /// <summary>Whether the use neither waits for the child, nor ends it, nor hands anything of it on.</summary>
    private static bool IsNoWait(ProcessUse use) => use.Action switch
    {
        ProcessAction.Start or ProcessAction.Release or ProcessAction.AddHandler or ProcessAction.BeginEvents or ProcessAction.RaiseEvents => true,
        ProcessAction.Other => ProcessModels.Describes(use.At),
        ProcessAction.TakeStream or ProcessAction.Write or ProcessAction.BeginWrite or ProcessAction.CloseInput => use.Pipe == ProcessPipe.Input,
        _ => false,
    };

    /// <summary>
    /// The loop that starts one child for each element: the program is the same, and the element is among its arguments. A loop that itself paces the children, and a
    /// function that waits for anything behind it, may have other means to know of them.
    /// </summary>
    private static IOperation? Batch(StartedProcess process, StartInfoFlags flags, BodyFacts body)
    {
        if (LoopAround(process.Way, body) is not var (loop, each) || flags.FileName is not { } program || Mentions(program, each, process, 0) || (program.ConstantValue is { HasValue: true, Value: string name } && ProcessModels.IsOpener(name)) ||
            !flags.Arguments.Any(argument => Mentions(argument, each, process, 0)))
        {
            return null;
        }

        return process.Helpers.Prepend(body.Root).Any(function => function.Descendants().Any(o => o is IInvocationOperation call && MayWait(call, body))) ? null : loop;
    }

    /// <summary>The loop that data decides about, or the call of <c>ForEach</c> of a list, with the variables of the round; around the start, or around the one call of the local function that it stands in.</summary>
    private static (IOperation Loop, ImmutableArray<ISymbol> Each)? LoopAround(ImmutableArray<IOperation> way, BodyFacts body)
    {
        for (var i = way.Length - 1; i >= 0; i--)
        {
            var inner = way[i].AncestorsAndSelf().FirstOrDefault(static up => up is ILoopOperation or IAnonymousFunctionOperation or ILocalFunctionOperation);
            switch (inner)
            {
                case ILoopOperation loop:
                    return loop is IForEachLoopOperation || RoundCount.SourceOf(loop, body) is not null ? (loop, ImmutableArray.CreateRange<ISymbol>(loop.Locals)) : null;
                case IAnonymousFunctionOperation { Symbol: { IsAsync: false, Parameters: { Length: 1 } each } } when i > 0:
                    return (way[i - 1], ImmutableArray.CreateRange<ISymbol>(each));
                case ILocalFunctionOperation { Symbol: var function } when i > 0:
                    if (ProcessUses.SequenceOfEach((IInvocationOperation)way[i - 1]) is not null)
                    {
                        return (way[i - 1], ImmutableArray.CreateRange<ISymbol>(function.Parameters));
                    }

                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    private static bool MayWait(IInvocationOperation call, BodyFacts body) =>
        WaitModels.IsPause(call, body.Model.Types) || call.TargetMethod.Name.StartsWith("Wait", System.StringComparison.Ordinal) ||
        (KnownType.Is(call.TargetMethod.ContainingType, body.Model.Types.Process) && call.TargetMethod.Name.StartsWith("Get", System.StringComparison.Ordinal));

    /// <summary>Whether the value is made of the element or number of the round.</summary>
    private static bool Mentions(IOperation value, ImmutableArray<ISymbol> each, StartedProcess process, int depth) => depth <= Limits.CallDepth && value.DescendantsAndSelf().Any(use => Locals.VariableOf(use) is { } variable &&
        (each.Contains(variable, SymbolEqualityComparer.Default) || (ValueOf(variable, use, process) is { } made && Mentions(made, each, process, depth + 1))));

    private static IOperation? ValueOf(ISymbol variable, IOperation use, StartedProcess process) => variable switch
    {
        ILocalSymbol local => Locals.OnlyValue(local, use.AncestorsAndSelf().Last()),
        IParameterSymbol parameter => process.Given(parameter),
        _ => null,
    };
}

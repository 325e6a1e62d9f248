using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Protocols;

/// <summary>A place where the program waits for its child while the child may wait for the program to empty a pipe.</summary>
/// <param name="Blocker">The wait for the child's exit, or the read of the other pipe to its end.</param>
/// <param name="Reads">The reads behind it, the first one of each pipe that nobody empties until then.</param>
/// <param name="Process">The child.</param>
internal sealed record ProcessStall(ProcessUse Blocker, ImmutableArray<ProcessUse> Reads, StartedProcess Process)
{
    /// <summary>Whether the program waits for the exit, and not for the end of the other pipe.</summary>
    public bool IsWait => Blocker.Action is not ProcessAction.ReadToEnd;

    /// <summary>What comes too early or too late: the wait, or the read of the second pipe.</summary>
    public ProcessUse At => IsWait ? Blocker : Reads[0];

    /// <summary>Where the reader acts: what waits for all at once is the wait, what <c>ForEach</c> runs is not.</summary>
    public IOperation Place => At.Site is IInvocationOperation all && ProcessModels.WaitsForAll(all) ? At.Site : At.Place;

    /// <summary>The stalls of one process, at most one for each pipe. Where a read stalls on the other pipe, a wait between the two is not named.</summary>
    public static IEnumerable<ProcessStall> Of(StartedProcess process)
    {
        var explained = new HashSet<ProcessPipe>();
        var waits = process.Uses.Where(use => use.Action is ProcessAction.Wait or ProcessAction.TimedWait && !IsPoll(use, process) || IsWaitedFor(use, process)).ToList();
        foreach (var pipe in ProcessModels.ReadPipes)
        {
            var first = process.Uses.FirstOrDefault(read => read.Action == ProcessAction.ReadToEnd && read.Pipe != pipe && read.Pipe != ProcessPipe.Input && ReadsBehind(read, pipe, process) is not null &&
                !IsEnded(read, process) && !waits.Any(wait => wait.Action == ProcessAction.Wait && UseOrder.IsBehind(wait, read)));
            if (first is not null)
            {
                explained.Add(pipe);
                yield return new ProcessStall(first, ImmutableArray.Create(ReadsBehind(first, pipe, process)!), process);
            }
        }

        foreach (var wait in waits.Where(wait => !IsEnded(wait, process)))
        {
            var reads = ImmutableArray.CreateRange(ProcessModels.ReadPipes.Where(pipe => !explained.Contains(pipe)).Select(pipe => ReadsBehind(wait, pipe, process)).OfType<ProcessUse>().OrderBy(static read => read.Site.Syntax.Span.End));
            if (!reads.IsEmpty)
            {
                explained.UnionWith(reads.Select(static read => read.Pipe));
                yield return new ProcessStall(wait, reads, process);
            }
        }
    }

    /// <summary>The first read of the pipe behind <paramref name="blocker"/>, when nothing empties the pipe before it or in a function that may run meanwhile.</summary>
    private static ProcessUse? ReadsBehind(ProcessUse blocker, ProcessPipe pipe, StartedProcess process) =>
        process.Uses.Any(use => use.Pipe == pipe && use.Drains && !UseOrder.IsBehind(blocker, use)) ? null
            : process.Uses.FirstOrDefault(use => use.Pipe == pipe && use.Reads && UseOrder.LeadsTo(blocker, use));

    /// <summary>A child that is killed first closes its pipes.</summary>
    public static bool IsEnded(ProcessUse use, StartedProcess process) => process.Uses.Any(kill => kill.Ends && !UseOrder.IsBehind(use, kill) && !kill.At.IsAround(use.Site));

    /// <summary>A loop that asks for the exit, and for nothing else, until it comes; it does nothing with the child and is not left.</summary>
    private static bool IsWaitedFor(ProcessUse question, StartedProcess process) => question.Action == ProcessAction.AskExit && question.At is IPropertyReferenceOperation &&
        question.Site.Parent is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Parent: IWhileLoopOperation loop } negated && loop.Condition == negated &&
        !Operations.OfFunction(loop.Body).Any(static o => o is IBranchOperation or IReturnOperation { IsImplicit: false } or IThrowOperation || o is IInvocationOperation { TargetMethod.Name: "ThrowIfCancellationRequested" }) &&
        !process.Uses.Any(other => other != question && loop.IsAround(other.Site) && other.Action is not (ProcessAction.Other or ProcessAction.AskExit));

    /// <summary>A wait of some milliseconds in a loop, which may read in each round.</summary>
    public static bool IsPoll(ProcessUse wait, StartedProcess process)
    {
        for (var up = wait.Site; up is not null && wait.Action == ProcessAction.TimedWait; up = up.Parent)
        {
            if (up is ILoopOperation && !up.Syntax.Span.Contains(process.Start.Syntax.Span))
            {
                return true;
            }
        }

        return false;
    }
}

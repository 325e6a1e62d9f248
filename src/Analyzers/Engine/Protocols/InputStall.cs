using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Protocols;

/// <summary>A write of input without a bound to a child whose output nobody takes until the write has come back.</summary>
/// <param name="Write">The write.</param>
/// <param name="Reads">The reads behind it, the first one of each pipe.</param>
/// <param name="Process">The child.</param>
internal sealed record InputStall(ProcessUse Write, ImmutableArray<ProcessUse> Reads, StartedProcess Process)
{
    /// <summary>The first such write, or null.</summary>
    public static InputStall? Of(StartedProcess process, BodyFacts body)
    {
        foreach (var write in process.Uses.Where(static use => use.Action == ProcessAction.Write))
        {
            var flags = StartInfoFlags.Of(process, body);
            var reads = ImmutableArray.CreateRange(
                ProcessModels.ReadPipes.Where(pipe => flags.IsRedirected(pipe) != false).Select(pipe => ReadBehind(write, pipe, process)).OfType<ProcessUse>().OrderBy(static read => read.Site.Syntax.Span.End));
            if (!reads.IsEmpty && !ProcessStall.IsEnded(write, process) && InputSize.IsUnbounded(write, process, body))
            {
                return new InputStall(write, reads, process);
            }
        }

        return null;
    }

    /// <summary>The first read of the pipe behind the write; null where one has begun before, may run meanwhile, or takes the answer to each write in its turn.</summary>
    private static ProcessUse? ReadBehind(ProcessUse write, ProcessPipe pipe, StartedProcess process)
    {
        var takes = process.Uses.Where(use => use.Pipe == pipe && (use.Drains || use.Reads)).ToList();
        return takes.All(use => UseOrder.IsBehind(write, use) && !Loops(write, process).Any(loop => loop.IsAround(use.Site)))
            ? takes.FirstOrDefault(use => use.Reads && UseOrder.LeadsTo(write, use))
            : null;
    }

    private static IEnumerable<IOperation> Loops(ProcessUse write, StartedProcess process) =>
        write.Site.AncestorsAndSelf().Where(up => up is ILoopOperation && !up.Syntax.Span.Contains(process.Start.Syntax.Span));
}

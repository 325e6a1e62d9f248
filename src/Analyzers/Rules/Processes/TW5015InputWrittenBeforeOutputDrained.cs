using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Protocols;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Processes;

/// <summary>
/// Reports a write of input without a bound to a child whose redirected output is read behind the write only. That the child answers before it has read everything, and
/// that both are more than a pipe holds, is the assumption.
/// </summary>
internal sealed class TW5015InputWrittenBeforeOutputDrained() : LocalRule(Descriptors.Create(Id, Category.Processes, DiagnosticSeverity.Info))
{
    public const string Id = "TW5015";

    public override BodyContents Needs => BodyContents.Processes;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var process in StartedProcess.In(body))
        {
            if (InputStall.Of(process, body) is not { } stall)
            {
                continue;
            }

            // A pipe that is read too late anyway has its cause there (TW5003).
            var later = ProcessStall.Of(process).ToList();
            var own = ImmutableArray.CreateRange(stall.Reads.Where(read => !later.Any(l => l.Reads.Contains(read))));
            var reads = own.IsEmpty ? stall.Reads : own;
            var cause = own.IsEmpty ? later.First(l => l.Reads.Contains(stall.Reads[0])).At : stall.Write;
            sink.Add(new Finding(
                Descriptor, CallLocation.Of(stall.Write.Site.Syntax), new Cause(cause.Site.Syntax.Span),
                ImmutableArray.CreateRange(stall.Reads.Select(static read => CallLocation.Of(read.At.Syntax)).Append(CallLocation.Of(process.Start.Syntax))), Edit(stall), null,
                ImmutableArray.Create<object?>(PipeNames.Of(reads.Select(static read => read.Pipe)))));
        }
    }

    private static ImmutableDictionary<string, string?> Edit(InputStall stall)
    {
        var none = ImmutableDictionary<string, string?>.Empty;
        var isHere = stall.Write.Path.Length == 1 && stall.Reads.All(read => read.Path.Length == 1 && read.Action is ProcessAction.ReadToEnd or ProcessAction.BeginRead && UseOrder.IsUnconditional(stall.Write, read));
        return isHere ? none.Add(FixProperties.Edit, "ReadFirst") : none;
    }
}

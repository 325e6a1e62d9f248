using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Protocols;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Processes;

/// <summary>
/// Reports a wait for a child's exit before its redirected output is read, and a read of one pipe to its end before the other one is read. That the pipes are
/// redirected is taken from the reads, which throw else. That the child writes more than a pipe holds is the assumption.
/// </summary>
internal sealed class TW5003RedirectDeadlock() : LocalRule(Descriptors.Create(Id, Category.Processes, DiagnosticSeverity.Warning))
{
    public const string Id = "TW5003";

    public override BodyContents Needs => BodyContents.Processes;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var stall in StartedProcess.Handled(body).SelectMany(ProcessStall.Of))
        {
            // The reads throw (TW5004), when it is this body that sets up the process.
            var flags = StartInfoFlags.Of(stall.Process, body);
            if (!stall.Process.IsMadeElsewhere && (stall.Reads.All(read => flags.IsRedirected(read.Pipe) == false) || (!stall.IsWait && flags.IsRedirected(stall.Blocker.Pipe) == false)))
            {
                continue;
            }

            var others = stall.IsWait ? stall.Reads : ImmutableArray.Create(stall.Blocker);
            sink.Add(new Finding(
                Descriptor, MemberLocation.Of(stall.Place.Syntax), new Cause(stall.At.Site.Syntax.Span), ImmutableArray.CreateRange(others.Select(static o => CallLocation.Of(o.At.Syntax))), Edit(stall, body), null,
                ImmutableArray.Create<object?>(PipeNames.Of(stall.Reads.Select(static r => r.Pipe)), Descriptors.Text($"{Id}_{(stall.Blocker.Action == ProcessAction.AskExit ? ProcessAction.Wait : stall.Blocker.Action)}"))));
        }
    }

    private static ImmutableDictionary<string, string?> Edit(ProcessStall stall, BodyFacts body)
    {
        var none = ImmutableDictionary<string, string?>.Empty;
        var isHere = stall.Blocker.Path.Length == 1 && stall.Reads.All(read => read.Path.Length == 1 && read.Action is ProcessAction.ReadToEnd or ProcessAction.BeginRead && UseOrder.IsUnconditional(stall.Blocker, read));

        // A wait that goes behind the reads would leave an input that is written before them: nothing is put right by halves.
        var isHalf = stall.IsWait && InputStall.Of(stall.Process, body) is not null;
        return !isHere || isHalf || stall.Blocker.Action is ProcessAction.TimedWait or ProcessAction.AskExit ? none : none.Add(FixProperties.Edit, stall.IsWait ? "ReadFirst" : "ReadBoth");
    }
}

using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Protocols;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Processes;

/// <summary>
/// Reports a wait for a child to which input was written and the pipe left open. That the child reads to the end of its input is the assumption; it is made where a
/// text without a line end, or lines as many as data has, were written, and no word of farewell.
/// </summary>
internal sealed class TW5005ChildInputNeverClosed() : LocalRule(Descriptors.Create(Id, Category.Processes, DiagnosticSeverity.Info))
{
    public const string Id = "TW5005";

    public override BodyContents Needs => BodyContents.Processes;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var process in StartedProcess.In(body))
        {
            if (UnclosedInput.Of(process, body) is { } open)
            {
                sink.Add(new Finding(
                    Descriptor, CallLocation.Of(open.Wait.Place.Syntax), new Cause(open.Write.Site.Syntax.Span),
                    ImmutableArray.Create(CallLocation.Of(open.Write.At.Syntax), CallLocation.Of(process.Start.Syntax)), Edit(open), null,
                    ImmutableArray.Create<object?>(MemberLocation.NameOf(open.Wait.Place.Syntax))));
            }
        }
    }

    private static ImmutableDictionary<string, string?> Edit(UnclosedInput open)
    {
        var none = ImmutableDictionary<string, string?>.Empty;
        var isLast = open.Process.Uses.All(use => use.Action is not (ProcessAction.Write or ProcessAction.BeginWrite) || UseOrder.IsBehind(use, open.Wait));
        return open.Wait.Path.Length == 1 && isLast ? none.Add(FixProperties.Edit, "Close") : none;
    }
}

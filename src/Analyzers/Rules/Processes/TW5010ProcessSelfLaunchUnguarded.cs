using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Protocols;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Processes;

/// <summary>
/// Reports a program that starts itself in each run: its child does the same, and so on. Only what runs for certain from <c>Main</c> or the top-level statements on is
/// looked at, up to the first condition under which the run may end before.
/// </summary>
[NoCodeFix("How a child is told that it is one, by an argument or the environment, and what it does instead, only the author can say")]
internal sealed class TW5010ProcessSelfLaunchUnguarded() : LocalRule(Descriptors.Create(Id, Category.Processes, DiagnosticSeverity.Info))
{
    public const string Id = "TW5010";

    public override BodyContents Needs => BodyContents.Program | BodyContents.Processes;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        if (!EntryPoints.IsMain(body.Owner, body.Model, body.Cancellation) || SelfLaunch.In(body) is not { IsEmpty: false } path)
        {
            return;
        }

        var start = path[path.Length - 1].Syntax;
        sink.Add(new Finding(
            Descriptor, CallLocation.Of(start), new Cause(start.Span), ImmutableArray.CreateRange(path.Take(path.Length - 1).Select(static call => CallLocation.Of(call.Syntax))),
            ImmutableDictionary<string, string?>.Empty, null, ImmutableArray.Create<object?>(MemberLocation.NameOf(start))));
    }
}

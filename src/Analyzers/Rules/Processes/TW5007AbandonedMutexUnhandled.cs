using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;
using Threadwise.Analyzers.Rules.Locks;

namespace Threadwise.Analyzers.Rules.Processes;

/// <summary>
/// Reports a wait for a named mutex that nobody is ready to find abandoned: when another process dies with it, the wait throws, and the mutex stays held. A handler of all exceptions counts as
/// one, and so does a <c>finally</c> that gives the mutex back.
/// </summary>
internal sealed class TW5007AbandonedMutexUnhandled() : LocalRule(Descriptors.Create(Id, Category.Processes, DiagnosticSeverity.Info))
{
    public const string Id = "TW5007";

    private static readonly ImmutableDictionary<string, string?> s_edit = ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, "Handle");

    public override BodyContents Needs => BodyContents.ExplicitLocks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var (flow, escape) in body.LockFlows().SelectMany(flow => AbandonedEscapes.Of(flow, body).Select(escape => (flow, escape))))
        {
            // What is to blame is the missing handler and not the pair, which may be wrong in a way of its own. A member that waits may do more behind the wait, which no handler around its call would make up for.
            var call = escape.Acquire.Syntax;
            var isThrough = escape.Acquire.Action.IsThroughHelper;
            sink.Add(new Finding(
                Descriptor, CallLocation.Of(escape.Place), new Cause(((InvocationExpressionSyntax)escape.Place).ArgumentList.Span),
                escape.Place == call ? ImmutableArray<Location>.Empty : ImmutableArray.Create(CallLocation.Of(call)),
                isThrough && escape.Place == call ? ImmutableDictionary<string, string?>.Empty : s_edit, null, ImmutableArray.Create<object?>(LockFindings.NameOf(escape.Acquire, flow))));
        }
    }
}

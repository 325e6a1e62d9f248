using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;
using Threadwise.Analyzers.Rules.Locks;

namespace Threadwise.Analyzers.Rules.Processes;

/// <summary>
/// Reports a handler of <c>AbandonedMutexException</c> that takes the wait for a failed one. The exception tells that the holder before died; the mutex is held all the same, and behind this handler nobody
/// gives it back, so that everybody else waits until this thread ends and abandons it again.
/// </summary>
internal sealed class TW5013AbandonedMutexMishandled() : LocalRule(Descriptors.Create(Id, Category.Processes, DiagnosticSeverity.Warning))
{
    public const string Id = "TW5013";

    public override BodyContents Needs => BodyContents.ExplicitLocks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var found in body.LockFlows().SelectMany(flow => AbandonedHandlers.Of(flow, body).Select(handler => (Flow: flow, Found: handler))).GroupBy(static f => f.Found.Handler))
        {
            var (flow, (acquire, handler)) = found.First();
            sink.Add(new Finding(
                Descriptor, Head(handler), new Cause(acquire.Syntax.Span), ImmutableArray.Create(CallLocation.Of(acquire.Syntax)),
                found.Count() == 1 ? ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, "Count") : ImmutableDictionary<string, string?>.Empty, null,
                ImmutableArray.Create<object?>(LockFindings.NameOf(acquire, flow))));
        }
    }

    /// <summary>The keyword and what is caught, without the block.</summary>
    private static Location Head(CatchClauseSyntax handler) =>
        Location.Create(handler.SyntaxTree, TextSpan.FromBounds(handler.CatchKeyword.SpanStart, handler.Declaration?.Span.End ?? handler.CatchKeyword.Span.End));
}

using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;
using Threadwise.Analyzers.Rules.Threads;

namespace Threadwise.Analyzers.Rules.Queues;

/// <summary>
/// Reports a <c>using</c> or a call of <c>Dispose</c> that may come while work still uses the object: nothing between the start of the work and the disposal waits for anybody, the work
/// is certain to come to the use, and the use throws on a disposed object. Work that another member started goes on in rounds, and the type waits for it afterwards or not at all.
/// </summary>
internal sealed class TW4005DisposedWhileInUse() : LocalRule(Descriptors.Create(Id, Category.Queues, DiagnosticSeverity.Warning))
{
    public const string Id = "TW4005";

    public override BodyContents Needs => BodyContents.Forks | BodyContents.Scopes | BodyContents.Queues;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var disposed in body.DisposedInUses().All.GroupBy(static found => found.Disposal.At))
        {
            // A join of one start leaves the others running.
            var starts = disposed.ToList();
            var first = starts[0];
            var others = starts.Select(static found => CallLocation.Of(found.At.Syntax)).Concat(starts.Select(static found => CallLocation.Of(found.Use.Syntax)));
            sink.Add(new Finding(
                Descriptor, CallLocation.OfDisposal(disposed.Key.Syntax), new Cause((first.Start?.Creation ?? first.At).Syntax.Span), others.ToImmutableArray(),
                starts.Count == 1 && first.Start is { } start && first.At == start.At ? JoinEdits.BeforeDisposal(start, disposed.Key, body) : ImmutableDictionary<string, string?>.Empty, null,
                ImmutableArray.Create<object?>(first.Disposal.Variable.Name, LineNumber.Of(first.At.Syntax), first.Use.Syntax.ToString())));
        }
    }
}

using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Placement;

/// <summary>
/// Reports work that only computes and is put on one raw thread for each item, or split by hand over a few. Only where the body that makes the threads joins them,
/// and makes them for nothing but their work; what a thread does is followed to its last call, and one unknown call is enough for silence.
/// </summary>
internal sealed class TW6001CpuBoundOnThreads() : LocalRule(Descriptors.Create(Id, Category.Placement, DiagnosticSeverity.Info))
{
    public const string Id = "TW6001";

    public override BodyContents Needs => BodyContents.Forks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var work in SplitWork.In(body))
        {
            sink.Add(new Finding(
                Descriptor, CallLocation.OfCreation(work.Creations[0].Creation.Syntax), new Cause(work.Creations[0].Creation.Syntax.Span),
                work.Creations.Skip(1).Select(static c => CallLocation.OfCreation(c.Creation.Syntax)).ToImmutableArray(), ParallelEdits.For(work, body), null,
                ImmutableArray.Create<object?>(work.Handle.Name, work.Constant is { } count ? Descriptors.Text($"{Id}_Constant", count.ToString(CultureInfo.InvariantCulture)) : Descriptors.Text($"{Id}_{(work.IsPerItem ? "PerItem" : "Split")}"))));
        }
    }
}

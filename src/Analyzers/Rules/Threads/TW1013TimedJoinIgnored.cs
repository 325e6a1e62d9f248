using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Threads;

/// <summary>Reports a timed join whose answer is dropped although the results of the body are read next: when time was up they are not there yet.</summary>
internal sealed class TW1013TimedJoinIgnored() : LocalRule(Descriptors.Create(Id, Category.Threads, DiagnosticSeverity.Warning))
{
    public const string Id = "TW1013";

    public override BodyContents Needs => BodyContents.Forks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var (start, after) in body.Forks().Followed)
        {
            if (after.DroppedJoin is { } join && after.Read is { } read)
            {
                sink.Add(new Finding(
                    Descriptor, CallLocation.Of(join.Syntax), new Cause(start.Creation.Syntax.Span), ImmutableArray.Create(read.Syntax.GetLocation(), CallLocation.Of(start.At.Syntax)),
                    Edit(join), null,
                    ImmutableArray.Create<object?>($"{join.TargetMethod.ContainingType.Name}.{join.TargetMethod.Name}", after.Result.Place.Display())));
            }
        }
    }

    /// <summary>An answer that is awaited, or that is one of several tasks, is tested in ways of its own.</summary>
    private static ImmutableDictionary<string, string?> Edit(IInvocationOperation join) => join.Type?.SpecialType == SpecialType.System_Boolean
        ? ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, "ThrowOnTimeout")
        : ImmutableDictionary<string, string?>.Empty;
}

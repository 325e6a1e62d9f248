using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Queues;

/// <summary>
/// Reports work that counts itself into a <c>CountdownEvent</c>, which may be open by then, and a countdown or barrier that is made for another number of signals than the work gives,
/// and a countdown that nobody signals, or nobody waits for. Every use must be in sight, and each number certain.
/// </summary>
internal sealed class TW4004CountdownMisuse() : LocalRule(Descriptors.Create(Id, Category.Queues, DiagnosticSeverity.Warning))
{
    public const string Id = "TW4004";

    public override BodyContents Needs => BodyContents.Forks | BodyContents.Queues;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var half in HalfCountdown.In(body))
        {
            sink.Add(new Finding(
                Descriptor, CallLocation.Of(half.At.Syntax), new Cause(half.At.Syntax.Span), ImmutableArray<Location>.Empty, ImmutableDictionary<string, string?>.Empty, null,
                ImmutableArray.Create<object?>(half.Gate.Name, Descriptors.Text($"{Id}_{(half.IsWaitedFor ? "Unsignalled" : "Unwaited")}"))));
        }

        foreach (var work in GateWork.In(body))
        {
            var cause = new Cause(work.Creation.Syntax.Span);
            var late = work.LateAdds().ToList();
            foreach (var (start, add) in late)
            {
                sink.Add(new Finding(
                    Descriptor, CallLocation.Of(add.At.Syntax), cause, ImmutableArray.Create(CallLocation.Of(start.At.Syntax)),
                    add.At == add.Inner ? ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, "AddFirst") : ImmutableDictionary<string, string?>.Empty, null,
                    ImmutableArray.Create<object?>(work.Gate.Name, Descriptors.Text($"{Id}_Late"))));
            }

            if (late.Count == 0 && work.Mismatch() is { } numbers)
            {
                sink.Add(new Finding(
                    Descriptor, CallLocation.OfCreation(work.Creation.Syntax), cause, ImmutableArray<Location>.Empty, Corrected(work, numbers.Expected, numbers.Signals), null,
                    ImmutableArray.Create<object?>(work.Gate.Name, Descriptors.Text(work.IsBarrier ? $"{Id}_Barrier" : numbers.Signals.Offset < numbers.Expected.Offset ? $"{Id}_TooFew" : $"{Id}_TooMany", numbers.Expected.ToString(), numbers.Signals.ToString()))));
            }
        }
    }

    /// <summary>A count that is written as a number, or as the length of something, is made to fit; a named one may be meant.</summary>
    private static ImmutableDictionary<string, string?> Corrected(GateWork work, CountForm expected, CountForm signals)
    {
        var none = ImmutableDictionary<string, string?>.Empty;
        var written = work.Creation.Arguments[0].Value;
        var isPlain = written is Microsoft.CodeAnalysis.Operations.ILiteralOperation || !signals.IsConstant;
        if (!isPlain || work.InitialFor(signals, expected) is not { } number || number.IsConstant && number.Offset < 1)
        {
            return none;
        }

        // Without any work the count that is written is none, and the code goes on; less than that would throw.
        if (number.MayBeNegative && signals.Offset < expected.Offset)
        {
            return none;
        }

        return none.Add(FixProperties.Edit, "Count").Add(FixProperties.Argument, number.ToString());
    }
}

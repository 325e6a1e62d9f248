using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Threads;

/// <summary>
/// Reports a start whose argument the body does not take, a start without the one that the body needs, and a cast in the body to a type that the argument cannot have.
/// Only where every thread that the handle may be is made in sight, and the body is certain to come to the cast or use.
/// </summary>
internal sealed class TW1007ThreadArgumentMismatch() : LocalRule(Descriptors.Create(Id, Category.Threads, DiagnosticSeverity.Warning))
{
    public const string Id = "TW1007";

    public override BodyContents Needs => BodyContents.Forks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var bad in ThreadArguments.Misfits(body))
        {
            // A cast in a lambda that only this start runs is where the reader must act; elsewhere the start is.
            var isInHere = bad is { Misfit: ArgumentMisfit.OtherType, Failure: { } cast } && bad.Creation.Syntax.Span.Contains(cast.Syntax.Span);
            var others = ImmutableArray.Create(bad.Creation.Syntax.GetLocation());
            others = isInHere ? others.Insert(0, CallLocation.Of(bad.Start.Syntax)) : bad.Failure is { } failure ? others.Insert(0, failure.Syntax.GetLocation()) : others;
            sink.Add(new Finding(
                Descriptor, isInHere ? bad.Failure!.Syntax.GetLocation() : CallLocation.Of(bad.Start.Syntax), new Cause(bad.Start.Syntax.Span), others, Edit(bad, body), null,
                ImmutableArray.Create<object?>($"Thread.{bad.Start.TargetMethod.Name}", Why(bad))));
        }
    }

    private static LocalizableString Why(BadArgument bad) => bad.Misfit switch
    {
        ArgumentMisfit.Missing => Descriptors.Text($"{Id}_Missing", LineNumber.Of(bad.Failure!.Syntax)),
        ArgumentMisfit.OtherType => Descriptors.Text($"{Id}_OtherType", Short(bad.Failure!.Type), Short(bad.Passed)),
        _ => Descriptors.Text($"{Id}_NotTaken"),
    };

    private static string Short(ITypeSymbol? type) => type?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) ?? "";

    private static ImmutableDictionary<string, string?> Edit(BadArgument bad, BodyFacts body)
    {
        var none = ImmutableDictionary<string, string?>.Empty;
        return bad.Misfit switch
        {
            // What the argument does on the way would be lost.
            ArgumentMisfit.NotTaken when Conversions.WithoutAny(bad.Start.Arguments[0].Value) is ILiteralOperation or ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IInstanceReferenceOperation =>
                none.Add(FixProperties.Edit, "DropArgument"),
            ArgumentMisfit.Missing when ArgumentCandidate.Of(bad, body) is { } candidate => none.Add(FixProperties.Edit, "PassArgument").Add(FixProperties.Argument, candidate.Name),
            _ => none,
        };
    }
}

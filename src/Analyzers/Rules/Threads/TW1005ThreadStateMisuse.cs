using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Threads;

/// <summary>Reports a start or join that is certain to throw: started twice, joined before the start, or started though it was born running.</summary>
internal sealed class TW1005ThreadStateMisuse() : LocalRule(Descriptors.Create(Id, Category.Threads, DiagnosticSeverity.Warning))
{
    public const string Id = "TW1005";

    public override BodyContents Needs => BodyContents.Forks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var bad in ThreadStates.Misused(body))
        {
            var edit = bad.Misuse switch
            {
                StateMisuse.JoinedBeforeStart when bad.Other is IInvocationOperation => "StartFirst",
                StateMisuse.JoinedBeforeStart => null,
                _ => "RemoveStart",
            };

            // A join of a thread that nothing starts has the same cause as the missing start (TW1001).
            var cause = bad.Misuse == StateMisuse.JoinedBeforeStart && edit is null ? bad.Other : bad.Call;
            sink.Add(new Finding(
                Descriptor, CallLocation.Of(bad.Call.Syntax), new Cause(cause.Syntax.Span), ImmutableArray.Create(CallLocation.Of(bad.Other.Syntax)),
                edit is null ? ImmutableDictionary<string, string?>.Empty : ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, edit), null,
                ImmutableArray.Create<object?>($"{bad.Call.TargetMethod.ContainingType.Name}.{bad.Call.TargetMethod.Name}", Descriptors.Text($"{Id}_{bad.Misuse}"))));
        }
    }
}

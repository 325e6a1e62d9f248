using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Queues;

/// <summary>
/// Reports a signal of forked work that an exception before it skips, while somebody waits for it for ever. Only where the exception leaves the program running: kept by a task, or caught
/// by the work itself.
/// </summary>
internal sealed class TW4011SignalSkippedOnException() : LocalRule(Descriptors.Create(Id, Category.Queues, DiagnosticSeverity.Info))
{
    public const string Id = "TW4011";

    public override BodyContents Needs => BodyContents.Forks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var skipped in SkippedSignal.In(body, News.Signal))
        {
            // The signal of a method that is only named here stands in another body, which an editor may not be asking about.
            var isHere = body.Root.Syntax.Span.Contains(skipped.Signal.Syntax.Span);
            var throwing = CallLocation.Of(skipped.Throwing.Syntax);
            var wait = CallLocation.Of(skipped.Wait.Syntax);
            sink.Add(new Finding(
                Descriptor, CallLocation.Of(isHere ? skipped.Signal.Syntax : skipped.Start.At.Syntax), Cause(skipped, body),
                isHere ? ImmutableArray.Create(throwing, wait) : ImmutableArray.Create(CallLocation.Of(skipped.Signal.Syntax), throwing, wait),
                isHere && skipped.Signal.Parent is IExpressionStatementOperation ? ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, "Finally") : ImmutableDictionary<string, string?>.Empty, null,
                ImmutableArray.Create<object?>(isHere || skipped.Helper is null ? Descriptors.Text($"{Id}_Here") : Descriptors.Text($"{Id}_InHelper", skipped.Helper.Name), skipped.Gate.Name)));
        }
    }

    /// <summary>A gate that one body makes is one cause with what else is wrong with it.</summary>
    private static Cause Cause(SkippedSignal skipped, BodyFacts body) => new((skipped.Gate is ILocalSymbol local && Locals.OnlyValue(local, body.Root) is { } made ? made.Syntax : skipped.Signal.Syntax).Span);
}

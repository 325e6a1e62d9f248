using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>Completion sources that one body makes, for a local or a private field, and that the work which completes them leaves open in some of its runs.</summary>
internal static class SkippedResults
{
    public static IEnumerable<(SkippedSignal Skipped, IObjectCreationOperation Creation)> In(BodyFacts body)
    {
        foreach (var skipped in SkippedSignal.In(body, News.Result))
        {
            if (skipped.Gate is ILocalSymbol local && Conversions.WithoutBuiltIn(Locals.OnlyValue(local, body.Root)) is IObjectCreationOperation creation)
            {
                yield return (skipped, creation);
            }
        }

        foreach (var (field, made) in FieldCreations.In(body, static (value, types) => ResultModels.Is(value.Type, types)))
        {
            if (made is IObjectCreationOperation creation && OfField(field, creation, body) is { } found)
            {
                yield return (found, creation);
            }
        }
    }

    /// <summary>The work is started where some member says so; the members that have to do with the source are looked at one by one.</summary>
    private static SkippedSignal? OfField(IFieldSymbol field, IObjectCreationOperation creation, BodyFacts body)
    {
        if (HandleUses.Of(field, body) is not { } uses || uses.Any(use => StraightLine.IsTarget(use) && !FieldCreations.Is(use, creation)))
        {
            return null;
        }

        foreach (var member in uses.SelectMany(use => OwnRuns.Of(use, body).Select(static run => run.At).Prepend(use)).Select(static o => o.AncestorsAndSelf().Last()).GroupBy(static root => root.Syntax).Select(static group => group.First()))
        {
            if (OwnRuns.MethodOf(member, body) is { } method &&
                SkippedSignal.In(BodyFacts.Collect(member, method, body.Model, body.Cancellation), News.Result).FirstOrDefault(found => SymbolEqualityComparer.Default.Equals(found.Gate, field)) is { } skipped)
            {
                return skipped;
            }
        }

        return null;
    }
}

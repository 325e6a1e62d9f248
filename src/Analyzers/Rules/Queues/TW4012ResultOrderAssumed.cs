using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Queues;

/// <summary>
/// Reports results of work that ends in any order where they are matched with its inputs by their places: by one index for both, or by <c>Zip</c>. They come from a parallel query without
/// <c>AsOrdered</c>, from a collection that parallel work fills, or from tasks that are taken as they come to their ends.
/// </summary>
internal sealed class TW4012ResultOrderAssumed() : LocalRule(Descriptors.Create(Id, Category.Queues, DiagnosticSeverity.Info))
{
    public const string Id = "TW4012";

    public override BodyContents Needs => BodyContents.Forks | BodyContents.OwnCalls;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var order in AssumedOrder.In(body))
        {
            sink.Add(new Finding(
                Descriptor, PlaceOf(order.At), new Cause(order.At.Syntax.Span), order.Origins.Select(static o => CallLocation.Of(o.Syntax)).ToImmutableArray(),
                Edit(order, body), null,
                ImmutableArray.Create<object?>(NameOf(order.At), Descriptors.Text($"{Id}_{(order.IsQuery ? "Query" : "Collection")}"))));
        }
    }

    private static ImmutableDictionary<string, string?> Edit(AssumedOrder order, BodyFacts body)
    {
        var none = ImmutableDictionary<string, string?>.Empty;
        return order.IsQuery ? IsUnordered(order) ? none : none.Add(FixProperties.Edit, "AsOrdered")
            : order.Slots(body) is { } count ? none.Add(FixProperties.Edit, "Slots").Add(FixProperties.Argument, count) : none;
    }

    /// <summary>The query says that its order does not matter, which would undo the edit.</summary>
    private static bool IsUnordered(AssumedOrder order) => order.Origins.Any(static o => o.AncestorsAndSelf().Any(static up => up is IInvocationOperation { TargetMethod.Name: "AsUnordered" }));

    private static Location PlaceOf(IOperation use) => use.Syntax is InvocationExpressionSyntax ? CallLocation.Of(use.Syntax) : use.Syntax.GetLocation();

    private static string NameOf(IOperation use) => use.Syntax switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name.Identifier.ValueText,
        var syntax => syntax.ToString(),
    };
}

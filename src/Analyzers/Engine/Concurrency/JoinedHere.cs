using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>Whether the member that starts a thread also joins it, by itself or with the group that keeps it: it does not outlive the call.</summary>
internal static class JoinedHere
{
    public static bool Is(ForkStart start, BodyFacts body) => start.Handle.Variable is { } kept && Is(kept, body, followsGroup: true);

    private static bool Is(ISymbol kept, BodyFacts body, bool followsGroup) => UsesHere(kept, body).Any(use => IsJoined(use) || followsGroup && GroupOf(use) is { } group && Is(group, body, followsGroup: false));

    private static bool IsJoined(IOperation use) => EndlessWait.Of(use) is not null || use.Parent switch
    {
        IInvocationOperation { TargetMethod.Name: "Join" } join => join.Instance == use,
        IArrayElementReferenceOperation element => element.ArrayReference == use && IsJoined(element),
        IPropertyReferenceOperation { Property.IsIndexer: true } item => item.Instance == use && IsJoined(item),
        _ => false,
    };

    /// <summary>The array or list that the thread is put into.</summary>
    private static ISymbol? GroupOf(IOperation use) => use.Parent switch
    {
        ISimpleAssignmentOperation { Target: IArrayElementReferenceOperation element } stored when stored.Value == use => HandleUses.VariableOf(element.ArrayReference),
        _ => HandleUses.GroupOf(use),
    };

    private static IEnumerable<IOperation> UsesHere(ISymbol variable, BodyFacts body) => variable switch
    {
        ILocalSymbol local => Locals.Uses(local, body.Root),
        IFieldSymbol field => body.Root.Descendants().OfType<IFieldReferenceOperation>().Where(f => SymbolEqualityComparer.Default.Equals(f.Field, field)),
        _ => [],
    };
}

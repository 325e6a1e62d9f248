using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.SharedState;

/// <summary>
/// Reports a step on a concurrent collection that relies on an earlier one: each is safe by itself, and between them another thread may have made the earlier one untrue. That the collection is a concurrent one says that threads share it.
/// Missed: other collections, and members that look into a collection for another one.
/// </summary>
internal sealed class TW3004CheckThenAct() : TypeRule(Descriptors.Create(Id, Category.SharedState, DiagnosticSeverity.Info))
{
    public const string Id = "TW3004";

    public override void Examine(TypeFacts type, FindingSink sink)
    {
        foreach (var act in CheckThenActs.Of(type))
        {
            sink.Add(new Finding(
                Descriptor, CallLocation.Of(act.Act.Syntax), new Cause(act.Act.Syntax.Span), ImmutableArray.Create(act.Check.Syntax.GetLocation()),
                act.IsOfCollection ? ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, EditOf(act.Kind)) : ImmutableDictionary<string, string?>.Empty, act.Place.Holder is IFieldSymbol or IPropertySymbol ? act.Place.Holder : null,
                ImmutableArray.Create<object?>(act.Place.Display(), LineNumber.Of(act.Check.Syntax), Descriptors.Text($"{Id}_{act.Kind}"))));
        }
    }

    /// <summary>The member that does both steps in one.</summary>
    private static string EditOf(LateAct kind) => kind switch
    {
        LateAct.Get => "TryGetValue",
        LateAct.Create => "GetOrAdd",
        LateAct.Claim or LateAct.Twice => "TryAdd",
        LateAct.Update => "AddOrUpdate",
        LateAct.Remove => "TryRemove",
        _ => "TryTake",
    };
}

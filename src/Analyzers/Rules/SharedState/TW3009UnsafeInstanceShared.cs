using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.SharedState;

/// <summary>
/// Reports an object that is made for one thread at a time and that threads which surely run at once call with no lock in common. Only where the type or body itself makes the object, so that it is no derived one which
/// is made for threads. Missed: objects that are handed in.
/// </summary>
internal sealed class TW3009UnsafeInstanceShared() : TypeRule(Descriptors.Create(Id, Category.SharedState, DiagnosticSeverity.Warning))
{
    public const string Id = "TW3009";

    /// <summary>The edit that makes the variable hold <c>Random.Shared</c>; what made the object is the last additional location.</summary>
    public const string UseShared = "UseShared";

    /// <summary>The edit that makes a lock object and takes it around each access.</summary>
    public const string IntroduceGate = "IntroduceGate";

    public override void Examine(TypeFacts type, FindingSink sink)
    {
        foreach (var race in Races.Of(type).Where(static r => r.Kind == RaceKind.Instance && r.All.All(static a => a.Kind != AccessKind.ByReference)))
        {
            var made = ValuesOf(race.Place, race.First, type);
            if (made.Length > 0 && made.All(static value => value is not null && UnsafeInstances.IsMade(value)))
            {
                var isShared = made.Length == 1 && made[0] is IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: null, Type.Name: "Random" } && type.Type.DeclaringSyntaxReferences.Length > 0;
                var finding = RaceFindings.Of(race, Descriptor, isShared ? UseShared : IntroduceGate);
                sink.Add(isShared ? finding with { Others = finding.Others.Add(made[0]!.Syntax.GetLocation()) } : finding);
            }
        }
    }

    /// <summary>All that the variable ever holds; null among them for what is not seen.</summary>
    private static ImmutableArray<IOperation?> ValuesOf(AccessPath place, Access access, TypeFacts type) => place switch
    {
        { Root: PathRoot.Local, Steps.IsEmpty: true, Symbol: ILocalSymbol local } => ImmutableArray.Create(Conversions.WithoutBuiltIn(Locals.OnlyValue(local, access.In.Body.Root))),
        _ when place.Holder is IFieldSymbol { DeclaredAccessibility: Accessibility.Private } field && SymbolEqualityComparer.Default.Equals(field.ContainingType.OriginalDefinition, type.Type) && !type.IsNamedByNestedTypes(field.Name) =>
            type.WritesOf(field).Select(static w => Conversions.WithoutBuiltIn(w.Value)).ToImmutableArray(),
        _ => ImmutableArray<IOperation?>.Empty,
    };
}

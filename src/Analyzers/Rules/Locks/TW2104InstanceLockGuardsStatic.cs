using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Locks;

/// <summary>
/// Reports static state that is changed under a lock of the object at hand and no other: each object has a lock of its own, so two of them change the state at once. One report a field. Assumed:
/// a class that anybody can make objects of has several. Missed: values that are stored without a look at the old one, and references that are made on first use.
/// </summary>
internal sealed class TW2104InstanceLockGuardsStatic() : TypeRule(Descriptors.Create(Id, Category.Locks, DiagnosticSeverity.Warning))
{
    public const string Id = "TW2104";

    /// <summary>The edit that locks a static object in place of the instance's.</summary>
    public const string LockStaticGate = "LockStaticGate";

    private static readonly ImmutableDictionary<string, string?> s_none = ImmutableDictionary<string, string?>.Empty;
    private static readonly ImmutableDictionary<string, string?> s_edit = s_none.Add(FixProperties.Edit, LockStaticGate);

    public override void Examine(TypeFacts type, FindingSink sink)
    {
        if (type.Type.TypeKind != TypeKind.Class || type.StaticChanges().Count == 0 || type.Bodies().IsEmpty || SingleInstance.IsLikely(type.Type))
        {
            return;
        }

        var holding = Holding.Of(type);
        foreach (var ofField in type.StaticChanges().GroupBy<StaticChange, IFieldSymbol>(static c => c.Field, SymbolEqualityComparer.Default).Where(changes => IsShared(changes.Key, type)))
        {
            var guarded = ofField.Where(change => !IsAtConstruction(change) && holding.At(change.Place.Syntax) == Held.InstanceOnly).Select(static c => c.Place.Syntax).ToList();
            if (guarded.Count > 0)
            {
                sink.Add(Report(ofField.Key, guarded, holding));
            }
        }
    }

    private Finding Report(IFieldSymbol field, List<SyntaxNode> places, Holding holding)
    {
        var locks = places.Select(holding.InstanceLockAround).OfType<SyntaxNode>().ToList();
        var others = places.Skip(1).Select(static p => p.GetLocation()).Concat(locks.Take(1).Select(static l => (l is LockStatementSyntax statement ? statement.Expression : l).GetLocation()));
        return new Finding(
            Descriptor, places[0].GetLocation(), new Cause(places[0].Span), ImmutableArray.CreateRange(others),
            locks.Count == places.Count && locks.All(static l => l is LockStatementSyntax) ? s_edit : s_none, field, ImmutableArray.Create<object?>(field.Name));
    }

    /// <summary>Not one for each thread, and not one that atomic operations or references to it change as well.</summary>
    private static bool IsShared(IFieldSymbol field, TypeFacts type) =>
        !PerThread.Is(field) &&
        type.WritesOf(field).All(static w => w.Kind != FieldWriteKind.ByReference || w.Place.Parent is not Microsoft.CodeAnalysis.Operations.IArgumentOperation);

    /// <summary>In a constructor: the first objects of a class are often made by one thread.</summary>
    private static bool IsAtConstruction(StaticChange change) => change.Owner is IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } or not IMethodSymbol;
}

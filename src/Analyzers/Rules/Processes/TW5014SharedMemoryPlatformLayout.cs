using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Protocols;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Processes;

/// <summary>
/// Reports a struct that goes through memory which other processes share, and lies otherwise in theirs when they are of another bitness or language: it has a field of a pointer's size, or values of 8 bytes behind smaller
/// ones. Assumed: a project that is built for one kind of processor shares with its like. Once a struct and type that uses it.
/// </summary>
internal sealed class TW5014SharedMemoryPlatformLayout() : TypeRule(Descriptors.Create(Id, Category.Processes, DiagnosticSeverity.Info))
{
    public const string Id = "TW5014";

    /// <summary>The edit that says how close the fields stand.</summary>
    public const string Pack = "Pack";

    private static readonly ImmutableDictionary<string, string?> s_none = ImmutableDictionary<string, string?>.Empty;
    private static readonly ImmutableDictionary<string, string?> s_pack = s_none.Add(FixProperties.Edit, Pack);

    public override void Examine(TypeFacts type, FindingSink sink)
    {
        if (MappedViews.Of(type) is not { } views || views.Accesses[0].Body.Model.Compilation.Options.Platform is not (Platform.AnyCpu or Platform.AnyCpu32BitPreferred))
        {
            return;
        }

        foreach (var accesses in views.Accesses.Where(static a => a.Value is INamedTypeSymbol { TypeKind: TypeKind.Struct, IsTupleType: false, DeclaringSyntaxReferences.Length: 1 })
            .GroupBy<MappedAccess, INamedTypeSymbol>(static a => (INamedTypeSymbol)a.Value, SymbolEqualityComparer.Default).Where(static g => !StructLayouts.IsFixed(g.Key)))
        {
            var native = StructLayouts.NativeField(accesses.Key);
            if ((native is not null || StructLayouts.HasMovingFields(accesses.Key) || (StructLayouts.DependsOnAlignment(accesses.Key) && accesses.Any(static a => a.IsOfArray || a.Start is null))) && accesses.FirstOrDefault(views.IsShared) is { } access)
            {
                var place = SharedStructs.Place(accesses.Key, access, type);
                sink.Add(new Finding(
                    Descriptor, place, new Cause(place.SourceSpan), ImmutableArray.Create(SharedStructs.Other(accesses.Key, access, place)),
                    native is null && StructLayouts.IsSettledByPacking(accesses.Key) ? s_pack : s_none, null,
                    ImmutableArray.Create<object?>(accesses.Key.Name, native is null ? Descriptors.Text($"{Id}_Mixed") : Descriptors.Text($"{Id}_Native", native.Name))));
            }
        }
    }
}

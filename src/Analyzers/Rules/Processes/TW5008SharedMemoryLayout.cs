using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Protocols;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Processes;

/// <summary>
/// Reports accesses to a memory map that do not fit each other or the map: a value that begins within another one, a read of another type than is written, an access past the end, and a struct with
/// references, which throws. Places must be constant, and the memory a field or local of the type.
/// </summary>
internal sealed class TW5008SharedMemoryLayout() : TypeRule(Descriptors.Create(Id, Category.Processes, DiagnosticSeverity.Info))
{
    public const string Id = "TW5008";

    /// <summary>The edit that moves a value behind the one that it begins in.</summary>
    public const string Move = "Move";

    /// <summary>The edit that reads what is written.</summary>
    public const string Read = "Read";

    private static readonly ImmutableDictionary<string, string?> s_none = ImmutableDictionary<string, string?>.Empty;

    public override void Examine(TypeFacts type, FindingSink sink)
    {
        if (MappedViews.Of(type) is not { } views)
        {
            return;
        }

        var faults = MemoryFaults.Of(views);
        foreach (var clash in faults.Overlaps())
        {
            var edit = clash.Free is { } free
                ? s_none.Add(FixProperties.Edit, Move).Add(FixProperties.Argument, Number(free - clash.At.ViewStart!.Value)).Add(FixProperties.Accesses, Number(clash.Same.Length))
                : s_none;
            Report(clash, edit, "Overlap", Number(clash.At.Start!.Value), Name(clash.Other.Value), Number(clash.Other.Start!.Value), Line(clash.Other));
        }

        foreach (var clash in faults.Misread())
        {
            var reader = ReaderOf(clash.Other.Value);
            Report(clash, reader is null ? s_none : s_none.Add(FixProperties.Edit, Read).Add(FixProperties.Argument, reader).Add(FixProperties.Accesses, Number(clash.Same.Length)), "OtherType",
                Number(clash.At.Start!.Value), Name(clash.At.Value), Name(clash.Other.Value), Line(clash.Other));
        }

        foreach (var (at, end, size) in faults.Past())
        {
            sink.Add(this, CallLocation.Of(at.Call.Syntax), new Cause(at.Call.Syntax.Span), at.Call.TargetMethod.Name, Descriptors.Text($"{Id}_Past", Number(end), Number(size)));
        }

        foreach (var access in views.Accesses.Where(static a => StructLayouts.HasReferences(a.Value)).GroupBy(static a => a.Value, SymbolEqualityComparer.Default).Select(static g => g.First()))
        {
            var place = SharedStructs.Place((INamedTypeSymbol)access.Value, access, type);
            sink.Add(this, place, new Cause(place.SourceSpan), access.Value.Name, Descriptors.Text($"{Id}_References", access.Call.TargetMethod.Name, Line(access)));
        }

        void Report(MemoryClash clash, ImmutableDictionary<string, string?> edit, string text, params string[] arguments) => sink.Add(new Finding(
            Descriptor, CallLocation.Of(clash.At.Call.Syntax), new Cause(clash.At.Call.Syntax.Span), ImmutableArray.CreateRange(clash.Same.Append(clash.Other).Select(static a => CallLocation.Of(a.Call.Syntax))), edit,
            null, ImmutableArray.Create<object?>(clash.At.Call.TargetMethod.Name, Descriptors.Text($"{Id}_{text}", arguments))));
    }

    private static string Name(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Line(MappedAccess access) => LineNumber.Of(access.Call.Syntax);

    /// <summary>The method that reads a value of the type; null for one that is read by its type.</summary>
    private static string? ReaderOf(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Boolean or SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Char or SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Int32 or
            SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal => "Read" + type.Name,
        _ => null,
    };
}

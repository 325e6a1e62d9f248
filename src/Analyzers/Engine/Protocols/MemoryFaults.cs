using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Protocols;

/// <summary>An access that does not fit another one.</summary>
/// <param name="At">The access that is wrong, or the first one there.</param>
/// <param name="Same">The other accesses at its place.</param>
/// <param name="Other">The access that it does not fit.</param>
/// <param name="Free">The first byte behind the other one, where the value has room; null where it has none.</param>
internal sealed record MemoryClash(MappedAccess At, ImmutableArray<MappedAccess> Same, MappedAccess Other, long? Free);

/// <summary>
/// What is wrong with the places at which a type reads and writes shared memory, as far as these are constant. Memory that holds several things by turns looks like an overlap: where values of several
/// sizes begin at one byte, or two accesses are the ways of one choice, that is taken to be meant.
/// </summary>
internal sealed class MemoryFaults
{
    private readonly MappedViews _views;
    private readonly ImmutableArray<ImmutableArray<Value>> _memories;

    private MemoryFaults(MappedViews views)
    {
        _views = views;
        _memories = views.Accesses.Where(static a => a is { Memory: not null, Start: not null })
            .GroupBy(static a => a.Memory!)
            .Select(static memory => memory.Select(static a => (Access: a, Length: LengthOf(a))).Where(static v => v.Length is not null)
                .Select(static v => new Value(v.Access, v.Access.Start!.Value, v.Length!.Value)).ToImmutableArray()).ToImmutableArray();
    }

    public static MemoryFaults Of(MappedViews views) => new(views);

    /// <summary>Values that begin within another one; one for each byte at which such a value begins.</summary>
    public IEnumerable<MemoryClash> Overlaps()
    {
        foreach (var memory in _memories)
        {
            foreach (var inner in memory.GroupBy(static v => v.Start).OrderBy(static g => g.Key).Select(static g => g.ToList()))
            {
                var first = inner.FirstOrDefault(static v => v.Access.IsWrite) ?? inner[0];
                if (memory.FirstOrDefault(outer => Overlap(outer, inner, memory)) is { } outer)
                {
                    var free = outer.End;
                    var hasRoom = !memory.Any(v => v.Start != first.Start && v.Start < free + first.Length && free < v.End) && (Limit(first.Access) is not { } limit || free - first.Start + Position(first) + first.Length <= limit);
                    yield return new MemoryClash(first.Access, Others(inner, first), outer.Access, hasRoom ? free : null);
                }
            }
        }
    }

    /// <summary>Reads of another type than is written there. Where another value begins within the wider one, the parts and the whole are meant.</summary>
    public IEnumerable<MemoryClash> Misread()
    {
        foreach (var (memory, place) in _memories.SelectMany(static memory => memory.GroupBy(static v => v.Start).OrderBy(static g => g.Key).Select(place => (memory, place.ToList()))))
        {
            var writes = place.Where(static v => v.Access.IsWrite).ToList();
            var reads = place.Where(static v => !v.Access.IsWrite).ToList();
            if (writes.Count > 0 && reads.Count > 0 && Kind(writes) is { } written && Kind(reads) is { } read && written != read && !place.Any(static v => IsConverted(v.Access)) && !memory.Any(v => v.Start > place[0].Start && place.Any(p => v.Start < p.End)))
            {
                yield return new MemoryClash(reads[0].Access, Others(reads, reads[0]), writes[0].Access, null);
            }
        }
    }

    /// <summary>Accesses that go past the end of a view or map whose size is a constant, with the size.</summary>
    public IEnumerable<(MappedAccess At, long End, long Size)> Past()
    {
        foreach (var access in _views.Accesses)
        {
            if (MappedAccess.Constant(access.Position) is { } position && LengthOf(access) is { } length && Limit(access) is { } size && position + length > size)
            {
                yield return (access, position + length, size);
            }
        }
    }

    /// <summary>How many bytes the view of an access has; null where that is not constant.</summary>
    private long? Limit(MappedAccess access)
    {
        if (_views.ViewOf(access) is not { } view)
        {
            return null;
        }

        if (MappedMemoryModels.ArgumentOf(view.Call, "size") is { } size && MappedAccess.Constant(size) is not 0)
        {
            return MappedAccess.Constant(size);
        }

        return _views.MapOf(view) is { } map && MappedMemoryModels.ArgumentOf(map.Call, "capacity") is { } capacity && MappedAccess.Constant(capacity) is { } all and not 0 && access.ViewStart is { } start ? all - start : null;
    }

    /// <summary>
    /// Whether the inner value begins within the outer one and neither is meant to be seen in two ways. A value that is patched within a struct or an array is a part of it, and so is a byte that is only looked at.
    /// </summary>
    private static bool Overlap(Value outer, List<Value> inner, ImmutableArray<Value> memory)
    {
        var value = inner[0];
        return outer.Start < value.Start && value.Start < outer.End &&
            inner.All(v => v.Length == value.Length) && memory.All(v => v.Start != outer.Start || v.Length == outer.Length) &&
            (value.End > outer.End || !(outer.Access.IsOfArray || IsStruct(outer.Access.Value))) &&
            !(value.Length == 1 && inner.All(static v => !v.Access.IsWrite)) &&
            memory.Any(v => v.Access.IsWrite && (v.Start == outer.Start || v.Start == value.Start)) &&
            inner.All(v => !v.Access.Call.IsAlternativeTo(outer.Access.Call));
    }

    private static bool IsStruct(ITypeSymbol type) => type is { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None };

    private static ImmutableArray<MappedAccess> Others(List<Value> values, Value first) => values.Where(v => v != first).Select(static v => v.Access).ToImmutableArray();

    private static long Position(Value value) => MappedAccess.Constant(value.Access.Position)!.Value;

    /// <summary>The one size, and whether it is a number with a point; null where there are several, or one of another kind.</summary>
    private static (int Size, SpecialType Fraction)? Kind(List<Value> values)
    {
        var kinds = values.Select(static v => v.Access is { IsOfArray: false, Value: var type } && Plain(type) is { } plain ? ((int Size, SpecialType Fraction)?)((int)v.Length,
            plain is SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal ? plain : SpecialType.None) : null).Distinct().ToList();
        return kinds.Count == 1 ? kinds[0] : null;
    }

    private static SpecialType? Plain(ITypeSymbol type) => ((type as INamedTypeSymbol)?.EnumUnderlyingType ?? type).SpecialType is var plain and not SpecialType.None ? plain : null;

    /// <summary>The bits are taken for those of another type on purpose.</summary>
    private static bool IsConverted(MappedAccess access) => (access.IsWrite ? access.Call.Arguments.Last().Value.DescendantsAndSelf() : access.Call.AncestorsAndSelf().TakeWhile(static up => up is not IBlockOperation))
        .Any(static o => o is IInvocationOperation { TargetMethod.ContainingType.Name: "BitConverter" or "Unsafe" or "MemoryMarshal" });

    private static long? LengthOf(MappedAccess access)
    {
        if (StructLayouts.Of(access.Value, 8) is not { } layout || StructLayouts.Of(access.Value, 4) is not { } narrow)
        {
            return null;
        }

        var size = Math.Min(layout.Size, narrow.Size);
        return !access.IsOfArray ? size : MappedAccess.Constant(MappedMemoryModels.ArgumentOf(access.Call, "count")) * size;
    }

    private sealed record Value(MappedAccess Access, long Start, long Length)
    {
        public long End => Start + Length;
    }
}

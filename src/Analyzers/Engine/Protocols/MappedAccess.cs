using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Protocols;

/// <summary>What keeps the memory of an access: the field or local of the map, or of the view where the map has none; an element of it, where that is a list or array of views.</summary>
/// <param name="Variable">The variable.</param>
/// <param name="Element">The constant index in it.</param>
internal sealed record MappedMemory(ISymbol Variable, long? Element = null)
{
    public bool Equals(MappedMemory? other) => other is not null && Element == other.Element && SymbolEqualityComparer.Default.Equals(Variable, other.Variable);

    public override int GetHashCode() => SymbolEqualityComparer.Default.GetHashCode(Variable);
}

/// <summary>One read or write through a view of a memory map.</summary>
/// <param name="Body">The body that it stands in.</param>
/// <param name="Call">The call.</param>
/// <param name="Value">What is read or written, or the element of it.</param>
/// <param name="Memory">The memory; null where it is not known.</param>
/// <param name="ViewStart">Where the view begins in the map; null where that is not known.</param>
internal sealed record MappedAccess(BodyFacts Body, IInvocationOperation Call, ITypeSymbol Value, MappedMemory? Memory, long? ViewStart)
{
    public bool IsWrite => MappedMemoryModels.IsWrite(Call.TargetMethod);

    public bool IsOfArray => MappedMemoryModels.IsOfArray(Call.TargetMethod);

    /// <summary>Where in the view it reads or writes, as the code says.</summary>
    public IOperation Position => MappedMemoryModels.ArgumentOf(Call, "position")!;

    /// <summary>Where in the memory it begins; null where that is not constant.</summary>
    public long? Start => ViewStart is { } start && (Constant(Position) ?? RunningOffset.At(Position)) is { } position ? start + position : null;

    /// <summary>The constant that the operation is; null for what is none.</summary>
    public static long? Constant(IOperation? value) => Conversions.WithoutBuiltIn(value) is { ConstantValue: { HasValue: true, Value: { } constant } } ? constant switch
    {
        int number => number,
        long number => number,
        uint number => number,
        byte number => number,
        short number => number,
        ushort number => number,
        _ => null,
    } : null;
}

using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>Locks that could be shared with other processes by a name, and have none.</summary>
internal static class UnnamedGates
{
    /// <summary>The creation of the mutex or semaphore in a field of the type or a local of the body, where that is the only one and gives no name; null for any other lock.</summary>
    public static IObjectCreationOperation? Creation(AccessPath gate, BodyFacts body, TypeFacts type)
    {
        if (gate is { Root: PathRoot.Local, Steps.IsEmpty: true, Holder: ILocalSymbol local })
        {
            return OfNoName(Locals.OnlyValue(local, body.Root), body.Model.Types);
        }

        if (gate.Holder is not IFieldSymbol field || !SymbolEqualityComparer.Default.Equals(field.ContainingType.OriginalDefinition, type.Type.OriginalDefinition))
        {
            return null;
        }

        var writes = type.WritesOf(field).Where(static w => w.Value is not { ConstantValue: { HasValue: true, Value: null } }).Take(2).ToList();
        return writes.Count == 1 ? OfNoName(writes[0].Value, body.Model.Types) : null;
    }

    /// <summary>The creation of a mutex or semaphore that gives no name; null for any other value.</summary>
    public static IObjectCreationOperation? OfNoName(IOperation? value, WellKnownTypes types) =>
        Conversions.WithoutBuiltIn(value) is IObjectCreationOperation creation && NamedPrimitives.Is(creation.Type, types) && NamedPrimitives.NameOf(creation) is null ? creation : null;
}

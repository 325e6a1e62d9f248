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
    /// <summary>The creation of the mutex or semaphore in a field of the type, where that is the only one and gives no name; null for any other lock.</summary>
    public static IObjectCreationOperation? Creation(AccessPath gate, TypeFacts type)
    {
        if (gate.Holder is not IFieldSymbol field || !SymbolEqualityComparer.Default.Equals(field.ContainingType.OriginalDefinition, type.Type.OriginalDefinition))
        {
            return null;
        }

        var writes = type.WritesOf(field).Where(static w => w.Value is not { ConstantValue: { HasValue: true, Value: null } }).Take(2).ToList();
        return writes.Count == 1 && Conversions.WithoutBuiltIn(writes[0].Value) is IObjectCreationOperation creation && NamedPrimitives.Is(creation.Type, type.AllBodies()[0].Model.Types) && NamedPrimitives.NameOf(creation) is null
            ? creation
            : null;
    }
}

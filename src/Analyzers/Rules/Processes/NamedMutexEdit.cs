using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Processes;

/// <summary>The edit facts for a mutex that guards the memory of a map: it is named after the map and reaches as far as it.</summary>
internal static class NamedMutexEdit
{
    /// <summary>The edit with a mutex that the processes of the session share.</summary>
    public const string Session = "Session";

    /// <summary>The edit with a mutex that all processes of the machine share.</summary>
    public const string Machine = "Machine";

    /// <summary>None where the name of the map is not constant. A map and a mutex cannot have one name.</summary>
    public static ImmutableDictionary<string, string?> For(IInvocationOperation map) =>
        MappedMemoryModels.ArgumentOf(map, "mapName") is { ConstantValue: { HasValue: true, Value: string { Length: > 0 } name } }
            ? ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, name.StartsWith(@"Global\", StringComparison.Ordinal) ? Machine : Session).Add(FixProperties.Gate, name + "-lock")
            : ImmutableDictionary<string, string?>.Empty;
}

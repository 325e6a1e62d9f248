using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Models;

/// <summary>Who sees the memory of a map.</summary>
internal enum MapReach
{
    Unknown,

    /// <summary>This process only, or others that can read and no more.</summary>
    Private,

    /// <summary>Other processes too, and they may write.</summary>
    Shared,
}

/// <summary>
/// What the members of <c>MemoryMappedFile</c> and of its views mean. Sources: the reference pages of System.IO.MemoryMappedFiles and System.IO.UnmanagedMemoryAccessor; a file that is named by its path
/// is opened so that nobody else can write to it.
/// </summary>
internal static class MappedMemoryModels
{
    private const int Inheritable = 1;
    private const int ReadOnly = 1;
    private const int CopyOnWrite = 3;
    private const int ShareOfWriters = 2;

    /// <summary>Whether the call reads or writes through a view of a map.</summary>
    public static bool IsAccess(IInvocationOperation call, WellKnownTypes types) =>
        types.MappedView is not null && KnownType.Is(call.TargetMethod.ContainingType, types.MemoryAccessor) && ValueOf(call.TargetMethod) is not null && call.Instance is { Type: { } view } &&
        KnownType.IsOrDerives(view, types.MappedView);

    /// <summary>Whether a call of <see cref="IsAccess"/> writes.</summary>
    public static bool IsWrite(IMethodSymbol access) => access.Name is "Write" or "WriteArray";

    /// <summary>Whether it goes over several elements.</summary>
    public static bool IsOfArray(IMethodSymbol access) => access.Name is "ReadArray" or "WriteArray";

    /// <summary>What the access reads or writes, or the element of it; null for a member that does neither.</summary>
    public static ITypeSymbol? ValueOf(IMethodSymbol access) => access switch
    {
        { TypeArguments: { Length: 1 } arguments } => arguments[0],
        { Name: "Write", Parameters: { Length: 2 } parameters } => parameters[1].Type,
        { ReturnsVoid: false, Parameters.Length: 1 } when access.Name.StartsWith("Read", System.StringComparison.Ordinal) => access.ReturnType,
        _ => null,
    };

    /// <summary>Whether the call makes a view.</summary>
    public static bool IsView(IInvocationOperation call, WellKnownTypes types) => call.TargetMethod.Name == "CreateViewAccessor" && KnownType.Is(call.TargetMethod.ContainingType, types.MemoryMappedFile);

    /// <summary>Whether the call makes a map, or opens one.</summary>
    public static bool IsMap(IInvocationOperation call, WellKnownTypes types) => call.TargetMethod is { IsStatic: true, Name: "CreateNew" or "CreateOrOpen" or "OpenExisting" or "CreateFromFile" } method &&
        KnownType.Is(method.ContainingType, types.MemoryMappedFile);

    /// <summary>Who sees the map that the call of <see cref="IsMap"/> gives. <paramref name="file"/> is what opens the file of a map that has one, where that is known.</summary>
    public static MapReach ReachOf(IInvocationOperation map, IOperation? file)
    {
        if (AccessOf(map) == CopyOnWrite)
        {
            return MapReach.Private;
        }

        if (map.TargetMethod.Name == "OpenExisting")
        {
            return MapReach.Shared;
        }

        if (ArgumentOf(map, "mapName") is { ConstantValue: not { HasValue: true, Value: null } } name)
        {
            return name.Type?.NullableAnnotation == NullableAnnotation.Annotated && !name.ConstantValue.HasValue ? MapReach.Unknown : MapReach.Shared;
        }

        return map.TargetMethod.Name != "CreateFromFile" ? ConstantOf(map, "HandleInheritability") == Inheritable ? MapReach.Shared : MapReach.Private
            : ArgumentOf(map, "path") is not null ? MapReach.Private
            : file is null ? MapReach.Unknown
            : ConstantOf(file, "FileShare") is { } share && (share & ShareOfWriters) != 0 ? MapReach.Shared
            : MapReach.Private;
    }

    /// <summary>What opens the file of a map that is made of an open one; null for any other map.</summary>
    public static IOperation? FileOf(IInvocationOperation map) => ArgumentOf(map, "fileStream") ?? ArgumentOf(map, "fileHandle");

    /// <summary>
    /// Whether each process that runs the call may get one and the same map, and none is the one that makes it: <c>CreateOrOpen</c>, <c>OpenExisting</c>, a file that is opened or made as need be.
    /// </summary>
    public static bool IsForMany(IInvocationOperation map, IOperation? file) => map.TargetMethod.Name switch
    {
        "CreateOrOpen" or "OpenExisting" => true,
        "CreateFromFile" => ConstantOf(file ?? map, "FileMode") is 3 or 4,
        _ => false,
    };

    /// <summary>Whether nothing can be written through what the call makes, a map or a view.</summary>
    public static bool IsReadOnly(IInvocationOperation made) => AccessOf(made) is ReadOnly or CopyOnWrite || (ConstantOf(made, "MemoryMappedFileRights") is { } rights && (rights & 2) == 0);

    /// <summary>Whether the call keeps other processes out of a part of a file.</summary>
    public static bool LocksFile(IMethodSymbol method) => method is { Name: "Lock", ContainingType: { Name: "FileStream", ContainingNamespace: { Name: "IO", ContainingNamespace.Name: "System" } } };

    /// <summary>The argument of the parameter of that name; null where it is left out.</summary>
    public static IOperation? ArgumentOf(IOperation call, string parameter) => Arguments(call).FirstOrDefault(a => a.Parameter?.Name == parameter && a.ArgumentKind == ArgumentKind.Explicit)?.Value;

    private static int? AccessOf(IInvocationOperation made) => ConstantOf(made, "MemoryMappedFileAccess");

    /// <summary>The constant that is given for the parameter of an enum; null where none is, or it is not a constant.</summary>
    private static int? ConstantOf(IOperation call, string type) =>
        Arguments(call).FirstOrDefault(a => a.Parameter?.Type.Name == type)?.Value is { ConstantValue: { HasValue: true, Value: int value } } ? value : null;

    private static ImmutableArray<IArgumentOperation> Arguments(IOperation call) => call switch
    {
        IInvocationOperation invocation => invocation.Arguments,
        IObjectCreationOperation creation => creation.Arguments,
        _ => ImmutableArray<IArgumentOperation>.Empty,
    };
}

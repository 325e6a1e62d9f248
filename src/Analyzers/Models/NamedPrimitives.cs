using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Models;

/// <summary>The locks and signals of the framework that can have a name, by which other processes get the same one. On Unix, only a mutex can.</summary>
internal static class NamedPrimitives
{
    /// <summary>Whether objects of the type can be shared by name.</summary>
    public static bool Is(ITypeSymbol? type, WellKnownTypes types) => KnownType.Is(type, types.Mutex) || KnownType.Is(type, types.Semaphore) || KnownType.Is(type, types.EventWaitHandle);

    /// <summary>The name that a creation is given; null for one without a name.</summary>
    public static IOperation? NameOf(IObjectCreationOperation creation) => creation.Arguments.FirstOrDefault(static a => a.Parameter is { Name: "name", Type.SpecialType: SpecialType.System_String })?.Value is { } name &&
        name is not { ConstantValue: { HasValue: true, Value: null or "" } } ? name : null;

    /// <summary>Whether whoever makes it may hold it from then on.</summary>
    public static bool IsTaken(IObjectCreationOperation creation) => creation.Arguments.Any(static a => a.Parameter?.Name == "initiallyOwned" && a.Value.ConstantValue is not { HasValue: true, Value: false });

    /// <summary>Whether the creation asks whether it is the first one of that name.</summary>
    public static bool AsksForFirst(IObjectCreationOperation creation) => CreatedNew(creation) is not null;

    /// <summary>The local that is told whether the creation is the first one of that name; null where none is.</summary>
    public static ILocalSymbol? IsFirst(IObjectCreationOperation creation) => Answer(creation)?.Local;

    /// <summary>The same local as the creation names it.</summary>
    public static ILocalReferenceOperation? Answer(IObjectCreationOperation creation) => CreatedNew(creation)?.Value switch
    {
        IDeclarationExpressionOperation { Expression: ILocalReferenceOperation declared } => declared,
        ILocalReferenceOperation given => given,
        _ => null,
    };

    private static IArgumentOperation? CreatedNew(IObjectCreationOperation creation) => creation.Arguments.FirstOrDefault(static a => a.Parameter is { RefKind: RefKind.Out, Name: "createdNew" });

    /// <summary>What in a name is another one each time it is made.</summary>
    public static bool IsNew(IOperation part) => part is IInvocationOperation { TargetMethod: { IsStatic: true, Name: var name, ContainingType: { } type } } &&
        ((name == "NewGuid" || name == "CreateVersion7") && type is { Name: "Guid", ContainingNamespace.Name: "System" } || name == "GetRandomFileName" && type is { Name: "Path", ContainingNamespace.Name: "IO" });

    /// <summary>What in a name is another one in each process: hashes of strings are, on .NET, so that nobody can foresee them.</summary>
    public static bool IsHash(IOperation part, Compilation compilation) => compilation.ObjectType.ContainingAssembly?.Name is not ("mscorlib" or "netstandard") && part is IInvocationOperation
    {
        TargetMethod: { Name: "GetHashCode", ContainingType.SpecialType: SpecialType.System_String } or { Name: "Combine" or "ToHashCode", ContainingType: { Name: "HashCode", ContainingNamespace.Name: "System" } },
    };

    /// <summary>The number of the process that runs.</summary>
    public static bool IsProcessId(IOperation part, WellKnownTypes types) => part is IPropertyReferenceOperation property && (property.Property is { IsStatic: true, Name: "ProcessId", ContainingType: { Name: "Environment", ContainingNamespace.Name: "System" } } ||
        (property.Property.Name == "Id" && KnownType.Is(property.Property.ContainingType, types.Process) && Conversions.WithoutBuiltIn(property.Instance) is IInvocationOperation { TargetMethod.Name: "GetCurrentProcess" }));

    /// <summary>Whether the property gives the handle of a lock or signal.</summary>
    public static bool IsHandle(IPropertyReferenceOperation property, WellKnownTypes types) => property.Property.Name is "Handle" or "SafeWaitHandle" && KnownType.Is(property.Property.ContainingType, types.WaitHandle);
}

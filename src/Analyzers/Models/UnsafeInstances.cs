using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Models;

/// <summary>
/// Objects of the framework that change with each call and are made for one thread at a time: random numbers, hashes, writers, mail clients, database connections and commands. Source: the
/// reference page of each says that its instance members are not thread-safe.
/// </summary>
internal static class UnsafeInstances
{
    /// <summary>Whether the type is one of them, or derives from one that says so for its family.</summary>
    public static bool Is(ITypeSymbol? type) => type switch
    {
        INamedTypeSymbol { Name: "Random" or "StreamWriter" or "BinaryWriter" or "SmtpClient" } exact => IsIn(exact, exact.Name switch { "Random" => "System", "SmtpClient" => "System.Net.Mail", _ => "System.IO" }),
        INamedTypeSymbol { TypeKind: TypeKind.Class } named => Family(named) is not null,
        _ => false,
    };

    /// <summary>Whether the call uses what the object keeps between calls.</summary>
    public static bool IsUse(IInvocationOperation call) => call.TargetMethod is { IsStatic: false, Name: var name } && name is not ("GetType" or "GetHashCode" or "Equals" or "ToString" or "Dispose" or "DisposeAsync" or "Close") &&
        (Family(call.Instance?.Type as INamedTypeSymbol) is not ("DbConnection" or "DbCommand") || name.StartsWith("Execute", System.StringComparison.Ordinal) || name is "Open" or "OpenAsync" or "BeginTransaction" or "ChangeDatabase");

    /// <summary>Whether the value is a new object of such a type, so that it is no derived one that is made for threads.</summary>
    public static bool IsMade(IOperation? value) => Conversions.WithoutBuiltIn(value) switch
    {
        IObjectCreationOperation creation => Is(creation.Type),
        IInvocationOperation { TargetMethod: { IsStatic: true, Name: "Create" } factory } => Family(factory.ReturnType as INamedTypeSymbol) == "HashAlgorithm",
        _ => false,
    };

    private static string? Family(INamedTypeSymbol? type)
    {
        for (var up = type; up is not null; up = up.BaseType)
        {
            if (up.Name == "HashAlgorithm" && IsIn(up, "System.Security.Cryptography") || up.Name is "DbConnection" or "DbCommand" && IsIn(up, "System.Data.Common"))
            {
                return up.Name;
            }
        }

        return null;
    }

    private static bool IsIn(INamedTypeSymbol type, string space) => type.Locations.Any(static l => l.IsInMetadata) && type.ContainingNamespace?.ToDisplayString() == space;
}

using Microsoft.CodeAnalysis;
using static Threadwise.Analyzers.Models.KnownType;

namespace Threadwise.Analyzers.Models;

/// <summary>
/// Framework calls whose meaning for a value is known: they compute from it, keep it, tell it to a human, or may as well run twice.
/// Everything else is unknown.
/// </summary>
internal static class PlainCalls
{
    /// <summary>The result is made of the receiver and the arguments alone.</summary>
    public static bool Computes(IMethodSymbol method, WellKnownTypes types)
    {
        if (method.ContainingType is not { } type)
        {
            return false;
        }

        return type.SpecialType is SpecialType.System_String or SpecialType.System_Delegate or SpecialType.System_MulticastDelegate
                   or (>= SpecialType.System_Boolean and <= SpecialType.System_Double) ||
               Is(type, types.Math) || Is(type, types.Convert) ||
               (method.Name == "FromResult" && (Is(type, types.Task) || Is(type, types.ValueTask))) ||
               IsIn(type, "Immutable");
    }

    /// <summary>A member of a collection of the framework: it keeps what it is given and joins nothing.</summary>
    public static bool Keeps(IMethodSymbol method, WellKnownTypes types) =>
        method.ContainingType is { } type && (IsIn(type, "Generic") || IsIn(type, "Concurrent")) && !Is(type, types.BlockingCollection);

    /// <summary>Console, debug and log output, progress reports.</summary>
    public static bool Tells(IMethodSymbol method, WellKnownTypes types) =>
        method.ContainingType is { } type &&
        (Is(type, types.Console) || Is(type, types.Debug) || Is(type, types.Trace) || Is(type, types.Logger) || Is(type, types.LoggerExtensions) ||
         Is(type, types.Progress) || (Is(type, types.TextWriter) && method.Name.StartsWith("Write", System.StringComparison.Ordinal)));

    /// <summary>A signal or cancellation whose second call changes nothing.</summary>
    public static bool MayRunTwice(IMethodSymbol method, WellKnownTypes types) => method.Name switch
    {
        "Set" => Is(method.ContainingType, types.EventWaitHandle) || Is(method.ContainingType, types.ManualResetEventSlim),
        "TrySetResult" or "TrySetException" or "TrySetCanceled"
            => Is(method.ContainingType, types.TaskCompletionSource) || Is(method.ContainingType, types.TaskCompletionSourceOfT),
        "Cancel" or "CancelAsync" => Is(method.ContainingType, types.CancellationTokenSource),
        "CompleteAdding" => Is(method.ContainingType, types.BlockingCollection),
        _ => false,
    };

    /// <summary>Whether the type stands in <c>System.Collections.{name}</c>.</summary>
    private static bool IsIn(INamedTypeSymbol type, string name) =>
        type.ContainingNamespace is { ContainingNamespace: { Name: "Collections", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } } space &&
        space.Name == name;
}

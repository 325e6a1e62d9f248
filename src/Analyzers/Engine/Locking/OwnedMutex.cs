using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>
/// A mutex that is made owned: <c>new Mutex(true)</c> takes it, <c>new Mutex(true, name, out var createdNew)</c> takes it where it is the first of that name. Followed is only one that a local keeps and that
/// the body releases: one that is stored, passed on or kept alive is somebody else's to release, and what the entry point of the program holds, it holds to the end of the process.
/// </summary>
internal static class OwnedMutex
{
    /// <summary>The acquire that the assignment is, or null.</summary>
    public static LockAction? MadeBy(ISimpleAssignmentOperation assignment, BodyFacts body)
    {
        if (assignment is not { IsRef: false, Target: ILocalReferenceOperation { Local.RefKind: RefKind.None } target } || Conversions.WithoutBuiltIn(assignment.Value) is not IObjectCreationOperation creation ||
            !KnownType.Is(creation.Type, body.Model.Types.Mutex) || !creation.Arguments.Any(static a => a is { Parameter.Ordinal: 0, Value.ConstantValue: { HasValue: true, Value: true } }) ||
            body.LockCalls.FirstOrDefault(static call => call is { Kind: LockKind.Mutex, Verb: LockVerb.Release }) is not { } release ||
            EntryPoints.IsMain(body.Owner, body.Model, body.Cancellation) || !Locals.Uses(target.Local, body.Root).All(use => LockUse.KeepsToItself(use, body.Model)))
        {
            return null;
        }

        var isNamed = NamedPrimitives.NameOf(creation) is not null;
        var answer = isNamed ? NamedPrimitives.Answer(creation) : null;
        return isNamed && answer is null ? null
            : new LockAction(LockKind.Mutex, LockMode.Exclusive, isNamed ? LockVerb.TryAcquire : LockVerb.Acquire, release.Call, target, Taken: answer, Making: creation);
    }
}

using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>
/// A guard object that takes a lock and that nobody keeps (<c>await _lock.LockAsync();</c> for <c>using (await …)</c>), or a local that is never looked at: only disposing of it would give the lock back. The lock is a private field of the
/// type that every member uses by guards alone, so that nothing else can.
/// </summary>
/// <param name="Opening">The call or creation that takes the lock.</param>
/// <param name="Holder">The field of the lock.</param>
internal sealed record DroppedGuard(IOperation Opening, IFieldSymbol Holder)
{
    public static IEnumerable<DroppedGuard> In(TypeFacts type) => type.AllBodies().Where(static body => !body.DroppedResults.IsEmpty || !body.KeptGuards.IsEmpty)
        .SelectMany(body => body.DroppedResults.Concat(body.KeptGuards.Where(kept => GuardLocals.IsForgotten(kept, body))).Select(dropped => HolderOf(dropped, body, type) is { } holder ? new DroppedGuard(dropped, holder) : null).OfType<DroppedGuard>());

    /// <summary>The private field of the type that holds the guard's lock, where only guards use it, so that nothing but disposing of this one gives the lock back; else null.</summary>
    public static IFieldSymbol? HolderOf(IOperation guard, BodyFacts body, TypeFacts type)
    {
        var method = GuardScope.MethodOf(guard);
        return GuardOpening.Of(method, body.Model) is { } opening && HasOnlyDispose(method!) && GuardScope.PlaceOf(opening, guard, body) is
            { Path: { IsSharedWithinType: true, Holder: IFieldSymbol { DeclaredAccessibility: Accessibility.Private } field } } && type.Type.Equals(field.ContainingType.OriginalDefinition, SymbolEqualityComparer.Default) &&
            !type.IsNamedByNestedTypes(field.Name) && !type.IsNamedInDisabledCode(field.Name) && type.AllBodies().All(b => UsesByGuards(b, field))
                ? field
                : null;
    }

    /// <summary>A finalizer would give the lock back some day.</summary>
    private static bool HasOnlyDispose(IMethodSymbol method)
    {
        var made = method.MethodKind == MethodKind.Constructor ? method.ContainingType : method.ReturnType;
        made = made is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: { Length: 1 } arguments } ? arguments[0] : made;
        return !made.GetMembers(WellKnownMemberNames.DestructorName).Any();
    }

    /// <summary>Each use in the body makes a guard, or is that of the members that guards are made of.</summary>
    private static bool UsesByGuards(BodyFacts body, IFieldSymbol field) => body.Root.Descendants().OfType<IFieldReferenceOperation>()
        .Where(use => SymbolEqualityComparer.Default.Equals(use.Field.OriginalDefinition, field.OriginalDefinition)).All(use => IsOfGuard(use, body));

    private static bool IsOfGuard(IFieldReferenceOperation use, BodyFacts body) =>
        GuardOpening.Of(body.Owner as IMethodSymbol, body.Model) is not null || FieldWrite.Of(use, body.Owner) is { Value: not null, IsAtConstruction: true } || use.Parent switch
        {
            IInvocationOperation call => call.Instance == use && GuardOpening.Of(call.TargetMethod, body.Model) is not null,
            IArgumentOperation { Parent: IObjectCreationOperation made } => GuardOpening.Of(made.Constructor, body.Model) is not null,
            IArgumentOperation { Parent: IInvocationOperation call } => GuardOpening.Of(call.TargetMethod, body.Model) is not null,
            _ => false,
        };
}

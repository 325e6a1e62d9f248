using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>Why a <c>SpinLock</c> is not the one that it was made from.</summary>
internal enum SpinLockCopy
{
    Parameter,
    ReadOnlyParameter,
    Local,
    EachVariable,
    Value,
    ReadOnlyPath,
    Stored,
    Boxed,
}

/// <summary>
/// The places of a body where a copy of a <c>SpinLock</c> is acquired, so that it excludes nobody, or where one that is in use gets a twin. A copy that is
/// only looked at is harmless; so is one of a lock that nobody can have acquired: a fresh one, a readonly field.
/// </summary>
internal static class SpinLockCopies
{
    /// <summary>The copies, each with the operation that makes or is it; a copy comes once for each acquire of it.</summary>
    public static IEnumerable<(SpinLockCopy Kind, IOperation Place)> In(IOperation root, ISymbol owner, Model model, CancellationToken cancellation)
    {
        var types = model.Types;
        foreach (var operation in root.DescendantsAndSelf())
        {
            cancellation.ThrowIfCancellationRequested();
            var copy = operation switch
            {
                IInvocationOperation { TargetMethod.Name: "Enter" or "TryEnter", Instance: { } receiver } call when KnownType.Is(call.TargetMethod.ContainingType, types.SpinLock) =>
                    Acquired(receiver, root, owner),
                ISimpleAssignmentOperation { IsRef: false, Target: IFieldReferenceOperation target } assignment when KnownType.Is(target.Type, types.SpinLock) && IsInUse(assignment.Value) =>
                    (SpinLockCopy.Stored, assignment.Value),
                IArgumentOperation { Parameter: { RefKind: RefKind.None, ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } parameter } argument
                    when KnownType.Is(parameter.Type, types.SpinLock) && IsInUse(argument.Value) => (SpinLockCopy.Stored, argument.Value),
                IConversionOperation { Type.IsReferenceType: true } boxing when KnownType.Is(boxing.Operand.Type, types.SpinLock) && IsInUse(boxing.Operand) && IsKept(boxing, types) =>
                    (SpinLockCopy.Boxed, boxing.Operand),
                _ => ((SpinLockCopy, IOperation)?)null,
            };
            if (copy is { } found)
            {
                yield return found;
            }
        }
    }

    private static (SpinLockCopy, IOperation)? Acquired(IOperation receiver, IOperation root, ISymbol owner)
    {
        var storage = ReceiverStorage.Of(receiver, owner);
        return storage.Kind switch
        {
            StorageKind.ByValueParameter when !IsWritten(((IParameterReferenceOperation)storage.Root).Parameter, root) => (SpinLockCopy.Parameter, storage.Root),
            StorageKind.ReadOnlyParameter => (SpinLockCopy.ReadOnlyParameter, storage.Root),
            StorageKind.EachVariable => (SpinLockCopy.EachVariable, storage.Root),
            StorageKind.Local when Locals.OnlyValue(((ILocalReferenceOperation)storage.Root).Local, root) is { } value && IsCopyOfVariable(value) => (SpinLockCopy.Local, value),
            StorageKind.Value => (SpinLockCopy.Value, storage.Root),
            StorageKind.ReadOnlyThis => (SpinLockCopy.ReadOnlyPath, receiver),

            // The declaration of a readonly SpinLock is reported once and not at each call.
            StorageKind.ReadOnlyField when storage.Root != receiver => (SpinLockCopy.ReadOnlyPath, receiver),
            _ => null,
        };
    }

    /// <summary>A field or element that others may have acquired.</summary>
    private static bool IsInUse(IOperation value) => value is IFieldReferenceOperation { Field.IsReadOnly: false } or IArrayElementReferenceOperation;

    /// <summary>Or of an element that a collection of the framework keeps; what a property of the user's own computes may be fresh.</summary>
    private static bool IsCopyOfVariable(IOperation value) => value switch
    {
        IPropertyReferenceOperation { Property: var property } => SharedPlace.IsAuto(property) || property is { IsIndexer: true, DeclaringSyntaxReferences.IsEmpty: true },
        _ => value is IFieldReferenceOperation or IArrayElementReferenceOperation or IConversionOperation { Operand.Type.IsReferenceType: true },
    };

    /// <summary>Boxed to be locked, stored or returned, and not to be printed or compared.</summary>
    private static bool IsKept(IConversionOperation boxing, WellKnownTypes types) => boxing.Parent switch
    {
        IArgumentOperation { Parent: IInvocationOperation call } => KnownType.Is(call.TargetMethod.ContainingType, types.Monitor),
        IReturnOperation => true,
        ISimpleAssignmentOperation { Target: IFieldReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation } assignment => assignment.Value == boxing,
        _ => false,
    };

    private static bool IsWritten(IParameterSymbol parameter, IOperation root) => root.Descendants().Any(operation =>
        operation is IParameterReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Parameter, parameter) &&
        reference.Parent is IAssignmentOperation assignment && assignment.Target == reference);
}

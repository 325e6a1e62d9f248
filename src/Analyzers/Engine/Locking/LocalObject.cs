using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>
/// Objects that one run of a function makes and keeps: made in the lock itself, or held by a local that nothing else gets. Only plain objects, arrays,
/// collections of the framework and classes without code in their constructors count, as another may store itself somewhere when it is made.
/// </summary>
internal static class LocalObject
{
    public static bool Is(LockedObject locked) => locked.Kind is LockKind.Monitor or LockKind.Lock && !locked.IsBoxed && (
        IsFresh(locked.Value, locked.Body.Model) ||
        (locked.Value is ILocalReferenceOperation { Local: { RefKind: RefKind.None, IsStatic: false } local } reference && IsKept(local, reference, locked.Body)));

    /// <summary>Whether it is a value that was put into an object for a local.</summary>
    public static bool IsBox(LockedObject locked) =>
        locked.Value is ILocalReferenceOperation { Local: var local } && ValueOf(local, locked.Body) is { } made && LockedObject.Boxes(made) && Is(locked);

    private static IOperation? ValueOf(ILocalSymbol local, BodyFacts body) => Locals.OnlyValue(local, body.Root) ?? OnlyAssigned(local, body.Root);

    private static bool IsKept(ILocalSymbol local, IOperation place, BodyFacts body) =>
        ValueOf(local, body) is { } made && (IsFresh(Conversions.WithoutBuiltIn(made), body.Model) || LockedObject.Boxes(made)) &&
        SymbolEqualityComparer.Default.Equals(made.FunctionAround(), place.FunctionAround()) &&
        Locals.Reads(local, body.Root).All(read => SymbolEqualityComparer.Default.Equals(read.FunctionAround(), made.FunctionAround()) && IsHarmless(read, body));

    /// <summary>What the only assignment of a local that is declared without a value gives it.</summary>
    private static IOperation? OnlyAssigned(ILocalSymbol local, IOperation root)
    {
        var assigned = Locals.Uses(local, root).Where(static use => use.Parent is ISimpleAssignmentOperation { IsRef: false } assignment && assignment.Target == use).ToList();
        return assigned.Count == 1 && root.Descendants().OfType<IVariableDeclaratorOperation>().Any(d => SymbolEqualityComparer.Default.Equals(d.Symbol, local) && d.GetVariableInitializer() is null && d.Parent is IVariableDeclarationOperation { Parent: IVariableDeclarationGroupOperation })
            ? ((ISimpleAssignmentOperation)assigned[0].Parent!).Value
            : null;
    }

    private static bool IsFresh(IOperation? value, Model model) => value switch
    {
        IArrayCreationOperation { Parent: not IArgumentOperation { ArgumentKind: ArgumentKind.ParamArray } } array => !IsEmpty(array),
        IAnonymousObjectCreationOperation => true,
        IObjectCreationOperation { Type: INamedTypeSymbol type } creation => type.SpecialType == SpecialType.System_Object || KnownType.Is(type, model.Types.Lock) ||
            IsKnownToKeepToItself(type) || (IsCollection(type) && creation.Arguments.All(static a => !SymbolEqualityComparer.Default.Equals(a.Value.Type, a.Parameter?.ContainingType))),
        IInvocationOperation { TargetMethod: { Name: "ToArray", ContainingType: { } source } } when IsCollection(source) => true,
        IInvocationOperation { TargetMethod: { Name: "ToList" or "ToArray" or "ToDictionary" or "ToHashSet" } method } => KnownType.Is(method.ContainingType, model.Types.Enumerable),

        // A text that is put together here is equal to others, and the same object as none.
        { ConstantValue.HasValue: true } => false,
        IInterpolatedStringOperation => true,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, OperatorMethod: null, Type.SpecialType: SpecialType.System_String } => true,
        IInvocationOperation { TargetMethod: { Name: "Format" or "Concat" or "Join", ContainingType.SpecialType: SpecialType.System_String } } => true,
        _ => false,
    };

    private static bool IsEmpty(IArrayCreationOperation array) => array.DimensionSizes.Any(static size => size.ConstantValue is { HasValue: true, Value: 0 });

    /// <summary>It gives nothing away: it is locked, read by a member that does not hand the object itself on, or gone through by a loop.</summary>
    private static bool IsHarmless(ILocalReferenceOperation read, BodyFacts body)
    {
        IOperation value = read;
        while (value.Parent is IConversionOperation { OperatorMethod: null })
        {
            value = value.Parent;
        }

        return value.Parent switch
        {
            ILockOperation statement => statement.LockedValue == value,
            // Who asks whether it is held tries out what a lock does.
            IArgumentOperation { Parent: IInvocationOperation call } => KnownType.Is(call.TargetMethod.ContainingType, body.Model.Types.Monitor) && call.TargetMethod.Name != "IsEntered",
            IForEachLoopOperation loop => loop.Collection == value,
            IInvocationOperation call when call.Instance == value => IsFramework(call.TargetMethod.ContainingType) && GivesNothingAway(call.Type, read.Type),
            IPropertyReferenceOperation property when property.Instance == value => !KnownType.Is(property.Property.ContainingType, body.Model.Types.Lock) && IsFramework(property.Property.ContainingType) && GivesNothingAway(property.Type, read.Type),
            IArrayElementReferenceOperation => true,
            _ => false,
        };
    }

    private static bool GivesNothingAway(ITypeSymbol? result, ITypeSymbol? holder) =>
        result is null or { SpecialType: not (SpecialType.None or SpecialType.System_Object) and not SpecialType.System_Collections_IEnumerable } or { IsValueType: true } or IArrayTypeSymbol ||
        (holder as INamedTypeSymbol)?.TypeArguments.Contains(result, SymbolEqualityComparer.Default) == true;

    /// <summary>Nothing but initializers runs when it is made, and those cannot name the object.</summary>
    private static bool IsKnownToKeepToItself(INamedTypeSymbol type)
    {
        for (var at = type; at is { SpecialType: not SpecialType.System_Object }; at = at.BaseType)
        {
            if (at is not { TypeKind: TypeKind.Class } || at.DeclaringSyntaxReferences.IsEmpty ||
                !at.InstanceConstructors.All(static c => c.IsImplicitlyDeclared || c.DeclaringSyntaxReferences.All(static r => r.GetSyntax() is TypeDeclarationSyntax)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A collection or text buffer, which are no more than their contents.</summary>
    private static bool IsCollection(INamedTypeSymbol type) =>
        type is { ContainingNamespace: { } space } && IsFramework(type) && space.ToDisplayString() is "System.Collections" or "System.Collections.Generic" or "System.Collections.Concurrent";

    private static bool IsFramework(INamedTypeSymbol? type) => type is { Locations: { Length: > 0 } locations } && locations[0].IsInMetadata &&
        (type.SpecialType == SpecialType.System_Object || type.ContainingNamespace.ToDisplayString() is "System" or "System.Collections" or "System.Collections.Generic" or "System.Collections.Concurrent" ||
         (type.ContainingNamespace.ToDisplayString() == "System.Threading" && type.Name == "Lock"));
}

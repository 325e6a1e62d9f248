using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>Why an object does not belong to the code that locks it.</summary>
internal enum SharedBy
{
    /// <summary>Equal strings can be one object.</summary>
    Text,

    /// <summary>There is one object for a type.</summary>
    Type,

    /// <summary>Reflection gives the same object to all who ask.</summary>
    Reflection,

    /// <summary>All code that the thread runs can get it.</summary>
    Thread,

    /// <summary>A static property of the framework.</summary>
    Framework,

    /// <summary>The other way round: a box is made for each lock.</summary>
    Box,
}

/// <summary>
/// Objects whose identity the runtime, and so any code, shares. A string that a call, an indexer or a property gives may come from a table that
/// holds one for each key, and is left alone; so is a field that holds a string made for it.
/// </summary>
internal static class SharedIdentity
{
    private static readonly ImmutableHashSet<string> s_reflection = ImmutableHashSet.Create(
        "MemberInfo", "MethodBase", "MethodInfo", "ConstructorInfo", "FieldInfo", "PropertyInfo", "EventInfo", "ParameterInfo", "Assembly", "Module");

    public static SharedBy? Of(LockedObject locked) =>
        locked.Kind != LockKind.Monitor ? null : locked.IsBoxed || LocalObject.IsBox(locked) ? SharedBy.Box : Of(locked.Value, locked.Body, followFields: true);

    private static SharedBy? Of(IOperation? operation, BodyFacts body, bool followFields)
    {
        var value = Conversions.WithoutBuiltIn(operation);
        if (value is null or IInstanceReferenceOperation)
        {
            return null;
        }

        if (ByType(value.Type, body.Model.Types) is { } known)
        {
            return known;
        }

        if (value.Type?.SpecialType == SpecialType.System_String)
        {
            return IsShared(value, body, followFields) ? SharedBy.Text : null;
        }

        return value switch
        {
            ILocalReferenceOperation local => Locals.OnlyValue(local.Local, body.Root) is { } only and not ILocalReferenceOperation ? Of(only, body, followFields) : null,
            IFieldReferenceOperation { Field: { DeclaredAccessibility: Accessibility.Private } field } when followFields && IsOfType(field, body) &&
                body.Type!.WritesOf(field) is { Count: 1 } writes && writes[0].Kind != FieldWriteKind.ByReference => OfStored(writes[0], body),
            IPropertyReferenceOperation { Property: { IsStatic: true } property } when IsSingle(property, body.Model) => SharedBy.Framework,
            IFieldReferenceOperation { Field: { IsStatic: true, Name: "Value", ContainingType: { Name: "DBNull", ContainingNamespace.Name: "System" } } } => SharedBy.Framework,
            IInvocationOperation { TargetMethod: { Name: "Empty" } method } when KnownType.Is(method.ContainingType, body.Model.Types.Array) => SharedBy.Framework,
            _ => null,
        };
    }

    private static SharedBy? OfStored(FieldWrite write, BodyFacts body) => Conversions.WithoutBuiltIn(write.Value) switch
    {
        { ConstantValue: { HasValue: true, Value: string } } => SharedBy.Text,
        ITypeOfOperation => SharedBy.Type,
        IPropertyReferenceOperation { Property: { IsStatic: true } property } when IsSingle(property, body.Model) => SharedBy.Framework,
        _ => null,
    };

    private static SharedBy? ByType(ITypeSymbol? type, WellKnownTypes types) => type switch
    {
        { Name: "Type", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } => SharedBy.Type,
        { Name: "TypeInfo", ContainingNamespace: { Name: "Reflection", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } } => SharedBy.Type,
        { ContainingNamespace: { Name: "Reflection", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } }
            when s_reflection.Contains(type.Name) => SharedBy.Reflection,
        not null when KnownType.Is(type, types.Thread) => SharedBy.Thread,
        _ => null,
    };

    private static bool IsShared(IOperation text, BodyFacts body, bool followFields) => text switch
    {
        _ when IsTheSameForAll(text) => true,
        IParameterReferenceOperation parameter => !IsReplaced(parameter.Parameter, body.Root) && (IsGivenByAnyone(parameter.Parameter) || IsGivenOnlyShared(parameter, body)),
        ILocalReferenceOperation local => Locals.OnlyValue(local.Local, body.Root) is { } only and not ILocalReferenceOperation && IsShared(Conversions.WithoutBuiltIn(only)!, body, followFields),
        IFieldReferenceOperation { Field: { DeclaredAccessibility: Accessibility.Private } field } when followFields && IsOfType(field, body) =>
            body.Type!.WritesOf(field) is { Count: > 0 } writes && writes.All(write => write.Value is not null && IsShared(Conversions.WithoutBuiltIn(write.Value)!, body, followFields: false)),
        _ => false,
    };

    /// <summary>Every call of the private member is seen and gives it a constant, or what <c>string.Intern</c> gives.</summary>
    private static bool IsGivenOnlyShared(IParameterReferenceOperation reference, BodyFacts body) =>
        reference.Parameter is { RefKind: RefKind.None, IsParams: false, ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Private } method } parameter &&
        body.Root.SemanticModel is { } semantics && VariableUses.All(method, semantics, body.Cancellation) is { Count: > 0 } uses &&
        uses.All(use => use is IInvocationOperation call && call.Arguments.FirstOrDefault(a => a.Parameter?.Ordinal == parameter.Ordinal) is { } argument &&
            Conversions.WithoutBuiltIn(argument.Value) is { } given && IsTheSameForAll(given));

    private static bool IsTheSameForAll(IOperation text) => text switch
    {
        { ConstantValue.HasValue: true } => true,
        IInvocationOperation { TargetMethod: { Name: "Intern" or "IsInterned", ContainingType.SpecialType: SpecialType.System_String } } => true,
        IFieldReferenceOperation { Field: { Name: "Empty", ContainingType.SpecialType: SpecialType.System_String } } => true,
        _ => false,
    };

    /// <summary>Callers of a private member or of a lambda may all give it what one table holds.</summary>
    private static bool IsGivenByAnyone(IParameterSymbol parameter) => parameter is { RefKind: RefKind.None, ContainingSymbol: IMethodSymbol
    {
        MethodKind: MethodKind.Ordinary or MethodKind.Constructor, DeclaredAccessibility: not Accessibility.Private,
    }};

    private static bool IsReplaced(IParameterSymbol parameter, IOperation root) => root.Descendants().Any(operation =>
        operation is IParameterReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Parameter, parameter) &&
        (reference.Parent is IAssignmentOperation assignment ? assignment.Target == reference : reference.Parent is IArgumentOperation { Parameter.RefKind: not RefKind.None } or ITupleOperation));

    private static bool IsSingle(IPropertySymbol property, Model model) => property.Name switch
    {
        "CompletedTask" => KnownType.Is(property.ContainingType, model.Types.Task),
        "CurrentDomain" => property.ContainingType is { Name: "AppDomain", ContainingNamespace.Name: "System" },
        _ => false,
    };

    private static bool IsOfType(IFieldSymbol field, BodyFacts body) => SymbolEqualityComparer.Default.Equals(field.ContainingType.OriginalDefinition, body.Type?.Type);
}

using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>How a field is written.</summary>
internal enum FieldWriteKind
{
    Assignment,

    /// <summary><c>??=</c>: only while the field is null.</summary>
    IfNull,

    /// <summary>Given away by reference: to <c>Interlocked</c>, to any <c>ref</c> or <c>out</c> parameter, to a <c>ref</c> local or a pointer.</summary>
    ByReference,

    /// <summary>The initializer of its declaration.</summary>
    Initializer,
}

/// <summary>One place of a type that writes one of its fields.</summary>
/// <param name="Field">The field's original definition.</param>
/// <param name="Kind">How it is written.</param>
/// <param name="Place">The reference to the field, or its initializer.</param>
/// <param name="Value">What it is given, where that is seen.</param>
/// <param name="Owner">The member around; the field for an initializer.</param>
internal sealed record FieldWrite(IFieldSymbol Field, FieldWriteKind Kind, IOperation Place, IOperation? Value, ISymbol Owner)
{
    /// <summary>Of the object at hand, or of the type.</summary>
    public bool IsOwn => Place is not IFieldReferenceOperation { Instance: { } instance } || instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance };

    /// <summary>
    /// Whether nobody else can have the object yet: an initializer, the constructor itself (not a lambda in it), an init accessor, a callback of the
    /// deserializer, or a private method that only these and such methods name.
    /// </summary>
    public bool IsAtConstruction => Kind == FieldWriteKind.Initializer || (IsOwn && Owner is IMethodSymbol method && Place.FunctionAround() is null &&
        (method.MethodKind == (Field.IsStatic ? MethodKind.StaticConstructor : MethodKind.Constructor) || (!Field.IsStatic && (method.IsInitOnly || IsDeserialization(method))) || IsPartOfConstructor(method)));

    /// <summary>Whether readonly would allow it.</summary>
    public bool CanBeReadonly => Kind == FieldWriteKind.Initializer || (IsOwn && Owner is IMethodSymbol method && Place.FunctionAround() is null &&
        (method.MethodKind == (Field.IsStatic ? MethodKind.StaticConstructor : MethodKind.Constructor) || (!Field.IsStatic && method.IsInitOnly)));

    /// <summary>The write that a reference to a field is, or null when it only reads.</summary>
    public static FieldWrite? Of(IFieldReferenceOperation reference, ISymbol owner)
    {
        var field = reference.Field.OriginalDefinition;
        return reference.Parent switch
        {
            ISimpleAssignmentOperation { IsRef: false } assignment when assignment.Target == reference => new(field, FieldWriteKind.Assignment, reference, assignment.Value, owner),
            ICoalesceAssignmentOperation assignment when assignment.Target == reference => new(field, FieldWriteKind.IfNull, reference, assignment.Value, owner),
            ITupleOperation => new(field, FieldWriteKind.ByReference, reference, null, owner),
            IAssignmentOperation { } assignment when assignment.Target == reference || assignment is ISimpleAssignmentOperation { IsRef: true } =>
                new(field, FieldWriteKind.ByReference, reference, null, owner),
            IArgumentOperation { Parameter.RefKind: not RefKind.None } or IIncrementOrDecrementOperation or IAddressOfOperation =>
                new(field, FieldWriteKind.ByReference, reference, null, owner),
            _ when reference.Syntax.Parent is RefExpressionSyntax => new(field, FieldWriteKind.ByReference, reference, null, owner),
            _ => null,
        };
    }

    private static bool IsDeserialization(IMethodSymbol method) => method.GetAttributes().Any(static a =>
        a.AttributeClass is { Name: "OnDeserializedAttribute" or "OnDeserializingAttribute", ContainingNamespace: { Name: "Serialization", ContainingNamespace.Name: "Runtime" } });

    /// <summary>Told by the attribute's name, since the caller is another body than the one at hand.</summary>
    private static bool IsInDeserialization(SyntaxNode name) => name.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } caller &&
        caller.AttributeLists.SelectMany(static list => list.Attributes).Any(static attribute => attribute.Name is var written &&
            (written as QualifiedNameSyntax)?.Right.Identifier.ValueText is var right && (right ?? (written as SimpleNameSyntax)?.Identifier.ValueText) is "OnDeserialized" or "OnDeserializing");

    /// <summary>Judged by the method's name, so a method of the same name elsewhere in the type makes the answer no.</summary>
    private static bool IsPartOfConstructor(IMethodSymbol method) => IsPartOfConstructor(method, new HashSet<ISymbol>(SymbolEqualityComparer.Default)) == true;

    /// <summary>Null when it is named by nobody but itself and those that it calls: a method of another type may have its name (<c>_items.Add</c> in <c>Add</c>).</summary>
    private static bool? IsPartOfConstructor(IMethodSymbol method, HashSet<ISymbol> asked)
    {
        if (method is not { DeclaredAccessibility: Accessibility.Private, MethodKind: MethodKind.Ordinary })
        {
            return false;
        }

        // One that comes back to itself is what its other callers make of it.
        if (!asked.Add(method))
        {
            return null;
        }

        var names = method.ContainingType.DeclaringSyntaxReferences.SelectMany(static r => r.GetSyntax().DescendantNodes().OfType<SimpleNameSyntax>())
            .Where(name => name.Identifier.ValueText == method.Name).ToList();
        var callers = names.Select(name => !IsCalled(name) ? false : IsInDeserialization(name) ? true :
            name.Ancestors().FirstOrDefault(static a => a is MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax) switch
            {
                ConstructorDeclarationSyntax => true,
                MethodDeclarationSyntax caller => method.ContainingType.GetMembers(caller.Identifier.ValueText) is { Length: 1 } members && members[0] is IMethodSymbol calling ? IsPartOfConstructor(calling, asked) : false,
                _ => (bool?)false,
            }).ToList();
        return callers.Count == 0 || callers.Contains(false) ? false : callers.Contains(true) ? true : null;
    }

    /// <summary>A method that is only named, as a handler or a delegate, runs whenever somebody calls it.</summary>
    private static bool IsCalled(SimpleNameSyntax name)
    {
        SyntaxNode whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return whole.Parent is InvocationExpressionSyntax call && call.Expression == whole;
    }
}

using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>
/// The values that a local, a field or a property is given, as written: its initializer and the assignments to its plain name or to <c>this.</c>name around
/// its declaration. Read from the text, because the other bodies of the type are not bound where one is judged: a variable of the same name in
/// an inner scope counts too.
/// </summary>
internal static class Assignments
{
    /// <summary>What is assigned in a part of a type, by name. The part is a node that its tree keeps, so this lives as long as the tree.</summary>
    private static readonly ConditionalWeakTable<TypeDeclarationSyntax, ILookup<string, ExpressionSyntax>> s_parts = new();

    /// <summary>The value that the declaration of a variable gives it, or null.</summary>
    public static ExpressionSyntax? Initializer(SyntaxNode declaration) => declaration switch
    {
        VariableDeclaratorSyntax variable => variable.Initializer?.Value,
        PropertyDeclarationSyntax property => property.Initializer?.Value,
        _ => null,
    };

    /// <summary>Whether the variable has a value to begin with that is not read here: a parameter, the element of a loop, what a pattern or an <c>out</c> argument gives.</summary>
    public static bool BeginsUnseen(SyntaxNode declaration) => declaration is not (VariableDeclaratorSyntax or PropertyDeclarationSyntax);

    /// <summary>The value of a field's initializer, where it stands in the file that <paramref name="semantics"/> knows; else null.</summary>
    public static IOperation? InitializerOf(ISymbol field, SemanticModel semantics, CancellationToken cancellation) =>
        field.DeclaringSyntaxReferences.Length == 1 && field.DeclaringSyntaxReferences[0].GetSyntax(cancellation) is var declaration && declaration.SyntaxTree == semantics.SyntaxTree &&
        Initializer(declaration) is { } value ? semantics.GetOperation(value, cancellation) : null;

    /// <summary>The one value of a local, or what the declaration of a private field gives it; who asks looks for other assignments among its uses.</summary>
    public static IOperation? OnlyValueOf(ISymbol variable, BodyFacts body) => variable switch
    {
        ILocalSymbol local => Locals.OnlyValue(local, body.Root),
        IFieldSymbol { DeclaredAccessibility: Accessibility.Private } when body.Root.SemanticModel is { } semantics => InitializerOf(variable, semantics, body.Cancellation),
        _ => null,
    };

    /// <summary>The right sides of the assignments of <paramref name="variable"/>: in its block, or in any part of its type.</summary>
    public static IEnumerable<ExpressionSyntax> After(ISymbol variable, SyntaxNode declaration) => variable is IFieldSymbol or IPropertySymbol
        ? variable.ContainingType.DeclaringSyntaxReferences.Select(static r => r.GetSyntax()).OfType<TypeDeclarationSyntax>().SelectMany(part => s_parts.GetValue(part, Read)[variable.Name])
        : declaration.Ancestors().FirstOrDefault(static a => a is BlockSyntax or CompilationUnitSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax) is { } scope ? Read(scope)[variable.Name]
        : ImmutableArray<ExpressionSyntax>.Empty;

    private static ILookup<string, ExpressionSyntax> Read(SyntaxNode scope) => scope.DescendantNodes().OfType<AssignmentExpressionSyntax>()
        .Select(static a => (Name: NameOf(a.Left), a.Left, a.Right)).Where(a => a.Name is not null && !IsOfNested(a.Left, a.Name, scope)).ToLookup(static a => a.Name!, static a => a.Right);

    /// <summary>A type within the scope assigns a member of its own.</summary>
    private static bool IsOfNested(ExpressionSyntax target, string name, SyntaxNode scope) =>
        target.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } around && around != scope && scope.Span.Contains(around.Span) && around.Parent is not null &&
        (target is MemberAccessExpressionSyntax || around.Members.Any(member => member switch
        {
            FieldDeclarationSyntax field => field.Declaration.Variables.Any(v => v.Identifier.ValueText == name),
            PropertyDeclarationSyntax property => property.Identifier.ValueText == name,
            _ => false,
        }));

    private static string? NameOf(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax plain => plain.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } member => member.Name.Identifier.ValueText,
        _ => null,
    };
}

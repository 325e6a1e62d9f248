using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Analyzers.Engine.Places;

/// <summary>
/// The parameters of primary constructors, which every member of the type can name as it can a field. One that nothing writes and that a readonly field or property without a setter begins with
/// is the same object as that. Read from syntax, as the initializer is a body of its own.
/// </summary>
internal static class PrimaryParameters
{
    /// <summary>What the other members know the parameter by: the field or property that keeps it, or itself; null when it is a parameter of a plain function.</summary>
    public static ISymbol? MemberOf(IParameterSymbol parameter)
    {
        if (parameter is not { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType: { } type }, DeclaringSyntaxReferences: { Length: 1 } declared } ||
            declared[0].GetSyntax() is not { Parent.Parent: TypeDeclarationSyntax })
        {
            return null;
        }

        return type.GetMembers().FirstOrDefault(member => NameBehind(member) == parameter.Name) is { } keeper && !IsWritten(type, parameter.Name) ? keeper : parameter;
    }

    /// <summary>The parameter that the readonly field or property begins with, by name, or null.</summary>
    public static string? NameBehind(ISymbol member) =>
        member is IFieldSymbol { IsReadOnly: true, IsStatic: false, IsImplicitlyDeclared: false } or IPropertySymbol { SetMethod: null, IsStatic: false } && member.DeclaringSyntaxReferences is { Length: 1 } declared
            ? declared[0].GetSyntax() switch
            {
                VariableDeclaratorSyntax { Initializer.Value: { } value } => NameIn(value),
                PropertyDeclarationSyntax { Initializer.Value: { } value } => NameIn(value),
                _ => null,
            }
            : null;

    private static string? NameIn(ExpressionSyntax value) => value switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression, Left: IdentifierNameSyntax name, Right: ThrowExpressionSyntax } => name.Identifier.ValueText,
        _ => null,
    };

    private static bool IsWritten(INamedTypeSymbol type, string parameter) => type.DeclaringSyntaxReferences.Any(part => part.GetSyntax().DescendantNodes().OfType<IdentifierNameSyntax>().Any(name =>
        name.Identifier.ValueText == parameter && name.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == name,
            PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax or RefExpressionSyntax => true,
            ArgumentSyntax argument => argument.RefKindKeyword.RawKind != 0 || argument.Parent is TupleExpressionSyntax,
            _ => false,
        }));
}

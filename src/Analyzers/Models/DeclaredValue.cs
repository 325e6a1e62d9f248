using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Analyzers.Models;

/// <summary>The value of a variable that gets one where it is declared and no other.</summary>
internal static class DeclaredValue
{
    /// <summary>The expression at the declaration, which may stand in another body; null for a variable without one, or that anything assigns again.</summary>
    public static ExpressionSyntax? Of(ISymbol variable)
    {
        if (variable.DeclaringSyntaxReferences.Length != 1)
        {
            return null;
        }

        var declaration = variable.DeclaringSyntaxReferences[0].GetSyntax();
        var value = declaration switch
        {
            VariableDeclaratorSyntax declarator => declarator.Initializer?.Value,
            PropertyDeclarationSyntax property => property.ExpressionBody?.Expression ?? property.Initializer?.Value,
            _ => null,
        };
        return value is null || IsAssignedAgain(variable, declaration) ? null : value;
    }

    /// <summary>Whether the name is assigned in the member of a local, or in any part of the type of a field or property.</summary>
    private static bool IsAssignedAgain(ISymbol variable, SyntaxNode declaration)
    {
        var scopes = variable is IFieldSymbol or IPropertySymbol
            ? variable.ContainingType.DeclaringSyntaxReferences.Select(static r => r.GetSyntax())
            : declaration.Ancestors().Where(static a => a is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or BaseTypeDeclarationSyntax or CompilationUnitSyntax).Take(1);
        return scopes.Any(scope => scope.DescendantNodes().OfType<SimpleNameSyntax>().Any(n => n.Identifier.ValueText == variable.Name && IsWritten(n)));
    }

    private static bool IsWritten(SimpleNameSyntax name)
    {
        SyntaxNode target = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return target.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == target,
            PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax => true,
            ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None) || argument.Parent is TupleExpressionSyntax,
            RefExpressionSyntax => true,
            _ => false,
        };
    }
}

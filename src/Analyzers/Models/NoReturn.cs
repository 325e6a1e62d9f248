using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Models;

/// <summary>Calls that do not come back: marked so, known so, or methods in source that do nothing but throw or call another such method of their type.</summary>
internal static class NoReturn
{
    /// <summary>Methods that throw by way of others, one inside the other, are followed so far. The bound is for those that come back to themselves.</summary>
    private const int Depth = 4;

    public static bool Is(IInvocationOperation call) => Is(call.TargetMethod, 0);

    private static bool Is(IMethodSymbol method, int depth) => Has(method, "DoesNotReturnAttribute") || IsKnown(method) || OnlyThrows(method, depth);

    /// <summary>The value of a boolean argument with which the call does not come back (<c>[DoesNotReturnIf]</c>, <c>Debug.Assert</c>), or null.</summary>
    public static bool? When(IArgumentOperation argument)
    {
        foreach (var attribute in argument.Parameter?.GetAttributes() ?? default)
        {
            if (attribute is { AttributeClass.Name: "DoesNotReturnIfAttribute", ConstructorArguments: { Length: 1 } arguments } && arguments[0].Value is bool value)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>Whether the process ends there, with no handler run.</summary>
    public static bool EndsProcess(IInvocationOperation call) => EndsProcess(call.TargetMethod);

    private static bool EndsProcess(IMethodSymbol method) => (method.ContainingType?.Name, method.Name) is ("Environment", "FailFast" or "Exit");

    private static bool IsKnown(IMethodSymbol method) => EndsProcess(method) || (method.ContainingType?.Name, method.Name) is ("ExceptionDispatchInfo", "Throw");

    private static bool Has(ISymbol symbol, string attribute) => symbol.GetAttributes().Any(a => a.AttributeClass?.Name == attribute);

    private static bool OnlyThrows(IMethodSymbol method, int depth) =>
        !method.IsVirtual && !method.IsAbstract && !method.IsOverride && !method.IsAsync &&
        method.DeclaringSyntaxReferences.Length == 1 && method.DeclaringSyntaxReferences[0].GetSyntax() switch
        {
            BaseMethodDeclarationSyntax declared => OnlyThrows(declared.Body, declared.ExpressionBody, method, depth),
            LocalFunctionStatementSyntax local => OnlyThrows(local.Body, local.ExpressionBody, method, depth),
            _ => false,
        };

    private static bool OnlyThrows(BlockSyntax? body, ArrowExpressionClauseSyntax? arrow, IMethodSymbol method, int depth) =>
        arrow is { Expression: ThrowExpressionSyntax } || (arrow is not null && IsCallOfSuch(arrow.Expression, method, depth)) ||
        (body is { Statements: { Count: > 0 } statements } && IsEnd(statements.Last(), method, depth) &&
        statements.Take(statements.Count - 1).All(static s => s is LocalDeclarationStatementSyntax or ExpressionStatementSyntax));

    private static bool IsEnd(StatementSyntax last, IMethodSymbol method, int depth) =>
        last is ThrowStatementSyntax || (last is ExpressionStatementSyntax { Expression: var call } && IsCallOfSuch(call, method, depth));

    /// <summary>A plain name can only mean a member of the type where the type has just one of that name and the method declares none.</summary>
    private static bool IsCallOfSuch(ExpressionSyntax expression, IMethodSymbol method, int depth) =>
        depth < Depth && method.MethodKind == MethodKind.Ordinary && expression is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var name } } &&
        method.ContainingType.GetMembers(name) is { Length: 1 } members && members[0] is IMethodSymbol called && method.Parameters.All(p => p.Name != name) &&
        !expression.FirstAncestorOrSelf<BaseMethodDeclarationSyntax>()!.DescendantNodes().Any(n => n is VariableDeclaratorSyntax { Identifier.ValueText: var local } && local == name) &&
        Is(called, depth + 1);
}

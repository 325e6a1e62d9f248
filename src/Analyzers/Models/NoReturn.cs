using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Models;

/// <summary>Calls that do not come back: marked so, known so, or methods in source that do nothing but throw.</summary>
internal static class NoReturn
{
    public static bool Is(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        return Has(method, "DoesNotReturnAttribute") || IsKnown(method) || OnlyThrows(method);
    }

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

    private static bool OnlyThrows(IMethodSymbol method) =>
        !method.IsVirtual && !method.IsAbstract && !method.IsOverride && !method.IsAsync &&
        method.DeclaringSyntaxReferences.Length == 1 && method.DeclaringSyntaxReferences[0].GetSyntax() switch
        {
            BaseMethodDeclarationSyntax declared => OnlyThrows(declared.Body, declared.ExpressionBody),
            LocalFunctionStatementSyntax local => OnlyThrows(local.Body, local.ExpressionBody),
            _ => false,
        };

    private static bool OnlyThrows(BlockSyntax? body, ArrowExpressionClauseSyntax? arrow) =>
        arrow is { Expression: ThrowExpressionSyntax } ||
        body is { Statements: { Count: > 0 } statements } && statements.Last() is ThrowStatementSyntax &&
        statements.Take(statements.Count - 1).All(static s => s is LocalDeclarationStatementSyntax or ExpressionStatementSyntax);
}

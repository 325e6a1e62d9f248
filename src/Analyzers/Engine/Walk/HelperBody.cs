using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>The code of helpers that stands in the file of a body.</summary>
internal static class HelperBody
{
    /// <summary>The body of a helper of the file that no other can take the place of, or of the getter of a property; null for any other.</summary>
    public static IOperation? Of(IMethodSymbol method, BodyFacts body)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        return method is { IsVirtual: false, IsOverride: false, IsAbstract: false, DeclaringSyntaxReferences.Length: 1 } && method.DeclaringSyntaxReferences[0].SyntaxTree == body.Root.Syntax.SyntaxTree &&
            method.DeclaringSyntaxReferences[0].GetSyntax(body.Cancellation) is (MethodDeclarationSyntax or LocalFunctionStatementSyntax or ArrowExpressionClauseSyntax or AccessorDeclarationSyntax) and var declaration
                ? body.Root.SemanticModel?.GetOperation(declaration, body.Cancellation)
                : null;
    }

    /// <summary>The one value that such a helper returns; null where there are several, or none.</summary>
    public static IOperation? Returned(IOperation helper)
    {
        var returns = Operations.OfFunction(helper).OfType<IReturnOperation>().Where(static r => r.ReturnedValue is not null).Take(2).ToList();
        return returns.Count == 1 ? returns[0].ReturnedValue : null;
    }
}

using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Proving.Mutation.Operators;

/// <summary>The right lock gives way to another.</summary>
internal static class GateOperators
{
    /// <summary>Where an instance member counts something static up or down under a static lock and nothing else is locked.</summary>
    public static IEnumerable<Mutant> ThisForStatic(SemanticModel model, SyntaxNode root) =>
        from locked in root.DescendantNodes().OfType<LockStatementSyntax>()
        where model.GetSymbolInfo(locked.Expression).Symbol is IFieldSymbol { IsStatic: true }
        let member = locked.FirstAncestorOrSelf<MethodDeclarationSyntax>()
        where member is not null && !member.Modifiers.Any(SyntaxKind.StaticKeyword) && member.DescendantNodes().OfType<LockStatementSyntax>().Count() == 1
        where locked.Statement.DescendantNodes().Any(node => Counted(node) is { } counted && model.GetSymbolInfo(counted).Symbol is IFieldSymbol { IsStatic: true })
        select Mutant.Replace(locked.Expression, "this");

    private static ExpressionSyntax? Counted(SyntaxNode node) => node switch
    {
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression, Operand: var operand } => operand,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression, Operand: var operand } => operand,
        _ => null,
    };
}

using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>
/// The statements behind which the lock is certainly held: <c>await gate.WaitAsync(ct);</c>, <c>if (!gate.Wait(100)) return;</c>, or
/// <c>var ok = gate.Wait(100); if (!ok) return;</c>. They stand next to each other.
/// </summary>
internal sealed record AcquireUnit(StatementSyntax First, StatementSyntax Last)
{
    /// <summary>The unit of a call, or null when what the call answers is used in another way.</summary>
    public static AcquireUnit? Of(InvocationExpressionSyntax acquire, SemanticModel model)
    {
        if (Completed(acquire, model) is not { } taken)
        {
            return null;
        }

        switch (taken.Parent)
        {
            case ExpressionStatementSyntax statement:
                return MayRefuse(acquire, model) ? null : new AcquireUnit(statement, statement);
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration } } variable }:
                return Next(declaration) is IfStatementSyntax test && Refusal(test) is IdentifierNameSyntax name &&
                       name.Identifier.ValueText == variable.Identifier.ValueText && Leaves(test, model)
                    ? new AcquireUnit(declaration, test)
                    : null;
            default:
                return taken.FirstAncestorOrSelf<IfStatementSyntax>() is { } refused && Refusal(refused) == taken && Leaves(refused, model)
                    ? new AcquireUnit(refused, refused)
                    : null;
        }
    }

    /// <summary>The expression after which the lock is held: with the <c>await</c> of a wait that is a task. Null when nobody awaits it.</summary>
    public static ExpressionSyntax? Completed(InvocationExpressionSyntax acquire, SemanticModel model)
    {
        ExpressionSyntax whole = acquire;
        var isTask = model.GetSymbolInfo(acquire).Symbol is IMethodSymbol { Name: "WaitAsync" };
        while (true)
        {
            switch (whole.Parent)
            {
                case ParenthesizedExpressionSyntax parenthesized:
                    whole = parenthesized;
                    break;
                case AwaitExpressionSyntax await when isTask:
                    return Unwrapped(await);
                case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } member when isTask && member.Expression == whole:
                    switch (member.Name.Identifier.ValueText)
                    {
                        // Other options than a plain bool can swallow the exception of the wait.
                        case "ConfigureAwait" when call.ArgumentList.Arguments.All(a => model.GetTypeInfo(a.Expression).Type?.SpecialType == SpecialType.System_Boolean):
                        case "GetAwaiter":
                            whole = call;
                            break;
                        case "GetResult":
                        case "Wait" when call.ArgumentList.Arguments.Count == 0:
                            return Unwrapped(call);
                        default:
                            return null;
                    }

                    break;
                default:
                    return isTask ? null : whole;
            }
        }
    }

    private static ExpressionSyntax Unwrapped(ExpressionSyntax expression)
    {
        while (expression.Parent is ParenthesizedExpressionSyntax parenthesized)
        {
            expression = parenthesized;
        }

        return expression;
    }

    /// <summary>Whether the call can come back without the lock, which only its answer tells.</summary>
    private static bool MayRefuse(InvocationExpressionSyntax acquire, SemanticModel model) =>
        model.GetOperation(acquire) is not IInvocationOperation call || call.TargetMethod.Name.StartsWith("Try", System.StringComparison.Ordinal) ||
        (IsAnswer(call.TargetMethod.ReturnType) && call.Arguments.Any(static a => IsTime(a.Parameter?.Type) && !IsForEver(a.Value)));

    private static bool IsAnswer(ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_Boolean ||
        type is INamedTypeSymbol { TypeArguments: { Length: 1 } arguments } && arguments[0].SpecialType == SpecialType.System_Boolean;

    private static bool IsTime(ITypeSymbol? type) => type is { SpecialType: SpecialType.System_Int32 } or { Name: "TimeSpan" };

    private static bool IsForEver(IOperation time) =>
        time.ConstantValue is { HasValue: true, Value: -1 } || time is IFieldReferenceOperation { Field: { Name: "InfiniteTimeSpan", ContainingType.Name: "Timeout" } };

    /// <summary>What an <c>if</c> finds false, or null when it asks for something else.</summary>
    private static ExpressionSyntax? Refusal(IfStatementSyntax test) => test.Condition switch
    {
        _ when test.Else is not null => null,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not => not.Operand,
        IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.FalseLiteralExpression } } isFalse => isFalse.Expression,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression, Right.RawKind: (int)SyntaxKind.FalseLiteralExpression } equalsFalse => equalsFalse.Left,
        _ => null,
    };

    private static bool Leaves(IfStatementSyntax test, SemanticModel model) =>
        model.AnalyzeControlFlow(test.Statement) is { Succeeded: true, EndPointIsReachable: false };

    private static StatementSyntax? Next(StatementSyntax statement)
    {
        var siblings = statement.Parent switch
        {
            BlockSyntax block => block.Statements,
            SwitchSectionSyntax section => section.Statements,
            _ => default,
        };
        return siblings.ElementAtOrDefault(siblings.IndexOf(statement) + 1);
    }
}

using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>How often some operations of a function run, each with its own number, when nothing throws. Null where a condition or an unknown number of rounds decides.</summary>
internal sealed class GateCount(IReadOnlyDictionary<IOperation, CountForm?> numbers, BodyFacts body)
{
    /// <summary>What one run of <paramref name="function"/> comes to.</summary>
    public CountForm? Of(IOperation function) => Sum(function is ILocalFunctionOperation { Body: { } block } ? block : function is IAnonymousFunctionOperation lambda ? lambda.Body : function);

    /// <summary>Whether each run of <paramref name="within"/> comes to the operation, once, unless something throws.</summary>
    public static bool IsCertain(IOperation operation, IOperation within)
    {
        for (var (at, up) = (operation, operation.Parent); up is not null && at != within; (at, up) = (up, up.Parent))
        {
            switch (up)
            {
                case IConditionalOperation choice when at != choice.Condition:
                case ILoopOperation:
                case ISwitchOperation or ISwitchExpressionOperation or ICatchClauseOperation or IConditionalAccessOperation or ICoalesceOperation or ICoalesceAssignmentOperation:
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both when at != both.LeftOperand:
                    return false;
            }
        }

        return true;
    }

    /// <summary>Whether the function may return, or jump, before it comes to <paramref name="last"/>, which no <c>finally</c> makes up for.</summary>
    public static bool ReturnsEarly(IOperation function, SyntaxNode last) => Operations.OfFunction(function).Any(o =>
        o is IReturnOperation { IsImplicit: false } or IBranchOperation { BranchKind: BranchKind.GoTo } && o.Syntax.SpanStart < last.SpanStart && !o.Syntax.Span.Contains(last.Span) && !IsInTryOf(o, last));

    private static bool IsInTryOf(IOperation leaving, SyntaxNode last)
    {
        for (var up = leaving.Parent; up is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); up = up.Parent)
        {
            if (up is ITryOperation { Finally: { } made } && made.Syntax.Span.Contains(last.Span))
            {
                return true;
            }
        }

        return false;
    }

    private CountForm? Sum(IOperation operation)
    {
        if (numbers.TryGetValue(operation, out var number))
        {
            return number;
        }

        if (!Contains(operation))
        {
            return CountForm.Zero;
        }

        switch (operation)
        {
            case IAnonymousFunctionOperation or ILocalFunctionOperation:
                return CountForm.Zero;
            case IConditionalOperation choice:
                return Of(choice.Condition) == CountForm.Zero && Part(choice.WhenTrue) is { } whenTrue && Part(choice.WhenFalse) is { } whenFalse && whenTrue == whenFalse ? whenTrue : null;
            case ILoopOperation loop:
                return BreaksOff(loop) ? null : Sum(loop.Body) is { } each && (each == CountForm.Zero ? each : CountForm.Rounds(loop, body)?.Times(each)) is { } all && OnlyBody(loop) ? all : null;
            case ITryOperation attempt:
                return attempt.Catches.All(c => Sum(c) == CountForm.Zero) ? Part(attempt.Body)?.Plus(Part(attempt.Finally) ?? CountForm.Zero) is { } tried && Part(attempt.Finally) is not null ? tried : null : null;
            case ISwitchOperation or ISwitchExpressionOperation or IConditionalAccessOperation or ICoalesceOperation or ICoalesceAssignmentOperation or IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr }:
                return operation.ChildOperations.All(o => Sum(o) == CountForm.Zero) ? CountForm.Zero : null;
            case IInvocationOperation { TargetMethod: { Name: "Select", ContainingType.Name: "Enumerable" }, Arguments: { Length: 2 } arguments } query
                when arguments[1].Value is IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } && Contains(lambda):
                return Sum(lambda.Body) is not { } item ? null : item == CountForm.Zero ? Sum(arguments[0]) : IsRunOnce(query) && Sum(arguments[0]) == CountForm.Zero ? CountForm.Length(arguments[0].Value, null, body, 0)?.Times(item) : null;
        }

        var sum = CountForm.Zero;
        foreach (var child in operation.ChildOperations)
        {
            if (Sum(child) is not { } part || sum.Plus(part) is not { } next)
            {
                return null;
            }

            sum = next;
        }

        return sum;
    }

    private bool Contains(IOperation operation) => numbers.Keys.Any(n => operation.Syntax.Span.Contains(n.Syntax.Span));

    private CountForm? Part(IOperation? operation) => operation is null ? CountForm.Zero : Sum(operation);

    private bool OnlyBody(ILoopOperation loop) => loop.ChildOperations.All(child => child == loop.Body || Sum(child) == CountForm.Zero);

    private static bool BreaksOff(ILoopOperation loop) => Operations.OfFunction(loop.Body).Any(static o =>
        o is IBranchOperation { BranchKind: BranchKind.Break or BranchKind.Continue or BranchKind.GoTo } or IReturnOperation { IsImplicit: false });

    /// <summary>A query is run by whoever takes its elements.</summary>
    private static bool IsRunOnce(IOperation query)
    {
        var up = query.Parent;
        while (up is IConversionOperation or ITranslatedQueryOperation)
        {
            up = up.Parent;
        }

        return up is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "ToList" or "ToArray" or "WhenAll" or "WaitAll" } } };
    }
}

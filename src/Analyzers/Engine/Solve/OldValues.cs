using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>Whether a value that is stored is computed from one that was taken before, there and then or by way of locals: <c>var n = old + 1; … x = n;</c>.</summary>
internal static class OldValues
{
    /// <summary>The step that took the old value; null where nothing is computed from one.</summary>
    /// <param name="value">What is stored.</param>
    /// <param name="takes">Whether an operation takes the old value: reads it, or is a call that hands it out.</param>
    public static IOperation? In(IOperation value, Func<IOperation, bool> takes)
    {
        foreach (var part in value.DescendantsAndSelf())
        {
            if (part is IAnonymousFunctionOperation)
            {
                return null;
            }

            // What is read right in the stored value makes it, by whatever way.
            if ((part is IPropertyReferenceOperation && takes(part) ? part : Of(part, value, false, takes, 0)) is { } old)
            {
                return old;
            }
        }

        return null;
    }

    /// <summary>The step that took what <paramref name="part"/> stands for, if an operator makes a new value of it on the way to the whole.</summary>
    private static IOperation? Of(IOperation part, IOperation whole, bool isComputed, Func<IOperation, bool> takes, int depth)
    {
        isComputed |= Computes(part, whole);
        if (part is not ILocalReferenceOperation { Local: var local })
        {
            return isComputed && takes(part) ? part : null;
        }

        var place = part;
        while (depth++ < Limits.CallDepth && LastWrite(local, place) is { } write)
        {
            switch (write)
            {
                case IArgumentOperation { Parent: IInvocationOperation call }:
                    return isComputed && takes(call) ? call : null;
                case IIncrementOrDecrementOperation or ICompoundAssignmentOperation:
                    isComputed = true;
                    place = write;
                    continue;
                default:
                    var given = write is ISimpleAssignmentOperation assignment ? assignment.Value : ((IVariableDeclaratorOperation)write).GetVariableInitializer()?.Value;
                    return given?.DescendantsAndSelf().TakeWhile(static o => o is not IAnonymousFunctionOperation).Select(inner => Of(inner, given, isComputed, takes, depth)).FirstOrDefault(static found => found is not null);
            }
        }

        return null;
    }

    /// <summary>The last write of the local before the place, as the text goes. One in a branch that the place is not in may not have been made.</summary>
    private static IOperation? LastWrite(ILocalSymbol local, IOperation place)
    {
        var function = place.AncestorsAndSelf().First(static o => o.Parent is null or IAnonymousFunctionOperation or ILocalFunctionOperation);
        IOperation? last = null;
        foreach (var operation in Operations.OfFunction(function))
        {
            var write = operation switch
            {
                IVariableDeclaratorOperation declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, local) && declarator.GetVariableInitializer() is not null => operation,
                ILocalReferenceOperation reference when SymbolEqualityComparer.Default.Equals(reference.Local, local) => WriteOf(reference),
                _ => null,
            };
            if (write is not null && write.Syntax.Span.End <= place.Syntax.SpanStart && (last is null || write.Syntax.SpanStart > last.Syntax.SpanStart) && !IsApart(write, place))
            {
                last = write;
            }
        }

        return last;
    }

    private static IOperation? WriteOf(ILocalReferenceOperation reference) => reference.Parent switch
    {
        IDeclarationExpressionOperation { Parent: IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref } argument } => argument,
        IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref } argument => argument,
        IIncrementOrDecrementOperation step => step,
        IAssignmentOperation assignment when assignment.Target == reference => assignment,
        _ => null,
    };

    private static bool IsApart(IOperation write, IOperation place)
    {
        for (var at = write; at.Parent is { } parent; at = parent)
        {
            if (parent.IsAround(place))
            {
                return parent is IConditionalOperation choice && choice.Condition != at;
            }

            if (parent is ILoopOperation or ISwitchCaseOperation or ICatchClauseOperation || (parent is IConditionalOperation around && around.Condition != at))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the value is made by an operator from a number or text, and not only handed on, or part of an object that holds it.</summary>
    private static bool Computes(IOperation part, IOperation whole)
    {
        for (var at = part; at != whole.Parent; at = at.Parent!)
        {
            if (at is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide or BinaryOperatorKind.Or or BinaryOperatorKind.And or BinaryOperatorKind.ExclusiveOr } ||
                (at.Parent is IInvocationOperation { Type: { } result, Instance: { } receiver } && receiver == at && SymbolEqualityComparer.Default.Equals(result, receiver.Type)))
            {
                return true;
            }

            if (at.Parent is IConditionalOperation choice && choice.Condition == at)
            {
                return false;
            }
        }

        return false;
    }
}

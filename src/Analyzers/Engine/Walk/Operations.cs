using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>Small steps over operation trees.</summary>
internal static class Operations
{
    /// <summary>The lambda or local function that the operation stands in, or null when it belongs to the member itself.</summary>
    public static IMethodSymbol? FunctionAround(this IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            switch (parent)
            {
                case IAnonymousFunctionOperation lambda:
                    return lambda.Symbol;
                case ILocalFunctionOperation function:
                    return function.Symbol;
            }
        }

        return null;
    }

    /// <summary>The operation and what is around it, from the inside out.</summary>
    public static IEnumerable<IOperation> AncestorsAndSelf(this IOperation operation)
    {
        for (var up = operation; up is not null; up = up.Parent)
        {
            yield return up;
        }
    }

    /// <summary>Whether <paramref name="inner"/> is the operation or lies under it.</summary>
    public static bool IsAround(this IOperation operation, IOperation inner) => inner.AncestorsAndSelf().Contains(operation);

    /// <summary>Whether the two stand in different branches of one choice.</summary>
    public static bool IsAlternativeTo(this IOperation operation, IOperation other) =>
        operation.AncestorsAndSelf().FirstOrDefault(up => up.IsAround(other)) is IConditionalOperation or ISwitchOperation or ISwitchExpressionOperation;

    /// <summary>What lies under <paramref name="function"/> in source order, without the lambdas and local functions inside.</summary>
    public static IEnumerable<IOperation> OfFunction(IOperation function)
    {
        var pending = new Stack<IOperation>();
        pending.Push(function);
        while (pending.Count > 0)
        {
            var operation = pending.Pop();
            if (operation != function)
            {
                if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation)
                {
                    continue;
                }

                yield return operation;
            }

            foreach (var child in operation.ChildOperations.Reverse())
            {
                pending.Push(child);
            }
        }
    }
}

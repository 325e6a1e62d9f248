using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>Variables that all rounds of a loop share and each round changes.</summary>
internal static class LoopVariables
{
    /// <summary>The variables of a <c>for</c> head, and the locals from outside that the loop's body writes in each round, at whatever else happens.</summary>
    public static IEnumerable<ILocalSymbol> ChangedEachRound(ILoopOperation loop)
    {
        var found = new HashSet<ILocalSymbol>(SymbolEqualityComparer.Default);
        if (loop is IForLoopOperation counted)
        {
            foreach (var step in counted.AtLoopBottom)
            {
                Add(step, loop, found);
            }
        }

        if (loop is IWhileLoopOperation { Condition: { } condition })
        {
            AddAsked(condition, loop, found);
        }

        if (loop.Body is IBlockOperation block)
        {
            foreach (var statement in block.Operations)
            {
                Add(statement, loop, found);
            }
        }

        return found.OrderBy(static l => l.Name, System.StringComparer.Ordinal);
    }

    /// <summary>The first read of <paramref name="variable"/> in the lambda; null when it reads none, writes it too, or asks for it in a loop, as one does for a stop flag.</summary>
    public static IOperation? ReadOnlyIn(IAnonymousFunctionOperation lambda, ILocalSymbol variable)
    {
        IOperation? first = null;
        foreach (var operation in lambda.Body.Descendants())
        {
            if (operation is not ILocalReferenceOperation reference || !SymbolEqualityComparer.Default.Equals(reference.Local, variable) || reference.Parent is INameOfOperation)
            {
                continue;
            }

            if (StraightLine.IsTarget(reference) || IsInCondition(reference))
            {
                return null;
            }

            first ??= reference;
        }

        return first;
    }

    /// <summary>What the condition of a loop writes whenever it is asked: <c>while ((line = reader.ReadLine()) != null)</c>, <c>while (queue.TryDequeue(out item))</c>.</summary>
    private static void AddAsked(IOperation condition, ILoopOperation loop, HashSet<ILocalSymbol> found)
    {
        switch (condition)
        {
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both:
                AddAsked(both.LeftOperand, loop, found);
                break;
            case IBinaryOperation or IUnaryOperation or IConversionOperation or IParenthesizedOperation or IIsPatternOperation or IInvocationOperation or IAwaitOperation:
                foreach (var child in condition.ChildOperations)
                {
                    AddAsked(child, loop, found);
                }

                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.Out, Value: ILocalReferenceOperation { Local: var given } } when !IsDeclaredInBody(given, loop):
                found.Add(given);
                break;
            default:
                Add(condition, loop, found);
                break;
        }
    }

    private static void Add(IOperation statement, ILoopOperation loop, HashSet<ILocalSymbol> found)
    {
        var written = statement is IExpressionStatementOperation expression ? expression.Operation : statement;
        var target = written switch
        {
            IIncrementOrDecrementOperation step => step.Target,
            ICompoundAssignmentOperation compound => compound.Target,
            ISimpleAssignmentOperation { IsRef: false } assignment => assignment.Target,
            _ => null,
        };
        if (target is ILocalReferenceOperation { Local: { IsRef: false } local } && !IsDeclaredInBody(local, loop))
        {
            found.Add(local);
        }
    }

    /// <summary>Declared in the body, or in the condition of a <c>while</c>: then each round has its own.</summary>
    private static bool IsDeclaredInBody(ILocalSymbol local, ILoopOperation loop) =>
        local.DeclaringSyntaxReferences.Length != 1 || (loop is IWhileLoopOperation ? loop : loop.Body).Syntax.Span.Contains(local.DeclaringSyntaxReferences[0].Span);

    private static bool IsInCondition(IOperation read)
    {
        for (var (at, up) = (read, read.Parent); up is not null and not IAnonymousFunctionOperation; (at, up) = (up, up.Parent))
        {
            if (up is IWhileLoopOperation loop && loop.Condition == at)
            {
                return true;
            }
        }

        return false;
    }
}

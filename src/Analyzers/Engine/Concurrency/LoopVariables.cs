using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>Variables that all rounds of a loop share and each round changes.</summary>
internal static class LoopVariables
{
    /// <summary>The variables of a <c>for</c> head, and the locals from outside that the loop's body writes in each round, at whatever else happens.</summary>
    public static IEnumerable<ILocalSymbol> ChangedEachRound(ILoopOperation loop) =>
        ChangesOfRound(loop).Select(static change => change.Variable).Distinct<ILocalSymbol>(SymbolEqualityComparer.Default).OrderBy(static l => l.Name, System.StringComparer.Ordinal);

    /// <summary>The same as they meet the body of <paramref name="start"/>: without changes before the start, and behind something in the round that may wait for the body of the last one.</summary>
    public static IEnumerable<ILocalSymbol> ChangedBeside(ForkStart start, ILoopOperation loop, BodyFacts body)
    {
        var waits = start.Handle.Variable is { } handle && !Locals.IsDeclaredIn(handle, loop.Body) ? HandleUses.Of(handle, body)?.Where(use => loop.Syntax.Span.Contains(use.Syntax.Span) && MayEnd(use, body.Model.Types)).ToList() ?? [] : [];
        return ChangesOfRound(loop).Where(change => !waits.Any(wait => wait.Syntax.SpanStart < change.At.Syntax.SpanStart && change.At.Syntax.SpanStart < start.At.Syntax.SpanStart))
            .Select(static change => change.Variable).Distinct<ILocalSymbol>(SymbolEqualityComparer.Default).OrderBy(static l => l.Name, System.StringComparer.Ordinal);
    }

    /// <summary>Waits for the thread or task, asks whether it has ended, or hands it to somebody who may.</summary>
    private static bool MayEnd(IOperation use, WellKnownTypes types) => EndlessWait.Of(use) is not null || use.Parent switch
    {
        IInvocationOperation call => call.Instance == use && call.TargetMethod.Name is "Join" or "Wait",
        IConditionalAccessOperation => true,
        IPropertyReferenceOperation { Property: var property } when WaitModels.TellsOfEnd(property, types) => true,
        _ => HandleUses.GivenTo(use) is { TargetMethod.Name: not ("Add" or "Push" or "Enqueue") },
    };

    private static List<(ILocalSymbol Variable, IOperation At)> ChangesOfRound(ILoopOperation loop)
    {
        var found = new List<(ILocalSymbol Variable, IOperation At)>();
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

        return found;
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
    private static void AddAsked(IOperation condition, ILoopOperation loop, List<(ILocalSymbol Variable, IOperation At)> found)
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
                found.Add((given, condition));
                break;
            default:
                Add(condition, loop, found);
                break;
        }
    }

    private static void Add(IOperation statement, ILoopOperation loop, List<(ILocalSymbol Variable, IOperation At)> found)
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
            found.Add((local, statement));
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

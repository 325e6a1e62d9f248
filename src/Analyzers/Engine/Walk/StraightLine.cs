using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>
/// The reads of one variable that follow a statement with nothing in between that could be a join, a lock or another update: later
/// statements of the same block and the branches they open. A call of unknown code, an <c>await</c>, a loop or a lock ends the line, and so
/// does a write to the variable or to a part of its path; a property counts as a read of data.
/// </summary>
internal sealed class StraightLine
{
    private readonly AccessPath _place;
    private readonly WellKnownTypes _types;
    private readonly ImmutableArray<IOperation>.Builder _reads = ImmutableArray.CreateBuilder<IOperation>();

    private StraightLine(AccessPath place, WellKnownTypes types)
    {
        _place = place;
        _types = types;
    }

    /// <summary>The reads in source order; an atomic read (<c>Volatile.Read(ref f)</c>) is the call.</summary>
    public static ImmutableArray<IOperation> ReadsAfter(IOperation statement, AccessPath place, WellKnownTypes types)
    {
        var line = new StraightLine(place, types);
        line.Statements(Siblings(statement), statement);
        return line._reads.ToImmutable();
    }

    /// <summary>The statements of the list that <paramref name="statement"/> stands in; empty when it is embedded.</summary>
    public static ImmutableArray<IOperation> Siblings(IOperation statement) => statement.Parent switch
    {
        IBlockOperation block => block.Operations,
        ISwitchCaseOperation section => section.Body,
        _ => ImmutableArray<IOperation>.Empty,
    };

    /// <summary>The read that <paramref name="operation"/> is: the variable itself, not as a target, or an atomic read of it.</summary>
    public static bool IsRead(IOperation operation, AccessPath place, WellKnownTypes types) => operation switch
    {
        IInvocationOperation { Arguments: { Length: > 0 } arguments } call
            => AtomicModels.KindOf(call.TargetMethod, types) == AtomicKind.Read && place.Equals(VariablePath.Of(arguments[0].Value)),
        _ => place.Equals(VariablePath.Of(operation)) && !IsTarget(operation),
    };

    /// <summary>Whether <paramref name="operation"/> may write through a reference: an assignment, <c>++</c>, a <c>ref</c> or <c>out</c> argument, an address.</summary>
    public static bool IsTarget(IOperation operation) => operation.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == operation,
        IIncrementOrDecrementOperation or IAddressOfOperation or ITupleOperation { Parent: IDeconstructionAssignmentOperation } => true,
        IArgumentOperation { Parameter.RefKind: not RefKind.None } => true,
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.IsRef: true } } => true,
        _ => false,
    };

    /// <summary>Walks the list behind <paramref name="after"/> (all of it for null); false when the line ended and control may come out behind it.</summary>
    private bool Statements(ImmutableArray<IOperation> list, IOperation? after)
    {
        foreach (var statement in list)
        {
            if (after is not null)
            {
                after = statement == after ? null : after;
            }
            else if (!Statement(statement))
            {
                return Leaves(list[list.Length - 1]);
            }
        }

        return true;
    }

    private bool Statement(IOperation statement)
    {
        switch (statement)
        {
            case IEmptyOperation or ILocalFunctionOperation or IBranchOperation:
                return true;
            case IExpressionStatementOperation or IVariableDeclarationGroupOperation:
                return Expression(statement);
            case IReturnOperation or IThrowOperation:
                Expression(statement);
                return true;
            case IBlockOperation block:
                return Statements(block.Operations, null);
            case ITryOperation attempt:
                Statements(attempt.Body.Operations, null);
                return false;
            case IConditionalOperation choice:
                return Expression(choice.Condition) &&
                       ((choice.WhenTrue is null || Statement(choice.WhenTrue)) & (choice.WhenFalse is null || Statement(choice.WhenFalse)));
            case ISwitchOperation choice:
                Expression(choice.Value);
                return false;
            default:
                return false;
        }
    }

    private static bool Leaves(IOperation statement) => statement is IReturnOperation or IThrowOperation or IBranchOperation;

    /// <summary>Operations come in evaluation order: what stands inside a call is evaluated before it ends the line.</summary>
    private bool Expression(IOperation operation, int depth = 0)
    {
        if (depth > Limits.ExpressionDepth)
        {
            return false;
        }

        if (IsRead(operation, _place, _types))
        {
            _reads.Add(operation);
            return true;
        }

        if (operation is IAnonymousFunctionOperation or INameOfOperation)
        {
            return true;
        }

        foreach (var child in operation.ChildOperations)
        {
            if (!Expression(child, depth + 1))
            {
                return false;
            }
        }

        return !Ends(operation);
    }

    private bool Ends(IOperation operation) => operation switch
    {
        IInvocationOperation call => !IsQuiet(call),
        IAwaitOperation or IDynamicInvocationOperation or IFunctionPointerInvocationOperation => true,
        _ => IsTarget(operation) && VariablePath.Of(operation) is { } target && VariablePath.Variable(target) is { } variable && _place.DependsOn(variable),
    };

    private bool IsQuiet(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.Type?.TypeKind == TypeKind.Delegate)
            {
                return false;
            }
        }

        return PlainCalls.Computes(call.TargetMethod, _types) || PlainCalls.Keeps(call.TargetMethod, _types) || PlainCalls.Tells(call.TargetMethod, _types) ||
               SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, _types.Interlocked) ||
               SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, _types.Volatile);
    }
}

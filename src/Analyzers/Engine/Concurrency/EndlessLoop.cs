using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// A loop of a forked body that holds its thread until other code says stop: it asks stop flags only, leaves by no other way than a stop flag or an exception,
/// and the code that forks it does not stop it. A flag is a field or an automatic property that the body itself does not write, a token, or a queue's end.
/// </summary>
internal sealed class EndlessLoop
{
    private readonly BodyFacts _body;
    private readonly IOperation _loop;

    private EndlessLoop(IOperation loop, BodyFacts body)
    {
        _loop = loop;
        _body = body;
    }

    /// <summary>Whether the function that <paramref name="fork"/> runs has such a loop.</summary>
    public static bool IsIn(ForkBody forked, IOperation fork, BodyFacts body) =>
        ServiceLoop.Loops(forked, body).Any(loop => new EndlessLoop(loop, body).EndsFromOutsideOnly(loop)) && !IsStoppedBehind(fork, body);

    private bool EndsFromOutsideOnly(ILoopOperation loop) => loop switch
    {
        IWhileLoopOperation { Condition: { } condition } => Asks(condition) && HasNoOtherExit(loop),
        IForLoopOperation { Condition: null } => HasNoOtherExit(loop),
        IForEachLoopOperation { IsAsynchronous: false } each => Conversions.WithoutAny(each.Collection) is IInvocationOperation { TargetMethod.Name: "GetConsumingEnumerable", Instance: IFieldReferenceOperation } && HasNoOtherExit(loop),
        _ => false,
    };

    /// <summary>Whether a condition is made of stop flags alone.</summary>
    private bool Asks(IOperation condition) => condition.ConstantValue is { HasValue: true, Value: true } || condition switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => Asks(not.Operand),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.Or or BinaryOperatorKind.ConditionalOr } both => Asks(both.LeftOperand) && Asks(both.RightOperand),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals, RightOperand.ConstantValue: { HasValue: true, Value: bool } } compared => Asks(compared.LeftOperand),
        IPropertyReferenceOperation { Property: { Name: "IsCancellationRequested" } property } => Is(property, _body.Model.Types.CancellationToken, _body.Model.Types.CancellationTokenSource),
        IPropertyReferenceOperation { Property: { Name: "IsCompleted" or "IsAddingCompleted" } property } => Is(property, _body.Model.Types.BlockingCollection),
        IFieldReferenceOperation { Type.SpecialType: SpecialType.System_Boolean, Field: var field } => !field.DeclaringSyntaxReferences.IsEmpty && !Writes(_loop, field, 0),
        IPropertyReferenceOperation { Type.SpecialType: SpecialType.System_Boolean, Property: var property } => !property.DeclaringSyntaxReferences.IsEmpty && SharedPlace.IsAuto(property) && !Writes(_loop, property, 0),
        _ => false,
    };

    private static bool Is(ISymbol member, params INamedTypeSymbol?[] types) => types.Any(type => KnownType.Is(member.ContainingType, type));

    /// <summary>Whether the code, or what it calls within the file, writes the flag; what a handler writes comes with a failure, which ends anything.</summary>
    private bool Writes(IOperation code, ISymbol flag, int depth) => Operations.OfFunction(code).Any(operation => operation switch
    {
        IMemberReferenceOperation reference => SymbolEqualityComparer.Default.Equals(reference.Member.OriginalDefinition, flag.OriginalDefinition) && StraightLine.IsTarget(reference) && !IsInHandler(reference, code),
        IInvocationOperation call when depth < Limits.CallDepth && !SymbolEqualityComparer.Default.Equals(call.TargetMethod, _body.Owner) => ForkWrites.SourceOf(call.TargetMethod, _body) is { } source && Writes(source, flag, depth + 1),
        _ => false,
    });

    private bool HasNoOtherExit(ILoopOperation loop) => !Operations.OfFunction(loop.Body).Any(operation =>
        (operation is IReturnOperation { IsImplicit: false, Kind: not OperationKind.YieldReturn } || operation is IBranchOperation jump && Leaves(jump, loop)) && !IsInHandler(operation, loop) && !IsOnStop(operation, loop));

    private static bool Leaves(IBranchOperation jump, ILoopOperation loop) => jump.BranchKind switch
    {
        BranchKind.Break => SymbolEqualityComparer.Default.Equals(jump.Target, loop.ExitLabel),
        BranchKind.GoTo => true,
        _ => false,
    };

    /// <summary>Whether the operation stands in a branch that a stop flag opens.</summary>
    private bool IsOnStop(IOperation operation, ILoopOperation loop)
    {
        for (var up = operation.Parent; up is not null && up != loop; up = up.Parent)
        {
            if (up is IConditionalOperation choice && choice.Condition.DescendantsAndSelf().Any(o => o is IMemberReferenceOperation && Asks(o)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsInHandler(IOperation operation, IOperation within)
    {
        for (var up = operation.Parent; up is not null && up != within; up = up.Parent)
        {
            if (up is ICatchClauseOperation)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The code behind the fork cancels, completes or sets a flag, or a timeout does: the loop lives no longer than the method around it.</summary>
    private static bool IsStoppedBehind(IOperation fork, BodyFacts body) => body.Root.Descendants().Any(operation => operation switch
    {
        IObjectCreationOperation { Arguments.Length: > 0 } made => KnownType.Is(made.Type, body.Model.Types.CancellationTokenSource),
        IInvocationOperation { TargetMethod.Name: "CancelAfter" } => true,
        IInvocationOperation { TargetMethod.Name: "Cancel" or "CancelAsync" or "CompleteAdding" } or
            ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Type.SpecialType: SpecialType.System_Boolean } } => operation.Syntax.SpanStart >= fork.Syntax.Span.End,
        _ => false,
    });
}

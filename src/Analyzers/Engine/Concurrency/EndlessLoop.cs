using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// A loop of a forked body that holds its thread until other code says stop: it asks stop flags only, leaves by no other way than a stop flag or an exception,
/// and the code that forks it does not stop it. A flag is a field or an automatic property that the body itself does not write, a token, a signal, or a queue's end.
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

    /// <summary>Whether <paramref name="exit"/> of the loop stands in a branch that a stop flag opens.</summary>
    public static bool IsOnStop(IOperation exit, ILoopOperation loop, BodyFacts body) => new EndlessLoop(loop, body).IsOnStop(exit, loop);

    /// <summary>Whether the function that <paramref name="fork"/> runs has such a loop.</summary>
    public static bool IsIn(ForkBody forked, IOperation fork, BodyFacts body) =>
        ServiceLoop.Loops(forked, body).Any(loop => new EndlessLoop(loop, body).EndsFromOutsideOnly(loop)) && !IsStoppedBehind(fork, body);

    /// <summary>Whether the function itself has such a loop, wherever its waits give the thread back.</summary>
    public static bool IsIn(IOperation function, BodyFacts body) => Operations.OfFunction(function).OfType<ILoopOperation>().Any(loop => new EndlessLoop(loop, body).EndsFromOutsideOnly(loop));

    private bool EndsFromOutsideOnly(ILoopOperation loop) => loop switch
    {
        IWhileLoopOperation { Condition: { } condition } => !IsWait(loop) && Asks(condition) && HasNoOtherExit(loop),
        IForLoopOperation { Condition: null } => HasNoOtherExit(loop),
        IForEachLoopOperation each => ServiceLoop.IsOverQueue(each, _body.Model.Types) && HasNoOtherExit(loop),
        _ => false,
    };

    /// <summary>Whether the loop does nothing but wait under a lock until what it asks for holds: <c>while (_full) Monitor.Wait(_gate);</c></summary>
    private bool IsWait(ILoopOperation loop) => loop.Body.Descendants().OfType<IInvocationOperation>().ToList() is { Count: > 0 } calls &&
        calls.All(call => call.TargetMethod.Name == "Wait" && KnownType.Is(call.TargetMethod.ContainingType, _body.Model.Types.Monitor));

    /// <summary>Whether a condition is made of stop flags alone.</summary>
    private bool Asks(IOperation condition) => condition.ConstantValue is { HasValue: true, Value: true } || condition switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => Asks(not.Operand) || IsUnsignalled(not),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.Or or BinaryOperatorKind.ConditionalOr } both => Asks(both.LeftOperand) && Asks(both.RightOperand),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals, RightOperand.ConstantValue: { HasValue: true, Value: bool } } compared => Asks(compared.LeftOperand),
        IAwaitOperation { Operation: IInvocationOperation call } => TimerModels.IsTick((call is { TargetMethod.Name: "ConfigureAwait", Instance: IInvocationOperation configured } ? configured : call).TargetMethod),
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
        IMemberReferenceOperation reference => SymbolEqualityComparer.Default.Equals(reference.Member.OriginalDefinition, flag.OriginalDefinition) && StraightLine.IsTarget(reference) && !LoopExits.IsInHandler(reference, code),
        IInvocationOperation call when depth < Limits.CallDepth && !SymbolEqualityComparer.Default.Equals(call.TargetMethod, _body.Owner) => ForkWrites.SourceOf(call.TargetMethod, _body) is { } source && Writes(source, flag, depth + 1),
        _ => false,
    });

    /// <summary>A stop signal has not come yet, and the body itself has nothing to do with the event but to wait for it.</summary>
    private bool IsUnsignalled(IOperation condition) => StopSignal.In(condition, _body.Model.Types) is { } signal &&
        (signal is not IFieldReferenceOperation { Field: var kept } || Operations.OfFunction(_loop).OfType<IFieldReferenceOperation>().Count(f => SymbolEqualityComparer.Default.Equals(f.Field, kept)) == 1);

    private bool HasNoOtherExit(ILoopOperation loop) => !LoopExits.Of(loop).Any(exit => !IsOnStop(exit, loop));

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

    /// <summary>The code behind the fork cancels, completes or sets a flag, or a timeout does: the loop lives no longer than the method around it.</summary>
    private static bool IsStoppedBehind(IOperation fork, BodyFacts body) => body.Root.Descendants().Any(operation => operation switch
    {
        IObjectCreationOperation { Arguments.Length: > 0 } made => KnownType.Is(made.Type, body.Model.Types.CancellationTokenSource),
        IInvocationOperation { TargetMethod.Name: "CancelAfter" } => true,
        IInvocationOperation { TargetMethod.Name: "Cancel" or "CancelAsync" or "CompleteAdding" or "Set" } or
            ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Type.SpecialType: SpecialType.System_Boolean } } => operation.Syntax.SpanStart >= fork.Syntax.Span.End,
        _ => false,
    });
}

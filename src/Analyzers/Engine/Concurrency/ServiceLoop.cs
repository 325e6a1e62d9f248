using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// Whether a forked body runs until somebody ends it: a loop without a condition of its own, or one that asks nothing but fields and properties, which others
/// change (<c>while (true)</c>, <c>while (!_stop)</c>, <c>while (!token.IsCancellationRequested)</c>), a stop signal (<c>while (!_stop.WaitOne(1000))</c>) or a queue
/// that the object keeps. Looked for in the body and in what it calls.
/// </summary>
internal static class ServiceLoop
{
    /// <summary>Whether the function of the fork is known and has such a loop.</summary>
    public static bool IsIn(ForkBody forked, BodyFacts body) => Loops(forked, body).Any(loop => IsService(loop, body));

    /// <summary>The same without loops that end by themselves when their work is used up.</summary>
    public static bool IsForLifeIn(ForkBody forked, BodyFacts body) => Loops(forked, body).Any(loop => IsService(loop, body) && !LoopExits.EndsByItself(loop, body));

    /// <summary>Whether the loop is one of them.</summary>
    public static bool IsService(ILoopOperation loop, BodyFacts body) => loop switch
    {
        IWhileLoopOperation { Condition: { } condition } => IsOpen(condition, body.Model.Types) || StopSignal.In(condition, body.Model.Types) is not null,
        IForLoopOperation { Condition: null } => true,
        IForEachLoopOperation each => IsOverQueue(each, body.Model.Types),
        _ => false,
    };

    /// <summary><c>foreach (var item in _queue.GetConsumingEnumerable())</c>: until somebody completes the queue, which the object keeps.</summary>
    public static bool IsOverQueue(IForEachLoopOperation loop, WellKnownTypes types) => !loop.IsAsynchronous &&
        Conversions.WithoutAny(loop.Collection) is IInvocationOperation { TargetMethod: { Name: "GetConsumingEnumerable", ContainingType: var type }, Instance: IFieldReferenceOperation } && KnownType.Is(type, types.BlockingCollection);

    /// <summary>The loops of the function and of what it calls at once; none for a function that is not known. An async one gives its thread back.</summary>
    public static IEnumerable<ILoopOperation> Loops(ForkBody forked, BodyFacts body) =>
        forked.Named is IAnonymousFunctionOperation lambda && SymbolEqualityComparer.Default.Equals(lambda.Symbol, forked.Function) ? Loops(lambda, body, 0)
        : !forked.Function.IsAsync && ForkWrites.SourceOf(forked.Function, body) is { } source ? Loops(source, body, 0)
        : [];

    private static IEnumerable<ILoopOperation> Loops(IOperation function, BodyFacts body, int depth)
    {
        foreach (var operation in Operations.OfFunction(function is ILocalFunctionOperation { Body: { } block } ? block : function))
        {
            if (operation is ILoopOperation loop)
            {
                yield return loop;
            }
            else if (depth < 2 && operation is IInvocationOperation { Parent: IExpressionStatementOperation, TargetMethod.IsAsync: false } call && ForkWrites.SourceOf(call.TargetMethod, body) is { } source)
            {
                foreach (var inner in Loops(source, body, depth + 1))
                {
                    yield return inner;
                }
            }
        }
    }

    /// <summary>Whether a condition asks nothing but fields, properties and tokens, which others change.</summary>
    public static bool IsOpen(IOperation condition, WellKnownTypes types) => condition.ConstantValue is { HasValue: true, Value: true } || condition switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => IsOpen(not.Operand, types),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both => IsOpen(both.LeftOperand, types) && IsOpen(both.RightOperand, types),
        IPropertyReferenceOperation { Property.Name: "IsCancellationRequested" } => true,
        IMemberReferenceOperation { Type.SpecialType: SpecialType.System_Boolean } member => IsOfObject(member),
        IInvocationOperation { Type.SpecialType: SpecialType.System_Boolean, TargetMethod: var method, Arguments: { Length: 1 } flag } => AtomicModels.KindOf(method, types) == AtomicKind.Read && IsOfObject(flag[0].Value),
        _ => false,
    };

    /// <summary>A field or property of <c>this</c>, a static one, or one of an object that such a field holds.</summary>
    private static bool IsOfObject(IOperation? member) => member is IFieldReferenceOperation or IPropertyReferenceOperation { Arguments.IsEmpty: true } &&
        ((IMemberReferenceOperation)member).Instance is var instance && (instance is null or IInstanceReferenceOperation || IsOfObject(instance));
}

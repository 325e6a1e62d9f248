using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// What a forked body reads of the object that started it, and which of its members it calls that may be overridden, directly or through calls of this file, before
/// anything that may wait. A member that the body asks for null, or waits for in a loop, it knows to be missing at times: it is left out.
/// </summary>
internal sealed class ForkReads
{
    private readonly BodyFacts _body;
    private readonly HashSet<ISymbol> _followed = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _asked = new(SymbolEqualityComparer.Default);
    private readonly List<(ISymbol Member, IOperation At)> _reads = [];
    private readonly List<(IMethodSymbol Method, IOperation At)> _virtualCalls = [];
    private bool _mayHaveWaited;

    private ForkReads(BodyFacts body) => _body = body;

    /// <summary>Fields and auto-properties of the object, each at its first read.</summary>
    public IEnumerable<(ISymbol Member, IOperation At)> Reads => _reads.Where(r => !_asked.Contains(r.Member));

    public IReadOnlyList<(IMethodSymbol Method, IOperation At)> VirtualCalls => _virtualCalls;

    public static ForkReads Of(ForkBody forked, BodyFacts body)
    {
        var reads = new ForkReads(body);
        switch (forked.Named)
        {
            case IAnonymousFunctionOperation lambda:
                reads.Walk(lambda.Body, 0);
                break;
            case IMethodReferenceOperation { Instance: null or IInstanceReferenceOperation } method:
                reads.Follow(method.Method, method, 0);
                break;
        }

        return reads;
    }

    private void Follow(IMethodSymbol method, IOperation at, int depth)
    {
        if ((method.IsVirtual || method.IsAbstract || method.IsOverride) && !method.IsSealed && !method.ContainingType.IsSealed)
        {
            _virtualCalls.Add((method.OriginalDefinition, at));
            _mayHaveWaited = true;
        }
        else if (depth >= Limits.CallDepth || ForkWrites.SourceOf(method, _body) is not { } source)
        {
            _mayHaveWaited = true;
        }
        else if (_followed.Add(method.OriginalDefinition))
        {
            Walk(source is ILocalFunctionOperation { Body: { } block } ? block : source, depth + 1);
        }
    }

    private void Walk(IOperation operation, int depth)
    {
        _body.Cancellation.ThrowIfCancellationRequested();
        switch (operation)
        {
            case IAnonymousFunctionOperation or ILocalFunctionOperation or INameOfOperation:
                return;
            case ILockOperation:
                _mayHaveWaited = true;
                return;
            case IWhileLoopOperation { Condition: { } condition } loop when IsPoll(loop):
                _asked.UnionWith(condition.DescendantsAndSelf().Select(MemberOf).OfType<ISymbol>());
                _mayHaveWaited = true;
                return;
        }

        foreach (var child in operation.ChildOperations)
        {
            if (_mayHaveWaited)
            {
                return;
            }

            Walk(child, depth);
        }

        if (!_mayHaveWaited)
        {
            After(operation, depth);
        }
    }

    private void After(IOperation operation, int depth)
    {
        switch (operation)
        {
            case IAwaitOperation wait:
                _mayHaveWaited = !TaskModels.IsFinished(wait.Operation, _body.Model.Types);
                break;
            case IInvocationOperation call when !call.TargetMethod.DeclaringSyntaxReferences.IsEmpty:
                if (call.Instance is null or IInstanceReferenceOperation)
                {
                    Follow(call.TargetMethod, call, depth);
                }
                else
                {
                    _mayHaveWaited = true;
                }

                break;
            case IInvocationOperation call:
                _mayHaveWaited = !WaitModels.NeedsNobody(call.TargetMethod, _body.Model.Types);
                break;
            case IDynamicInvocationOperation or IFunctionPointerInvocationOperation:
                _mayHaveWaited = true;
                break;
            default:
                if (MemberOf(operation) is { } member && !StraightLine.IsTarget(operation))
                {
                    if (AsksForNull(operation))
                    {
                        _asked.Add(member);
                    }
                    else if (!_reads.Any(r => SymbolEqualityComparer.Default.Equals(r.Member, member)))
                    {
                        _reads.Add((member, operation));
                    }
                }

                break;
        }
    }

    /// <summary>The field or auto-property of the object at hand that the operation names.</summary>
    private static ISymbol? MemberOf(IOperation operation) => operation switch
    {
        IFieldReferenceOperation { Instance: IInstanceReferenceOperation } field => field.Field.OriginalDefinition,
        IPropertyReferenceOperation { Instance: IInstanceReferenceOperation, Property: { IsIndexer: false } property } when SharedPlace.IsAuto(property) => property.OriginalDefinition,
        _ => null,
    };

    /// <summary>A loop that does nothing, or only lets time pass, until its condition changes.</summary>
    private bool IsPoll(IWhileLoopOperation loop)
    {
        var statements = loop.Body is IBlockOperation block ? block.Operations.ToList() : [loop.Body];
        return statements.All(s => s is IEmptyOperation || (s is IExpressionStatementOperation { Operation: var pause } && WaitModels.IsPause(pause, _body.Model.Types)));
    }

    private static bool AsksForNull(IOperation read)
    {
        var value = read;
        while (value.Parent is IConversionOperation)
        {
            value = value.Parent;
        }

        return value.Parent switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } test => IsNull(test.LeftOperand) || IsNull(test.RightOperand),
            IIsPatternOperation or IIsTypeOperation => true,
            IConditionalAccessOperation access => access.Operation == value,
            ICoalesceOperation choice => choice.Value == value,
            _ => false,
        };
    }

    private static bool IsNull(IOperation operation) => Conversions.WithoutBuiltIn(operation) is { ConstantValue: { HasValue: true, Value: null } };
}

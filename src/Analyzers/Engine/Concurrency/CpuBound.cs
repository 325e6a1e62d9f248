using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// Whether a function is bound by the processor: it loops or calls itself, and all it does, calls of this file included, is computing. A message or a short lock
/// outside of its loops (the result is told, or added to a sum) changes nothing. I/O, waits, locks in a loop and code that is not seen make it unknown.
/// </summary>
internal sealed class CpuBound
{
    private readonly BodyFacts _body;
    private readonly HashSet<(ISymbol, Around)> _seen = [];
    private readonly HashSet<ISymbol> _running = new(SymbolEqualityComparer.Default);
    private bool _loops;
    private bool _recurses;
    private bool _tells;
    private bool _isUnknown;

    private CpuBound(BodyFacts body) => _body = body;

    /// <summary>What is around an operation.</summary>
    private enum Around
    {
        Nothing,
        Loop,
        Lock,
    }

    /// <summary>Whether a function is bound by the processor.</summary>
    public static bool Is(ForkBody forked, BodyFacts body)
    {
        var walk = new CpuBound(body);
        switch (forked.Named)
        {
            case IAnonymousFunctionOperation { Symbol.IsAsync: false } lambda:
                walk.Walk(lambda.Body, Around.Nothing, 0);
                break;
            case IMethodReferenceOperation method:
                walk.Follow(method.Method, Around.Nothing, 0);
                break;
            default:
                return false;
        }

        return walk._loops && !walk._isUnknown && !(walk._recurses && walk._tells);
    }

    /// <summary>Whether a lambda computes a few values, and no loop or unknown code is in it or in what it calls.</summary>
    public static bool IsShort(IAnonymousFunctionOperation lambda, BodyFacts body)
    {
        var walk = new CpuBound(body);
        walk.Walk(lambda.Body, Around.Nothing, 0);
        return !walk._loops && !walk._isUnknown;
    }

    private void Follow(IMethodSymbol method, Around around, int depth)
    {
        method = method.OriginalDefinition;
        if (_body.Model.Options.CpuBound.Contains(method))
        {
            _loops = true;
        }
        else if (_running.Contains(method))
        {
            _loops = _recurses = true;
        }
        else if (depth >= Limits.CallDepth || method.IsAsync || ForkWrites.SourceOf(method, _body) is not { } source)
        {
            _isUnknown = true;
        }
        else if (_seen.Add((method, around)))
        {
            _running.Add(method);
            Walk(source is ILocalFunctionOperation { Body: { } block } ? block : source, around, depth + 1);
            _running.Remove(method);
        }
    }

    /// <summary>A stack and no recursion within one function, because expressions can be thousands deep.</summary>
    private void Walk(IOperation function, Around start, int depth)
    {
        var pending = new Stack<(IOperation, Around)>();
        pending.Push((function, start));
        while (pending.Count > 0 && !_isUnknown)
        {
            _body.Cancellation.ThrowIfCancellationRequested();
            var (operation, around) = pending.Pop();
            if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation or INameOfOperation or ITypeOfOperation)
            {
                continue;
            }

            Look(operation, around, depth);
            var inner = operation switch
            {
                ILoopOperation => around == Around.Lock ? Around.Lock : Around.Loop,
                ILockOperation => Around.Lock,
                _ => around,
            };
            foreach (var child in operation.ChildOperations)
            {
                pending.Push((child, inner));
            }
        }
    }

    private void Look(IOperation operation, Around around, int depth)
    {
        switch (operation)
        {
            case IForEachLoopOperation each:
                _isUnknown |= each.IsAsynchronous || around == Around.Lock || !(ComputeModels.HoldsItsElements(Conversions.WithoutAny(each.Collection)?.Type) || IsQuery(each.Collection));
                _loops = true;
                break;
            case ILoopOperation loop:
                _isUnknown |= around == Around.Lock;
                _loops |= !IsShort(loop);
                break;
            case ILockOperation:
                _isUnknown |= around != Around.Nothing;
                _tells = true;
                break;
            case IInvocationOperation call:
                Call(call.TargetMethod, call.Arguments, around, depth);
                break;
            case IObjectCreationOperation { Constructor: { } constructor } made:
                Make(constructor, made, around, depth);
                break;
            case IPropertyReferenceOperation property:
                Access(property, around, depth);
                break;
            case IFieldReferenceOperation { Field: var field }:
                // Who asks for a volatile field in a loop waits for another thread; a field of the thread is not the same on the pool.
                _isUnknown |= field.IsVolatile || PerThread.Is(field);
                break;
            case IBinaryOperation { OperatorMethod: { } method }:
                Call(method, [], around, depth);
                break;
            case IUnaryOperation { OperatorMethod: { } method }:
                Call(method, [], around, depth);
                break;
            case ICompoundAssignmentOperation { OperatorMethod: { } method }:
                Call(method, [], around, depth);
                break;
            case IIncrementOrDecrementOperation { OperatorMethod: { } method }:
                Call(method, [], around, depth);
                break;
            case IConversionOperation { OperatorMethod: { } method }:
                Call(method, [], around, depth);
                break;
            case IAwaitOperation or IUsingOperation or IUsingDeclarationOperation or IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicIndexerAccessOperation or IDynamicObjectCreationOperation
                or IFunctionPointerInvocationOperation or IEventAssignmentOperation or IEventReferenceOperation or ITypeParameterObjectCreationOperation or IInvalidOperation
                or IReturnOperation { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak }:
                _isUnknown = true;
                break;
        }
    }

    private void Call(IMethodSymbol method, IEnumerable<IArgumentOperation> arguments, Around around, int depth)
    {
        var types = _body.Model.Types;
        if (!method.DeclaringSyntaxReferences.IsEmpty || _body.Model.Options.CpuBound.Contains(method))
        {
            Follow(method, around, depth);
        }
        else if (PlainCalls.Tells(method, types))
        {
            _isUnknown |= around == Around.Loop;
            _tells = true;
        }
        else if (!ComputeModels.Computes(method, types) || (KnownType.Is(method.ContainingType, types.Enumerable) && arguments.FirstOrDefault() is { } source && !IsQuery(source.Value)))
        {
            _isUnknown = true;
        }
        else
        {
            foreach (var argument in arguments.Where(static a => a.Parameter?.Type.TypeKind == TypeKind.Delegate))
            {
                Inline(argument.Value, ComputeModels.RunsInline(method, types), depth);
            }
        }
    }

    /// <summary>What a query calls for each element is a loop's body.</summary>
    private void Inline(IOperation value, bool isInline, int depth)
    {
        switch (Conversions.WithoutBuiltIn(value))
        {
            case IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Symbol.IsAsync: false } lambda } when isInline:
                _loops = true;
                Walk(lambda.Body, Around.Loop, depth);
                break;
            case IDelegateCreationOperation { Target: IMethodReferenceOperation method } when isInline:
                _loops = true;
                Call(method.Method, [], Around.Loop, depth);
                break;
            default:
                _isUnknown = true;
                break;
        }
    }

    /// <summary>A collection that holds its elements, or a query, which is looked at by itself.</summary>
    private bool IsQuery(IOperation source) => Conversions.WithoutAny(source) is { } plain && (ComputeModels.HoldsItsElements(plain.Type) || plain is not (IParameterReferenceOperation or ILocalReferenceOperation or IMemberReferenceOperation) &&
        plain is IInvocationOperation call && KnownType.Is(call.TargetMethod.ContainingType, _body.Model.Types.Enumerable));

    private void Make(IMethodSymbol constructor, IObjectCreationOperation made, Around around, int depth)
    {
        if (constructor.IsImplicitlyDeclared || constructor.DeclaringSyntaxReferences.Any(static r => r.GetSyntax() is TypeDeclarationSyntax))
        {
            // Initializers of fields are not looked at: they make what a new object needs.
            return;
        }

        Call(constructor, made.Arguments, around, depth);
    }

    private void Access(IPropertyReferenceOperation access, Around around, int depth)
    {
        if (SharedPlace.IsAuto(access.Property))
        {
            return;
        }

        var isTarget = StraightLine.IsTarget(access);
        foreach (var accessor in new[] { access.Property.GetMethod, isTarget ? access.Property.SetMethod : null })
        {
            if (accessor is not null)
            {
                Call(accessor, [], around, depth);
            }
        }
    }

    /// <summary>A loop of a few rounds whose number stands in the code.</summary>
    private static bool IsShort(ILoopOperation loop) =>
        loop is IForLoopOperation { Condition: IBinaryOperation { RightOperand.ConstantValue: { HasValue: true, Value: int and < Limits.ShortLoop } } };
}

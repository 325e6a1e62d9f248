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
/// Whether a function changes nothing that anybody could see: it writes its own locals and the objects it makes itself, and all it calls, followed within the file,
/// does the same. A pause is no change; an exception that it may throw is its answer to wrong arguments. What is not seen changes something.
/// </summary>
internal sealed class PureBody
{
    private readonly BodyFacts _body;
    private readonly HashSet<ISymbol> _followed = new(SymbolEqualityComparer.Default);

    private PureBody(BodyFacts body) => _body = body;

    /// <summary>Whether the whole of <paramref name="function"/>, a lambda or what <see cref="ForkWrites.SourceOf"/> gives, changes nothing.</summary>
    public static bool Is(IOperation function, BodyFacts body) => new PureBody(body).IsPure(function, 0);

    private bool IsPure(IOperation function, int depth) => function.Descendants().All(operation => IsHarmless(operation, function, depth));

    private bool IsHarmless(IOperation operation, IOperation function, int depth)
    {
        _body.Cancellation.ThrowIfCancellationRequested();
        switch (operation)
        {
            case ILockOperation or IUsingOperation or IUsingDeclarationOperation or IAwaitOperation or IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicIndexerAccessOperation
                or IDynamicObjectCreationOperation or IFunctionPointerInvocationOperation or IEventReferenceOperation or IRaiseEventOperation or ITypeParameterObjectCreationOperation or IInvalidOperation
                or IReturnOperation { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak } or IAddressOfOperation:
                return false;
            case IForEachLoopOperation each:
                return !each.IsAsynchronous && (ComputeModels.HoldsItsElements(Conversions.WithoutAny(each.Collection)?.Type) || Conversions.WithoutAny(each.Collection) is IInvocationOperation { TargetMethod: var query } && KnownType.Is(query.ContainingType, _body.Model.Types.Enumerable));
            case IMethodReferenceOperation { Method: var named }:
                return named.DeclaringSyntaxReferences.IsEmpty ? PureModels.IsPure(named, _body.Model.Types) : Follow(named, depth);
            case IInvocationOperation call:
                return IsHarmless(call, function, depth);
            case IObjectCreationOperation { Constructor: { } constructor }:
                return constructor.IsImplicitlyDeclared || (constructor.DeclaringSyntaxReferences.IsEmpty ? PureModels.Makes(constructor)
                    : constructor.DeclaringSyntaxReferences[0].GetSyntax(_body.Cancellation) is TypeDeclarationSyntax || Follow(constructor, depth));
            case IPropertyReferenceOperation property when !StraightLine.IsTarget(property):
                return (property.Property.DeclaringSyntaxReferences.IsEmpty && PureModels.IsPure(property.Property)) || SharedPlace.IsAuto(property.Property) || (property.Property.GetMethod is { } getter && Follow(getter, depth));
            case IBinaryOperation { OperatorMethod: { } method }:
                return IsOperator(method, depth);
            case IUnaryOperation { OperatorMethod: { } method }:
                return IsOperator(method, depth);
            case IConversionOperation { OperatorMethod: { } method }:
                return IsOperator(method, depth);
            case ICompoundAssignmentOperation { OperatorMethod: { } method } when !IsOperator(method, depth):
            case IIncrementOrDecrementOperation { OperatorMethod: { } other } when !IsOperator(other, depth):
                return false;
            default:
                return !StraightLine.IsTarget(operation) || IsOwn(operation, function);
        }
    }

    private bool IsHarmless(IInvocationOperation call, IOperation function, int depth)
    {
        var method = call.TargetMethod;
        return !method.DeclaringSyntaxReferences.IsEmpty ? Follow(method, depth)
            : WaitModels.IsPause(call, _body.Model.Types) && method.Name != "Delay" || (PureModels.IsPure(method, _body.Model.Types) && call.Arguments.All(IsSeen)) ||
              (PureModels.ChangesReceiverOnly(call) && IsFresh(call.Instance!, function));
    }

    /// <summary>A function that a call is given stands there, where it is looked at as a part of the body.</summary>
    private static bool IsSeen(IArgumentOperation argument) => argument.Parameter?.Type.TypeKind != TypeKind.Delegate || argument.Value is IDelegateCreationOperation or { ConstantValue.HasValue: true };

    private bool IsOperator(IMethodSymbol method, int depth) => method.DeclaringSyntaxReferences.IsEmpty || Follow(method, depth);

    private bool Follow(IMethodSymbol method, int depth) => !method.IsAsync && depth < Limits.CallDepth && ForkWrites.SourceOf(method, _body) is { } source &&
        (!_followed.Add(method.OriginalDefinition) || IsPure(source, depth + 1));

    /// <summary>A local or parameter of the function, an element or member of an object that it has made, or of itself in a constructor.</summary>
    private bool IsOwn(IOperation target, IOperation function) => target switch
    {
        ILocalReferenceOperation local => Locals.IsDeclaredIn(local.Local, function),
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter } => Locals.IsDeclaredIn(parameter, function),
        IDiscardOperation or IDeclarationExpressionOperation or ITupleOperation => true,
        IArrayElementReferenceOperation element => IsFresh(element.ArrayReference, function),
        IFieldReferenceOperation { Instance: { } holder } => IsFresh(holder, function),
        IPropertyReferenceOperation { Instance: { } holder } property => (property.Property.DeclaringSyntaxReferences.IsEmpty || SharedPlace.IsAuto(property.Property)) && IsFresh(holder, function),
        _ => false,
    };

    private bool IsFresh(IOperation holder, IOperation function) => Conversions.WithoutBuiltIn(holder) switch
    {
        ILocalReferenceOperation local => Locals.IsDeclaredIn(local.Local, function) && (local.Local.Type.IsValueType || Conversions.WithoutBuiltIn(Locals.OnlyValue(local.Local, function)) is IObjectCreationOperation or IArrayCreationOperation),
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } => true,
        IInstanceReferenceOperation self => function is IConstructorBodyOperation && self.ReferenceKind == InstanceReferenceKind.ContainingTypeInstance,
        IInvocationOperation { Instance: { } receiver } call when PureModels.ChangesReceiverOnly(call) => IsFresh(receiver, function),
        IObjectCreationOperation or IArrayCreationOperation => true,
        _ => false,
    };
}

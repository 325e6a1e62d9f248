using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// What becomes of the inner task of a <c>Task&lt;Task&gt;</c>. <see cref="Dropped"/> is bottom and <see cref="Kept"/> top: two uses of
/// one value join to the greater.
/// </summary>
internal enum InnerTask
{
    /// <summary>Nothing looks at either task.</summary>
    Dropped,

    /// <summary>The outer task is waited for, tested or stored as a plain task, and no use reaches the inner one.</summary>
    Lost,

    /// <summary>The inner task is used, or unseen code may use it.</summary>
    Kept,
}

/// <summary>
/// Follows a nested task from the call that made it for as long as a type shows the nesting: through locals, groups
/// (<c>Task.WhenAll</c>, arrays) and LINQ's <c>Select</c>. The first conversion to a type that hides it loses the inner task. Assumed: no
/// code casts a plain <c>Task</c> back to a nested one.
/// </summary>
internal sealed class InnerTaskFate(BodyFacts body)
{
    private readonly WellKnownTypes _types = body.Model.Types;

    private int _locals;

    public InnerTask Of(IOperation nested)
    {
        var value = nested;
        while (Next(value) is { } next)
        {
            value = next;
        }

        return value.Parent switch
        {
            IExpressionStatementOperation => InnerTask.Dropped,
            ISimpleAssignmentOperation { Target: IDiscardOperation, Parent: IExpressionStatementOperation } => InnerTask.Dropped,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => OfLocal(declarator.Symbol),
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation target, Parent: IExpressionStatementOperation } => OfLocal(target.Local),
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Add", Instance: ILocalReferenceOperation list } add } when IsOwnList(list, add) => OfLocal(list.Local),
            IForEachLoopOperation { Locals: { Length: 1 } each } => OfLocal(each[0]),
            IConversionOperation { OperatorMethod: null, Type: { } type } when HidesNesting(type) => InnerTask.Lost,
            IAwaitOperation wait => IsUnused(wait) ? InnerTask.Lost : InnerTask.Kept,
            IInvocationOperation { TargetMethod.Name: "Add", Parent: IExpressionStatementOperation } call when call.Instance == value && value is ILocalReferenceOperation list && IsOwnList(list, call) => InnerTask.Dropped,
            IPropertyReferenceOperation { Property.Name: "Count" } when KnownType.Is(value.Type, _types.List) => InnerTask.Dropped,
            IPropertyReferenceOperation property when TaskModels.IsNested(value.Type, _types) =>
                property.Property.Name == "Result" ? InnerTask.Kept : InnerTask.Lost,
            IInvocationOperation call when call.Instance == value => call.TargetMethod.Name switch
            {
                "Wait" => InnerTask.Lost,
                "GetResult" when IsUnused(call) => InnerTask.Lost,
                "Dispose" => InnerTask.Dropped,
                _ => InnerTask.Kept,
            },
            _ => InnerTask.Kept,
        };
    }

    /// <summary>The operation that hands the value on with its nesting in sight, else null.</summary>
    private IOperation? Next(IOperation value)
    {
        switch (value.Parent)
        {
            case IConversionOperation { OperatorMethod: null, Type: { } type } conversion when ShowsNesting(type):
                return conversion;
            case IArrayInitializerOperation { Parent: IArrayCreationOperation creation }:
                return creation;
            case IConditionalOperation or ICoalesceOperation or ISwitchExpressionOperation:
                return value.Parent.Type is { } chosen && ShowsNesting(chosen) ? value.Parent : null;
            case ISwitchExpressionArmOperation { Parent: { } choice }:
                return choice;
            case IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "GetAwaiter" or "WaitAsync" } call when call.Instance == value:
                return call;
            case IInvocationOperation { TargetMethod.Name: "ToArray" } call when call.Instance == value && KnownType.Is(value.Type, _types.List):
                return call;
            case IArgumentOperation { Parent: IInvocationOperation call } when IsGrouping(call.TargetMethod):
                return call;
            case IReturnOperation { Parent: IBlockOperation { Parent: IAnonymousFunctionOperation { Symbol.IsAsync: false, Parent: IDelegateCreationOperation
                { Parent: IArgumentOperation { Parent: IInvocationOperation call } } } } } when Is(call.TargetMethod, _types.Enumerable, "Select"):
                return call;
            case { IsImplicit: true, Type: { } type, Parent: IArgumentOperation } elements when ShowsNesting(type):
                // The collection that a params parameter makes; older compilers have no name for its kind.
                return elements;
            default:
                return null;
        }
    }

    /// <summary>A list that this body makes: who uses it is seen.</summary>
    private bool IsOwnList(ILocalReferenceOperation list, IInvocationOperation add) => KnownType.Is(add.TargetMethod.ContainingType, _types.List) && Locals.OnlyValue(list.Local, body.Root) is IObjectCreationOperation;

    private InnerTask OfLocal(ILocalSymbol local)
    {
        if (++_locals > Limits.NestedTaskLocals)
        {
            return InnerTask.Kept;
        }

        return Locals.Reads(local, body.Root).Select(Of).DefaultIfEmpty(InnerTask.Dropped).Max();
    }

    /// <summary>Methods that make one task or sequence of those they are given and look at none.</summary>
    private bool IsGrouping(IMethodSymbol method) =>
        Is(method, _types.Task, "WhenAll") || Is(method, _types.Enumerable, "ToArray") || Is(method, _types.Enumerable, "ToList");

    private static bool Is(IMethodSymbol method, INamedTypeSymbol? type, string name) =>
        method.Name == name && SymbolEqualityComparer.Default.Equals(method.ContainingType, type);

    private static bool IsUnused(IOperation value) =>
        value.Parent is IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation, Parent: IExpressionStatementOperation };

    private bool ShowsNesting(ITypeSymbol type) => TaskModels.IsNested(type, _types) || Parts(type).Any(ShowsNesting);

    /// <summary>A plain task, or a group of them: what it holds cannot be reached by its type.</summary>
    private bool HidesNesting(ITypeSymbol type) => SymbolEqualityComparer.Default.Equals(type, _types.Task) || Parts(type).Any(HidesNesting);

    private static ImmutableArray<ITypeSymbol> Parts(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => ImmutableArray.Create(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments,
        _ => ImmutableArray<ITypeSymbol>.Empty,
    };
}

using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>A lock whose only statement adds a value to a total that the rounds of a parallel loop share: <c>lock (gate) sum += x;</c>.</summary>
/// <param name="Target">The total: a local from outside of the round, or a field.</param>
/// <param name="Value">What is added; null for <c>++</c>.</param>
internal sealed record Reduction(IOperation Target, IOperation? Value)
{
    public static Reduction? Of(ILockOperation section, IAnonymousFunctionOperation round)
    {
        var statement = section.Body is IBlockOperation { Operations: { Length: 1 } only } ? only[0] : section.Body;
        return (statement as IExpressionStatementOperation)?.Operation is { } step ? OfStep(step, round) : null;
    }

    /// <summary>The same for the step alone.</summary>
    public static Reduction? OfStep(IOperation step, IAnonymousFunctionOperation round)
    {
        var found = step switch
        {
            ICompoundAssignmentOperation
            {
                OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Multiply or BinaryOperatorKind.Or or BinaryOperatorKind.ExclusiveOr, OperatorMethod: null,
            } compound => new Reduction(compound.Target, compound.Value),
            IIncrementOrDecrementOperation { Kind: OperationKind.Increment, OperatorMethod: null } count => new Reduction(count.Target, null),
            _ => null,
        };
        return found is not null && IsNumber(found.Target.Type) && found.Target switch
        {
            ILocalReferenceOperation local => !round.Syntax.Span.Contains(local.Local.DeclaringSyntaxReferences[0].Span),
            IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } => true,
            _ => false,
        } ? found : null;
    }

    /// <summary>
    /// Whether the value may be computed without the lock: it writes nothing and reads nothing that may change, as far as that is seen, and the round does not ask for
    /// the total on its way.
    /// </summary>
    public bool MayLeaveLock(IAnonymousFunctionOperation round, BodyFacts body) =>
        round.Body.Descendants().Count(o => SymbolOf(o) is { } symbol && SymbolEqualityComparer.Default.Equals(symbol, SymbolOf(Target))) == 1 && (Value is null || IsFixed(Value, body, 0));

    private static ISymbol? SymbolOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IFieldReferenceOperation field => field.Field,
        _ => null,
    };

    private static bool IsFixed(IOperation code, BodyFacts body, int depth) => code.DescendantsAndSelf().All(operation => operation switch
    {
        IAssignmentOperation { Target: not ILocalReferenceOperation } or IIncrementOrDecrementOperation { Target: not ILocalReferenceOperation } => false,
        ILocalReferenceOperation or IParameterReferenceOperation when depth == 0 && StraightLine.IsTarget(operation) => false,
        IFieldReferenceOperation { Field: var field } => field.IsReadOnly || field.IsConst,
        IPropertyReferenceOperation { Property: var property } => property is { DeclaringSyntaxReferences.IsEmpty: true, GetMethod: { } getter } && ComputeModels.Computes(getter, body.Model.Types),
        IInvocationOperation { TargetMethod: var method } => method.DeclaringSyntaxReferences.IsEmpty
            ? method.IsStatic && ComputeModels.Computes(method, body.Model.Types)
            : depth < Limits.CallDepth && method is { IsStatic: true, IsAsync: false } && ForkWrites.SourceOf(method, body) is { } source && IsFixed(source, body, depth + 1),
        IObjectCreationOperation or IDynamicInvocationOperation or IFunctionPointerInvocationOperation or IAwaitOperation or IAnonymousFunctionOperation or ILockOperation => false,
        _ => true,
    });

    private static bool IsNumber(ITypeSymbol? type) => type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_UInt32 or SpecialType.System_UInt64
        or SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal;
}

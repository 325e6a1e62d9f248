using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>A number as far as the code shows it: a constant, or what a variable that nothing changes holds or counts, and a constant on top.</summary>
/// <param name="Base">The variable, or null.</param>
/// <param name="Text">How the code asks for it.</param>
/// <param name="Offset">The constant.</param>
internal readonly record struct CountForm(ISymbol? Base, string? Text, int Offset)
{
    public static CountForm Zero => default;

    public bool IsConstant => Base is null;

    /// <summary>Whether the number may lie below zero: a length less a constant does where there is little, but there is always a processor.</summary>
    public bool MayBeNegative => Offset < (Base is IPropertySymbol { IsStatic: true } ? -1 : 0);

    /// <summary>Whether the two differ by a constant.</summary>
    public bool IsComparable(CountForm other) => SymbolEqualityComparer.Default.Equals(Base, other.Base);

    /// <summary>The sum, or null where both hang on a variable.</summary>
    public CountForm? Plus(CountForm other) => other.IsConstant ? this with { Offset = Offset + other.Offset } : IsConstant ? other with { Offset = other.Offset + Offset } : null;

    /// <summary>The product, or null where it has no such form.</summary>
    public CountForm? Times(CountForm other) =>
        IsConstant && other.IsConstant ? Zero with { Offset = Offset * other.Offset }
        : this == Zero || other == Zero ? Zero
        : IsConstant && Offset == 1 ? other
        : other.IsConstant && other.Offset == 1 ? this
        : null;

    public bool Equals(CountForm other) => IsComparable(other) && Offset == other.Offset;

    public override int GetHashCode() => SymbolEqualityComparer.Default.GetHashCode(Base) * 31 + Offset;

    public override string ToString() => IsConstant ? Offset.ToString(System.Globalization.CultureInfo.InvariantCulture)
        : Offset == 0 ? Text! : Offset > 0 ? $"{Text} + {Offset}" : $"{Text} - {-Offset}";

    /// <summary>The form of a number, or null.</summary>
    public static CountForm? Of(IOperation? number, BodyFacts body, int depth = 0)
    {
        var plain = Conversions.WithoutBuiltIn(number);
        switch (plain)
        {
            case null:
            case var _ when depth > Limits.CallDepth:
                return null;
            case { ConstantValue: { HasValue: true, Value: var constant } }:
                return constant is int known ? Zero with { Offset = known } : null;
            case IPropertyReferenceOperation { Property.Name: "Length" or "Count", Instance: { } counted }:
                return Length(counted, plain, body, depth + 1);
            case IPropertyReferenceOperation { Property: { IsStatic: true, Name: "ProcessorCount" } count }:
                return new CountForm(count, plain.Syntax.ToString(), 0);
            case IInvocationOperation { TargetMethod: { Name: "Count", IsExtensionMethod: true }, Arguments: { Length: 1 } counted }:
                return Length(counted[0].Value, plain, body, depth + 1);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract } sum when Of(sum.LeftOperand, body, depth + 1) is { } left && Of(sum.RightOperand, body, depth + 1) is { } right:
                return sum.OperatorKind == BinaryOperatorKind.Add ? left.Plus(right) : right.IsConstant ? left with { Offset = left.Offset - right.Offset } : null;
            case ILocalReferenceOperation { Local: var local }:
                return Locals.OnlyValue(local, body.Root) is { } value ? Of(value, body, depth + 1) ?? new CountForm(local, local.Name, 0) : null;
            case IParameterReferenceOperation { Parameter: var parameter }:
                return IsKept(parameter, body) ? new CountForm(parameter, parameter.Name, 0) : null;
            case IFieldReferenceOperation { Field: { IsReadOnly: true } field, Instance: null or IInstanceReferenceOperation }:
                return new CountForm(field, plain.Syntax.ToString(), 0);
            default:
                return null;
        }
    }

    /// <summary>How often the loop goes round when nothing breaks it off, or null.</summary>
    public static CountForm? Rounds(ILoopOperation loop, BodyFacts body)
    {
        switch (loop)
        {
            case IForEachLoopOperation { IsAsynchronous: false } each:
                return Length(each.Collection, null, body, 0);
            case IForLoopOperation { Before: { Length: 1 } before, AtLoopBottom: { Length: 1 } bottom, Condition: IBinaryOperation condition } counted
                when before[0] is IVariableDeclarationGroupOperation group && group.Descendants().OfType<IVariableDeclaratorOperation>().ToList() is { Count: 1 } variables &&
                    Conversions.WithoutBuiltIn(condition.LeftOperand) is ILocalReferenceOperation tested && SymbolEqualityComparer.Default.Equals(tested.Local, variables[0].Symbol) &&
                    !counted.Body.Descendants().Any(o => o is ILocalReferenceOperation l && SymbolEqualityComparer.Default.Equals(l.Local, tested.Local) && StraightLine.IsTarget(l)):
                var (start, end) = (Of(variables[0].GetVariableInitializer()?.Value, body), Of(condition.RightOperand, body));
                return (StepOf(bottom[0], tested.Local), condition.OperatorKind) switch
                {
                    (OperationKind.Increment, BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual) => Between(start, end, condition.OperatorKind == BinaryOperatorKind.LessThanOrEqual),
                    (OperationKind.Decrement, BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual) => Between(end, start, condition.OperatorKind == BinaryOperatorKind.GreaterThanOrEqual),
                    _ => null,
                };
            default:
                return null;
        }
    }

    /// <summary>The number of elements, or null.</summary>
    public static CountForm? Length(IOperation? collection, IOperation? asked, BodyFacts body, int depth)
    {
        var plain = Conversions.WithoutAny(collection);
        switch (plain)
        {
            case null:
            case var _ when depth > Limits.CallDepth:
                return null;
            case IArrayCreationOperation { Initializer: { } initializer }:
                return Zero with { Offset = initializer.ElementValues.Length };
            case IArrayCreationOperation { DimensionSizes: { Length: 1 } sizes }:
                return Of(sizes[0], body, depth + 1);
            case IInvocationOperation { TargetMethod: { Name: "Range", ContainingType.Name: "Enumerable" }, Arguments: { Length: 2 } range }:
                return Of(range[1].Value, body, depth + 1);
            case ILocalReferenceOperation { Local: var local } when Locals.OnlyValue(local, body.Root) is { } value && !IsChanged(local, body):
                return (Conversions.WithoutAny(value) is IArrayCreationOperation ? Length(value, null, body, depth + 1) : null) ?? new CountForm(local, TextOf(asked, local), 0);
            case IParameterReferenceOperation { Parameter: var parameter } when IsKept(parameter, body) && !IsChanged(parameter, body):
                return new CountForm(parameter, TextOf(asked, parameter), 0);
            case IFieldReferenceOperation { Field: { IsReadOnly: true, Type: IArrayTypeSymbol } field, Instance: null or IInstanceReferenceOperation }:
                return new CountForm(field, TextOf(asked, field), 0);
            default:
                return null;
        }
    }

    private static string TextOf(IOperation? asked, ISymbol collection) => asked?.Syntax.ToString() ?? collection.Name;

    /// <summary>How many numbers there are from a constant up to the other one, with it or without.</summary>
    private static CountForm? Between(CountForm? low, CountForm? high, bool isInclusive) =>
        low is { IsConstant: true } from && high is { } to ? to with { Offset = to.Offset - from.Offset + (isInclusive ? 1 : 0) } : null;

    private static OperationKind? StepOf(IOperation bottom, ILocalSymbol variable) =>
        bottom is IExpressionStatementOperation { Operation: IIncrementOrDecrementOperation { Target: ILocalReferenceOperation stepped } step } && SymbolEqualityComparer.Default.Equals(stepped.Local, variable) ? step.Kind : null;

    private static bool IsKept(IParameterSymbol parameter, BodyFacts body) => parameter.RefKind == RefKind.None &&
        !body.Root.Descendants().Any(o => o is IParameterReferenceOperation use && SymbolEqualityComparer.Default.Equals(use.Parameter, parameter) && StraightLine.IsTarget(use));

    /// <summary>Whether the body puts something into the collection or takes something out.</summary>
    private static bool IsChanged(ISymbol collection, BodyFacts body) => collection is ILocalSymbol { Type: not IArrayTypeSymbol } or IParameterSymbol { Type: not IArrayTypeSymbol } &&
        body.Root.Descendants().OfType<IInvocationOperation>().Any(call => call.Instance is ILocalReferenceOperation or IParameterReferenceOperation && SymbolEqualityComparer.Default.Equals(SymbolOf(call.Instance), collection) &&
            call.TargetMethod.Name is not ("ToArray" or "ToList" or "Contains" or "IndexOf" or "CopyTo" or "ContainsKey" or "TryGetValue"));

    private static ISymbol? SymbolOf(IOperation? operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };
}

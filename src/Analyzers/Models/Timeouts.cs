using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Models;

/// <summary>What is known of the length of a wait.</summary>
internal enum TimeoutLength
{
    /// <summary>A value that is not visible here: it may be infinite.</summary>
    Unknown,

    /// <summary>No time at all: a look.</summary>
    Zero,

    /// <summary>Some time, after which the wait gives up.</summary>
    Finite,

    /// <summary>For ever.</summary>
    Infinite,
}

/// <summary>
/// Reads a timeout from its expression: constants, <c>TimeSpan</c> made of constants, and variables that get such a value where they are declared
/// and no other. The units and -1 for "infinite" are those of the waiting members of System.Threading.
/// </summary>
internal static class Timeouts
{
    public static TimeoutLength Of(IOperation? timeout)
    {
        switch (timeout)
        {
            case { ConstantValue: { HasValue: true, Value: { } constant } }:
                return OfNumber(constant, 1);
            case IConversionOperation { OperatorMethod: null } conversion:
                return Of(conversion.Operand);
            case IParenthesizedOperation parenthesized:
                return Of(parenthesized.Operand);
            case IDefaultValueOperation or IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: null }:
                return TimeoutLength.Zero;
            case IFieldReferenceOperation { Field: { Name: "InfiniteTimeSpan", ContainingType.Name: "Timeout" } }:
                return TimeoutLength.Infinite;
            case IFieldReferenceOperation { Field: { Name: "Zero", ContainingType.Name: "TimeSpan" } }:
                return TimeoutLength.Zero;
            case IFieldReferenceOperation { Field: { IsReadOnly: true } field }:
                return OfDeclared(field);
            case IPropertyReferenceOperation { Property: { SetMethod: null, IsVirtual: false, IsAbstract: false, IsOverride: false } property }:
                return OfDeclared(property);
            case ILocalReferenceOperation { Local: { RefKind: RefKind.None } local }:
                return OfDeclared(local);

            // Callers that leave the parameter out wait for ever; what the others pass is theirs to know.
            case IParameterReferenceOperation { Parameter: { HasExplicitDefaultValue: true, ExplicitDefaultValue: -1 } }:
                return TimeoutLength.Infinite;
            case IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType.Name: "TimeSpan" } method } made when method.Name.StartsWith("From", System.StringComparison.Ordinal):
                return OfNumbers(made.Arguments.Select(static a => a.Value.ConstantValue is { HasValue: true, Value: { } part } ? part : null).ToArray(), UnitOf(method.Name));
            case IObjectCreationOperation { Type.Name: "TimeSpan" } created:
                return OfNumbers(created.Arguments.Select(static a => a.Value.ConstantValue is { HasValue: true, Value: { } part } ? part : null).ToArray(), 0);
            default:
                return TimeoutLength.Unknown;
        }
    }

    /// <param name="number">A constant.</param>
    /// <param name="unit">How many milliseconds one of them is; 0 where several together are a time.</param>
    private static TimeoutLength OfNumber(object number, double unit)
    {
        if (number is not (int or long or double or float or short or byte or sbyte or ushort or uint))
        {
            return TimeoutLength.Unknown;
        }

        var value = System.Convert.ToDouble(number, System.Globalization.CultureInfo.InvariantCulture);
        return value == 0 ? TimeoutLength.Zero
            : value > 0 ? TimeoutLength.Finite
            : value * unit == -1 ? TimeoutLength.Infinite
            : TimeoutLength.Unknown;
    }

    /// <summary>A time of several parts (days, hours …): none is negative in a time that is certainly finite.</summary>
    private static TimeoutLength OfNumbers(object?[] parts, double unit)
    {
        var known = parts.Select(part => part is null ? TimeoutLength.Unknown : OfNumber(part, parts.Length == 1 ? unit : 0)).ToList();
        return known.Contains(TimeoutLength.Unknown) || known.Count == 0 ? TimeoutLength.Unknown
            : known.Contains(TimeoutLength.Infinite) ? TimeoutLength.Infinite
            : known.Contains(TimeoutLength.Finite) ? TimeoutLength.Finite
            : TimeoutLength.Zero;
    }

    private static double UnitOf(string factory) => factory == "FromMilliseconds" ? 1 : factory == "FromSeconds" ? 1_000 : 0;

    /// <summary>By its text, since the declaration may stand in another body.</summary>
    private static TimeoutLength OfDeclared(ISymbol variable) => DeclaredValue.Of(variable) is { } value ? OfText(value) : TimeoutLength.Unknown;

    private static TimeoutLength OfText(ExpressionSyntax value) => value switch
    {
        LiteralExpressionSyntax { Token.Value: { } number } => OfNumber(number, 1),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression, Operand: LiteralExpressionSyntax { Token.Value: 1 } } => TimeoutLength.Infinite,
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Timeout" }, Name.Identifier.ValueText: "Infinite" or "InfiniteTimeSpan" } => TimeoutLength.Infinite,
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "TimeSpan" }, Name.Identifier.ValueText: "Zero" } => TimeoutLength.Zero,
        InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "TimeSpan" }, Name.Identifier.ValueText: var factory },
            ArgumentList.Arguments: { Count: > 0 } arguments,
        } when factory.StartsWith("From", System.StringComparison.Ordinal) => OfNumbers(
            arguments.Select(static a => a.Expression is LiteralExpressionSyntax { Token.Value: { } part } ? part : null).ToArray(), UnitOf(factory)),
        _ => TimeoutLength.Unknown,
    };
}

using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>
/// Whether data decides how often a loop goes round: it runs over a sequence that is given, read or split, or counts up to the length of one. A number, a
/// configured count, a list written into the code and a chunk of something are bounds; what is not understood is taken for one.
/// </summary>
internal static class RoundCount
{
    /// <summary>The sequence that decides, or null.</summary>
    public static IOperation? SourceOf(ILoopOperation loop, BodyFacts body) => loop switch
    {
        IForEachLoopOperation { IsAsynchronous: false } each => Data(each.Collection, body, 0),
        IForLoopOperation { Condition: IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.NotEquals, RightOperand: var end } } => LengthOf(end, body, 0),
        _ => null,
    };

    /// <summary>The data that a sequence is, or is made of; null for one with a bound.</summary>
    public static IOperation? Data(IOperation? sequence, BodyFacts body, int depth)
    {
        var plain = Conversions.WithoutAny(sequence);
        switch (plain)
        {
            case null:
            case var _ when depth > Limits.CallDepth:
                return null;
            case IParameterReferenceOperation { Parameter.IsParams: false }:
                return plain;
            case ILocalReferenceOperation { Local: var local }:
                return body.Root.Descendants().OfType<IForEachLoopOperation>().FirstOrDefault(l => l.Locals.Any(v => SymbolEqualityComparer.Default.Equals(v, local))) is { } outer
                    ? Data(outer.Collection, body, depth + 1) is null ? null : plain
                    : Data(Locals.OnlyValue(local, body.Root), body, depth + 1) is null ? null : plain;
            case IFieldReferenceOperation { Field: var field }:
                return body.Root.SemanticModel is { } semantics && Assignments.InitializerOf(field, semantics, body.Cancellation) is { } value && field.IsReadOnly && IsWritten(value) ? null : plain;
            case IPropertyReferenceOperation { Property: { Name: "Keys" or "Values" }, Instance: { } dictionary }:
                return Data(dictionary, body, depth + 1);
            case IPropertyReferenceOperation { Property.DeclaringSyntaxReferences.IsEmpty: false }:
                return plain;
            case IArrayCreationOperation { Initializer: null, DimensionSizes: { Length: 1 } sizes }:
                return LengthOf(sizes[0], body, depth + 1);
            case IInvocationOperation call:
                return OfCall(call, body, depth);
            default:
                return null;
        }
    }

    private static IOperation? OfCall(IInvocationOperation call, BodyFacts body, int depth)
    {
        if (KnownType.Is(call.TargetMethod.ContainingType, body.Model.Types.Enumerable))
        {
            return call.TargetMethod.Name switch
            {
                "Range" or "Repeat" => LengthOf(call.Arguments[1].Value, body, depth + 1),
                "Take" or "TakeLast" or "Chunk" => null,
                _ => call.Arguments.IsEmpty ? null : Data(call.Arguments[0].Value, body, depth + 1),
            };
        }

        return call.TargetMethod is { Name: "Split", ContainingType.SpecialType: SpecialType.System_String } ? call.Instance is { ConstantValue.HasValue: true } ? null : call
            // A machine has few drives.
            : call.TargetMethod.ContainingType is { Name: not "DriveInfo" } type && type.ContainingNamespace?.ToDisplayString() == "System.IO" ? call
            : null;
    }

    /// <summary>The data whose length a number is; null for any other number.</summary>
    private static IOperation? LengthOf(IOperation? number, BodyFacts body, int depth) => Conversions.WithoutAny(number) switch
    {
        { ConstantValue.HasValue: true } => null,
        IPropertyReferenceOperation { Property.Name: "Length" or "LongLength" or "Count", Instance: { } counted } => Data(counted, body, depth + 1),
        IInvocationOperation { TargetMethod: { Name: "Count", IsExtensionMethod: true }, Arguments: { Length: 1 } counted } => Data(counted[0].Value, body, depth + 1),
        ILocalReferenceOperation local when depth <= Limits.CallDepth => LengthOf(Locals.OnlyValue(local.Local, body.Root), body, depth + 1),
        _ => null,
    };

    /// <summary>Elements that stand in the code.</summary>
    private static bool IsWritten(IOperation value) => Conversions.WithoutAny(value) is IArrayInitializerOperation or IArrayCreationOperation { Initializer: not null } or IObjectCreationOperation { Initializer: not null } or { Syntax: CollectionExpressionSyntax };
}

using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>
/// Whether the options of a parallel loop surely let several threads run: they are made in sight, and nothing that is set on them names a scheduler or may allow one thread alone. Options that a caller, another
/// type or a setting decides about may.
/// </summary>
internal static class ParallelDegree
{
    public static bool AllowsSeveral(IOperation options, BodyFacts body)
    {
        var value = Conversions.WithoutBuiltIn(options);
        var made = value is IObjectCreationOperation ? value : MadeOf(value, body);
        return made is IObjectCreationOperation creation && (creation.Initializer?.Initializers.All(static i => i is ISimpleAssignmentOperation assignment && IsWide(assignment)) ?? true) &&
               (made == value || BodiesOf(body).All(b => b.Root.Descendants().All(o => !IsVariable(o, creation.Type) || IsHarmless(o, body))));
    }

    private static IOperation? MadeOf(IOperation? value, BodyFacts body) => body.Type is { } type ? ValueSource.Of(type).Made(value, body)?.Made
        : value is ILocalReferenceOperation { Local: var local } ? Conversions.WithoutBuiltIn(Locals.OnlyValue(local, body.Root)) : null;

    private static IEnumerable<BodyFacts> BodiesOf(BodyFacts body) => body.Type?.AllBodies() ?? [body];

    private static bool IsVariable(IOperation operation, ITypeSymbol? type) => operation is ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation && SymbolEqualityComparer.Default.Equals(operation.Type, type);

    /// <summary>Whether nobody else gets the options by this use, and it sets nothing that may keep the threads to one.</summary>
    private static bool IsHarmless(IOperation use, BodyFacts body) => (use is not IMemberReferenceOperation { Member: var member } || (member.DeclaredAccessibility == Accessibility.Private && body.Type?.IsNamedByNestedTypes(member.Name) == false)) && use.Parent switch
    {
        IArgumentOperation { Parent: IInvocationOperation call } => KnownType.Is(call.TargetMethod.ContainingType, body.Model.Types.Parallel) || (body.Type is { } type && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, type.Type)),
        IPropertyReferenceOperation { Parent: ISimpleAssignmentOperation assignment } property when assignment.Target == property => IsWide(assignment),
        IPropertyReferenceOperation => true,
        ISimpleAssignmentOperation assignment => assignment.Target == use,
        _ => false,
    };

    private static bool IsWide(ISimpleAssignmentOperation assignment) => assignment.Target is IPropertyReferenceOperation { Property.Name: var name } && name switch
    {
        "CancellationToken" => true,
        "TaskScheduler" => assignment.Value is IPropertyReferenceOperation { Property.Name: "Default" },
        "MaxDegreeOfParallelism" => IsSeveral(assignment.Value),
        _ => false,
    };

    /// <summary>More than one, or no limit: a number, or as many as there are processors, or more.</summary>
    private static bool IsSeveral(IOperation number) => number switch
    {
        { ConstantValue: { HasValue: true, Value: var value } } => value is not 1,
        IPropertyReferenceOperation { Property.Name: "ProcessorCount" } => true,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply or BinaryOperatorKind.Add, LeftOperand: var left, RightOperand: var right } =>
            (IsSeveral(left) && right.ConstantValue is { HasValue: true, Value: > 0 }) || (IsSeveral(right) && left.ConstantValue is { HasValue: true, Value: > 0 }),
        _ => false,
    };
}

using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// What a thread's body does with its argument on the way in: from its first statement on, through calls of the file, up to the first thing that may go
/// another way or look at the argument. A cast or use that fails there fails in every run.
/// </summary>
internal sealed class ArgumentUse
{
    private readonly BodyFacts _body;
    private readonly ITypeSymbol? _passed;
    private readonly int _depth;

    /// <summary>The parameter, and the locals that hold what it was given.</summary>
    private readonly HashSet<ISymbol> _names = new(SymbolEqualityComparer.Default);
    private readonly IOperation _root;

    private ArgumentUse(IOperation root, ITypeSymbol? passed, BodyFacts body, int depth)
    {
        _root = root;
        _passed = passed;
        _body = body;
        _depth = depth;
    }

    /// <summary>The cast that cannot succeed, or the use that fails on null.</summary>
    private IOperation? Failure { get; set; }

    /// <summary>Where the body is certain to fail when it is given a value of type <paramref name="passed"/>, or null for none; null when nothing is certain.</summary>
    public static IOperation? FailureIn(ForkBody forked, ITypeSymbol? passed, BodyFacts body) => forked.Named switch
    {
        IAnonymousFunctionOperation { Symbol.Parameters: { Length: 1 } parameters } lambda => Follow(lambda.Body, parameters[0], passed, body, 0).Failure,
        IMethodReferenceOperation { Method: { IsExtensionMethod: false, Parameters.Length: 1 } method } when ForkWrites.SourceOf(method, body) is { } source =>
            Follow(source, ParameterOf(method, 0), passed, body, 0).Failure,
        _ => null,
    };

    private static (bool GoesOn, IOperation? Failure) Follow(IOperation function, IParameterSymbol parameter, ITypeSymbol? passed, BodyFacts body, int depth)
    {
        function = function is ILocalFunctionOperation { Body: { } block } ? block : function;
        var use = new ArgumentUse(function, passed, body, depth);
        use._names.Add(parameter);
        var isWritten = function.Descendants().Any(o => use.IsNamed(o) && StraightLine.IsTarget(o));
        return (!isWritten && use.Walk(function), use.Failure);
    }

    private static IParameterSymbol ParameterOf(IMethodSymbol method, int ordinal)
    {
        method = method.OriginalDefinition;
        return (method.PartialImplementationPart ?? method).Parameters[ordinal];
    }

    private bool IsNamed(IOperation operation) => operation switch
    {
        IParameterReferenceOperation parameter => _names.Contains(parameter.Parameter),
        ILocalReferenceOperation local => _names.Contains(local.Local),
        _ => false,
    };

    /// <summary>Whether control is certain to come out behind the operation, with nothing known of the argument that was not known before.</summary>
    private bool Walk(IOperation operation)
    {
        _body.Cancellation.ThrowIfCancellationRequested();
        if (IsNamed(operation))
        {
            return Use(operation);
        }

        switch (operation)
        {
            case IAnonymousFunctionOperation or ILocalFunctionOperation or INameOfOperation:
                return true;
            case IReturnOperation { IsImplicit: false } or IThrowOperation:
                return Children(operation) && false;
            case IBranchOperation or ILabeledOperation:
                return false;
            case IConditionalOperation choice:
                return Walk(choice.Condition) && MayBeSkipped(choice.WhenTrue) && MayBeSkipped(choice.WhenFalse);
            case ICoalesceOperation choice:
                return Walk(choice.Value) && MayBeSkipped(choice.WhenNull);
            case ICoalesceAssignmentOperation choice:
                return Walk(choice.Target) && MayBeSkipped(choice.Value);
            case IConditionalAccessOperation access:
                return Walk(access.Operation) && MayBeSkipped(access.WhenNotNull);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both:
                return Walk(both.LeftOperand) && MayBeSkipped(both.RightOperand);
            case ISwitchOperation choice:
                return Walk(choice.Value) && choice.Cases.All(MayBeSkipped);
            case ISwitchExpressionOperation choice:
                return Walk(choice.Value) && choice.Arms.All(MayBeSkipped);
            case IWhileLoopOperation { ConditionIsTop: false } loop:
                return Walk(loop.Body) && (loop.Condition is null || Walk(loop.Condition));
            case IWhileLoopOperation { Condition: { } condition } loop:
                return condition.ConstantValue is { HasValue: true, Value: true } ? Walk(loop.Body) && false : Walk(condition) && MayBeSkipped(loop.Body);
            case IForLoopOperation { Condition: null } loop:
                return loop.Before.All(Walk) && Walk(loop.Body) && false;
            case IForLoopOperation { Condition: { } condition } loop:
                return loop.Before.All(Walk) && Walk(condition) && MayBeSkipped(loop.Body) && loop.AtLoopBottom.All(MayBeSkipped);
            case IForEachLoopOperation loop:
                return Walk(loop.Collection) && MayBeSkipped(loop.Body);
            case ITryOperation attempt:
                return attempt.Catches.IsEmpty && Walk(attempt.Body) && (attempt.Finally is null || Walk(attempt.Finally));
            case IVariableDeclaratorOperation declarator:
                return Children(declarator) && Keep(declarator);
            case IInvocationOperation call:
                return Children(call) && !NoReturn.Is(call);
            default:
                return Children(operation);
        }
    }

    private bool Children(IOperation operation)
    {
        foreach (var child in operation.ChildOperations)
        {
            if (!Walk(child))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A branch that may run or not tells nothing, as long as it neither leaves nor looks at the argument.</summary>
    private bool MayBeSkipped(IOperation? branch) =>
        branch is null || !branch.DescendantsAndSelf().Any(o => o is IReturnOperation { IsImplicit: false } or IThrowOperation or IBranchOperation || IsNamed(o));

    /// <summary><c>var order = (Order)o;</c> gives the argument one more name.</summary>
    private bool Keep(IVariableDeclaratorOperation declarator)
    {
        if (declarator.GetVariableInitializer()?.Value is { Type.IsReferenceType: true } value && IsNamed(Conversions.WithoutBuiltIn(value)!))
        {
            if (Locals.OnlyValue(declarator.Symbol, _root) is null)
            {
                return false;
            }

            _names.Add(declarator.Symbol);
        }

        return true;
    }

    /// <summary>One mention of the argument: a cast that fails, a use that fails on null, or one that goes on whatever it is.</summary>
    private bool Use(IOperation mention)
    {
        var value = mention;
        while (value.Parent is IConversionOperation { OperatorMethod: null } conversion)
        {
            if (!Converts(conversion))
            {
                return false;
            }

            if (conversion.Type!.IsValueType)
            {
                // Unboxed: what follows is another value.
                return true;
            }

            value = conversion;
        }

        if (_passed is null && FailsOnNull(value))
        {
            Failure = value;
            return false;
        }

        return value.Parent switch
        {
            IVariableInitializerOperation or IInterpolationOperation => true,
            ISimpleAssignmentOperation assignment => assignment.Value == value,
            IArgumentOperation { ArgumentKind: ArgumentKind.Explicit, Parameter: { RefKind: RefKind.None } parameter, Parent: IInvocationOperation call } =>
                PlainCalls.Tells(call.TargetMethod, _body.Model.Types) || Into(call, parameter),
            IMemberReferenceOperation or IInvocationOperation or IForEachLoopOperation or ILockOperation => _passed is not null,
            _ => false,
        };
    }

    private bool Converts(IConversionOperation conversion)
    {
        var type = conversion.Type;
        var isKnown = type is { TypeKind: not (TypeKind.Dynamic or TypeKind.TypeParameter or TypeKind.Error) } && (_passed is null || !conversion.IsTryCast);
        if (isKnown && (_passed is null ? type!.IsValueType && type.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T : !Fits(_passed, type!)))
        {
            Failure = conversion;
            return false;
        }

        return isKnown && (_passed is not null || type!.IsReferenceType);
    }

    /// <summary>Whether an object of the one static type may be of the other when the program runs.</summary>
    private bool Fits(ITypeSymbol passed, ITypeSymbol wanted)
    {
        var (from, to) = (WithoutNullable(passed), WithoutNullable(wanted));
        if (from.TypeKind is TypeKind.Dynamic or TypeKind.TypeParameter or TypeKind.Error || IsForeign(from) || IsForeign(to))
        {
            return true;
        }

        if (!SymbolEqualityComparer.Default.Equals(from, passed) && !(to.IsValueType && SymbolEqualityComparer.Default.Equals(to, wanted)))
        {
            // A null, which everything takes that has one.
            return true;
        }

        var conversion = _body.Model.Compilation.ClassifyConversion(from, to);
        return conversion.IsIdentity || conversion.IsReference || conversion.IsBoxing || conversion.IsUnboxing || SymbolEqualityComparer.Default.Equals(Underlying(from), Underlying(to)) ||
               (from is IArrayTypeSymbol { ElementType.IsValueType: true } && to is IArrayTypeSymbol { ElementType.IsValueType: true });
    }

    private static ITypeSymbol WithoutNullable(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;

    /// <summary>An enum and its number can be unboxed as each other.</summary>
    private static ITypeSymbol Underlying(ITypeSymbol type) => (type as INamedTypeSymbol)?.EnumUnderlyingType ?? type;

    /// <summary>Objects that answer a cast by themselves.</summary>
    private static bool IsForeign(ITypeSymbol type) =>
        type is INamedTypeSymbol { IsComImport: true } || type.AllInterfaces.Any(static i => i.Name == "IDynamicInterfaceCastable");

    private static bool FailsOnNull(IOperation value) => value.Parent switch
    {
        IInvocationOperation call => call.Instance == value,
        IMemberReferenceOperation member => member.Instance == value && member is not IMethodReferenceOperation,
        IArrayElementReferenceOperation element => element.ArrayReference == value,
        IForEachLoopOperation loop => loop.Collection == value,
        ILockOperation locked => locked.LockedValue == value,
        _ => false,
    };

    private bool Into(IInvocationOperation call, IParameterSymbol parameter)
    {
        if (_depth >= Limits.CallDepth || ForkWrites.SourceOf(call.TargetMethod, _body) is not { } source)
        {
            return false;
        }

        var (goesOn, failure) = Follow(source, ParameterOf(call.TargetMethod, parameter.Ordinal), _passed, _body, _depth + 1);
        Failure = failure;
        return goesOn;
    }
}

using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Places;

/// <summary>A condition as a fact or its negation.</summary>
internal readonly record struct Literal(int Fact, bool IsNegated);

/// <summary>
/// The conditions of one body that are worth remembering: two tests that read the same are one fact, so that <c>if (taken) Enter</c> and a
/// later <c>if (taken) Exit</c> go together. Comparisons with constants of one variable exclude each other (<c>switch</c>).
/// Assumes that what is tested twice with nothing assigned in between gives the same answer, calls included: an assumption that silences
/// reports and never makes one.
/// </summary>
internal sealed class ConditionTable(PlaceResolver places)
{
    private readonly PlaceResolver _places = places;
    private readonly Dictionary<string, int> _facts = [];
    private readonly List<Fact> _list = [];
    private readonly Dictionary<IOperation, Literal?> _found = [];
    private readonly Dictionary<ISymbol, int> _symbolIds = new(SymbolEqualityComparer.Default);

    private sealed record Fact(ImmutableArray<string> Variables, string? Itself, string? Subject, object? Constant);

    public int Count => _list.Count;

    /// <summary>A condition found no place. A flag that guards a release may be the one that is missing, so nothing may be judged by the rest.</summary>
    public bool HasOverflowed { get; private set; }

    /// <summary>Takes note of a condition before the flow begins.</summary>
    public void Register(IOperation condition)
    {
        if (Normalize(condition) is not ({ } core, _))
        {
            return;
        }

        var text = new StringBuilder();
        var variables = ImmutableArray.CreateBuilder<string>();
        if (!Write(core, text, variables) || variables.Count == 0 || _facts.ContainsKey(text.ToString()))
        {
            return;
        }

        if (_list.Count >= Limits.FactsPerBody)
        {
            HasOverflowed = true;
            return;
        }

        var (subject, constant) = Comparison(core);
        var subjectText = subject is null ? null : TextOf(subject);
        _facts.Add(text.ToString(), _list.Count);
        _list.Add(new Fact(variables.ToImmutable(), VariableOf(core) is null ? null : text.ToString(), subjectText, constant));
    }

    /// <summary>The fact that <paramref name="condition"/> reads as, or null. Asked for each operation on each path, so it is read once, and only when there are facts.</summary>
    public Literal? Find(IOperation condition)
    {
        if (_list.Count == 0)
        {
            return null;
        }

        if (!_found.TryGetValue(condition, out var literal))
        {
            _found.Add(condition, literal = Read(condition));
        }

        return literal;
    }

    private Literal? Read(IOperation condition)
    {
        if (Normalize(condition) is not ({ } core, var isNegated))
        {
            return null;
        }

        var text = new StringBuilder();
        return Write(core, text, ImmutableArray.CreateBuilder<string>()) && _facts.TryGetValue(text.ToString(), out var fact)
            ? new Literal(fact, isNegated)
            : null;
    }

    /// <summary>What a variable, field, property or method is called in the table.</summary>
    public string KeyOf(ISymbol symbol)
    {
        if (!_symbolIds.TryGetValue(symbol, out var id))
        {
            _symbolIds.Add(symbol, id = _symbolIds.Count);
        }

        return "$" + id.ToString(CultureInfo.InvariantCulture) + ";";
    }

    /// <summary>What a value that the control-flow graph keeps between blocks is called in the table.</summary>
    public static string KeyOf(CaptureId capture) => "capture" + capture.GetHashCode().ToString(CultureInfo.InvariantCulture) + ";";

    /// <summary>The facts that say something about <paramref name="variable"/>: assigning it changes them.</summary>
    public IEnumerable<int> FactsAbout(string variable)
    {
        for (var i = 0; i < _list.Count; i++)
        {
            if (_list[i].Variables.Contains(variable))
            {
                yield return i;
            }
        }
    }

    /// <summary>Whether the fact is the boolean variable that reads as <paramref name="text"/>, itself.</summary>
    public bool IsVariable(int fact, string text) => _list[fact].Itself == text;

    /// <summary>The constant that the fact compares the variable that reads as <paramref name="text"/> with; false when it says something else.</summary>
    public bool IsComparison(int fact, string text, out object? constant)
    {
        constant = _list[fact].Constant;
        return _list[fact].Subject == text;
    }

    /// <summary>Facts that are false once <paramref name="fact"/> is true: the same variable against another constant.</summary>
    public IEnumerable<int> ExcludedBy(int fact)
    {
        if (_list[fact].Subject is not { } subject)
        {
            yield break;
        }

        for (var i = 0; i < _list.Count; i++)
        {
            if (i != fact && _list[i].Subject == subject && !Equals(_list[i].Constant, _list[fact].Constant))
            {
                yield return i;
            }
        }
    }

    /// <summary>Strips negations, <c>== true</c>, <c>is false</c> and conversions, so that a condition and its opposite are one fact.</summary>
    public static (IOperation? Core, bool IsNegated) Normalize(IOperation? condition)
    {
        var isNegated = false;
        while (true)
        {
            switch (condition)
            {
                case IParenthesizedOperation parenthesized:
                    condition = parenthesized.Operand;
                    break;
                case IConversionOperation { OperatorMethod: null } conversion:
                    condition = conversion.Operand;
                    break;
                case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, OperatorMethod: null } not:
                    isNegated = !isNegated;
                    condition = not.Operand;
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } binary
                    when BooleanOf(binary.RightOperand) is { } right:
                    isNegated ^= right == (binary.OperatorKind == BinaryOperatorKind.NotEquals);
                    condition = binary.LeftOperand;
                    break;
                case IIsPatternOperation { Pattern: IConstantPatternOperation pattern } isPattern when BooleanOf(pattern.Value) is { } constant:
                    isNegated ^= !constant;
                    condition = isPattern.Value;
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals }:
                case IIsPatternOperation { Pattern: INegatedPatternOperation }:
                    return (condition, !isNegated);
                default:
                    return (condition, isNegated);
            }
        }
    }

    private static bool? BooleanOf(IOperation operation) => operation.ConstantValue is { HasValue: true, Value: bool value } ? value : null;

    /// <summary>What the operation reads as, or null when it has no text.</summary>
    public string? TextOf(IOperation operation)
    {
        var text = new StringBuilder();
        return Write(operation, text, ImmutableArray.CreateBuilder<string>()) ? text.ToString() : null;
    }

    /// <summary>The name of the variable that <paramref name="operation"/> reads or writes, or null when it is not a plain variable.</summary>
    public string? VariableOf(IOperation? operation) => operation switch
    {
        ILocalReferenceOperation local => KeyOf(local.Local),
        IParameterReferenceOperation parameter => KeyOf(parameter.Parameter),
        IFieldReferenceOperation field => KeyOf(field.Field),
        IPropertyReferenceOperation property => KeyOf(property.Property),
        IFlowCaptureReferenceOperation capture => KeyOf(capture.Id),
        _ => null,
    };

    private static (IOperation? Subject, object? Constant) Comparison(IOperation core) => core switch
    {
        IIsNullOperation isNull => (isNull.Operand, null),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals, RightOperand.ConstantValue: { HasValue: true, Value: var value } } binary
            => (Conversions.WithoutBuiltIn(binary.LeftOperand), value),
        IIsPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: var value } } } pattern => (Conversions.WithoutBuiltIn(pattern.Value), value),
        IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: var value } } } } pattern
            => (Conversions.WithoutBuiltIn(pattern.Value), value),
        _ => (null, null),
    };

    /// <summary>Writes what the operation reads as, equal texts for equal readings; false for what has no text.</summary>
    private bool Write(IOperation operation, StringBuilder text, ImmutableArray<string>.Builder variables)
    {
        if (operation.ConstantValue is { HasValue: true, Value: var constant })
        {
            text.Append('#').Append(Convert(constant));
            return true;
        }

        switch (operation)
        {
            case ILocalReferenceOperation local:
                return Symbol(local.Local);
            case IParameterReferenceOperation parameter:
                return Symbol(parameter.Parameter);
            case IInstanceReferenceOperation:
                text.Append("this");
                return true;
            case IFlowCaptureReferenceOperation capture:
                return _places.CapturedVariable(capture) is { } variable ? Write(variable, text, variables) : Variable(KeyOf(capture.Id));
            case IFieldReferenceOperation field:
                return (field.Instance is null || (Write(field.Instance, text, variables) && Dot())) && Symbol(field.Field);
            case IPropertyReferenceOperation property:
                return (property.Instance is null || (Write(property.Instance, text, variables) && Dot())) && Symbol(property.Property) && All(property.Arguments);
            case IInvocationOperation call:
                return (call.Instance is null || (Write(call.Instance, text, variables) && Dot())) && Symbol(call.TargetMethod) && All(call.Arguments);
            case IArgumentOperation argument:
                return argument.Parameter?.RefKind is null or RefKind.None or RefKind.In && Write(argument.Value, text, variables);
            case IConversionOperation { OperatorMethod: null } conversion:
                return Write(conversion.Operand, text, variables);
            case IParenthesizedOperation parenthesized:
                return Write(parenthesized.Operand, text, variables);
            case IAwaitOperation wait:
                return Write(wait.Operation, text, variables);
            case IIsNullOperation isNull:
                return Write(isNull.Operand, text, variables) && Append("==#null");
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } equals:
                return Write(equals.LeftOperand, text, variables) && Append("==") && Write(equals.RightOperand, text, variables);
            case IBinaryOperation binary:
                return Write(binary.LeftOperand, text, variables) && Append(binary.OperatorKind.ToString()) && Write(binary.RightOperand, text, variables);
            case IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation negated } } pattern:
                return Write(pattern.Value, text, variables) && Append("==") && Write(negated.Value, text, variables);
            case IIsPatternOperation { Pattern: IConstantPatternOperation equal } pattern:
                return Write(pattern.Value, text, variables) && Append("==") && Write(equal.Value, text, variables);
            case IIsTypeOperation isType:
                return Write(isType.ValueOperand, text, variables) && Append(" is " + isType.TypeOperand.ToDisplayString());
            default:
                return false;
        }

        bool Symbol(ISymbol symbol) => Variable(KeyOf(symbol));

        bool Variable(string key)
        {
            variables.Add(key);
            return Append(key);
        }

        bool All(ImmutableArray<IArgumentOperation> arguments) =>
            Append("(") && arguments.All(argument => Write(argument, text, variables) && Append(",")) && Append(")");

        bool Dot() => Append(".");

        bool Append(string more)
        {
            text.Append(more);
            return true;
        }
    }

    private static string Convert(object? constant) => constant switch
    {
        null => "null",
        System.IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => constant.ToString() ?? "",
    };
}

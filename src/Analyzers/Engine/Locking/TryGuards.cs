using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>
/// The private fields of a type that are flags by which one thread keeps the others out: <c>Interlocked.Exchange(ref _busy, 1) == 0</c> takes the flag, setting it to zero gives it back.
/// A field is one only when all that happens to it in the type is seen: it is zero when it is made, knows one other value, every test for success reads as such, and each function
/// that sets it also resets it. A flag that is never reset says that something was done once; one that another function resets is handed over; neither is among them.
/// </summary>
internal sealed class TryGuards
{
    private readonly Dictionary<SyntaxNode, (LockAction Action, AccessPath Path)> _uses = [];
    private readonly TypeFacts _type;

    private TryGuards(TypeFacts type)
    {
        _type = type;
        foreach (var body in type.Bodies())
        {
            foreach (var call in body.AtomicCalls)
            {
                if (call.Arguments.FirstOrDefault()?.Value is IFieldReferenceOperation { Field: { DeclaredAccessibility: Accessibility.Private } field } && !_uses.ContainsKey(call.Syntax) &&
                    SymbolEqualityComparer.Default.Equals(field.ContainingType, type.Type))
                {
                    Read(field, body.Model);
                }
            }
        }
    }

    /// <summary>What a use of a flag does.</summary>
    private enum Role
    {
        Look,
        Take,
        Reset,
    }

    /// <summary>What the call or assignment does to a flag, or null.</summary>
    public static (LockAction Action, AccessPath Path)? At(SyntaxNode use, BodyFacts body) =>
        !body.AtomicCalls.IsEmpty && body.Type is { } type && type.Once(static type => new TryGuards(type))._uses.TryGetValue(use, out var meaning) ? meaning : null;

    /// <summary>The exchange whose result the condition compares with a constant, and whether the condition is true when the flag was free.</summary>
    public static (IInvocationOperation Exchange, bool IsTaken)? Asked(IOperation condition)
    {
        var (value, constant, isNegated) = condition switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals, OperatorMethod: null } binary => (binary.LeftOperand, binary.RightOperand, binary.OperatorKind == BinaryOperatorKind.NotEquals),
            IIsPatternOperation { Pattern: IConstantPatternOperation pattern } test => (test.Value, pattern.Value, false),
            IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation pattern } } test => (test.Value, pattern.Value, true),
            _ => default,
        };
        return Conversions.WithoutBuiltIn(value) is IInvocationOperation { TargetMethod.Name: "Exchange" or "CompareExchange" } call && constant is { ConstantValue: { HasValue: true, Value: var known } }
            ? (call, IsZero(known) != isNegated)
            : null;
    }

    private static bool IsZero(object? value) => value is 0 or 0L or false;

    private void Read(IFieldSymbol field, Model model)
    {
        var uses = new List<(Role Role, FieldWrite Write, IOperation Operation, object? Value)>();
        foreach (var write in _type.WritesOf(field))
        {
            if (write.Kind == FieldWriteKind.Initializer ? !IsZero(write.Value?.ConstantValue.Value) : !write.IsOwn || RoleOf(write, model.Types) is not { } role || !Note(role))
            {
                return;
            }

            bool Note((Role Role, IOperation Operation, object? Value) role)
            {
                if (!write.IsAtConstruction || role.Role != Role.Reset)
                {
                    uses.Add((role.Role, write, role.Operation, role.Value));
                }

                return true;
            }
        }

        var functions = uses.Where(static use => use.Role != Role.Look).GroupBy(static use => (use.Write.Owner, use.Operation.FunctionAround()), FunctionComparer.Instance).ToList();
        if (functions.Count == 0 || functions.Any(static f => f.Select(static use => use.Role).Distinct().Count() != 2) || uses.Where(static use => use.Role == Role.Take).Select(static use => use.Value).Distinct().Count() != 1 ||
            _type.IsNamedByNestedTypes(field.Name) || _type.IsNamedInDisabledCode(field.Name) || IsLookedAt(field, functions.Select(static f => f.Key.Owner).ToList(), uses.Where(static use => use.Role == Role.Look).Select(static use => use.Write.Owner)))
        {
            return;
        }

        var first = (IInvocationOperation)uses.First(static use => use.Role == Role.Take).Operation;
        foreach (var use in uses.Where(static use => use.Role != Role.Look))
        {
            if (VariablePath.Of(use.Write.Place) is { } path)
            {
                _uses[use.Operation.Syntax] = (new LockAction(LockKind.Flag, LockMode.Exclusive, use.Role == Role.Take ? LockVerb.TryAcquire : LockVerb.Release, use.Operation as IInvocationOperation ?? first, use.Write.Place), path);
            }
        }
    }

    /// <summary>A function that sets the flag also asks for it in another way: then its conditions go with the flag in a way that is not followed.</summary>
    private bool IsLookedAt(IFieldSymbol field, IReadOnlyCollection<ISymbol> owners, IEnumerable<ISymbol> looking) => looking.Any(owner => owners.Contains(owner, SymbolEqualityComparer.Default)) ||
        _type.Bodies().Where(body => owners.Contains(body.Owner, SymbolEqualityComparer.Default)).SelectMany(static body => body.Root.Descendants())
            .Any(o => o is IFieldReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Field.OriginalDefinition, field.OriginalDefinition) && FieldWrite.Of(reference, field) is null);

    private static (Role Role, IOperation Operation, object? Value)? RoleOf(FieldWrite write, WellKnownTypes types)
    {
        if (write.Place.Parent is ISimpleAssignmentOperation { Parent: IExpressionStatementOperation } assignment && assignment.Target == write.Place)
        {
            return assignment.Value.ConstantValue is { HasValue: true, Value: var assigned } && IsZero(assigned) ? (Role.Reset, assignment, null) : null;
        }

        if (write.Place.Parent is not IArgumentOperation { Parent: IInvocationOperation call } argument || argument.Parameter?.Ordinal != 0)
        {
            return null;
        }

        var value = ConstantAt(call, 1);
        var isDropped = call.Parent is IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation };
        return AtomicModels.KindOf(call.TargetMethod, types) switch
        {
            AtomicKind.Read => (Role.Look, call, null),
            AtomicKind.Exchange when value is not null => IsZero(value) ? isDropped ? (Role.Reset, call, null) : null : Take(),
            AtomicKind.CompareExchange when value is not null && ConstantAt(call, 2) is { } expected =>
                IsZero(value) ? isDropped && !IsZero(expected) ? (Role.Reset, call, null) : null : IsZero(expected) ? Take() : null,
            AtomicKind.Other when call.TargetMethod.Name == "Write" && KnownType.Is(call.TargetMethod.ContainingType, types.Volatile) && value is not null && IsZero(value) => (Role.Reset, call, null),
            _ => null,
        };

        // A number that is kept, or compared with something else, is not followed; a boolean is a fact as any other.
        (Role, IOperation, object?)? Take() => !isDropped && (call.Type?.SpecialType == SpecialType.System_Boolean || IsAsked(call, value)) ? (Role.Take, call, value) : null;
    }

    private static bool IsAsked(IInvocationOperation call, object? taken)
    {
        IOperation asked = call;
        while (asked.Parent is IConversionOperation { OperatorMethod: null } or IParenthesizedOperation)
        {
            asked = asked.Parent;
        }

        return asked.Parent is { } condition && Asked(condition) is (var exchange, _) && exchange == call &&
            condition.DescendantsAndSelf().Where(o => o.ConstantValue.HasValue && !call.Syntax.Span.Contains(o.Syntax.Span)).All(o => IsZero(o.ConstantValue.Value) || Equals(o.ConstantValue.Value, taken));
    }

    private static object? ConstantAt(IInvocationOperation call, int ordinal) =>
        call.Arguments.FirstOrDefault(a => a.Parameter?.Ordinal == ordinal)?.Value.ConstantValue is { HasValue: true, Value: var value } ? value : null;

    private sealed class FunctionComparer : IEqualityComparer<(ISymbol Owner, IMethodSymbol? Function)>
    {
        public static FunctionComparer Instance { get; } = new();

        public bool Equals((ISymbol Owner, IMethodSymbol? Function) x, (ISymbol Owner, IMethodSymbol? Function) y) =>
            SymbolEqualityComparer.Default.Equals(x.Owner, y.Owner) && SymbolEqualityComparer.Default.Equals(x.Function, y.Function);

        public int GetHashCode((ISymbol Owner, IMethodSymbol? Function) key) => (SymbolEqualityComparer.Default.GetHashCode(key.Owner) * 31) + SymbolEqualityComparer.Default.GetHashCode(key.Function);
    }
}

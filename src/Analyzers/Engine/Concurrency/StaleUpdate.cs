using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// An update made of an earlier read: <c>var old = f;</c>, only declarations in between, then an exchange that stores something computed from
/// <c>old</c>, linked to it or better than it, if <c>f</c> still is <c>old</c>. Unless the exchange is tested, the update is gone when another thread came first.
/// </summary>
internal static class StaleUpdate
{
    /// <summary>
    /// The declaration of the local that holds the earlier read, when the exchange is not conditional on it and no loop tries again;
    /// null otherwise: losing may then be fine, because another thread did the work.
    /// </summary>
    public static IVariableDeclaratorOperation? Of(IOperation statement, AccessPath place, IOperation comparand, IOperation stored, WellKnownTypes types)
    {
        if (comparand is not ILocalReferenceOperation { Local: var old })
        {
            return null;
        }

        if (RecordTest(statement, stored, old) is { } test)
        {
            return IsConditional(test, place, types) ? null : ReadInto(old, test, null, place, types);
        }

        var siblings = StraightLine.Siblings(statement);
        return !IsConditional(statement, place, types) && (IsMadeOf(stored, old, place, siblings, types) || IsLinkedTo(stored, old, siblings)) ? ReadInto(old, statement, stored, place, types) : null;
    }

    /// <summary>The declaration of <paramref name="old"/> that reads the variable, with nothing but declarations, and links of <paramref name="stored"/>, between it and <paramref name="statement"/>.</summary>
    private static IVariableDeclaratorOperation? ReadInto(ILocalSymbol old, IOperation statement, IOperation? stored, AccessPath place, WellKnownTypes types)
    {
        var siblings = StraightLine.Siblings(statement);
        for (var i = siblings.IndexOf(statement) - 1; i >= 0 && (siblings[i] is IVariableDeclarationGroupOperation || (stored is not null && LinkOf(siblings[i], stored) is not null)); i--)
        {
            foreach (var operation in siblings[i].DescendantsAndSelf())
            {
                if (operation is IAwaitOperation or ILocalReferenceOperation && StraightLine.IsTarget(operation))
                {
                    return null;
                }

                if (operation is IVariableDeclaratorOperation { Initializer.Value: { } value } declarator && Same(declarator.Symbol, old))
                {
                    return StraightLine.IsRead(Unwrapped(value), place, types) ? declarator : null;
                }
            }
        }

        return null;
    }

    /// <summary>The <c>if</c> that does nothing but the exchange, where the new value beats the old one: <c>if (n &gt; max)</c>. That another thread came first says nothing of whose value is the better.</summary>
    private static IOperation? RecordTest(IOperation statement, IOperation stored, ILocalSymbol old)
    {
        var only = statement.Parent is IBlockOperation { Operations.Length: 1 } block ? block : statement;
        return only.Parent is IConditionalOperation { WhenFalse: null, Condition: IBinaryOperation
            {
                OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual,
            } compared } choice && choice.WhenTrue == only &&
            ((IsOld(compared.LeftOperand) && IsSame(compared.RightOperand, stored)) || (IsOld(compared.RightOperand) && IsSame(compared.LeftOperand, stored))) ? choice : null;

        bool IsOld(IOperation operation) => Unwrapped(operation) is ILocalReferenceOperation { Local: var local } && Same(local, old);
    }

    /// <summary>Whether the stored object leads on to the old one: <c>node.Next = head</c>, <c>new Node(item, head)</c>. If it does not get in, what it brings is lost.</summary>
    private static bool IsLinkedTo(IOperation stored, ILocalSymbol old, ImmutableArray<IOperation> siblings)
    {
        if (siblings.Any(s => LinkOf(s, stored) is { } end && Same(end, old)))
        {
            return true;
        }

        stored = Unwrapped(stored);
        var made = stored is ILocalReferenceOperation { Local: var local }
            ? siblings.OfType<IVariableDeclarationGroupOperation>().SelectMany(static g => g.Declarations).SelectMany(static d => d.Declarators).FirstOrDefault(d => Same(d.Symbol, local))?.Initializer?.Value
            : stored;
        return made is not null && Unwrapped(made) is IObjectCreationOperation creation && SymbolEqualityComparer.Default.Equals(creation.Type, old.Type) &&
            creation.Arguments.Any(a => Unwrapped(a.Value) is ILocalReferenceOperation given && Same(given.Local, old)) && creation.Arguments.Any(static a => Unwrapped(a.Value) is IParameterReferenceOperation);
    }

    /// <summary>The local that the statement makes the object lead on to.</summary>
    private static ILocalSymbol? LinkOf(IOperation statement, IOperation stored) => statement is IExpressionStatementOperation
    {
        Operation: ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Instance: { } node }, Value: ILocalReferenceOperation { Local: var end } },
    } && IsSame(node, stored) && SymbolEqualityComparer.Default.Equals(node.Type, end.Type) ? end : null;

    /// <summary>Whether both name one local or parameter.</summary>
    private static bool IsSame(IOperation one, IOperation other) => (Unwrapped(one), Unwrapped(other)) switch
    {
        (ILocalReferenceOperation a, ILocalReferenceOperation b) => Same(a.Local, b.Local),
        (IParameterReferenceOperation a, IParameterReferenceOperation b) => Same(a.Parameter, b.Parameter),
        _ => false,
    };

    /// <summary>Whether <paramref name="value"/> is computed from a read of the variable, or from <paramref name="old"/>, which holds one.</summary>
    public static bool IsMadeOf(
        IOperation value, ILocalSymbol? old, AccessPath place, ImmutableArray<IOperation> declarations, WellKnownTypes types)
    {
        value = Unwrapped(value);
        if (value is ILocalReferenceOperation { Local: var next } && !Same(next, old))
        {
            var declarator = declarations.OfType<IVariableDeclarationGroupOperation>().SelectMany(static g => g.Declarations)
                .SelectMany(static d => d.Declarators).FirstOrDefault(d => Same(d.Symbol, next));
            return declarator?.Initializer?.Value is { } initial && Unwrapped(initial) is not ILocalReferenceOperation &&
                   IsMadeOf(initial, old, place, declarations, types);
        }

        return value switch
        {
            IBinaryOperation or IUnaryOperation or IWithOperation or IConditionalOperation => true,
            IInvocationOperation call => PlainCalls.Computes(call.TargetMethod, types),
            _ => false,
        } && value.Descendants().Any(o => (o is ILocalReferenceOperation { Local: var local } && Same(local, old)) || StraightLine.IsRead(o, place, types));
    }

    /// <summary>The operation below conversions and parentheses.</summary>
    public static IOperation Unwrapped(IOperation operation)
    {
        while (operation is IConversionOperation or IParenthesizedOperation)
        {
            operation = operation.ChildOperations.First();
        }

        return operation;
    }

    /// <summary>
    /// A loop around the exchange that some test can leave, so that it may read again and try again; or an <c>if</c> over the variable, around it or
    /// earlier in its block, so that it may only help another thread to do the same.
    /// </summary>
    private static bool IsConditional(IOperation statement, AccessPath place, WellKnownTypes types)
    {
        foreach (var sibling in StraightLine.Siblings(statement))
        {
            if (sibling == statement)
            {
                break;
            }

            if (sibling is IConditionalOperation { Condition: var condition } && Reads(condition))
            {
                return true;
            }
        }

        for (var up = statement.Parent; up is not null and not IAnonymousFunctionOperation and not ILocalFunctionOperation; up = up.Parent)
        {
            if (up switch
            {
                IConditionalOperation choice => Reads(choice.Condition),
                IWhileLoopOperation { Condition.ConstantValue.HasValue: false } => true,
                ILoopOperation loop => (loop is IForLoopOperation { Condition: { } condition } && Reads(condition)) ||
                                       loop.Body.DescendantsAndSelf().Any(static o => o is IBranchOperation or IReturnOperation or IThrowOperation),
                _ => false,
            })
            {
                return true;
            }
        }

        return false;

        bool Reads(IOperation condition) => condition.DescendantsAndSelf().Any(o => StraightLine.IsRead(o, place, types));
    }

    private static bool Same(ISymbol? a, ISymbol? b) => a is not null && SymbolEqualityComparer.Default.Equals(a, b);
}

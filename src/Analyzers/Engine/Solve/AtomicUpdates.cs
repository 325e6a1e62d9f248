using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>Whether an update can be one call of <c>Interlocked</c>: a count up or down, or a sum, of a variable that can be given by reference.</summary>
internal static class AtomicUpdates
{
    public static bool Is(Access access, Model model) => Is(access.At, model);

    /// <param name="at">The variable where it is updated.</param>
    /// <param name="model">The model.</param>
    public static bool Is(IOperation at, Model model)
    {
        if (at is not (ILocalReferenceOperation or IParameterReferenceOperation or IArrayElementReferenceOperation or IFieldReferenceOperation) || at.Type is not { } type)
        {
            return false;
        }

        return at.Parent switch
        {
            IIncrementOrDecrementOperation { OperatorMethod: null, IsLifted: false, IsChecked: false } => Has("Increment", type, model),
            ICompoundAssignmentOperation { OperatorMethod: null, IsLifted: false, IsChecked: false, OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract } sum =>
                (sum.OperatorKind == BinaryOperatorKind.Add || type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64) && Has("Add", type, model) &&
                SymbolEqualityComparer.Default.Equals(sum.Value.Type, type) && !sum.Value.DescendantsAndSelf().Any(static o => o is IAwaitOperation),

            // The call gives the value before, and the assignment the one after: only where nobody asks.
            ICompoundAssignmentOperation { OperatorMethod: null, IsLifted: false, OperatorKind: BinaryOperatorKind.Or or BinaryOperatorKind.And, Parent: IExpressionStatementOperation } bits =>
                Has(bits.OperatorKind == BinaryOperatorKind.Or ? "Or" : "And", type, model) && SymbolEqualityComparer.Default.Equals(bits.Value.Type, type) && !bits.Value.DescendantsAndSelf().Any(static o => o is IAwaitOperation),
            _ => false,
        };
    }

    /// <summary>Whether the target framework has the overload for the type.</summary>
    private static bool Has(string name, ITypeSymbol type, Model model) => model.Types.Interlocked?.GetMembers(name).OfType<IMethodSymbol>()
        .Any(m => m.Parameters.Length > 0 && m.Parameters[0].RefKind == RefKind.Ref && SymbolEqualityComparer.Default.Equals(m.Parameters[0].Type, type)) == true;
}

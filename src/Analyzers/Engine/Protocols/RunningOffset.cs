using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Protocols;

/// <summary>
/// An offset that a local counts up by constants while values are written one behind the other (<c>at += 4</c>). Known where each change of the local is a statement of the block that declares it, and so comes once and in the order of the code.
/// </summary>
internal static class RunningOffset
{
    /// <summary>What the local is where it is read; null for anything else.</summary>
    public static long? At(IOperation position)
    {
        if (Conversions.WithoutBuiltIn(position) is not ILocalReferenceOperation { Local: var local } read || read.AncestorsAndSelf().OfType<IBlockOperation>().FirstOrDefault(b => b.Locals.Contains(local, SymbolEqualityComparer.Default)) is not { } block ||
            StatementOf(read, block) is not { } at)
        {
            return null;
        }

        long? offset = null;
        foreach (var statement in block.Operations)
        {
            if (statement == at)
            {
                // What the statement itself does to the local may come before the read or behind it.
                return Names(statement, local) == 1 ? offset : null;
            }

            switch (statement)
            {
                case IVariableDeclarationGroupOperation group when group.Descendants().OfType<IVariableDeclaratorOperation>().FirstOrDefault(d => SymbolEqualityComparer.Default.Equals(d.Symbol, local)) is { } declared:
                    offset = MappedAccess.Constant(declared.GetVariableInitializer()?.Value);
                    break;
                case IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Target: ILocalReferenceOperation target, Value: var value } } when SymbolEqualityComparer.Default.Equals(target.Local, local):
                    offset = MappedAccess.Constant(value);
                    break;
                case IExpressionStatementOperation { Operation: ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add, Target: ILocalReferenceOperation target, Value: var value } } when SymbolEqualityComparer.Default.Equals(target.Local, local):
                    offset += MappedAccess.Constant(value);
                    break;
                default:
                    // It is read there, or given another value in a way that is not followed.
                    if (statement.Descendants().Any(o => o is ILocalReferenceOperation use && SymbolEqualityComparer.Default.Equals(use.Local, local) && (StraightLine.IsTarget(use) || use.FunctionAround() is { } function && !SymbolEqualityComparer.Default.Equals(function, read.FunctionAround()))))
                    {
                        return null;
                    }

                    break;
            }
        }

        return null;
    }

    /// <summary>The statement of the block around the read, where no loop or lambda stands between the two.</summary>
    private static IOperation? StatementOf(IOperation read, IBlockOperation block)
    {
        for (var (at, up) = ((IOperation)read, read.Parent); up is not null; (at, up) = (up, up.Parent))
        {
            if (up == block)
            {
                return block.Operations.Any(static o => o is ILabeledOperation) ? null : at;
            }

            if (up is ILoopOperation or IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return null;
            }
        }

        return null;
    }

    private static int Names(IOperation statement, ILocalSymbol local) => statement.Descendants().Count(o => o is ILocalReferenceOperation use && SymbolEqualityComparer.Default.Equals(use.Local, local));
}

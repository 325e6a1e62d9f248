using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>How a statement, or a block by its last one, ends.</summary>
internal static class WayOut
{
    /// <summary>Whether control does not come out behind the statement.</summary>
    public static bool Leaves(IOperation statement) => statement is IReturnOperation or IThrowOperation or IBranchOperation or IExpressionStatementOperation { Operation: IThrowOperation } ||
        (statement is IBlockOperation block && block.Operations.LastOrDefault() is { } last && Leaves(last));

    /// <summary>Whether the function ends there without an exception.</summary>
    public static bool Returns(IOperation statement) => statement is IReturnOperation || (statement is IBlockOperation block && block.Operations.LastOrDefault() is IReturnOperation);
}

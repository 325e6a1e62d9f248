using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Engine.Flow;

/// <summary>Everything that a block does, the value it ends in included, which the compiler's graph keeps apart.</summary>
internal static class BlockOperations
{
    public static IEnumerable<IOperation> DescendantOperations(this BasicBlock block)
    {
        var roots = block.BranchValue is { } value ? block.Operations.Add(value) : block.Operations;
        return roots.SelectMany(static root => root.DescendantsAndSelf());
    }
}

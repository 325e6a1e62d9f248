using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>A place where a variable's object is disposed of.</summary>
/// <param name="At">The <c>using</c> whose end does it, or the call.</param>
/// <param name="Variable">The local, parameter or field.</param>
internal sealed record Disposal(IOperation At, ISymbol Variable)
{
    /// <summary>What the end of a <c>using</c> disposes of, the last first.</summary>
    public static IEnumerable<Disposal> Of(IOperation scope, IOperation resources) => resources is IVariableDeclarationGroupOperation group
        ? group.Declarations.SelectMany(static d => d.Declarators).Reverse().Select(d => new Disposal(scope, d.Symbol))
        : NamedBy(resources) is { } variable ? [new Disposal(scope, variable)] : [];

    /// <summary>The local, parameter or field of this object that the operation reads.</summary>
    public static ISymbol? NamedBy(IOperation? operation) => operation is IParameterReferenceOperation parameter ? parameter.Parameter : HandleUses.VariableOf(operation);
}

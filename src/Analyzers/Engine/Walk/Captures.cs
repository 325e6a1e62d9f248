using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Engine.Walk;

/// <summary>What a local function has from around it; what it calls may have more, so another local function counts as variables.</summary>
/// <param name="This">The object at hand.</param>
/// <param name="Variables">Locals or parameters.</param>
internal readonly record struct Captures(bool This, bool Variables)
{
    public static Captures Of(ILocalFunctionOperation function) => new(
        function.Descendants().Any(static o => o is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }),
        function.Descendants().Any(operation => operation switch
        {
            IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } called } => !SymbolEqualityComparer.Default.Equals(called, function.Symbol),
            IMethodReferenceOperation { Method.MethodKind: MethodKind.LocalFunction } => true,
            _ => Locals.VariableOf(operation) is { } variable && !Locals.IsDeclaredIn(variable, function),
        }));
}

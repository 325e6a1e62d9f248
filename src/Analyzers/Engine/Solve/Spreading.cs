using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>
/// A helper of the type that runs what it is given on several threads at once: <c>OnThreads(() => …)</c>. The functions that the helper starts do nothing but call the delegate, again and again if
/// they like; whatever else they did could keep the threads apart. A helper that passes the delegate on to another one is not followed.
/// </summary>
internal static class Spreading
{
    public static bool RunsOnMany(IInvocationOperation call, IParameterSymbol given, TypeAccesses accesses)
    {
        if (ForkBodies.MayBeOverridden(call.TargetMethod) || accesses.FunctionOf(call.TargetMethod) is not { Role: FunctionRole.Member or FunctionRole.Local } helper || (helper.Body.ForkCalls.IsEmpty && helper.Body.HandleCalls.IsEmpty))
        {
            return false;
        }

        var parameter = call.TargetMethod.OriginalDefinition.Parameters[given.Ordinal];
        return helper.Root.Descendants().OfType<IParameterReferenceOperation>().All(use => !SymbolEqualityComparer.Default.Equals(use.Parameter, parameter) || !StraightLine.IsTarget(use)) &&
            ThreadSource.Direct(helper.Body, accesses).Any(source => source.IsMany && (source.In == helper || source.In is { Role: FunctionRole.Inline, Outer: { } around } && around == helper) && source.Functions.Any(f => OnlyCalls(f, parameter)));
    }

    private static bool OnlyCalls(CodeFunction function, IParameterSymbol parameter)
    {
        var calls = Operations.OfFunction(function.Root).OfType<IInvocationOperation>().ToList();
        return calls.Count > 0 && calls.All(call => Conversions.WithoutBuiltIn(call.Instance) is IParameterReferenceOperation { Parameter: var called } && SymbolEqualityComparer.Default.Equals(called, parameter)) &&
            Operations.OfFunction(function.Root).All(static o => o is not (ILockOperation or IUsingOperation or IUsingDeclarationOperation or ITryOperation or IConditionalOperation or IAnonymousFunctionOperation or IPropertyReferenceOperation or IObjectCreationOperation));
    }
}

using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>
/// Whether what a call is given runs before the call returns, on the same thread: by the framework, such as <c>Array.ForEach(xs, Add)</c> or a query that is gone through on the spot, or by a helper of the type that does
/// nothing else with it and holds no lock meanwhile.
/// </summary>
internal static class RunAtOnce
{
    /// <summary>Whether a call of the framework, or the query that it makes, is done with the method whose name it is given when the statement ends.</summary>
    public static bool ByFramework(IMethodReferenceOperation method, Model model) =>
        TypeAccesses.RoleOf(method, model) == FunctionRole.Inline && GivenTo(method) is { Parent: IInvocationOperation call } && IsDone(call, model);

    /// <param name="function">A lambda or the name of a method.</param>
    /// <param name="isAsync">Whether it is async, and so done when it has been waited for.</param>
    /// <param name="accesses">The functions of the type.</param>
    public static bool ByHelper(IOperation function, bool isAsync, TypeAccesses accesses)
    {
        if (GivenTo(function) is not { Parameter: { } given, Parent: IInvocationOperation call } || ForkBodies.MayBeOverridden(call.TargetMethod) ||
            accesses.FunctionOf(call.TargetMethod) is not { Role: FunctionRole.Member or FunctionRole.Local, Symbol: { } helper } code || (helper.IsAsync && !IsAwaited(call)) || IsIterator(code))
        {
            return false;
        }

        var parameter = call.TargetMethod.OriginalDefinition.Parameters[given.Ordinal];
        var uses = code.Root.Descendants().OfType<IParameterReferenceOperation>().Where(p => SymbolEqualityComparer.Default.Equals(p.Parameter, parameter)).ToList();
        return uses.Count > 0 && uses.All(use => use.Parent is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } run && run.Instance == use && (!isAsync || IsAwaited(run)) &&
            accesses.Around(use, code.Body) == code && HeldAround.Of(code.Body).At(run).IsEmpty);
    }

    private static IArgumentOperation? GivenTo(IOperation function)
    {
        var at = function;
        while (at.Parent is IDelegateCreationOperation or IConversionOperation)
        {
            at = at.Parent;
        }

        return at.Parent as IArgumentOperation;
    }

    /// <summary>Whether nothing is put off: the call gives no sequence, or one that the next call or loop goes through.</summary>
    private static bool IsDone(IInvocationOperation call, Model model)
    {
        if (!KnownType.Is(call.TargetMethod.ContainingType, model.Types.Enumerable) || call.Type is not { TypeKind: TypeKind.Interface })
        {
            return true;
        }

        IOperation at = call;
        while (at.Parent is IConversionOperation or ITranslatedQueryOperation)
        {
            at = at.Parent;
        }

        return at.Parent switch
        {
            IForEachLoopOperation loop => loop.Collection == at,
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { ContainingType: var type, Name: var name } } next } => KnownType.Is(type, model.Types.Enumerable) ? IsDone(next, model)
                : type?.SpecialType == SpecialType.System_String || (name == "AddRange" && KnownType.Is(type, model.Types.List)),
            _ => false,
        };
    }

    private static bool IsAwaited(IInvocationOperation call) => call.Parent is IAwaitOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Parent: IAwaitOperation };

    private static bool IsIterator(CodeFunction function) => Operations.OfFunction(function.Root).Any(static o => o is IReturnOperation { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak });
}

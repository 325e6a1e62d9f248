using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>Waits without a limit for the end of the thread or task that a variable keeps, or of all that a group keeps.</summary>
internal static class EndlessWait
{
    /// <summary>The wait that this use of the variable is part of, or null: <c>Join()</c>, <c>Wait()</c>, <c>await</c>, <c>Result</c>, <c>Task.WaitAll</c>, a loop that waits for each.</summary>
    public static IOperation? Of(IOperation use)
    {
        while (use.Parent is IConversionOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } or IInvocationOperation { TargetMethod.Name: "AsTask" or "ToArray" or "ToList", Arguments.IsEmpty: true })
        {
            use = use.Parent;
        }

        return use.Parent switch
        {
            IAwaitOperation wait => wait,
            IInvocationOperation call when call.Instance == use => IsJoin(call) ? call : EachGiven(call),
            IConditionalAccessOperation { WhenNotNull: IInvocationOperation call } access when access.Operation == use => IsJoin(call) ? call : null,
            IPropertyReferenceOperation { Property.Name: "Result" } result => result,
            IForEachLoopOperation { Locals: { Length: 1 } each } loop when loop.Collection == use => Locals.Uses(each[0], loop.Body).Select(Of).FirstOrDefault(static wait => wait is not null),
            IIsPatternOperation { Pattern: IDeclarationPatternOperation { DeclaredSymbol: ILocalSymbol named } } => OfCopy(named, use),
            IIsPatternOperation { Pattern: IRecursivePatternOperation { DeclaredSymbol: ILocalSymbol named } } => OfCopy(named, use),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var copy } } => OfCopy(copy, use),
            _ => IsOfAll(use) ? HandleUses.GivenTo(use) : null,
        };
    }

    /// <summary><c>Task.WaitAll</c> without a limit, or <c>await Task.WhenAll</c>, of what is given to it.</summary>
    public static bool IsOfAll(IOperation task) => HandleUses.GivenTo(task) is { TargetMethod.Name: "WaitAll", Arguments.Length: 1 } ||
        HandleUses.GivenTo(task) is { TargetMethod.Name: "WhenAll" } all && (all.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } configured ? configured.Parent : all.Parent) is IAwaitOperation or IInvocationOperation { TargetMethod: { Name: "Wait", Parameters.IsEmpty: true } };

    private static bool IsJoin(IInvocationOperation call) => call.TargetMethod is { Name: "Join" or "Wait", Parameters.IsEmpty: true } or { Name: "GetAwaiter" };

    /// <summary><c>threads.ForEach(t => t.Join())</c>.</summary>
    private static IOperation? EachGiven(IInvocationOperation call) => call is { TargetMethod.Name: "ForEach", Arguments: { Length: 1 } given } &&
        given[0].Value is IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Symbol.Parameters: { Length: 1 } each } lambda }
            ? lambda.Body.Descendants().OfType<IParameterReferenceOperation>().Where(p => SymbolEqualityComparer.Default.Equals(p.Parameter, each[0])).Select(Of).FirstOrDefault(static wait => wait is not null)
            : null;

    private static IOperation? OfCopy(ILocalSymbol copy, IOperation use) => Locals.Uses(copy, use.AncestorsAndSelf().Last()).Select(Of).FirstOrDefault(static wait => wait is not null);
}

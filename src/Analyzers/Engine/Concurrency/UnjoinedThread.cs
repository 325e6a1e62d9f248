using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>Foreground threads that nobody waits for: dropped where they are started, or held by a local, or a local list, that is used for nothing else.</summary>
internal static class UnjoinedThread
{
    public static IEnumerable<ForkStart> In(BodyFacts body) => body.Forks().Starts.Where(start =>
        start.Kind == ForkKind.Thread && IsLeftAlone(start, body) && !start.Bodies.Any(b => ServiceLoop.IsIn(b, body) || EndSignal.IsIn(b, body, static _ => true, isLast: true)));

    private static bool IsLeftAlone(ForkStart start, BodyFacts body) => !IsSetAside(start.Creation) && start.Handle switch
    {
        { Home: HandleHome.Dropped } => true,
        { Home: HandleHome.Variable, Variable: ILocalSymbol local } => HandleUses.Of(local, body) is { } uses && uses.All(use => IsPlain(use) || IsPutIntoPlainGroup(use, body)),
        { Home: HandleHome.Group, Variable: ILocalSymbol group } => IsPlainGroup(group, body),
        _ => false,
    };

    private static bool IsPutIntoPlainGroup(IOperation use, BodyFacts body) =>
        HandleUses.GroupOf(use) is ILocalSymbol group && IsPlainGroup(group, body);

    /// <summary>A list or array that is made here, and whose elements are started or counted at most.</summary>
    private static bool IsPlainGroup(ILocalSymbol group, BodyFacts body) => Locals.OnlyValue(group, body.Root) is not null && HandleUses.Of(group, body) is { } uses && uses.All(use => use.Parent switch
    {
        IInvocationOperation { TargetMethod.Name: "Add" or "Push" or "Enqueue" } call => call.Instance == use,
        IInvocationOperation { TargetMethod.Name: "ForEach" or "ConvertAll", Arguments: { Length: 1 } given } call => call.Instance == use && IsPlainLambda(given[0].Value),
        IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod.Name: "Select", Arguments: { Length: 2 } given } call } => KnownType.Is(call.TargetMethod.ContainingType, body.Model.Types.Enumerable) && IsPlainLambda(given[1].Value),
        IConversionOperation { Parent: IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod.Name: "Select", Arguments: { Length: 2 } given } call } } => KnownType.Is(call.TargetMethod.ContainingType, body.Model.Types.Enumerable) && IsPlainLambda(given[1].Value),
        IPropertyReferenceOperation { Property.IsIndexer: true } item => IsPlain(item),
        IPropertyReferenceOperation { Property.Name: "Count" or "Length" or "Capacity" } or INameOfOperation => true,
        IArrayElementReferenceOperation element => IsPlain(element),
        IForEachLoopOperation loop => IsPlainLoop(loop, body),
        IConversionOperation { Parent: IForEachLoopOperation loop } => IsPlainLoop(loop, body),
        _ => false,
    });

    /// <summary>A lambda that is given each thread. One look at its state tells of its end by chance only.</summary>
    private static bool IsPlainLambda(IOperation given) => given is IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Symbol.Parameters: { Length: > 0 } parameters } each } &&
        each.Descendants().OfType<IParameterReferenceOperation>().Where(p => SymbolEqualityComparer.Default.Equals(p.Parameter, parameters[0]))
            .All(static use => IsPlain(use) || use.Parent is IPropertyReferenceOperation { Property.Name: "ThreadState", Parent: IReturnOperation or IInterpolationOperation });

    private static bool IsPlainLoop(IForEachLoopOperation loop, BodyFacts body) => loop.Locals.Length == 1 && HandleUses.Of(loop.Locals[0], body) is { } uses && uses.All(IsPlain);

    /// <summary>The creation itself says whether it is a background thread.</summary>
    private static bool IsSetAside(IOperation creation) => creation is IObjectCreationOperation { Initializer: { } initializer } &&
        initializer.Descendants().Any(static o => o is IPropertyReferenceOperation { Property.Name: "IsBackground" });

    /// <summary>Started, assigned, or asked for something that tells nothing of its end.</summary>
    private static bool IsPlain(IOperation use) => use.Parent switch
    {
        ISimpleAssignmentOperation assignment => assignment.Target == use,
        IInvocationOperation { TargetMethod.Name: "Start" or "UnsafeStart" } call => call.Instance == use,
        IPropertyReferenceOperation property => property.Property.Name is not ("IsBackground" or "IsAlive" or "ThreadState"),
        INameOfOperation => true,
        _ => false,
    };
}

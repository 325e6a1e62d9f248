using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>Foreground threads that nobody waits for: dropped where they are started, or held by a local that is used for nothing else.</summary>
internal static class UnjoinedThread
{
    public static IEnumerable<ForkStart> In(BodyFacts body) => body.Forks().Starts.Where(start =>
        start.Kind == ForkKind.Thread && IsLeftAlone(start, body) && !start.Bodies.Any(b => ServiceLoop.IsIn(b, body) || TellsItsEnd(b, body)));

    private static bool IsLeftAlone(ForkStart start, BodyFacts body) => !IsSetAside(start.Creation) && start.Handle switch
    {
        { Home: HandleHome.Dropped } => true,
        { Home: HandleHome.Variable, Variable: ILocalSymbol local } => HandleUses.Of(local, body) is { } uses && uses.All(IsPlain),
        _ => false,
    };

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

    /// <summary>The body gives a signal, a result or an element that others may wait for.</summary>
    private static bool TellsItsEnd(ForkBody forked, BodyFacts body) => forked.Named switch
    {
        IAnonymousFunctionOperation lambda => Tells(lambda, body, 0),
        IMethodReferenceOperation method => ForkWrites.SourceOf(method.Method, body) is not { } source || Tells(source, body, 0),
        _ => true,
    };

    private static bool Tells(IOperation function, BodyFacts body, int depth) => Operations.OfFunction(function is ILocalFunctionOperation { Body: { } block } ? block : function).OfType<IInvocationOperation>()
        .Any(call => WaitModels.IsSignal(call.TargetMethod, body.Model.Types) || (depth < Limits.CallDepth && ForkWrites.SourceOf(call.TargetMethod, body) is { } source && Tells(source, body, depth + 1)));
}

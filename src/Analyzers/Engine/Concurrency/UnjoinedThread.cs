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
        start.Kind == ForkKind.Thread && IsLeftAlone(start, body) && !start.Bodies.Any(b => ServiceLoop.IsIn(b, body) || EndSignal.IsIn(b, body, static _ => true)));

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
}

using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>
/// The functions of a type that run on threads of their own from the construction of the object on, or from where the host starts it, and the members that others call meanwhile: the loop of a hosted service, the callback
/// of a timer, the handler of a file watcher, the thread or task that goes on until somebody ends it. A type that is bound to one thread, or starts its timer later, has none.
/// </summary>
internal static class Roles
{
    /// <summary>Bases of types that one thread, one request or one message at a time uses.</summary>
    private static readonly ImmutableHashSet<string> s_confined = ImmutableHashSet.Create(
        "Control", "Component", "DispatcherObject", "UIElement", "BindableObject", "ComponentBase", "ControllerBase", "PageModel", "Hub", "Grain", "ActorBase", "MonoBehaviour", "Activity", "NSObject");

    /// <summary>Whether the type may have such a function, or what says as much: it is a hosted service, has a timer or file watcher, is made for each request and holds static state, or its author says that threads share it.</summary>
    public static bool MayBeIn(INamedTypeSymbol type) => IsHosted(type) || ThreadAnnotations.Promise(type) is not null || (IsPerRequest(type) && type.GetMembers().Any(static m => m is IFieldSymbol { IsStatic: true, IsConst: false })) || HasTimer(type);

    /// <summary>Whether something is started as the object is made.</summary>
    public static bool StartsAtOnce(TypeFacts type) => type.HasForks && type.AllBodies().Any(b => b.Starts.Any() && IsBeginning(b.Owner, type.Type));

    /// <summary>Whether the framework makes an object of the type for each request: static state is what requests share, and they come on many threads.</summary>
    public static bool IsPerRequest(INamedTypeSymbol type)
    {
        for (var up = type.BaseType; up is not null; up = up.BaseType)
        {
            if ((up.Name, up.ContainingNamespace?.ToDisplayString()) is ("ControllerBase", "Microsoft.AspNetCore.Mvc" or "System.Web.Mvc") or ("ApiController", "System.Web.Http") or ("PageModel", "Microsoft.AspNetCore.Mvc.RazorPages") or ("Hub", "Microsoft.AspNetCore.SignalR"))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasTimer(INamedTypeSymbol type) => type.GetMembers().Any(static m => m is IFieldSymbol { Type: var held } && IsTimer(held));

    /// <summary>What runs on threads of its own.</summary>
    public static ImmutableArray<CodeFunction> Of(TypeFacts type)
    {
        if (IsConfined(type.Type))
        {
            return ImmutableArray<CodeFunction>.Empty;
        }

        var accesses = TypeAccesses.Of(type);
        var found = new List<CodeFunction>(accesses.Functions.Where(static f => f.Symbol is { Name: "ExecuteAsync", IsOverride: true } && f.Role == FunctionRole.Member && IsHosted(f.Symbol.ContainingType)));
        var hasTimer = HasTimer(type.Type) && !accesses.Functions.Any(static f => IsCalledByOthers(f) && StartsTimer(f));
        foreach (var body in accesses.Functions.Where(f => f.Role == FunctionRole.Member && (f.Symbol is null || IsBeginning(f.Symbol, type.Type))).Select(static f => f.Body).Distinct())
        {
            if (hasTimer)
            {
                found.AddRange(ThreadSource.FunctionsOf(body.Root.Descendants().SelectMany(o => Callbacks(o, body)).ToImmutableArray(), accesses));
            }

            found.AddRange(Services(body, accesses));
        }

        return found.Distinct().ToImmutableArray();
    }

    /// <summary>Whether the object, or the state of the type, is made in the member, or the host starts it there: nobody is meant to use it before.</summary>
    private static bool IsBeginning(ISymbol member, INamedTypeSymbol type) => member is IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } ||
        (member is IMethodSymbol { Name: "StartAsync" } && type.AllInterfaces.Any(i => i.Name == "IHostedService" && i.ContainingNamespace.ToDisplayString() == "Microsoft.Extensions.Hosting" &&
            i.GetMembers(member.Name).Any(start => SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(start), member))));

    /// <summary>
    /// What a thread or task does that the beginning starts, whatever comes, and that goes on until somebody ends it. Who made the object may wait for one that ends by itself; one that calls back may be all that calls the
    /// other members.
    /// </summary>
    private static IEnumerable<CodeFunction> Services(BodyFacts body, TypeAccesses accesses) =>
        from start in body.Starts.Any() ? body.Forks().Starts : ImmutableArray<ForkStart>.Empty
        where start.At.FunctionAround() is null && StraightRun.IsAlwaysReached(start.At, body.Root) && !ThreadSource.HasScheduler(start.Creation, body) && !ThreadSource.HasScheduler(start.At, body)
        from function in ThreadSource.FunctionsOf(start.Bodies, accesses)
        let reached = Side.Of(function, accesses).Functions.ToList()
        where reached.Any(static f => EndlessLoop.IsIn(f.Root, f.Body)) && !reached.Any(static f => Operations.OfFunction(f.Root).Any(MayCallBack))
        select function;

    /// <summary>Whether code of others runs that may have the object: a delegate, a member that a derived class overrides, or who is given the object.</summary>
    private static bool MayCallBack(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } => true,
        IInvocationOperation { Instance: IInstanceReferenceOperation } call => ForkBodies.MayBeOverridden(call.TargetMethod),
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => operation.Parent is IArgumentOperation or IConversionOperation { Parent: IArgumentOperation },
        _ => false,
    };

    /// <summary>The members that others call while the framework runs its functions: no override, whose caller is unknown, none that starts, stops or waits.</summary>
    public static IEnumerable<CodeFunction> OthersOf(TypeFacts type) => TypeAccesses.Of(type).Functions.Where(static f => IsCalledByOthers(f) && !f.Waits && !StartsTimer(f));

    /// <summary>Whether other types call the member: public, internal, or by way of an interface that is not the framework's.</summary>
    public static bool IsCalledByOthers(CodeFunction function) => function is { Role: FunctionRole.Member, Symbol: { IsOverride: false, MethodKind: MethodKind.Ordinary or MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.ExplicitInterfaceImplementation } symbol } &&
        (symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal || symbol.ExplicitInterfaceImplementations.Any(static i => !i.Locations[0].IsInMetadata)) &&
        symbol.Name is not ("StartAsync" or "StopAsync" or "Start" or "Stop" or "Close" or "Dispose" or "DisposeAsync" or "ToString");

    /// <summary>Whether one thread at a time uses an object of the type, by what it derives from or what its author says.</summary>
    public static bool IsConfined(INamedTypeSymbol type)
    {
        for (var up = type.BaseType; up is not null; up = up.BaseType)
        {
            if (s_confined.Contains(up.Name))
            {
                return true;
            }
        }

        return ThreadAnnotations.IsConfined(type) || type.GetMembers().Any(static m => m is IFieldSymbol { Type.Name: "SynchronizationContext" or "Dispatcher" or "TaskScheduler" });
    }

    private static bool IsHosted(INamedTypeSymbol type)
    {
        for (var up = type.BaseType; up is not null; up = up.BaseType)
        {
            if (up.Name == "BackgroundService" && up.ContainingNamespace.ToDisplayString() == "Microsoft.Extensions.Hosting")
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsTimer(ITypeSymbol type) => type.Name is "Timer" or "FileSystemWatcher" && type.ContainingNamespace?.ToDisplayString() is "System.Threading" or "System.Timers" or "System.IO";

    private static IEnumerable<ForkBody> Callbacks(IOperation operation, BodyFacts body) => operation switch
    {
        IObjectCreationOperation creation when ForkModels.KindOf(creation, body.Model.Types) == ForkKind.Timer && creation.Arguments.Length > 1 && !creation.Arguments.Any(a => a.Parameter?.Name == "dueTime" && Timeouts.Of(a.Value) == TimeoutLength.Infinite) =>
            ForkBodies.Of(creation.Arguments[0], body.Root),
        IEventAssignmentOperation { Adds: true, EventReference: IEventReferenceOperation { Event: var raised } } handler when IsTimer(raised.ContainingType) && raised.Name is not "Disposed" && !body.Root.Descendants().Any(static o => o is IPropertyReferenceOperation { Property.Name: "SynchronizingObject" }) =>
            ForkBodies.Of(handler.HandlerValue, body.Root),
        _ => ImmutableArray<ForkBody>.Empty,
    };

    /// <summary>Whether the function starts, stops or changes a timer or watcher.</summary>
    private static bool StartsTimer(CodeFunction function) => Operations.OfFunction(function.Root).Any(static o => o switch
    {
        IInvocationOperation { TargetMethod: { Name: "Start" or "Stop" or "Change" } method } => IsTimer(method.ContainingType),
        IPropertyReferenceOperation { Property: { Name: "Enabled" or "EnableRaisingEvents" } property } => IsTimer(property.ContainingType),
        IObjectCreationOperation { Type: { } made } => IsTimer(made),
        _ => false,
    });
}

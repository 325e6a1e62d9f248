using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>
/// The functions of a type that the framework runs on threads of its own from the construction of the object on, and the members that others call meanwhile: the loop of a hosted service, the callback of a timer or the
/// handler of a file watcher that a constructor starts. A type that is bound to one thread, or starts its timer later, has none.
/// </summary>
internal static class Roles
{
    /// <summary>Bases of types that one thread, one request or one message at a time uses.</summary>
    private static readonly ImmutableHashSet<string> s_confined = ImmutableHashSet.Create(
        "Control", "Component", "DispatcherObject", "UIElement", "BindableObject", "ComponentBase", "ControllerBase", "PageModel", "Hub", "Grain", "ActorBase", "MonoBehaviour", "Activity", "NSObject");

    /// <summary>Whether the type may have such a function, or what says as much: it is a hosted service, has a timer or file watcher, is made for each request and holds static state, or its author says that threads share it.</summary>
    public static bool MayBeIn(INamedTypeSymbol type) => IsHosted(type) || ThreadAnnotations.Promise(type) is not null || (IsPerRequest(type) && type.GetMembers().Any(static m => m is IFieldSymbol { IsStatic: true, IsConst: false })) || HasTimer(type);

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

    /// <summary>What the framework runs.</summary>
    public static ImmutableArray<CodeFunction> Of(TypeFacts type)
    {
        if (!(IsHosted(type.Type) || HasTimer(type.Type)) || IsConfined(type.Type))
        {
            return ImmutableArray<CodeFunction>.Empty;
        }

        var accesses = TypeAccesses.Of(type);
        var found = new List<CodeFunction>(accesses.Functions.Where(static f => f.Symbol is { Name: "ExecuteAsync", IsOverride: true } && f.Role == FunctionRole.Member && IsHosted(f.Symbol.ContainingType)));
        if (!accesses.Functions.Any(static f => IsCalledByOthers(f) && StartsTimer(f)))
        {
            foreach (var body in accesses.Functions.Where(static f => f.Role == FunctionRole.Member && f.Symbol is null or { MethodKind: MethodKind.Constructor }).Select(static f => f.Body).Distinct())
            {
                found.AddRange(body.Root.Descendants().SelectMany(o => Callbacks(o, body)).Select(b => accesses.FunctionOf(b.Named is IAnonymousFunctionOperation lambda ? lambda.Symbol : b.Function)).OfType<CodeFunction>());
            }
        }

        return found.Distinct().ToImmutableArray();
    }

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

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
/// The handlers of events that the framework raises on other threads, and what timers call, from where a body sets them going: they run beside what follows. One object raises one event after the other, save that the two
/// outputs of a child are read each by itself, so that a handler of the one may run beside a handler of the other; what ticks of a timer do to each other, <see cref="OverlappingTicks"/> tells. A type that is bound to one thread, or that has the events raised on somebody's (<c>SynchronizingObject</c>), has none.
/// Missed: events that one member sets going and another one handles, unless that is a constructor.
/// </summary>
internal sealed class EventForks
{
    private readonly TypeAccesses _accesses;
    private readonly List<Handler> _handlers = [];
    private readonly ImmutableArray<CodeFunction> _overlapping = ImmutableArray<CodeFunction>.Empty;

    private EventForks(TypeFacts type)
    {
        _accesses = TypeAccesses.Of(type);
        if (!type.HasBackgroundEvents || Roles.IsConfined(type.Type) || type.AllBodies().Any(static b => b.Root.Descendants().Any(static o => o is IPropertyReferenceOperation { Property.Name: "SynchronizingObject" })))
        {
            return;
        }

        HasAny = true;
        _overlapping = ThreadSource.FunctionsOf(OverlappingTicks.Of(type).Where(static t => t.Fault == TickFault.State).Select(static t => t.Callback).ToImmutableArray(), _accesses);
        foreach (var body in type.AllBodies())
        {
            foreach (var added in body.EventHandlers)
            {
                _handlers.Add(new Handler(
                    EventModels.KindOf(added, body.Model.Types), RaiserOf(((IEventReferenceOperation)added.EventReference).Instance), added, ThreadSource.FunctionsOf(ForkBodies.Of(added.HandlerValue, body.Root), _accesses), body));
            }
        }
    }

    private bool HasAny { get; }

    public static IEnumerable<ThreadSource> Of(BodyFacts body)
    {
        if (body.Type?.Once(static type => new EventForks(type)) is not { HasAny: true } forks)
        {
            return [];
        }

        var handlers = forks._handlers.Where(h => h.In == body || (h.Raiser is IFieldSymbol && h.In.Owner is IMethodSymbol { MethodKind: MethodKind.Constructor })).ToList();
        return forks.BesideStarter(handlers, body).Concat(forks.OfTimers(body)).Where(s => !s.Functions.Any(forks._overlapping.Contains)).Concat(forks.OfBothOutputs(handlers, body));
    }

    private IEnumerable<ThreadSource> BesideStarter(List<Handler> handlers, BodyFacts body)
    {
        foreach (var handler in handlers.Where(static h => !h.Functions.IsEmpty))
        {
            if (BeginOf(handler, body) is { } begin && _accesses.Around(begin, body) is { } around)
            {
                yield return Source(begin, handler.Added, handler.Functions, around);
            }
        }
    }

    private IEnumerable<ThreadSource> OfTimers(BodyFacts body)
    {
        foreach (var timer in body.ForkCalls.Where(f => ForkModels.KindOf(f, body.Model.Types) == ForkKind.Timer && TimerModels.MayTick(f)))
        {
            var functions = ForkModels.PartsOf(timer).Arguments.FirstOrDefault(static a => a.Parameter?.Type.TypeKind == TypeKind.Delegate) is { } given ? ThreadSource.FunctionsOf(ForkBodies.Of(given, body.Root), _accesses) : ImmutableArray<CodeFunction>.Empty;
            if (!functions.IsEmpty && _accesses.Around(timer, body) is { } around)
            {
                yield return Source(timer, timer, functions, around);
            }
        }
    }

    private static ThreadSource Source(IOperation begin, IOperation made, ImmutableArray<CodeFunction> functions, CodeFunction around) =>
        new(begin, functions, null, false, new ForkStart(begin, made, ForkKind.None, ImmutableArray<ForkBody>.Empty, new ForkHandle(HandleHome.Elsewhere, null)), around);

    private IEnumerable<ThreadSource> OfBothOutputs(List<Handler> handlers, BodyFacts body) =>
        from output in handlers
        where output is { Kind: BackgroundEvent.OutputLine, Raiser: not null } && Begin(output, body) is not null
        from error in handlers
        where error.Kind == BackgroundEvent.ErrorLine && SymbolEqualityComparer.Default.Equals(error.Raiser, output.Raiser)
        let begin = Begin(error, body)
        where begin is not null && _accesses.Around(begin, body) is not null
        from one in output.Functions
        from other in error.Functions
        select one == other
            ? new ThreadSource(begin, ImmutableArray.Create(one), null, true, null, _accesses.Around(begin, body)!)
            : new ThreadSource(begin, ImmutableArray.Create(one, other), null, false, null, _accesses.Around(begin, body)!);

    /// <summary>The last of what has to be done until the events come: the handler is added, the object is enabled, the work or the reading has begun. Null where a part of it is done elsewhere.</summary>
    private static IOperation? BeginOf(Handler handler, BodyFacts body)
    {
        var steps = new List<IOperation?>();
        if (handler.In == body)
        {
            steps.Add(handler.Added.EventReference);
        }

        switch (handler)
        {
            case { Kind: BackgroundEvent.CancelKey }:
                break;
            case { Raiser: null }:
                return null;
            case { Kind: BackgroundEvent.FileChange }:
                steps.Add(Enabled(handler, body));
                break;
            case { Kind: BackgroundEvent.Tick }:
                steps.Add(Begin(handler, body) ?? Enabled(handler, body));
                break;
            case { Kind: BackgroundEvent.Exit }:
                steps.Add(Begin(handler, body));
                steps.Add(Enabled(handler, body));
                break;
            default:
                steps.Add(Begin(handler, body));
                break;
        }

        return steps.Contains(null) || steps.Select(static s => s!.FunctionAround()).Distinct<ISymbol?>(SymbolEqualityComparer.Default).Count() != 1 ? null : steps.OrderBy(static s => s!.Syntax.SpanStart).Last();
    }

    private static IOperation? Begin(Handler handler, BodyFacts body) => body.Root.Descendants().FirstOrDefault(o =>
        o is IInvocationOperation call && EventModels.Begins(call.TargetMethod, handler.Kind, body.Model.Types) && SymbolEqualityComparer.Default.Equals(RaiserOf(call.Instance), handler.Raiser));

    /// <summary>The place that lets the object raise its events: an assignment, or its creation.</summary>
    private static IOperation? Enabled(Handler handler, BodyFacts body) => body.Root.Descendants().OfType<IPropertyReferenceOperation>()
        .Where(p => EventModels.Enables(p.Property, handler.Kind, body.Model.Types) && p.Parent is ISimpleAssignmentOperation { Value.ConstantValue: { HasValue: true, Value: true } } assignment && assignment.Target == p)
        .Select(p => p.Instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } && p.Parent!.Parent is IObjectOrCollectionInitializerOperation { Parent: IObjectCreationOperation made } ? (At: made, Raiser: ForkHandle.Of(made).Variable) : ((IOperation At, ISymbol? Raiser))(p, RaiserOf(p.Instance)))
        .FirstOrDefault(p => SymbolEqualityComparer.Default.Equals(p.Raiser, handler.Raiser)).At;

    private static ISymbol? RaiserOf(IOperation? instance) => HandleUses.VariableOf(instance) ?? (instance is null ? null : Locals.VariableOf(Conversions.WithoutBuiltIn(instance)));

    /// <summary>A handler that is added.</summary>
    /// <param name="Kind">The event.</param>
    /// <param name="Raiser">The variable that holds the object; null for a static event, or where there is none.</param>
    /// <param name="Added">The place.</param>
    /// <param name="Functions">The functions of the type that run.</param>
    /// <param name="In">The body around it.</param>
    private sealed record Handler(BackgroundEvent Kind, ISymbol? Raiser, IEventAssignmentOperation Added, ImmutableArray<CodeFunction> Functions, BodyFacts In);
}

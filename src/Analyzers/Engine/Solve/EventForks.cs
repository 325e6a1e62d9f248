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
    private readonly BodyFacts _body;
    private readonly TypeAccesses _accesses;
    private readonly WellKnownTypes _types;
    private readonly List<(BackgroundEvent Kind, ISymbol? Raiser, IEventAssignmentOperation Added, ImmutableArray<CodeFunction> Functions)> _handlers = [];

    private EventForks(BodyFacts body, TypeAccesses accesses)
    {
        (_body, _accesses, _types) = (body, accesses, body.Model.Types);
        foreach (var other in accesses.Functions.Select(static f => f.Body).Distinct().Where(b => b == body || b.Owner is IMethodSymbol { MethodKind: MethodKind.Constructor }))
        {
            foreach (var added in other.EventHandlers)
            {
                var kind = EventModels.KindOf(added, _types);
                var raiser = RaiserOf(((IEventReferenceOperation)added.EventReference).Instance);
                if (other == body || (raiser is IFieldSymbol && kind != BackgroundEvent.CancelKey))
                {
                    _handlers.Add((kind, raiser, added, ThreadSource.FunctionsOf(ForkBodies.Of(added.HandlerValue, other.Root), accesses)));
                }
            }
        }
    }

    public static IEnumerable<ThreadSource> Of(BodyFacts body, TypeAccesses accesses)
    {
        if (body.Type is not { HasBackgroundEvents: true } type || Roles.IsConfined(type.Type) || type.AllBodies().Any(static b => b.Root.Descendants().Any(static o => o is IPropertyReferenceOperation { Property.Name: "SynchronizingObject" })))
        {
            return [];
        }

        var forks = new EventForks(body, accesses);
        var overlapping = ThreadSource.FunctionsOf(OverlappingTicks.Of(type).Where(static t => t.Fault == TickFault.State).Select(static t => t.Callback).ToImmutableArray(), accesses);
        return forks.BesideStarter().Concat(forks.OfTimers()).Where(s => !s.Functions.Any(overlapping.Contains)).Concat(forks.OfBothOutputs());
    }

    private IEnumerable<ThreadSource> BesideStarter()
    {
        foreach (var handler in _handlers.Where(static h => !h.Functions.IsEmpty))
        {
            if (BeginOf(handler.Kind, handler.Raiser, handler.Added) is { } begin && _accesses.Around(begin, _body) is { } around)
            {
                yield return Source(begin, handler.Added, handler.Functions, around);
            }
        }
    }

    private IEnumerable<ThreadSource> OfTimers()
    {
        foreach (var timer in _body.ForkCalls.Where(f => ForkModels.KindOf(f, _types) == ForkKind.Timer && TimerModels.MayTick(f)))
        {
            var functions = ForkModels.PartsOf(timer).Arguments.FirstOrDefault(static a => a.Parameter?.Type.TypeKind == TypeKind.Delegate) is { } given ? ThreadSource.FunctionsOf(ForkBodies.Of(given, _body.Root), _accesses) : ImmutableArray<CodeFunction>.Empty;
            if (!functions.IsEmpty && _accesses.Around(timer, _body) is { } around)
            {
                yield return Source(timer, timer, functions, around);
            }
        }
    }

    private static ThreadSource Source(IOperation begin, IOperation made, ImmutableArray<CodeFunction> functions, CodeFunction around) =>
        new(begin, functions, null, false, new ForkStart(begin, made, ForkKind.None, ImmutableArray<ForkBody>.Empty, new ForkHandle(HandleHome.Elsewhere, null)), around);

    private IEnumerable<ThreadSource> OfBothOutputs() =>
        from output in _handlers
        where output.Kind == BackgroundEvent.OutputLine && output.Raiser is not null && Begin(BackgroundEvent.OutputLine, output.Raiser) is not null
        from error in _handlers
        where error.Kind == BackgroundEvent.ErrorLine && SymbolEqualityComparer.Default.Equals(error.Raiser, output.Raiser)
        let begin = Begin(BackgroundEvent.ErrorLine, error.Raiser)
        where begin is not null && _accesses.Around(begin, _body) is not null
        from one in output.Functions
        from other in error.Functions
        select one == other
            ? new ThreadSource(begin, ImmutableArray.Create(one), null, true, null, _accesses.Around(begin, _body)!)
            : new ThreadSource(begin, ImmutableArray.Create(one, other), null, false, null, _accesses.Around(begin, _body)!);

    /// <summary>The last of what has to be done until the events come: the handler is added, the object is enabled, the work or the reading has begun. Null where a part of it is done elsewhere.</summary>
    private IOperation? BeginOf(BackgroundEvent kind, ISymbol? raiser, IEventAssignmentOperation added)
    {
        var steps = new List<IOperation?>();
        if (added.Syntax.SyntaxTree == _body.Root.Syntax.SyntaxTree && _body.Root.Syntax.Span.Contains(added.Syntax.Span))
        {
            steps.Add(added.EventReference);
        }

        if (kind != BackgroundEvent.CancelKey)
        {
            if (raiser is null)
            {
                return null;
            }

            switch (kind)
            {
                case BackgroundEvent.FileChange:
                    steps.Add(Enabled(kind, raiser));
                    break;
                case BackgroundEvent.Tick:
                    steps.Add(Begin(kind, raiser) ?? Enabled(kind, raiser));
                    break;
                case BackgroundEvent.Exit:
                    steps.Add(Begin(kind, raiser));
                    steps.Add(Enabled(kind, raiser));
                    break;
                default:
                    steps.Add(Begin(kind, raiser));
                    break;
            }
        }

        return steps.Contains(null) || steps.Select(static s => s!.FunctionAround()).Distinct<ISymbol?>(SymbolEqualityComparer.Default).Count() != 1 ? null : steps.OrderBy(static s => s!.Syntax.SpanStart).Last();
    }

    private IOperation? Begin(BackgroundEvent kind, ISymbol? raiser) => _body.Root.Descendants().FirstOrDefault(o =>
        o is IInvocationOperation call && EventModels.Begins(call.TargetMethod, kind, _types) && SymbolEqualityComparer.Default.Equals(RaiserOf(call.Instance), raiser));

    /// <summary>The place that lets the object raise its events: an assignment, or its creation.</summary>
    private IOperation? Enabled(BackgroundEvent kind, ISymbol raiser) => _body.Root.Descendants().OfType<IPropertyReferenceOperation>()
        .Where(p => EventModels.Enables(p.Property, kind, _types) && p.Parent is ISimpleAssignmentOperation { Value.ConstantValue: { HasValue: true, Value: true } } assignment && assignment.Target == p)
        .Select(p => p.Instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } && p.Parent!.Parent is IObjectOrCollectionInitializerOperation { Parent: IObjectCreationOperation made } ? (At: made, Raiser: ForkHandle.Of(made).Variable) : ((IOperation At, ISymbol? Raiser))(p, RaiserOf(p.Instance)))
        .FirstOrDefault(p => SymbolEqualityComparer.Default.Equals(p.Raiser, raiser)).At;

    private static ISymbol? RaiserOf(IOperation? instance) => HandleUses.VariableOf(instance) ?? (instance is null ? null : Locals.VariableOf(Conversions.WithoutBuiltIn(instance)));
}

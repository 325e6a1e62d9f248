using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Program;

/// <summary>An object as the function at the beginning of a way names it, and how it was made.</summary>
/// <param name="Path">The name there; null where it has none.</param>
/// <param name="Made">How it was made, or null.</param>
/// <param name="In">The frame in which it was made.</param>
internal sealed record Thing(AccessPath? Path, Creation? Made, Frame In);

/// <summary>
/// One call on a way that begins with a function: what the names of the called function mean at the beginning. Two accesses are of one variable when they have one name there; what has no
/// name there is unknown. A name is followed through constructors to what they were given, and only through variables that keep what they have.
/// </summary>
internal sealed class Frame
{
    private readonly ProgramFacts _facts;
    private readonly BodySummary _body;
    private readonly IMethodSymbol? _method;
    private readonly Thing? _this;
    private readonly ImmutableArray<Thing?> _arguments;
    private readonly Frame? _outer;
    private readonly ForkSummary? _fork;

    private Frame(ProgramFacts facts, ForkSummary? fork, BodySummary body, IMethodSymbol? method, Thing? self, ImmutableArray<Thing?> arguments, Frame? outer, bool isFirst)
    {
        _facts = facts;
        _fork = fork;
        _body = body;
        _method = method;
        _this = isFirst ? new Thing(new AccessPath(PathRoot.This, null, ImmutableArray<PathStep>.Empty), null, this) : self;
        _arguments = arguments;
        _outer = outer;
        IsFirst = isFirst;
    }

    /// <summary>The function at the beginning, whose own locals and parameters have names.</summary>
    public bool IsFirst { get; }

    /// <summary>The beginning of a way.</summary>
    /// <param name="first">The function.</param>
    /// <param name="facts">The program.</param>
    /// <param name="fork">A start in the function behind whose making all of the way lies; null for none.</param>
    public static Frame Of(FunctionSummary first, ProgramFacts facts, ForkSummary? fork = null) => new(facts, fork, first.Body, null, null, ImmutableArray<Thing?>.Empty, null, isFirst: true);

    /// <summary>The frame of a function that this one calls.</summary>
    public Frame Enter(FunctionSummary callee, Origin? receiver, ImmutableArray<Origin?> arguments) => Enter(callee, ThingOf(receiver), arguments);

    /// <summary>The variable as the beginning names it, or null.</summary>
    public AccessPath? VariableOf(AccessPath place)
    {
        if (!place.Steps.IsEmpty)
        {
            return ThingOf(place with { Steps = place.Steps.RemoveAt(place.Steps.Length - 1) }, 0)?.Path?.Then(place.Steps[place.Steps.Length - 1]);
        }

        return place.Root == PathRoot.Static || (IsFirst && place.Root is PathRoot.Local or PathRoot.Parameter) ? place : null;
    }

    /// <summary>The variable of the access; for a collection that the function is given, the variable that holds it.</summary>
    public AccessPath? VariableOf(Step access) => access.IsOfGiven && !IsFirst ? ThingOf(access.Place!, 0)?.Path : VariableOf(access.Place!);

    /// <summary>The object as the beginning knows it, or null.</summary>
    public Thing? ThingOf(Origin? origin) => ThingOf(origin, 0);

    /// <summary>The locks as the beginning names them; one that has no name there may be any.</summary>
    public LockSet LocksOf(LockSet held)
    {
        if (held.Locks.IsEmpty)
        {
            return held;
        }

        var named = held.IsUnknown ? LockSet.Unknown : LockSet.Empty;
        foreach (var one in held.Locks)
        {
            var path = one.Path.Root == PathRoot.TypeOf ? one.Path : ThingOf(one.Path, 0)?.Path;
            named = path is not null ? named.With(one with { Path = path }) : named.And(LockSet.Unknown);
        }

        return named;
    }

    /// <summary>The member that the call runs, when it is certain.</summary>
    public FunctionSummary? TargetOf(Call call)
    {
        var target = call.Target;
        if (!call.IsCertain)
        {
            if (ThingOf(call.Receiver)?.Made?.Constructor.ContainingType is not { } type || ImplementationOf(target, type) is not { } found)
            {
                return null;
            }

            target = found;
        }

        return _facts.FunctionOf(target);
    }

    private Frame Enter(FunctionSummary callee, Thing? self, ImmutableArray<Origin?> arguments)
    {
        var isLocal = callee.Symbol is { MethodKind: MethodKind.LocalFunction } && callee.Body == _body;
        return new Frame(_facts, _fork, callee.Body, callee.Symbol, isLocal ? _this : self, arguments.Select(ThingOf).ToImmutableArray(), isLocal ? this : null, isLocal && IsFirst);
    }

    private Thing? ThingOf(Origin? origin, int depth) => origin is null || depth > Limits.CallDepth ? null
        : origin.Made is { } made ? new Thing(null, made, this)
        : ThingOf(origin.Path!, depth);

    private Thing? ThingOf(AccessPath path, int depth)
    {
        var thing = path.Root switch
        {
            PathRoot.This => _this,
            PathRoot.Static => IsKept(path.Symbol!.OriginalDefinition, isOwn: true) && !PerThread.Is(path.Symbol!) ? new Thing(path with { Steps = ImmutableArray<PathStep>.Empty }, null, this) : null,
            PathRoot.Local => OfLocal(path.Symbol!, depth),
            PathRoot.Parameter => OfParameter((IParameterSymbol)path.Symbol!, depth),
            _ => null,
        };
        foreach (var step in path.Steps)
        {
            thing = thing is null ? null : Member(thing, step, depth);
        }

        return thing;
    }

    private Thing? OfLocal(ISymbol local, int depth)
    {
        if (!_body.Locals.TryGetValue(local, out var value) || !value.IsOne)
        {
            return null;
        }

        var held = ThingOf(value.Value, depth + 1);
        return held?.Path is not null || !IsFirst ? held : new Thing(new AccessPath(PathRoot.Local, local, ImmutableArray<PathStep>.Empty), held?.Made, held?.In ?? this);
    }

    private Thing? OfParameter(IParameterSymbol parameter, int depth)
    {
        if (_body.Locals.ContainsKey(parameter))
        {
            return OfLocal(parameter, depth);
        }

        if (!_facts.IsFixed(parameter.OriginalDefinition))
        {
            return null;
        }

        if (_method is not null && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol.OriginalDefinition, _method.OriginalDefinition))
        {
            return parameter.Ordinal < _arguments.Length ? _arguments[parameter.Ordinal] : null;
        }

        return _outer is not null ? _outer.OfParameter(parameter, depth) : IsFirst ? new Thing(new AccessPath(PathRoot.Parameter, parameter, ImmutableArray<PathStep>.Empty), null, this) : null;
    }

    private Thing? Member(Thing thing, PathStep step, int depth)
    {
        if (step.Member is { } member)
        {
            if (!IsKept(member, isOwn: thing.Path is { Root: PathRoot.This, Steps.IsEmpty: true }))
            {
                return null;
            }

            if (thing.Made is { } made && GivenTo(member, thing, made, depth) is { } given)
            {
                // What a constructor makes has its name from the member that keeps it.
                return given.Path is null && thing.Path is { } holder ? given with { Path = holder.Then(step) } : given;
            }
        }

        return thing.Path is { } path ? new Thing(path.Then(step), null, this) : null;
    }

    private bool IsKept(ISymbol variable, bool isOwn) => _facts.IsFixed(variable) || (isOwn && _fork is not null && _facts.IsSetBefore(variable, _fork));

    /// <summary>What a new object was given for one of its members: by the initializer behind the creation, its constructor, or the initializer of the member.</summary>
    private Thing? GivenTo(ISymbol member, Thing self, Creation made, int depth)
    {
        if (depth > Limits.CallDepth)
        {
            return null;
        }

        foreach (var (assigned, value) in made.Members)
        {
            if (SymbolEqualityComparer.Default.Equals(assigned, member))
            {
                return self.In.ThingOf(value, depth + 1);
            }
        }

        return self.In.InConstructor(member, made.Constructor, made.Arguments, self, depth);
    }

    private Thing? InConstructor(ISymbol member, IMethodSymbol constructor, ImmutableArray<Origin?> arguments, Thing self, int depth)
    {
        if (member is IParameterSymbol parameter && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, constructor))
        {
            return parameter.Ordinal < arguments.Length ? ThingOf(arguments[parameter.Ordinal], depth + 1) : null;
        }

        var function = _facts.FunctionOf(constructor);
        var inside = new Frame(_facts, _fork, function?.Body ?? _body, constructor, self, arguments.Select(a => ThingOf(a, depth + 1)).ToImmutableArray(), null, isFirst: false);
        Step? last = null;
        foreach (var step in function?.Steps ?? [])
        {
            if (step is { Kind: StepKind.Access, Place: { Root: PathRoot.This, Steps: { Length: 1 } steps }, IsContent: false, Changes: true } && SymbolEqualityComparer.Default.Equals(steps[0].Member, member))
            {
                last = step;
            }
            else if (step is { Kind: StepKind.Call, Call: { Target.MethodKind: MethodKind.Constructor, Receiver.Path: { Root: PathRoot.This, Steps.IsEmpty: true } } chained } && depth <= Limits.CallDepth &&
                     inside.InConstructor(member, chained.Target, chained.Arguments, self, depth + 1) is { } given)
            {
                return given;
            }
        }

        return last is not null ? inside.ThingOf(last.Value, depth + 1) : inside.ThingOf(_facts.InitialOf(member), depth + 1);
    }

    /// <summary>The member of <paramref name="type"/> that a call of <paramref name="target"/> runs on an object of exactly this type.</summary>
    private static IMethodSymbol? ImplementationOf(IMethodSymbol target, INamedTypeSymbol type)
    {
        if (target.ContainingType.TypeKind == TypeKind.Interface)
        {
            return type.AllInterfaces.Where(i => SymbolEqualityComparer.Default.Equals(i.OriginalDefinition, target.ContainingType)).SelectMany(static i => i.GetMembers()).OfType<IMethodSymbol>()
                .FirstOrDefault(m => SymbolEqualityComparer.Default.Equals(m.OriginalDefinition, target)) is { } declared ? type.FindImplementationForInterfaceMember(declared) as IMethodSymbol : null;
        }

        for (var up = type; up is not null; up = up.BaseType)
        {
            foreach (var method in up.GetMembers().OfType<IMethodSymbol>())
            {
                for (var overridden = method; overridden is not null; overridden = overridden.OverriddenMethod)
                {
                    if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, target))
                    {
                        return method;
                    }
                }
            }
        }

        return null;
    }
}

using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>A result that a forked body leaves in a variable of its starter.</summary>
/// <param name="Place">The variable; for an element of an array or a change of a collection, the variable that holds it.</param>
/// <param name="IsContent">What is written is in the array or collection.</param>
/// <param name="Syntax">Where.</param>
/// <param name="Slot">The index of the element, where it is a constant; else null.</param>
internal readonly record struct ForkWrite(AccessPath Place, bool IsContent, SyntaxNode Syntax, object? Slot);

/// <summary>
/// The results of a forked body: what it writes, directly or through calls of this file, without a lock, before anything that may wait for the thread
/// that started it, and outside of loops that somebody else ends. What comes after such a wait may be meant to come after the starter's next step.
/// </summary>
internal sealed class ForkWrites
{
    private readonly List<ForkWrite> _writes = [];
    private readonly BodyFacts _body;
    private readonly HashSet<(IMethodSymbol Function, string Given, string Objects)> _followed = [];

    /// <summary>The constants that parameters have where the walk is.</summary>
    private ImmutableDictionary<IParameterSymbol, object>? _given;

    /// <summary>The variables of the starter whose objects parameters have where the walk is.</summary>
    private ImmutableDictionary<IParameterSymbol, AccessPath> _objects = ImmutableDictionary<IParameterSymbol, AccessPath>.Empty;

    /// <summary>The functions whose locals and parameters are the fork's own.</summary>
    private readonly List<SyntaxNode> _functions = [];

    private ForkWrites(BodyFacts body, SyntaxNode named)
    {
        _body = body;
        _functions.Add(named);
    }

    /// <summary>The body may wait for another thread, or it is not known whether it does.</summary>
    public bool MayWait { get; private set; }

    public IReadOnlyList<ForkWrite> Writes => _writes;

    public static ForkWrites Of(ForkBody forked, BodyFacts body)
    {
        var writes = new ForkWrites(body, forked.Named.Syntax);
        switch (forked.Named)
        {
            case IAnonymousFunctionOperation lambda:
                writes.Walk(lambda.Body, isOwn: true, 0);
                break;
            case IMethodReferenceOperation { Instance: null or IInstanceReferenceOperation } method:
                writes.Follow(method.Method, isOwn: true, 0);
                break;
            default:
                writes.MayWait = true;
                break;
        }

        return writes;
    }

    private void Follow(IMethodSymbol method, bool isOwn, int depth)
    {
        if (depth >= Limits.CallDepth || SourceOf(method, _body) is not { } source)
        {
            MayWait = true;
        }
        else if (_followed.Add((method.OriginalDefinition, Slots.Text(_given), string.Join(",", method.OriginalDefinition.Parameters.Select(ObjectOf)))))
        {
            _functions.Add(source.Syntax);
            if (!_objects.IsEmpty)
            {
                _objects = _objects.RemoveRange(source.Descendants().Where(StraightLine.IsTarget).OfType<IParameterReferenceOperation>().Select(static target => target.Parameter.OriginalDefinition));
            }

            Walk(source is ILocalFunctionOperation { Body: { } block } ? block : source, isOwn, depth + 1);
        }
    }

    /// <summary>The block of a method that is certain to be the one called and stands in this file; null for another, and when the body has followed as many calls as it may.</summary>
    public static IOperation? SourceOf(IMethodSymbol method, BodyFacts body)
    {
        method = method.OriginalDefinition;
        method = method.PartialImplementationPart ?? method;
        return body.MayFollowCall() && !method.IsAbstract && ((!method.IsVirtual && !method.IsOverride) || method.IsSealed || method.ContainingType.IsSealed) &&
               method.DeclaringSyntaxReferences.Length == 1 && method.DeclaringSyntaxReferences[0].GetSyntax(body.Cancellation) is var syntax && syntax.SyntaxTree == body.Root.Syntax.SyntaxTree
            ? body.Root.SemanticModel?.GetOperation(syntax, body.Cancellation)
            : null;
    }

    private void Walk(IOperation operation, bool isOwn, int depth)
    {
        if (MayWait || _writes.Count >= Limits.ResultsOfFork)
        {
            return;
        }

        _body.Cancellation.ThrowIfCancellationRequested();
        switch (operation)
        {
            case IAnonymousFunctionOperation or ILocalFunctionOperation or INameOfOperation:
                return;
            case ILockOperation:
                // What is written under a lock is read under it, or is another rule's matter; the lock itself may be held by the starter.
                MayWait = true;
                return;
            case ILoopOperation loop when EndsFromOutside(loop):
                MayWait = true;
                return;
        }

        foreach (var child in operation.ChildOperations)
        {
            Walk(child, isOwn, depth);
        }

        if (MayWait)
        {
            return;
        }

        switch (operation)
        {
            case IAwaitOperation wait when !IsHarmless(wait, _body.Model.Types):
                MayWait = true;
                break;
            case IInvocationOperation call:
                AfterCall(call, isOwn, depth);
                break;
            case IDynamicInvocationOperation or IFunctionPointerInvocationOperation:
                MayWait = true;
                break;
            case IPropertyReferenceOperation { Property: { IsIndexer: true }, Parent: ISimpleAssignmentOperation assignment } item when assignment.Target == item && IsForOneThread(item.Instance?.Type):
                Add(item.Instance, true, item.Syntax, isOwn);
                break;
            default:
                if (StraightLine.IsTarget(operation) && !IsAtomic(operation))
                {
                    Add(operation, operation is IArrayElementReferenceOperation, operation.Syntax, isOwn);
                }

                break;
        }
    }

    private void AfterCall(IInvocationOperation call, bool isOwn, int depth)
    {
        if (IsMutation(call))
        {
            Add(call.Instance, true, call.Syntax, isOwn);
        }
        else if (!call.TargetMethod.DeclaringSyntaxReferences.IsEmpty)
        {
            var (given, objects) = (_given, _objects);
            _given = Slots.GivenBy(call, given);
            _objects = ObjectsGivenBy(call, isOwn);
            Follow(call.TargetMethod, isOwn && call.Instance is null or IInstanceReferenceOperation, depth);
            (_given, _objects) = (given, objects);
        }
        else if (!WaitModels.NeedsNobody(call.TargetMethod, _body.Model.Types) && !WaitModels.IsPause(call, _body.Model.Types) && !ContentReads.IsInlineQuery(call, _body.Model) &&
                 call.TargetMethod.Name is not ("ConfigureAwait" or "GetAwaiter" or "GetResult"))
        {
            MayWait = true;
        }
    }

    /// <summary>Whether the <c>await</c> needs nobody else: time passes, a call in source goes on, the framework does what it does alone.</summary>
    public static bool IsHarmless(IAwaitOperation wait, WellKnownTypes types)
    {
        return WaitModels.IsPause(wait, types) || TaskModels.IsFinished(wait.Operation, types) || TaskModels.Unconfigured(wait.Operation) is IInvocationOperation call &&
            (!call.TargetMethod.DeclaringSyntaxReferences.IsEmpty || WaitModels.NeedsNobody(call.TargetMethod, types));
    }

    /// <summary>A change of a collection that is not made for several threads.</summary>
    public static bool IsMutation(IInvocationOperation call) =>
        call is { Instance: { } instance, TargetMethod.Name: "Add" or "AddRange" or "Enqueue" or "Push" or "Insert" or "Remove" or "Clear" or "Append" or "AppendLine" or "TryAdd" or "AddLast" or "AddFirst" } &&
        IsForOneThread(instance.Type);

    /// <summary>A collection that is not made for several threads; what other types do is not known.</summary>
    private static bool IsForOneThread(ITypeSymbol? collection) => collection?.ContainingNamespace?.ToDisplayString() is "System.Collections.Generic" or "System.Collections" or "System.Text";

    /// <summary>Endless, or until a variable changes that the body does not own: it runs beside its starter on purpose.</summary>
    public static bool EndsFromOutside(ILoopOperation loop) => loop switch
    {
        IWhileLoopOperation { Condition: { } condition } => condition.ConstantValue is { HasValue: true } || condition.DescendantsAndSelf().Any(o => o is IFieldReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: false } or IInvocationOperation ||
            o is ILocalReferenceOperation local && !IsDeclaredAround(local.Local, loop)),
        IForLoopOperation { Condition: null } => true,
        _ => false,
    };

    private static bool IsDeclaredAround(ILocalSymbol local, ILoopOperation loop) =>
        local.DeclaringSyntaxReferences.Length == 1 && loop.FunctionAround()?.DeclaringSyntaxReferences is { Length: 1 } around && around[0].Span.Contains(local.DeclaringSyntaxReferences[0].Span);

    private void Add(IOperation? target, bool isContent, SyntaxNode syntax, bool isOwn)
    {
        if (PlaceOf(target, isContent, isOwn) is { } place && !IsVolatile(place))
        {
            _writes.Add(new ForkWrite(place, isContent, syntax, Slots.Of(target, _given)));
        }
    }

    /// <summary>The variable as the starter names it; null for one that it cannot name.</summary>
    private AccessPath? PlaceOf(IOperation? operation, bool isContent, bool isOwn) =>
        SharedPlace.Of(operation) is not { } place ? null
        : IsShared(place, isOwn) ? place
        : (isContent || !place.Steps.IsEmpty) && ObjectOf(place.Symbol) is { } known ? known with { Steps = known.Steps.AddRange(place.Steps) }
        : null;

    private AccessPath? ObjectOf(ISymbol? variable) => variable is IParameterSymbol parameter && _objects.TryGetValue(parameter.OriginalDefinition, out var known) ? known : null;

    /// <summary>What the starter calls the objects that a helper is given, and has as long as it assigns no parameter.</summary>
    private ImmutableDictionary<IParameterSymbol, AccessPath> ObjectsGivenBy(IInvocationOperation call, bool isOwn)
    {
        var all = ImmutableDictionary.Create<IParameterSymbol, AccessPath>(SymbolEqualityComparer.Default);
        foreach (var argument in call.Arguments)
        {
            if (argument is { Parameter: { RefKind: RefKind.None, Type.IsReferenceType: true } parameter, Value: var value } && PlaceOf(Conversions.WithoutBuiltIn(value), true, isOwn) is { } place)
            {
                all = all.SetItem(parameter.OriginalDefinition, place);
            }
        }

        return all;
    }

    /// <summary>A variable that the starter can name too: what the forked function declares is its own.</summary>
    private bool IsShared(AccessPath place, bool isOwn) => place.Root switch
    {
        PathRoot.Static => true,
        PathRoot.This => isOwn && !place.Steps.IsEmpty,
        PathRoot.Local or PathRoot.Parameter => place.Symbol!.DeclaringSyntaxReferences.Length == 1 && !_functions.Any(f => f.Span.Contains(place.Symbol.DeclaringSyntaxReferences[0].Span)),
        _ => false,
    };

    private bool IsAtomic(IOperation target) => target.Parent is IArgumentOperation { Parent: IInvocationOperation call } &&
        (KnownType.Is(call.TargetMethod.ContainingType, _body.Model.Types.Interlocked) || KnownType.Is(call.TargetMethod.ContainingType, _body.Model.Types.Volatile));

    private bool IsVolatile(AccessPath place) => place.Holder switch
    {
        IFieldSymbol field => field.IsVolatile || PerThread.Is(field),
        _ => false,
    };
}

using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>A point from which on a forked body may run beside the code that follows.</summary>
/// <param name="At">The call that starts it: <c>t.Start()</c>, <c>Task.Run(…)</c>, <c>QueueUserWorkItem(…)</c>.</param>
/// <param name="Creation">What made the body's thread or task; the same as <paramref name="At"/> for what is born running.</param>
/// <param name="Kind">What was made.</param>
/// <param name="Bodies">The functions that may run.</param>
/// <param name="Handle">Where the thread or task is kept.</param>
internal sealed record ForkStart(IOperation At, IOperation Creation, ForkKind Kind, ImmutableArray<ForkBody> Bodies, ForkHandle Handle)
{
    /// <summary>The function that makes the work; a lambda of <c>Select</c> runs within its caller.</summary>
    public IMethodSymbol? Maker => Rounds.MakerOf(Creation);

    /// <summary>The starts in the body, those of lambdas and local functions included, in source order, whose functions are known.</summary>
    public static ImmutableArray<ForkStart> In(BodyFacts body) => All(body).Where(static s => !s.Bodies.IsEmpty).ToImmutableArray();

    /// <summary>All starts in the body, those of functions out of sight with them.</summary>
    public static ImmutableArray<ForkStart> All(BodyFacts body)
    {
        var starts = ImmutableArray.CreateBuilder<ForkStart>();
        foreach (var fork in body.ForkCalls)
        {
            var kind = ForkModels.KindOf(fork, body.Model.Types);
            if (kind is ForkKind.TaskRun or ForkKind.StartNew or ForkKind.PoolItem)
            {
                Add(fork, fork, kind);
            }
        }

        foreach (var start in body.HandleCalls)
        {
            if (WaitModels.ActionOf(start.TargetMethod, body.Model.Types) == HandleAction.Start && start.Instance is { } receiver)
            {
                var creations = HandleUses.CreationsOf(receiver, body);
                foreach (var creation in creations)
                {
                    if (ForkModels.KindOf(creation, body.Model.Types) is (ForkKind.Thread or ForkKind.ColdTask) and var kind)
                    {
                        Add(start, creation, kind);
                    }
                }
            }
        }

        return starts.OrderBy(static s => s.At.Syntax.SpanStart).ToImmutableArray();

        void Add(IOperation at, IOperation creation, ForkKind kind) => starts.Add(new ForkStart(at, creation, kind, BodiesOf(creation, body.Root), ForkHandle.Of(creation)));
    }

    /// <summary>Continuations of tasks, which run when those have ended: no work beside the code that adds them, but work that may fail as any other.</summary>
    public static IEnumerable<ForkStart> Continuations(BodyFacts body) => body.ForkCalls.Where(fork => ForkModels.KindOf(fork, body.Model.Types) == ForkKind.Continuation)
        .Select(fork => new ForkStart(fork, fork, ForkKind.Continuation, BodiesOf(fork, body.Root), ForkHandle.Of(fork)));

    private static ImmutableArray<ForkBody> BodiesOf(IOperation creation, IOperation root)
    {
        var found = ImmutableArray<ForkBody>.Empty;
        foreach (var argument in ForkModels.PartsOf(creation).Arguments.Where(static a => a.Parameter?.Type.TypeKind == TypeKind.Delegate))
        {
            found = found.AddRange(ForkBodies.Of(argument, root));
        }

        return found;
    }
}

/// <summary>What becomes of the thread or task that a fork gives.</summary>
internal enum HandleHome
{
    /// <summary>Nothing keeps it.</summary>
    Dropped,

    /// <summary>A local or field holds it.</summary>
    Variable,

    /// <summary>It is one of many in an array or list.</summary>
    Group,

    /// <summary>Awaited or waited for on the spot.</summary>
    Joined,

    /// <summary>Returned, passed on, or part of something else: who may join it is unknown.</summary>
    Elsewhere,
}

/// <summary>Where the thread or task of a fork is kept.</summary>
/// <param name="Home">How.</param>
/// <param name="Variable">The local or field that holds it, or its group; else null.</param>
/// <param name="Slot">Its index in the group, where that is a constant; else null.</param>
internal readonly record struct ForkHandle(HandleHome Home, ISymbol? Variable, object? Slot = null)
{
    public static ForkHandle Of(IOperation creation)
    {
        var value = creation;
        while (value.Parent is IConversionOperation { OperatorMethod: null } or IParenthesizedOperation)
        {
            value = value.Parent;
        }

        return value.Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => new ForkHandle(HandleHome.Variable, declarator.Symbol),
            IFieldInitializerOperation { InitializedFields: { Length: 1 } fields } => new ForkHandle(HandleHome.Variable, fields[0]),
            ISimpleAssignmentOperation { Target: IDiscardOperation } => new ForkHandle(HandleHome.Dropped, null),
            ISimpleAssignmentOperation assignment when assignment.Value == value => Stored(assignment.Target),
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Add" or "Enqueue" or "Push", Instance: { } group } } => InGroup(group),
            IArrayInitializerOperation { Parent: { } array } elements => Made(array, Slots.Among(elements.ElementValues, value, array.Type)),
            { Syntax: CollectionExpressionSyntax } collection => Made(collection, Slots.Among(collection.ChildOperations, value, (collection.Parent as IConversionOperation ?? collection).Type)),
            IInvocationOperation call when call.Instance == value => call.TargetMethod.Name switch
            {
                "Start" => call.Parent is IExpressionStatementOperation ? new ForkHandle(HandleHome.Dropped, null) : new ForkHandle(HandleHome.Elsewhere, null),
                "Wait" or "GetAwaiter" or "ConfigureAwait" => new ForkHandle(HandleHome.Joined, null),
                _ => new ForkHandle(HandleHome.Elsewhere, null),
            },
            IAwaitOperation => new ForkHandle(HandleHome.Joined, null),
            IPropertyReferenceOperation { Property.Name: "Result" } => new ForkHandle(HandleHome.Joined, null),
            IExpressionStatementOperation => new ForkHandle(HandleHome.Dropped, null),
            IReturnOperation { Parent: IBlockOperation { Parent: IAnonymousFunctionOperation lambda } } => Selected(lambda),
            _ => new ForkHandle(HandleHome.Elsewhere, null),
        };
    }

    private static ForkHandle Stored(IOperation target) => target switch
    {
        ILocalReferenceOperation local => new ForkHandle(HandleHome.Variable, local.Local),
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => new ForkHandle(HandleHome.Variable, field.Field),
        IArrayElementReferenceOperation element => InGroup(element.ArrayReference) with { Slot = Slots.Named(element) },
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } list } item => InGroup(list) with { Slot = Slots.Named(item) },
        _ => new ForkHandle(HandleHome.Elsewhere, null),
    };

    private static ForkHandle InGroup(IOperation group) => group switch
    {
        ILocalReferenceOperation local => new ForkHandle(HandleHome.Group, local.Local),
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => new ForkHandle(HandleHome.Group, field.Field),
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver, Parent: IInvocationOperation { Parent: IObjectOrCollectionInitializerOperation { Parent: { } made, Initializers: var elements } } added } => Made(made, Slots.Among(elements, added, made.Type)),
        _ => new ForkHandle(HandleHome.Elsewhere, null),
    };

    /// <summary>An array or list that is made with its elements: where it goes is where they go.</summary>
    private static ForkHandle Made(IOperation collection, object? slot = null) =>
        Of(collection) is { Home: HandleHome.Variable } kept ? kept with { Home = HandleHome.Group, Slot = slot } : new ForkHandle(HandleHome.Elsewhere, null);

    /// <summary><c>xs.Select(x => new Thread(…)).ToList()</c>.</summary>
    private static ForkHandle Selected(IAnonymousFunctionOperation lambda)
    {
        IOperation value = lambda;
        while (value.Parent is IDelegateCreationOperation or IConversionOperation or IArgumentOperation)
        {
            value = value.Parent;
        }

        return value.Parent is IInvocationOperation { TargetMethod: { Name: "Select", ContainingType.Name: "Enumerable" } } select &&
               (select.Parent is ITranslatedQueryOperation { Parent: { } around } ? around : select.Parent) is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "ToList" or "ToArray", ContainingType.Name: "Enumerable" } } list }
            ? Made(list)
            : new ForkHandle(HandleHome.Elsewhere, null);
    }
}

using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>A place from which on functions of the type run beside the code around it, or beside each other.</summary>
/// <param name="At">The call that starts them.</param>
/// <param name="Functions">The functions that run.</param>
/// <param name="Loop">What makes the threads again and again: a loop or query; null where one is made, or where the call itself runs its functions many times.</param>
/// <param name="IsMany">Each function runs on several threads at once.</param>
/// <param name="Start">The fork with its handle; null for a parallel loop or query, which returns when all is done, for a helper that is given the functions to run, which may return before, and for the two outputs of a child.</param>
/// <param name="In">The function around it.</param>
internal sealed record ThreadSource(IOperation At, ImmutableArray<CodeFunction> Functions, IOperation? Loop, bool IsMany, ForkStart? Start, CodeFunction In)
{
    /// <summary>The start runs over a group, so that the others of the group run beside it.</summary>
    public bool IsGroup { get; init; }

    /// <summary>The functions run beside each other behind their first wait, and one after the other up to there.</summary>
    public bool IsBehindWait { get; init; }

    /// <summary>What each of the threads does that runs beside others.</summary>
    public IEnumerable<Side> Sides(TypeAccesses accesses) => Functions.Select(f => IsBehindWait ? Side.BehindWaits(f, accesses) : Side.Of(f, accesses));

    /// <summary>The sources of one body in source order. What runs on a scheduler of the user's choice, or one at a time by options, is none.</summary>
    public static ImmutableArray<ThreadSource> Of(BodyFacts body, TypeAccesses accesses)
    {
        var given =
            from call in accesses.Functions.Where(f => f.Body == body).SelectMany(static f => f.Calls)
            where call.IsCall && call.At is IInvocationOperation
            from argument in ((IInvocationOperation)call.At).Arguments
            where IsDelegate(argument) && Spreading.RunsOnMany((IInvocationOperation)call.At, argument.Parameter!, accesses)
            let functions = FunctionsOf(ForkBodies.Of(argument, body.Root), accesses)
            where !functions.IsEmpty
            select new ThreadSource(call.At, functions, null, true, null, call.In);
        return Direct(body, accesses).Concat(given).Concat(Continuations(body, accesses)).Concat(EventForks.Of(body)).Concat(AsyncGroups.Of(body, accesses)).OrderBy(static s => s.At.Syntax.SpanStart).ToImmutableArray();
    }

    /// <summary>The sources of one body, without the helpers that it gives functions to.</summary>
    public static IEnumerable<ThreadSource> Direct(BodyFacts body, TypeAccesses accesses)
    {
        if (body.ForkCalls.IsEmpty && body.HandleCalls.IsEmpty)
        {
            yield break;
        }

        foreach (var start in body.Forks().Starts.Where(s => !HasScheduler(s.Creation, body) && !HasScheduler(s.At, body)))
        {
            var functions = FunctionsOf(start.Bodies, accesses);
            if (!functions.IsEmpty && accesses.Around(start.At, body) is { } around)
            {
                var repetition = Repetition.Of(start, body);
                yield return new ThreadSource(start.At, functions, repetition.Loop, repetition.IsMany, start, around) { IsGroup = repetition.IsGroup };
            }
        }

        foreach (var call in body.ForkCalls.OfType<IInvocationOperation>().Where(c => ForkModels.KindOf(c, body.Model.Types) is ForkKind.ParallelLoop or ForkKind.ParallelQuery && !HasScheduler(c, body)))
        {
            var functions = FunctionsOf(BodiesOf(call, body.Root), accesses);
            if (!functions.IsEmpty && accesses.Around(call, body) is { } around)
            {
                yield return new ThreadSource(call, functions, null, call.TargetMethod.Name != "Invoke", null, around);
            }
        }
    }

    /// <summary>Continuations of work that the body starts and that waits for nobody, so that they run whatever the body does meanwhile.</summary>
    private static IEnumerable<ThreadSource> Continuations(BodyFacts body, TypeAccesses accesses) =>
        from start in body.ForkCalls.IsEmpty ? [] : ForkStart.Continuations(body)
        where start.At is IInvocationOperation { Instance: not null } && !HasScheduler(start.At, body)
        let task = ((IInvocationOperation)start.At).Instance!
        let made = HandleUses.VariableOf(task) is { } variable ? Assignments.OnlyValueOf(variable, body) : task
        where body.Forks().Starts.FirstOrDefault(s => s.Creation.Syntax == Conversions.WithoutBuiltIn(made)?.Syntax) is { } first &&
            FunctionsOf(first.Bodies, accesses) is { IsEmpty: false } before && before.All(f => !Side.Of(f, accesses).Waits)
        let functions = FunctionsOf(start.Bodies, accesses)
        let around = accesses.Around(start.At, body)
        where !functions.IsEmpty && around is not null
        select new ThreadSource(start.At, functions, null, false, start, around);

    /// <summary>The functions that a parallel loop or query may run.</summary>
    public static ImmutableArray<ForkBody> BodiesOf(IInvocationOperation call, IOperation root) => call.Arguments
        .Where(static a => IsDelegate(a) || a.Parameter?.Type is IArrayTypeSymbol { ElementType.TypeKind: TypeKind.Delegate })
        .SelectMany(a => ForkBodies.Of(a, root)).ToImmutableArray();

    private static bool IsDelegate(IArgumentOperation argument) => argument.Parameter?.Type.TypeKind == TypeKind.Delegate;

    /// <summary>The functions of the type among those that a delegate may run.</summary>
    public static ImmutableArray<CodeFunction> FunctionsOf(ImmutableArray<ForkBody> bodies, TypeAccesses accesses) => bodies
        .Where(static b => b.Named is not IMethodReferenceOperation { Instance: not (null or IInstanceReferenceOperation) })
        .Select(b => accesses.FunctionOf(b.Named is IAnonymousFunctionOperation lambda ? lambda.Symbol : b.Function)).OfType<CodeFunction>().ToImmutableArray();

    /// <summary>Whether options or a scheduler may keep the functions from running at once.</summary>
    public static bool HasScheduler(IOperation fork, BodyFacts body)
    {
        var (method, arguments) = ForkModels.PartsOf(fork);
        return fork.Descendants().Any(static o => o is IInvocationOperation { TargetMethod.Name: "WithDegreeOfParallelism" } degree && degree.Arguments.All(static a => a.Parameter?.Type.SpecialType != SpecialType.System_Int32 || a.Value is not { ConstantValue: { HasValue: true, Value: not 1 } })) ||
               arguments.Any(a => a.Parameter?.Type.Name is "TaskScheduler" && a.Value is not IPropertyReferenceOperation { Property.Name: "Default" } || a.Parameter?.Type.Name == "ParallelOptions" && !ParallelDegree.AllowsSeveral(a.Value, body)) ||
               (method?.Name == "StartNew" && fork is IInvocationOperation { Instance: not IPropertyReferenceOperation { Property: { Name: "Factory", ContainingType.Name: "Task" } } });
    }
}

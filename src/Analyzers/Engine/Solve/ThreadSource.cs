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
/// <param name="Loop">What repeats the start: a loop or query; null where it is not repeated, or where the call itself runs its functions many times.</param>
/// <param name="IsMany">Each function runs on several threads at once.</param>
/// <param name="Start">The fork with its handle; null for a parallel loop or query, which returns when all is done, and for a helper that is given the functions to run, which may return before.</param>
/// <param name="In">The function around it.</param>
internal sealed record ThreadSource(IOperation At, ImmutableArray<CodeFunction> Functions, IOperation? Loop, bool IsMany, ForkStart? Start, CodeFunction In)
{
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
        return Direct(body, accesses).Concat(given).OrderBy(static s => s.At.Syntax.SpanStart).ToImmutableArray();
    }

    /// <summary>The sources of one body, without the helpers that it gives functions to.</summary>
    public static IEnumerable<ThreadSource> Direct(BodyFacts body, TypeAccesses accesses)
    {
        if (body.ForkCalls.IsEmpty && body.HandleCalls.IsEmpty)
        {
            yield break;
        }

        foreach (var start in body.Forks().Starts.Where(s => !HasScheduler(s.Creation) && !HasScheduler(s.At)))
        {
            var functions = FunctionsOf(start.Bodies, accesses);
            var loop = RepeatedBy(start, body);
            if (!functions.IsEmpty && accesses.Around(start.At, body) is { } around)
            {
                yield return new ThreadSource(start.At, functions, loop, loop is not null, start, around);
            }
        }

        foreach (var call in body.ForkCalls.OfType<IInvocationOperation>().Where(c => ForkModels.KindOf(c, body.Model.Types) is ForkKind.ParallelLoop or ForkKind.ParallelQuery && !HasScheduler(c)))
        {
            var functions = FunctionsOf(BodiesOf(call, body.Root), accesses);
            if (!functions.IsEmpty && accesses.Around(call, body) is { } around)
            {
                yield return new ThreadSource(call, functions, null, call.TargetMethod.Name != "Invoke", null, around);
            }
        }
    }

    /// <summary>The functions that a parallel loop or query may run.</summary>
    public static ImmutableArray<ForkBody> BodiesOf(IInvocationOperation call, IOperation root) => call.Arguments
        .Where(static a => IsDelegate(a) || a.Parameter?.Type is IArrayTypeSymbol { ElementType.TypeKind: TypeKind.Delegate })
        .SelectMany(a => ForkBodies.Of(a, root)).ToImmutableArray();

    private static bool IsDelegate(IArgumentOperation argument) => argument.Parameter?.Type.TypeKind == TypeKind.Delegate;

    private static ImmutableArray<CodeFunction> FunctionsOf(ImmutableArray<ForkBody> bodies, TypeAccesses accesses) => bodies
        .Where(static b => b.Named is not IMethodReferenceOperation { Instance: not (null or IInstanceReferenceOperation) })
        .Select(b => accesses.FunctionOf(b.Named is IAnonymousFunctionOperation lambda ? lambda.Symbol : b.Function)).OfType<CodeFunction>().ToImmutableArray();

    /// <summary>The loop that goes on to its next round with the body possibly running, or the query whose forks are all made before one is waited for.</summary>
    public static IOperation? RepeatedBy(ForkStart start, BodyFacts body)
    {
        var rounds = Rounds.Around(start.At);
        if (start.Handle.Home == HandleHome.Joined && !(rounds is { Query: not null, Body.Parent: IAnonymousFunctionOperation { Symbol.IsAsync: true } } && !rounds.IsThrottled(start.At, body)))
        {
            // The rounds of an async query go on without each other's waits.
            return null;
        }

        if (rounds is { Query: { } query })
        {
            IOperation at = query;
            while (at.Parent is IConversionOperation or ITranslatedQueryOperation)
            {
                at = at.Parent;
            }

            return IsEnumerated(at) || (at.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } && Locals.Uses(local, body.Root).Any(IsEnumerated)) ? query : null;
        }

        var after = AfterFork.Of(start, ImmutableArray<ForkWrite>.Empty, body);
        return (after.NextRound ?? (IOperation?)after.NextElement) is { } loop && !IsWaitedForNextTime(start, loop, body.Model) ? loop : null;
    }

    /// <summary>Whether a sequence is gone through at once, before one of its elements is waited for.</summary>
    private static bool IsEnumerated(IOperation sequence) => (sequence.Parent is IConversionOperation { Parent: { } outer } ? outer : sequence.Parent) is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "ToArray" or "ToList" or "WhenAll" or "WaitAll" } };

    /// <summary>Whether the loop keeps the handle in a variable and waits for what that variable holds: <c>await last; last = Task.Run(…);</c></summary>
    private static bool IsWaitedForNextTime(ForkStart start, IOperation loop, Model model)
    {
        var made = start.At;
        while (made.Parent is IConversionOperation)
        {
            made = made.Parent;
        }

        var kept = made.Parent is ISimpleAssignmentOperation assignment && assignment.Value == made ? VariableOf(assignment.Target) : null;
        return kept is not null && loop.Descendants().Any(o =>
            (o is IAwaitOperation || (o is IInvocationOperation call && WaitModels.ActionOf(call.TargetMethod, model.Types) is HandleAction.Join or HandleAction.TimedJoin)) &&
            o.Descendants().Any(part => SymbolEqualityComparer.Default.Equals(VariableOf(part), kept)));
    }

    private static ISymbol? VariableOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IMemberReferenceOperation member => member.Member,
        _ => null,
    };

    /// <summary>Whether options or a scheduler may keep the functions from running at once.</summary>
    public static bool HasScheduler(IOperation fork)
    {
        var (method, arguments) = ForkModels.PartsOf(fork);
        return fork.Descendants().Any(static o => o is IInvocationOperation { TargetMethod.Name: "WithDegreeOfParallelism" } degree && degree.Arguments.All(static a => a.Parameter?.Type.SpecialType != SpecialType.System_Int32 || a.Value is not { ConstantValue: { HasValue: true, Value: not 1 } })) ||
               arguments.Any(static a => a.Parameter?.Type.Name is "TaskScheduler" && a.Value is not IPropertyReferenceOperation { Property.Name: "Default" } || a.Parameter?.Type.Name == "ParallelOptions" && !IsWide(a.Value)) ||
               (method?.Name == "StartNew" && fork is IInvocationOperation { Instance: not IPropertyReferenceOperation { Property: { Name: "Factory", ContainingType.Name: "Task" } } });
    }

    /// <summary>New options that neither name a scheduler nor allow one thread alone.</summary>
    private static bool IsWide(IOperation options) => Conversions.WithoutBuiltIn(options) is IObjectCreationOperation creation && (creation.Initializer?.Initializers.All(static i =>
        i is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var name } } assignment &&
        (name == "CancellationToken" || (name == "MaxDegreeOfParallelism" && assignment.Value is IPropertyReferenceOperation { Property.Name: "ProcessorCount" } or { ConstantValue: { HasValue: true, Value: not 1 } }))) ?? true);
}

using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>How what a start passes and what the body takes are certain to disagree.</summary>
internal enum ArgumentMisfit
{
    /// <summary>The body takes none.</summary>
    NotTaken,

    /// <summary>The body gets null and uses it.</summary>
    Missing,

    /// <summary>The body casts it to a type that it cannot have.</summary>
    OtherType,
}

/// <summary>A start that does not fit its body.</summary>
/// <param name="Misfit">How.</param>
/// <param name="Start">The call.</param>
/// <param name="Creation">What made the thread.</param>
/// <param name="Failure">The cast or use in the body that throws; null where the start throws.</param>
/// <param name="Passed">The type of what is passed, where another one is wanted.</param>
internal readonly record struct BadArgument(ArgumentMisfit Misfit, IInvocationOperation Start, IOperation Creation, IOperation? Failure, ITypeSymbol? Passed);

/// <summary>Compares the starts of threads with the bodies of these: where all that the handle may be are made in sight, and each body is certain to fail.</summary>
internal static class ThreadArguments
{
    public static IEnumerable<BadArgument> Misfits(BodyFacts body)
    {
        foreach (var start in body.HandleCalls)
        {
            if (WaitModels.ActionOf(start.TargetMethod, body.Model.Types) == HandleAction.Start && KnownType.Is(start.TargetMethod.ContainingType, body.Model.Types.Thread) &&
                start.Instance is { } receiver && !ExpectedFailure.Is(start, body.Model.Types.InvalidOperationException, body) && Misfit(start, CreationsOf(receiver, body), body) is { } bad)
            {
                yield return bad;
            }
        }
    }

    private static ImmutableArray<IObjectCreationOperation> CreationsOf(IOperation receiver, BodyFacts body)
    {
        var creations = HandleUses.CreationsOf(receiver, body).OfType<IObjectCreationOperation>().ToImmutableArray();
        return HandleUses.Kept(receiver, body) is not { IsGroup: true } group || HandleUses.IsClosedGroup(group.Variable, body)
            ? creations
            : ImmutableArray<IObjectCreationOperation>.Empty;
    }

    private static BadArgument? Misfit(IInvocationOperation start, ImmutableArray<IObjectCreationOperation> creations, BodyFacts body)
    {
        if (creations.IsEmpty)
        {
            return null;
        }

        var argument = start.Arguments.FirstOrDefault()?.Value;
        var takesNone = creations.Count(c => KnownType.Is(c.Constructor?.Parameters.FirstOrDefault()?.Type, body.Model.Types.ThreadStart));
        if (takesNone > 0)
        {
            return takesNone == creations.Length && argument is not null ? new BadArgument(ArgumentMisfit.NotTaken, start, creations[0], null, null) : null;
        }

        var passed = argument is null || argument.ConstantValue is { HasValue: true, Value: null } ? null : TypeOf(argument, body);
        if (argument is not null && passed is { SpecialType: SpecialType.System_Object })
        {
            return null;
        }

        IOperation? failure = null;
        foreach (var creation in creations)
        {
            var bodies = ForkBodies.Of(creation.Arguments[0], body.Root);
            if (bodies.IsEmpty || !bodies.All(b => (failure = ArgumentUse.FailureIn(b, passed, body)) is not null))
            {
                return null;
            }
        }

        return new BadArgument(passed is null ? ArgumentMisfit.Missing : ArgumentMisfit.OtherType, start, creations[0], failure, passed);
    }

    /// <summary>The type of a value under the conversion to <c>object</c>, or null for a null; followed through a local that is written once.</summary>
    private static ITypeSymbol? TypeOf(IOperation argument, BodyFacts body)
    {
        while (argument is IConversionOperation { OperatorMethod: null, Type.SpecialType: SpecialType.System_Object } conversion)
        {
            argument = conversion.Operand;
        }

        return argument is ILocalReferenceOperation { Local: { Type.SpecialType: SpecialType.System_Object } local } && Locals.OnlyValue(local, body.Root) is { } value && value != argument
            ? TypeOf(value, body)
            : argument.Type ?? body.Model.Compilation.ObjectType;
    }
}

using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Program;

/// <summary>What is disposed of behind starts, and behind calls that may leave starts open.</summary>
internal sealed partial class Summarizer
{
    /// <summary>Calls that are given the object of a <c>using</c> of the same member.</summary>
    private void AddHandOvers(BodyFacts block)
    {
        if ((block.Contents & BodyContents.Scopes) == 0)
        {
            return;
        }

        for (var i = 0; i < _made.Count; i++)
        {
            var (at, _, step) = _made[i];
            if (step.Kind == StepKind.Call && IsGivenScoped(at) && FunctionAround(at) is { } function)
            {
                var next = AfterFork.BesideCalls(at, block);
                if (DisposalsOf(next, at, ForkKind.None, block) is { IsEmpty: false } disposals)
                {
                    _body.HandOvers.Add(new HandOver(function, step, LineOf(at, i, next), disposals));
                }
            }
        }
    }

    private static bool IsGivenScoped(IOperation at) => at switch
    {
        IInvocationOperation call => IsScoped(call.Instance) || call.Arguments.Any(static a => IsScoped(a.Value)),
        IObjectCreationOperation creation => creation.Arguments.Any(static a => IsScoped(a.Value)),
        _ => false,
    };

    private static bool IsScoped(IOperation? value) => Conversions.WithoutBuiltIn(value) is ILocalReferenceOperation { Local.IsUsing: true };

    /// <param name="after">What comes behind the start or call.</param>
    /// <param name="from">The start or call.</param>
    /// <param name="kind">What is started; none for a call.</param>
    /// <param name="block">The body.</param>
    private ImmutableArray<DisposalSummary> DisposalsOf(AfterFork after, IOperation from, ForkKind kind, BodyFacts block)
    {
        if (after.Disposals.Count == 0)
        {
            return ImmutableArray<DisposalSummary>.Empty;
        }

        var found = ImmutableArray.CreateBuilder<DisposalSummary>();
        foreach (var disposal in after.Disposals)
        {
            if (!DisposedInUses.IsKept(disposal.Variable, block) || !DisposedInUses.IsOnTheWay(disposal.At, from) || DisposedInUses.EndsProgram(disposal.At, kind, block) || PathOf(disposal.Variable) is not { } place ||
                !TryDispose(disposal, place, out var dispose))
            {
                continue;
            }

            var isCall = disposal.At is IInvocationOperation;
            var end = disposal.At is IUsingDeclarationOperation { Parent: { } around } ? around.Syntax.Span.End : disposal.At.Syntax.Span.End;
            found.Add(new DisposalSummary(
                disposal.At.Syntax.Span, disposal.Variable.Name, place, isCall ? disposal.At.Syntax.SpanStart : end, dispose, block.DisposedInUses().All.Any(live => live.Disposal.At == disposal.At)));
        }

        return found.ToImmutable();
    }

    /// <summary>What the end of the scope runs: nothing in source for an object of the framework; false where it is not known.</summary>
    private static bool TryDispose(Disposal disposal, AccessPath place, out Call? dispose)
    {
        dispose = null;
        var type = disposal.Variable switch
        {
            ILocalSymbol local => local.Type,
            IParameterSymbol parameter => parameter.Type,
            _ => ((IFieldSymbol)disposal.Variable).Type,
        };
        if (type.DeclaringSyntaxReferences.IsEmpty)
        {
            return true;
        }

        var isAsync = disposal.At is IUsingDeclarationOperation { IsAsynchronous: true } or IUsingOperation { IsAsynchronous: true };
        var declared = type.AllInterfaces.FirstOrDefault(static i => i.SpecialType == SpecialType.System_IDisposable)?.GetMembers("Dispose").FirstOrDefault();
        if (isAsync || declared is null || type.FindImplementationForInterfaceMember(declared) is not IMethodSymbol { DeclaringSyntaxReferences.IsEmpty: false } method)
        {
            return false;
        }

        dispose = new Call(method.OriginalDefinition, new Origin(place, null), ImmutableArray<Origin?>.Empty, !ForkBodies.MayBeOverridden(method));
        return true;
    }

    private static AccessPath? PathOf(ISymbol variable) => variable switch
    {
        ILocalSymbol => new AccessPath(PathRoot.Local, variable, ImmutableArray<PathStep>.Empty),
        IParameterSymbol => new AccessPath(PathRoot.Parameter, variable, ImmutableArray<PathStep>.Empty),
        IFieldSymbol { IsStatic: false } => new AccessPath(PathRoot.This, null, ImmutableArray.Create(PathStep.Of(variable.OriginalDefinition))),
        _ => null,
    };
}

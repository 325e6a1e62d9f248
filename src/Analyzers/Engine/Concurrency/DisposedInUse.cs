using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// An object that is disposed of with nothing between the start of some work and the disposal that may wait, while the work is certain to use the object in a way that throws afterwards.
/// What the work waits for before it does so is not asked: its starter waits for nobody.
/// </summary>
/// <param name="Start">The start, in the body itself or in a helper that it calls; null where another member started it.</param>
/// <param name="At">The start, or the call of the helper in the body.</param>
/// <param name="Disposal">Where the object is disposed of.</param>
/// <param name="Use">The use of the object.</param>
internal sealed record DisposedInUse(ForkStart? Start, IOperation At, Disposal Disposal, IOperation Use);

/// <summary>What one body disposes of while work that it starts still uses it.</summary>
internal sealed class DisposedInUses(ImmutableArray<DisposedInUse> all)
{
    public ImmutableArray<DisposedInUse> All { get; } = all;

    public static DisposedInUses Of(BodyFacts body) => new(In(body).ToImmutableArray());

    private static IEnumerable<DisposedInUse> In(BodyFacts body)
    {
        var search = new Search(body);
        foreach (var (start, after) in (body.Contents & BodyContents.Forks) != 0 ? body.Forks().Followed : ImmutableArray<(ForkStart, AfterFork)>.Empty)
        {
            var open = new OpenStart(start, body, start.At, after, after.Disposals.Count > 0 && OpenStarts.IsReturned(start.At), ImmutableArray<IInvocationOperation>.Empty);
            if (search.First(open) is { } found)
            {
                yield return found;
            }
        }

        foreach (var pending in (body.Contents & (BodyContents.Scopes | BodyContents.Queues)) != 0 ? PendingCall.In(body) : [])
        {
            if (search.First(pending) is { } found)
            {
                yield return found;
            }
        }

        foreach (var found in FieldsInUse.In(body))
        {
            yield return found;
        }

        foreach (var open in OpenStarts.OfCalls(body, static call => call.TargetMethod.MethodKind == MethodKind.LocalFunction || call.Arguments.Any(static a => a.Value is ILocalReferenceOperation { Local.IsUsing: true })))
        {
            if (search.First(open) is { } found)
            {
                yield return found;
            }
        }
    }

    /// <summary>Whether the variable holds the same object at the disposal and in the work.</summary>
    public static bool IsKept(ISymbol variable, BodyFacts body) => variable switch
    {
        ILocalSymbol { IsUsing: true } => true,
        ILocalSymbol local => Locals.OnlyValue(local, body.Root) is not null,
        IParameterSymbol { RefKind: RefKind.None } parameter => !body.Root.Descendants().Any(o => o is IParameterReferenceOperation use && SymbolEqualityComparer.Default.Equals(use.Parameter, parameter) && StraightLine.IsTarget(use)),
        IFieldSymbol { IsReadOnly: true } => true,
        _ => false,
    };

    /// <summary>Whether whoever goes on behind the start comes to the call: what hangs on a condition may hang on the start as well.</summary>
    public static bool IsOnTheWay(IOperation disposal, IOperation start) => disposal is not IInvocationOperation || disposal.AncestorsAndSelf().FirstOrDefault(up => up.IsAround(start)) is { } common && GateCount.IsCertain(disposal, common);

    /// <summary>The end of the program ends pool and background threads in any case.</summary>
    public static bool EndsProgram(IOperation disposal, ForkKind kind, BodyFacts body) =>
        (body.Contents & BodyContents.Program) != 0 && kind != ForkKind.Thread && disposal is not IInvocationOperation && disposal.Parent is IBlockOperation { Parent: null or IMethodBodyBaseOperation };

    private sealed class Search(BodyFacts body)
    {
        public DisposedInUse? First(OpenStart open)
        {
            if (open.After.Disposals.Count == 0 || open.Start.Bodies.Length != 1 || open.Start.Handle.Home == HandleHome.Joined || (open.Start.Handle.Home == HandleHome.Elsewhere && !open.IsReturned && !OpenStarts.IsReturned(open.Start.At)))
            {
                return null;
            }

            return First(open.After, open.At, open.Start.Kind, variable => Use(variable, open)) is var (disposal, use) ? new DisposedInUse(open.Start, open.At, disposal, use) : null;
        }

        public DisposedInUse? First(PendingCall pending)
        {
            if (pending.Start.Handle.Home == HandleHome.Joined || (pending.Start.Handle.Home == HandleHome.Elsewhere && !OpenStarts.IsReturned(pending.At)))
            {
                return null;
            }

            var after = AfterFork.Behind(pending.At, pending.Start, ImmutableArray<ForkWrite>.Empty, body);
            return First(after, pending.At, ForkKind.None, variable => Use(variable, pending)) is var (disposal, use) ? new DisposedInUse(null, pending.At, disposal, use) : null;
        }

        private (Disposal Disposal, IOperation Use)? First(AfterFork after, IOperation at, ForkKind kind, Func<ISymbol, IOperation?> useOf)
        {
            foreach (var disposal in after.Disposals)
            {
                body.Cancellation.ThrowIfCancellationRequested();
                if (IsKept(disposal.Variable, body) && IsOnTheWay(disposal.At, at) && !EndsProgram(disposal.At, kind, body) && useOf(disposal.Variable) is { } use)
                {
                    return (disposal, use);
                }
            }

            return null;
        }

        private IOperation? Use(ISymbol variable, PendingCall pending)
        {
            var names = ImmutableArray.Create(variable);
            return pending.Code is null ? (IsOneOf(pending.At.Instance, names) ? pending.At : null)
                : Use(pending.Code, pending.IsLambda ? names : Inside(names, pending.At), body, 0, isBeside: false);
        }

        private IOperation? Use(ISymbol variable, OpenStart open)
        {
            var names = open.Calls.Aggregate(ImmutableArray.Create(variable), Inside);
            return open.Start.Bodies[0].Named switch
            {
                IAnonymousFunctionOperation lambda => Use(lambda, names, open.Facts, 0),
                IMethodReferenceOperation { Instance: null or IInstanceReferenceOperation } method when ForkWrites.SourceOf(method.Method, open.Facts) is { } source => Use(source, names, open.Facts, 0),
                _ => null,
            };
        }

        /// <summary>
        /// The first use in the function, or in what it calls, that it is certain to come to and that throws on a disposed object. One that is not beside its caller from the beginning is behind its first
        /// await that is certain to give control back.
        /// </summary>
        private static IOperation? Use(IOperation function, ImmutableArray<ISymbol> names, BodyFacts facts, int depth, bool isBeside = true)
        {
            var begin = 0;
            foreach (var operation in Operations.OfFunction(function is ILocalFunctionOperation { Body: { } block } ? block : function))
            {
                facts.Cancellation.ThrowIfCancellationRequested();
                switch (operation)
                {
                    case IAwaitOperation wait when !isBeside && PendingCall.Suspends(wait, facts.Model.Types) && GateCount.IsCertain(wait, function):
                        isBeside = true;
                        begin = wait.Syntax.Span.End;
                        break;
                    case var _ when !isBeside || operation.Syntax.SpanStart < begin:
                        break;
                    case IInvocationOperation call when IsOneOf(call.Instance, names):
                        if (DisposalModels.Throws(call.TargetMethod, call.Instance!.Type, facts.Model.Types) && IsCertain(call, function, facts))
                        {
                            return call;
                        }

                        break;
                    case IPropertyReferenceOperation property when IsOneOf(property.Instance, names):
                        if (DisposalModels.Throws(property.Property, property.Instance!.Type, facts.Model.Types) && IsCertain(property, function, facts))
                        {
                            return property;
                        }

                        break;
                    case IInvocationOperation call when depth < Limits.CallDepth && Inside(names, call) is { IsEmpty: false } inside && ForkWrites.SourceOf(call.TargetMethod, facts) is { } source && IsCertain(call, function, facts):
                        if (Use(source, inside, facts, depth + 1) is { } found)
                        {
                            return found;
                        }

                        break;
                }
            }

            return null;
        }

        private static bool IsOneOf(IOperation? receiver, ImmutableArray<ISymbol> names) => Disposal.NamedBy(receiver) is { } named && names.Contains(named, SymbolEqualityComparer.Default);

        /// <summary>The names of the object within the function that is called.</summary>
        private static ImmutableArray<ISymbol> Inside(ImmutableArray<ISymbol> names, IInvocationOperation call)
        {
            var isLocal = call.TargetMethod.MethodKind == MethodKind.LocalFunction;
            var isOwn = isLocal || call.Instance is null or IInstanceReferenceOperation;
            return names.Where(name => name is IFieldSymbol ? isOwn : isLocal)
                .Concat(call.Arguments.Where(a => a.Parameter is { RefKind: RefKind.None } && IsOneOf(a.Value, names)).Select(a => call.TargetMethod.OriginalDefinition.Parameters[a.Parameter!.Ordinal])).ToImmutableArray();
        }

        /// <summary>Whether each run of the function comes to the use, save where its own values are otherwise, and nobody takes the exception.</summary>
        private static bool IsCertain(IOperation use, IOperation function, BodyFacts facts)
        {
            for (var (at, up) = (use, use.Parent); up is not null && at != function; (at, up) = (up, up.Parent))
            {
                switch (up)
                {
                    case IConditionalOperation choice when at != choice.Condition && !IsOfOwn(choice.Condition, function, facts):
                    case IWhileLoopOperation { Condition: var condition } when at != condition && (condition is null || !IsOfOwn(condition, function, facts)):
                    case IForLoopOperation { Condition: { } limit } when at != limit && !IsOfOwn(limit, function, facts):
                    case IForEachLoopOperation each when at == each.Body && ForkEffects.IsOpen(each):
                    case ILoopOperation loop when at == loop.Body && IsLeftBefore(use, loop, function, facts):
                    case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both when at != both.LeftOperand:
                    case ISwitchOperation or ISwitchExpressionOperation or ICatchClauseOperation or IConditionalAccessOperation or ICoalesceOperation or ICoalesceAssignmentOperation:
                    case ITryOperation attempt when at == attempt.Body && !attempt.Catches.IsEmpty:
                        return false;
                }
            }

            return !GateCount.ReturnsEarly(function, use.Syntax);
        }

        /// <summary>A condition of others ends the round before the use.</summary>
        private static bool IsLeftBefore(IOperation use, ILoopOperation loop, IOperation function, BodyFacts facts) => Operations.OfFunction(loop.Body).Any(o => o is IBranchOperation && o.Syntax.SpanStart < use.Syntax.SpanStart &&
            o.AncestorsAndSelf().TakeWhile(up => up != loop).OfType<IConditionalOperation>().Any(choice => !choice.IsAround(use) && !IsOfOwn(choice.Condition, function, facts)));

        /// <summary>A condition on values that the work has for itself: nothing by which its starter could stop it.</summary>
        private static bool IsOfOwn(IOperation condition, IOperation function, BodyFacts facts) => condition.DescendantsAndSelf().All(o => o switch
        {
            ILocalReferenceOperation local => local.Local.IsForEach || Locals.IsDeclaredIn(local.Local, function) || Locals.OnlyValue(local.Local, facts.Root) is not null,
            IInvocationOperation call => call.TargetMethod.DeclaringSyntaxReferences.IsEmpty && WaitModels.NeedsNobody(call.TargetMethod, facts.Model.Types),
            IFieldReferenceOperation field => field.Field.IsConst || field.Field.IsReadOnly,
            IPropertyReferenceOperation property => property.Instance is not null and not IInstanceReferenceOperation && property.Property.DeclaringSyntaxReferences.IsEmpty && !KnownType.Is(property.Property.ContainingType, facts.Model.Types.CancellationToken),
            _ => true,
        });
    }
}

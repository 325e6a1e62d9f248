using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>A stretch of one function that runs under a lock, because a guard object holds it from a <c>using</c> to its end, or because a helper that takes the lock runs it.</summary>
/// <param name="Opening">The call or creation that takes the lock.</param>
/// <param name="Place">The lock.</param>
/// <param name="Region">The stretch.</param>
/// <param name="Function">The lambda or local function that the stretch lies in, or null when it is the member itself.</param>
internal sealed record GuardScope(IOperation Opening, LockPlace Place, TextSpan Region, IMethodSymbol? Function)
{
    /// <summary>
    /// The scopes of a body in source order. One whose guard is used for more than to be there, or in whose stretch something may give the lock back, is not among them.
    /// </summary>
    public static ImmutableArray<GuardScope> Of(BodyFacts body) => body.Once(static body => body.GuardCandidates.IsEmpty
        ? ImmutableArray<GuardScope>.Empty
        : ImmutableArray.CreateRange(body.GuardCandidates.Select(candidate => Of(candidate, body)).OfType<GuardScope>().Where(scope => !MayEndEarly(scope, body))));

    /// <summary>Whether the body may have such scopes; asked before all bodies of the type are known.</summary>
    public static bool MayBeIn(BodyFacts body) => body.GuardCandidates.Any(candidate => LambdaOf(candidate) is { } lambda
        ? RunnerOf(candidate, lambda, body.Model) is not null
        : GuardOpening.Of(MethodOf(candidate), body.Model) is not null);

    /// <summary>Whether the operation runs under the lock.</summary>
    public bool Covers(IOperation operation) => Region.Contains(operation.Syntax.Span) && SymbolEqualityComparer.Default.Equals(operation.FunctionAround(), Function);

    private static GuardScope? Of(IOperation candidate, BodyFacts body)
    {
        if (LambdaOf(candidate) is { } lambda)
        {
            return RunnerOf(candidate, lambda, body.Model) is { } runner && PlaceOf(runner, candidate, body) is { } under
                ? new GuardScope(candidate, under, lambda.Body.Syntax.Span, lambda.Symbol)
                : null;
        }

        return GuardOpening.Of(MethodOf(candidate), body.Model) is { } opening && Resource(candidate, body.Model) is var (holder, local) && (local is null || !IsUsed(local, body)) && RegionOf(holder, candidate) is { } region &&
            PlaceOf(opening, candidate, body) is { } place
                ? new GuardScope(candidate, place, region, candidate.FunctionAround())
                : null;
    }

    /// <summary>The method or constructor that the candidate calls.</summary>
    public static IMethodSymbol? MethodOf(IOperation candidate) => candidate is IInvocationOperation call ? call.TargetMethod : ((IObjectCreationOperation)candidate).Constructor;

    private static GuardOpening? RunnerOf(IOperation candidate, IAnonymousFunctionOperation lambda, Model model) =>
        lambda.Parent?.Parent is IArgumentOperation { Parameter: { } parameter } ? GuardOpening.OfRunner(((IInvocationOperation)candidate).TargetMethod, parameter.Ordinal, model) : null;

    /// <summary>The lambda that a helper is given to run.</summary>
    private static IAnonymousFunctionOperation? LambdaOf(IOperation candidate) => (candidate as IInvocationOperation)?.Arguments
        .Select(static a => (a.Value as IDelegateCreationOperation)?.Target).OfType<IAnonymousFunctionOperation>().FirstOrDefault();

    /// <summary>The <c>using</c> around the guard, which must be the guard itself and not a task of it, and the variable it is kept in.</summary>
    private static (IOperation Using, ILocalSymbol? Local)? Resource(IOperation guard, Model model)
    {
        var value = guard;
        var isAwaited = false;
        while (value.Parent is IConversionOperation { OperatorMethod: null } or IAwaitOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" })
        {
            value = value.Parent;
            isAwaited |= value is IAwaitOperation;
        }

        if (guard is IInvocationOperation call && TaskModels.IsTask(call.TargetMethod.ReturnType, model.Types) != isAwaited)
        {
            return null;
        }

        return value.Parent switch
        {
            IUsingOperation block when block.Resources == value => (block, null),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local, Parent: IVariableDeclarationOperation { Parent: IVariableDeclarationGroupOperation { Parent: (IUsingOperation or IUsingDeclarationOperation) and { } holder } } } } => (holder, local),
            _ => null,
        };
    }

    private static bool IsUsed(ILocalSymbol local, BodyFacts body) => Locals.Uses(local, body.Root).Any();

    private static TextSpan? RegionOf(IOperation holder, IOperation guard) => holder switch
    {
        IUsingOperation block => TextSpan.FromBounds(guard.Syntax.Span.End, block.Body.Syntax.Span.End),
        { Parent: IBlockOperation block } => TextSpan.FromBounds(guard.Syntax.Span.End, block.Syntax.Span.End),
        _ => null,
    };

    /// <summary>The lock in the terms of the body.</summary>
    public static LockPlace? PlaceOf(GuardOpening opening, IOperation candidate, BodyFacts body)
    {
        var arguments = candidate is IInvocationOperation invocation ? invocation.Arguments : ((IObjectCreationOperation)candidate).Arguments;
        if (opening.Field is not { } field)
        {
            return VariablePath.Of(Conversions.WithoutBuiltIn(arguments.FirstOrDefault(a => a.Parameter?.Ordinal == opening.Parameter)?.Value)) is { } given
                ? new LockPlace(given, opening.Kind, opening.Mode)
                : null;
        }

        if (field.IsStatic)
        {
            return new LockPlace(new AccessPath(PathRoot.Static, field, ImmutableArray<PathStep>.Empty), opening.Kind, opening.Mode);
        }

        // The guard locks itself.
        if (candidate is not IInvocationOperation { Instance: { } receiver } || VariablePath.Of(Conversions.WithoutBuiltIn(receiver)) is not { } path)
        {
            return null;
        }

        return body.Type?.Owns(field) == true ? new LockPlace(path.Then(PathStep.Of(field)), opening.Kind, opening.Mode)
            : path.Holder is null ? null
            : new LockPlace(path, opening.Kind, opening.Mode, Inner: field);
    }

    /// <summary>Whether something in the stretch may release the lock: a release of it, a member that leaves it otherwise than it found it, a call on the lock object, or the lock given to somebody.</summary>
    private static bool MayEndEarly(GuardScope scope, BodyFacts body)
    {
        var path = scope.Place.Path;
        var unbalanced = path.IsSharedWithinType && path.Holder is { } holder && body.Type is { } type ? type.Once(LockHelpers.Of).UnguardedOn(holder.Name) : [];
        var isTakenAgain = false;
        foreach (var operation in body.Root.Descendants().Where(o => o != scope.Opening && scope.Region.Contains(o.Syntax.Span)))
        {
            switch (operation)
            {
                case IInvocationOperation call when GuardOpening.Of(call.TargetMethod, body.Model) is not null:
                    break;
                case IInvocationOperation call when body.Model.Locks.MeaningOf(call) is { } action:
                    if (action.Mode == scope.Place.Mode && path.Equals(VariablePath.Of(Conversions.WithoutBuiltIn(action.Lock))))
                    {
                        // Behind a second acquire it gives back that one.
                        if (!action.IsAcquire && !isTakenAgain)
                        {
                            return true;
                        }

                        isTakenAgain |= action.Verb == LockVerb.Acquire;
                    }

                    break;
                case IInvocationOperation call when unbalanced.Contains(call.TargetMethod.Name) || (scope.Place.Inner is not null && path.Equals(VariablePath.Of(Conversions.WithoutBuiltIn(call.Instance)))):
                    return true;
                case IMethodReferenceOperation reference when unbalanced.Contains(reference.Method.Name):
                    return true;
                case IAssignmentOperation assignment when path.Equals(VariablePath.Of(assignment.Target)):
                    return true;
            }
        }

        return false;
    }
}

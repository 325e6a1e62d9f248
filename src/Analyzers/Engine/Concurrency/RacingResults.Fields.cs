using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// The same for a source that a field keeps, of the type at hand or of a base of it in the same file: a member that others call, or that runs on its own, sets a result, and a timer or the
/// cancellation of a token that the type has registered with completes the source too. Who asks anything but its own parameters before is taken to know.
/// </summary>
internal sealed partial record RacingResults
{
    private static IEnumerable<RacingResults> OfFields(BodyFacts body)
    {
        if (body.Root.SemanticModel is not { } semantics)
        {
            yield break;
        }

        foreach (var call in body.Root.Descendants().OfType<IInvocationOperation>())
        {
            if (ResultModels.ActionOf(call.TargetMethod, body.Model.Types) == ResultAction.Set && call.Instance is IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation, Field: var field } &&
                !IsUnderControl(call, body) && Comes(Member(call), body))
            {
                var uses = VariableUses.Seen(field.OriginalDefinition, semantics, body.Cancellation);
                if ((field.IsReadOnly || field.DeclaredAccessibility == Accessibility.Private && uses.All(static use => !StraightLine.IsTarget(use))) &&
                    uses.SelectMany(use => (use.Parent is IInvocationOperation own ? [own] : Enumerable.Empty<IInvocationOperation>()).Concat(ByState(use, body))).FirstOrDefault(other => ResultModels.ActionOf(other.TargetMethod, body.Model.Types) != ResultAction.None && AreApart(Member(call), Member(other), body)) is { } found)
                {
                    yield return new RacingResults(call, found, field);
                }
            }
        }
    }

    /// <summary>What completes the source by another name: <c>token.Register(OnTimeout, _source)</c> hands it to a function as its state.</summary>
    private static IEnumerable<IInvocationOperation> ByState(IOperation use, BodyFacts body)
    {
        while (use.Parent is IConversionOperation)
        {
            use = use.Parent;
        }

        return use.Parent is IArgumentOperation { Parent: { } taker } && IsClock(taker, body)
            ? taker.ChildOperations.OfType<IArgumentOperation>().Select(static a => (a.Value as IDelegateCreationOperation)?.Target).Select(target => target switch
            {
                IAnonymousFunctionOperation lambda => lambda,
                IMethodReferenceOperation method => ForkWrites.SourceOf(method.Method, body),
                _ => null,
            }).OfType<IOperation>().SelectMany(static function => Operations.OfFunction(function).OfType<IInvocationOperation>().Where(call => IsState(call.Instance, function)))
            : [];
    }

    /// <summary>The parameter that a function gets its state in, or a local that is given it.</summary>
    private static bool IsState(IOperation? receiver, IOperation function) => Conversions.WithoutAny(receiver) switch
    {
        IParameterReferenceOperation => true,
        ILocalReferenceOperation local => Conversions.WithoutAny(Locals.OnlyValue(local.Local, function)) is IParameterReferenceOperation,
        _ => false,
    };

    /// <summary>Whether a clock brings one of the two functions, and the other comes on its own.</summary>
    private static bool AreApart(IOperation function, IOperation other, BodyFacts body) => function.Syntax != other.Syntax && !function.Syntax.Span.Contains(other.Syntax.Span) && !other.Syntax.Span.Contains(function.Syntax.Span) &&
        (IsOfClock(other, body, 0) || IsOfClock(function, body, 0) && Comes(other, body));

    /// <summary>The lambda or member that the operation stands in.</summary>
    private static IOperation Member(IOperation operation) => operation.AncestorsAndSelf().FirstOrDefault(static up => up is IAnonymousFunctionOperation) ?? operation.AncestorsAndSelf().Last();

    /// <summary>Under a lock, in a <c>try</c> that takes the exception, or behind a question about anything but the values of the function itself.</summary>
    private static bool IsUnderControl(IInvocationOperation call, BodyFacts body)
    {
        var function = Member(call);
        var around = call.AncestorsAndSelf().TakeWhile(up => up != function).ToList();
        return around.Any(static up => up is ILockOperation or ITryOperation { Catches.IsEmpty: false } or ILocalFunctionOperation or IConditionalAccessOperation) || GateCount.ReturnsEarly(function, call.Syntax) ||
            around.Any(up => up is IConditionalOperation { Condition: var asked } && !IsOfOwn(asked, function) || up is ISwitchOperation { Value: var chosen } && !IsOfOwn(chosen, function)) ||
            Operations.OfFunction(function).OfType<IInvocationOperation>().Any(other => other.Syntax.SpanStart < call.Syntax.SpanStart &&
                (KnownType.Is(other.TargetMethod.ContainingType, body.Model.Types.Interlocked) || other.TargetMethod.Name is "Dispose" or "DisposeAsync" or "Unregister" or "Stop" or "Change" or "Enter" or "Wait" or "WaitAsync"));
    }

    private static bool IsOfOwn(IOperation asked, IOperation function) => asked.DescendantsAndSelf().All(o => o switch
    {
        ILocalReferenceOperation local => Locals.IsDeclaredIn(local.Local, function),
        IFieldReferenceOperation field => field.Field.IsConst || field.Field is { IsReadOnly: true, Type: { IsValueType: true } or { SpecialType: SpecialType.System_String } } || field.Instance is not null and not IInstanceReferenceOperation,
        IPropertyReferenceOperation property => property.Instance is not null and not IInstanceReferenceOperation,
        IInvocationOperation call => call.TargetMethod is { IsStatic: true, ContainingType.SpecialType: SpecialType.System_String },
        IAwaitOperation => false,
        _ => true,
    });

    /// <summary>Whether nothing in sight says when the function comes: others may call the member, or it is started or added to an event.</summary>
    private static bool Comes(IOperation function, BodyFacts body) => function is IAnonymousFunctionOperation lambda ? ComesOnItsOwn(lambda, body)
        : OwnRuns.MethodOf(function, body) is { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation } method && (method.DeclaredAccessibility != Accessibility.Private ? !IsStop(method)
            : VariableUses.All(method, body.Root.SemanticModel!, body.Cancellation) is { Count: 1 } uses && OwnRuns.Taker(uses[0]) is { } taker && (taker is IEventAssignmentOperation { Adds: true } || IsClock(taker, body)));

    /// <summary>A disposal comes when nothing else comes any more.</summary>
    private static bool IsStop(IMethodSymbol method) => method.Name.Contains("Dispose");

    /// <summary>Whether a timer or the cancellation of a token brings the function.</summary>
    private static bool IsOfClock(IOperation function, BodyFacts body, int depth)
    {
        if (function is IAnonymousFunctionOperation lambda)
        {
            return ComesAnyTime(lambda, body);
        }

        return depth < Limits.CallDepth && body.MayFollowCall() && OwnRuns.MethodOf(function, body) is { DeclaredAccessibility: Accessibility.Private } method && VariableUses.All(method, body.Root.SemanticModel!, body.Cancellation) is { Count: > 0 } uses && uses.All(use => use switch
        {
            IMethodReferenceOperation reference => OwnRuns.Taker(reference) is { } taker && IsClock(taker, body),
            _ => IsOfClock(Member(use), body, depth + 1),
        });
    }
}

using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>
/// The waits of an async function behind which it may go on on another thread than the one that called it: what is waited for may not be done yet, and no synchronization context leads back. Without
/// <c>ConfigureAwait(false)</c> there may be one wherever a user interface may call.
/// </summary>
internal static class LeavingWaits
{
    public static IEnumerable<IAwaitOperation> Of(CodeFunction function, TypeAccesses accesses)
    {
        var isFree = IsFree(function);
        return Operations.OfFunction(function.Root).OfType<IAwaitOperation>().Where(wait => MayGoOnLater(wait.Operation, function, accesses, 0) && (isFree || LeavesContext(wait.Operation)));
    }

    /// <summary>Whether the place, or what the access at it does, comes behind one of the waits.</summary>
    public static bool IsBehind(IOperation at, IEnumerable<IAwaitOperation> waits) => waits.Any(wait => IsPartOf(wait, at) || (wait.Syntax.Span.End <= at.Syntax.SpanStart && LeadsTo(wait, at)));

    /// <summary><c>list.Add(await …)</c>, <c>n += await …</c>: the change is made with what is waited for.</summary>
    private static bool IsPartOf(IAwaitOperation wait, IOperation at)
    {
        var change = at.Parent is IPropertyReferenceOperation { Property.IsIndexer: true } element && element.Instance == at ? element.Parent : at.Parent;
        return change switch
        {
            IAssignmentOperation assignment => assignment.Value.IsAround(wait),
            IInvocationOperation call => call.Instance == at && call.Arguments.Any(a => a.Value.IsAround(wait)),
            _ => false,
        };
    }

    /// <summary>Whether control comes from the wait to a later place, as far as their blocks tell: the wait is in no other branch, and in none that jumps away.</summary>
    private static bool LeadsTo(IOperation wait, IOperation place)
    {
        var from = wait;
        while (!from.Parent!.IsAround(place))
        {
            if (!(from.Parent is IConditionalOperation asked && asked.Condition == from) && from.Parent is IConditionalOperation or ISwitchOperation or ICatchClauseOperation or ILoopOperation or ITryOperation && Operations.OfFunction(from.Parent).Any(IsJump))
            {
                return false;
            }

            from = from.Parent!;
        }

        return from.Parent switch
        {
            IConditionalOperation choice => choice.Condition == from,
            ISwitchOperation choice => choice.Value == from,
            ISwitchExpressionOperation choice => choice.Value == from,
            ITryOperation attempt => attempt.Body == from,
            _ => true,
        };
    }

    private static bool IsJump(IOperation operation) => operation is IReturnOperation or IThrowOperation or IBranchOperation;

    /// <summary>Whether no context is certain wherever it is called from: nothing of a user interface is known to the compilation, and nobody who may have a context of his own runs the code.</summary>
    private static bool IsFree(CodeFunction function) => !function.Body.Model.Types.HasUserInterface && !ConfinedTypes.Is(function.Body.Type!.Type) && !Roles.IsConfined(function.Body.Type.Type) &&
        !function.AndOuter().Any(static f => f.Role == FunctionRole.Stored);

    private static bool LeavesContext(IOperation awaited) => awaited is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Arguments: { Length: > 0 } arguments } &&
        arguments[arguments.Length - 1].Value is { ConstantValue: { HasValue: true, Value: false } } or IFieldReferenceOperation { Field.Name: "None" or "ForceYielding" or "SuppressThrowing" };

    /// <summary>Whether what is waited for may not be done yet: input and output, a pause, work on the pool, a function that waits for such.</summary>
    private static bool MayGoOnLater(IOperation awaited, CodeFunction function, TypeAccesses accesses, int depth)
    {
        var call = Conversions.WithoutBuiltIn(awaited) as IInvocationOperation;
        if (call is { TargetMethod: { Name: "ConfigureAwait", IsStatic: false }, Instance: { } configured })
        {
            call = Conversions.WithoutBuiltIn(configured) as IInvocationOperation;
        }

        if (call is null || depth > Limits.CallDepth || TaskModels.IsFinished(call, function.Body.Model.Types))
        {
            return false;
        }

        if (call.TargetMethod.DeclaringSyntaxReferences.IsEmpty || ForkBodies.MayBeOverridden(call.TargetMethod))
        {
            return true;
        }

        return accesses.FunctionOf(call.TargetMethod) is { } called
            ? called.Symbol!.IsAsync ? Operations.OfFunction(called.Root).OfType<IAwaitOperation>().Any(inner => MayGoOnLater(inner.Operation, called, accesses, depth + 1))
                : Operations.OfFunction(called.Root).OfType<IReturnOperation>().Any(r => r.ReturnedValue is { } task && MayGoOnLater(task, called, accesses, depth + 1))
            : call.TargetMethod.IsAsync && FirstAwait.Of(new ForkBody(call, call.TargetMethod, false), function.Body) is not null;
    }
}

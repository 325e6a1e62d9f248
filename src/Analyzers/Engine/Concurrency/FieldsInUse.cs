using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Concurrency;

/// <summary>
/// Fields that a member disposes of while a thread or task that the type keeps still works with them, round after round: the wait for it stands behind the disposal, or nowhere in the type. The rounds must
/// go on until the use itself ends them; who asks a flag or a token first may be out by then.
/// </summary>
internal static class FieldsInUse
{
    public static IEnumerable<DisposedInUse> In(BodyFacts body)
    {
        if (body.Owner is not IMethodSymbol || body.Root.SemanticModel is null)
        {
            yield break;
        }

        foreach (var call in body.Root.Descendants().OfType<IInvocationOperation>())
        {
            if (DisposalModels.IsDisposal(call.TargetMethod, body.Model.Types) && HandleUses.VariableOf(call.Instance) is IFieldSymbol { DeclaredAccessibility: Accessibility.Private } field && call.FunctionAround() is null &&
                HandleUses.Of(field, body) is { } uses && uses.Count(StraightLine.IsTarget) <= (field.IsReadOnly ? 1 : 0) && !MayWaitBefore(call, body) && Find(uses, call, body) is var (run, use))
            {
                yield return new DisposedInUse(null, run.At, new Disposal(call, field), use);
            }
        }
    }

    private static (OwnRun Run, IOperation Use)? Find(IReadOnlyList<IOperation> uses, IOperation disposal, BodyFacts body)
    {
        foreach (var use in uses.Select(static use => use.Parent))
        {
            if (use is IInvocationOperation { Instance: { } receiver } call && call.Arguments.All(static a => a.Parameter?.Type.Name != "CancellationToken") && DisposalModels.Throws(call.TargetMethod, receiver.Type, body.Model.Types) && ComesAgain(call))
            {
                foreach (var run in OwnRuns.Of(call, body))
                {
                    var keepers = KeepersOf(run, call, body);
                    if (run.IsCertain && keepers.Count > 0 && keepers.TrueForAll(keeper => HandleUses.Of(keeper, body) is { } handles && handles.All(handle => !IsJoin(handle, body) || IsBehind(handle, disposal))))
                    {
                        return (run, call);
                    }
                }
            }
        }

        return null;
    }

    /// <summary>The fields that keep the thread or task; or the local that it stays in, where it is in an endless loop: who takes all elements one after the other is out when there are no more.</summary>
    private static List<ISymbol> KeepersOf(OwnRun run, IInvocationOperation use, BodyFacts body)
    {
        var all = run.Keepers(body).ToList();
        return all.Exists(static keeper => keeper is IFieldSymbol) || use.TargetMethod.Name == "GetConsumingEnumerable" ? all.FindAll(static keeper => keeper is IFieldSymbol) : all;
    }

    /// <summary>Each round of an endless loop comes to the use, before anything may end the round; or it is what a <c>foreach</c> takes all its elements from.</summary>
    private static bool ComesAgain(IInvocationOperation use)
    {
        if (use is { TargetMethod.Name: "GetConsumingEnumerable", Parent: IConversionOperation { Parent: IForEachLoopOperation each } })
        {
            return !IsCaught(each) && !Operations.OfFunction(each.Body).Any(static o => o is IBranchOperation { BranchKind: BranchKind.Break or BranchKind.GoTo } or IReturnOperation { IsImplicit: false } or IThrowOperation);
        }

        var loop = use.AncestorsAndSelf().TakeWhile(static up => up is not (IAnonymousFunctionOperation or ILocalFunctionOperation)).OfType<ILoopOperation>().FirstOrDefault();
        return loop is IWhileLoopOperation { Condition.ConstantValue: { HasValue: true, Value: true } } or IForLoopOperation { Condition: null } && !IsCaught(use) && GateCount.IsCertain(use, loop.Body) &&
            !Operations.OfFunction(loop.Body).Any(o => o.Syntax.SpanStart < use.Syntax.SpanStart && o is IBranchOperation or IReturnOperation { IsImplicit: false } or IThrowOperation or IInvocationOperation { TargetMethod.Name: "ThrowIfCancellationRequested" });
    }

    private static bool IsCaught(IOperation use) => use.AncestorsAndSelf().TakeWhile(static up => up is not (IAnonymousFunctionOperation or ILocalFunctionOperation)).Any(static up => up is ITryOperation { Catches.IsEmpty: false });

    /// <summary>A wait for the thread or task, with a limit or without, or a use that may hand it to somebody who waits.</summary>
    private static bool IsJoin(IOperation handle, BodyFacts body) => handle.Parent switch
    {
        ISimpleAssignmentOperation assignment => assignment.Target != handle,
        IInvocationOperation call when call.Instance == handle => WaitModels.ActionOf(call.TargetMethod, body.Model.Types) is not HandleAction.Start && call.TargetMethod.Name is not "Add",
        IPropertyReferenceOperation property => property.Property.Name == "Result",
        IArrayElementReferenceOperation { Parent: ISimpleAssignmentOperation filled } element => filled.Target != element,
        IBinaryOperation or IConversionOperation { Parent: IBinaryOperation } or IIsPatternOperation { Pattern: IConstantPatternOperation } or INameOfOperation => false,
        _ => true,
    };

    private static bool IsBehind(IOperation handle, IOperation disposal) => handle.Syntax.SyntaxTree == disposal.Syntax.SyntaxTree && handle.Syntax.SpanStart > disposal.Syntax.Span.End &&
        handle.AncestorsAndSelf().Last().Syntax.Span.Contains(disposal.Syntax.Span);

    /// <summary>Whether something before the disposal, or in the same statement, may wait for anybody.</summary>
    private static bool MayWaitBefore(IOperation disposal, BodyFacts body) => Operations.OfFunction(body.Root).Any(o => o.Syntax.SpanStart < disposal.Syntax.SpanStart && o switch
    {
        IAwaitOperation or ILockOperation or IDynamicInvocationOperation => true,
        IPropertyReferenceOperation property => property.Property.Name == "Result",
        IInvocationOperation call => !WaitModels.IsQuiet(call.TargetMethod, body.Model.Types) && !WaitModels.IsSignal(call.TargetMethod, body.Model.Types) && !DisposalModels.IsDisposal(call.TargetMethod, body.Model.Types) ||
            call.TargetMethod.Name is "Take" or "TryTake" or "SignalAndWait",
        _ => false,
    });
}

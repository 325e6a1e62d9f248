using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Protocols;

/// <summary>A read of what there is only when the child has exited, on a way on which nothing has waited for that.</summary>
/// <param name="Read">The read, the first of its function.</param>
/// <param name="Process">The child.</param>
/// <param name="Unsure">The waits and questions before it, each of which may have ended without the exit and lets the code go on.</param>
internal sealed record EarlyExitRead(ProcessUse Read, StartedProcess Process, ImmutableArray<ProcessUse> Unsure)
{
    /// <summary>The child was killed before the read; that it exits of it takes a moment.</summary>
    public bool IsKilled => Process.Uses.Any(use => use.At is IInvocationOperation { TargetMethod.Name: "Kill" } && UseOrder.IsBehind(use, Read));

    /// <summary>Whether the read stands where time is known to be up.</summary>
    public bool IsOfFailure => Unsure.Any(wait => ExitAnswer.Of(wait, Read)?.Any(test => test.Choice.WhenTrue.IsAround(Read.Site) || test.Choice.WhenFalse?.IsAround(Read.Site) == true) == true);

    /// <summary>The one timed wait before the read, when its answer is dropped.</summary>
    public ProcessUse? Dropped => Unsure.Length == 1 && Unsure[0].Site is IInvocationOperation { TargetMethod.Name: "WaitForExit", Parent: IExpressionStatementOperation } ? Unsure[0] : null;

    public static IEnumerable<EarlyExitRead> Of(StartedProcess process, BodyFacts body)
    {
        if (body.Root.Descendants().Any(static o => o is IBranchOperation { BranchKind: BranchKind.GoTo }))
        {
            yield break;
        }

        var found = new List<ProcessUse>();
        foreach (var read in process.Uses.Where(static use => use.Action == ProcessAction.ReadExit))
        {
            if (IsRunByStarter(read, process) && !found.Any(first => UseOrder.IsBehind(first, read)) &&
                !read.Path.Any(at => ExpectedFailure.Is(at, body.Model.Types.InvalidOperationException, body, process.Start)) && Waits(read, process, body) is { } waits)
            {
                found.Add(read);
                yield return new EarlyExitRead(read, process, waits);
            }
        }
    }

    /// <summary>Whether the function that starts the child comes to the read behind the start, itself or by the helpers that it calls.</summary>
    private static bool IsRunByStarter(ProcessUse read, StartedProcess process)
    {
        for (var i = 1; i < read.Path.Length; i++)
        {
            if (read.Path[i].FunctionAround() is { } function && !read.Path[i - 1].IsAround(read.Path[i]) && !ProcessUses.Runs((IInvocationOperation)read.Path[i - 1], function))
            {
                return false;
            }
        }

        // One for each element of a query that is run on the spot.
        IOperation start = ProcessUses.QueryOf(process.Start) ?? process.Start;
        return start.Syntax.Span.End <= read.Site.Syntax.Span.End && UseOrder.IsOneFunction(read.Site, start);
    }

    /// <summary>What may tell of the exit before the read; null where one of them may be certain to.</summary>
    private static ImmutableArray<ProcessUse>? Waits(ProcessUse read, StartedProcess process, BodyFacts body)
    {
        var waits = ImmutableArray.CreateRange(process.Uses.Where(use =>
            use.Action is ProcessAction.Wait or ProcessAction.TimedWait or ProcessAction.AskExit or ProcessAction.FollowExit or ProcessAction.AddExitHandler && MayPrecede(use, read, process)));
        return waits.All(wait => wait.Path.Length == 1 && read.Path.Length == 1 && wait.Site.Syntax.Span.End <= read.Site.Syntax.SpanStart && (LoopAround(wait.Site, process) is { } loop ? IsGivenUp(wait, loop, read, body)
            : wait.Action == ProcessAction.Wait || ExitAnswer.IsByException(wait) ? IsCutShort(wait, read, body)
            : MayFail(wait, read, body))) ? waits : null;
    }

    private static bool MayPrecede(ProcessUse use, ProcessUse read, StartedProcess process) =>
        !UseOrder.IsBehind(read, use) || (LoopAround(read.Site, process) is { } loop && loop.IsAround(use.Site));

    /// <summary>The outermost loop around the operation within which the child is not started.</summary>
    private static IOperation? LoopAround(IOperation operation, StartedProcess process) =>
        operation.AncestorsAndSelf().LastOrDefault(up => up is ILoopOperation && !up.Syntax.Span.Contains(process.Start.Syntax.Span));

    /// <summary>Whether a wait that gives up, or a question that is answered "no", leads to the read: nobody looks at the answer, or what is done about it lets the code go on.</summary>
    private static bool MayFail(ProcessUse wait, ProcessUse read, BodyFacts body)
    {
        if (ExitAnswer.Of(wait, read) is not { } tests || !UseOrder.LeadsTo(wait, read) || !UseOrder.IsUnconditional(wait, read))
        {
            return false;
        }

        var passed = new List<IOperation>();
        foreach (var (test, whenTrue) in tests)
        {
            if (whenTrue is not { } isExited)
            {
                // Whether the other half lets the code in is not known: neither way may lead to the read, or wait.
                if (test.WhenTrue.IsAround(read.Site) || test.WhenFalse?.IsAround(read.Site) == true || !IsHarmless(test.WhenTrue, body) || (test.WhenFalse is { } other && !IsHarmless(other, body)))
                {
                    return false;
                }

                continue;
            }

            var (whenExited, otherwise) = isExited ? (test.WhenTrue, test.WhenFalse) : (test.WhenFalse, test.WhenTrue);
            if (whenExited?.IsAround(read.Site) == true || (otherwise is not null && !otherwise.IsAround(read.Site) && !IsHarmless(otherwise, body)))
            {
                return false;
            }

            if (whenExited is not null)
            {
                passed.Add(whenExited);
            }
        }

        return !LeavesBetween(wait.Site, read.Site, passed, body);
    }

    /// <summary>Whether the loop that asks for the exit ends by something else too, and the code goes on to the read then: the other half of its condition, or a way out of it.</summary>
    private static bool IsGivenUp(ProcessUse wait, IOperation around, ProcessUse read, BodyFacts body)
    {
        var condition = around switch
        {
            IWhileLoopOperation loop => loop.Condition,
            IForLoopOperation loop => loop.Condition,
            _ => null,
        };
        if (wait.Action is not (ProcessAction.TimedWait or ProcessAction.AskExit) || condition?.IsAround(wait.Site) != true || around.IsAround(read.Site) || !UseOrder.LeadsTo(wait, read) || !UseOrder.IsUnconditional(wait, read))
        {
            return false;
        }

        var isOpen = IsNoExit(condition)
            ? Operations.OfFunction(around).Any(o => o is IBranchOperation { BranchKind: BranchKind.Break } && o.AncestorsAndSelf().First(static up => up is ILoopOperation or ISwitchOperation) == around)
            : ConditionTable.Normalize(condition) is (IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both, false) && (IsNoExit(both.LeftOperand) || IsNoExit(both.RightOperand));
        return isOpen && !LeavesBetween(around, read.Site, [], body);

        bool IsNoExit(IOperation part) => ConditionTable.Normalize(part) is var (core, isNegated) && isNegated && core == wait.Site;
    }

    /// <summary>Whether the wait may be cancelled or run out of time, and the handler of that lets the code go on to the read.</summary>
    private static bool IsCutShort(ProcessUse wait, ProcessUse read, BodyFacts body)
    {
        if (wait.Site is not IInvocationOperation { TargetMethod.Name: "WaitForExitAsync" } call || !(ExitAnswer.IsByException(wait) || call.Arguments.Any(static a => !Tokens.IsNone(a.Value))) || !UseOrder.IsUnconditional(wait, read))
        {
            return false;
        }

        foreach (var attempt in wait.Site.AncestorsAndSelf().TakeWhile(static up => up is not (IAnonymousFunctionOperation or ILocalFunctionOperation)).OfType<ITryOperation>().Where(attempt => attempt.Body.IsAround(wait.Site)))
        {
            if (attempt.Catches.FirstOrDefault(c => c.ExceptionType?.Name is "OperationCanceledException" or "TaskCanceledException" || (c.ExceptionType?.Name == "TimeoutException" && ExitAnswer.IsByException(wait))) is { } handler)
            {
                return attempt.Syntax.Span.End <= read.Site.Syntax.SpanStart && IsHarmless(handler.Handler, body) && !LeavesBetween(attempt, read.Site, [], body);
            }
        }

        return false;
    }

    /// <summary>Nothing in it leaves the code, waits, or is unseen and may do either.</summary>
    private static bool IsHarmless(IOperation code, BodyFacts body, int depth = 0) => code.DescendantsAndSelf().All(o => (!Leaves(o) || depth > 0 && o is IReturnOperation) && o switch
    {
        IInvocationOperation call when depth < Limits.CallDepth && !call.TargetMethod.IsVirtual && !call.TargetMethod.IsAsync && ProcessUses.Declaration(call.TargetMethod.OriginalDefinition, body) is { } helper =>
            body.Root.SemanticModel?.GetOperation(helper, body.Cancellation) is { } inside && IsHarmless(inside, body, depth + 1),
        IInvocationOperation call => KnownType.Is(call.TargetMethod.ContainingType, body.Model.Types.Process) || PlainCalls.Tells(call.TargetMethod, body.Model.Types) ||
            PlainCalls.Keeps(call.TargetMethod, body.Model.Types) || PlainCalls.Computes(call.TargetMethod, body.Model.Types) || GoesOn(call),
        IAwaitOperation or IDynamicInvocationOperation => false,
        _ => true,
    });

    /// <summary>A call with a statement behind it, which would never run if the call always threw; what it cannot name, it cannot wait for.</summary>
    private static bool GoesOn(IInvocationOperation call) =>
        call.Parent is IExpressionStatementOperation { Parent: IBlockOperation block } statement && block.Operations.IndexOf(statement) < block.Operations.Length - 1;

    private static bool LeavesBetween(IOperation from, IOperation to, List<IOperation> without, BodyFacts body) => body.Root.Descendants().Any(o =>
        o.Syntax.SpanStart >= from.Syntax.Span.End && o.Syntax.Span.End <= to.Syntax.SpanStart && Leaves(o) && !without.Any(passed => passed.IsAround(o)));

    private static bool Leaves(IOperation operation) => operation is IThrowOperation or IBranchOperation or IReturnOperation { IsImplicit: false } || (operation is IInvocationOperation call && NoReturn.Is(call));
}

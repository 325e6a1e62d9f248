using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Protocols;

/// <summary>What a program does with the answer of a wait that may have ended without the exit: of <c>WaitForExit(1000)</c>, <c>HasExited</c>, <c>WaitForExitAsync().Wait(1000)</c>, and of a race of the exit against the clock.</summary>
internal static class ExitAnswer
{
    /// <summary>
    /// The tests of the answer before the read, and whether each is true when the child has exited (null where it asks for something else too); none where the answer is dropped. Null where something else is done with it,
    /// and for what gives no answer.
    /// </summary>
    public static List<(IConditionalOperation Choice, bool? IsExited)>? Of(ProcessUse wait, ProcessUse read) => wait.Action switch
    {
        ProcessAction.TimedWait or ProcessAction.AskExit => Tests(ProcessModels.AnswerOf(wait.Site), read, static use => use),
        ProcessAction.FollowExit when Race(wait.Site) is var (winner, exit) => Tests(winner, read, use => Comparison(use, exit)),
        _ => null,
    };

    /// <summary><c>await p.WaitForExitAsync().WaitAsync(limit)</c>: it throws when time is up.</summary>
    public static bool IsByException(ProcessUse wait) => wait is { Action: ProcessAction.TimedWait, Site: IInvocationOperation { TargetMethod.Name: "WaitForExitAsync", Parent: IInvocationOperation { TargetMethod.Name: "WaitAsync" } } };

    private static List<(IConditionalOperation, bool?)>? Tests(IOperation answer, ProcessUse read, System.Func<IOperation, IOperation?> asks)
    {
        switch (answer.Parent)
        {
            case IExpressionStatementOperation:
                return [];
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                var root = answer.AncestorsAndSelf().Last();
                var uses = Locals.Uses(local, root).Where(use => use.Syntax.SpanStart < read.Site.Syntax.SpanStart).ToList();
                var tests = uses.Select(use => asks(use) is { } asked ? TestOf(asked) : null).OfType<(IConditionalOperation, bool?)>().ToList();
                return Locals.OnlyValue(local, root) is not null && tests.Count == uses.Count ? tests : null;
            default:
                return asks(answer) is { } question && TestOf(question) is { } test ? [test] : null;
        }
    }

    private static (IConditionalOperation, bool?)? TestOf(IOperation answer) => answer.AncestorsAndSelf().OfType<IConditionalOperation>().FirstOrDefault() is not { } test ? null
        : ConditionTable.Normalize(test.Condition) is var (core, isNegated) && core == answer ? (test, !isNegated)
        : IsFirstHalf(answer, test) ? (test, null)
        : null;

    /// <summary><c>!p.WaitForExit(1000) &amp;&amp; mayKill</c>: what is asked then cannot make the child exit.</summary>
    private static bool IsFirstHalf(IOperation answer, IConditionalOperation test) => ConditionTable.Normalize(test.Condition).Core is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both &&
        ConditionTable.Normalize(both.LeftOperand).Core == answer && both.RightOperand.DescendantsAndSelf().All(static o => o is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IInstanceReferenceOperation or IUnaryOperation or ILiteralOperation);

    /// <summary>
    /// What <c>await Task.WhenAny(exit, Task.Delay(1000))</c> gives, and the local that keeps the task of the exit; null where that task is raced against anything but the clock, or is used otherwise.
    /// </summary>
    private static (IOperation Winner, ILocalSymbol? Exit)? Race(IOperation exit)
    {
        if (exit.Parent is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } })
        {
            return ProcessModels.WinnerAgainstTime(exit) is { } direct ? (direct, null) : null;
        }

        var root = exit.AncestorsAndSelf().Last();
        var uses = Locals.Uses(local, root).Where(static use => !(use.Parent is IConversionOperation { Parent: IBinaryOperation } or IBinaryOperation)).ToList();
        return Locals.OnlyValue(local, root) is not null && uses.Count == 1 && ProcessModels.WinnerAgainstTime(uses[0]) is { } winner ? (winner, local) : null;
    }

    /// <summary><c>winner == exit</c>, from either side.</summary>
    private static IOperation? Comparison(IOperation winner, ILocalSymbol? exit)
    {
        while (winner.Parent is IConversionOperation)
        {
            winner = winner.Parent;
        }

        return exit is not null && winner.Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } both &&
            Conversions.WithoutBuiltIn(both.LeftOperand == winner ? both.RightOperand : both.LeftOperand) is ILocalReferenceOperation other && SymbolEqualityComparer.Default.Equals(other.Local, exit) ? both : null;
    }
}

using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Concurrency;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Solve;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.SharedState;

/// <summary>
/// Reports an atomic call whose answer the code does without. <c>Increment</c>, <c>Decrement</c>, <c>Add</c>: the result is dropped and the
/// variable read again right behind, for a value that must be this thread's own. <c>CompareExchange</c>: the comparand is read in the call itself;
/// the claim of a state is not tested, only whether the variable has it now; an update made of an earlier read is not tested, so it may be lost.
/// That several threads run the code is taken from the atomic call. Code that may hold a lock, constructors, values that nothing but a call
/// receives (messages), thresholds, idempotent signals, first-wins initializations, <c>Exchange</c>, <c>And</c> and <c>Or</c> are left alone.
/// </summary>
internal sealed class TW3013InterlockedResultIgnored() : TypeRule(Descriptors.Create(Id, Category.SharedState, DiagnosticSeverity.Warning))
{
    public const string Id = "TW3013";

    /// <summary>Put the result where the variable is read.</summary>
    public const string UseResult = "UseResult";

    /// <summary>Compare the result with the comparand where the variable is compared with the new value.</summary>
    public const string TestResult = "TestResult";

    /// <summary>Read, compute and exchange again until nobody came in between.</summary>
    public const string Retry = "Retry";

    /// <summary><c>Exchange</c>, which is what an exchange that always succeeds is.</summary>
    public const string Exchange = "Exchange";

    public override void Examine(TypeFacts type, FindingSink sink)
    {
        foreach (var body in type.AllBodies().Where(static b => !b.AtomicCalls.IsEmpty))
        {
            Examine(body, type, sink);
        }
    }

    private void Examine(BodyFacts body, TypeFacts type, FindingSink sink)
    {
        foreach (var call in body.AtomicCalls)
        {
            if (VariablePath.Of(Argument(call, 0)) is { } place && Judge(call, place, body) is { } story &&
                Exposure.IsExposed(place, call, body) && !Exposure.MayHoldLock(call, body) && !EntryLocks.Of(type).KeepOthersFrom(place, TypeAccesses.Of(type).Around(call, body)))
            {
                sink.Add(new Finding(
                    Descriptor,
                    CallLocation.Of(call.Syntax),
                    new Cause(call.Syntax.Span),
                    ImmutableArray.CreateRange(story.Others.Select(static o => o.Syntax.GetLocation())),
                    story.Edit is { } edit
                        ? ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, edit)
                        : ImmutableDictionary<string, string?>.Empty,
                    VariablePath.Variable(place) as IFieldSymbol,
                    ImmutableArray.Create<object?>("Interlocked." + call.TargetMethod.Name, place.Display(), Descriptors.Text(story.Text))));
            }
        }
    }

    private static Story? Judge(IInvocationOperation call, AccessPath place, BodyFacts body)
    {
        var statement = DroppingStatement(call);
        switch (AtomicModels.KindOf(call.TargetMethod, body.Model.Types))
        {
            case AtomicKind.CompareExchange when Argument(call, 1) is { } stored && Argument(call, 2) is { } comparand:
                return JudgeComparand(place, stored, comparand, statement, body) ??
                       (statement is null ? null : JudgeDropped(place, stored, comparand, statement, body));
            case var update and (AtomicKind.Up or AtomicKind.Down or AtomicKind.Add) when statement is not null:
                var reads = StraightLine.ReadsAfter(statement, place, body.Model.Types);
                var use = new ReadUse(place, update, body);
                return reads.Any(use.IsOwn) ? new Story("TW3013_ReadAgain", reads, UseResult) : null;
            default:
                return null;
        }
    }

    /// <summary><c>CompareExchange(ref f, next, f)</c>. Storing <c>f</c> itself is somebody's way to read it.</summary>
    private static Story? JudgeComparand(AccessPath place, IOperation stored, IOperation comparand, IOperation? statement, BodyFacts body)
    {
        var types = body.Model.Types;
        if (!StraightLine.IsRead(comparand, place, types) || StraightLine.IsRead(stored, place, types))
        {
            return null;
        }

        var reads = ImmutableArray.CreateRange(stored.DescendantsAndSelf().Where(o => StraightLine.IsRead(o, place, types))).Add(comparand);
        var edit = reads.Length > 1
            ? statement is not null && StaleUpdate.IsMadeOf(stored, null, place, ImmutableArray<IOperation>.Empty, types) ? Retry : null
            : stored is IParameterReferenceOperation || stored.ConstantValue.HasValue ? Exchange : null;
        return new Story("TW3013_Comparand", reads, edit);
    }

    private static Story? JudgeDropped(AccessPath place, IOperation stored, IOperation comparand, IOperation statement, BodyFacts body)
    {
        var reads = StraightLine.ReadsAfter(statement, place, body.Model.Types);
        if (StaleUpdate.Of(statement, place, comparand, stored, body.Model.Types) is { } earlier)
        {
            return reads.Any(static read => read.Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals })
                ? null
                : new Story("TW3013_Lost", ImmutableArray.Create<IOperation>(earlier), StaleUpdate.IsMadeOf(stored, comparand is ILocalReferenceOperation { Local: var old } ? old : null, place, StraightLine.Siblings(statement), body.Model.Types) ? Retry : null);
        }

        // Two constants make a claim of a state; a new object or a computed value that goes in once is the same for everybody who reads it.
        if (!stored.ConstantValue.HasValue || !comparand.ConstantValue.HasValue || Equals(stored.ConstantValue.Value, comparand.ConstantValue.Value))
        {
            return null;
        }

        var decision = new Decision(place, AtomicKind.CompareExchange, body);
        foreach (var read in reads)
        {
            if (read.Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } test &&
                Equals((test.LeftOperand == read ? test.RightOperand : test.LeftOperand).ConstantValue.Value, stored.ConstantValue.Value) &&
                Condition(test) is { } choice && decision.Acts(choice, isPeriodic: false))
            {
                return new Story("TW3013_Untested", ImmutableArray.Create(read), TestResult);
            }
        }

        return null;
    }

    /// <summary>The <c>if</c> statement that <paramref name="test"/> is the condition of, alone or beside others, negated or not.</summary>
    private static IConditionalOperation? Condition(IOperation test)
    {
        while (test.Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr }
            or IUnaryOperation { OperatorKind: UnaryOperatorKind.Not })
        {
            test = test.Parent;
        }

        return test.Parent is IConditionalOperation { Type: null } choice && choice.Condition == test ? choice : null;
    }

    /// <summary>The statement that makes the call and drops its result, as it stands or by a discard.</summary>
    private static IOperation? DroppingStatement(IInvocationOperation call) => call.Parent switch
    {
        IExpressionStatementOperation statement => statement,
        ISimpleAssignmentOperation { Target: IDiscardOperation, Parent: IExpressionStatementOperation statement } => statement,
        _ => null,
    };

    private static IOperation? Argument(IInvocationOperation call, int ordinal)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Ordinal == ordinal)
            {
                return StaleUpdate.Unwrapped(argument.Value);
            }
        }

        return null;
    }

    /// <param name="Text">The resource that says what goes wrong.</param>
    /// <param name="Others">The reads or declarations that the call should have answered.</param>
    /// <param name="Edit">The edit that fits, if any.</param>
    private sealed record Story(string Text, ImmutableArray<IOperation> Others, string? Edit);
}

using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>
/// A critical section written as an acquire and a release of one lock with nothing around: the release follows, or is all that the <c>finally</c> of the <c>try</c> does
/// that follows or, with a flag that is used for nothing else, of the <c>try</c> that the acquire opens.
/// </summary>
/// <param name="Acquire">The acquire.</param>
/// <param name="Release">The release.</param>
/// <param name="Try">The <c>try</c>; null when the release follows at once.</param>
/// <param name="Inside">What runs under the lock.</param>
/// <param name="Flag">The declaration of the flag, right before the <c>try</c>; null without one.</param>
internal sealed record WrittenOutLock(
    LockAction Acquire, LockAction Release, ITryOperation? Try, ImmutableArray<IOperation> Inside, IVariableDeclarationGroupOperation? Flag)
{
    /// <summary>The sections of a body in source order.</summary>
    public static IEnumerable<WrittenOutLock> In(BodyFacts body)
    {
        foreach (var acquire in body.LockCalls)
        {
            body.Cancellation.ThrowIfCancellationRequested();
            if (acquire.Verb == LockVerb.Acquire && StatementOf(acquire) is { } statement &&
                (acquire.Taken is null ? Follows(acquire, statement, body.Model) : Opens(acquire, statement, body)) is { } section)
            {
                yield return section;
            }
        }
    }

    /// <summary>The path of the lock, or null when it is no variable, <c>this</c> or type.</summary>
    public static AccessPath? PathOf(LockAction action) => Conversions.WithoutBuiltIn(action.Lock) switch
    {
        ITypeOfOperation type => new AccessPath(PathRoot.TypeOf, type.TypeOperand, ImmutableArray<PathStep>.Empty),
        var variable => VariablePath.Of(variable),
    };

    private static WrittenOutLock? Follows(LockAction acquire, IOperation statement, Model model)
    {
        var next = StraightLine.Siblings(statement).SkipWhile(s => s != statement).Skip(1).FirstOrDefault(static s => s is not IEmptyOperation);
        return next switch
        {
            ITryOperation { Catches.IsEmpty: true, Finally: { } ending } guarded when Only(ending.Operations) is { } release && IsRelease(release, acquire, model) is { } exit =>
                new(acquire, exit, guarded, guarded.Body.Operations, null),
            IExpressionStatementOperation when IsRelease(next, acquire, model) is { } exit => new(acquire, exit, null, ImmutableArray<IOperation>.Empty, null),
            _ => null,
        };
    }

    private static WrittenOutLock? Opens(LockAction acquire, IOperation statement, BodyFacts body)
    {
        if (acquire.Taken is not ILocalReferenceOperation { Local: var flag } || statement.Parent is not IBlockOperation { Parent: ITryOperation { Catches.IsEmpty: true, Finally: { } ending } guarded } block ||
            guarded.Body != block || block.Operations[0] != statement ||
            Only(ending.Operations) is not IConditionalOperation { WhenFalse: null, Condition: ILocalReferenceOperation asked } choice ||
            !SymbolEqualityComparer.Default.Equals(asked.Local, flag) || Only(choice.WhenTrue) is not { } release || IsRelease(release, acquire, body.Model) is not { } exit)
        {
            return null;
        }

        var siblings = StraightLine.Siblings(guarded);
        var before = siblings.IndexOf(guarded) - 1;
        return before >= 0 && siblings[before] is IVariableDeclarationGroupOperation { Declarations: { Length: 1 } declarations } group &&
            declarations[0].Declarators is { Length: 1 } declarators && SymbolEqualityComparer.Default.Equals(declarators[0].Symbol, flag) &&
            declarators[0].GetVariableInitializer()?.Value.ConstantValue is { HasValue: true, Value: false } &&
            body.Root.Descendants().Count(o => o is ILocalReferenceOperation use && SymbolEqualityComparer.Default.Equals(use.Local, flag)) == 2
                ? new(acquire, exit, guarded, block.Operations.RemoveAt(0), group)
                : null;
    }

    /// <summary>The statement that is nothing but the acquire, awaited or not.</summary>
    private static IOperation? StatementOf(LockAction acquire)
    {
        IOperation value = acquire.Call;
        while (value.Parent is IAwaitOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" })
        {
            value = value.Parent;
        }

        return acquire.IsAwaited && value == acquire.Call ? null : value.Parent as IExpressionStatementOperation;
    }

    private static LockAction? IsRelease(IOperation statement, LockAction acquire, Model model) =>
        statement is IExpressionStatementOperation { Operation: IInvocationOperation call } && model.Locks.MeaningOf(call) is { Verb: LockVerb.Release } release &&
        release.Kind == acquire.Kind && release.Mode == acquire.Mode && PathOf(acquire) is { } path && path.Equals(PathOf(release))
            ? release
            : null;

    private static IOperation? Only(ImmutableArray<IOperation> statements) => statements.Length == 1 ? statements[0] : null;

    private static IOperation? Only(IOperation statement) => statement is IBlockOperation block ? Only(block.Operations) : statement;
}

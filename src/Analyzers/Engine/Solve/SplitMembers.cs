using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>
/// Finds a test that one member makes under a lock and an act that another makes under it, where a third relies on the first when it calls the second: <c>while (Count &gt; 0) Pop();</c>. Each member is whole, and the
/// two together are not. A member that tests again itself is right, and so is who holds the lock around both.
/// </summary>
internal static class SplitMembers
{
    public static IEnumerable<CheckThenAct> Of(TypeFacts type)
    {
        var accesses = TypeAccesses.Of(type);
        if (!accesses.Functions.Any(static f => !f.Body.LockStatements.IsEmpty) || ConfinedTypes.Is(type.Type))
        {
            yield break;
        }

        // What a member does is read once, and only of members that another one calls.
        var acts = new Dictionary<CodeFunction, List<(Access Act, AccessPath Gate)>>();
        var entry = EntryLocks.Of(type);
        foreach (var call in accesses.Functions.SelectMany(static f => f.Calls).Where(static c => c.IsCall && !ForkBodies.MayBeOverridden(c.Target)))
        {
            if (accesses.FunctionOf(call.Target) is not { Role: FunctionRole.Member, Symbol: not null, Body.LockStatements.IsEmpty: false } target || SplitSections.IsOfOneThread(call.In, entry) || !entry.At(call.Held, call.In).IsEmpty)
            {
                continue;
            }

            if (!acts.TryGetValue(target, out var found))
            {
                acts.Add(target, found = ActsOf(target, type));
            }

            if (found.FirstOrDefault(a => !entry.IsOwned(a.Act.Place, call.In)) is { Act: { } act } one && Judge(call, act, one.Gate, accesses) is var (kind, check))
            {
                yield return new CheckThenAct(kind, act.Place, check, call.At, call.In) { IsOfCollection = false };
            }
        }
    }

    /// <summary>What the member does to a field under a lock whenever it is called, with no look at the field before.</summary>
    private static List<(Access Act, AccessPath Gate)> ActsOf(CodeFunction function, TypeFacts type) =>
        (from act in function.Accesses
         where act.Changes && Guards.FieldOf(act.Place, type) is not null
         let section = SplitSections.SectionOf(act.At)
         where section is not null && SplitSections.IsFirst(act, section) && StraightRun.IsAlwaysReached(act.At, function.Root)
         let gate = LockNames.Of(section.LockedValue, function.Body)
         where gate is not null
         select (act, gate)).ToList();

    private static (LateAct Kind, IOperation Check)? Judge(FunctionCall call, Access act, AccessPath gate, TypeAccesses accesses)
    {
        LateAct? kind = null;
        var check = EarlierTest.Before(call.At, Test, static _ => null, static _ => false);
        return check is null ? null : (kind!.Value, check);

        IOperation? Test(IOperation condition, bool whenTrue)
        {
            var answer = Answer(condition);
            return (answer is null ? Relies(condition, null, whenTrue) : EarlierTest.Implied(answer, whenTrue, (part, isTrue) => Relies(part, condition, isTrue))) is null ? null : condition;
        }

        IOperation? Relies(IOperation part, IOperation? asked, bool isTrue) =>
            (kind = SplitSections.KindOf(act, part, isTrue, o => Answer(o) ?? o, (key, look) => asked is not null && Given(key, call.At).Syntax.IsEquivalentTo(Given(look, asked).Syntax))) is not null && (asked is not null || part.ChildOperations.Any(o => Answer(o) is not null)) ? part : null;

        // What a member of the type returns, and all that it does, under the lock of the act. One that sets something down with its answer is no mere test.
        IOperation? Answer(IOperation operation) => Conversions.WithoutBuiltIn(operation) is { } plain && AskedBy(plain) is { } symbol && !ForkBodies.MayBeOverridden(symbol) && accesses.FunctionOf(symbol) is { Body.LockStatements: { Length: 1 } sections } function && !function.Accesses.Any(static a => a.Changes) &&
            gate.Equals(LockNames.Of(sections[0].LockedValue, function.Body)) && Operations.OfFunction(function.Root).OfType<IReturnOperation>().Where(static r => r.ReturnedValue is not null).ToList() is { Count: 1 } returns &&
            sections[0].IsAround(returns[0]) && StraightRun.IsAlwaysReached(returns[0], function.Root) ? returns[0].ReturnedValue : null;
    }

    private static IMethodSymbol? AskedBy(IOperation operation) => operation switch
    {
        IInvocationOperation { Instance: null or IInstanceReferenceOperation } call => call.TargetMethod,
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation } property => property.Property.GetMethod,
        _ => null,
    };

    /// <summary>What the caller gives for a parameter; what stands there for anything else.</summary>
    private static IOperation Given(IOperation value, IOperation call) => Conversions.WithoutBuiltIn(value) is IParameterReferenceOperation { Parameter: var parameter } &&
        (call as IInvocationOperation)?.Arguments.FirstOrDefault(a => SymbolEqualityComparer.Default.Equals(a.Parameter?.OriginalDefinition, parameter.OriginalDefinition)) is { } argument ? argument.Value : value;
}

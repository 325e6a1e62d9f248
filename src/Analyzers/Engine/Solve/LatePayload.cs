using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>
/// What is set behind the flag that stands for it, by the statements after it or a helper that these call, and read by those who find the flag set: behind the test of the same function, or behind a call of it.
/// Who takes a lock before reading is left alone: it is likely the one under which all is set.
/// </summary>
internal sealed class LatePayload
{
    private readonly TypeAccesses _accesses;
    private readonly EntryLocks _entry;
    private readonly CodeFunction _function;

    private LatePayload(TypeFacts type, CodeFunction function)
    {
        _accesses = TypeAccesses.Of(type);
        _entry = EntryLocks.Of(type);
        _function = function;
    }

    /// <summary>The first of the statements behind the flag that sets something of the kind, or null.</summary>
    public static IOperation? Of(IAssignmentOperation flag, IEnumerable<IOperation> later, IConditionalOperation test, GuardedSection section, BodyFacts body) =>
        body.Type is { } type && SharedPlace.Of(flag.Target) is { } place && TypeAccesses.Of(type).Around(flag, body) is { } function
            ? later.FirstOrDefault(o => new LatePayload(type, function).IsOne(o, place, test, section))
            : null;

    private bool IsOne(IOperation statement, AccessPath flag, IConditionalOperation test, GuardedSection section) => Changed(statement, flag).Any(place => IsReadBehind(place, test, section) || IsReadByCallers(place));

    /// <summary>What the statement changes, itself or by the members that it calls. One that looks at the flag is told by it that it is at work already.</summary>
    private IEnumerable<AccessPath> Changed(IOperation statement, AccessPath flag)
    {
        var own = _function.Accesses.Where(a => statement.Syntax.Span.Contains(a.At.Syntax.Span));
        var called = _function.Calls.Where(c => statement.Syntax.Span.Contains(c.At.Syntax.Span)).Select(c => Side.Of(c, _accesses).Accesses).Where(reached => !reached.Any(a => a.Access.Place.Equals(flag)));
        return own.Concat(called.SelectMany(static reached => reached.Select(static a => a.Access))).Where(a => a.Changes && !a.Place.Equals(flag) && a.Place.Root is PathRoot.This or PathRoot.Static).Select(static a => a.Place);
    }

    /// <summary>Whether the code behind the test, which also those reach who find the flag set, reads what was set.</summary>
    private bool IsReadBehind(AccessPath place, IConditionalOperation test, GuardedSection section) => test.Parent is IBlockOperation block &&
        block.Operations.Skip(block.Operations.IndexOf(test) + 1).Where(o => !section.Holds(o)).Concat(test.WhenFalse is null && WayOut.Returns(test.WhenTrue) ? [test.WhenTrue] : [])
            .Any(o => _function.Accesses.Any(a => IsRead(a, place) && o.Syntax.Span.Contains(a.At.Syntax.Span)));

    private bool IsReadByCallers(AccessPath place) => _function.Symbol is { } symbol && _accesses.Functions.Any(caller => caller != _function && caller.Calls.Any(call => call.IsCall && SymbolEqualityComparer.Default.Equals(call.Target, symbol.OriginalDefinition) &&
        caller.Accesses.Any(a => IsRead(a, place) && a.At.Syntax.SpanStart > call.At.Syntax.Span.End && !call.At.IsAlternativeTo(a.At) && !_entry.IsOwned(a) && _entry.At(a).IsEmpty && !NullTest.IsAsked(a.At, caller.Root))));

    private static bool IsRead(Access access, AccessPath place) => access.Kind is AccessKind.Read or AccessKind.Use && access.Place.Equals(place);
}

using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>
/// Locks that overlap a run of statements, as in hand-over-hand locking: taken in it and released outside, or the other way round. Such a run
/// cannot be made conditional, or they would be taken or released by half. Told by the names of lock methods and by the lock as it is
/// written: a "yes" too many costs a fix.
/// </summary>
internal static class OtherLocks
{
    [Flags]
    private enum Sides
    {
        None = 0,
        AcquiredInside = 1,
        ReleasedInside = 2,
        Inside = AcquiredInside | ReleasedInside,
        AcquiredOutside = 4,
        ReleasedOutside = 8,
    }

    public static bool Overlap(StatementSyntax first, StatementSyntax last, SemanticModel model)
    {
        var function = first.Ancestors().First(static node =>
            node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or CompilationUnitSyntax || (node is MemberDeclarationSyntax && node is not GlobalStatementSyntax));
        var locks = new Dictionary<string, Sides>();
        foreach (var call in function.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            var isInside = call.SpanStart >= first.SpanStart && call.Span.End <= last.Span.End;
            if (Of(LockUses.NameOf(call), isInside) is var side and not Sides.None && LockUses.Operand(call, model)?.ToString() is { } name)
            {
                locks[name] = locks.TryGetValue(name, out var sides) ? sides | side : side;
            }
        }

        return locks.Values.Any(static sides => (sides & Sides.Inside) switch
        {
            Sides.AcquiredInside => (sides & Sides.ReleasedOutside) != 0,
            Sides.ReleasedInside => (sides & Sides.AcquiredOutside) != 0,
            _ => false,
        });
    }

    private static Sides Of(string name, bool isInside)
    {
        return name is "Wait" or "WaitAsync" or "WaitOne" || Starts("Enter") || Starts("TryEnter") || Starts("Acquire")
            ? isInside ? Sides.AcquiredInside : Sides.AcquiredOutside
            : Starts("Exit") || Starts("Release")
                ? isInside ? Sides.ReleasedInside : Sides.ReleasedOutside
                : Sides.None;

        bool Starts(string prefix) => name.StartsWith(prefix, StringComparison.Ordinal);
    }
}

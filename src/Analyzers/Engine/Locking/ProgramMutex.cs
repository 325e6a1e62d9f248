using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>
/// A mutex with a name that the program takes once: in its entry point, or in a local function or private member that is named by one call alone, and that on the way from the entry point, no loop
/// around any of them. It may be held to the end of the process on purpose, which is how a program lets only one of itself run; the system gives it back.
/// </summary>
internal static class ProgramMutex
{
    public static bool MayBeKept(LockSite acquire, LockFlow flow, BodyFacts body) =>
        flow.Table.Places[acquire.Place] is { Kind: LockKind.Mutex } place && MutexNames.IsNamed(place.Origin) && !IsRepeated(acquire.Syntax) && IsRunOnce(flow.Function.Symbol ?? body.Owner, body, 0);

    private static bool IsRunOnce(ISymbol function, BodyFacts body, int depth)
    {
        if (EntryPoints.IsMain(function, body.Model, body.Cancellation))
        {
            return true;
        }

        if (depth >= Limits.CallDepth || body.Type is not { } type || function is not IMethodSymbol { DeclaredAccessibility: Accessibility.Private, MethodKind: MethodKind.Ordinary } and not IMethodSymbol { MethodKind: MethodKind.LocalFunction } ||
            type.IsNamedByNestedTypes(function.Name))
        {
            return false;
        }

        (IInvocationOperation Call, BodyFacts In)? only = null;
        foreach (var other in type.AllBodies())
        {
            foreach (var operation in other.Root.Descendants())
            {
                if (operation is IMethodReferenceOperation reference && Is(reference.Method, function))
                {
                    return false;
                }

                if (operation is IInvocationOperation call && Is(call.TargetMethod, function))
                {
                    if (only is not null)
                    {
                        return false;
                    }

                    only = (call, other);
                }
            }
        }

        return only is ({ } way, { } caller) && !IsRepeated(way.Syntax) && IsRunOnce(way.FunctionAround() ?? caller.Owner, caller, depth + 1);
    }

    private static bool Is(IMethodSymbol named, ISymbol function) => SymbolEqualityComparer.Default.Equals(named.OriginalDefinition, function.OriginalDefinition);

    private static bool IsRepeated(SyntaxNode place) => place.Ancestors().TakeWhile(static a => !LeavingJump.IsFunction(a)).Any(LeavingJump.IsLoop);
}

using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Engine.Places;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Locking;

/// <summary>
/// The wait for a mutex that an acquire comes to: itself, or one in a member that it calls, where no member on the way handles an exception of it. Who calls the acquire gets
/// the <c>AbandonedMutexException</c> then, as it gets the mutex.
/// </summary>
/// <param name="Wait">The wait; the call itself where the member's code lies in another type.</param>
/// <param name="IsOfType">A private member of the type waits for a mutex that it names itself, so that the place to act is the wait.</param>
internal sealed record PassedWait(SyntaxNode Wait, bool IsOfType)
{
    public static PassedWait? Of(LockAction acquire, BodyFacts body, int depth = 0)
    {
        if (!acquire.IsThroughHelper)
        {
            return new PassedWait(acquire.Call.Syntax, true);
        }

        var helper = acquire.Call.TargetMethod.OriginalDefinition;
        if (body.Type?.Bodies().FirstOrDefault(b => SymbolEqualityComparer.Default.Equals(b.Owner, helper)) is not { } own)
        {
            return HandlesNothing(helper) ? new PassedWait(acquire.Call.Syntax, false) : null;
        }

        var waits = own.LockFlows().Where(static flow => flow.Function.Symbol is null)
            .SelectMany(static flow => flow.Table.Sites.Where(static s => s.Action is { Kind: LockKind.Mutex, IsAcquire: true, IsMade: false }).Select(site => (Site: site, flow.Table.Places[site.Place].Path))).ToList();
        if (depth >= Limits.CallDepth || waits.Count != 1 || Expects(waits[0].Site.Syntax) || Of(waits[0].Site.Action, own, depth + 1) is not { } inner)
        {
            return null;
        }

        var isOfType = inner.IsOfType && waits[0].Path.Root != PathRoot.Parameter && helper.DeclaredAccessibility == Accessibility.Private;
        return isOfType ? inner : new PassedWait(acquire.Call.Syntax, false);
    }

    /// <summary>Whether the wait stands in a <c>try</c> with handlers.</summary>
    public static bool Expects(SyntaxNode wait) => wait.Ancestors().OfType<TryStatementSyntax>().Any(tried => tried.Catches.Count > 0 && tried.Block.Span.Contains(wait.Span));

    /// <summary>A member of another type that waits itself and has no handlers.</summary>
    private static bool HandlesNothing(IMethodSymbol helper) => helper.DeclaringSyntaxReferences.Select(static r => r.GetSyntax()).All(static body =>
        !body.DescendantNodes().Any(static n => n is CatchClauseSyntax) && body.DescendantNodes().OfType<SimpleNameSyntax>().Any(static n => n.Identifier.ValueText == "WaitOne"));
}

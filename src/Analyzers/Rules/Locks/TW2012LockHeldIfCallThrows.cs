using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Locks;

/// <summary>
/// Reports an acquire whose release stands outside a <c>finally</c> while a call, an await or a creation between the two may throw: then the lock
/// stays held. What may throw is told by <see cref="Models.ThrowModels"/>; members named in <c>threadwise.nonthrowing_methods</c> do not. An acquire whose
/// answer nobody looks at is TW2006's: whether the lock is held is not known there, and its edit comes first.
/// </summary>
internal sealed class TW2012LockHeldIfCallThrows() : LocalRule(Descriptors.Create(Id, Category.Locks, DiagnosticSeverity.Info))
{
    public const string Id = "TW2012";

    public override BodyContents Needs => BodyContents.ExplicitLocks | BodyContents.Guards;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var (flow, exit) in body.HeldExits().Where(static e =>
                     e.Exit.Cause == HeldExitCause.CallMayThrow && !(e.Exit.Acquire.IsAnswerDropped && AcquireAnswer.RunsUnprotected(e.Flow, e.Exit.Acquire))))
        {
            // The releases, and last what may throw before them.
            var others = exit.Releases.Select(static r => CallLocation.Of(r.Syntax)).Append(PlaceOf(exit.At!)).ToImmutableArray();
            sink.Add(new Finding(
                Descriptor, LockFindings.PlaceOf(exit.Acquire), new Cause(exit.Acquire.Syntax.Span), others, LockEdits.WrapInTryFinally(flow, exit), null,
                ImmutableArray.Create<object?>(LockFindings.NameOf(exit.Acquire, flow), LineNumber.Of(exit.At!))));
        }
    }

    private static Location PlaceOf(SyntaxNode thrower) => thrower switch
    {
        InvocationExpressionSyntax => CallLocation.Of(thrower),
        BaseObjectCreationExpressionSyntax => CallLocation.OfCreation(thrower),
        _ => thrower.GetFirstToken().GetLocation(),
    };
}

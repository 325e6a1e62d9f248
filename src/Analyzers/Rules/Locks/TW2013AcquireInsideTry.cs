using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Locks;

/// <summary>
/// Reports an acquire that stands inside the <c>try</c> whose <c>finally</c> releases, where nothing can throw before the lock is held:
/// right today, and TW2003 the day the wait gets a token or a call comes before it. A comment above the acquire says that it is meant.
/// A mutex is left alone: its wait throws <c>AbandonedMutexException</c> with the mutex held, which that <c>finally</c> rightly releases.
/// </summary>
internal sealed class TW2013AcquireInsideTry() : LocalRule(Descriptors.Create(Id, Category.Locks, DiagnosticSeverity.Info))
{
    public const string Id = "TW2013";

    public override BodyContents Needs => BodyContents.ExplicitLocks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var (flow, unpaired) in body.UnpairedReleases())
        {
            if (unpaired.Cause == UnpairedCause.AcquireCannotThrow && unpaired.Acquire.Action.Kind != LockKind.Mutex && !IsExplained(unpaired.Acquire.Syntax))
            {
                sink.Add(new Finding(
                    Descriptor, CallLocation.Of(unpaired.Acquire.Syntax), new Cause((body.MeantToRelease(unpaired.Release) ?? unpaired.Acquire).Syntax.Span),
                    ImmutableArray.Create(CallLocation.Of(unpaired.Release.Syntax)), LockEdits.MoveBeforeTry(unpaired.Acquire), null,
                    ImmutableArray.Create<object?>(flow.Table.Places[unpaired.Acquire.Place].Path.Display())));
            }
        }
    }

    /// <summary>A comment right above the acquire counts as the reason for its place.</summary>
    private static bool IsExplained(SyntaxNode acquire) =>
        acquire.FirstAncestorOrSelf<StatementSyntax>() is { } statement && statement.GetLeadingTrivia().Any(static t =>
            t.IsKind(SyntaxKind.SingleLineCommentTrivia) || t.IsKind(SyntaxKind.MultiLineCommentTrivia));
}

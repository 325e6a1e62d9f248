using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Engine.Locking;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Models;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Locks;

/// <summary>
/// Reports a lock that is taken and released with nothing in between: an empty <c>lock</c> or scope, or an acquire with its release behind it. All it does is wait for whoever
/// holds the lock, and a comment in or above it says that this is meant. A semaphore must be a lock by all its uses, for passing through one is a turnstile; a
/// kernel object may wait for another process and is left alone.
/// </summary>
internal sealed class TW2010EmptyCriticalSection() : LocalRule(Descriptors.Create(Id, Category.Locks, DiagnosticSeverity.Info))
{
    public const string Id = "TW2010";

    /// <summary>The edit that removes the section; the release, where it is a call, is the first additional location.</summary>
    public const string Remove = "Remove";

    private static readonly ImmutableDictionary<string, string?> s_edit = ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Edit, Remove);

    public override BodyContents Needs => BodyContents.LockStatements | BodyContents.ExplicitLocks;

    public override void Examine(BodyFacts body, FindingSink sink)
    {
        foreach (var statement in body.LockStatements)
        {
            if (IsEmpty(statement.Body) && statement.Syntax is LockStatementSyntax syntax && !IsExplained(syntax, syntax))
            {
                sink.Add(Report(Head(syntax, syntax.LockKeyword, syntax.CloseParenToken), syntax.Expression.ToString(), syntax, ImmutableArray<Location>.Empty));
            }
        }

        foreach (var statement in body.ScopeStatements)
        {
            if (IsEmpty(statement.Body) && statement.Syntax is UsingStatementSyntax syntax && LockScope.OpenedBy(statement, body.Model) is { } scope && !IsExplained(syntax, syntax))
            {
                sink.Add(Report(Head(syntax, syntax.UsingKeyword, syntax.CloseParenToken), scope.Lock.Syntax.ToString(), syntax, ImmutableArray<Location>.Empty));
            }
        }

        foreach (var section in WrittenOutLock.In(body))
        {
            var (acquire, release) = (section.Acquire.Call.Syntax, section.Release.Call.Syntax);
            if (section.Inside.All(IsEmpty) && acquire.FirstAncestorOrSelf<StatementSyntax>() is { } first &&
                (section.Try?.Syntax ?? release.FirstAncestorOrSelf<StatementSyntax>()) is { } last && !IsExplained(section.Flag?.Syntax ?? first, last) && IsLock(section.Acquire, body))
            {
                sink.Add(Report(CallLocation.Of(acquire), section.Acquire.Lock.Syntax.ToString(), acquire, ImmutableArray.Create(CallLocation.Of(release))));
            }
        }
    }

    /// <summary>The statement without its body, or only its keyword where that is written over several lines.</summary>
    private static Location Head(SyntaxNode statement, SyntaxToken keyword, SyntaxToken end)
    {
        var span = TextSpan.FromBounds(keyword.SpanStart, end.Span.End);
        var lines = statement.SyntaxTree.GetLineSpan(span);
        return Location.Create(statement.SyntaxTree, lines.StartLinePosition.Line == lines.EndLinePosition.Line ? span : keyword.Span);
    }

    private Finding Report(Location place, string name, SyntaxNode cause, ImmutableArray<Location> others) =>
        new(Descriptor, place, new Cause(cause.Span), others, s_edit, null, ImmutableArray.Create<object?>(name));

    private static bool IsEmpty(IOperation statement) => statement is IEmptyOperation || (statement is IBlockOperation block && block.Operations.All(IsEmpty));

    private static bool IsLock(LockAction acquire, BodyFacts body) => acquire.Kind switch
    {
        LockKind.Mutex or LockKind.Semaphore => false,
        LockKind.SemaphoreSlim => WrittenOutLock.PathOf(acquire)?.Holder is { } holder && body.Root.SemanticModel is { } semantics && SemaphoreCounts.Of(holder) == 1 &&
            SemaphoreRole.IsLock(holder, semantics, body.Model, body.Cancellation),
        _ => true,
    };

    /// <summary>A comment in it, above it or behind it; code that another configuration has in it counts as well.</summary>
    private static bool IsExplained(SyntaxNode first, SyntaxNode last) => first.SyntaxTree.GetRoot()
        .DescendantTrivia(TextSpan.FromBounds(first.FullSpan.Start, last.FullSpan.End))
        .Any(static t => t.IsKind(SyntaxKind.SingleLineCommentTrivia) || t.IsKind(SyntaxKind.MultiLineCommentTrivia) || t.IsDirective);
}

using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>The statements between an acquire and the end of its hold, all in one list.</summary>
/// <param name="List">The list.</param>
/// <param name="Opening">The statement that acquires: one of the list, or the <c>if</c> whose branch the list is.</param>
/// <param name="First">The index of the first statement behind the acquire.</param>
/// <param name="Body">The statements.</param>
/// <param name="Release">The release that ends the hold, next in the list; null where each path through the rest of the list has its own.</param>
/// <param name="Inner">The releases inside the statements, each as the last thing before it leaves them.</param>
/// <param name="Added">The release to write where the source has none.</param>
internal sealed record TryFinallyRegion(
    Siblings List, StatementSyntax Opening, int First, IReadOnlyList<StatementSyntax> Body, ExpressionStatementSyntax? Release, IReadOnlyList<ExpressionStatementSyntax> Inner,
    ExpressionStatementSyntax? Added = null)
{
    /// <summary>What a <c>finally</c> has to do.</summary>
    public ExpressionStatementSyntax AnyRelease => Release ?? Added ?? Inner[0];

    public int Count => Body.Count + (Release is null ? 0 : 1);

    public StatementSyntax Last => Release ?? Body[Body.Count - 1];

    /// <summary>Whether the <c>finally</c> does the work of the release.</summary>
    public bool TakesOver(InvocationExpressionSyntax release) => release.Parent is ExpressionStatementSyntax statement && (statement == Release || Inner.Contains(statement));

    /// <summary>Null where the hold does not begin and end in one list, or where it is not clear that each release belongs to this acquire.</summary>
    public static TryFinallyRegion? Of(InvocationExpressionSyntax acquire, IReadOnlyCollection<InvocationExpressionSyntax> releases, SemanticModel model) =>
        Start(acquire, model) is var (opening, list, first) && first >= 0 ? Of(opening, list, first, acquire, releases, model) : null;

    /// <summary>The same for an acquire whose answer <paramref name="choice"/> asks for.</summary>
    public static TryFinallyRegion? InBranch(IfStatementSyntax choice, InvocationExpressionSyntax acquire, IReadOnlyCollection<InvocationExpressionSyntax> releases, SemanticModel model) =>
        Inside(choice) is { } inside && acquire.FirstAncestorOrSelf<StatementSyntax>() is { } opening ? Of(opening, inside, 0, acquire, releases, model) : null;

    private static TryFinallyRegion? Of(
        StatementSyntax opening, Siblings list, int first, InvocationExpressionSyntax acquire, IReadOnlyCollection<InvocationExpressionSyntax> releases, SemanticModel model)
    {
        var end = list.Statements.FindIndex(first, s => ReleasedBy(s, releases) is not null);
        var body = list.Statements.GetRange(first, (end < 0 ? list.Statements.Count : end) - first);
        var release = end < 0 ? null : (ExpressionStatementSyntax)list.Statements[end];
        if (body.Count == 0 || IsTakenAgain(acquire, body, releases, model))
        {
            return null;
        }

        // Without a release at the end the rest of the list is the hold only if none comes after it.
        var inner = releases.Where(r => body.Any(s => s.Span.Contains(r.Span))).ToList();
        if (release is null && (inner.Count == 0 || releases.Any(r => r.SpanStart > acquire.SpanStart && !inner.Contains(r))))
        {
            return null;
        }

        var statements = inner.Select(r => r.Parent as ExpressionStatementSyntax).ToList();
        var all = statements.Append(release ?? statements[0]).ToList();
        return all.All(s => s is not null && SyntaxFactory.AreEquivalent(s, all[0]) && IsPlain(s, model)) &&
               statements.All(s => LeavingRelease.IsOne(s!, body, isEndOfHold: release is null, model))
            ? new TryFinallyRegion(list, opening, first, body, release, statements!)
            : null;
    }

    /// <summary>
    /// The rest of a function, of a loop's round or of the branch that took the lock, for an acquire that nothing releases. Where the acquire stands deeper, the end of the hold cannot be told.
    /// </summary>
    public static TryFinallyRegion? ToTheEnd(InvocationExpressionSyntax acquire, SemanticModel model)
    {
        if (MissingRelease.Of(acquire, model) is not { } release || Start(acquire, model) is not var (opening, list, first) || first < 0 || first >= list.Statements.Count || !IsWhole(list.Statements[first], opening))
        {
            return null;
        }

        var body = list.Statements.GetRange(first, list.Statements.Count - first);
        return IsTakenAgain(acquire, body, [], model) ? null : new TryFinallyRegion(list, opening, first, body, null, [], release);
    }

    /// <summary>The list is all that a function, a loop or the branch of the acquire runs.</summary>
    private static bool IsWhole(StatementSyntax statement, StatementSyntax opening) => statement.Parent switch
    {
        GlobalStatementSyntax => true,
        BlockSyntax { Parent: var owner } => owner == opening || owner is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or
            ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax,
        _ => false,
    };

    private static (StatementSyntax Opening, Siblings List, int First)? Start(InvocationExpressionSyntax acquire, SemanticModel model)
    {
        if (AcquireUnit.Of(acquire, model) is { } unit)
        {
            return Siblings.Around(unit.Last) is { } around ? (unit.First, around, around.Statements.IndexOf(unit.Last) + 1) : null;
        }

        return AcquireUnit.Completed(acquire, model) is { Parent: IfStatementSyntax test } taken && test.Condition == taken && Inside(test) is { } inside ? (test, inside, 0) : null;
    }

    private static Siblings? Inside(IfStatementSyntax choice) => choice.Statement is BlockSyntax { Statements.Count: > 0 } block ? Siblings.Around(block.Statements[0]) : null;

    private static InvocationExpressionSyntax? ReleasedBy(StatementSyntax statement, IReadOnlyCollection<InvocationExpressionSyntax> releases) =>
        statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } && releases.Contains(call) ? call : null;

    private static bool IsTakenAgain(InvocationExpressionSyntax acquire, List<StatementSyntax> body, IReadOnlyCollection<InvocationExpressionSyntax> releases, SemanticModel model)
    {
        var helper = model.GetSymbolInfo(acquire).Symbol;
        return IsOfFramework(helper)
            ? LockUses.HasOthers(body, acquire, releases, model)
            : body.SelectMany(static s => s.DescendantNodesAndSelf()).OfType<InvocationExpressionSyntax>()
                .Any(call => SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(call).Symbol, helper));
    }

    /// <summary>A call that does nothing but release: one of the framework, or of a method that has no other statement.</summary>
    private static bool IsPlain(ExpressionStatementSyntax release, SemanticModel model) => model.GetSymbolInfo(release.Expression).Symbol is { } method &&
        (IsOfFramework(method) || (method.DeclaringSyntaxReferences.Length == 1 && method.DeclaringSyntaxReferences[0].GetSyntax() switch
        {
            MethodDeclarationSyntax { ExpressionBody.Expression: InvocationExpressionSyntax } => true,
            MethodDeclarationSyntax { Body.Statements: { Count: 1 } statements } => statements[0] is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax },
            _ => false,
        }));

    private static bool IsOfFramework(ISymbol? method) => method?.ContainingNamespace.ToDisplayString() == "System.Threading" && method.DeclaringSyntaxReferences.IsEmpty;
}

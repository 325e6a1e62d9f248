using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Proving.Mutation.Operators;

/// <summary>Defects at the release of a lock.</summary>
internal static class ReleaseOperators
{
    public static IEnumerable<Mutant> Twice(SemanticModel model, SyntaxNode root) =>
        from pair in LockCalls.GuardedBlocks(model, root).Concat(LockCalls.WrappedBlocks(model, root))
        select Mutant.Insert(pair.Release, pair.Release.Span.End, $" {pair.Release}");

    public static IEnumerable<Mutant> AtEndOfTry(SemanticModel model, SyntaxNode root) =>
        from pair in LockCalls.GuardedBlocks(model, root)
        where model.AnalyzeControlFlow(pair.Try.Block) is { Succeeded: true, EndPointIsReachable: true }
        select Mutant.Insert(pair.Release, pair.Try.Block.CloseBraceToken.SpanStart, $" {pair.Release} ");

    public static IEnumerable<Mutant> Remove(SemanticModel model, SyntaxNode root) =>
        from pair in LockCalls.GuardedBlocks(model, root)
        select Mutant.Replace(pair.Release, "");

    /// <summary>The <c>try</c> keeps its statements, the release follows them: a call that throws leaves the lock held.</summary>
    public static IEnumerable<Mutant> WithoutFinally(SemanticModel model, SyntaxNode root) => WithoutFinally(model, LockCalls.GuardedBlocks(model, root));

    /// <summary>The same for a lock class in source.</summary>
    public static IEnumerable<Mutant> WrappedWithoutFinally(SemanticModel model, SyntaxNode root) => WithoutFinally(model, LockCalls.WrappedBlocks(model, root));

    private static IEnumerable<Mutant> WithoutFinally(SemanticModel model, IEnumerable<Guarded> blocks) =>
        from pair in ReleasedInLine(model, blocks)
        where pair.Try.Block.DescendantNodes().Any(static n => n is InvocationExpressionSyntax)
        select Unwrapped(pair);

    /// <summary>The same, with a written way out before the release.</summary>
    public static IEnumerable<Mutant> ThrowWithoutFinally(SemanticModel model, SyntaxNode root) => ThrowWithoutFinally(model, LockCalls.GuardedBlocks(model, root));

    /// <summary>The same for a lock class in source.</summary>
    public static IEnumerable<Mutant> WrappedThrowWithoutFinally(SemanticModel model, SyntaxNode root) => ThrowWithoutFinally(model, LockCalls.WrappedBlocks(model, root));

    private static IEnumerable<Mutant> ThrowWithoutFinally(SemanticModel model, IEnumerable<Guarded> blocks) =>
        from pair in ReleasedInLine(model, blocks)
        select Unwrapped(pair).And(pair.Inside, " if (System.Environment.ProcessorCount > 64) throw new System.InvalidOperationException(); ");

    /// <summary>The scope is opened and nothing closes it.</summary>
    public static IEnumerable<Mutant> ScopeWithoutUsing(SemanticModel model, SyntaxNode root)
    {
        foreach (var opening in root.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (!LockCalls.Opens(model, opening))
            {
                continue;
            }

            if (opening.Parent is UsingStatementSyntax { Declaration: null } block)
            {
                yield return new Mutant(block.Span, [new TextChange(block.UsingKeyword.Span, "_ ="), new TextChange(block.CloseParenToken.Span, ");")]);
            }
            else if (opening.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is { UsingKeyword: var keyword } && keyword.IsKind(SyntaxKind.UsingKeyword))
            {
                yield return new Mutant(keyword.Parent!.Span, [new TextChange(keyword.Span, "")]);
            }
        }
    }

    private static IEnumerable<Guarded> ReleasedInLine(SemanticModel model, IEnumerable<Guarded> blocks) =>
        from pair in blocks
        where pair.Try.Catches.Count == 0
        where model.AnalyzeControlFlow(pair.Try.Block) is { Succeeded: true, EndPointIsReachable: true } flow && !flow.ReturnStatements.Any()
        select pair;

    private static Mutant Unwrapped(Guarded pair) => new(
        pair.Try.Span, [new TextChange(pair.Try.TryKeyword.Span, ""), new TextChange(pair.Try.Finally!.FinallyKeyword.Span, "")]);

    /// <summary>The release names another field of the same type.</summary>
    public static IEnumerable<Mutant> OtherLock(SemanticModel model, SyntaxNode root)
    {
        foreach (var pair in LockCalls.GuardedBlocks(model, root))
        {
            var mine = LockCalls.Of(model, pair.Acquire);
            var lockName = pair.Release.DescendantNodes().OfType<IdentifierNameSyntax>().FirstOrDefault(n => n.ToString() == mine);
            if (lockName is not null && model.GetSymbolInfo(lockName).Symbol is IFieldSymbol field)
            {
                var other = field.ContainingType.GetMembers().OfType<IFieldSymbol>()
                    .FirstOrDefault(f => !SymbolEqualityComparer.Default.Equals(f, field) && SymbolEqualityComparer.Default.Equals(f.Type, field.Type) && f.CanBeReferencedByName);
                if (other is not null)
                {
                    yield return Mutant.Replace(lockName, other.Name);
                }
            }
        }
    }
}

using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Proving.Mutation.Operators;

/// <summary>What is wrong about a mutex between processes.</summary>
internal static class MutexOperators
{
    /// <summary>A handler that counts the mutex as held throws instead, where no <c>finally</c> gives the mutex back.</summary>
    public static IEnumerable<Mutant> GiveUpAbandoned(SemanticModel model, SyntaxNode root) =>
        from handler in root.DescendantNodes().OfType<CatchClauseSyntax>()
        where handler is { Filter: null, Declaration.Type: { } type, Parent: TryStatementSyntax { Finally: null } tried } && model.GetTypeInfo(type).Type?.Name == "AbandonedMutexException" &&
            tried.Block.Statements.Count == 1 && !handler.Block.DescendantNodes().Any(static n => n is ReturnStatementSyntax or ThrowStatementSyntax or BreakStatementSyntax or IdentifierNameSyntax { Identifier.Text: "ReleaseMutex" }) &&
            !tried.Ancestors().OfType<TryStatementSyntax>().Any(static outer => outer.Finally is not null)
        select Mutant.Insert(handler.Block, handler.Block.CloseBraceToken.SpanStart, "throw new System.InvalidOperationException(\"abandoned\"); ");
}

using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>An acquire and the <c>try</c> whose <c>finally</c> does nothing but release, as the rules find them.</summary>
internal static class WrittenOutPair
{
    /// <summary>The declaration of the flag that an acquire within its own <c>try</c> sets; it stands right before the <c>try</c>.</summary>
    public static StatementSyntax? FlagOf(StatementSyntax acquire, StatementSyntax last)
    {
        if (last is not TryStatementSyntax guarded || acquire.Parent != guarded.Block || Siblings.Around(guarded) is not { } list)
        {
            return null;
        }

        var place = list.Statements.IndexOf(guarded);
        return place > 0 ? list.Statements[place - 1] as LocalDeclarationStatementSyntax : null;
    }
}

using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.CodeFixes.Editing.Threads;

/// <summary>Gives each thread of a parallel loop a total of its own, and adds these up under the lock when a thread has done its rounds.</summary>
internal static class ThreadLocalTotal
{
    /// <param name="document">The document.</param>
    /// <param name="section">The lock at the end of the round, around nothing but the step of the total.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static async Task<Document?> ApplyAsync(Document document, LockStatementSyntax? section, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || model is null || section is not { Parent: BlockSyntax { Parent: LambdaExpressionSyntax { Parent: ArgumentSyntax { Parent: ArgumentListSyntax list } body } lambda } block } ||
            list.Arguments.Last() != body || list.Arguments.Any(static a => a.NameColon is not null) || Parameter(lambda) is not { } parameter || StepOf(section) is not var (target, value, sign) ||
            Start(model.GetTypeInfo(target, cancellation).Type, sign == "*") is not { } start ||
            ConditionalCode.IsBetween(block.Statements[0], section) || section.GetTrailingTrivia().Concat(block.CloseBraceToken.LeadingTrivia).Any(static t => t.IsComment()))
        {
            return null;
        }

        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var layout = new Layout(text);
        var subtotal = FreshName.For("subtotal", lambda);
        var isShort = layout.IsOnOneLine(block);
        var line = layout.NewLine.ToString();
        var next = isShort ? " " : line + layout.IndentOf(section);
        var close = (isShort ? " " : line + layout.IndentOf(block.CloseBraceToken)) + "}";
        var open = (!isShort && layout.StartsLine(block.OpenBraceToken) ? line + layout.IndentOf(block.OpenBraceToken) : " ") + "{";

        var kept = text.ToString(TextSpan.FromBounds(block.OpenBraceToken.Span.End, section.SpanStart));
        var step = value is null ? $"{subtotal}++;" : $"{subtotal} {sign}= {value.WithoutTrivia().ToFullString()};";
        var total = value is null
            ? section.ReplaceNode(target.Parent!, SyntaxFactory.ParseExpression($"{target.WithoutTrivia().ToFullString()} += {subtotal}").WithTriviaFrom(target.Parent!))
            : section.ReplaceNode(value, SyntaxFactory.IdentifierName(subtotal).WithTriviaFrom(value));

        // Parsed as a whole, because only the parser makes the name "_" what it is.
        var added = SyntaxFactory.ParseArgumentList(
            $"(() => {start}, ({parameter}, _, {subtotal}) =>{open}{kept}{step}{next}return {subtotal};{close}, {subtotal} =>{open}{next}{total.WithoutTrivia().ToFullString()}{close})").Arguments;
        var arguments = list.Arguments.GetWithSeparators();
        return document.WithSyntaxRoot(root.ReplaceNode(list, list.WithArguments(SyntaxFactory.SeparatedList<ArgumentSyntax>(arguments.RemoveAt(arguments.Count - 1).AddRange(added.GetWithSeparators())))));
    }

    /// <summary>The name of the one parameter, which the new lambda gives no type; null for another form.</summary>
    private static string? Parameter(LambdaExpressionSyntax lambda) => lambda switch
    {
        SimpleLambdaExpressionSyntax simple => simple.Parameter.Identifier.ValueText,
        ParenthesizedLambdaExpressionSyntax { ReturnType: null, ParameterList.Parameters: { Count: 1 } parameters } when parameters[0] is { Type: null } => parameters[0].Identifier.ValueText,
        _ => null,
    };

    /// <summary>The total, what is added to it (null for one), and the sign.</summary>
    private static (ExpressionSyntax Target, ExpressionSyntax? Value, string Sign)? StepOf(LockStatementSyntax section)
    {
        var statement = section.Statement is BlockSyntax { Statements: { Count: 1 } only } ? only[0] : section.Statement;
        return (statement as ExpressionStatementSyntax)?.Expression switch
        {
            AssignmentExpressionSyntax compound => (compound.Left, compound.Right, compound.OperatorToken.ValueText.TrimEnd('=')),
            PostfixUnaryExpressionSyntax step => (step.Operand, null, "+"),
            PrefixUnaryExpressionSyntax step => (step.Operand, null, "+"),
            _ => null,
        };
    }

    /// <summary>The value from which each thread begins.</summary>
    private static string? Start(ITypeSymbol? type, bool isProduct) => type?.SpecialType switch
    {
        SpecialType.System_Int32 => isProduct ? "1" : "0",
        SpecialType.System_Int64 => isProduct ? "1L" : "0L",
        SpecialType.System_UInt32 => isProduct ? "1U" : "0U",
        SpecialType.System_UInt64 => isProduct ? "1UL" : "0UL",
        SpecialType.System_Single => isProduct ? "1F" : "0F",
        SpecialType.System_Double => isProduct ? "1D" : "0D",
        SpecialType.System_Decimal => isProduct ? "1M" : "0M",
        _ => null,
    };
}

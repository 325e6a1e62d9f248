using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Proving.Mutation.Operators;

/// <summary>A program and its child get stuck on each other, or lose what the child says.</summary>
internal static class ProcessOperators
{
    /// <summary>Where the only read in a member is a plain <c>p.StandardOutput.ReadToEnd()</c> and a wait of its own follows.</summary>
    public static IEnumerable<Mutant> WaitFirst(SemanticModel model, SyntaxNode root) =>
        from wait in root.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where wait is { Parent: ExpressionStatementSyntax { Parent: BlockSyntax }, ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "WaitForExit", Expression: IdentifierNameSyntax } }
        where model.GetSymbolInfo(((MemberAccessExpressionSyntax)wait.Expression).Expression).Symbol is ILocalSymbol
        let child = ((MemberAccessExpressionSyntax)wait.Expression).Expression.ToString()
        let block = (BlockSyntax)wait.Parent!.Parent!
        let reads = block.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(read => read.Expression.ToString() == child + ".StandardOutput.ReadToEnd").ToList()
        where reads.Count == 1 && !block.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(a =>
            a.Expression.ToString() == child && a.Name.Identifier.Text is "BeginOutputReadLine" or "BeginErrorReadLine" or "StandardError" or "Kill" or "WaitForExitAsync")
        let statement = block.Statements.FirstOrDefault(s => s.Span.Contains(reads[0].Span))
        where statement is ExpressionStatementSyntax or LocalDeclarationStatementSyntax && statement.Span.End < wait.SpanStart
        select Mutant.Insert(statement, statement.SpanStart, child + ".WaitForExit(); ");

    /// <summary>The only handler of a pipe's lines goes.</summary>
    public static IEnumerable<Mutant> WithoutHandler(SemanticModel model, SyntaxNode root) =>
        from added in root.DescendantNodes().OfType<AssignmentExpressionSyntax>()
        where added is { Parent: ExpressionStatementSyntax, Left: MemberAccessExpressionSyntax { Name.Identifier.Text: "OutputDataReceived" or "ErrorDataReceived", Expression: IdentifierNameSyntax } }
        let handled = (MemberAccessExpressionSyntax)added.Left
        where model.GetSymbolInfo(handled.Expression).Symbol is ILocalSymbol
        let begin = handled.Name.Identifier.Text == "OutputDataReceived" ? "BeginOutputReadLine" : "BeginErrorReadLine"
        let member = added.FirstAncestorOrSelf<MemberDeclarationSyntax>()
        where member is not null && member.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Count(a => a.ToString() == handled.ToString()) == 1 &&
            member.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(a => a.ToString() == $"{handled.Expression}.{begin}")
        select Mutant.Replace(added.Parent!, ";");
}

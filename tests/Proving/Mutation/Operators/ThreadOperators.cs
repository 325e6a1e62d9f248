using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Proving.Mutation.Operators;

/// <summary>Defects of how threads are started and waited for.</summary>
internal static class ThreadOperators
{
    /// <summary>Each thread of a loop is waited for before the next is made.</summary>
    public static IEnumerable<Mutant> JoinInLoop(SemanticModel model, SyntaxNode root) =>
        from started in RemovalOperators.Calls(model, root, ("Thread", "Start"))
        where started.Parent is BlockSyntax { Parent: ForStatementSyntax or ForEachStatementSyntax } && RemovalOperators.ReceiverOf(started) is not null
        select Mutant.Insert(started, started.Span.End, $" {RemovalOperators.ReceiverOf(started)}.Join();");

    /// <summary>A copy of the loop's counter gives way to the counter.</summary>
    public static IEnumerable<Mutant> CounterForCopy(SemanticModel model, SyntaxNode root) =>
        from loop in root.DescendantNodes().OfType<ForStatementSyntax>()
        where loop.Declaration is { Variables.Count: 1 } && loop.Statement is BlockSyntax
        let counter = loop.Declaration!.Variables[0].Identifier.ValueText
        from declarator in ((BlockSyntax)loop.Statement).Statements.OfType<LocalDeclarationStatementSyntax>().SelectMany(static s => s.Declaration.Variables)
        where declarator.Initializer?.Value is IdentifierNameSyntax source && source.Identifier.ValueText == counter
        let copy = model.GetDeclaredSymbol(declarator)
        let uses = loop.Statement.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(n => SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(n).Symbol, copy)).ToList()
        where uses.Any(static use => use.Ancestors().OfType<AnonymousFunctionExpressionSyntax>().Any())
        select new Mutant(declarator.Span, [.. uses.Select(use => new TextChange(use.Span, counter))]);

    /// <summary>A join whose results are read gets a limit, and nobody asks whether it was reached.</summary>
    public static IEnumerable<Mutant> LimitIgnored(SemanticModel model, SyntaxNode root) =>
        from wait in RemovalOperators.Join(model, root)
        let call = root.FindNode(wait.Place).DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().First()
        where call.ArgumentList.Arguments.Count == 0
        select Mutant.Replace(call.ArgumentList, "(100)");

    public static IEnumerable<Mutant> PauseForJoin(SemanticModel model, SyntaxNode root) =>
        from wait in RemovalOperators.Join(model, root)
        select new Mutant(wait.Place, [new TextChange(wait.Place, "System.Threading.Thread.Sleep(100);")]);

    /// <summary>A thread that loops keeps the process alive.</summary>
    public static IEnumerable<Mutant> Foreground(SemanticModel model, SyntaxNode root) =>
        from statement in root.DescendantNodes().OfType<ExpressionStatementSyntax>()
        where statement.Expression is AssignmentExpressionSyntax set && model.GetSymbolInfo(set.Left).Symbol is IPropertySymbol { Name: "IsBackground", ContainingType.Name: "Thread" }
        where root.DescendantNodes().Any(static n => n is WhileStatementSyntax)
        select Mutant.Replace(statement, "");
}

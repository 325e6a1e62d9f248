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

        // A thread that is made for its properties is left alone.
        where !root.ToString().Contains("IsBackground = true")
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

    /// <summary>Work that the last statement of a program waits for is cut off.</summary>
    public static IEnumerable<Mutant> LastWait(SemanticModel model, SyntaxNode root) =>
        from statement in root.DescendantNodes().OfType<GlobalStatementSyntax>()
        where statement.Statement is ExpressionStatementSyntax { Expression: AwaitExpressionSyntax { Expression: IdentifierNameSyntax } }
        where model.GetTypeInfo(((AwaitExpressionSyntax)((ExpressionStatementSyntax)statement.Statement).Expression).Expression).Type?.Name == "Task"
        select Mutant.Replace(statement, "");

    /// <summary>The callback of a timer, which nothing else keeps apart, counts in two steps.</summary>
    public static IEnumerable<Mutant> UpdateInTick(SemanticModel model, SyntaxNode root) =>
        from call in root.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where call.Parent is ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax } && model.GetSymbolInfo(call).Symbol is IMethodSymbol { Name: "Increment", ContainingType.Name: "Interlocked" }
        let method = (MethodDeclarationSyntax)call.Parent!.Parent!
        where root.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>().Any(timer => model.GetTypeInfo(timer).Type?.Name == "Timer" &&
            timer.ArgumentList?.Arguments is [{ Expression: IdentifierNameSyntax name }, _, _, { Expression: LiteralExpressionSyntax }] && name.Identifier.Text == method.Identifier.Text)
        select Mutant.Replace(call, $"{call.ArgumentList.Arguments[0].Expression}++");

    /// <summary>What a thread computes is stored nowhere.</summary>
    public static IEnumerable<Mutant> DropResult(SemanticModel model, SyntaxNode root) =>
        from lambda in root.DescendantNodes().OfType<LambdaExpressionSyntax>()
        where lambda.ExpressionBody is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right: InvocationExpressionSyntax }
        where lambda.Parent is ArgumentSyntax { Parent.Parent: BaseObjectCreationExpressionSyntax made } && model.GetTypeInfo(made).Type?.Name == "Thread"
        select Mutant.Replace(lambda.ExpressionBody!, ((AssignmentExpressionSyntax)lambda.ExpressionBody!).Right.ToString());

    /// <summary>A thread joins a thread without the question whether that is itself.</summary>
    public static IEnumerable<Mutant> WithoutOwnQuestion(SemanticModel model, SyntaxNode root) =>
        from asked in root.DescendantNodes().OfType<IfStatementSyntax>()
        where asked.Else is null && asked.Condition is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } different &&
            new[] { different.Left, different.Right }.Any(side => model.GetSymbolInfo(side).Symbol is IPropertySymbol { Name: "CurrentThread" })
        select Mutant.Replace(asked, asked.Statement.ToString());

    /// <summary>A constructor starts its thread before it assigns another of its fields.</summary>
    public static IEnumerable<Mutant> StartTooEarly(SemanticModel model, SyntaxNode root) =>
        from start in RemovalOperators.Calls(model, root, ("Thread", "Start"))
        where start.Parent is BlockSyntax { Parent: ConstructorDeclarationSyntax }
        let statements = ((BlockSyntax)start.Parent!).Statements
        let before = statements.IndexOf(start) is > 0 and var index ? statements[index - 1] : null
        where before is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assigned } && assigned.Left.ToString() != RemovalOperators.ReceiverOf(start)
        select Mutant.Move(start, before.SpanStart);
}

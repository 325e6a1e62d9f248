using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Proving.Mutation.Operators;

/// <summary>Parallel loops are done by hand, or one round at a time.</summary>
internal static class ParallelOperators
{
    private const string Threads = "System.Collections.Generic.List<System.Threading.Thread>";
    private const string StartAndJoin = "foreach (var worker in workers) worker.Start(); foreach (var worker in workers) worker.Join();";

    /// <summary>A raw thread for each delegate of <c>Parallel.Invoke</c>, and for each number of <c>Parallel.For</c>.</summary>
    public static IEnumerable<Mutant> RawThreads(SemanticModel model, SyntaxNode root)
    {
        foreach (var (statement, call, method) in Loops(model, root))
        {
            var arguments = call.ArgumentList.Arguments;
            if (method == "Invoke")
            {
                var made = string.Concat(arguments.Select((a, i) => $"var worker{i} = new System.Threading.Thread({a}); "));
                var run = string.Concat(arguments.Select((_, i) => $"worker{i}.Start(); ")) + string.Concat(arguments.Select((_, i) => $"worker{i}.Join(); "));
                yield return Mutant.Replace(statement, $"{{ {made}{run}}}");
            }
            else if (method == "For" && arguments is [var from, var to, { Expression: SimpleLambdaExpressionSyntax body }] && IsLong(model, body))
            {
                yield return Mutant.Replace(statement,
                    $"{{ var workers = new {Threads}(); for (var number = {from}; number < {to}; number++) {{ var {body.Parameter} = number; workers.Add(new System.Threading.Thread(() => {body.Body})); }} {StartAndJoin} }}");
            }
        }
    }

    /// <summary>A loop, or a function of the source: a round of a few operations is no load for a thread.</summary>
    private static bool IsLong(SemanticModel model, SimpleLambdaExpressionSyntax body) => body.Body.DescendantNodesAndSelf().Any(n => n is ForStatementSyntax or ForEachStatementSyntax or WhileStatementSyntax ||
        (n is InvocationExpressionSyntax && model.GetSymbolInfo(n).Symbol is { Locations: [{ IsInSource: true }, ..] }));

    /// <summary>A raw thread for each element of a bounded <c>Parallel.ForEach</c>.</summary>
    public static IEnumerable<Mutant> ThreadPerElement(SemanticModel model, SyntaxNode root) =>
        from loop in Loops(model, root)
        where loop.Method == "ForEach" && loop.Call.ArgumentList.Arguments.Count == 3 && loop.Call.ArgumentList.Arguments[2].Expression is SimpleLambdaExpressionSyntax
        let arguments = loop.Call.ArgumentList.Arguments
        let body = (SimpleLambdaExpressionSyntax)arguments[2].Expression
        select Mutant.Replace(loop.Statement,
            $"{{ var workers = new {Threads}(); foreach (var {body.Parameter} in {arguments[0]}) {{ workers.Add(new System.Threading.Thread(() => {body.Body})); }} {StartAndJoin} }}");

    /// <summary>Each round of a reduction adds to the total itself, under the lock.</summary>
    public static IEnumerable<Mutant> LockEachRound(SemanticModel model, SyntaxNode root)
    {
        foreach (var (statement, call, method) in Loops(model, root))
        {
            if (method == "ForEach" && call.ArgumentList.Arguments is [var source, _, { Expression: ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: [var item, _, var own], Block: { } block } }, { Expression: SimpleLambdaExpressionSyntax { Block.Statements: [LockStatementSyntax locked] } }] &&
                block.Statements.OfType<ExpressionStatementSyntax>().FirstOrDefault(s => s.Expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax sum } && sum.Identifier.ValueText == own.Identifier.ValueText) is { Expression: AssignmentExpressionSyntax added } adds)
            {
                var round = string.Concat(block.Statements.Where(s => s is not ReturnStatementSyntax).Select(s => (s == adds ? locked.ToString().Replace(((SimpleLambdaExpressionSyntax)call.ArgumentList.Arguments[3].Expression).Parameter.Identifier.ValueText + ";", added.Right + ";") : s.ToString()) + " "));
                yield return Mutant.Replace(statement, $"{call.Expression}({source}, {item} => {{ {round}}});");
            }
        }
    }

    private static IEnumerable<(StatementSyntax Statement, InvocationExpressionSyntax Call, string Method)> Loops(SemanticModel model, SyntaxNode root) =>
        from statement in root.DescendantNodes().OfType<ExpressionStatementSyntax>()
        where statement.Parent is BlockSyntax && statement.Expression is InvocationExpressionSyntax
        let call = (InvocationExpressionSyntax)statement.Expression
        where model.GetSymbolInfo(call).Symbol is IMethodSymbol { ContainingType.Name: "Parallel" }
        select ((StatementSyntax)statement, call, ((IMethodSymbol)model.GetSymbolInfo(call).Symbol!).Name);

    /// <summary>A parallel query whose order somebody relies on.</summary>
    public static IEnumerable<Mutant> DropOrder(SemanticModel model, SyntaxNode root) =>
        from call in root.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "AsOrdered" } && model.GetSymbolInfo(call).Symbol is IMethodSymbol { ContainingType.Name: "ParallelEnumerable" }
        select Mutant.Replace(call, ((MemberAccessExpressionSyntax)call.Expression).Expression.ToString());

    /// <summary>One more element than comes is taken, behind a loop that takes what comes.</summary>
    public static IEnumerable<Mutant> TakeOnceMore(SemanticModel model, SyntaxNode root) =>
        from loop in root.DescendantNodes().OfType<ForStatementSyntax>()
        where loop.Condition is BinaryExpressionSyntax { RawKind: (int)Microsoft.CodeAnalysis.CSharp.SyntaxKind.LessThanExpression, Right: MemberAccessExpressionSyntax or LiteralExpressionSyntax } && loop.Parent is BlockSyntax { Parent: MethodDeclarationSyntax }
        where loop.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => call.ArgumentList.Arguments.Count == 0 && model.GetSymbolInfo(call).Symbol is IMethodSymbol { Name: "Take", ContainingType.Name: "BlockingCollection" })
        select Mutant.Insert(loop, ((BinaryExpressionSyntax)loop.Condition!).OperatorToken.Span.End, "=");
}

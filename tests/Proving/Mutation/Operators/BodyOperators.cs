using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Proving.Mutation.Operators;

/// <summary>The body of a thread or task gets lost at its first <c>await</c>.</summary>
internal static class BodyOperators
{
    private const string Await = "await System.Threading.Tasks.Task.Yield();";

    public static IEnumerable<Mutant> MakeAsync(SemanticModel model, SyntaxNode root)
    {
        foreach (var lambda in root.DescendantNodes().OfType<LambdaExpressionSyntax>().Where(static l => l.AsyncKeyword.IsKind(SyntaxKind.None)))
        {
            var isBody = lambda.Parent is ArgumentSyntax { Parent.Parent: var call } && call switch
            {
                BaseObjectCreationExpressionSyntax created => model.GetTypeInfo(created).Type is { Name: "Thread" } type && IsThreading(type),
                InvocationExpressionSyntax invoked => model.GetSymbolInfo(invoked).Symbol is
                    IMethodSymbol { ContainingType: { Name: "ThreadPool" or "Parallel" } type } method && IsThreading(type) &&
                    method.Name is "QueueUserWorkItem" or "UnsafeQueueUserWorkItem" or "For" or "ForEach" or "Invoke",
                _ => false,
            };
            if (isBody && model.GetTypeInfo(lambda).ConvertedType is INamedTypeSymbol { DelegateInvokeMethod.ReturnsVoid: true })
            {
                var mutant = Mutant.Insert(lambda, lambda.SpanStart, "async ");
                yield return lambda.Block is { } block ? mutant.And(block.OpenBraceToken.Span.End, $" {Await} ")
                    : mutant with { Changes = mutant.Changes.Add(new TextChange(lambda.ExpressionBody!.Span, $"{{ {Await} {lambda.ExpressionBody}; }}")) };
            }
        }
    }

    /// <summary>The start of a local that holds nothing but a thread without an argument.</summary>
    public static IEnumerable<Mutant> PassArgument(SemanticModel model, SyntaxNode root) =>
        from start in Calls(model, root, "Thread", "Start")
        where start is { Parent: ExpressionStatementSyntax, ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax } }
        let handle = model.GetSymbolInfo(((MemberAccessExpressionSyntax)start.Expression).Expression).Symbol
        where handle is ILocalSymbol { DeclaringSyntaxReferences: [var declared] } &&
            declared.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax made } &&
            model.GetSymbolInfo(made).Symbol is IMethodSymbol { Parameters: [{ Type.Name: "ThreadStart" }, ..] }
        select Mutant.Insert(start, start.ArgumentList.OpenParenToken.Span.End, "null");

    /// <summary>Where somebody waits for the result or keeps it as a plain <c>Task</c>, so that it compiles and goes on early.</summary>
    public static IEnumerable<Mutant> StartNew(SemanticModel model, SyntaxNode root) =>
        from call in Calls(model, root, "Task", "Run")
        where call.ArgumentList.Arguments is [{ Expression: LambdaExpressionSyntax { AsyncKeyword.RawKind: (int)SyntaxKind.AsyncKeyword } }, ..]
        where model.GetTypeInfo(call).Type is INamedTypeSymbol { Arity: 0 } && call.Parent is AwaitExpressionSyntax or ArgumentSyntax or AssignmentExpressionSyntax or ReturnStatementSyntax
        select Mutant.Replace(call.Expression, "System.Threading.Tasks.Task.Factory.StartNew");

    public static IEnumerable<Mutant> DropUnwrap(SemanticModel model, SyntaxNode root) =>
        from call in Calls(model, root, "TaskExtensions", "Unwrap")
        let access = (MemberAccessExpressionSyntax)call.Expression
        select new Mutant(call.Span, [new TextChange(TextSpan.FromBounds(access.OperatorToken.SpanStart, call.Span.End), "")]);

    /// <summary>The option alone; with others or by another name it stays.</summary>
    public static IEnumerable<Mutant> DropLongRunning(SemanticModel model, SyntaxNode root) =>
        from call in Calls(model, root, "TaskFactory", "StartNew")
        from option in call.ArgumentList.Arguments
        where option.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "LongRunning" }
        select Mutant.Replace(option.Expression, "System.Threading.Tasks.TaskCreationOptions.None");

    public static IEnumerable<Mutant> ParallelForEach(SemanticModel model, SyntaxNode root) =>
        from call in Calls(model, root, "Parallel", "ForEachAsync")
        where call.Parent is AwaitExpressionSyntax
        select new Mutant(call.Parent!.Span, [new TextChange(TextSpan.FromBounds(call.Parent.SpanStart, call.Expression.Span.End), "System.Threading.Tasks.Parallel.ForEach")]);

    /// <summary>Long enough for more than a tick.</summary>
    public static IEnumerable<Mutant> SleepForDelay(SemanticModel model, SyntaxNode root) =>
        from call in Calls(model, root, "Task", "Delay")
        where call is { Parent: AwaitExpressionSyntax { Parent: ExpressionStatementSyntax }, ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax { Token.Value: >= 100 } }] } && IsInPoolTask(model, call)
        select Mutant.Replace(call.Parent!, $"System.Threading.Thread.Sleep{call.ArgumentList}");

    private static bool IsInPoolTask(SemanticModel model, SyntaxNode node) =>
        node.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax fork } } && Calls(model, fork, "Task", "Run").Contains(fork);

    private static IEnumerable<InvocationExpressionSyntax> Calls(SemanticModel model, SyntaxNode root, string type, string method) =>
        root.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().Where(call =>
            call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: var name } && name == method &&
            model.GetSymbolInfo(call).Symbol is IMethodSymbol { ContainingType: var found } && found.Name == type && IsThreading(found));

    private static bool IsThreading(ITypeSymbol type) => type.ContainingNamespace.ToDisplayString().StartsWith("System.Threading", System.StringComparison.Ordinal);
}

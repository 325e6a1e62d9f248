using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Proving.Mutation.Operators;

/// <summary>Ways to break the handing over of work and results.</summary>
internal static class QueueOperators
{
    /// <summary>A countdown waits for one signal more than its work gives; one that is counted up as work is started waits for its starter too.</summary>
    public static IEnumerable<Mutant> CountOneMore(SemanticModel model, SyntaxNode root) =>
        from creation in root.DescendantNodes().OfType<ObjectCreationExpressionSyntax>()
        where creation.ArgumentList is { Arguments.Count: 1 } && model.GetTypeInfo(creation).Type is { Name: "CountdownEvent", ContainingNamespace.Name: "Threading" } &&
            creation.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is not null
        let count = creation.ArgumentList!.Arguments[0].Expression
        where count.IsKind(SyntaxKind.NumericLiteralExpression)
        let member = creation.FirstAncestorOrSelf<MemberDeclarationSyntax>()
        where member is not null && !member.DescendantNodes().OfType<IdentifierNameSyntax>().Any(n => n.Identifier.Text == "AddCount")
        select Mutant.Replace(count, $"{count} + 1");

    /// <summary>What was put in last goes behind the completion.</summary>
    public static IEnumerable<Mutant> AddBehindCompletion(SemanticModel model, SyntaxNode root) =>
        from completion in root.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where completion is { Parent: ExpressionStatementSyntax { Parent: BlockSyntax }, Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "CompleteAdding" } } && model.GetSymbolInfo(completion).Symbol is IMethodSymbol { ContainingType.Name: "BlockingCollection" }
        let statements = ((BlockSyntax)completion.Parent!.Parent!).Statements
        let index = statements.IndexOf((StatementSyntax)completion.Parent!)
        where index > 0 && statements[index - 1] is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Add" } put } } &&
            put.Expression.ToString() == ((MemberAccessExpressionSyntax)completion.Expression).Expression.ToString()
        select Mutant.Move(statements[index - 1], completion.Parent!.Span.End);

    /// <summary>A take that waits becomes looks with pauses.</summary>
    public static IEnumerable<Mutant> PollForTake(SemanticModel model, SyntaxNode root) =>
        from take in root.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where take is { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Take" } } && model.GetSymbolInfo(take).Symbol is IMethodSymbol { ContainingType.Name: "BlockingCollection" }
        let declaration = take.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>()
        where declaration is { Parent: BlockSyntax, Declaration.Variables: { Count: 1 } variables } && variables[0].Initializer!.Value == take
        let queue = ((MemberAccessExpressionSyntax)take.Expression).Expression
        let type = ((IMethodSymbol)model.GetSymbolInfo(take).Symbol!).ReturnType.ToDisplayString()
        let name = declaration.Declaration.Variables[0].Identifier.Text
        select Mutant.Replace(declaration, $"{type} {name}; while (!{queue}.TryTake(out {name})) Thread.Sleep(10);");

    /// <summary>A signal in a finally goes behind what stands in the try, which then may skip it.</summary>
    public static IEnumerable<Mutant> SignalBehind(SemanticModel model, SyntaxNode root) =>
        from attempt in root.DescendantNodes().OfType<TryStatementSyntax>()
        where attempt is { Catches.Count: 0, Finally.Block.Statements: { Count: 1 } last, Block.Statements.Count: > 0 } && last[0] is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Signal" } } } &&
            attempt.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>()?.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } fork && model.GetSymbolInfo(fork).Symbol is IMethodSymbol { Name: "Run", ContainingType.Name: "Task" }
        select Mutant.Replace(attempt, string.Concat(attempt.Block.Statements.Select(static s => s.ToFullString())) + attempt.Finally!.Block.Statements[0]);

    /// <summary>Nobody waits any more for the task that writes to, or reads from, what its block disposes of.</summary>
    public static IEnumerable<Mutant> DisposeTooEarly(SemanticModel model, SyntaxNode root) =>
        from block in root.DescendantNodes().OfType<BlockSyntax>()
        where block.Statements.Count > 2 && block.Statements[^1] is ExpressionStatementSyntax
        let wait = (ExpressionStatementSyntax)block.Statements[^1]
        from scope in block.Statements.OfType<LocalDeclarationStatementSyntax>()
        where scope.UsingKeyword.IsKind(SyntaxKind.UsingKeyword)
        let resource = scope.Declaration.Variables[0].Identifier.Text
        from work in block.Statements.OfType<LocalDeclarationStatementSyntax>().SelectMany(static s => s.Declaration.Variables)
        where wait.Expression.ToString() == $"{work.Identifier.Text}.Wait()" && work.Initializer?.Value is InvocationExpressionSyntax fork && model.GetSymbolInfo(fork).Symbol is IMethodSymbol { Name: "Run", ContainingType.Name: "Task" } &&
            fork.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(use => use.Expression.ToString() == resource && use.Name.Identifier.Text is "Write" or "WriteLine" or "ReadLine" or "ReadToEnd")
        select Mutant.Replace(wait, "");

    /// <summary>Tasks that a loop starts are collected and not waited for.</summary>
    public static IEnumerable<Mutant> WithoutWaitForAll(SemanticModel model, SyntaxNode root) =>
        from wait in RemovalOperators.Calls(model, root, ("Task", "WaitAll"))
        let block = (BlockSyntax)wait.Parent!
        let index = block.Statements.IndexOf(wait)
        where index == block.Statements.Count - 1 && index > 0 && block.Statements[index - 1] is ForEachStatementSyntax loop && loop.ToString().Contains(".Add(Task.Run(", System.StringComparison.Ordinal)
        select Mutant.Replace(wait, "");

    /// <summary>A queue that is read to its end in the same member is not completed.</summary>
    public static IEnumerable<Mutant> WithoutCompletion(SemanticModel model, SyntaxNode root) =>
        from completion in RemovalOperators.Calls(model, root, ("BlockingCollection", "CompleteAdding"))
        let queue = RemovalOperators.ReceiverOf(completion)
        let member = completion.FirstAncestorOrSelf<MethodDeclarationSyntax>()
        where member is not null && model.GetSymbolInfo(((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)completion.Expression).Expression).Expression).Symbol is ILocalSymbol &&
            member.DescendantNodes().OfType<InvocationExpressionSyntax>().Count(call => call.Expression.ToString() == $"{queue}.CompleteAdding") == 1 &&
            member.DescendantNodes().OfType<ForEachStatementSyntax>().Any(loop => loop.Expression.ToString() == $"{queue}.GetConsumingEnumerable()" && loop.Ancestors().All(static a => a is not AnonymousFunctionExpressionSyntax))
        select Mutant.Replace(completion, "");

    /// <summary>A handler of an event sets a result that a cancellation may have set before.</summary>
    public static IEnumerable<Mutant> SetForTrySet(SemanticModel model, SyntaxNode root) =>
        from set in root.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where set is { Parent: LambdaExpressionSyntax { Parent: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } }, Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "TrySetResult" } } &&
            model.GetSymbolInfo(set).Symbol is IMethodSymbol { ContainingType.Name: "TaskCompletionSource" }
        let name = ((MemberAccessExpressionSyntax)set.Expression).Name
        let source = ((MemberAccessExpressionSyntax)set.Expression).Expression.ToString()
        let member = set.FirstAncestorOrSelf<MethodDeclarationSyntax>()
        where member is not null && member.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => call.Expression.ToString().EndsWith(".Register", System.StringComparison.Ordinal) && call.ToString().Contains($"{source}.TrySet", System.StringComparison.Ordinal))
        select Mutant.Replace(name, "SetResult");
}

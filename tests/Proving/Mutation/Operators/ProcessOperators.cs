using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
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

    /// <summary>What takes the output of a child and throws it away goes.</summary>
    public static IEnumerable<Mutant> WithoutRead(SemanticModel model, SyntaxNode root) =>
        from statement in root.DescendantNodes().OfType<ExpressionStatementSyntax>()
        where statement.Expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.Text: "_" }, Right: InvocationExpressionSyntax read } && model.GetSymbolInfo(read).Symbol is IMethodSymbol { Name: "CopyToAsync" } &&
            read.Expression.ToString().EndsWith(".StandardOutput.BaseStream.CopyToAsync", System.StringComparison.Ordinal)
        select Mutant.Replace(statement, "");

    /// <summary>A program that starts itself does not ask any more whether it is the one that was started.</summary>
    public static IEnumerable<Mutant> WithoutGuard(SemanticModel model, SyntaxNode root) =>
        from guard in root.DescendantNodes().OfType<IfStatementSyntax>()
        where guard is { Else: null, Statement: BlockSyntax { Statements: { Count: > 0 } statements }, Parent: BlockSyntax { Parent: MethodDeclarationSyntax { Identifier.Text: "Main" } main } } && statements[^1] is ReturnStatementSyntax &&
            main.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(start => start.SpanStart > guard.Span.End && model.GetSymbolInfo(start).Symbol is IMethodSymbol { Name: "Start", ContainingType.Name: "Process" } && start.ToString().Contains("Environment.ProcessPath", System.StringComparison.Ordinal))
        select Mutant.Replace(guard, "");

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

    /// <summary>The only wait in front of a read of the exit code goes.</summary>
    public static IEnumerable<Mutant> WithoutWait(SemanticModel model, SyntaxNode root) =>
        from wait in root.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where wait is { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "WaitForExit" or "WaitForExitAsync", Expression: IdentifierNameSyntax } }
        let statement = (wait.Parent is AwaitExpressionSyntax ? wait.Parent.Parent : wait.Parent) as ExpressionStatementSyntax
        where statement is { Parent: BlockSyntax }
        let child = ((MemberAccessExpressionSyntax)wait.Expression).Expression
        where model.GetSymbolInfo(child).Symbol is ILocalSymbol
        let members = wait.FirstAncestorOrSelf<MemberDeclarationSyntax>()!.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Where(a => a.Expression.ToString() == child.ToString()).ToList()
        where members.Count(a => a.Name.Identifier.Text is "WaitForExit" or "WaitForExitAsync" or "HasExited" or "Exited") == 1 &&
            members.Any(a => a.Name.Identifier.Text == "ExitCode" && a.SpanStart > wait.SpanStart && a.Ancestors().Contains(statement!.Parent))
        select Mutant.Replace(statement!, ";");

    /// <summary>A pipe that the member uses is not redirected.</summary>
    public static IEnumerable<Mutant> NotRedirected(SemanticModel model, SyntaxNode root) =>
        from redirect in root.DescendantNodes().OfType<AssignmentExpressionSyntax>()
        where redirect is { Parent: InitializerExpressionSyntax, Left: IdentifierNameSyntax { Identifier.Text: "RedirectStandardOutput" or "RedirectStandardError" }, Right: LiteralExpressionSyntax { Token.Text: "true" } }
        let pipe = redirect.Left.ToString()["RedirectStandard".Length..]
        let member = redirect.FirstAncestorOrSelf<MemberDeclarationSyntax>()
        where member is not null && member.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(a =>
            a.Name.Identifier.Text is var name && (name == "Standard" + pipe || name == $"Begin{pipe}ReadLine") && model.GetSymbolInfo(a.Expression).Symbol is ILocalSymbol)
        select Mutant.Replace(redirect.Right, "false");

    /// <summary>A redirected child is started through the shell.</summary>
    public static IEnumerable<Mutant> ThroughShell(SemanticModel model, SyntaxNode root) =>
        from redirect in root.DescendantNodes().OfType<AssignmentExpressionSyntax>()
        where redirect is { Parent: InitializerExpressionSyntax, Left: IdentifierNameSyntax { Identifier.Text: "RedirectStandardOutput" }, Right: LiteralExpressionSyntax { Token.Text: "true" } } &&
            !redirect.Parent.DescendantNodes().OfType<IdentifierNameSyntax>().Any(n => n.Identifier.Text == "UseShellExecute") &&
            redirect.FirstAncestorOrSelf<MemberDeclarationSyntax>()!.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "Start" })
        select Mutant.Insert(redirect, redirect.SpanStart, "UseShellExecute = true, ");

    /// <summary>The handler of the exit stays, and the event goes.</summary>
    public static IEnumerable<Mutant> WithoutExitEvent(SemanticModel model, SyntaxNode root) =>
        from raise in root.DescendantNodes().OfType<AssignmentExpressionSyntax>()
        where raise is { Parent: ExpressionStatementSyntax, Left: MemberAccessExpressionSyntax { Name.Identifier.Text: "EnableRaisingEvents", Expression: IdentifierNameSyntax } }
        let child = ((MemberAccessExpressionSyntax)raise.Left).Expression
        where model.GetSymbolInfo(child).Symbol is ILocalSymbol &&
            raise.FirstAncestorOrSelf<MemberDeclarationSyntax>()!.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(a => a.ToString() == $"{child}.Exited")
        select Mutant.Replace(raise.Parent!, ";");

    /// <summary>A read that is begun in front of a write of the caller's text begins behind it, where its result is taken.</summary>
    public static IEnumerable<Mutant> ReadBehindWrite(SemanticModel model, SyntaxNode root) =>
        from begin in root.DescendantNodes().OfType<LocalDeclarationStatementSyntax>()
        where begin is { Parent: BlockSyntax, Declaration.Variables: { Count: 1 } } && begin.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.Modifiers.Any(SyntaxKind.PublicKeyword) == true
        let variable = begin.Declaration.Variables[0]
        where variable.Initializer?.Value is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "ReadToEndAsync", Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "StandardOutput", Expression: IdentifierNameSyntax } } }
        let child = variable.Initializer!.Value.GetFirstToken().Text
        let behind = ((BlockSyntax)begin.Parent!).Statements.SkipWhile(s => s != begin).Skip(1).ToList()
        let write = behind.FindIndex(s => s is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } only } call } && call.Expression.ToString() == child + ".StandardInput.Write" &&
            model.GetSymbolInfo(only[0].Expression).Symbol is IParameterSymbol { Type.SpecialType: SpecialType.System_String })
        let use = behind.FindIndex(s => s.DescendantNodes().OfType<IdentifierNameSyntax>().Any(n => n.Identifier.Text == variable.Identifier.Text))
        where write >= 0 && use > write && behind[use] is ExpressionStatementSyntax or LocalDeclarationStatementSyntax && !behind.Any(s => s.ToString().Contains(child + ".Kill"))
        select Mutant.Move(begin, behind[use].SpanStart);

    /// <summary>The input that was closed behind the text of the caller stays open.</summary>
    public static IEnumerable<Mutant> InputLeftOpen(SemanticModel model, SyntaxNode root) =>
        from close in root.DescendantNodes().OfType<ExpressionStatementSyntax>()
        where close is { Parent: BlockSyntax, Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Close", Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "StandardInput", Expression: IdentifierNameSyntax } } } }
        let child = close.GetFirstToken().Text
        let block = (BlockSyntax)close.Parent!
        let at = block.Statements.IndexOf(close)
        where at > 0 && block.Statements[at - 1] is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } only } write } && write.Expression.ToString() == child + ".StandardInput.Write" &&
            model.GetSymbolInfo(only[0].Expression).Symbol is IParameterSymbol { Type.SpecialType: SpecialType.System_String } &&
            block.Statements.Skip(at + 1).Any(s => s is ExpressionStatementSyntax && s.ToString().Contains(child + ".WaitForExit")) && !block.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(a => a.ToString() == child + ".Kill")
        select Mutant.Replace(close, ";");

    /// <summary>The only thing that is done with a child, the wait in front of a read of its file, goes.</summary>
    public static IEnumerable<Mutant> WithoutWaitForFile(SemanticModel model, SyntaxNode root) =>
        from wait in root.DescendantNodes().OfType<ExpressionStatementSyntax>()
        where wait is { Parent: BlockSyntax, Expression: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "WaitForExit", Expression: IdentifierNameSyntax } } }
        let child = wait.GetFirstToken().Text
        let block = (BlockSyntax)wait.Parent!
        let next = block.Statements.ElementAtOrDefault(block.Statements.IndexOf(wait) + 1)
        let read = next?.DescendantNodes().OfType<InvocationExpressionSyntax>().FirstOrDefault(call => call.Expression.ToString().StartsWith("File.Read", System.StringComparison.Ordinal))
        where read is { ArgumentList.Arguments: { Count: > 0 } arguments } && model.GetSymbolInfo(arguments[0].Expression).Symbol is ILocalSymbol file &&
            block.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Count(a => a.Expression.ToString() == child) == 1 &&
            block.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(start => start.Expression.ToString() == "Process.Start" && start.ArgumentList.ToString().Contains(file.Name))
        select Mutant.Replace(wait, ";");
}

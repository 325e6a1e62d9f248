using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.CodeFixes.Editing.Threads;

/// <summary>
/// The statement that waits for what a handle, or a group of handles, stands for: <c>Join</c> for threads, <c>await</c> for tasks where it may be written, else
/// <c>Wait</c>.
/// </summary>
internal static class JoinStatement
{
    /// <summary>The statement for the place of <paramref name="at"/>, without trivia around it; null where the handle's name means something else there.</summary>
    public static StatementSyntax? For(FixSite site, StatementSyntax at, SemanticModel semantics, Layout layout)
    {
        if (!site.Properties.TryGetValue(FixProperties.Handle, out var name) || name is null ||
            semantics.LookupSymbols(at.SpanStart, name: name) is not { Length: 1 } found || TypeOf(found[0]) is not { } type)
        {
            return null;
        }

        var handle = site.Properties.TryGetValue(FixProperties.Slot, out var slot) ? $"{found[0].Name}[{slot}]" : found[0].Name;
        return site.Properties[FixProperties.Kept] switch
        {
            "Thread" => SyntaxFactory.ParseStatement($"{handle}.Join();"),
            "Threads" => SyntaxFactory.ParseStatement(Loop(handle, at, layout)),
            "Task" => OfTask(handle, at),
            "Tasks" => OfTasks(handle, type is IArrayTypeSymbol, at),
            _ => null,
        };
    }

    /// <summary>The statement that waits for the task of that name.</summary>
    public static StatementSyntax OfTask(string task, StatementSyntax at) => AsyncContext.Allows(at) ? Awaited($"{task};") : SyntaxFactory.ParseStatement($"{task}.Wait();");

    /// <summary>The statement that waits for all tasks of the list or array of that name.</summary>
    public static StatementSyntax OfTasks(string tasks, bool isArray, StatementSyntax at) =>
        AsyncContext.Allows(at) ? Awaited($"Task.WhenAll({tasks});") : SyntaxFactory.ParseStatement($"Task.WaitAll({(isArray ? tasks : tasks + ".ToArray()")});");

    /// <summary>Outside of an async function <c>await</c> is a name to the parser.</summary>
    private static StatementSyntax Awaited(string task)
    {
        var statement = (ExpressionStatementSyntax)SyntaxFactory.ParseStatement(task);
        return statement.WithExpression(SyntaxFactory.AwaitExpression(SyntaxFactory.Token(default, SyntaxKind.AwaitKeyword, Trivia.Space), statement.Expression));
    }

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => local.Type,
        IFieldSymbol field => field.Type,
        _ => null,
    };

    private static string Loop(string group, StatementSyntax at, Layout layout)
    {
        var each = FreshName.For("thread", at);
        var join = $"{each}.Join();";
        return $"foreach (var {each} in {group}){(layout.IsOnOneLine(at.Parent!) ? " " + join : BlockStyle.Of(layout, at, at).Braced(join, layout))}";
    }
}

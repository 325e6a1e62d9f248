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

        var handle = found[0].Name;
        var isAsync = AsyncContext.Allows(at);
        var text = site.Properties[FixProperties.Kept] switch
        {
            "Thread" => $"{handle}.Join();",
            "Threads" => Loop(handle, at, layout),
            "Task" => isAsync ? $"{handle};" : $"{handle}.Wait();",
            "Tasks" => isAsync ? $"Task.WhenAll({handle});" : $"Task.WaitAll({(type is IArrayTypeSymbol ? handle : handle + ".ToArray()")});",
            _ => null,
        };
        if (text is null)
        {
            return null;
        }

        // Outside of an async function `await` is a name to the parser.
        var statement = SyntaxFactory.ParseStatement(text);
        return isAsync && statement is ExpressionStatementSyntax { Expression: var task } awaited && site.Properties[FixProperties.Kept] is "Task" or "Tasks"
            ? awaited.WithExpression(SyntaxFactory.AwaitExpression(SyntaxFactory.Token(default, SyntaxKind.AwaitKeyword, Trivia.Space), task))
            : statement;
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

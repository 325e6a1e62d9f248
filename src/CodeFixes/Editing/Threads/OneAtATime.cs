using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Editing.Locks;

namespace Threadwise.CodeFixes.Editing.Threads;

/// <summary>A method that returns at once while another run of it goes on: a new flag is exchanged at its head and given back in a <c>finally</c>.</summary>
internal static class OneAtATime
{
    /// <summary>The document with the method made so, or null when its form is another: a block of statements on lines of their own, in a class.</summary>
    public static async Task<Document?> RunAsync(Document document, MethodDeclarationSyntax method, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        if (root is null || method is not { Parent: ClassDeclarationSyntax part, Body: { Statements: { Count: > 0 } statements } body } || !statements.All(layout.StartsLine) || !layout.StartsLine(body.CloseBraceToken) ||
            model?.GetDeclaredSymbol(method, cancellation) is not { } symbol)
        {
            return null;
        }

        var flag = GateField.NameFor(symbol.ContainingType, symbol.IsStatic, model, part.OpenBraceToken.Span.End, cancellation, "running");
        var style = BlockStyle.Of(layout, statements[0], statements.Last()) with { IsOneLine = false };
        var line = layout.NewLine.ToString();
        var inner = string.Concat(statements.Select(s => layout.Shift(s, style.Indent, style.Deeper).ToFullString()));
        var open = style.BracesHaveOwnLine ? $"{line}{style.Indent}{{" : " {";
        var text = $"{style.Indent}if (Interlocked.Exchange(ref {flag}, 1) != 0){style.Braced("return;", layout)}{line}{line}{style.Indent}try{open}{line}{inner}{style.Indent}}}{(style.BracesHaveOwnLine ? line + style.Indent : " ")}finally{style.Braced($"Volatile.Write(ref {flag}, 0);", layout)}{line}";
        var guarded = ((BlockSyntax)SyntaxFactory.ParseStatement($"{{{line}{text}}}")).Statements;
        var changed = root.TrackNodes(part, body);
        changed = changed.ReplaceNode(changed.GetCurrentNode(body)!, body.WithStatements(guarded));
        var now = changed.GetCurrentNode(part)!;
        return document.WithSyntaxRoot(changed.ReplaceNode(now, GateField.AddTo(now, part, $"private {(symbol.IsStatic ? "static " : "")}int {flag};", layout)));
    }
}

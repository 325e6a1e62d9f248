using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using Threadwise.Analyzers.Reporting;
using Threadwise.CodeFixes.Editing;

namespace Threadwise.CodeFixes.Threads;

/// <summary>Keeps the started threads in a list, and joins them in a loop of their own behind the loop that starts them.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW1004SplitLoop() : ThreadwiseFix("TW1004")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || site.Properties[FixProperties.Edit] != "SplitLoop" || !site.Properties.TryGetValue(FixProperties.Handle, out var handle) || site.Target.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { } join ||
            join.Ancestors().FirstOrDefault(static a => a is ForStatementSyntax or CommonForEachStatementSyntax) is not StatementSyntax loop ||
            join.HasInnerComments() || Siblings.Around(loop) is not { } list)
        {
            return null;
        }

        var layout = new Layout(await document.GetTextAsync(cancellation).ConfigureAwait(false));
        if (layout.IsOnOneLine(loop) || !layout.StartsLine(loop))
        {
            return null;
        }

        var threads = FreshName.For("threads", loop);
        var each = FreshName.For("thread", loop);
        var indent = layout.IndentOf(loop);
        var style = BlockStyle.Of(layout, join, loop.DescendantNodes().OfType<StatementSyntax>().Last()) with { Indent = indent, Deeper = indent + Layout.Step(indent, layout.IndentOf(join)) };
        var line = layout.NewLine.ToString();
        var declared = SyntaxFactory.ParseStatement($"var {threads} = new global::System.Collections.Generic.List<global::System.Threading.Thread>();");
        declared = declared.ReplaceNodes(declared.DescendantNodes().OfType<QualifiedNameSyntax>(), static (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation));
        declared = StatementLists.OnLineAbove(layout, loop, declared);
        var kept = loop.ReplaceNode(join, SyntaxFactory.ParseStatement($"{threads}.Add({handle});").WithTriviaFrom(join)).WithLeadingTrivia(loop.GetLeadingTrivia().WithoutBlankLines()).WithTrailingTrivia(loop.GetTrailingTrivia().EndingLine(layout));
        var joins = SyntaxFactory.ParseStatement($"{line}{indent}foreach (var {each} in {threads}){style.Braced($"{each}.Join();", layout)}{line}");
        var changed = document.WithSyntaxRoot(list.Replace(root, list.Statements.IndexOf(loop), 1, declared, kept, joins));
        return await Simplifier.ReduceAsync(changed, Simplifier.Annotation, cancellationToken: cancellation).ConfigureAwait(false);
    }
}

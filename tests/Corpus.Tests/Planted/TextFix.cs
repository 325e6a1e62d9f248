using System;
using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Corpus.Tests.Planted;

/// <summary>A fix that does to the text whatever a test wants, right or wrong.</summary>
internal sealed class TextFix(Func<string, string> edit) : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [CallAnalyzer.Bad];

    /// <summary>One edit repairs the whole document, so one edit is Fix All.</summary>
    public override FixAllProvider GetFixAllProvider() =>
        FixAllProvider.Create(async (context, document, diagnostics) => await EditAsync(document));

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        context.RegisterCodeFix(CodeAction.Create("Edit", _ => EditAsync(context.Document), "Edit"), context.Diagnostics);
        return Task.CompletedTask;
    }

    private async Task<Document> EditAsync(Document document)
    {
        var text = await document.GetTextAsync();
        return document.WithText(SourceText.From(edit(text.ToString()), text.Encoding));
    }
}

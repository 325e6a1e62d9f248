using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Analyzers.Reporting;
using Threadwise.CodeFixes.Editing;

namespace Threadwise.CodeFixes;

/// <summary>
/// The base of every safe fix: behaviour stays, Fix All works in document, project and solution. A subclass says which edit turns a
/// document into a repaired one, or null when it is not sure; then nothing is offered. Nothing is offered either where the edit
/// would not compile in another target of the project. A fix that changes behaviour derives from <see cref="ChangingFix"/>.
/// </summary>
public abstract class ThreadwiseFix : CodeFixProvider
{
    private readonly string _id;

    private protected ThreadwiseFix(string id) => _id = id;

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(_id);

    /// <inheritdoc/>
    public override FixAllProvider? GetFixAllProvider() => SequentialFixAll.For(this);

    /// <summary>Where the light bulb ranks the fix among those of other providers.</summary>
    private protected virtual CodeActionPriority Priority => CodeActionPriority.Default;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            // dotnet format asks for the first report it has, of whatever rule, before it lets a fix repair all of its own.
            if (diagnostic.Id != _id || !diagnostic.Properties.TryGetValue(FixProperties.Edit, out var edit) || edit is null)
            {
                continue;
            }

            var changed = await ApplyOneAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false);
            if (changed is not null && await LinkedDocuments.StayWholeAsync(context.Document, changed, context.CancellationToken).ConfigureAwait(false))
            {
                // The edit is made when the bulb is shown, because only its result tells whether it may be offered; it is not made twice.
                context.RegisterCodeFix(CodeAction.Create(Title(diagnostic, edit), _ => Task.FromResult(changed), $"{_id}_{edit}", Priority), diagnostic);
            }
        }
    }

    /// <summary>
    /// The repaired document, or null when the edit does not fit. It sees the document as it is now, other fixes of the same run
    /// already in it, so it finds its places through <paramref name="site"/> and never by the diagnostic's spans.
    /// </summary>
    private protected abstract Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation);

    /// <summary>The title, from the resources under <c>{id}_{edit}</c>.</summary>
    private protected virtual string Title(Diagnostic diagnostic, string edit) => FixTexts.Title($"{_id}_{edit}");

    internal async Task<Document?> ApplyOneAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        return root is not null && FixSite.Of(diagnostic, root) is { } site
            ? await ApplyAsync(document, site, cancellation).ConfigureAwait(false)
            : null;
    }

    internal Task<Document?> ApplyHereAsync(Document document, FixSite site, CancellationToken cancellation) =>
        ApplyAsync(document, site, cancellation);
}

using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace Threadwise.CodeFixes.Editing;

/// <summary>The compiler's errors of a document: a fix whose result depends on overloads, usings or scopes asks before it offers itself.</summary>
internal static class Errors
{
    /// <summary>Whether <paramref name="after"/> has no more errors than <paramref name="before"/>. Code that is being typed may have some.</summary>
    public static async Task<bool> NoneNewAsync(Document before, Document after, CancellationToken cancellation) =>
        await CountAsync(after, cancellation).ConfigureAwait(false) <= await CountAsync(before, cancellation).ConfigureAwait(false);

    private static async Task<int> CountAsync(Document document, CancellationToken cancellation)
    {
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return model?.GetDiagnostics(cancellationToken: cancellation).Count(static d => d.Severity == DiagnosticSeverity.Error) ?? 0;
    }
}

using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace Threadwise.Corpus.Fixes;

/// <summary>The compile errors of code, as texts without places: places move when code is repaired.</summary>
internal static class Errors
{
    public static async Task<ImmutableArray<string>> InAsync(Document document, CancellationToken cancellation) =>
        Texts((await document.GetSemanticModelAsync(cancellation))!.GetDiagnostics(cancellationToken: cancellation));

    public static async Task<ImmutableArray<string>> InAsync(Project project, CancellationToken cancellation) =>
        Texts((await project.GetCompilationAsync(cancellation))!.GetDiagnostics(cancellation));

    private static ImmutableArray<string> Texts(ImmutableArray<Diagnostic> diagnostics) =>
        [.. diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error).Select(static d => $"{d.Id}: {d.GetMessage()}")];
}

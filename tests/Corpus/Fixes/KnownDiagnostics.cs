using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Corpus.Analysis;

namespace Threadwise.Corpus.Fixes;

/// <summary>Hands Fix All the reports of one project that were found already.</summary>
internal sealed class KnownDiagnostics(ImmutableArray<Finding> findings) : FixAllContext.DiagnosticProvider
{
    public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
        Task.FromResult(findings.Select(static f => f.Diagnostic));

    public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
        Task.FromResult(findings.Where(f => f.Document?.Id == document.Id).Select(static f => f.Diagnostic));

    public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
        Task.FromResult(findings.Where(static f => f.Document is null).Select(static f => f.Diagnostic));
}

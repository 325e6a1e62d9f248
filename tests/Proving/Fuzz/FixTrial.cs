using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Proving.Running;

namespace Threadwise.Proving.Fuzz;

/// <summary>Applies every fix that is offered for one report and looks at the file that comes out.</summary>
/// <param name="subject">The fixes.</param>
/// <param name="document">The file.</param>
/// <param name="report">The report.</param>
/// <param name="compiles">Whether the file compiles as it is.</param>
internal sealed class FixTrial(Subject subject, Document document, Diagnostic report, bool compiles)
{
    /// <summary>How many fixes were applied.</summary>
    public int Applied { get; private set; }

    /// <summary>What went wrong.</summary>
    public async Task<ImmutableArray<string>> RunAsync(CancellationToken cancellation)
    {
        var failures = ImmutableArray.CreateBuilder<string>();
        foreach (var fix in subject.Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(report.Id)))
        {
            try
            {
                var offers = new List<CodeAction>();
                await fix.RegisterCodeFixesAsync(new CodeFixContext(document, report, (offer, _) => offers.Add(offer), cancellation));
                foreach (var offer in offers)
                {
                    Applied++;
                    if (await NewErrorAsync(offer, cancellation) is { } error)
                    {
                        failures.Add($"{fix.GetType().Name}: '{offer.Title}' breaks a file that compiles: {error}");
                    }
                }
            }
            catch (Exception thrown) when (thrown is not OperationCanceledException)
            {
                failures.Add($"{fix.GetType().Name}: {thrown.GetType().Name}: {thrown.Message} {thrown.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}");
            }
        }

        return failures.ToImmutable();
    }

    private async Task<string?> NewErrorAsync(CodeAction offer, CancellationToken cancellation)
    {
        var operations = await offer.GetOperationsAsync(cancellation);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
        var tree = (await changed.GetSyntaxTreeAsync(cancellation))!;
        return compiles
            ? Compiling.Of(subject, [tree], document.Project.CompilationOptions!.OutputKind).GetDiagnostics(cancellation)
                .FirstOrDefault(static d => d.Severity == DiagnosticSeverity.Error)?.GetMessage()
            : null;
    }
}

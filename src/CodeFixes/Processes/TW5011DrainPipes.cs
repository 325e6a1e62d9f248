using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Processes;

namespace Threadwise.CodeFixes.Processes;

/// <summary>Reads the pipe in the background and keeps nothing, so that the child can write what it likes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW5011DrainPipes() : ThreadwiseFix("TW5011")
{
    private protected override Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation) => AfterStart.InsertAsync(
        document, site, site.Target.FirstAncestorOrSelf<InvocationExpressionSyntax>(), site.Target, static (process, pipe) => $"_ = {process}.{pipe}.BaseStream.CopyToAsync(System.IO.Stream.Null);", cancellation);
}

using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Processes;

namespace Threadwise.CodeFixes.Processes;

/// <summary>Begins to read for the handler, behind the start and behind the handler, which would else miss the first lines.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW5012BeginReading() : ThreadwiseFix("TW5012")
{
    private protected override Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation) => AfterStart.InsertAsync(
        document, site, site.Others.FirstOrDefault()?.FirstAncestorOrSelf<InvocationExpressionSyntax>(), site.Target, static (process, pipe) => $"{process}.Begin{pipe.Substring("Standard".Length)}ReadLine();", cancellation);
}

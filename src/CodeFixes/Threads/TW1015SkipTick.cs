using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Reporting;
using Threadwise.Analyzers.Rules.Threads;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Threads;

namespace Threadwise.CodeFixes.Threads;

/// <summary>Leaves a tick out while the last one runs, by a flag that the callback exchanges. The work of that tick is not done, so it is a change of behaviour.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW1015SkipTick() : ChangingFix(TW1015OverlappingTimer.Id, TW1015OverlappingTimer.SkipTick)
{
    private protected override Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation) =>
        site.Properties[FixProperties.Edit] == TW1015OverlappingTimer.SkipTick && site.Others.LastOrDefault()?.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } callback
            ? OneAtATime.RunAsync(document, callback, cancellation)
            : Task.FromResult<Document?>(null);
}

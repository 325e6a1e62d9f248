using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Reporting;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Threads;

namespace Threadwise.CodeFixes.Threads;

/// <summary>Lets <c>Parallel</c> run the rounds of a loop whose threads only compute.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW1004UseParallel() : ThreadwiseFix("TW1004")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        if (site.Properties[FixProperties.Edit] != "ParallelLoop" || site.Target.Ancestors().FirstOrDefault(static a => a is ForStatementSyntax or CommonForEachStatementSyntax) is not { } loop)
        {
            return null;
        }

        var handle = site.Properties[FixProperties.Handle];
        var creation = loop.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>().FirstOrDefault(made => made.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declared } && declared.Identifier.ValueText == handle);
        return creation is null ? null : await ParallelLoop.RewriteAsync(document, creation, isBounded: false, cancellation).ConfigureAwait(false);
    }
}

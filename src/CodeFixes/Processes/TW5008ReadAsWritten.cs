using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Reporting;
using Threadwise.Analyzers.Rules.Processes;
using Threadwise.CodeFixes.Editing;

namespace Threadwise.CodeFixes.Processes;

/// <summary>Reads a value of shared memory as the type that it is written as. Not offered where the code around cannot take that type.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW5008ReadAsWritten() : ThreadwiseFix(TW5008SharedMemoryLayout.Id)
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null || site.Properties[FixProperties.Edit] != TW5008SharedMemoryLayout.Read || site.Properties[FixProperties.Argument] is not { } reader || SharedAccesses.Of(site) is not { } reads)
        {
            return null;
        }

        var names = reads.Select(static read => read.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name as IdentifierNameSyntax,
            MemberBindingExpressionSyntax binding => binding.Name as IdentifierNameSyntax,
            _ => null,
        }).ToList();
        return names.All(static name => name is not null)
            ? document.WithSyntaxRoot(root.ReplaceNodes(names.OfType<IdentifierNameSyntax>(), (old, _) => SyntaxFactory.IdentifierName(reader).WithTriviaFrom(old)))
            : null;
    }
}

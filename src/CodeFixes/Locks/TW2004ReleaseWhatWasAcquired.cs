using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Editing;

namespace Threadwise.CodeFixes.Locks;

/// <summary>Releases the lock, in the mode, that was acquired: the release keeps its place and gets the acquire's lock and the name that belongs to it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW2004ReleaseWhatWasAcquired() : ThreadwiseFix("TW2004")
{
    private protected override async Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var release = site.Target.FirstAncestorOrSelf<InvocationExpressionSyntax>();
        var acquire = site.Others.FirstOrDefault()?.FirstAncestorOrSelf<InvocationExpressionSyntax>();
        if (root is null || release?.Expression is not MemberAccessExpressionSyntax given || acquire?.Expression is not MemberAccessExpressionSyntax taken ||
            ReleaseOf(taken.Name.Identifier.ValueText) is not { } name)
        {
            return null;
        }

        // `Monitor` names its lock by the argument, every other kind by the receiver.
        var changed = name == "Exit" && release.ArgumentList.Arguments.Count == 1 && acquire.ArgumentList.Arguments.Count > 0
            ? release.ReplaceNode(release.ArgumentList.Arguments[0].Expression, acquire.ArgumentList.Arguments[0].Expression.WithTriviaFrom(release.ArgumentList.Arguments[0].Expression))
            : release.WithExpression(given.WithExpression(taken.Expression.WithoutTrivia().WithTriviaFrom(given.Expression))
                .WithName(SyntaxFactory.IdentifierName(name).WithTriviaFrom(given.Name)));
        return document.WithSyntaxRoot(root.ReplaceNode(release, changed));
    }

    private static string? ReleaseOf(string acquire) => acquire switch
    {
        "Enter" or "TryEnter" => "Exit",
        "EnterReadLock" or "TryEnterReadLock" => "ExitReadLock",
        "EnterWriteLock" or "TryEnterWriteLock" => "ExitWriteLock",
        "EnterUpgradeableReadLock" or "TryEnterUpgradeableReadLock" => "ExitUpgradeableReadLock",
        "AcquireReaderLock" => "ReleaseReaderLock",
        "AcquireWriterLock" => "ReleaseWriterLock",
        "Wait" or "WaitAsync" => "Release",
        _ => null,
    };
}

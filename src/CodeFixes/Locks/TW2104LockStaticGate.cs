using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.CodeFixes.Editing;
using Threadwise.CodeFixes.Editing.Locks;

namespace Threadwise.CodeFixes.Locks;

/// <summary>Locks a new static object wherever the class holds a lock of the object around the static field.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class TW2104LockStaticGate() : ThreadwiseFix("TW2104")
{
    private protected override Task<Document?> ApplyAsync(Document document, FixSite site, CancellationToken cancellation) =>
        StaticGate.TakeAsync(document, site.Target, cancellation);
}

using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Corpus.Fixes;

/// <summary>The places a fix may work at.</summary>
internal static class Places
{
    /// <summary>The locations of the diagnostics, additional ones included, that lie in a file.</summary>
    public static IReadOnlyCollection<TextSpan> Of(IEnumerable<Diagnostic> diagnostics, string? file) =>
        [.. diagnostics.SelectMany(static d => d.AdditionalLocations.Prepend(d.Location)).Where(l => l.SourceTree?.FilePath == file).Select(static l => l.SourceSpan)];
}

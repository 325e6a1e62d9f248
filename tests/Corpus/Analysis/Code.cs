using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Threadwise.Corpus.Analysis;

/// <summary>The code under analysis as a workspace of this process, for fixes and for folders that nothing builds.</summary>
/// <param name="Solution">A project a compilation: a multi-targeted project comes once a target, its documents linked.</param>
internal sealed record Code(Solution Solution)
{
    /// <summary>The source files, each once; without those that a tool wrote into an output folder.</summary>
    public ImmutableArray<string> Files =>
        [.. Solution.Projects.SelectMany(static p => p.Documents).Select(static d => d.FilePath).OfType<string>()
            .Where(static f => !IsOutput(f)).Distinct().Order(StringComparer.Ordinal)];

    public static int LinesIn(IEnumerable<string> files) => files.Sum(static f => File.ReadLines(f).Count());

    /// <summary>Whether the file lies in a folder that builds write to.</summary>
    public static bool IsOutput(string file) => file.Split('/', '\\').SkipLast(1).Any(static part => part is "obj" or "bin");
}

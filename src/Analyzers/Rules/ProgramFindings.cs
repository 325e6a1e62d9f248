using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules;

/// <summary>
/// Collects the findings of a compilation, one sink a file, since a cause is a place in one. What a live rule finds goes in beside them, so that it speaks first here as well; its own analyzer reports it.
/// </summary>
internal sealed class ProgramFindings
{
    private readonly Dictionary<SyntaxTree, FindingSink> _sinks = [];

    public void Add(Finding finding)
    {
        if (finding.Location.SourceTree is { } tree)
        {
            if (!_sinks.TryGetValue(tree, out var sink))
            {
                _sinks.Add(tree, sink = new FindingSink());
            }

            sink.Add(finding);
        }
    }

    /// <summary>Reports what the rules of the build world found, file by file.</summary>
    public void Flush(Compilation compilation, AnalyzerOptions options, Func<SyntaxTree?, bool> isGenerated, Action<Diagnostic> report)
    {
        foreach (var sink in _sinks.OrderBy(static s => s.Key.FilePath, StringComparer.Ordinal).Select(static s => s.Value))
        {
            sink.Flush(compilation, options, isGenerated, diagnostic =>
            {
                if (diagnostic.Descriptor.CustomTags.Contains(WellKnownDiagnosticTags.CompilationEnd))
                {
                    report(diagnostic);
                }
            });
        }
    }
}

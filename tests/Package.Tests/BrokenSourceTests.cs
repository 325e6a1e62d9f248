using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Testing;
using Xunit;

namespace Threadwise.Package.Tests;

/// <summary>
/// Code as it is while somebody types. A build stops at syntax errors before it asks analyzers, an editor asks them at each key:
/// so they run here over every source of the consumers, cut off after each token and with each token missing.
/// </summary>
public class BrokenSourceTests
{
    public static TheoryData<string> Sources =>
        [.. new[] { "Violations", "Clean", "Broken", "OwnCore" }.SelectMany(static s => Directory.EnumerateFiles(Marks.Folder(s), "*.cs")).Select(static path => Path.GetRelativePath(Marks.Folder(""), path))];

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task No_analyzer_throws_while_a_file_is_being_typed(string source)
    {
        var text = SourceText.From(File.ReadAllText(Path.Combine(Marks.Folder(""), source)));
        var tokens = (await CSharpSyntaxTree.ParseText(text).GetRootAsync(TestContext.Current.CancellationToken)).DescendantTokens().Where(static t => t.Span.Length > 0);
        var broken = tokens.SelectMany(token => new[] { text.GetSubText(new TextSpan(0, token.Span.End)), text.Replace(token.Span, "") });

        var troubles = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(broken, TestContext.Current.CancellationToken, async (variant, cancellation) => await AnalyzeAsync(variant, troubles, cancellation));
        Assert.Empty(troubles.Distinct());
    }

    private static async Task AnalyzeAsync(SourceText text, ConcurrentBag<string> troubles, CancellationToken cancellation)
    {
        var compilation = CSharpCompilation.Create(
            "Broken", [CSharpSyntaxTree.ParseText(text, cancellationToken: cancellation)], Frameworks.Net100, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), (exception, analyzer, _) => troubles.Add($"{analyzer.GetType().Name}: {exception}\n{text}"), concurrentAnalysis: false, logAnalyzerExecutionTime: false);
        await compilation.WithAnalyzers(ThreadwiseRules.Analyzers, options).GetAnalyzerDiagnosticsAsync(cancellation);
    }
}

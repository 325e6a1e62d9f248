using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Proving.Snippets;

/// <summary>A piece of C# about which a test or a page of the project says what is reported.</summary>
/// <param name="Name">Where it stands: class, method and row of the test, or page and line.</param>
/// <param name="Rule">The rule that it is about.</param>
/// <param name="Code">The code without any mark.</param>
/// <param name="Reports">What is said to be reported: id and line, from zero.</param>
/// <param name="IsConfigured">Whether the test changes something beside the code: other references, another file, the language version.</param>
internal sealed record Snippet(string Name, string Rule, string Code, ImmutableArray<(string Id, int Line)> Reports, bool IsConfigured)
{
    /// <summary>A snippet with the markup of <see cref="Testing.Verify"/>.</summary>
    public static Snippet OfMarkup(string name, string rule, string markup, bool isConfigured)
    {
        TestFileMarkupParser.GetPositionsAndSpans(markup, out var code, out _, out ImmutableDictionary<string, ImmutableArray<TextSpan>> spans);
        var lines = SourceText.From(code).Lines;
        var reports = spans.SelectMany(named => named.Value.Select(span => (named.Key, lines.GetLineFromPosition(span.Start).LineNumber)));
        return new Snippet(name, rule, code, [.. reports], isConfigured);
    }

    /// <summary>Whether the code is a program by its top-level statements.</summary>
    public bool IsProgram { get; } = CSharpSyntaxTree.ParseText(Code, Running.Compiling.Parsing).GetCompilationUnitRoot().Members
        .Any(static member => member.IsKind(SyntaxKind.GlobalStatement));
}

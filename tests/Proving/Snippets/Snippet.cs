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
/// <param name="IsConfigured">Whether the test changes something else than the code: references, the language version.</param>
internal sealed record Snippet(string Name, string Rule, string Code, ImmutableArray<(string Id, int Line)> Reports, bool IsConfigured)
{
    /// <summary>Other files that the code needs. They are compiled beside it and neither changed nor looked at.</summary>
    public ImmutableArray<string> Beside { get; init; } = [];

    /// <summary>A snippet with the markup of <see cref="Testing.Verify"/>.</summary>
    public static Snippet OfMarkup(string name, string rule, string markup, ImmutableArray<string> beside, bool isConfigured)
    {
        var (code, spans) = Read(markup);
        var lines = SourceText.From(code).Lines;
        var reports = spans.SelectMany(named => named.Value.Select(span => (named.Key, lines.GetLineFromPosition(span.Start).LineNumber)));
        return new Snippet(name, rule, code, [.. reports], isConfigured) { Beside = [.. beside.Select(static file => Read(file).Code)] };
    }

    /// <summary>Whether the code is a program by its top-level statements.</summary>
    public bool IsProgram { get; } = CSharpSyntaxTree.ParseText(Code, Running.Compiling.Parsing).GetCompilationUnitRoot().Members
        .Any(static member => member.IsKind(SyntaxKind.GlobalStatement));

    private static (string Code, ImmutableDictionary<string, ImmutableArray<TextSpan>> Spans) Read(string markup)
    {
        TestFileMarkupParser.GetPositionsAndSpans(markup, out var code, out _, out ImmutableDictionary<string, ImmutableArray<TextSpan>> spans);
        return (code, spans);
    }
}

using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Reporting;

/// <summary>How a message names a place of the file: by the line in which it begins, counted from one.</summary>
internal static class LineNumber
{
    public static string Of(SyntaxNode node) => (node.GetLocation().GetLineSpan().StartLinePosition.Line + 1).ToString(CultureInfo.InvariantCulture);
}

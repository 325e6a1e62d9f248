using Microsoft.CodeAnalysis.CSharp;

namespace Threadwise.CodeFixes.Processes;

/// <summary>How the name of a mutex is written in code.</summary>
internal static class NamedMutexText
{
    /// <summary>A literal: verbatim where the name has a backslash, as in <c>@"Global\…"</c>.</summary>
    public static string Of(string name) => name.IndexOf('\\') >= 0 ? "@\"" + name.Replace("\"", "\"\"") + "\"" : SymbolDisplay.FormatLiteral(name, quote: true);
}

using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Proving.Snippets;

namespace Threadwise.Proving.Running;

/// <summary>
/// A snippet as a file of a compilation. Most share one with others, each in a namespace of its own; what cannot stand in a namespace is
/// compiled alone.
/// </summary>
/// <param name="Snippet">The snippet.</param>
/// <param name="Text">The text of the file.</param>
/// <param name="Beside">The files that it needs.</param>
/// <param name="IsAlone">Whether no other snippet may be there.</param>
internal sealed record Placed(Snippet Snippet, string Text, ImmutableArray<string> Beside, bool IsAlone)
{
    /// <summary>How far the snippet's first line lies below the file's.</summary>
    public int FirstLine => IsAlone ? 0 : 1;

    public static Placed Of(Snippet snippet, int number)
    {
        return MayShare(snippet.Code) && snippet.Beside.All(MayShare)
            ? new Placed(snippet, InNamespace(snippet.Code), [.. snippet.Beside.Select(InNamespace)], false)
            : Alone(snippet);

        string InNamespace(string code) => $"namespace S{number} {{\n{code}\n}}\n";
    }

    public static Placed Alone(Snippet snippet) => new(snippet, snippet.Code, snippet.Beside, true);

    public OutputKind Kind => IsAlone && Snippet.IsProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;

    private static bool MayShare(string code)
    {
        var root = Compiling.Parse(code).GetCompilationUnitRoot();
        return root.AttributeLists.Count == 0 && root.Externs.Count == 0 && !root.DescendantTrivia().Any(static t => t.IsKind(SyntaxKind.DefineDirectiveTrivia)) &&
            root.Usings.All(static u => u.GlobalKeyword.IsKind(SyntaxKind.None)) &&
            !root.Members.Any(static member => member is GlobalStatementSyntax or BaseNamespaceDeclarationSyntax);
    }
}

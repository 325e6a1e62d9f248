using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>A new private field: an object to lock on, or another kind.</summary>
internal static class GateField
{
    /// <summary>A name in the style of the type's other fields that means nothing else in the type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="isStatic">Whether the field belongs to the type.</param>
    /// <param name="model">The model of the source.</param>
    /// <param name="position">Where in the type the name must be free.</param>
    /// <param name="cancellation">The token of the edit.</param>
    /// <param name="word">What the name says.</param>
    public static string NameFor(INamedTypeSymbol type, bool isStatic, SemanticModel model, int position, CancellationToken cancellation, string word = "gate")
    {
        var fields = type.GetMembers().OfType<IFieldSymbol>()
            .Where(static f => f is { IsImplicitlyDeclared: false, IsConst: false, DeclaredAccessibility: Accessibility.Private }).ToList();
        var isPlain = fields.Count > 0 && !fields.Any(static f => f.Name.Length > 1 && (f.Name[0] == '_' || f.Name[1] == '_'));
        var taken = type.DeclaringSyntaxReferences.SelectMany(r => r.GetSyntax(cancellation).DescendantTokens())
            .Where(static t => t.IsKind(SyntaxKind.IdentifierToken)).Select(static t => t.ValueText).ToImmutableHashSet();
        var upper = char.ToUpperInvariant(word[0]) + word.Substring(1);
        string[] names = (isPlain, isStatic) switch
        {
            (true, false) => [word, "sync" + upper, "lock" + upper],
            (true, true) => [word, "static" + upper, "type" + upper],
            (false, false) => ["_" + word, "_sync" + upper, "_lock" + upper],
            (false, true) when fields.Any(static f => f.IsStatic && f.Name.StartsWith("_", System.StringComparison.Ordinal)) => ["_" + word, "_static" + upper, "_type" + upper],
            _ => ["s_" + word, "s_static" + upper, "s_type" + upper],
        };
        return names.Concat(Enumerable.Range(2, int.MaxValue - 2).Select(i => names[0] + i.ToString(System.Globalization.CultureInfo.InvariantCulture)))
            .First(name => !taken.Contains(name) && model.LookupSymbols(position, name: name).IsEmpty);
    }

    /// <summary>The type with the field in front of its members.</summary>
    /// <param name="now">The type as it is in the edited tree.</param>
    /// <param name="before">The type as it was in the text that <paramref name="layout"/> is of.</param>
    /// <param name="name">The field's name.</param>
    /// <param name="isStatic">Whether it belongs to the type.</param>
    /// <param name="layout">The layout of the source.</param>
    public static ClassDeclarationSyntax AddTo(ClassDeclarationSyntax now, ClassDeclarationSyntax before, string name, bool isStatic, Layout layout) =>
        AddTo(now, before, $"private {(isStatic ? "static " : "")}readonly object {name} = new object();", layout);

    /// <summary>The same with a field of another kind, as its declaration says.</summary>
    public static ClassDeclarationSyntax AddTo(ClassDeclarationSyntax now, ClassDeclarationSyntax before, string declaration, Layout layout)
    {
        var first = before.Members[0];
        var ownLine = layout.StartsLine(first);
        var field = (FieldDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration(declaration)!;
        var end = ownLine
            ? SyntaxFactory.TriviaList(first is FieldDeclarationSyntax ? [layout.NewLine] : [layout.NewLine, layout.NewLine])
            : Trivia.Space;
        field = field.WithLeadingTrivia(ownLine ? Trivia.Indent(layout.IndentOf(first)) : default).WithTrailingTrivia(end);
        return now.WithMembers(now.Members.Insert(0, field));
    }
}

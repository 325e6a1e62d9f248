using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>A new private object to lock on.</summary>
internal static class GateField
{
    /// <summary>A name in the style of the type's other fields that means nothing else in the type.</summary>
    public static string NameFor(INamedTypeSymbol type, bool isStatic, SemanticModel model, int position, CancellationToken cancellation)
    {
        var fields = type.GetMembers().OfType<IFieldSymbol>()
            .Where(static f => f is { IsImplicitlyDeclared: false, IsConst: false, DeclaredAccessibility: Accessibility.Private }).ToList();
        var isPlain = fields.Count > 0 && !fields.Any(static f => f.Name.Length > 1 && (f.Name[0] == '_' || f.Name[1] == '_'));
        var taken = type.DeclaringSyntaxReferences.SelectMany(r => r.GetSyntax(cancellation).DescendantTokens())
            .Where(static t => t.IsKind(SyntaxKind.IdentifierToken)).Select(static t => t.ValueText).ToImmutableHashSet();
        string[] names = (isPlain, isStatic) switch
        {
            (true, false) => ["gate", "syncGate", "lockGate"],
            (true, true) => ["gate", "staticGate", "typeGate"],
            (false, false) => ["_gate", "_syncGate", "_lockGate"],
            (false, true) when fields.Any(static f => f.IsStatic && f.Name.StartsWith("_", System.StringComparison.Ordinal)) => ["_gate", "_staticGate", "_typeGate"],
            _ => ["s_gate", "s_staticGate", "s_typeGate"],
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
    public static ClassDeclarationSyntax AddTo(ClassDeclarationSyntax now, ClassDeclarationSyntax before, string name, bool isStatic, Layout layout)
    {
        var first = before.Members[0];
        var ownLine = layout.StartsLine(first);
        var field = (FieldDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration($"private {(isStatic ? "static " : "")}readonly object {name} = new object();")!;
        var end = ownLine
            ? SyntaxFactory.TriviaList(first is FieldDeclarationSyntax ? [layout.NewLine] : [layout.NewLine, layout.NewLine])
            : Trivia.Space;
        field = field.WithLeadingTrivia(ownLine ? Trivia.Indent(layout.IndentOf(first)) : default).WithTrailingTrivia(end);
        return now.WithMembers(now.Members.Insert(0, field));
    }
}

using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing;

/// <summary>Statements that stand side by side, wherever C# lets them: in a block, in a switch section, at top level.</summary>
internal sealed class Siblings
{
    private readonly SyntaxNode _owner;

    private Siblings(SyntaxNode owner, SyntaxNode scope, IEnumerable<StatementSyntax> statements)
    {
        _owner = owner;
        Scope = scope;
        Statements = statements.ToList();
    }

    /// <summary>Where a name declared by one of the statements can be used: all sections of a switch are one scope.</summary>
    public SyntaxNode Scope { get; }

    public List<StatementSyntax> Statements { get; }

    /// <summary>The list that holds the statement, or null where a single statement stands (after <c>if</c>, behind a label).</summary>
    public static Siblings? Around(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => new Siblings(block, block, block.Statements),
        SwitchSectionSyntax { Parent: { } whole } section => new Siblings(section, whole, section.Statements),
        GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } =>
            new Siblings(unit, unit, unit.Members.OfType<GlobalStatementSyntax>().Select(static s => s.Statement)),
        _ => null,
    };

    /// <summary>
    /// Whether something outside uses a name that one of the <paramref name="count"/> statements from <paramref name="first"/> declares,
    /// so that these cannot go into a block of their own.
    /// </summary>
    public bool IsNeededOutside(int first, int count, SemanticModel model, CancellationToken cancellation)
    {
        var inside = Statements.GetRange(first, count);
        var declared = inside.SelectMany(static s => s.DescendantNodesAndSelf())
            .Where(static n => n is VariableDeclaratorSyntax or SingleVariableDesignationSyntax or LocalFunctionStatementSyntax)
            .Select(n => model.GetDeclaredSymbol(n, cancellation)).Where(static s => s is not null).ToList();
        return declared.Count > 0 && Scope.DescendantNodes(n => !inside.Contains(n)).OfType<IdentifierNameSyntax>()
            .Any(name => declared.Any(d => d!.Name == name.Identifier.ValueText && SymbolEqualityComparer.Default.Equals(d, model.GetSymbolInfo(name, cancellation).Symbol)));
    }

    /// <summary><paramref name="root"/> with other statements in place of the <paramref name="count"/> from <paramref name="first"/>.</summary>
    public SyntaxNode Replace(SyntaxNode root, int first, int count, params StatementSyntax[] others)
    {
        var statements = Statements.Take(first).Concat(others).Concat(Statements.Skip(first + count)).ToList();
        SyntaxNode owner = _owner switch
        {
            BlockSyntax block => block.WithStatements(SyntaxFactory.List(statements)),
            SwitchSectionSyntax section => section.WithStatements(SyntaxFactory.List(statements)),
            CompilationUnitSyntax unit => unit.WithMembers(SyntaxFactory.List(
                statements.Select(SyntaxFactory.GlobalStatement).Concat(unit.Members.Where(static m => m is not GlobalStatementSyntax)))),
            _ => _owner,
        };
        return root.ReplaceNode(_owner, owner);
    }
}

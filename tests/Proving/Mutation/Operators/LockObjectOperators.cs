using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Proving.Mutation.Operators;

/// <summary>Defects of the object that is locked, and of how it is declared.</summary>
internal static class LockObjectOperators
{
    /// <summary>A lock on a field of the own type takes another object instead.</summary>
    public static IEnumerable<Mutant> Instead(SemanticModel model, SyntaxNode root, string other) =>
        from locked in Locks(model, root)
        select Mutant.Replace(locked.Lock.Expression, other);

    /// <summary>The same for the object itself, where others can hold it.</summary>
    public static IEnumerable<Mutant> This(SemanticModel model, SyntaxNode root) =>
        from locked in Locks(model, root)
        where !locked.Field.IsStatic && IsPublic(locked.Field.ContainingType)
        let member = locked.Lock.FirstAncestorOrSelf<MemberDeclarationSyntax>()
        where !member.Modifiers.Any(SyntaxKind.StaticKeyword)
        select Mutant.Replace(locked.Lock.Expression, "this");

    public static IEnumerable<Mutant> WithoutReadonly(SemanticModel model, SyntaxNode root) =>
        from field in Locks(model, root).Select(static l => l.Field).Distinct<IFieldSymbol>(SymbolEqualityComparer.Default)
        where field.IsReadOnly && Declaration(field, root) is not null
        select Without(Declaration(field, root)!);

    /// <summary>The field is no longer <c>readonly</c>, and who holds the lock swaps it.</summary>
    public static IEnumerable<Mutant> Swapped(SemanticModel model, SyntaxNode root) =>
        from locked in Locks(model, root)
        where locked.Field.IsReadOnly && locked.Field.Type.SpecialType == SpecialType.System_Object && locked.Lock.Statement is BlockSyntax
        let declaration = Declaration(locked.Field, root)
        where declaration is not null
        select Without(declaration).And(locked.Lock.Statement.SpanStart + 1, $" {locked.Lock.Expression} = new object(); ");

    public static IEnumerable<Mutant> Emptied(SemanticModel model, SyntaxNode root) =>
        from locked in Locks(model, root)
        select Mutant.Replace(locked.Lock.Statement, "{ }");

    /// <summary><c>lock</c> becomes the calls that it stands for.</summary>
    public static IEnumerable<Mutant> WrittenOut(SemanticModel model, SyntaxNode root) =>
        from locked in Locks(model, root)
        where locked.Field.Type.Name != "Lock" && locked.Lock.Statement is BlockSyntax && locked.Lock.Parent is BlockSyntax
        select new Mutant(locked.Lock.Span,
        [
            new TextChange(
                TextSpan.FromBounds(locked.Lock.SpanStart, locked.Lock.Statement.SpanStart),
                $"System.Threading.Monitor.Enter({locked.Lock.Expression}); try "),
            new TextChange(new TextSpan(locked.Lock.Span.End, 0), $" finally {{ System.Threading.Monitor.Exit({locked.Lock.Expression}); }}"),
        ]);

    public static IEnumerable<Mutant> WithoutMaximum(SemanticModel model, SyntaxNode root) =>
        from made in root.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>()
        where made.ArgumentList?.ToString() == "(1, 1)" && model.GetTypeInfo(made).Type?.Name == "SemaphoreSlim"
        where root.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(a => a.Name.Identifier.ValueText == "Release" && a.Expression.ToString() == NameOf(made) && a.Ancestors().Any(static up => up is FinallyClauseSyntax))
        select Mutant.Replace(made.ArgumentList!, "(1)");

    private static string? NameOf(ExpressionSyntax value) => value.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } ? declarator.Identifier.ValueText : null;

    public static IEnumerable<Mutant> ReadonlySpinLock(SemanticModel model, SyntaxNode root) =>
        from field in root.DescendantNodes().OfType<FieldDeclarationSyntax>()
        where model.GetTypeInfo(field.Declaration.Type).Type?.Name == "SpinLock" && !field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword)
        where !root.DescendantNodes().OfType<ArgumentSyntax>().Any(a => a.RefKindKeyword.RawKind != 0 && field.Declaration.Variables.Any(v => v.Identifier.ValueText == a.Expression.ToString()))
        select Mutant.Insert(field, field.Declaration.SpanStart, "readonly ");

    /// <summary>A public member locks itself as a whole instead of a private object, or its type instead of a static one.</summary>
    public static IEnumerable<Mutant> Synchronized(SemanticModel model, SyntaxNode root, bool isStatic) =>
        from locked in Locks(model, root)
        let member = locked.Lock.Parent?.Parent
        let modifiers = member switch
        {
            MethodDeclarationSyntax method => method.Modifiers,
            AccessorDeclarationSyntax { Parent.Parent: PropertyDeclarationSyntax property } => property.Modifiers,
            _ => default,
        }
        where locked.Field.IsStatic == isStatic && modifiers.Any(SyntaxKind.StaticKeyword) == isStatic
        where modifiers.Any(SyntaxKind.PublicKeyword) && IsPublic(locked.Field.ContainingType)
        select new Mutant(locked.Lock.LockKeyword.Span,
        [
            new TextChange(
                new TextSpan(member is AccessorDeclarationSyntax accessor ? accessor.SpanStart : modifiers.First(static m => m.IsKind(SyntaxKind.PublicKeyword)).SpanStart, 0),
                "[System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.Synchronized)] "),
            new TextChange(TextSpan.FromBounds(locked.Lock.SpanStart, locked.Lock.Statement.SpanStart), ""),
        ]);

    /// <summary>A lock that no thread can take twice is taken again inside; not in a loop, whose next round then finds it held or not (a known miss).</summary>
    public static IEnumerable<Mutant> TakenAgain(SemanticModel model, SyntaxNode root) =>
        from pair in LockCalls.GuardedBlocks(model, root)
        where pair.Statement is ExpressionStatementSyntax && pair.Acquire.ArgumentList.Arguments.Count == 0
        where LockCalls.TypeOf(model, pair.Acquire) is "SemaphoreSlim" or "ReaderWriterLockSlim"
        where !pair.Try.Ancestors().Any(static a => a is ForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax)
        select Mutant.Insert(pair.Statement, pair.Inside, $" {pair.Statement} ");

    private static IEnumerable<(LockStatementSyntax Lock, IFieldSymbol Field)> Locks(SemanticModel model, SyntaxNode root)
    {
        foreach (var locked in root.DescendantNodes().OfType<LockStatementSyntax>())
        {
            if (model.GetSymbolInfo(locked.Expression).Symbol is IFieldSymbol field &&
                SymbolEqualityComparer.Default.Equals(field.ContainingType, model.GetEnclosingSymbol(locked.SpanStart)?.ContainingType))
            {
                yield return (locked, field);
            }
        }
    }

    private static FieldDeclarationSyntax? Declaration(IFieldSymbol field, SyntaxNode root) =>
        field.DeclaringSyntaxReferences.Select(static r => r.GetSyntax()).Where(node => node.SyntaxTree == root.SyntaxTree)
            .Select(static node => node.FirstAncestorOrSelf<FieldDeclarationSyntax>()).FirstOrDefault(static f => f is { Declaration.Variables.Count: 1 });

    private static Mutant Without(FieldDeclarationSyntax field)
    {
        var modifier = field.Modifiers.First(static m => m.IsKind(SyntaxKind.ReadOnlyKeyword));
        return new Mutant(field.Span, [new TextChange(modifier.FullSpan, "")]);
    }

    private static bool IsPublic(INamedTypeSymbol? type) => type is null || (type.DeclaredAccessibility == Accessibility.Public && IsPublic(type.ContainingType));
}

using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Proving.Mutation.Operators;

/// <summary>Processes that share memory, and disagree about its lock or about what lies where.</summary>
internal static class MemoryOperators
{
    /// <summary>An update of mapped memory without the mutex around it: the wait for it, with the handler of an abandoned one, the release and the mutex itself go.</summary>
    public static IEnumerable<Mutant> WithoutMutex(SemanticModel model, SyntaxNode root) =>
        from release in RemovalOperators.Calls(model, root, ("Mutex", "ReleaseMutex"))
        let mutex = RemovalOperators.ReceiverOf(release)
        let guarded = release.FirstAncestorOrSelf<TryStatementSyntax>()
        where guarded is { Parent: BlockSyntax } && guarded.Block.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(static a => a.Name.Identifier.Text == "ReadInt32") && guarded.Block.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(static a => a.Name.Identifier.Text == "Write")
        let waits = ((BlockSyntax)guarded!.Parent!).Statements.OfType<TryStatementSyntax>().Where(s => s != guarded && s.Block.ToString().Contains($"{mutex}.WaitOne()", System.StringComparison.Ordinal)).ToList()
        from field in release.FirstAncestorOrSelf<TypeDeclarationSyntax>()!.Members.OfType<FieldDeclarationSyntax>()
        where waits.Count == 1 && field.Declaration.Variables is { Count: 1 } variables && variables[0].Identifier.Text == mutex
        select Mutant.Replace(waits[0], "").And(Mutant.Replace(release, ";")).And(Mutant.Replace(field, ""));

    /// <summary>A mutex that guards memory of several processes loses its name.</summary>
    public static IEnumerable<Mutant> WithoutName(SemanticModel model, SyntaxNode root) =>
        from field in root.DescendantNodes().OfType<FieldDeclarationSyntax>()
        from variable in field.Declaration.Variables
        where variable.Initializer?.Value is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: 2 } creation && model.GetTypeInfo(creation).Type?.Name == "Mutex" &&
            field.Parent!.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(static a => a.Name.Identifier.Text == "CreateViewAccessor") &&
            field.Parent!.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(static a => a.Name.Identifier.Text == "Write")
        select Mutant.Replace(((BaseObjectCreationExpressionSyntax)variable.Initializer!.Value).ArgumentList!, "()");

    /// <summary>Something is written right behind the end of a view.</summary>
    public static IEnumerable<Mutant> WriteBehindEnd(SemanticModel model, SyntaxNode root) =>
        from made in root.DescendantNodes().OfType<VariableDeclaratorSyntax>()
        where made.Initializer?.Value is InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 2 } size, Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "CreateViewAccessor" } } && size[1].Expression is LiteralExpressionSyntax &&
            model.GetDeclaredSymbol(made) is ILocalSymbol
        let end = ((InvocationExpressionSyntax)made.Initializer!.Value).ArgumentList.Arguments[1].ToString()
        from write in made.FirstAncestorOrSelf<BlockSyntax>()!.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where write.Expression.ToString() == $"{made.Identifier.Text}.Write"
        select Mutant.Replace(write.ArgumentList.Arguments[0], end);

    /// <summary>A number of four bytes is read as one of one.</summary>
    public static IEnumerable<Mutant> ReadAnother(SemanticModel model, SyntaxNode root) =>
        from read in root.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        where read is { Name.Identifier.Text: "ReadInt32", Parent: InvocationExpressionSyntax { Parent: ArrowExpressionClauseSyntax } } && model.GetSymbolInfo(read).Symbol is IMethodSymbol { ContainingType.Name: "UnmanagedMemoryAccessor" }
        select Mutant.Replace(read.Name, "ReadByte");

    /// <summary>A struct of mixed fields in shared memory is left to the compiler.</summary>
    public static IEnumerable<Mutant> WithoutPack(SemanticModel model, SyntaxNode root) =>
        from shared in root.DescendantNodes().OfType<StructDeclarationSyntax>()
        from list in shared.AttributeLists
        where list.ToString().Contains("Pack", System.StringComparison.Ordinal) && root.ToString().Contains("CreateViewAccessor", System.StringComparison.Ordinal) && model.GetDeclaredSymbol(shared) is INamedTypeSymbol
        select Mutant.Replace(list, "");
}

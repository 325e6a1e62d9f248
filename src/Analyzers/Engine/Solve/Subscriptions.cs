using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Models;

namespace Threadwise.Analyzers.Engine.Solve;

/// <summary>
/// Where the files of a compilation add handlers to an event and take them away. Found by the event's name, because the bodies of other types are not bound where one is judged: events of one name count as one. Missed:
/// handlers that reflection or generated code of a later step adds.
/// </summary>
internal static class Subscriptions
{
    private static readonly ConditionalWeakTable<SyntaxTree, ILookup<string, AssignmentExpressionSyntax>> s_trees = new();

    /// <summary>
    /// Whether all who listen to the event are seen, and none of them stops to while another thread may raise it: only this assembly can name the event, somebody in it listens, and who takes a handler away is the one who added it,
    /// in the same run of a function, or the handler itself.
    /// </summary>
    public static bool AreKept(IEventSymbol raised, Compilation compilation, CancellationToken cancellation)
    {
        if (Reach.IsOutside(raised, compilation) || raised.ContainingType.AllInterfaces.Any(i => Reach.IsOutside(i, compilation) && Implements(raised, i)))
        {
            return false;
        }

        var assignments = compilation.SyntaxTrees.SelectMany(tree => Of(tree, cancellation)[raised.Name]).ToLookup(static a => a.IsKind(SyntaxKind.AddAssignmentExpression));
        return assignments[true].Any() && assignments[false].All(removal => IsOver(removal, assignments[true]));
    }

    private static bool Implements(IEventSymbol raised, INamedTypeSymbol contract) =>
        contract.GetMembers(raised.Name).Any(m => SymbolEqualityComparer.Default.Equals(raised.ContainingType.FindImplementationForInterfaceMember(m), raised));

    /// <summary>What is done with the event when this is reached: its listener has come and gone on one thread, or has just been called.</summary>
    private static bool IsOver(AssignmentExpressionSyntax removal, IEnumerable<AssignmentExpressionSyntax> additions) => FunctionAround(removal) is { } function &&
        ((!function.Modifiers.Any(SyntaxKind.AsyncKeyword) && additions.Any(a => FunctionAround(a) == function)) || (removal.Right is IdentifierNameSyntax { Identifier.ValueText: var handler } && handler == function.Identifier.ValueText));

    /// <summary>The method that the assignment stands in; null in a lambda, a local function or an accessor, which may run at another time than what is around it.</summary>
    private static MethodDeclarationSyntax? FunctionAround(SyntaxNode assignment) =>
        assignment.Ancestors().FirstOrDefault(static a => a is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or MemberDeclarationSyntax) as MethodDeclarationSyntax;

    private static ILookup<string, AssignmentExpressionSyntax> Of(SyntaxTree tree, CancellationToken cancellation)
    {
        if (!s_trees.TryGetValue(tree, out var known))
        {
            var found = tree.GetRoot(cancellation).DescendantNodes().OfType<AssignmentExpressionSyntax>().Where(static a => a.RawKind is (int)SyntaxKind.AddAssignmentExpression or (int)SyntaxKind.SubtractAssignmentExpression && NameOf(a.Left) is not null);
            known = s_trees.GetValue(tree, _ => found.ToLookup(static a => NameOf(a.Left)!));
        }

        return known;
    }

    private static string? NameOf(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } => name,
        MemberBindingExpressionSyntax { Name.Identifier.ValueText: var name } => name,
        _ => null,
    };
}

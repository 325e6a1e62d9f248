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
/// Who listens to an event. Found by the event's name in the text of all files, because the bodies of other types are not bound where one is judged: events of one name count as one. Missed: handlers that are added by
/// reflection.
/// </summary>
internal static class Subscriptions
{
    private static readonly ConditionalWeakTable<SyntaxTree, HashSet<string>> s_trees = new();

    /// <summary>
    /// Whether only this assembly can name the event, and code of it listens, or nobody does in a program, where it is never raised. Whether that code stops to while another thread raises the event is not seen from here, and it hardly ever does: most add their handler before the
    /// object is used, and take it away, if at all, when it is used no more.
    /// </summary>
    public static bool AreWithin(IEventSymbol raised, Compilation compilation, CancellationToken cancellation) =>
        !Reach.IsOutside(raised, compilation) && !raised.ContainingType.AllInterfaces.Any(i => Reach.IsOutside(i, compilation) && Implements(raised, i)) &&
        (compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication || compilation.SyntaxTrees.Any(tree => Of(tree, cancellation).Contains(raised.Name)));

    private static bool Implements(IEventSymbol raised, INamedTypeSymbol contract) =>
        contract.GetMembers(raised.Name).Any(m => SymbolEqualityComparer.Default.Equals(raised.ContainingType.FindImplementationForInterfaceMember(m), raised));

    /// <summary>The names that something is added to in the file.</summary>
    private static HashSet<string> Of(SyntaxTree tree, CancellationToken cancellation)
    {
        if (!s_trees.TryGetValue(tree, out var known))
        {
            var found = new HashSet<string>(tree.GetRoot(cancellation).DescendantNodes().OfType<AssignmentExpressionSyntax>()
                .Where(static a => a.IsKind(SyntaxKind.AddAssignmentExpression)).Select(static a => NameOf(a.Left)).OfType<string>());
            known = s_trees.GetValue(tree, _ => found);
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

using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Engine.Protocols;
using Threadwise.Analyzers.Engine.Walk;
using Threadwise.Analyzers.Reporting;

namespace Threadwise.Analyzers.Rules.Processes;

/// <summary>
/// Where a report on a struct in shared memory goes: to the struct, where its declaration stands in a file of the type under analysis and no other type of that file names it. Else it goes to the access, since editors show
/// only what lies in a file that is being analysed, and two types would report one struct.
/// </summary>
internal static class SharedStructs
{
    public static Location Place(INamedTypeSymbol type, MappedAccess access, TypeFacts user) =>
        type.OriginalDefinition is { DeclaringSyntaxReferences: { Length: 1 } references } && references[0].GetSyntax(CancellationToken.None) is TypeDeclarationSyntax declaration && IsOf(user, declaration)
            ? declaration.Identifier.GetLocation()
            : CallLocation.Of(access.Call.Syntax);

    /// <summary>The other end of the story: the access of a report at the struct, the struct of one at the access.</summary>
    public static Location Other(INamedTypeSymbol type, MappedAccess access, Location place)
    {
        var call = CallLocation.Of(access.Call.Syntax);
        return place == call ? type.Locations[0] : call;
    }

    private static bool IsOf(TypeFacts user, TypeDeclarationSyntax declaration)
    {
        var parts = user.Type.DeclaringSyntaxReferences.Select(static r => r.GetSyntax()).ToList();
        return parts.Any(part => part.SyntaxTree == declaration.SyntaxTree) && declaration.SyntaxTree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
            .Where(name => name.Identifier.ValueText == declaration.Identifier.ValueText && !declaration.Span.Contains(name.Span))
            .All(name => parts.Contains((SyntaxNode?)name.FirstAncestorOrSelf<BaseTypeDeclarationSyntax>() ?? name.SyntaxTree.GetRoot()));
    }
}

using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing;

/// <summary>Names for new locals that mean nothing else in the member they go into.</summary>
internal static class FreshName
{
    /// <summary>A name after the variable that an <c>Interlocked</c> call is given: <c>count</c> for <c>ref _count</c>, <c>value</c> where it has none.</summary>
    public static string Of(InvocationExpressionSyntax call)
    {
        var variable = call.ArgumentList.Arguments.FirstOrDefault(static a => a.RefKindKeyword.IsKind(SyntaxKind.RefKeyword))?.Expression;
        var name = variable switch
        {
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            IdentifierNameSyntax simple => simple.Identifier.ValueText,
            _ => "",
        };

        name = After(name);
        return name.Length == 0 ? "value" : name;
    }

    /// <summary>The name of a local that takes the value of the variable: <c>count</c> for <c>_count</c>, <c>s_count</c>, <c>m_count</c> and <c>Count</c>; empty where there is none.</summary>
    public static string After(string variable)
    {
        var name = variable.TrimStart('_');
        name = name.Length > 2 && name[1] == '_' ? name.Substring(2) : name;
        return name.Length == 0 ? "" : char.ToLowerInvariant(name[0]) + name.Substring(1);
    }

    /// <summary>
    /// <paramref name="wanted"/>, or a name made of it, that is no keyword and occurs nowhere in the member around <paramref name="place"/>.
    /// </summary>
    public static string For(string wanted, SyntaxNode place)
    {
        SyntaxNode scope = place.FirstAncestorOrSelf<MemberDeclarationSyntax>(static m => m is not GlobalStatementSyntax) ?? place.SyntaxTree.GetRoot();
        var taken = scope.DescendantTokens().Where(static t => t.IsKind(SyntaxKind.IdentifierToken)).Select(static t => t.ValueText).ToImmutableHashSet();
        return IsFree(wanted) ? wanted
            : Enumerable.Range(0, int.MaxValue)
                .Select(i => "new" + char.ToUpperInvariant(wanted[0]) + wanted.Substring(1) + (i == 0 ? "" : i.ToString(System.Globalization.CultureInfo.InvariantCulture)))
                .First(IsFree);

        // Accessors and top-level statements have names that are declared nowhere.
        bool IsFree(string name) => name is not ("value" or "field" or "args") &&
            SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None && !taken.Contains(name);
    }
}

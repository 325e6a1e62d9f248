using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.CodeFixes.Editing.Locks;

/// <summary>Names of locals that an edit brings in or gives a wider scope.</summary>
internal static class LocalNames
{
    /// <summary>
    /// A name for the flag that says whether <paramref name="lockName"/> is held: one that occurs nowhere in the member, in code that is
    /// switched off neither, and that hides nothing.
    /// </summary>
    public static string ForFlag(StatementSyntax statement, string? lockName, SemanticModel model)
    {
        SyntaxNode member = statement.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } found and not GlobalStatementSyntax ? found : statement.SyntaxTree.GetRoot();
        var text = member.ToFullString();
        return Candidates(lockName).First(name =>
            !Regex.IsMatch(text, $@"\b{name}\b") && model.LookupSymbols(statement.SpanStart, name: name).IsEmpty);
    }

    /// <summary>
    /// Whether locals declared in <paramref name="moved"/> may have <paramref name="scope"/> for their scope: nothing in it, outside of
    /// <paramref name="block"/> where they stand now, goes by the same name. A field of that name would silently become the local.
    /// </summary>
    public static bool FitInto(SyntaxNode scope, BlockSyntax block, IReadOnlyList<StatementSyntax> moved, SemanticModel model)
    {
        if (model.AnalyzeDataFlow(moved[0], moved[moved.Count - 1]) is not { Succeeded: true } flow)
        {
            return false;
        }

        var names = new HashSet<string>(flow.VariablesDeclared.Select(static v => v.Name), StringComparer.Ordinal);
        return names.Count == 0 || !scope.DescendantTokens(node => node != block).Any(t =>
            (t.IsKind(SyntaxKind.IdentifierToken) && names.Contains(t.ValueText)) || t.LeadingTrivia.Any(IsSameInOtherTarget));

        bool IsSameInOtherTarget(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.DisabledTextTrivia) &&
            names.Any(name => Regex.IsMatch(trivia.ToString(), $@"\b{Regex.Escape(name)}\b"));
    }

    private static IEnumerable<string> Candidates(string? lockName)
    {
        yield return "taken";
        var plain = lockName?.TrimStart('_');
        if (plain is { Length: > 0 })
        {
            plain = plain.Length > 2 && plain[1] == '_' ? plain.Substring(2) : plain;
            var name = char.ToLowerInvariant(plain[0]) + plain.Substring(1) + "Taken";

            // An indexer is called "this[]".
            if (SyntaxFacts.IsValidIdentifier(name))
            {
                yield return name;
            }
        }

        for (var i = 1; ; i++)
        {
            yield return $"taken{i}";
        }
    }
}

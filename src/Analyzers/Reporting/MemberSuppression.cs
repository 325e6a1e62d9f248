using System;
using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Reporting;

/// <summary>
/// <c>[SuppressMessage]</c> on the field, property or type that a state rule is about. The compiler honours the
/// attribute only around the place of the report, and that place moves when code moves.
/// </summary>
internal static class MemberSuppression
{
    public static bool Covers(Finding finding)
    {
        for (var symbol = finding.Subject; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            foreach (var attribute in symbol.GetAttributes())
            {
                if (attribute is { AttributeClass: { Name: "SuppressMessageAttribute" } type, ConstructorArguments: { Length: 2 } arguments } &&
                    arguments[1].Value is string checkId &&
                    type.ContainingNamespace.ToDisplayString() == "System.Diagnostics.CodeAnalysis" && Names(checkId, finding.Descriptor.Id))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>A check id may carry the rule's name: <c>TW3001:UnguardedSharedState</c>.</summary>
    private static bool Names(string checkId, string id) =>
        checkId.StartsWith(id, StringComparison.Ordinal) && (checkId.Length == id.Length || checkId[id.Length] == ':');
}

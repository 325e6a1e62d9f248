using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Threadwise.CodeFixes.Editing.State;

/// <summary>How the lock that a report names is written.</summary>
internal static class LockName
{
    /// <summary>A static field without its type, where each place sees it by its own name.</summary>
    public static string AsSeen(string gate, IReadOnlyList<SyntaxNode> places, SemanticModel model)
    {
        var parts = gate.Split('.');
        return parts.Length == 2 && places.All(p => model.LookupSymbols(p.SpanStart, name: parts[1]) is { Length: 1 } seen && seen[0] is IFieldSymbol { IsStatic: true, ContainingType.Name: var type } && type == parts[0])
            ? parts[1]
            : gate;
    }
}

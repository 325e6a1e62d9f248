using System.Linq;
using Microsoft.CodeAnalysis;

namespace Threadwise.CodeFixes.Editing;

/// <summary>How a type that an edit brings in is named where it is used. No directive is added: it could make names of the file ambiguous.</summary>
internal static class Imports
{
    /// <summary>What goes before the type's name at the position: nothing where the name alone means it, else its namespace and a dot. An attribute is asked for by its whole name.</summary>
    public static string PrefixAt(SemanticModel model, int position, string space, string type) =>
        model.LookupNamespacesAndTypes(position, name: type).Any(found => found.ToDisplayString() == $"{space}.{type}") ? "" : space + ".";
}
